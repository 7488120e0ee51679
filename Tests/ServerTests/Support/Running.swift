import Digests
import EventLoop
import Foundation
import Journal
import Logging
import Server
import WebCodec
import Wire

/// A real server on a free loopback port, with what a test needs to talk to it.
struct Running {
    let server: Server
    let secret: [UInt8]
    var port: UInt16 { server.address.port }
    /// The start link's secret as text.
    var startSecret: String { Base64URL.encode(secret) }

    static func start(
        _ journal: any Journal = MemoryJournal(), workers: Int = 2, port: UInt16 = 0, web: String? = nil,
        mode: ServerOptions.Mode = .workshops, log: Logger? = nil,
        _ configure: (inout ServerOptions) -> Void = { _ in }
    ) async throws -> Running {
        var options = ServerOptions()
        options.mode = mode
        options.host = "127.0.0.1"
        options.port = port
        options.workers = workers
        options.webFolder = web ?? webFolder
        options.startSecret = SecureRandom.bytes(32)
        configure(&options)
        var quiet = Logger(label: "test")
        quiet.logLevel = .critical
        let server = try await Server.start(options, journal: journal, log: log ?? quiet) { _ in }
        return Running(server: server, secret: options.startSecret)
    }

    /// The client as it ships.
    static var webFolder: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../web")
            .standardizedFileURL.path
    }

    func client() throws -> RawClient { try RawClient(port: port) }

    /// Asks over HTTP with a secret.
    func ask(
        _ method: HTTPMethod = .get, _ path: String, secret: String
    ) async throws -> (status: Int, body: [UInt8]) {
        let client = try client()
        client.send(
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(secret)\r\n\r\n")
        let answer = try await client.response(to: method)
        client.close()
        return (Int(answer.head.status.code), answer.body)
    }

    /// Creates a workshop over HTTP.
    func create(_ template: String = "meningsrunde") async throws -> JSONValue {
        let client = try client()
        let body = "{\"template\":\"\(template)\",\"language\":\"nb\",\"title\":\"Sentrum\"}"
        client.send(
            "POST /api/workshops HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(Base64URL.encode(secret))\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return try JSONReader.read(try await client.response(to: .post).body, limits: .body)
    }
}

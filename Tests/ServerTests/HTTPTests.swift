import Digests
import Foundation
import Server
import Testing
import WebCodec
import Wire

@Suite("HTTP over real sockets")
struct HTTPTests {
    /// Sends bytes on a new connection and gives the status of the first answer.
    private func status(_ running: Running, _ text: String, _ method: HTTPMethod = .get) async throws
        -> UInt16
    {
        let client = try running.client()
        client.send(text)
        return try await client.response(to: method).head.status.code
    }

    @Test("requests that break RFC 9112 get the status that says why, and the connection ends")
    func refusals() async throws {
        let running = try await Running.start()
        let cases: [(String, UInt16)] = [
            ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: y\u{0}\r\n\r\n", 400), ("GET / HTTP/1.1\nHost: a\n\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
            (
                "POST /api/workshops HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                400
            ),
            (
                "POST /api/workshops HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                400
            ),
            ("GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 17_000))\r\n\r\n", 431),
            ("POST /api/workshops HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n", 413),
            ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
            ("GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ]
        for (text, expected) in cases {
            #expect(try await status(running, text) == expected, "\(text.prefix(60))")
        }
        await running.server.stop()
    }

    @Test("methods, unknown pages and pages of workshops")
    func routes() async throws {
        let running = try await Running.start()
        let end = " HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(try await status(running, "GET /healthz" + end) == 200)
        #expect(try await status(running, "GET /readyz" + end) == 200)
        #expect(try await status(running, "GET /nothing" + end) == 404)
        #expect(try await status(running, "DELETE /healthz" + end) == 405)
        #expect(try await status(running, "GET /api/workshops" + end) == 405)
        #expect(try await status(running, "GET /ws" + end) == 426)
        #expect(
            try await status(
                running, "POST /api/workshops HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", .post)
                == 401)
        #expect(try await status(running, "GET /api/doors/ABABAB" + end) == 404)
        for path in ["/", "/j/KRTMPX", "/w/w1", "/f/w1", "/s/w1", "/h/w1", "/o/w1", "/p/w1"] {
            #expect(try await status(running, "GET \(path)" + end) == 200, "\(path)")
        }
        await running.server.stop()
    }

    @Test("every answer carries the security fields, and none allows anything inline")
    func securityFields() async throws {
        let running = try await Running.start()
        for path in ["/", "/healthz", "/nothing", "/api/templates"] {
            let client = try running.client()
            client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            let fields = try await client.response().head.fields
            let policy = try #require(fields["content-security-policy"])
            #expect(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"))
            #expect(fields["x-content-type-options"] == "nosniff")
            #expect(fields["referrer-policy"] == "no-referrer")
            #expect(fields["strict-transport-security"] == nil)
            #expect(fields["date"]?.hasSuffix(" GMT") == true)
        }
        await running.server.stop()
    }

    @Test("keep-alive, pipelining in order, HEAD without a body, gzip and 304 by entity tag")
    func connections() async throws {
        let running = try await Running.start()
        let client = try running.client()
        client.send(
            "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /api/templates HTTP/1.1\r\nHost: a\r\n\r\n"
        )
        #expect(try await client.response().body == Array("ok\n".utf8))
        let head = try await client.response(to: .head)
        #expect(head.head.fields["content-type"] == "text/html; charset=utf-8" && head.body.isEmpty)
        let listing = try JSONReader.read(try await client.response().body, limits: .body)
        #expect(listing["keepDays"]?.int == 90)
        #expect(listing["templates"]?.array?.compactMap { $0["id"]?.string }.contains("idedugnad") == true)
        client.send("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br, gzip\r\n\r\n")
        let zipped = try await client.response()
        #expect(zipped.head.fields["content-encoding"] == "gzip")
        let tag = try #require(zipped.head.fields["etag"])
        client.send(
            "GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nIf-None-Match: \(tag)\r\nConnection: close\r\n\r\n"
        )
        let same = try await client.response()
        #expect(same.head.status == .notModified && same.body.isEmpty)
        #expect(await client.readToEnd().isEmpty)
        await running.server.stop()
    }

    @Test(
        "RFC 6455 §4: a handshake with a foreign origin, a wrong version or without our subprotocol is refused"
    )
    func handshakes() async throws {
        let running = try await Running.start()
        func upgrade(_ more: String, version: String = "13", proto: String = "samskap.v1") async throws
            -> UInt16
        {
            try await status(
                running,
                "GET /ws HTTP/1.1\r\nHost: localhost:\(running.port)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: \(version)\r\n"
                    + "Sec-WebSocket-Protocol: \(proto)\r\n\(more)\r\n")
        }
        #expect(try await upgrade("") == 101)
        #expect(try await upgrade("Origin: http://localhost:\(running.port)\r\n") == 101)
        for origin in [
            "null", "http://evil.example", "http://localhost:\(running.port).evil.example",
            "http://localhost",
        ] {
            #expect(try await upgrade("Origin: \(origin)\r\n") == 403, "\(origin)")
        }
        #expect(try await upgrade("", version: "8") == 426)
        #expect(try await upgrade("", proto: "chat") == 400)
        await running.server.stop()
    }

    @Test("a second server does not share the port of the first, and is told so")
    func portInUse() async throws {
        let running = try await Running.start()
        await #expect(throws: StartFailure.self) { try await Running.start(port: running.port) }
        let client = try running.client()
        client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.response().head.status == .ok)
        await running.server.stop()
    }

    @Test("an echo speaks on every path")
    func echo() async throws {
        let running = try await Running.start(web: nil, mode: .echo)
        #expect(try await status(running, "GET / HTTP/1.1\r\nHost: a\r\n\r\n") == 404)
        await running.server.stop()
    }
}

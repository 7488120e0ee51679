import Digests
import Foundation
import Testing
import WebCodec
import Wire

/// A process on a real server, with its owner's page open.
final class Steps {
    let running: Running
    let process: JSONValue
    let owner: Phone
    var id: String { process["workshop"]?.string ?? "" }
    var link: String { process["links"]?["facilitator"]?.string ?? "" }

    init(_ running: Running, keepDays: Int? = nil) async throws {
        self.running = running
        let days = keepDays.map { ",\"keepDays\":\($0)" } ?? ""
        let answer = try await running.post(
            "/api/processes",
            "{\"title\":\"Sentrum 2050\",\"language\":\"nb\",\"challenge\":\"Et sentrum for alle\",\"principles\":[\"Alle blir hørt\"]\(days)}",
            secret: running.startSecret)
        #expect(answer.status == 201, "\(String(decoding: answer.body, as: UTF8.self))")
        process = try JSONReader.read(answer.body, limits: .body)
        owner = try await Phone(
            running,
            "\"workshop\":\"\(process["workshop"]?.string ?? "")\",\"link\":\"\(process["links"]?["facilitator"]?.string ?? "")\""
        )
        try await owner.until { $0.channels["room"]?["process"] != nil }
    }

    /// Makes a session.
    func session(
        _ step: Int, _ request: String, kind: String = "live", closesAt: Int64? = nil,
        by secret: String? = nil
    ) async throws -> (status: Int, session: JSONValue) {
        let closing = closesAt.map { ",\"closesAt\":\($0)" } ?? ""
        let answer = try await running.post(
            "/api/workshops",
            "{\"process\":\"\(id)\",\"step\":\(step),\"kind\":\"\(kind)\",\"request\":\"\(request)\",\"definition\":\(Self.definition),"
                + "\"language\":\"nb\",\"title\":\"Steg \(step)\"\(closing)}", secret: secret ?? link)
        return (answer.status, try JSONReader.read(answer.body, limits: .body))
    }

    /// One open list.
    static let definition = """
        {"id":"open","name":"Open","boards":[{"key":"b","name":"Board","structure":"list"}],"phases":[
        {"name":"Open","board":"b","participants":["add","editOwn"]},
        {"name":"Private","board":"b","participants":["add","editOwn"],"visibility":"own"}]}
        """

    /// A facilitator of a session, by its own link.
    func facilitator(of session: JSONValue, by link: String? = nil) async throws -> Phone {
        let link = link ?? session["links"]?["facilitator"]?.string ?? ""
        let phone = try await Phone(
            running, "\"workshop\":\"\(session["workshop"]?.string ?? "")\",\"link\":\"\(link)\"")
        try await phone.until { $0.channels["room"]?["part"] != nil }
        return phone
    }

    /// A participant of a session.
    func participant(of session: JSONValue) async throws -> Phone {
        let phone = try await Phone(running, "\"code\":\"\(session["code"]?.string ?? "")\"")
        try await phone.until { $0.channels["own"]?["me"] != nil }
        return phone
    }

    func get(_ path: String, secret: String? = nil) async throws -> (status: Int, json: JSONValue) {
        let answer = try await running.ask(.get, path, secret: secret ?? link)
        return (answer.status, (try? JSONReader.read(answer.body, limits: .trusted)) ?? .null)
    }

    func act(_ type: String, _ members: String) async throws {
        #expect(try await owner.act(type, members) == "ack", "\(type) \(members)")
    }
}

extension Running {
    /// Sends a body with a secret.
    func post(_ path: String, _ body: String, secret: String) async throws -> (status: Int, body: [UInt8]) {
        let client = try client()
        client.send(
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(secret)\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let answer = try await client.response(to: .post)
        client.close()
        return (Int(answer.head.status.code), answer.body)
    }
}

import Foundation
import Server
import Testing
import WebCodec
import Wire

@Suite("Templates that people bring and take along (A4, A5)")
struct TemplateFileTests {
    private func post(_ running: Running, _ path: String, _ body: String, secret: String) async throws -> (
        status: Int, json: JSONValue
    ) {
        let client = try running.client()
        client.send(
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(secret)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        let answer = try await client.response(to: .post)
        client.close()
        return (Int(answer.head.status.code), try JSONReader.read(answer.body, limits: .trusted))
    }

    private let faulty =
        #"{"id":"A","name":"","boards":[{"key":"b","name":"B","structure":"heap"}],"phases":[{"name":"F","board":"c","minutes":-1}]}"#
    private let places = ["/id", "/name", "/boards/0/structure", "/phases/0/board", "/phases/0/minutes"]

    private func places(of json: JSONValue) -> Set<String> {
        Set((json["faults"]?.array ?? []).compactMap { $0["place"]?.string })
    }

    @Test(
        "[A4] every fault is told with its place, on the start page, in the console, and when it is begun from"
    )
    func faults() async throws {
        let running = try await Running.start()
        let workshop = try await running.create("igp")
        let id = workshop["workshop"]?.string ?? ""
        let link = workshop["links"]?["facilitator"]?.string ?? ""
        let helper = workshop["links"]?["helper"]?.string ?? ""
        let check = "/api/workshops/\(id)/template/check"
        for (path, secret) in [("/api/templates/check", running.startSecret), (check, link)] {
            let answer = try await post(running, path, faulty, secret: secret)
            #expect(answer.status == 200)
            #expect(places(of: answer.json) == Set(places))
            #expect(try await post(running, path, "{", secret: secret).json["faults"]?.array?.count == 1)
        }
        for (path, secret) in [
            ("/api/templates/check", link), (check, helper), (check, running.startSecret),
            ("/api/workshops/wNone/template/check", link),
        ] {
            #expect(try await post(running, path, faulty, secret: secret).status == 401)
        }
        let begun = try await post(
            running, "/api/workshops", "{\"language\":\"nb\",\"title\":\"T\",\"definition\":\(faulty)}",
            secret: running.startSecret)
        #expect(begun.status == 400)
        #expect(places(of: begun.json) == Set(places))
        await running.server.stop()
    }

    @Test("[A5] a facilitator takes a session along as a template, and begins another from it")
    func takenAlong() async throws {
        let running = try await Running.start()
        let workshop = try await running.create("utsjekk")
        let id = workshop["workshop"]?.string ?? ""
        let link = workshop["links"]?["facilitator"]?.string ?? ""
        let helper = workshop["links"]?["helper"]?.string ?? ""
        #expect(
            try await running.ask(.get, "/api/workshops/\(id)/template.json", secret: helper).status == 401)
        let first = try await running.ask(.get, "/api/workshops/\(id)/template.json", secret: link)
        #expect(first.status == 200)
        let text = String(decoding: first.body, as: UTF8.self)
        #expect(
            try await post(running, "/api/templates/check", text, secret: running.startSecret).json["faults"]?
                .array == [])
        let begun = try await post(
            running, "/api/workshops", "{\"language\":\"nb\",\"title\":\"Sentrum\",\"definition\":\(text)}",
            secret: running.startSecret)
        #expect(begun.status == 201)
        let again = try await running.ask(
            .get, "/api/workshops/\(begun.json["workshop"]?.string ?? "")/template.json",
            secret: begun.json["links"]?["facilitator"]?.string ?? "")
        #expect(again.body == first.body)
        await running.server.stop()
    }

    @Test("[M] a template of more than 64 KiB is not read")
    func tooLong() async throws {
        let running = try await Running.start()
        let body = "{\"id\":\"\(String(repeating: "a", count: 65_536))\"}"
        let client = try running.client()
        client.send(
            "POST /api/templates/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(running.startSecret)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        #expect(try await client.response(to: .post).head.status.code == 413)
        client.close()
        await running.server.stop()
    }
}

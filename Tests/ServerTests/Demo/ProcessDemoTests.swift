import Demo
import Foundation
import Server
import Testing
import WebCodec
import Wire

@Suite("samskap demo --process", .timeLimit(.minutes(3)))
struct ProcessDemoTests {
    /// A small consultation in a folder of its own, with words of several themes.
    private func data() throws -> String {
        let folder = FileManager.default.temporaryDirectory.path + "/samskap-process-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var comments = "timestamp,comment-id,author-id,agrees,disagrees,comment-body\n"
        let words = [
            "more trees in every park", "a bus on sunday, and safe sidewalks", "homes that we can afford",
        ]
        for number in 0..<60 {
            comments +=
                "\(number),\(number),\(number % 20),\(number % 9),\(number % 4),\"Number \(number): \(words[number % 3])\"\n"
        }
        for (name, text) in [
            ("comments.csv", comments), ("votes.csv", "timestamp,comment-id,voter-id,vote\n0,0,0,1\n"),
            ("summary.csv", "topic,\"Together\"\n"),
        ] {
            try Data(text.utf8).write(to: URL(filePath: folder).appending(path: name))
        }
        return folder
    }

    @Test("five steps, each with something in it, and the decision leads back to people's own words")
    func fills() async throws {
        let folder = try data()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let running = try await Running.start()
        var options = try DemoOptions(
            folder: folder, server: "http://127.0.0.1:\(running.port)", startSecret: running.startSecret)
        options.output = { _ in }
        let outcome = try await Demo(options).runProcess()
        #expect(outcome.sessions.count == 5)
        #expect(outcome.addresses.first?.url.hasSuffix("/p/\(outcome.process)#\(outcome.link)") == true)
        func get(_ path: String, secret: String = "") async throws -> JSONValue {
            try JSONReader.read(try await running.ask(.get, path, secret: secret).body, limits: .trusted)
        }
        let page = try await get("/api/processes/\(outcome.process)/public")
        #expect(page["steps"]?.array?.allSatisfy { $0["heard"]?.string?.isEmpty == false } == true)
        let kinds = Set(page["items"]?.array?.compactMap { $0["kind"]?.string } ?? [])
        #expect(kinds == ["frame", "need", "idea", "test", "learning", "decision"])
        let trace = try await get(
            "/api/processes/\(outcome.process)/trace/\(outcome.decision)", secret: outcome.link)
        let texts = (trace["notes"]?.array ?? []).compactMap { $0["text"]?.string }
        #expect(texts.contains { $0.hasPrefix("Number ") })
        #expect(Set(trace["sessions"]?.array?.compactMap { $0["step"]?.int } ?? []).count >= 4)
        for name in ["results.html", "results.csv", "results.json", "results.md", "results.html?step=2"] {
            let answer = try await running.ask(
                .get, "/api/processes/\(outcome.process)/\(name)", secret: outcome.link)
            #expect(answer.status == 200 && answer.body.count > 300, "\(name)")
        }
        for (name, status) in [("results.html?step=6", 400), ("results.pdf", 404)] {
            #expect(
                try await running.ask(.get, "/api/processes/\(outcome.process)/\(name)", secret: outcome.link)
                    .status == status)
        }
        #expect(
            try await running.ask(.get, "/api/processes/\(outcome.process)/results.json", secret: "").status
                == 401)
        await running.server.stop()
    }
}

import Foundation
import Server
import Testing
import WebCodec
import Wire
import Workshop

@Suite("Every template that ships, on a real server")
struct TemplateServerTests {
    private static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: Running.webFolder + "/templates")
        return (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }()

    @Test(
        "opens, takes a note in every place, and is in every document with its places' names",
        arguments: names.indices)
    func fills(index: Int) async throws {
        let name = Self.names[index]
        let running = try await Running.start()
        let workshop = try await running.create(name)
        let id = try #require(workshop["workshop"]?.string, "\(name)")
        let link = try #require(workshop["links"]?["facilitator"]?.string)
        let facilitator = try await Phone(running, "\"workshop\":\"\(id)\",\"link\":\"\(link)\"")
        try await facilitator.until {
            $0.welcome != nil && $0.channels["staff"] != nil && $0.channels["room"] != nil
        }

        let boards = try await fill(facilitator)
        let texts = boards.flatMap(\.texts)
        #expect(facilitator.notes().sorted() == texts.sorted(), "\(name)")

        var documents: [String: String] = [:]
        for kind in ["results.html", "results.csv", "results.json", "results.md", "votes.csv"] {
            let answer = try await running.ask(.get, "/api/workshops/\(id)/\(kind)", secret: link)
            #expect(answer.status == 200, "\(name) \(kind)")
            documents[kind] = String(decoding: answer.body, as: UTF8.self)
        }
        for board in boards {
            for kind in ["results.html", "results.csv", "results.json", "results.md"] {
                let document = documents[kind] ?? ""
                for text in board.texts { #expect(document.contains(text), "\(name) \(kind): \(text)") }
                for place in board.places {
                    #expect(document.contains(escaped(place, kind)), "\(name) \(kind): \(place)")
                }
            }
        }
        await running.server.stop()
    }

    private struct Filled {
        var texts: [String]
        var places: [String]
    }

    /// Goes through the run sheet and writes in every place of a board the first time that it comes.
    private func fill(_ facilitator: Phone) async throws -> [Filled] {
        var filled: [String: Filled] = [:]
        let phases = (facilitator.channels["staff"] ?? [:]).filter { $0.key.hasPrefix("phase/") }
            .sorted { ($0.value["position"]?.int ?? 0) < ($1.value["position"]?.int ?? 0) }
        for (key, phase) in phases {
            let phaseID = String(key.dropFirst("phase/".count))
            guard let boardID = phase["board"]?.string, filled[boardID] == nil else { continue }
            let board = try #require(facilitator.channels["room"]?["board/\(boardID)"])
            let columns = board["columns"]?.array ?? []
            #expect(try await facilitator.act("phase.open", "\"phase\":\"\(phaseID)\"") == "ack")
            var texts: [String] = []
            for column in columns.isEmpty ? [nil] : columns.map({ $0["id"]?.string }) {
                let place = column.map { ",\"column\":\"\($0)\"" } ?? ""
                texts.append("Note \(boardID) \(column ?? "list") end")
                #expect(
                    try await facilitator.act("note.add", "\"text\":\"\(texts.last ?? "")\"\(place)") == "ack"
                )
            }
            if phase["visibility"]?.string != "everyone" {
                #expect(try await facilitator.act("phase.reveal", "\"phase\":\"\(phaseID)\"") == "ack")
            }
            filled[boardID] = Filled(texts: texts, places: columns.compactMap { $0["name"]?.string })
        }
        let all = filled.values.reduce(0) { $0 + $1.texts.count }
        try await facilitator.until { $0.notes().count == all }
        #expect(filled.count == facilitator.channels["room"]?.filter { $0.key.hasPrefix("board/") }.count)
        return Array(filled.values)
    }

    /// A name as a document writes it.
    private func escaped(_ name: String, _ kind: String) -> String {
        kind == "results.html" ? name.replacing("&", with: "&amp;").replacing("<", with: "&lt;") : name
    }

    @Test("clusters that a template brings are there, and a vote on them is counted")
    func principles() async throws {
        let running = try await Running.start()
        let workshop = try await running.create("utsjekk")
        let id = workshop["workshop"]?.string ?? ""
        let link = workshop["links"]?["facilitator"]?.string ?? ""
        let facilitator = try await Phone(running, "\"workshop\":\"\(id)\",\"link\":\"\(link)\"")
        try await facilitator.until {
            $0.welcome != nil && $0.channels["staff"] != nil && $0.channels["room"] != nil
        }
        let kari = try await Phone(running, "\"code\":\"\(workshop["code"]?.string ?? "")\"")
        try await kari.until { $0.channels["room"] != nil && $0.channels["own"] != nil }
        let principles = (kari.channels["room"] ?? [:]).filter { $0.key.hasPrefix("cluster/") }
        #expect(principles.count == 6)
        #expect(principles["cluster/c3"]?["name"]?.string == "Vi lytter før vi foreslår")
        #expect(try await facilitator.act("phase.open", "\"phase\":\"f2\"") == "ack")
        let vote = "{\"kind\":\"scale\",\"low\":1,\"high\":5,\"targets\":\"clusters\"}"
        #expect(try await facilitator.act("round.open", "\"title\":\"Prinsipper\",\"vote\":\(vote)") == "ack")
        try await kari.until { $0.channels["room"]?["round/r1"] != nil }
        for cluster in 1...6 {
            #expect(
                try await kari.act("vote.cast", "\"round\":\"r1\",\"target\":\"c\(cluster)\",\"value\":4")
                    == "ack")
        }
        #expect(try await facilitator.act("round.close", "\"round\":\"r1\"") == "ack")
        #expect(try await facilitator.act("round.reveal", "\"round\":\"r1\"") == "ack")
        let report = try await running.ask(.get, "/api/workshops/\(id)/results.html", secret: link)
        #expect(String(decoding: report.body, as: UTF8.self).contains("Vi lytter før vi foreslår"))
        await running.server.stop()
    }
}

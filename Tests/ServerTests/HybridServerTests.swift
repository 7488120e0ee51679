import Foundation
import Server
import Testing
import Wire

@Suite("Room and remote, tables and one list of speakers")
struct HybridServerTests {
    private func staff(_ running: Running, _ workshop: JSONValue, _ role: String) async throws -> Phone {
        let phone = try await Phone(
            running,
            "\"workshop\":\"\(workshop["workshop"]?.string ?? "")\",\"link\":\"\(workshop["links"]?[role]?.string ?? "")\""
        )
        try await phone.until { $0.welcome != nil && $0.channels["room"]?["phase"] != nil }
        return phone
    }

    private func join(_ running: Running, _ workshop: JSONValue, _ more: String) async throws -> Phone {
        let phone = try await Phone(running, "\"code\":\"\(workshop["code"]?.string ?? "")\",\(more)")
        try await phone.until { $0.channels["own"]?["me"] != nil }
        return phone
    }

    @Test("[D1] [D3] over the wire: asking, being called and counted; a name only while one waits")
    func speakers() async throws {
        let running = try await Running.start()
        let workshop = try await running.create()
        let boss = try await staff(running, workshop, "facilitator")
        let kari = try await join(running, workshop, "\"name\":\"Kari\",\"via\":\"room\"")
        let ola = try await join(running, workshop, "\"name\":\"Ola\",\"via\":\"remote\"")
        try await boss.did("speakers.set", "\"state\":\"open\",\"speechSeconds\":30,\"replySeconds\":0")
        try await kari.did("speech.ask", "\"kind\":\"speech\"")
        try await ola.did("speech.ask", "\"kind\":\"speech\"")
        try await ola.until { $0.channels["room"]?["speakers"]?["queue"]?.array?.count == 2 }
        #expect(ola.channels["own"]?["me"]?["asks"] == .array([.string("q2")]))
        try await boss.did("speech.call", "\"speech\":\"q2\"")
        try await kari.until { $0.channels["room"]?["speakers"]?["current"]?["name"] == .string("Ola") }
        #expect(kari.channels["room"]?["speakers"]?["current"]?["seconds"] == .int(30))
        try await boss.did("speech.call", "\"speech\":\"q1\"")
        try await boss.did("speakers.set", "\"state\":\"closed\",\"speechSeconds\":30,\"replySeconds\":0")
        try await kari.until { $0.channels["room"]?["speakers"] == nil }
        #expect(kari.channels["own"]?["me"]?["asks"] == nil)
        await running.server.stop()
    }

    @Test(
        "[B1] [B2] [L3] a table counts its heads and votes as one; all votes are in when those there have voted"
    )
    func tables() async throws {
        let running = try await Running.start()
        let workshop = try await running.create()
        let boss = try await staff(running, workshop, "facilitator")
        let kari = try await join(running, workshop, "\"via\":\"room\"")
        let table = try await join(running, workshop, "\"via\":\"room\"")
        try await table.did("me.table", "\"heads\":8")
        try await boss.until { $0.channels["room"]?["totals"]?["room"] == .int(9) }
        #expect(boss.channels["room"]?["totals"]?["atTables"] == .int(8))
        let phase = try #require(boss.channels["room"]?["phase"]?["id"]?.string)
        try await table.did("note.add", "\"text\":\"Fra bordet\"")
        try await boss.until { $0.channels["room"]?["note/n1"]?["source"] == .string("table") }
        try await boss.did(
            "phase.add",
            "\"after\":\"\(phase)\",\"name\":\"Vote\",\"instruction\":\"\",\"hint\":\"\",\"minutes\":0,\"board\":\"b1\","
                + "\"rhythm\":\"plenary\",\"participants\":[\"vote\"],\"helpers\":[],\"visibility\":\"everyone\","
                + "\"anonymity\":\"all\",\"notesEach\":0,\"moderated\":false,\"timerClosesInput\":false,\"vote\":null"
        )
        let added = try #require(
            boss.channels["staff"]?.first {
                $0.key.hasPrefix("phase/") && $0.value["name"] == .string("Vote")
            }?
            .key.dropFirst(6))
        try await boss.did("phase.open", "\"phase\":\"\(added)\"")
        try await boss.did(
            "round.open", "\"title\":\"R\",\"vote\":{\"kind\":\"stance\",\"targets\":\"notes\"}")
        try await boss.until { $0.turnout?["missing"] == .int(2) }
        try await kari.did("vote.cast", "\"round\":\"r1\",\"target\":\"n1\",\"value\":1")
        try await table.did(
            "vote.table", "\"round\":\"r1\",\"target\":\"n1\",\"counts\":{\"1\":5,\"-1\":3}")
        try await boss.until { $0.turnout?["missing"] == .int(0) }
        #expect(table.channels["own"]?["round/r1"]?["table"]?["n1"]?["1"] == .int(5))
        try await boss.did("round.close", "\"round\":\"r1\"")
        try await boss.until { $0.turnout == nil && $0.channels["staff"]?["round/r1"]?["results"] != nil }
        let result = boss.channels["staff"]?["round/r1"]?["results"]?.array?.first
        #expect(result?["counts"]?["1"] == .int(1) && result?["tables"]?["1"] == .int(5))
        try await table.until { $0.channels["own"]?["round/r1"] == nil }
        await running.server.stop()
    }
}

extension Phone {
    /// What was told last of those who have yet to vote.
    fileprivate var turnout: JSONValue? { messages.last { $0["type"] == .string("presence") }?["turnout"] }

    /// Sends a command that is to be taken.
    fileprivate func did(_ type: String, _ members: String) async throws {
        let answer = try await act(type, members)
        #expect(answer == "ack", "\(type)")
    }
}

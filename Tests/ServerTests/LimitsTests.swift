import Foundation
import Server
import Session
import Testing
import WebCodec
import Wire
import Workshop

@Suite("Limits (M)")
struct LimitsTests {
    @Test("[M] each limit of the table in protocol.md is the one that holds")
    func table() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../protocol.md")
        var stated: [String: Int64] = [:]
        var isInside = false
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("| limit |") { isInside = true }
            if line.hasPrefix("## ") { isInside = false }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if isInside, cells.count >= 3, cells[0].hasPrefix("`") {
                stated[cells[0].replacing("`", with: "")] = Int64(cells[1])
            }
        }
        let (limits, room, http, door) = (Limits(), RoomLimits(), HTTPLimits(), DoorTerms())
        #expect(
            stated == [
                "message": Int64(WireLimits.messageByteCount), "rate": TokenBucket.rate,
                "burst": TokenBucket.burst, "bytesEach": Int64(TokenBucket.bytesEach),
                "unanswered": Int64(WireLimits.unanswered),
                "connectionsEach": Int64(room.connectionsEach),
                "roomRate": room.messages.perSecond, "roomBurst": room.messages.burst,
                "joinRate": room.joins.perSecond, "joinBurst": room.joins.burst,
                "connections": Int64(room.connections), "participants": Int64(limits.participants),
                "approvals": Int64(Limits.approvals), "notes": Int64(limits.notes),
                "notesPerParticipant": Int64(limits.notesPerParticipant),
                "noteCharacters": Int64(limits.noteCharacters),
                "nameCharacters": Int64(limits.nameCharacters),
                "instructionCharacters": Int64(limits.instructionCharacters),
                "notesPerCommand": Int64(limits.notesPerCommand),
                "participantsPerCommand": Int64(Limits.participantsPerCommand),
                "clusters": Int64(limits.clusters), "rounds": Int64(limits.rounds),
                "phases": Int64(limits.phases), "boards": Int64(limits.boards),
                "groups": Int64(Limits.groups), "groupSize": Int64(Grouping.sizes.upperBound),
                "tables": Int64(Grouping.tableCounts.upperBound),
                "columns": Int64(limits.columns), "timerSeconds": Int64(limits.timerSeconds),
                "sessions": Int64(Limits.sessions), "items": Int64(Limits.items),
                "sourcesEach": Int64(Limits.sourcesEach), "itemCharacters": Int64(Limits.itemCharacters),
                "principles": Int64(Limits.principles),
                "principleCharacters": Int64(Limits.principleCharacters),
                "summaryCharacters": Int64(Limits.summaryCharacters),
                "cofacilitators": Int64(Limits.cofacilitators),
                "carriedPerCommand": Int64(Limits.carriedPerCommand),
                "carriedOrigins": Int64(Limits.carriedOrigins),
                "collectionDays": Int64(Limits.collectionDays),
                "speakers": Int64(Limits.speakers),
                "speakingSeconds": Int64(Limits.speakingSeconds.upperBound),
                "tableHeads": Int64(Limits.tableHeads.upperBound),
                "paceSeconds": Int64(Limits.paceSeconds), "voteBudget": Int64(limits.voteBudget),
                "handsPerRecord": Int64(limits.handsPerRecord),
                "wrongCodes": Int64(door.freePerMinute), "proof": Int64(WireLimits.proofByteCount),
                "proofSeconds": door.lifeMilliseconds / 1_000, "body": Int64(http.bodyByteCount),
                "head": Int64(http.headByteCount), "fields": Int64(http.fieldCount),
            ])
    }

    private func facilitator(_ running: Running, _ workshop: JSONValue) async throws -> Phone {
        let phone = try await Phone(
            running,
            "\"workshop\":\"\(workshop["workshop"]?.string ?? "")\",\"link\":\"\(workshop["links"]?["facilitator"]?.string ?? "")\""
        )
        try await phone.until { $0.welcome != nil && $0.channels["door"] != nil }
        return phone
    }

    private func join(_ running: Running, _ workshop: JSONValue, secret: String? = nil) async throws -> Phone
    {
        let hello = "\"code\":\"\(workshop["code"]?.string ?? "")\""
        let phone =
            if let secret { try await Phone(running, secret: secret, hello) } else {
                try await Phone(running, hello)
            }
        try await phone.until { $0.channels["own"]?["me"] != nil }
        return phone
    }

    private func waits(_ phone: Phone) -> String? { phone.channels["own"]?["me"]?["waits"]?.string }

    @Test("[W1] over the wire: nothing but oneself until one is let in, then all of it")
    func approval() async throws {
        let running = try await Running.start()
        let workshop = try await running.create()
        let facilitator = try await facilitator(running, workshop)
        #expect(try await facilitator.act("approval.set", "\"required\":true") == "ack")
        let kari = try await join(running, workshop)
        #expect(waits(kari) == "approval")
        #expect(kari.welcome?["channels"]?.array?.compactMap(\.string) == ["own"])
        #expect(try await facilitator.act("note.add", "\"text\":\"Hemmelig\"") == "ack")
        #expect(try await kari.act("note.add", "\"text\":\"Hei\"") == "waiting")
        try await kari.settle()
        #expect(Set(kari.channels.keys) == ["own"])
        #expect(!kari.messages.contains { $0["type"]?.string == "presence" })
        let id = kari.welcome?["participant"]?.string ?? ""
        try await facilitator.until { $0.channels["staff"]?["participant/\(id)"]?["waits"] != nil }
        #expect(try await facilitator.act("participants.admit", "\"participants\":[\"\(id)\"]") == "ack")
        try await kari.until { $0.channels["room"]?["phase"] != nil && waits($0) == nil }
        #expect(try await kari.act("note.add", "\"text\":\"Hei\"") == "ack")
        try await facilitator.until { $0.notes().contains("Hei") }
        await running.server.stop()
    }

    @Test("[W2] over the wire: a full room, an absent one's place, and the way back")
    func places() async throws {
        let running = try await Running.start { $0.absenceSeconds = 1 }
        let workshop = try await running.create()
        let facilitator = try await facilitator(running, workshop)
        #expect(try await facilitator.act("places.set", "\"places\":1") == "ack")
        let kari = try await join(running, workshop)
        let ola = try await join(running, workshop)
        #expect(waits(kari) == nil)
        #expect(waits(ola) == "place")
        try await ola.until { $0.channels["room"]?["phase"] != nil }
        kari.client.close()
        try await ola.until { waits($0) == nil }
        #expect(try await ola.act("note.add", "\"text\":\"Endelig\"") == "ack")
        let back = try await join(running, workshop, secret: kari.secret)
        try await back.until { waits($0) == "place" }
        #expect(back.welcome?["participant"] == kari.welcome?["participant"])
        #expect(try await facilitator.act("places.set", "\"places\":2") == "ack")
        try await back.until { waits($0) == nil }
        await running.server.stop()
    }

    @Test("[M] a ninth connection of one participant is closed, the eight live on")
    func connectionsEach() async throws {
        let running = try await Running.start()
        let workshop = try await running.create()
        let first = try await join(running, workshop)
        var others: [Phone] = []
        for _ in 1..<RoomLimits().connectionsEach {
            others.append(try await join(running, workshop, secret: first.secret))
        }
        let ninth = try await Phone(
            running, secret: first.secret, "\"code\":\"\(workshop["code"]?.string ?? "")\"")
        #expect(try await ninth.untilClosed() == 4429)
        #expect(try await first.act("note.add", "\"text\":\"Her\"") == "ack")
        others[0].client.close()
        await running.server.stop()
    }

    @Test(
        "[M] more than a workshop takes at once is told when to come again, and the facilitator is not held up"
    )
    func flood() async throws {
        let running = try await Running.start {
            $0.room.messages = Allowance(perSecond: 1, burst: 10)
        }
        let workshop = try await running.create()
        let facilitator = try await facilitator(running, workshop)
        let (kari, ola) = (try await join(running, workshop), try await join(running, workshop))
        var answers: [String] = []
        for number in 0..<20 {
            let phone = number.isMultiple(of: 2) ? kari : ola
            answers.append(try await phone.act("vote.cast", "\"round\":\"r1\",\"target\":\"n1\",\"value\":1"))
        }
        #expect(answers.prefix(10).allSatisfy { $0 != "busy" })
        #expect(answers.dropFirst(10).contains("busy"))
        let busy = (kari.messages + ola.messages).first { $0["code"]?.string == "busy" }
        #expect(busy?["retryAfterSeconds"]?.int ?? 0 >= 1)
        for _ in 0..<20 { #expect(try await facilitator.act("note.add", "\"text\":\"Ro\"") == "ack") }
        await running.server.stop()
    }

    @Test("[M, L4] too many who come in at once, or are connected, are told when to come again")
    func joins() async throws {
        let running = try await Running.start {
            $0.room.joins = Allowance(perSecond: 1, burst: 2)
            $0.room.connections = 4
        }
        let workshop = try await running.create()
        let facilitator = try await facilitator(running, workshop)
        let (kari, ola) = (try await join(running, workshop), try await join(running, workshop))
        let hello = "\"code\":\"\(workshop["code"]?.string ?? "")\""
        // A slow machine regains one or two meanwhile.
        var third = try await Phone(running, hello)
        for _ in 0..<20 where !third.messages.contains(where: { $0["type"]?.string == "bye" }) {
            third.client.close()
            third = try await Phone(running, hello)
            try await third.until { $0.channels["own"]?["me"] != nil || $0.closeCode != nil }
        }
        let bye = third.messages.last { $0["type"]?.string == "bye" }
        #expect(bye?["reason"]?.string == "busy")
        #expect((1_000...3_000).contains(bye?["comeBackAfterMilliseconds"]?.int ?? 0))
        // Who is in already comes back at once, and is held up by the number of connections only.
        let back = try await join(running, workshop, secret: kari.secret)
        #expect(back.welcome?["participant"] == kari.welcome?["participant"])
        let fifth = try await Phone(running, secret: kari.secret, hello)
        #expect(try await fifth.untilClosed() == 1001)
        #expect(fifth.messages.last?["reason"]?.string == "busy")
        ola.client.close()
        #expect(try await facilitator.act("note.add", "\"text\":\"Ro\"") == "ack")
        await running.server.stop()
    }

    @Test("[L4] a workshop that holds no more people says so, and when to come again")
    func full() async throws {
        let running = try await Running.start()
        let workshop = try await running.create()
        let facilitator = try await facilitator(running, workshop)
        #expect(try await facilitator.act("approval.set", "\"required\":true") == "ack")
        for _ in 0..<Limits.approvals {
            let phone = try await Phone(running, "\"code\":\"\(workshop["code"]?.string ?? "")\"")
            try await phone.until { $0.channels["own"]?["me"] != nil }
            phone.client.close()
        }
        let late = try await Phone(running, "\"code\":\"\(workshop["code"]?.string ?? "")\"")
        #expect(try await late.untilClosed() == 1001)
        let bye = late.messages.last { $0["type"]?.string == "bye" }
        #expect(bye?["reason"]?.string == "full")
        #expect((20_000...40_000).contains(bye?["comeBackAfterMilliseconds"]?.int ?? 0))
        await running.server.stop()
    }
}

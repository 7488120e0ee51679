import Digests
import Foundation
import Journal
import JournalSQLite
import Server
import Testing
import Wire

@Suite("Conversation over real sockets")
struct ConversationTests {
    private func room() async throws -> (Running, JSONValue, Phone) {
        let running = try await Running.start()
        let workshop = try await running.create()
        return (running, workshop, try await facilitator(running, workshop))
    }

    private func facilitator(_ running: Running, _ workshop: JSONValue) async throws -> Phone {
        let link = workshop["links"]?["facilitator"]?.string ?? ""
        let phone = try await Phone(
            running, "\"workshop\":\"\(workshop["workshop"]?.string ?? "")\",\"link\":\"\(link)\"")
        try await phone.until { $0.welcome != nil && $0.channels["door"] != nil }
        return phone
    }

    private func join(_ running: Running, _ workshop: JSONValue, _ more: String = "") async throws -> Phone {
        let phone = try await Phone(running, "\"code\":\"\(workshop["code"]?.string ?? "")\"\(more)")
        try await phone.until { $0.welcome != nil && $0.channels["own"] != nil }
        return phone
    }

    @Test("[H5, A2] the facilitator gets every channel and the derived links; a participant neither")
    func roles() async throws {
        let (running, workshop, facilitator) = try await room()
        #expect(facilitator.welcome?["links"]?["screen"] == workshop["links"]?["screen"])
        #expect(Set(facilitator.channels.keys) == ["room", "own", "staff", "door"])
        let kari = try await join(running, workshop, ",\"name\":\"Kari\",\"via\":\"remote\"")
        #expect(kari.welcome?["links"] == nil)
        #expect(Set(kari.channels.keys) == ["room", "own"])
        #expect(kari.channels["own"]?["me"]?["via"]?.string == "remote")
        await running.server.stop()
    }

    @Test("[R2] before the ack the sender has its own note, and everybody gets it")
    func note() async throws {
        let (running, workshop, _) = try await room()
        let (kari, ola) = (try await join(running, workshop), try await join(running, workshop))
        #expect(try await kari.act("note.add", "\"text\":\"Flere benker\"") == "ack")
        #expect(kari.notes(in: "own") == ["Flere benker"])
        try await ola.until { $0.notes() == ["Flere benker"] }
        #expect(ola.notes(in: "own").isEmpty)
        await running.server.stop()
    }

    @Test("[H2, H3, R3] a join and a command whose answers were lost are sent again and happen once")
    func exactlyOnce() async throws {
        let (running, workshop, facilitator) = try await room()
        let secret = Base64URL.encode(SecureRandom.bytes(32))
        let hello = "\"code\":\"\(workshop["code"]?.string ?? "")\""
        for _ in 0..<3 {
            let lost = try await Phone(running, secret: secret, hello)
            lost.send("{\"type\":\"note.add\",\"ref\":1,\"text\":\"Once\"}")
            lost.client.close()
        }
        let phone = try await Phone(running, secret: secret, hello)
        try await phone.until { $0.welcome != nil }
        phone.send("{\"type\":\"note.add\",\"ref\":1,\"text\":\"Once\"}")
        #expect(try await phone.answer(to: 1) == "ack")
        try await facilitator.until { !$0.notes().isEmpty }
        try await facilitator.settle()
        #expect(facilitator.notes() == ["Once"])
        #expect(facilitator.channels["room"]?["totals"]?["room"]?.int == 1)
        await running.server.stop()
    }

    @Test("[H5] wrong code, closed door, unknown workshop and wrong link are answered alike")
    func turnedAway() async throws {
        let (running, workshop, facilitator) = try await room()
        let id = workshop["workshop"]?.string ?? ""
        let nobody = Base64URL.encode(SecureRandom.bytes(32))
        for hello in [
            "\"code\":\"ABABAB\"", "\"code\":\"not a code\"", "\"workshop\":\"wNobody\"",
            "\"workshop\":\"\(id)\"",
            "\"workshop\":\"\(id)\",\"link\":\"\(nobody)\"",
        ] {
            let phone = try await Phone(running, hello)
            #expect(try await phone.untilClosed() == 4504, "\(hello)")
            #expect(phone.messages.isEmpty)
        }
        #expect(try await facilitator.act("door.set", "\"open\":false") == "ack")
        let late = try await Phone(running, "\"code\":\"\(workshop["code"]?.string ?? "")\"")
        #expect(try await late.untilClosed() == 4504)
        await running.server.stop()
    }

    @Test(
        "[G2] what is not a message of this protocol closes with 4400",
        arguments: [
            "hello", "[]", "{}", "{\"type\":\"note.add\",\"ref\":1,\"ref\":2,\"text\":\"x\"}",
            "{\"type\":\"note.add\",\"ref\":0}",
            "{\"type\":\"note.add\",\"ref\":4294967296}", "[[[[[[[[[[1]]]]]]]]]]", "{\"type\":\"hello\"}",
        ])
    func garbage(_ text: String) async throws {
        let (running, workshop, _) = try await room()
        let kari = try await join(running, workshop)
        kari.send(text)
        #expect(try await kari.untilClosed() == 4400)
        await running.server.stop()
    }

    @Test("[X] rules refuse and the connection stays open")
    func refusals() async throws {
        let (running, workshop, _) = try await room()
        let kari = try await join(running, workshop)
        #expect(try await kari.act("phase.open", "\"phase\":\"f2\"") == "not-allowed")
        #expect(try await kari.act("note.add", "\"text\":\"\"") == "empty")
        #expect(try await kari.act("note.add", "\"text\":7") == "malformed")
        #expect(try await kari.act("note.sing") == "unknown-type")
        #expect(try await kari.act("note.add", "\"text\":\"Still here\"") == "ack")
        await running.server.stop()
    }

    @Test("[R6] who commands faster than 20 a second is told busy, and may come again")
    func tooFast() async throws {
        let (running, workshop, _) = try await room()
        let kari = try await join(running, workshop)
        var refusedBusy = false
        // Waves of as many as may be unanswered: 192 commands, where 60 and 20 a second are granted.
        for _ in 0..<6 {
            let refs = (0..<32).map { _ in kari.command("ready.set", "\"ready\":true") }
            for ref in refs where try await kari.answer(to: ref) == "busy" { refusedBusy = true }
        }
        #expect(refusedBusy)
        await running.server.stop()
    }

    @Test("[C3] a client that does not read gets one merged change a channel, and costs the others nothing")
    func slow() async throws {
        let (running, workshop, facilitator) = try await room()
        let slow = try await Phone(
            running, "\"code\":\"\(workshop["code"]?.string ?? "")\"", receiveBytes: 4096)
        try await slow.until { $0.welcome != nil && $0.channels["room"] != nil }
        let text = String(repeating: "ord ", count: 120)
        var writers: [Phone] = []
        for _ in 0..<20 { writers.append(try await join(running, workshop)) }
        // In two waves each: fewer than may be unanswered (R4), fewer than a burst.
        for wave in 0..<2 {
            var last: [(Phone, Int64)] = []
            for writer in writers {
                let refs = (0..<25).map { writer.command("note.add", "\"text\":\"\(wave).\($0) \(text)\"") }
                last.append((writer, refs.last ?? 0))
            }
            for (writer, ref) in last { #expect(try await writer.answer(to: ref) == "ack") }
        }
        try await facilitator.until { $0.notes().count == 1000 }
        let before = slow.changesCount
        try await slow.until { $0.notes().count == 1000 }
        #expect(slow.channels["room"] == facilitator.channels["room"])
        // What the kernel's buffers held comes first; all the rest in one.
        #expect(slow.changesCount - before < facilitator.changesCount)
        await running.server.stop()
    }

    @Test("[H4, C3] coming back brings only what happened meanwhile; another epoch brings all")
    func resume() async throws {
        let (running, workshop, facilitator) = try await room()
        let kari = try await join(running, workshop)
        _ = try await kari.act("note.add", "\"text\":\"Before\"")
        try await kari.until { !$0.notes().isEmpty }
        let sequence = kari.sequences["room"] ?? 0
        kari.client.close()
        _ = try await facilitator.act("note.add", "\"text\":\"Meanwhile\"")
        let id = workshop["workshop"]?.string ?? ""
        let epoch = kari.welcome?["epoch"]?.string ?? ""
        let since = "\"since\":{\"room\":\(sequence)}"
        let back = try await Phone(
            running, secret: kari.secret, "\"workshop\":\"\(id)\",\"epoch\":\"\(epoch)\",\(since)")
        try await back.until { !$0.notes().isEmpty }
        #expect(back.notes() == ["Meanwhile"])
        #expect(back.channels["room"]?["session"] == nil)
        let stranger = try await Phone(
            running, secret: kari.secret, "\"workshop\":\"\(id)\",\"epoch\":\"older\",\(since)")
        try await stranger.until { $0.notes().count == 2 }
        #expect(stranger.channels["room"]?["session"] != nil)
        await running.server.stop()
    }

    @Test("a timer's end is the server's own act, told to everybody once")
    func timer() async throws {
        let running = try await Running.start()
        let workshop = try await running.create("idedugnad")
        let facilitator = try await facilitator(running, workshop)
        let kari = try await join(running, workshop)
        _ = try await facilitator.act("timer.start", "\"seconds\":1")
        try await kari.until { $0.channels["room"]?["timer"]?["state"]?.string == "ended" }
        #expect(kari.channels["room"]?["phase"]?["inputClosed"]?.bool == true)
        #expect(try await kari.act("note.add", "\"text\":\"Late\"") == "input-closed")
        await running.server.stop()
    }

    @Test("[L4] going down tells everybody to come back, and a new process has everything")
    func restart() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "samskap-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let journal = try SQLiteJournal(folder: folder)
        let running = try await Running.start(journal)
        let workshop = try await running.create()
        let kari = try await join(running, workshop)
        _ = try await kari.act("note.add", "\"text\":\"Kept\"")
        async let stopped: Void = running.server.stop()
        #expect(try await kari.untilClosed() == 1001)
        kari.client.close()
        await stopped
        #expect(kari.messages.contains { $0["type"]?.string == "bye" })
        try await journal.close()

        let again = try await Running.start(try SQLiteJournal(folder: folder))
        let back = try await Phone(
            again, secret: kari.secret, "\"workshop\":\"\(workshop["workshop"]?.string ?? "")\"")
        try await back.until { $0.notes() == ["Kept"] && $0.channels["own"] != nil }
        #expect(back.channels["own"] == kari.channels["own"])
        #expect(back.welcome?["lastRef"]?.int == 1)
        await again.server.stop()
    }

    @Test("[E4] once a round is closed, no byte of the database or its log joins a vote to a person")
    func ballotsAreGone() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "samskap-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let running = try await Running.start(try SQLiteJournal(folder: folder))
        let workshop = try await running.create()
        let facilitator = try await facilitator(running, workshop)
        var voters: [Phone] = []
        for number in 0..<20 {
            let voter = try await join(running, workshop)
            _ = try await voter.act("note.add", "\"text\":\"Statement \(number)\"")
            voters.append(voter)
        }
        _ = try await facilitator.act("phase.open", "\"phase\":\"f2\"")
        _ = try await facilitator.act(
            "round.open", "\"title\":\"Agree?\",\"vote\":{\"kind\":\"stance\",\"targets\":\"notes\"}")
        for voter in voters {
            // All at once: one after the other, a slow disk lets those who wait be given up (L2).
            let refs = (1...20).map {
                voter.command("vote.cast", "\"round\":\"r1\",\"target\":\"n\($0)\",\"value\":1")
            }
            for ref in refs { #expect(try await voter.answer(to: ref) == "ack") }
        }
        #expect(try bytes(in: folder).contains("ballot/r1/"))
        #expect(try await facilitator.act("round.close", "\"round\":\"r1\"") == "ack")
        let left = try bytes(in: folder)
        for mark in ["ballot/r1/", "\"n7\":1", "ballotSet"] { #expect(!left.contains(mark), "\(mark)") }
        try await facilitator.until { $0.channels["staff"]?["round/r1"]?["voters"]?.int == 20 }
        await running.server.stop()
    }

    /// Every byte the journal has on the disk, as text that can be searched.
    private func bytes(in folder: String) throws -> String {
        try FileManager.default.contentsOfDirectory(atPath: folder).map {
            String(
                decoding: try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent($0)),
                as: Unicode.ASCII.self)
        }.joined(separator: "\n")
    }
}

import Foundation
import Server
import Testing
import Wire

@Suite("Groups over the wire (J)")
struct GroupsServerTests {
    private func phone(_ running: Running, _ workshop: JSONValue, secret: String? = nil) async throws -> Phone
    {
        let hello = "\"code\":\"\(workshop["code"]?.string ?? "")\""
        let phone =
            if let secret { try await Phone(running, secret: secret, hello) } else {
                try await Phone(running, hello)
            }
        phone.isTapped = true
        try await phone.until { $0.channels["own"]?["me"] != nil && $0.channels["room"]?["phase"] != nil }
        return phone
    }

    private func staff(_ running: Running, _ workshop: JSONValue, _ role: String) async throws -> Phone {
        let link = workshop["links"]?[role]?.string ?? ""
        let phone = try await Phone(
            running, "\"workshop\":\"\(workshop["workshop"]?.string ?? "")\",\"link\":\"\(link)\"")
        phone.isTapped = true
        try await phone.until { $0.channels["room"]?["phase"] != nil }
        return phone
    }

    private func group(_ phone: Phone) -> String? { phone.channels["own"]?["me"]?["group"]?.string }

    private func heard(_ phone: Phone, _ text: String) -> Bool {
        String(decoding: phone.tapped, as: UTF8.self).contains(text)
    }

    @Test("[J3, E1] not one byte of a group's note goes to anybody but the group, until the reveal")
    func visibility() async throws {
        let running = try await Running.start()
        let workshop = try await running.create("en-to-fire-alle")
        let facilitator = try await staff(running, workshop, "facilitator")
        let onlookers =
            [facilitator]
            + (try await [
                staff(running, workshop, "helper"), staff(running, workshop, "screen"),
                staff(running, workshop, "observer"),
            ])
        var phones: [Phone] = []
        for _ in 0..<4 { phones.append(try await phone(running, workshop)) }
        #expect(try await facilitator.act("phase.open", "\"phase\":\"f2\"") == "ack")
        for phone in phones { try await phone.until { group($0) != nil } }
        let kari = phones[0]
        let mine = try #require(group(kari))
        let mate = try #require(phones.first { $0 !== kari && group($0) == mine })
        let others = phones.filter { group($0) != mine }
        #expect(others.count == 2)
        #expect(try await kari.act("note.add", "\"text\":\"pair-secret\"") == "ack")
        try await mate.until { $0.notes(in: "group/\(mine)") == ["pair-secret"] }
        // Whatever is said after it has come after it.
        #expect(try await facilitator.act("lock.set", "\"locked\":false") == "ack")
        for phone in others + onlookers {
            try await phone.settle()
            #expect(!heard(phone, "pair-secret"))
            #expect(!phone.channels.keys.contains("group/\(mine)"))
        }
        // Staff knows how many, and which group has none.
        try await facilitator.until { $0.channels["staff"]?["group/\(mine)"]?["notes"]?.int == 1 }
        let silent = try #require(group(others[0]))
        #expect(facilitator.channels["staff"]?["group/\(silent)"]?["notes"]?.int == 0)
        // Somebody who comes back from a reload is given the group's board, and who is moved the new one.
        let again = try await phone(running, workshop, secret: mate.secret)
        try await again.until { $0.notes(in: "group/\(mine)") == ["pair-secret"] }
        let mover = try #require(others[0].welcome?["participant"]?.string)
        #expect(
            try await facilitator.act("group.move", "\"participants\":[\"\(mover)\"],\"group\":\"\(mine)\"")
                == "ack")
        try await others[0].until { $0.notes(in: "group/\(mine)") == ["pair-secret"] }
        #expect(!heard(others[1], "pair-secret"))
        // Out of it again: what is written from now on is not for them.
        #expect(
            try await facilitator.act("group.move", "\"participants\":[\"\(mover)\"],\"group\":\"\(silent)\"")
                == "ack")
        try await others[0].until { group($0) == silent }
        #expect(try await kari.act("note.add", "\"text\":\"only-the-pair\"") == "ack")
        try await mate.until { $0.notes(in: "group/\(mine)").contains("only-the-pair") }
        try await others[0].settle()
        #expect(!heard(others[0], "only-the-pair"))
        #expect(try await facilitator.act("phase.reveal", "\"phase\":\"f2\"") == "ack")
        for phone in others + onlookers { try await phone.until { $0.notes().count == 2 } }
        try await mate.until { $0.notes(in: "group/\(mine)").isEmpty }
        await running.server.stop()
    }

    @Test(
        "[J5] the timer's end opens the pairs by itself, with a timer of their own; what was chosen is there")
    func advances() async throws {
        let running = try await Running.start()
        let workshop = try await running.create("en-to-fire-alle")
        let facilitator = try await staff(running, workshop, "facilitator")
        var phones: [Phone] = []
        for _ in 0..<5 { phones.append(try await phone(running, workshop)) }
        #expect(try await facilitator.act("timer.start", "\"seconds\":2") == "ack")
        #expect(try await phones[0].act("note.add", "\"text\":\"brought along\"") == "ack")
        let note = try #require(phones[0].channels["own"]?.keys.first { $0.hasPrefix("note/") }).dropFirst(5)
        #expect(try await phones[0].act("notes.raise", "\"notes\":[\"\(note)\"],\"raised\":true") == "ack")
        for phone in phones {
            try await phone.until { $0.channels["room"]?["phase"]?["id"]?.string == "f2" && group($0) != nil }
        }
        #expect(phones[0].channels["room"]?["timer"]?["durationMilliseconds"]?.int == 240_000)
        let sizes = Dictionary(grouping: phones, by: group).values.map(\.count).sorted()
        #expect(sizes == [2, 3])
        let mine = try #require(group(phones[0]))
        for phone in phones where group(phone) == mine {
            try await phone.until { $0.notes(in: "group/\(mine)") == ["brought along"] }
        }
        await running.server.stop()
    }

    @Test(
        "[J2] who is not there for long leaves the group, and gets one on coming back; nobody is left alone")
    func absent() async throws {
        let running = try await Running.start { $0.groupAbsenceSeconds = 1 }
        let workshop = try await running.create("en-to-fire-alle")
        let facilitator = try await staff(running, workshop, "facilitator")
        var phones: [Phone] = []
        for _ in 0..<4 { phones.append(try await phone(running, workshop)) }
        #expect(try await facilitator.act("phase.open", "\"phase\":\"f2\"") == "ack")
        for phone in phones { try await phone.until { group($0) != nil } }
        let gone = phones[3]
        gone.client.close()
        try await facilitator.until { facilitator in
            let groups = (facilitator.channels["staff"] ?? [:]).filter { $0.key.hasPrefix("group/") }
            return groups.values.compactMap { $0["members"]?.array?.count }.sorted() == [0, 3]
        }
        let back = try await phone(running, workshop, secret: gone.secret)
        try await back.until { group($0) != nil }
        await running.server.stop()
    }
}

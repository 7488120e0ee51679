import Foundation
import Server
import Testing
import WebCodec
import Wire

/// A participant whose client lies: it sends every command there is, in every phase and state, whole and broken, with
/// members that claim more than it may, and keeps every byte it is sent.
@Suite("A lying client")
struct LyingClientTests {
    /// What a participant may do with a command, written down apart from the server's own table.
    enum Right {
        /// Never.
        case never
        /// Always.
        case always
        /// When the phase gives this act, the board is not locked and input is open.
        case act(String)
        /// When the board is not locked and input is open.
        case input
    }

    struct Lie {
        var type: String
        var members: String
        var right: Right
        var mayAfterEnd = false
        /// The only answer when it is let that far.
        var answer: String?
    }

    /// Everything a client can say. `secret` is a note of Kari's that nobody else may see, `open` one that all see.
    static func lies(secret: String, open: String) -> [Lie] {
        let phase =
            "\"name\":\"Mine\",\"instruction\":\"\",\"hint\":\"\",\"minutes\":1,\"board\":\"b1\",\"rhythm\":\"individual\","
            + "\"participants\":[\"add\",\"editAny\"],\"helpers\":[],\"visibility\":\"everyone\",\"anonymity\":\"none\","
            + "\"notesEach\":0,\"moderated\":false,\"timerClosesInput\":false,\"vote\":null"
        let vote = "\"vote\":{\"kind\":\"stance\",\"targets\":\"notes\"}"
        var lies: [Lie] = [
            Lie(type: "me.rename", members: "\"name\":\"p1\"", right: .always),
            Lie(type: "ready.set", members: "\"ready\":true", right: .always),
            Lie(type: "hand.set", members: "\"raised\":true", right: .always),
            Lie(
                type: "note.add",
                members:
                    "\"text\":\"lie\",\"author\":\"p2\",\"publication\":\"published\",\"held\":false,\"role\":\"facilitator\"",
                right: .act("add")),
            Lie(
                type: "note.add", members: "\"text\":\"lie\",\"source\":\"paper\"", right: .act("add"),
                answer: "not-allowed"),
            Lie(type: "round.close", members: "\"round\":\"r1\"", right: .never),
            Lie(type: "round.reveal", members: "\"round\":\"r1\"", right: .never),
            Lie(type: "round.open", members: "\"title\":\"Mine\",\(vote)", right: .never),
            Lie(
                type: "vote.cast", members: "\"round\":\"r1\",\"target\":\"\(open)\",\"value\":1",
                right: .act("vote")),
            Lie(
                type: "vote.cast", members: "\"round\":\"r1\",\"target\":\"\(secret)\",\"value\":1",
                right: .act("vote"),
                answer: "not-found"),
            Lie(
                type: "hands.record",
                members: "\"round\":\"r1\",\"target\":\"\(open)\",\"value\":1,\"count\":9", right: .never),
            Lie(type: "cluster.create", members: "\"name\":\"lie\",\"notes\":[]", right: .act("cluster")),
            Lie(
                type: "cluster.rename", members: "\"cluster\":\"c1\",\"name\":\"lie\"", right: .act("cluster")
            ),
            Lie(
                type: "cluster.split", members: "\"cluster\":\"c1\",\"notes\":[\"\(open)\"],\"name\":\"lie\"",
                right: .act("cluster")),
            Lie(
                type: "cluster.merge", members: "\"cluster\":\"c1\",\"into\":\"c2\"", right: .act("cluster")),
            Lie(type: "cluster.dissolve", members: "\"cluster\":\"c9\"", right: .act("cluster")),
            Lie(type: "clustering.undo", members: "", right: .act("cluster")),
            Lie(type: "phase.change", members: "\"phase\":\"f1\",\(phase)", right: .never),
            Lie(type: "phase.add", members: "\"after\":null,\(phase)", right: .never),
            Lie(type: "phase.move", members: "\"phase\":\"f1\",\"after\":\"f2\"", right: .never),
            Lie(
                type: "phases.insert",
                members:
                    "\"after\":null,\"definition\":{\"boards\":[],\"phases\":[{\"name\":\"lie\",\"board\":\"b1\"}]}",
                right: .never),
            Lie(
                type: "board.change",
                members: "\"board\":\"b1\",\"definition\":{\"name\":\"lie\",\"structure\":\"list\"}",
                right: .never),
            Lie(type: "board.remove", members: "\"board\":\"b1\"", right: .never),
            Lie(type: "start.plan", members: "\"at\":1", right: .never),
            Lie(type: "title.set", members: "\"title\":\"lie\"", right: .never),
            Lie(type: "input.set", members: "\"phase\":\"f1\",\"open\":true", right: .never),
            Lie(type: "timer.start", members: "\"seconds\":1", right: .never),
            Lie(type: "timer.extend", members: "\"seconds\":1", right: .never),
            Lie(type: "door.set", members: "\"open\":true", right: .never),
            Lie(type: "code.change", members: "", right: .never),
            Lie(
                type: "link.replace",
                members: "\"role\":\"facilitator\",\"link\":\"\(String(repeating: "A", count: 43))\"",
                right: .never, mayAfterEnd: true),
            Lie(type: "lock.set", members: "\"locked\":false", right: .never),
            Lie(type: "spotlight.set", members: "\"item\":\"\(secret)\"", right: .never),
            Lie(
                type: "participant.remove", members: "\"participant\":\"p2\",\"withNotes\":true",
                right: .never),
            Lie(
                type: "participant.erase", members: "\"participant\":\"p2\"", right: .never, mayAfterEnd: true
            ),
            Lie(type: "retention.set", members: "\"days\":1", right: .never, mayAfterEnd: true),
            Lie(type: "workshop.end", members: "", right: .never),
            Lie(type: "me.table", members: "\"heads\":31", right: .always, answer: "invalid-value"),
            Lie(
                type: "vote.table",
                members: "\"round\":\"r1\",\"target\":\"\(open)\",\"counts\":{\"1\":30}", right: .act("vote"),
                answer: "not-allowed"),
            Lie(
                type: "speakers.set",
                members: "\"state\":\"open\",\"speechSeconds\":0,\"replySeconds\":0", right: .never),
            Lie(type: "speech.ask", members: "\"kind\":\"speech\"", right: .always, answer: "list-closed"),
            Lie(type: "speech.withdraw", members: "\"kind\":\"speech\"", right: .always, answer: "not-found"),
            Lie(
                type: "speech.add", members: "\"name\":\"p1\",\"kind\":\"speech\",\"via\":\"room\"",
                right: .never),
            Lie(type: "speech.call", members: "\"speech\":\"q1\"", right: .never),
            Lie(type: "speech.finish", members: "\"speech\":\"q1\"", right: .never),
            Lie(type: "speech.remove", members: "\"speech\":\"q1\"", right: .never),
            Lie(type: "speech.move", members: "\"speech\":\"q1\",\"after\":null", right: .never),
            Lie(type: "approval.set", members: "\"required\":false", right: .never),
            Lie(type: "places.set", members: "\"places\":1", right: .never),
            Lie(
                type: "group.move", members: "\"participants\":[\"p2\"],\"group\":null", right: .never),
            Lie(type: "group.rename", members: "\"group\":\"g1\",\"name\":\"lie\"", right: .never),
            Lie(type: "group.add", members: "", right: .never),
            Lie(type: "groups.mix", members: "\"everybody\":true", right: .never),
            Lie(type: "phase.raise", members: "\"phase\":\"f1\"", right: .never),
            Lie(
                type: "group.choose", members: "\"group\":\"g1\"", right: .always, answer: "wrong-phase"),
            Lie(type: "pace.set", members: "\"seconds\":0", right: .never),
            Lie(type: "participants.admit", members: "\"participants\":[\"p3\"]", right: .never),
            Lie(type: "participants.turnAway", members: "\"participants\":[\"p2\"]", right: .never),
        ]
        for type in ["phase.open", "phase.reveal", "phase.conceal", "phase.remove"] {
            lies.append(Lie(type: type, members: "\"phase\":\"f1\"", right: .never))
        }
        for (type, members) in ProcessLies.members {
            lies.append(
                Lie(
                    type: type, members: members, right: .never,
                    mayAfterEnd: ProcessLies.afterEnd.contains(type)))
        }
        for type in ["timer.pause", "timer.resume", "timer.stop"] {
            lies.append(Lie(type: type, members: "", right: .never))
        }
        for (note, isSecret) in [(secret, true), (open, false), ("n4000", true)] {
            let about = "\"note\":\"\(note)\""
            lies += [
                Lie(
                    type: "note.edit", members: "\(about),\"text\":\"lie\"", right: .input,
                    answer: isSecret ? "not-found" : nil),
                Lie(
                    type: "note.withdraw", members: about, right: .always, mayAfterEnd: true,
                    answer: isSecret ? "not-found" : "not-yours"),
                Lie(
                    type: "note.share", members: about, right: .input,
                    answer: isSecret ? "not-found" : "not-yours"),
                Lie(
                    type: "notes.raise", members: "\"notes\":[\"\(note)\"],\"raised\":true", right: .input,
                    answer: isSecret ? "not-found" : "not-yours"),
                Lie(type: "note.publish", members: about, right: .never),
                Lie(
                    type: "note.redact", members: "\(about),\"reason\":\"other\"", right: .never,
                    mayAfterEnd: true),
                Lie(type: "note.restore", members: about, right: .never, mayAfterEnd: true),
                Lie(type: "note.erase", members: about, right: .never, mayAfterEnd: true),
                Lie(
                    type: "notes.move", members: "\"notes\":[\"\(note)\"],\"cluster\":null",
                    right: .act("cluster"), answer: isSecret ? "not-found" : nil),
                Lie(
                    type: "notes.place", members: "\"notes\":[\"\(note)\"],\"column\":\"a\"",
                    right: .act("move")),
                Lie(
                    type: "cluster.create", members: "\"name\":\"lie\",\"notes\":[\"\(note)\"]",
                    right: .act("cluster"), answer: isSecret ? "not-found" : nil),
            ]
        }
        return lies
    }

    /// Commands of the server's own that no message may name, and names that are nothing.
    static let unknown = [
        "session.attach", "session.report", "collection.close", "grants.check", "copies.erase", "link.join",
        "join", "timer.expire", "erasure.postpone", "me.erase", "participant.promote", "note.read",
        "state.get",
        "__proto__", "note.Add", "",
    ]

    static let definition = """
        {"id":"lies","name":"Lies","boards":[{"key":"b","name":"Board","structure":"list"}],"phases":[
        {"name":"Private","hint":"hint-only-staff","board":"b","participants":["add","editOwn"],"visibility":"own"},
        {"name":"Moderated","hint":"hint-only-staff","board":"b","participants":["add","editOwn"],"moderated":true},
        {"name":"Everything","hint":"hint-only-staff","board":"b","participants":["add","editOwn","editAny","move","cluster","vote"]},
        {"name":"Vote","hint":"hint-only-staff","board":"b","participants":["vote"]},
        {"name":"Nothing","hint":"hint-only-staff","board":"b","participants":[],"visibility":"own"},
        {"name":"Grouped","hint":"hint-only-staff","board":"b","rhythm":"group","participants":["add","editOwn","editAny"],
        "visibility":"group","grouping":{"how":"hand","tables":2}}]}
        """

    /// What the liar is never to receive before the facilitator reveals: texts, names and hints.
    static let secrets = [
        "kari-private", "kari-held", "kari-redacted", "kari-group", "Karianne-Unik", "hint-only-staff",
        "Facilitator-Name",
    ]

    @Test("[E1, E2, E3, X] nothing it may not do happens, and nothing it may not see arrives")
    func everything() async throws {
        let running = try await Running.start()
        let workshop = try await create(running)
        let stage = try await Stage(running, workshop)
        try await stage.write()
        var sent = Set<String>()
        for phase in 1...6 {
            try await stage.facilitate("phase.open", "\"phase\":\"f\(phase)\"")
            if phase == 4 { try await stage.vote() }
            for state in ["open", "closed", "locked"] {
                if state == "closed" {
                    try await stage.facilitate("input.set", "\"phase\":\"f\(phase)\",\"open\":false")
                }
                if state == "locked" { try await stage.facilitate("lock.set", "\"locked\":true") }
                sent.formUnion(try await stage.lie(phase: phase, state: state))
                if state == "closed" {
                    try await stage.facilitate("input.set", "\"phase\":\"f\(phase)\",\"open\":true")
                }
                if state == "locked" { try await stage.facilitate("lock.set", "\"locked\":false") }
            }
        }
        // A reveal is what shows it, and shows that the search finds what is there.
        try await stage.facilitate("phase.reveal", "\"phase\":\"f1\"")
        let seer = try await stage.liar()
        try await seer.until { $0.notes().contains("kari-private") }
        #expect(stage.found(Self.secrets, in: seer) == ["kari-private"])
        try await stage.facilitate("phase.conceal", "\"phase\":\"f1\"")
        try await seer.until { !$0.notes().contains("kari-private") }

        try await stage.facilitate("workshop.end")
        sent.formUnion(try await stage.lie(phase: 6, state: "ended"))

        // Every command that the protocol's table names was among the lies.
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../protocol.md")
        let lines = try String(contentsOf: root, encoding: .utf8).split(separator: "\n")
        let table = lines.drop { $0 != "| `type` | members | who | what |" }.dropFirst(2)
            .prefix { $0.hasPrefix("|") }
        let named = table.flatMap { row in
            row.split(separator: "|")[0].split(separator: "`").filter { $0.contains(".") }.map(String.init)
        }
        #expect(named.count > 40)
        #expect(Set(named).subtracting(sent) == [])
        await running.server.stop()
    }

    @Test("[H3, C] who only looks may do nothing at all, and is shown no more")
    func onlookers() async throws {
        let running = try await Running.start()
        let workshop = try await create(running)
        let stage = try await Stage(running, workshop)
        try await stage.write()
        try await stage.facilitate("phase.open", "\"phase\":\"f3\"")
        let before = try await stage.picture()
        for role in ["screen", "observer"] {
            let link = workshop["links"]?[role]?.string ?? ""
            var phone: Phone?
            for (index, lie) in Self.lies(secret: "n1", open: "n4").enumerated() {
                if index % 50 == 0 {
                    phone = try await Phone(
                        running, "\"workshop\":\"\(workshop["workshop"]?.string ?? "")\",\"link\":\"\(link)\""
                    )
                    phone?.isTapped = true
                    try await phone?.until { $0.channels["room"] != nil }
                }
                let answer = try await phone?.act(lie.type, lie.members)
                #expect(answer == "not-allowed", "\(role): \(lie.type)")
                if let phone { #expect(stage.found(Self.secrets, in: phone) == []) }
            }
        }
        let after = try await stage.picture()
        for (key, entry) in before where !key.hasPrefix("participant/") {
            #expect(after[key] == entry, "\(key)")
        }
        await running.server.stop()
    }

    private func create(_ running: Running) async throws -> JSONValue {
        let client = try running.client()
        let body = "{\"definition\":\(Self.definition),\"language\":\"nb\",\"title\":\"Lies\"}"
        client.send(
            "POST /api/workshops HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(running.startSecret)\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let answer = try await client.response(to: .post)
        #expect(answer.head.status == .created, "\(String(decoding: answer.body, as: UTF8.self))")
        return try JSONReader.read(answer.body, limits: .body)
    }

    /// A workshop with a facilitator, Kari who has something to hide, and whoever lies.
    final class Stage {
        let running: Running
        let workshop: JSONValue
        let facilitator: Phone
        let kari: Phone
        private var code: String { workshop["code"]?.string ?? "" }

        init(_ running: Running, _ workshop: JSONValue) async throws {
            self.running = running
            self.workshop = workshop
            let link = workshop["links"]?["facilitator"]?.string ?? ""
            facilitator = try await Phone(
                running,
                "\"workshop\":\"\(workshop["workshop"]?.string ?? "")\",\"link\":\"\(link)\",\"name\":\"Facilitator-Name\""
            )
            try await facilitator.until { $0.channels["door"] != nil }
            kari = try await Phone(
                running, "\"code\":\"\(workshop["code"]?.string ?? "")\",\"name\":\"Karianne-Unik\"")
            try await kari.until { $0.channels["own"] != nil }
        }

        func facilitate(_ type: String, _ members: String = "") async throws {
            #expect(try await facilitator.act(type, members) == "ack", "\(type) \(members)")
        }

        /// Kari writes `n1` in private, `n2` that is held, `n3` that is taken off `n4` and `n5` that all see, and `n6` that a group of
        /// her own sees.
        func write() async throws {
            #expect(try await kari.act("note.add", "\"text\":\"kari-private\"") == "ack")
            try await facilitate("phase.open", "\"phase\":\"f2\"")
            #expect(try await kari.act("note.add", "\"text\":\"kari-held\"") == "ack")
            #expect(try await kari.act("note.add", "\"text\":\"kari-redacted\"") == "ack")
            try await facilitate("note.redact", "\"note\":\"n3\",\"reason\":\"personal\"")
            try await facilitate("phase.open", "\"phase\":\"f3\"")
            #expect(try await kari.act("note.add", "\"text\":\"kari-open\"") == "ack")
            try await facilitate("cluster.create", "\"name\":\"One\",\"notes\":[\"n4\"]")
            #expect(try await kari.act("note.add", "\"text\":\"kari-too\"") == "ack")
            try await facilitate("cluster.create", "\"name\":\"Two\",\"notes\":[\"n5\"]")
            try await facilitate("phase.open", "\"phase\":\"f6\"")
            try await facilitate("group.move", "\"participants\":[\"p2\"],\"group\":\"g1\"")
            #expect(try await kari.act("note.add", "\"text\":\"kari-group\"") == "ack")
        }

        /// A vote is open from now on, and Kari has voted. While it is, nothing is clustered, so it comes after that.
        func vote() async throws {
            try await facilitate(
                "round.open", "\"title\":\"Agree?\",\"vote\":{\"kind\":\"stance\",\"targets\":\"notes\"}")
            #expect(
                try await kari.act("vote.cast", "\"round\":\"r1\",\"target\":\"n4\",\"value\":-1") == "ack")
        }

        func liar() async throws -> Phone {
            let phone = try await Phone(running, "\"code\":\"\(code)\"")
            phone.isTapped = true
            try await phone.until { $0.channels["own"] != nil && $0.channels["room"] != nil }
            return phone
        }

        /// Sends everything, as devices that are new now and then since one may not send so much; gives the types sent.
        func lie(phase: Int, state: String) async throws -> Set<String> {
            let acts = [
                1: ["add", "editOwn"], 2: ["add", "editOwn"],
                3: ["add", "editOwn", "editAny", "move", "cluster", "vote"], 4: ["vote"],
                6: ["add", "editOwn", "editAny"],
            ][phase, default: []]
            keepAlive()
            let before = try await picture()
            var types = Set<String>()
            var liars: [Phone] = []
            // The door has closed behind those who came before the end.
            if state == "ended" {
                liars = reserve
                for phone in liars {
                    // They were there when it was revealed.
                    try await phone.settle(milliseconds: 50)
                    phone.tapped = []
                }
            }
            // The secrets are four, the states many: only the open ones try each.
            for secret in ["n1", "n2", "n3", "n6"].prefix(state == "open" ? 4 : 1) {
                let lies = LyingClientTests.lies(secret: secret, open: "n4")
                for start in stride(from: 0, to: lies.count, by: 14) {
                    let lies = lies[start..<min(start + 14, lies.count)]
                    if state != "ended" { liars.append(try await liar()) }
                    let phone = liars[start / 14 % liars.count]
                    try await tell(lies, by: state == "ended" ? phone : try #require(liars.last)) {
                        check($1, to: $0, acts: acts, state: state, phase: phase)
                    }
                    types.formUnion(lies.map(\.type))
                }
            }
            let last = try #require(liars.last)
            for type in LyingClientTests.unknown {
                #expect(try await last.act(type) == "unknown-type", "\(type)")
            }
            try await last.settle(milliseconds: 50)
            for phone in liars {
                #expect(found(LyingClientTests.secrets, in: phone) == [], "phase \(phase) \(state)")
                #expect(phone.closeCode == nil)
            }
            try await overHTTP(last)
            if state == "open" { reserve.append(last) }

            let after = try await picture()
            for (key, entry) in before {
                // Where everybody may edit and cluster, what all see may have been changed.
                if phase == 3, state == "open", key == "note/n4" || key.hasPrefix("cluster/") { continue }
                #expect(after[key] == entry, "phase \(phase) \(state): \(key)")
            }
            return types
        }

        private var reserve: [Phone] = []

        /// Sends lies, each followed by a broken form of it, and hands each its answer.
        private func tell(
            _ lies: ArraySlice<Lie>, by phone: Phone, _ check: (Lie, String) -> Void
        ) async throws {
            let sent = lies.map { lie in
                (
                    lie: lie, whole: phone.command(lie.type, lie.members),
                    broken: lie.members.isEmpty
                        ? nil : phone.command(lie.type, "\"note\":7,\"phase\":[],\"vote\":1")
                )
            }
            for (lie, whole, broken) in sent {
                check(lie, try await phone.answer(to: whole))
                if let broken {
                    #expect(try await phone.answer(to: broken) == "malformed", "\(lie.type) broken")
                }
            }
        }

        /// Those who have nothing to say show that they are alive (protocol rule L2).
        private func keepAlive() {
            for phone in [facilitator, kari] + reserve { phone.send("{\"type\":\"time\",\"t\":1}") }
        }

        private func check(_ answer: String, to lie: Lie, acts: [String], state: String, phase: Int) {
            var expected: String?
            switch lie.right {
            case _ where state == "ended" && !lie.mayAfterEnd: expected = "ended"
            case .never: expected = "not-allowed"
            case .always: expected = lie.answer ?? "ack"
            case .act, .input:
                if state == "locked" {
                    expected = "locked"
                } else if case .act(let act) = lie.right, !acts.contains(act) {
                    expected = "wrong-phase"
                } else if state == "closed" {
                    expected = "input-closed"
                } else {
                    expected = lie.answer
                }
            }
            if let expected {
                #expect(
                    answer == expected, "phase \(phase) \(state): \(lie.type) \(lie.members) said \(answer)")
            } else {
                // Its own business, or refused for what it says: never for what it is.
                #expect(
                    !["not-allowed", "ended", "locked", "malformed", "unknown-type"].contains(
                        answer), "\(lie.type) \(answer)")
            }
        }

        /// What only staff may fetch.
        private func overHTTP(_ phone: Phone) async throws {
            let path = "/api/workshops/\(workshop["workshop"]?.string ?? "")"
            for document in LyingClientTests.documents {
                #expect(
                    try await running.ask(.get, "\(path)/\(document)", secret: phone.secret).status == 401,
                    "\(document)")
            }
            #expect(try await running.ask(.delete, path, secret: phone.secret).status == 401)
        }

        /// All that the facilitator sees of what is not the liars' own.
        func picture() async throws -> [String: JSONValue] {
            try await facilitator.settle(milliseconds: 150)
            var picture: [String: JSONValue] = [:]
            let kept = [
                "session", "retention", "phase", "board/", "timer", "spotlight", "door", "participant/p1",
                "participant/p2", "cluster/c1", "cluster/c2", "note/n1", "note/n2", "note/n3", "note/n4",
            ]
            for (channel, entries) in facilitator.channels where channel != "own" {
                for (key, entry) in entries
                where kept.contains(where: { key == $0 || $0.hasSuffix("/") && key.hasPrefix($0) }) {
                    picture[key] = entry
                }
                // How many have written there, and voted, is the liars' to change.
                for (key, entry) in entries where key.hasPrefix("phase/") || key.hasPrefix("round/") {
                    for member in entry.members ?? []
                    where !["notes", "writers", "voters"].contains(member.name) {
                        picture["\(key).\(member.name)"] = member.value
                    }
                }
            }
            return picture
        }

        func found(_ marks: [String], in phone: Phone) -> [String] {
            let text = String(decoding: phone.tapped, as: UTF8.self)
            return marks.filter { text.contains($0) }
        }
    }

    static let documents = [
        "results.html", "results.csv", "votes.csv", "results.json", "results.md",
        "moderation.csv", "audit.jsonl", "archive.zip", "replay",
    ]
}

import Digests
import Foundation
import JournalSQLite
import Server
import Synchronization
import Testing
import WebCodec
import Wire

@Suite("A process over real sockets (Q)", .timeLimit(.minutes(3)))
struct ProcessServerTests {
    private func texts(_ json: JSONValue, _ list: String, _ name: String) -> [String] {
        (json[list]?.array ?? []).compactMap { $0[name]?.string }
    }

    private func note(_ trace: JSONValue, _ session: String, _ note: String) -> JSONValue? {
        trace["notes"]?.array?.first { $0["session"]?.string == session && $0["note"]?.string == note }
    }

    @Test("[Q1, Q2] a process is made with the start secret, a session once for each request")
    func creating() async throws {
        let running = try await Running.start()
        let body = "{\"title\":\"T\",\"language\":\"nb\"}"
        for secret in [Base64URL.encode(SecureRandom.bytes(32)), "no"] {
            #expect(try await running.post("/api/processes", body, secret: secret).status == 401)
        }
        for (body, code) in [
            ("{\"language\":\"nb\"}", "empty"), ("{\"title\":\"T\",\"language\":\"xx\"}", "invalid-value"),
            ("{\"title\":\"T\",\"language\":\"nb\",\"principles\":[\"\"]}", "empty"),
            ("{\"title\":\"T\",\"language\":\"nb\",\"principles\":\"x\"}", "malformed"),
            ("{\"title\":\"T\",\"language\":\"nb\",\"keepDays\":0}", "invalid-value"), ("[]", "empty"),
        ] {
            let answer = try await running.post("/api/processes", body, secret: running.startSecret)
            #expect(answer.status == 400)
            #expect(try JSONReader.read(answer.body, limits: .body)["error"]?.string == code, "\(body)")
        }
        let steps = try await Steps(running)
        #expect(steps.process["code"] == nil)
        #expect(steps.process["links"]?.members?.map(\.name) == ["facilitator", "helper", "observer"])
        #expect(steps.owner.channels["room"]?["process"]?["challenge"]?.string == "Et sentrum for alle")
        #expect(steps.owner.channels["door"]?["door"] == nil)

        let first = try await steps.session(1, "one")
        #expect(first.status == 201)
        let again = try await steps.session(1, "one")
        #expect(again.status == 200)
        #expect(again.session["workshop"] == first.session["workshop"])
        #expect(again.session["links"] == first.session["links"])
        #expect(again.session["code"] == first.session["code"])
        // All at the same time, as a phone that lost its answers.
        let many = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<6 {
                let (running, id, link) = (running, steps.id, steps.link)
                group.addTask {
                    let answer = try await running.post(
                        "/api/workshops",
                        "{\"process\":\"\(id)\",\"step\":2,\"request\":\"two\",\"template\":\"meningsrunde\",\"language\":\"nb\",\"title\":\"T\"}",
                        secret: link)
                    return try JSONReader.read(answer.body, limits: .body)["workshop"]?.string ?? "none"
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(many.count == 1 && !many.contains("none"), "\(many)")
        try await steps.owner.until { $0.channels["room"]?["session/s2"] != nil }
        #expect(steps.owner.channels["room"]?.keys.filter { $0.hasPrefix("session/") }.count == 2)
        #expect(steps.owner.channels["room"]?["session/s1"]?["by"] == nil)
        // The links follow from the one that was shown.
        let link = HMACSHA256.authenticate(
            Array("session/1".utf8), key: Base64URL.decode(steps.link) ?? [])
        #expect(first.session["links"]?["facilitator"]?.string == Base64URL.encode(link))
        // Nobody else makes one, and an unknown process is answered like a wrong secret.
        let stranger = Base64URL.encode(SecureRandom.bytes(32))
        #expect(try await steps.session(1, "x", by: stranger).status == 401)
        #expect(
            try await steps.session(1, "x", by: steps.process["links"]?["helper"]?.string).status == 401)
        let unknown = try await running.post(
            "/api/workshops",
            "{\"process\":\"wNone\",\"step\":1,\"template\":\"meningsrunde\",\"language\":\"nb\",\"title\":\"T\"}",
            secret: steps.link)
        #expect(unknown.status == 401)
        await running.server.stop()
    }

    @Test("[Q5–Q9] five steps: from notes to a decision, and the way back and forth")
    func walk() async throws {
        let running = try await Running.start()
        let steps = try await Steps(running)
        var sessions: [JSONValue] = []
        for step in 1...5 { sessions.append(try await steps.session(step, "s\(step)").session) }

        // Step 2: Kari and Ola write.
        let insight = try await steps.facilitator(of: sessions[1])
        let kari = try await steps.participant(of: sessions[1])
        let ola = try await steps.participant(of: sessions[1])
        #expect(try await kari.act("note.add", "\"text\":\"karis benk\"") == "ack")
        #expect(try await ola.act("note.add", "\"text\":\"olas gangvei\"") == "ack")
        #expect(try await kari.act("note.add", "\"text\":\"karis do\"") == "ack")
        #expect(try await ola.act("note.add", "\"text\":\"olas hemmelighet\"") == "ack")
        #expect(try await insight.act("phase.open", "\"phase\":\"f2\"") == "ack")
        #expect(try await ola.act("note.add", "\"text\":\"olas private\"") == "ack")
        #expect(try await insight.act("phase.open", "\"phase\":\"f1\"") == "ack")
        #expect(
            try await insight.act("cluster.create", "\"name\":\"Hvile\",\"notes\":[\"n1\",\"n2\"]") == "ack")
        try await steps.owner.until { $0.channels["room"]?["session/s2"]?["notes"]?.int == 5 }
        let session = steps.owner.channels["room"]?["session/s2"]
        #expect(session?["state"]?.string == "open" && session?["people"]?["room"]?.int == 2)
        let material = try await steps.get("/api/processes/\(steps.id)/material/s2").json
        #expect(
            texts(material, "notes", "text") == [
                "karis benk", "olas gangvei", "karis do", "olas hemmelighet",
            ])
        #expect(texts(material, "clusters", "name") == ["Hvile"])

        // Need → idea → carried into step 3's session → idea there → test → learning → decision.
        try await steps.act(
            "item.add",
            "\"kind\":\"need\",\"step\":2,\"text\":\"\",\"fields\":{\"who\":\"Eldre\",\"need\":\"hvile\",\"because\":\"langt\"},"
                + "\"from\":[{\"session\":\"s2\",\"cluster\":\"c1\",\"notes\":[\"n1\",\"n2\"]},{\"session\":\"s2\",\"note\":\"n4\"},{\"session\":\"s2\",\"note\":\"n5\"}]"
        )
        let workshop = try await steps.facilitator(of: sessions[2])
        #expect(
            try await workshop.act(
                "notes.carry",
                "\"origins\":[{\"item\":\"i1\"},{\"session\":\"s2\",\"note\":\"n3\"},{\"session\":\"s2\",\"cluster\":\"c1\"},{\"session\":\"s2\",\"note\":\"n5\"}]"
            )
                == "ack")
        try await workshop.until { $0.notes().count == 3 }
        #expect(workshop.notes() == ["Eldre – hvile – langt", "karis do", "Hvile"])
        #expect(
            try await workshop.act("notes.carry", "\"origins\":[{\"session\":\"s2\",\"note\":\"n5\"}]")
                == "not-found")
        try await steps.act(
            "item.add",
            "\"kind\":\"idea\",\"step\":3,\"text\":\"Ti benker\",\"from\":[{\"session\":\"s3\",\"note\":\"n1\"},{\"session\":\"s3\",\"note\":\"n2\"}]"
        )
        for (kind, step, source) in [("test", 5, "i2"), ("learning", 5, "i3"), ("decision", 5, "i4")] {
            try await steps.act(
                "item.add",
                "\"kind\":\"\(kind)\",\"step\":\(step),\"text\":\"\(kind)-tekst\",\"from\":[{\"item\":\"\(source)\"}]"
            )
        }

        // Moderation, withdrawal and erasure in the source; merging, moving and renaming, too.
        #expect(try await insight.act("note.redact", "\"note\":\"n4\",\"reason\":\"personal\"") == "ack")
        #expect(try await insight.act("cluster.create", "\"name\":\"Annet\",\"notes\":[\"n3\"]") == "ack")
        #expect(try await insight.act("cluster.merge", "\"cluster\":\"c1\",\"into\":\"c2\"") == "ack")
        #expect(try await ola.act("note.withdraw", "\"note\":\"n2\"") == "ack")
        try await eventually {
            let trace = try await steps.get("/api/processes/\(steps.id)/trace/i5").json
            return self.note(trace, "s2", "n3") != nil
        }
        let trace = try await steps.get("/api/processes/\(steps.id)/trace/i5").json
        #expect(texts(trace, "items", "item") == ["i1", "i2", "i3", "i4", "i5"])
        #expect(note(trace, "s2", "n1")?["text"]?.string == "karis benk")
        #expect(note(trace, "s2", "n1")?["cluster"]?.string == "c2")
        #expect(note(trace, "s2", "n2")?["state"]?.string == "withdrawn")
        #expect(note(trace, "s2", "n2")?["text"] == nil)
        #expect(note(trace, "s2", "n4")?["state"]?.string == "redacted")
        #expect(note(trace, "s2", "n4")?["text"] == nil)
        #expect(note(trace, "s2", "n5")?["state"]?.string == "private")
        #expect(note(trace, "s2", "n5")?["text"] == nil)
        #expect(note(trace, "s3", "n2")?["from"]?.array?.first?["note"]?.string == "n3")
        #expect(trace["clusters"]?.array?.first?["name"]?.isNull == true)
        #expect(texts(trace, "sessions", "session") == ["s2", "s3"])
        let forward = try await steps.get("/api/processes/\(steps.id)/trace/i1").json
        #expect(texts(forward, "items", "item") == ["i1", "i2", "i3", "i4", "i5"])
        #expect(texts(forward, "carried", "text") == ["Eldre – hvile – langt"])
        let fromNote = try await steps.get("/api/processes/\(steps.id)/trace/s2/n3").json
        #expect(texts(fromNote, "items", "item") == ["i2", "i3", "i4", "i5"])

        // Until it is published, nobody can tell that it is there.
        let hidden = try await running.ask(.get, "/api/processes/\(steps.id)/public", secret: "")
        let none = try await running.ask(.get, "/api/processes/wNobody/public", secret: "")
        #expect(hidden.status == 404 && none.status == 404 && hidden.body == none.body)
        let child = try await running.ask(
            .get, "/api/processes/\(sessions[1]["workshop"]?.string ?? "")/public", secret: "")
        #expect(child.status == 404 && child.body == none.body)

        try await steps.act("step.summarise", "\"step\":2,\"heard\":\"Det er langt\",\"done\":\"Vi prøver\"")
        for item in ["i2", "i5"] {
            try await steps.act("item.publish", "\"item\":\"\(item)\",\"published\":true")
        }
        var own = try await steps.get(
            "/api/workshops/\(sessions[1]["workshop"]?.string ?? "")/me/trace", secret: kari.secret)
        #expect(texts(own.json, "notes", "text") == ["karis benk", "karis do"])
        #expect(own.json["items"]?.array == [])
        try await steps.act("process.publish", "\"published\":true")
        let page = try await steps.get("/api/processes/\(steps.id)/public", secret: "").json
        #expect(page["challenge"]?.string == "Et sentrum for alle")
        #expect(page["steps"]?.array?[1]["heard"]?.string == "Det er langt")
        #expect(page["steps"]?.array?[1]["sessions"]?.array?.first?["people"]?["room"]?.int == 2)
        #expect(texts(page, "items", "item") == ["i2", "i5"])
        #expect(page["items"]?.array?[1]["from"]?.array?.compactMap(\.string) == ["i2"])

        own = try await steps.get(
            "/api/workshops/\(sessions[1]["workshop"]?.string ?? "")/me/trace", secret: kari.secret)
        #expect(texts(own.json, "items", "item") == ["i2", "i5"])
        #expect(own.json["notes"]?.array?.map { $0["items"]?.array?.count } == [2, 2])
        let written = String(
            decoding: try await running.ask(
                .get, "/api/workshops/\(sessions[1]["workshop"]?.string ?? "")/me/trace", secret: kari.secret
            ).body, as: UTF8.self)
        for foreign in ["olas ", "Hvile", "\"p2\"", "\"p3\"", "author", ola.secret] {
            #expect(!written.contains(foreign), "\(foreign)")
        }
        #expect(
            try await steps.get(
                "/api/workshops/\(sessions[1]["workshop"]?.string ?? "")/me/trace", secret: steps.link
            ).status == 401)
        #expect(
            try await steps.get("/api/workshops/\(steps.id)/me/trace", secret: steps.owner.secret).status
                == 404)
        #expect(try await steps.get("/api/processes/\(steps.id)/trace/i5", secret: kari.secret).status == 401)
        #expect(
            try await steps.get("/api/processes/\(steps.id)/material/s2", secret: kari.secret).status == 401)
        #expect(try await steps.get("/api/processes/\(steps.id)/trace/i99").status == 404)

        // A session that has been erased leaves its counts, and says so in the trace.
        let gone = try await running.ask(
            .delete, "/api/workshops/\(sessions[1]["workshop"]?.string ?? "")",
            secret: sessions[1]["links"]?["facilitator"]?.string ?? "")
        #expect(gone.status == 200)
        try await steps.owner.until { $0.channels["room"]?["session/s2"]?["state"]?.string == "erased" }
        #expect(steps.owner.channels["room"]?["session/s2"]?["people"]?["room"]?.int == 2)
        let after = try await steps.get("/api/processes/\(steps.id)/trace/i5").json
        #expect(note(after, "s2", "n1")?["state"]?.string == "erased")
        #expect(note(after, "s2", "n1")?["text"] == nil)
        try await workshop.until { !$0.notes().contains("karis do") }
        #expect(workshop.notes().contains("Hvile"))
        await running.server.stop()
    }

    @Test("[Q4] a co-facilitator's link opens the process and its sessions, until it is revoked")
    func cofacilitator() async throws {
        let running = try await Running.start()
        let steps = try await Steps(running)
        let session = try await steps.session(3, "s").session
        let link = Base64URL.encode(SecureRandom.bytes(32))
        try await steps.act("link.add", "\"name\":\"Ola\",\"link\":\"\(link)\"")
        try await steps.owner.until { $0.channels["staff"]?["link/k1"]?["name"]?.string == "Ola" }
        let page = try await Phone(running, "\"workshop\":\"\(steps.id)\",\"link\":\"\(link)\"")
        try await page.until { $0.channels["room"]?["process"] != nil }
        #expect(page.welcome?["role"]?.string == "facilitator")
        #expect(try await page.act("link.revoke", "\"link\":\"k1\"") == "not-allowed")
        #expect(try await page.act("step.open", "\"step\":3") == "ack")
        let console = try await steps.facilitator(of: session, by: link)
        #expect(console.welcome?["role"]?.string == "facilitator")
        #expect(try await console.act("note.add", "\"text\":\"fra Ola\"") == "ack")
        let helper = try await steps.facilitator(
            of: session, by: steps.process["links"]?["helper"]?.string)
        #expect(helper.welcome?["role"]?.string == "helper")
        let own = try await steps.session(4, "olas", by: link)
        #expect(own.status == 201)
        try await steps.owner.until { $0.channels["room"]?["session/s2"]?["by"]?.string == "k1" }
        #expect(
            try await steps.get(
                "/api/workshops/\(session["workshop"]?.string ?? "")/results.json", secret: link
            ).status == 200)
        // A session's own people are not let into the process, nor a stranger anywhere.
        let derived = session["links"]?["facilitator"]?.string ?? ""
        for (workshop, secret) in [
            (steps.id, derived),
            (session["workshop"]?.string ?? "", Base64URL.encode(SecureRandom.bytes(32))),
        ] {
            let stranger = try await Phone(running, "\"workshop\":\"\(workshop)\",\"link\":\"\(secret)\"")
            #expect(try await stranger.untilClosed() == 4504)
        }

        try await steps.act("link.revoke", "\"link\":\"k1\"")
        #expect(try await page.untilClosed() == 4505)
        #expect(try await console.untilClosed() == 4505)
        for workshop in [steps.id, session["workshop"]?.string ?? ""] {
            let back = try await Phone(running, "\"workshop\":\"\(workshop)\",\"link\":\"\(link)\"")
            #expect(try await back.untilClosed() == 4504)
        }
        #expect(try await steps.session(4, "more", by: link).status == 401)
        #expect(try await steps.get("/api/processes/\(steps.id)/material/s1", secret: link).status == 401)
        #expect(
            try await steps.get(
                "/api/workshops/\(session["workshop"]?.string ?? "")/results.json", secret: link
            ).status == 401)
        #expect(
            try await steps.get(
                "/api/workshops/\(session["workshop"]?.string ?? "")/results.json", secret: console.secret
            ).status == 401)
        await running.server.stop()
    }

    @Test("[Q4] with the owner's link go the links of the sessions, and who came by either")
    func replaced() async throws {
        let running = try await Running.start()
        let steps = try await Steps(running)
        let session = try await steps.session(3, "s").session
        let byOwn = try await steps.facilitator(of: session)
        let byProcess = try await steps.facilitator(of: session, by: steps.link)
        let new = Base64URL.encode(SecureRandom.bytes(32))
        try await steps.act("link.replace", "\"role\":\"facilitator\",\"link\":\"\(new)\"")
        #expect(try await byOwn.untilClosed() == 4505)
        #expect(try await byProcess.untilClosed() == 4505)
        let derived = HMACSHA256.authenticate(Array("session/1".utf8), key: Base64URL.decode(new) ?? [])
        for link in [new, Base64URL.encode(derived)] {
            let again = try await steps.facilitator(of: session, by: link)
            #expect(again.welcome?["role"]?.string == "facilitator")
        }
        await running.server.stop()
    }

    @Test("[Q4, K2] another link of the process replaced leaves its sessions' own links as they are")
    func helperReplaced() async throws {
        let running = try await Running.start()
        let steps = try await Steps(running)
        let session = try await steps.session(3, "s").session
        let lead = try await steps.facilitator(of: session)
        let own = session["links"]?["facilitator"]?.string ?? ""
        #expect(try await lead.act("link.replace", "\"role\":\"helper\",\"link\":\"\(own)\"") == "ack")
        try await steps.act("link.replace", "\"role\":\"helper\",\"link\":\"\(steps.link)\"")
        // What might be done to the session is done elsewhere, a moment later.
        try await Task.sleep(for: .milliseconds(300))
        let (id, old) = (session["workshop"]?.string ?? "", session["links"]?["helper"]?.string ?? "")
        let late = try await Phone(running, "\"workshop\":\"\(id)\",\"link\":\"\(old)\"")
        #expect(try await late.untilClosed() == 4504)
        #expect(try await lead.act("note.add", "\"text\":\"er her ennå\"") == "ack")
        await running.server.stop()
    }

    @Test("[Q6, P4] what somebody erases is in no file, also where it had been carried to and on")
    func erasure() async throws {
        let traces = Traces()
        defer { traces.remove() }
        let journal = try SQLiteJournal(folder: traces.folder)
        let running = try await Running.start(journal)
        let steps = try await Steps(running)
        let first = try await steps.session(2, "one").session
        let second = try await steps.session(3, "two").session
        let third = try await steps.session(4, "three").session
        let kari = try await steps.participant(of: first)
        for text in ["unik-tekst-en", "unik-tekst-to", "unik-tekst-tre"] {
            #expect(try await kari.act("note.add", "\"text\":\"\(text)\"") == "ack")
        }
        let sources = try await steps.facilitator(of: first)
        let target = try await steps.facilitator(of: second)
        let last = try await steps.facilitator(of: third)
        #expect(
            try await target.act(
                "notes.carry",
                "\"origins\":[{\"session\":\"s1\",\"note\":\"n1\"},{\"session\":\"s1\",\"note\":\"n2\"},{\"session\":\"s1\",\"note\":\"n3\"}]"
            )
                == "ack")
        #expect(
            try await last.act(
                "notes.carry",
                "\"origins\":[{\"session\":\"s2\",\"note\":\"n1\"},{\"session\":\"s2\",\"note\":\"n2\"}]")
                == "ack")
        try await last.until { $0.notes() == ["unik-tekst-en", "unik-tekst-to"] }
        // A withdrawal takes the copies along, a moment later.
        #expect(try await kari.act("note.withdraw", "\"note\":\"n3\"") == "ack")
        try await target.until { $0.notes() == ["unik-tekst-en", "unik-tekst-to"] }
        // A facilitator's erasure, answered when it is nowhere.
        #expect(try await sources.act("note.erase", "\"note\":\"n1\"") == "ack")
        #expect(try traces.found(["unik-tekst-en"]) == [])
        try await last.until { $0.notes() == ["unik-tekst-to"] }
        let workshop = first["workshop"]?.string ?? ""
        #expect(
            try await running.ask(.delete, "/api/workshops/\(workshop)/me", secret: kari.secret).status == 200
        )
        #expect(
            try traces.found(["unik-tekst-en", "unik-tekst-to", "unik-tekst-tre"], secrets: [kari.secret])
                == [])
        try await last.until { $0.notes().isEmpty }
        #expect(try await sources.act("note.add", "\"text\":\"etterpå\"") == "ack")
        await running.server.stop()
        try await journal.close()
    }

    @Test("[Q10] a process takes its sessions along; one that was taken out stays")
    func whole() async throws {
        let running = try await Running.start()
        let steps = try await Steps(running)
        let gone = try await steps.session(1, "one").session
        let stays = try await steps.session(2, "two").session
        try await steps.act("session.detach", "\"session\":\"s2\"")
        try await steps.owner.until { $0.channels["room"]?["session/s2"] == nil }
        let link = Base64URL.encode(SecureRandom.bytes(32))
        try await steps.act("link.add", "\"name\":\"Ola\",\"link\":\"\(link)\"")
        let path = "/api/workshops/\(steps.id)"
        #expect(try await running.ask(.delete, path, secret: link).status == 401)
        let answer = try await running.ask(.delete, path, secret: steps.link)
        #expect(answer.status == 200)
        #expect(try JSONReader.read(answer.body)["sessions"]?.int == 1)
        #expect(try await steps.owner.untilClosed() == 4503)
        for (session, status) in [(gone, 404), (stays, 200)] {
            let door = try await running.ask(.get, "/api/doors/\(session["code"]?.string ?? "")", secret: "")
            #expect(door.status == status)
        }
        await running.server.stop()
    }

    @Test("[Q3] a collection's door closes by itself, also when nobody was there")
    func collection() async throws {
        let clock = SharedClock(1_795_478_400_000)
        let running = try await Running.start { $0.clock = { clock.now } }
        let steps = try await Steps(running)
        let closesAt = clock.now + 1_500
        let answer = try await steps.session(2, "open", kind: "collection", closesAt: closesAt)
        #expect(answer.status == 201)
        let kari = try await steps.participant(of: answer.session)
        #expect(kari.channels["room"]?["part"]?["closesAt"]?.int == closesAt)
        #expect(try await kari.act("note.add", "\"text\":\"i tide\"") == "ack")
        clock.pass(2_000)
        try await kari.until { $0.channels["room"]?["part"]?["closed"]?.bool == true }
        #expect(try await kari.act("note.add", "\"text\":\"for sent\"") == "input-closed")
        #expect(
            try await running.ask(.get, "/api/doors/\(answer.session["code"]?.string ?? "")", secret: "")
                .status
                == 404)
        try await steps.owner.until { $0.channels["room"]?["session/s1"]?["state"]?.string == "closed" }
        let console = try await steps.facilitator(of: answer.session)
        #expect(try await console.act("closing.set", "\"at\":\(clock.now + 86_400_000)") == "ack")
        #expect(try await kari.act("note.add", "\"text\":\"fortsatt\"") == "ack")
        #expect(
            try await running.ask(.get, "/api/doors/\(answer.session["code"]?.string ?? "")", secret: "")
                .status
                == 200)
        for late in ["\(clock.now)", "\"x\"", "\(clock.now + 401 * 86_400_000)"] {
            let body =
                "{\"process\":\"\(steps.id)\",\"step\":2,\"closesAt\":\(late),\"template\":\"meningsrunde\",\"language\":\"nb\",\"title\":\"T\"}"
            #expect(try await running.post("/api/workshops", body, secret: steps.link).status == 400)
        }
        await running.server.stop()
    }
}

/// The clock that a test's server goes by.
private final class SharedClock: Sendable {
    private let time: Mutex<Int64>
    init(_ start: Int64) { time = Mutex(start) }
    var now: Int64 { time.withLock { $0 } }
    func pass(_ milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

/// Waits until something holds, for ten seconds at most.
private func eventually(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<100 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(100))
    }
    Issue.record("It did not come to hold")
}

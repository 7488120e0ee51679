import Digests
import Foundation
import Journal
import JournalSQLite
import Server
import Testing
import WebCodec
import Wire

/// A facilitator in trouble: notes that wait, notes that are taken off, people who are taken out, and what is told of it.
@Suite("Moderation over real sockets")
struct ModerationServerTests {
    /// A workshop where notes wait, with a facilitator, a helper, and two participants.
    final class Stage {
        let running: Running
        let workshop: JSONValue
        let facilitator: Phone
        let helper: Phone
        let kari: Phone
        let ola: Phone
        var id: String { workshop["workshop"]?.string ?? "" }
        var link: String { workshop["links"]?["facilitator"]?.string ?? "" }

        init(_ journal: any Journal = MemoryJournal()) async throws {
            let running = try await Running.start(journal)
            self.running = running
            let client = try running.client()
            let definition =
                "{\"id\":\"held\",\"name\":\"Held\",\"boards\":[{\"key\":\"b\",\"name\":\"Board\",\"structure\":\"list\"}],"
                + "\"phases\":[{\"name\":\"Write\",\"board\":\"b\",\"participants\":[\"add\",\"editOwn\"],\"moderated\":true,\"anonymity\":\"peers\"}]}"
            let body = "{\"definition\":\(definition),\"language\":\"en\",\"title\":\"Held\"}"
            client.send(
                "POST /api/workshops HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(running.startSecret)\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            let workshop = try JSONReader.read(try await client.response(to: .post).body, limits: .body)
            self.workshop = workshop
            let id = workshop["workshop"]?.string ?? ""
            func staff(_ role: String) async throws -> Phone {
                let link = workshop["links"]?[role]?.string ?? ""
                return try await Phone(
                    running, "\"workshop\":\"\(id)\",\"link\":\"\(link)\",\"name\":\"Staff-Unik\"")
            }
            func join(_ name: String) async throws -> Phone {
                let phone = try await Phone(
                    running, "\"code\":\"\(workshop["code"]?.string ?? "")\",\"name\":\"\(name)\"")
                phone.isTapped = true
                try await phone.until { $0.channels["own"] != nil && $0.channels["room"] != nil }
                return phone
            }
            facilitator = try await staff("facilitator")
            try await facilitator.until { $0.channels["door"] != nil }
            helper = try await staff("helper")
            try await helper.until { $0.channels["staff"] != nil }
            kari = try await join("Kari-Unik")
            ola = try await join("Ola-Unik")
        }

        func file(_ name: String, secret: String? = nil) async throws -> (status: Int, body: [UInt8]) {
            try await running.ask(.get, "/api/workshops/\(id)/\(name)", secret: secret ?? link)
        }
    }

    @Test("a note waits where nobody but staff sees it, is let in, taken off with a reason, and put back")
    func queue() async throws {
        let stage = try await Stage()
        let (facilitator, kari, ola) = (stage.facilitator, stage.kari, stage.ola)
        #expect(try await kari.act("note.add", "\"text\":\"kari-notat\"") == "ack")
        #expect(kari.channels["own"]?["note/n1"]?["publication"]?.string == "held")
        try await facilitator.until { $0.channels["staff"]?["note/n1"]?["publication"]?.string == "held" }
        #expect(facilitator.channels["staff"]?["note/n1"]?["author"] == nil)
        try await ola.until { $0.channels["room"]?["totals"]?["withheld"]?.int == 1 }
        #expect(!String(decoding: ola.tapped, as: UTF8.self).contains("kari-notat"))
        #expect(try await stage.helper.act("note.publish", "\"note\":\"n1\"") == "not-allowed")

        #expect(try await facilitator.act("note.publish", "\"note\":\"n1\"") == "ack")
        try await ola.until { $0.notes() == ["kari-notat"] }
        #expect(try await facilitator.act("note.redact", "\"note\":\"n1\",\"reason\":\"offensive\"") == "ack")
        try await ola.until { $0.notes() == [] && $0.channels["room"]?["totals"]?["withheld"]?.int == 1 }
        // The author is told on her own phone, with the reason; nobody else is.
        try await kari.until { $0.channels["own"]?["note/n1"]?["publication"]?.string == "redacted" }
        #expect(kari.channels["own"]?["note/n1"]?["reason"]?.string == "offensive")
        #expect(!String(decoding: ola.tapped, as: UTF8.self).contains("offensive"))

        #expect(try await facilitator.act("note.restore", "\"note\":\"n1\"") == "ack")
        try await ola.until {
            $0.notes() == ["kari-notat"] && $0.channels["room"]?["totals"]?["withheld"]?.int == 0
        }

        let log = try await stage.file("moderation.csv")
        #expect(log.status == 200)
        let text = String(decoding: log.body, as: UTF8.self)
        #expect(text.split(separator: "\r\n").count == 4)
        #expect(text.contains(";n1;taken off the board;hurtful or threatening;Write;"))
        for secret in ["Unik", "kari-notat", "p3"] { #expect(!text.contains(secret), "\(secret)") }
        await stage.running.server.stop()
    }

    @Test("the board is locked for all others, and opened again")
    func lock() async throws {
        let stage = try await Stage()
        #expect(try await stage.facilitator.act("lock.set", "\"locked\":true") == "ack")
        #expect(try await stage.kari.act("note.add", "\"text\":\"while locked\"") == "locked")
        #expect(try await stage.facilitator.act("note.add", "\"text\":\"mine\"") == "ack")
        try await stage.kari.until { $0.channels["room"]?["session"]?["locked"]?.bool == true }
        #expect(try await stage.facilitator.act("lock.set", "\"locked\":false") == "ack")
        #expect(try await stage.kari.act("note.add", "\"text\":\"after\"") == "ack")
        await stage.running.server.stop()
    }

    @Test(
        "somebody taken out is told so and stays out; their notes go along or stay, as asked",
        arguments: [true, false])
    func remove(withNotes: Bool) async throws {
        let stage = try await Stage()
        #expect(try await stage.kari.act("note.add", "\"text\":\"kari-notat\"") == "ack")
        #expect(try await stage.facilitator.act("note.publish", "\"note\":\"n1\"") == "ack")
        try await stage.ola.until { $0.notes() == ["kari-notat"] }
        #expect(
            try await stage.facilitator.act(
                "participant.remove", "\"participant\":\"p3\",\"withNotes\":\(withNotes)") == "ack")
        #expect(try await stage.kari.untilClosed() == 4501)
        try await stage.ola.until { $0.channels["room"]?["totals"]?["room"]?.int == 1 }
        try await stage.ola.settle()
        #expect(stage.ola.notes() == (withNotes ? [] : ["kari-notat"]))
        let back = try await Phone(stage.running, secret: stage.kari.secret, "\"workshop\":\"\(stage.id)\"")
        #expect(try await back.untilClosed() == 4501)
        let code = stage.workshop["code"]?.string ?? ""
        let again = try await Phone(stage.running, secret: stage.kari.secret, "\"code\":\"\(code)\"")
        #expect(try await again.untilClosed() == 4501)
        await stage.running.server.stop()
    }

    @Test(
        "[T1, T2] the audit trail is the facilitator's, tells no text and no name, and outlives erasure and a restart"
    )
    func audit() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/samskap-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let journal = try SQLiteJournal(folder: folder)
        let stage = try await Stage(journal)
        #expect(try await stage.kari.act("note.add", "\"text\":\"kari-notat\"") == "ack")
        #expect(
            try await stage.facilitator.act("note.redact", "\"note\":\"n1\",\"reason\":\"personal\"") == "ack"
        )
        #expect(try await stage.facilitator.act("door.set", "\"open\":false") == "ack")
        for (secret, status) in [
            (stage.link, 200), (stage.facilitator.secret, 200), (stage.helper.secret, 401),
            (stage.workshop["links"]?["helper"]?.string ?? "", 401), (stage.kari.secret, 401),
            ("nobody", 401),
        ] {
            for name in ["audit.jsonl", "moderation.csv"] {
                #expect(try await stage.file(name, secret: secret).status == status, "\(name)")
            }
        }
        let earlier = try await stage.file("audit.jsonl").body
        #expect(try AuditTrail.verify(earlier, hash: SHA256.hash) == 4)

        // An erasure takes the log before it away; what was done is remembered all the same.
        #expect(try await stage.facilitator.act("participant.erase", "\"participant\":\"p3\"") == "ack")
        #expect(try await stage.kari.untilClosed() == 4502)
        #expect(try await stage.facilitator.act("workshop.end") == "ack")
        let later = try await stage.file("audit.jsonl").body
        #expect(try AuditTrail.verify(later, since: earlier, hash: SHA256.hash) == 6)
        let text = String(decoding: later, as: UTF8.self)
        for secret in ["Unik", "kari-notat", stage.link, stage.facilitator.secret] {
            #expect(!text.contains(secret))
        }
        #expect(text.contains("\"act\":\"participant.erase\",\"object\":\"p3\",\"notes\":1"))
        await stage.running.server.stop()
        try await journal.close()

        let again = try await Running.start(try SQLiteJournal(folder: folder))
        let loaded = try await again.ask(.get, "/api/workshops/\(stage.id)/audit.jsonl", secret: stage.link)
            .body
        #expect(loaded == later)
        await again.server.stop()
    }
}

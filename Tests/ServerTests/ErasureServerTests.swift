import Digests
import Foundation
import Journal
import JournalSQLite
import Server
import Synchronization
import TestKit
import Testing
import WebCodec
import Wire

/// A real server over a real data folder, and a search for what must not be in any file of it.
struct Traces {
    let folder: String

    init() { folder = FileManager.default.temporaryDirectory.path + "/samskap-\(UUID().uuidString)" }

    /// Which of these texts stand in some file below the folder: as they are, as UTF-16, and, for a secret, its bytes, its
    /// hash and the hash's digits.
    func found(_ marks: [String], secrets: [String] = []) throws -> [String] {
        var needles = marks.map { ($0, Data($0.utf8)) }
        needles += marks.map { mark in
            ("\(mark) in UTF-16", Data(mark.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }))
        }
        for secret in secrets {
            let bytes = Base64URL.decode(secret) ?? []
            let hash = SHA256.hash(bytes)
            needles += [
                ("secret \(secret)", Data(secret.utf8)), ("bytes of \(secret)", Data(bytes)),
                ("hash of \(secret)", Data(hash)), ("digits of \(secret)", Data(Hex.encode(hash).utf8)),
            ]
        }
        var found: [String] = []
        let files = FileManager.default.enumerator(atPath: folder)
        while let name = files?.nextObject() as? String {
            guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
            for (what, bytes) in needles where data.range(of: bytes) != nil {
                found.append("\(what) in \(name)")
            }
        }
        return found
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}

/// Whether there is no room for what is to be compacted.
private final class FullDisk: Sendable {
    private let state = Mutex(true)
    var isFull: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

@Suite("Erasing over real sockets, from real files", .timeLimit(.minutes(3)))
struct ErasureServerTests {
    /// A workshop with Kari, who is to go, and Ola, who stays; notes are visible at once.
    private struct Stage {
        let traces = Traces()
        let journal: SQLiteJournal
        let running: Running
        let workshop: JSONValue
        let facilitator: Phone
        let kari: Phone
        let ola: Phone
        var id: String { workshop["workshop"]?.string ?? "" }
        var link: String { workshop["links"]?["facilitator"]?.string ?? "" }
        var code: String { workshop["code"]?.string ?? "" }

        static let marks = ["Karianne-Unik", "kari-notat-en", "kari-notat-to", "kari-trukket", "kari-rettet"]

        init(_ configure: (inout ServerOptions) -> Void = { _ in }) async throws {
            journal = try SQLiteJournal(folder: traces.folder)
            running = try await Running.start(journal, configure)
            workshop = try await running.create()
            let (link, code) = (
                workshop["links"]?["facilitator"]?.string ?? "", workshop["code"]?.string ?? ""
            )
            facilitator = try await Phone(
                running, "\"workshop\":\"\(workshop["workshop"]?.string ?? "")\",\"link\":\"\(link)\"")
            try await facilitator.until { $0.channels["door"] != nil }
            kari = try await Phone(running, "\"code\":\"\(code)\",\"name\":\"Karianne-Unik\"")
            ola = try await Phone(running, "\"code\":\"\(code)\",\"name\":\"Ola-blir\"")
            for phone in [kari, ola] { try await phone.until { $0.channels["own"] != nil } }
            for text in ["kari-notat-en", "kari-notat-to", "kari-trukket"] {
                #expect(try await kari.act("note.add", "\"text\":\"\(text)\"") == "ack")
            }
            #expect(try await kari.act("note.withdraw", "\"note\":\"n3\"") == "ack")
            #expect(try await kari.act("note.edit", "\"note\":\"n2\",\"text\":\"kari-rettet\"") == "ack")
            #expect(try await ola.act("note.add", "\"text\":\"ola-notat\"") == "ack")
            try await ola.until { $0.notes().contains("ola-notat") }
        }

        /// A stage with a snapshot of everything, as a long workshop has one.
        func saveSnapshot() async throws {
            let head = try await journal.load(id).head
            let text = Self.marks.joined(separator: " ") + String(repeating: "x", count: 9_000)
            try await journal.saveSnapshot(
                Snapshot(sequence: head, format: 0, bytes: Array(text.utf8)), of: id)
        }

        /// Every document that a facilitator can get, in one text.
        func exports() async throws -> String {
            var all = ""
            for name in ["results.html", "results.csv", "votes.csv", "results.json", "results.md"] {
                let answer = try await running.ask(.get, "/api/workshops/\(id)/\(name)", secret: link)
                #expect(answer.status == 200)
                all += String(decoding: answer.body, as: UTF8.self)
            }
            let archive = try await running.ask(.get, "/api/workshops/\(id)/archive.zip", secret: link)
            for file in try Unzipped(archive.body).files {
                all += String(decoding: file.bytes, as: UTF8.self)
            }
            return all
        }

        func end() async {
            await running.server.stop()
            do { try await journal.close() } catch { Issue.record("the journal does not close: \(error)") }
            traces.remove()
        }
    }

    @Test(
        "[P2, P4] who erases oneself is gone from channels, exports, log, snapshots, freed pages and backups")
    func me() async throws {
        let stage = try await Stage()
        try await stage.saveSnapshot()
        let secrets = [stage.kari.secret]
        #expect(try stage.traces.found(Stage.marks, secrets: secrets).count >= Stage.marks.count + 1)
        #expect(try await stage.exports().contains("kari-notat-en"))
        let sleeping = stage.ola.sequences["room"] ?? 0
        let path = "/api/workshops/\(stage.id)/me"
        let answer = try await stage.running.ask(.delete, path, secret: stage.kari.secret)
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self) == "{\"erased\":true}")

        // The files, while the server runs: nothing waits for a clean-up at the end.
        #expect(try stage.traces.found(Stage.marks, secrets: secrets) == [])
        try await stage.journal.backup(to: stage.traces.folder + "/backup.sqlite")
        #expect(try stage.traces.found(Stage.marks, secrets: secrets) == [])
        #expect(try !stage.traces.found(["ola-notat", "Ola-blir"]).isEmpty)

        // Those who are there: her own devices are let go, the others told to drop.
        #expect(try await stage.kari.untilClosed() == 4502)
        #expect(stage.kari.channels["own"]?.isEmpty == true)
        try await stage.ola.until { $0.notes() == ["ola-notat"] }
        try await stage.facilitator.until { $0.notes() == ["ola-notat"] }
        let exports = try await stage.exports()
        for mark in Stage.marks { #expect(!exports.contains(mark), "\(mark)") }

        // Nobody has that secret any more.
        #expect(try await stage.running.ask(.get, path, secret: stage.kari.secret).status == 401)
        #expect(try await stage.running.ask(.delete, path, secret: stage.kari.secret).status == 401)
        let back = try await Phone(stage.running, secret: stage.kari.secret, "\"workshop\":\"\(stage.id)\"")
        #expect(try await back.untilClosed() == 4504)

        // A phone that slept resumes where it was, and is told to drop.
        let epoch = stage.ola.welcome?["epoch"]?.string ?? ""
        stage.ola.client.close()
        let hello = "\"workshop\":\"\(stage.id)\",\"epoch\":\"\(epoch)\",\"since\":{\"room\":\(sleeping)}"
        let awake = try await Phone(stage.running, secret: stage.ola.secret, hello)
        try await awake.until { $0.sequences["room"] != nil }
        let drops = awake.messages.flatMap { $0["drop"]?.array ?? [] }.compactMap(\.string)
        #expect(Set(drops).isSuperset(of: ["note/n1", "note/n2"]))
        #expect(awake.channels["room"]?["session"] == nil)
        #expect(try await awake.act("note.add", "\"text\":\"etterpå\"") == "ack")

        // A new process has the same, and no more.
        await stage.running.server.stop()
        try await stage.journal.close()
        #expect(try stage.traces.found(Stage.marks, secrets: secrets) == [])
        let journal = try SQLiteJournal(folder: stage.traces.folder)
        try await journal.verify()
        let again = try await Running.start(journal)
        let returned = try await Phone(again, secret: stage.ola.secret, hello)
        try await returned.until { $0.notes() == ["ola-notat", "etterpå"] }
        #expect(returned.welcome?["lastRef"]?.int == 2)
        #expect(try await returned.act("note.add", "\"text\":\"siden\"") == "ack")
        await again.server.stop()
        try await journal.close()
        stage.traces.remove()
    }

    @Test("[P3, P4] a facilitator erases one note, and then one person", arguments: [true, false])
    func facilitator(hasSnapshot: Bool) async throws {
        let stage = try await Stage()
        if hasSnapshot { try await stage.saveSnapshot() }
        #expect(try await stage.ola.act("note.erase", "\"note\":\"n1\"") == "not-allowed")
        #expect(try await stage.facilitator.act("note.erase", "\"note\":\"n1\"") == "ack")
        #expect(try stage.traces.found(["kari-notat-en"]) == [])
        #expect(try !stage.traces.found(["kari-rettet"]).isEmpty)
        try await stage.ola.until { $0.notes() == ["kari-rettet", "ola-notat"] }
        try await stage.ola.until { $0.channels["room"]?["retention"]?["erased"]?.int == 1 }
        #expect(try await stage.kari.act("note.add", "\"text\":\"kari-notat-to igjen\"") == "ack")

        #expect(try await stage.facilitator.act("participant.erase", "\"participant\":\"p2\"") == "ack")
        #expect(try stage.traces.found(Stage.marks, secrets: [stage.kari.secret]) == [])
        #expect(try await stage.kari.untilClosed() == 4502)
        try await stage.facilitator.until { $0.channels["staff"]?["participant/p2"] == nil }
        #expect(try await !stage.exports().contains("kari"))
        #expect(stage.facilitator.notes() == ["ola-notat"])
        try await stage.journal.verify()
        await stage.end()
    }

    @Test("[P6] a facilitator erases the whole workshop; its code, links and files lead nowhere")
    func workshop() async throws {
        let stage = try await Stage()
        try await stage.saveSnapshot()
        let other = try await stage.running.create()
        let path = "/api/workshops/\(stage.id)"
        let helper = stage.workshop["links"]?["helper"]?.string ?? ""
        for secret in [helper, stage.kari.secret, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            #expect(try await stage.running.ask(.delete, path, secret: secret).status == 401)
        }
        #expect(try await stage.running.ask(.delete, path, secret: stage.link).status == 200)
        let secrets = [stage.kari.secret, stage.ola.secret, stage.link, helper]
        let marks = Stage.marks + ["ola-notat", "Ola-blir"]
        #expect(try stage.traces.found(marks, secrets: secrets) == [])
        for phone in [stage.kari, stage.ola, stage.facilitator] {
            #expect(try await phone.untilClosed() == 4503)
        }
        #expect(try await stage.running.ask(.delete, path, secret: stage.link).status == 401)
        #expect(try await stage.running.ask(.get, path + "/results.json", secret: stage.link).status == 401)
        #expect(try await stage.running.ask(.get, "/api/doors/\(stage.code)", secret: "").status == 404)
        #expect(
            try await stage.running.ask(.get, "/api/doors/\(other["code"]?.string ?? "")", secret: "").status
                == 200)
        let late = try await Phone(stage.running, secret: stage.ola.secret, "\"workshop\":\"\(stage.id)\"")
        #expect(try await late.untilClosed() == 4504)
        try await stage.journal.verify()
        await stage.end()
    }

    @Test("[P4] a snapshot that was being made when somebody was erased does not bring them back")
    func race() async throws {
        let stage = try await Stage()
        let before = try await stage.journal.load(stage.id).head
        #expect(try await stage.facilitator.act("participant.erase", "\"participant\":\"p2\"") == "ack")
        let late = Snapshot(sequence: before, format: 1, bytes: Array("Karianne-Unik".utf8))
        await #expect(throws: JournalError.self) { try await stage.journal.saveSnapshot(late, of: stage.id) }
        #expect(try stage.traces.found(["Karianne-Unik"]) == [])
        await stage.end()
    }

    @Test("[P4] when it cannot be stored nothing has been erased, and it may be asked for again")
    func refused() async throws {
        let traces = Traces()
        defer { traces.remove() }
        let base = try SQLiteJournal(folder: traces.folder)
        let full = FullDisk()
        let journal = FaultyJournal(base) { append in
            append.compaction != nil && full.isFull ? .fail(.full(reason: "test")) : .pass
        }
        let running = try await Running.start(journal)
        let workshop = try await running.create()
        let kari = try await Phone(running, "\"code\":\"\(workshop["code"]?.string ?? "")\"")
        try await kari.until { $0.channels["own"] != nil }
        #expect(try await kari.act("note.add", "\"text\":\"kari-notat\"") == "ack")
        let id = workshop["workshop"]?.string ?? ""
        #expect(try await running.ask(.delete, "/api/workshops/\(id)/me", secret: kari.secret).status == 503)
        #expect(try await kari.untilClosed() == 1001)
        let back = try await Phone(running, secret: kari.secret, "\"workshop\":\"\(id)\"")
        try await back.until { $0.notes(in: "own") == ["kari-notat"] }
        full.isFull = false
        #expect(try await running.ask(.delete, "/api/workshops/\(id)/me", secret: kari.secret).status == 200)
        #expect(try traces.found(["kari-notat"], secrets: [kari.secret]) == [])
        await running.server.stop()
        try await base.close()
    }

    @Test(
        "[P1] one gets everything that is held about one, and nothing about others; complete against the state"
    )
    func holdings() async throws {
        let stage = try await Stage()
        let path = "/api/workshops/\(stage.id)/me"
        let answer = try await stage.running.ask(.get, path, secret: stage.kari.secret)
        #expect(answer.status == 200)
        let text = String(decoding: answer.body, as: UTF8.self)
        for mark in Stage.marks { #expect(text.contains(mark), "\(mark)") }
        let hash = { (secret: String) in Hex.encode(SHA256.hash(Base64URL.decode(secret) ?? [])) }
        #expect(text.contains(hash(stage.kari.secret)))
        for mark in [
            "Ola-blir", "ola-notat", hash(stage.ola.secret), hash(stage.facilitator.secret), stage.code,
        ] {
            #expect(!text.contains(mark), "\(mark)")
        }
        // What it says of notes is what the own channel shows, and everything of that.
        let value = try JSONReader.read(answer.body, limits: .trusted)
        let own = (stage.kari.channels["own"] ?? [:]).filter { $0.key.hasPrefix("note/") }
        #expect(value["notes"]?.array?.count == own.count)
        for note in value["notes"]?.array ?? [] {
            for member in own["note/" + (note["id"]?.string ?? "")]?.members ?? [] {
                #expect(note[member.name] == member.value, "\(member.name)")
            }
        }
        for name in ["id", "role", "name", "via", "ready", "raised"] {
            #expect(value["participant"]?[name] == stage.kari.channels["own"]?["me"]?[name], "\(name)")
        }
        #expect(value["history"]?.array?.count == 6)
        #expect(
            try await stage.facilitator.act(
                "participant.remove", "\"participant\":\"p2\",\"withNotes\":false") == "ack")
        #expect(try await stage.kari.untilClosed() == 4501)
        let removed = try await stage.running.ask(.get, path, secret: stage.kari.secret)
        #expect(String(decoding: removed.body, as: UTF8.self).contains("\"removed\":true"))
        // Also after a compaction, when the log before it is gone.
        #expect(try await stage.facilitator.act("note.erase", "\"note\":\"n1\"") == "ack")
        let later = try await stage.running.ask(.get, path, secret: stage.kari.secret)
        #expect(later.status == 200)
        #expect(!String(decoding: later.body, as: UTF8.self).contains("kari-notat-en"))
        for (method, secret) in [("GET", stage.link), ("GET", "nobody"), ("POST", stage.kari.secret)] {
            let refused = try await stage.running.ask(.init(method), path, secret: secret)
            #expect(refused.status == (method == "POST" ? 405 : 401))
        }
        #expect(try await stage.running.ask(.delete, path, secret: stage.kari.secret).status == 200)
        #expect(try stage.traces.found(Stage.marks, secrets: [stage.kari.secret]) == [])
        await stage.end()
    }
}

import Digests
import Foundation
import GRDB
import Journal
import JournalSQLite
import Logging
import Server
import Synchronization
import Testing
import WebCodec
import Wire
import Workshop

/// What is stored opens nothing, and what opens something is written nowhere.
@Suite("Secrets", .timeLimit(.minutes(2)))
struct SecretsTests {
    /// A whole little workshop on a real database: every role in, every kind of link replaced, notes, results, an erasure.
    private struct Evening {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("samskap-\(UUID())").path
        let lines = LogLines()
        let journal: SQLiteJournal
        let running: Running
        var id = ""
        var code = ""
        /// Everything that opens or has opened something, as text: the start link, links old and new, devices.
        var secrets: [String] = []
        /// What still opens something.
        var live: [String] = []
        /// Everything that the server has answered over HTTP, heads and bodies.
        var answers: [String] = []

        init(erasing: Bool) async throws {
            journal = try SQLiteJournal(folder: folder)
            let lines = self.lines
            var log = Logger(label: "test") { _ in lines }
            log.logLevel = .trace
            running = try await Running.start(journal, log: log)
            secrets = [running.startSecret]
            let workshop = try await running.create()
            (id, code) = (workshop["workshop"]?.string ?? "", workshop["code"]?.string ?? "")
            let roles = ["facilitator", "helper", "screen", "observer"]
            let old = roles.compactMap { workshop["links"]?[$0]?.string }
            secrets += old
            let facilitator = try await enter("\"link\":\"\(old[0])\"")
            for link in old { _ = try await enter("\"link\":\"\(link)\"") }
            let kari = try await enter("\"code\":\"\(code)\",\"name\":\"Kari\"")
            let ola = try await enter("\"code\":\"\(code)\",\"name\":\"Ola\"")
            #expect(try await kari.act("note.add", "\"text\":\"Flere benker\"") == "ack")
            #expect(try await ola.act("note.add", "\"text\":\"Mer lys\"") == "ack")
            let new = Base64URL.encode(SecureRandom.bytes(32))
            for (role, link) in [("helper", old[0]), ("facilitator", new), ("screen", new)] {
                #expect(
                    try await facilitator.act("link.replace", "\"role\":\"\(role)\",\"link\":\"\(link)\"")
                        == "ack")
                let shown = facilitator.messages.last { $0["type"]?.string == "links" }?["links"]
                secrets += roles.compactMap { shown?[$0]?.string }
            }
            let now = facilitator.messages.last { $0["type"]?.string == "links" }?["links"]
            for role in roles {
                let link = now?[role]?.string ?? ""
                live.append(link)
                live.append(try await enter("\"link\":\"\(link)\"").secret)
            }
            live += [facilitator.secret, kari.secret]
            // Wrong ones are logged no more than right ones.
            for hello in ["\"code\":\"ABABAB\"", "\"workshop\":\"\(id)\",\"link\":\"\(old[0])\""] {
                #expect(try await Phone(running, hello).untilClosed() == 4504)
            }
            for path in ["results.html", "results.csv", "votes.csv", "results.json", "results.md", "me"] {
                for secret in [facilitator.secret, old[0]] { try await ask(.get, path, secret) }
            }
            let archive = try await running.ask(
                .get, "/api/workshops/\(id)/archive.zip", secret: facilitator.secret)
            answers += try Unzipped(archive.body).files.map { String(decoding: $0.bytes, as: UTF8.self) }
            if erasing { try await ask(.delete, "me", ola.secret) }
            #expect(try await facilitator.act("door.set", "\"open\":false") == "ack")
        }

        mutating func enter(_ members: String) async throws -> Phone {
            let phone = try await Phone(running, "\"workshop\":\"\(id)\",\(members)")
            try await phone.until { $0.welcome != nil }
            secrets.append(phone.secret)
            return phone
        }

        mutating func ask(_ method: HTTPMethod, _ path: String, _ secret: String) async throws {
            let client = try running.client()
            client.send(
                "\(method) /api/workshops/\(id)/\(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Authorization: Bearer \(secret)\r\n\r\n")
            answers.append(String(decoding: await client.readToEnd(), as: UTF8.self))
        }

        func remove() { try? FileManager.default.removeItem(atPath: folder) }

        /// Every value of every column of every table, as bytes.
        func stored() throws -> [[UInt8]] {
            var values: [[UInt8]] = []
            // The store keeps its files to itself while it is open: what a thief has is a copy.
            let copy = folder + "-copy"
            try FileManager.default.copyItem(atPath: folder, toPath: copy)
            defer { try? FileManager.default.removeItem(atPath: copy) }
            let files = try FileManager.default.contentsOfDirectory(atPath: copy)
            for file in files where files.contains(file + "-wal") {
                let queue = try DatabaseQueue(path: "\(copy)/\(file)")
                try queue.read { database in
                    let tables = try String.fetchAll(
                        database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
                    for table in tables {
                        for row in try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"") {
                            for (_, value) in row {
                                switch value.storage {
                                case .blob(let data): values.append([UInt8](data))
                                case .string(let text): values.append(Array(text.utf8))
                                case .int64(let number): values.append(Array(String(number).utf8))
                                case .null, .double: break
                                }
                            }
                        }
                    }
                }
            }
            return values
        }
    }

    @Test(
        "[G6, K1] no stored value, nor any 32 bytes or 43 characters of one, is a secret that opens anything")
    func dump() async throws {
        let evening = try await Evening(erasing: false)
        defer { evening.remove() }
        let values = try evening.stored()
        #expect(values.count > 50 && values.contains { String(decoding: $0, as: UTF8.self).contains("Kari") })
        // All that could be a secret, and what looks like one: 32 bytes, 43 characters, 64 digits of their own.
        var candidates: Set<[UInt8]> = []
        var likely: Set<[UInt8]> = []
        for value in values {
            if value.count == 32 { likely.insert(value) }
            if value.count >= 32 {
                for start in 0...value.count - 32 { candidates.insert(Array(value[start..<start + 32])) }
            }
            for run in runs(of: value) {
                if run.utf8.count == 64, let bytes = unhexed(run) { likely.insert(bytes) }
                guard let bytes = Base64URL.decode(run), bytes.count == 32 else { continue }
                candidates.insert(bytes)
            }
        }
        candidates.formUnion(likely)
        #expect(candidates.count > 1_000)
        // As the server judges them: by the hash.
        let workshop = try await LoadedWorkshop(evening.id, from: evening.journal).workshop
        let isOpened = { (candidate: [UInt8]) in
            guard let hash = SecretHash(SHA256.hash(candidate)) else { return false }
            return workshop.role(ofLink: hash) != nil || workshop.participant(holding: hash) != nil
        }
        #expect(candidates.count(where: isOpened) == 0)
        for secret in evening.live { #expect(isOpened(Base64URL.decode(secret) ?? [])) }
        // And for real, what looks like a secret: every stored hash and every text of that length, as link and as device.
        #expect(likely.count >= 12)
        for candidate in likely {
            let text = Base64URL.encode(candidate)
            let hello = "\"workshop\":\"\(evening.id)\",\"link\":\"\(text)\""
            #expect(try await Phone(evening.running, secret: text, hello).untilClosed() == 4504)
            let path = "/api/workshops/\(evening.id)/results.json"
            #expect(try await evening.running.ask(.get, path, secret: text).status == 401)
        }
        // The code stands there to be shown; behind a closed door it opens nothing.
        #expect(
            try await Phone(evening.running, "\"code\":\"\(evening.code)\"").untilClosed() == 4504)
        print(
            "secrets: \(values.count) stored values, \(candidates.count) tried by hash, \(likely.count) over the wire"
        )
        await evening.running.server.stop()
    }

    @Test("[G6] no secret stands in a log line, an answer or an export, nor in a file of the store")
    func writtenNowhere() async throws {
        let evening = try await Evening(erasing: true)
        defer { evening.remove() }
        await evening.running.server.stop()
        #expect(evening.answers.contains { $0.contains("Flere benker") })
        let files = try FileManager.default.contentsOfDirectory(atPath: evening.folder)
        let stored = try files.map {
            try Data(contentsOf: URL(fileURLWithPath: "\(evening.folder)/\($0)"))
        }
        #expect(stored.contains { $0.range(of: Data("Flere benker".utf8)) != nil })
        #expect(evening.secrets.count > 25)
        for secret in evening.secrets {
            let bytes = Base64URL.decode(secret) ?? []
            let forms = [
                Data(secret.utf8), Data(bytes), Data(hexed(bytes).utf8),
                Data(Data(bytes).base64EncodedString().utf8),
            ]
            for form in forms {
                for line in evening.lines.all { #expect(Data(line.utf8).range(of: form) == nil, "\(line)") }
                for answer in evening.answers { #expect(Data(answer.utf8).range(of: form) == nil) }
                for file in stored { #expect(file.range(of: form) == nil) }
            }
        }
    }

    /// Every stretch of base64url characters: long ones also by each 43 of them.
    private func runs(of value: [UInt8]) -> [String] {
        let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        return value.split { !letters.contains($0) }.flatMap { run -> [String] in
            guard run.count >= 43 else { return [] }
            let all = String(decoding: run, as: UTF8.self)
            let windows = (0...run.count - 43).map { offset in
                String(decoding: run.dropFirst(offset).prefix(43), as: UTF8.self)
            }
            return [all] + windows
        }
    }

    private func hexed(_ bytes: [UInt8]) -> String { Hex.encode(bytes) }

    private func unhexed(_ digits: String) -> [UInt8]? {
        let bytes = stride(from: 0, to: digits.utf8.count, by: 2).compactMap {
            UInt8(digits.dropFirst($0).prefix(2), radix: 16)
        }
        return bytes.count == 32 ? bytes : nil
    }
}

/// Keeps every line that is logged, with all that comes along.
private final class LogLines: LogHandler {
    private let kept = Mutex<[String]>([])
    var all: [String] { kept.withLock { $0 } }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        kept.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
    }
}

import Foundation
import Journal
import JournalSQLite
import Server
import Synchronization
import Testing
import WebCodec
import Wire

/// The clock that a test's server goes by.
private final class TestClock: Sendable {
    private let time = Mutex<Int64>(1_795_478_400_000)
    var now: Int64 { time.withLock { $0 } }
    func pass(days: Int64) { time.withLock { $0 += days * 86_400_000 } }
}

@Suite("Workshops go on their date", .timeLimit(.minutes(2)))
struct RetentionServerTests {
    private let clock = TestClock()
    private let traces = Traces()

    private func start(_ journal: SQLiteJournal, archive: String? = nil) async throws -> Running {
        let clock = clock
        return try await Running.start(journal) { options in
            options.clock = { clock.now }
            options.retentionSweepSeconds = 1
            options.keepDays = 30
            options.archiveFolder = archive
        }
    }

    private func facilitator(_ running: Running, _ workshop: JSONValue) async throws -> Phone {
        let link = workshop["links"]?["facilitator"]?.string ?? ""
        let phone = try await Phone(
            running, "\"workshop\":\"\(workshop["workshop"]?.string ?? "")\",\"link\":\"\(link)\"")
        try await phone.until { $0.channels["door"] != nil }
        return phone
    }

    /// Waits until a workshop's stream is gone, for ten seconds at most.
    private func isGone(_ workshop: JSONValue, _ journal: SQLiteJournal) async throws -> Bool {
        for _ in 0..<100 {
            let stored = try await journal.streams(after: nil, limit: 100)
            if !stored.contains(workshop["workshop"]?.string ?? "") { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    private func isThere(_ workshop: JSONValue, _ journal: SQLiteJournal) async throws -> Bool {
        // Two sweeps.
        try await Task.sleep(for: .milliseconds(2_300))
        return (try? await journal.load(workshop["workshop"]?.string ?? "")) != nil
    }

    @Test(
        "[P5] so many days after its end a workshop is archived and erased, also when the server was off on the date"
    )
    func date() async throws {
        defer { traces.remove() }
        let archive = FileManager.default.temporaryDirectory.path + "/archive-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: archive) }
        let journal = try SQLiteJournal(folder: traces.folder)
        let running = try await start(journal, archive: archive)
        let workshop = try await running.create()
        let console = try await facilitator(running, workshop)
        #expect(try await console.act("note.add", "\"text\":\"unikt-notat\"") == "ack")
        #expect(console.channels["room"]?["retention"]?["days"]?.int == 30)
        #expect(try await console.act("workshop.end") == "ack")
        try await console.until {
            $0.channels["room"]?["retention"]?["eraseAt"]?.int == clock.now + 30 * 86_400_000
        }
        #expect(try await console.act("retention.set", "\"days\":40") == "ack")
        clock.pass(days: 39)
        #expect(try await isThere(workshop, journal))
        await running.server.stop()
        try await journal.close()
        clock.pass(days: 2)

        let later = try SQLiteJournal(folder: traces.folder)
        let again = try await start(later, archive: archive)
        #expect(try await isGone(workshop, later))
        #expect(try traces.found(["unikt-notat"]) == [])
        let packages = try FileManager.default.contentsOfDirectory(atPath: archive)
        #expect(packages.count == 1)
        #expect(packages.first?.hasPrefix("2026-11-24-Sentrum-") == true, "\(packages)")
        let package = archive + "/" + (packages.first ?? "")
        #expect(
            try Set(FileManager.default.contentsOfDirectory(atPath: package)) == [
                "README.txt", "report.html", "notes.csv", "votes.csv", "results.json", "results.md",
                "moderation.csv", "audit.jsonl", "template.json", "manifest.json", "SHA256SUMS",
            ])
        let report = FileManager.default.contents(atPath: package + "/results.json") ?? Data()
        #expect(String(decoding: report, as: UTF8.self).contains("unikt-notat"))
        try await later.verify()
        await again.server.stop()
        try await later.close()
    }

    @Test("[P5] one that nobody ended goes so many days after the last thing done in it")
    func abandoned() async throws {
        defer { traces.remove() }
        let journal = try SQLiteJournal(folder: traces.folder)
        let running = try await start(journal)
        let (used, unused) = (try await running.create(), try await running.create())
        let console = try await facilitator(running, used)
        clock.pass(days: 20)
        #expect(try await console.act("note.add", "\"text\":\"i bruk\"") == "ack")
        clock.pass(days: 20)
        #expect(try await isGone(unused, journal))
        #expect(try await isThere(used, journal))
        clock.pass(days: 11)
        #expect(try await isGone(used, journal))
        #expect(try await console.untilClosed() == 4503)
        await running.server.stop()
        try await journal.close()
    }

    @Test("[P5] what cannot be archived is not erased")
    func archiveFails() async throws {
        defer { traces.remove() }
        let journal = try SQLiteJournal(folder: traces.folder)
        // A file stands where the archive's folder would be.
        let running = try await start(journal, archive: traces.folder + "/samskap.sqlite")
        let workshop = try await running.create()
        clock.pass(days: 40)
        #expect(try await isThere(workshop, journal))
        await running.server.stop()
        try await journal.close()
    }

    @Test("[A1, P5] the creator may say how long, within limits")
    func creation() async throws {
        let running = try await start(try SQLiteJournal(folder: traces.folder))
        defer { traces.remove() }
        for (days, status) in [("7", 201), ("0", 400), ("3651", 400), ("\"7\"", 400), ("1.5", 400)] {
            let client = try running.client()
            let body =
                "{\"template\":\"meningsrunde\",\"language\":\"nb\",\"title\":\"T\",\"keepDays\":\(days)}"
            client.send(
                "POST /api/workshops HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(running.startSecret)\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            let answer = try await client.response(to: .post)
            #expect(Int(answer.head.status.code) == status, "\(days)")
            guard status == 201 else { continue }
            let console = try await facilitator(running, try JSONReader.read(answer.body, limits: .body))
            #expect(console.channels["room"]?["retention"]?["days"]?.int == 7)
        }
        await running.server.stop()
    }

    @Test("[P5] a look for dates costs the same with 20,000 workshops stored as with one")
    func cost() async throws {
        defer { traces.remove() }
        let each = (ProcessInfo.processInfo.environment["SAMSKAP_STORED"].flatMap(Int.init) ?? 20_000) / 50
        let journal = try SQLiteJournal(folder: traces.folder)
        let far = "erase/\(String(repeating: "9", count: 16))/"
        let record = [UInt8](repeating: 0x78, count: 2_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<50 {
                group.addTask {
                    for number in 0..<each {
                        let id = "w\(worker)-\(number)"
                        try await journal.create(
                            Append(
                                stream: id, expected: 0, records: [record], directory: [.put(key: far + id)]),
                            epoch: "e")
                    }
                }
            }
            try await group.waitForAll()
        }
        let due = "erase/0000000000000001/due"
        try await journal.create(Append(stream: "due", expected: 0, directory: [.put(key: due)]), epoch: "e")
        let begun = ContinuousClock.now
        for _ in 0..<200 {
            let found = try await journal.directory("erase/"..."erase/0000000000000002/~", limit: 100)
            #expect(found == [DirectoryEntry(key: due, stream: "due")])
        }
        let look = (ContinuousClock.now - begun) / 200
        // Reading 20,000 rows takes some 20 ms and more; this is a look-up, on a machine that others use too.
        #expect(look < .milliseconds(5), "\(look)")
        let erasing = ContinuousClock.now
        try await journal.erase("w1-1")
        print(
            "\(each * 50) workshops stored: a look takes \(look), an erasure \(ContinuousClock.now - erasing)"
        )
        try await journal.close()
    }
}

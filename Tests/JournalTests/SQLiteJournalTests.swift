import Foundation
import Journal
import JournalSQLite
import Testing

/// What only a journal on a disk can show.
@Suite("SQLite journal", .timeLimit(.minutes(2)))
struct SQLiteJournalTests {
    @Test("[1] opening again finds everything, and the files are the owner's alone")
    func reopening() async throws {
        try await withFolder { folder in
            var journal = try SQLiteJournal(folder: folder)
            try await journal.create(
                Append(
                    stream: "w", expected: 0, records: [[1], [2]], cells: [.put(key: "k", value: [3])],
                    directory: [.put(key: "code")]), epoch: "e")
            try await journal.saveSnapshot(Snapshot(sequence: 1, format: 1, bytes: [4]), of: "w")
            let before = try await journal.load("w")
            for (name, mode) in [
                ("", 0o700), ("/samskap.sqlite", 0o600), ("/samskap.sqlite-wal", 0o600),
                ("/samskap.lock", 0o600),
            ] {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder + name)
                #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
            }
            try await journal.close()
            journal = try SQLiteJournal(folder: folder)
            #expect(try await journal.load("w") == before)
            #expect(try await journal.lookUp("code") == "w")
            #expect(try await journal.append(.records("w", after: 2, "3")) == 3)
            try await journal.verify()
            try await journal.close()
        }
    }

    @Test("the data folder has one journal at a time")
    func secondOpen() async throws {
        try await withFolder { folder in
            let journal = try SQLiteJournal(folder: folder)
            #expect(throws: SQLiteJournal.OpenError.inUse(path: folder)) { try SQLiteJournal(folder: folder) }
            #expect("\(SQLiteJournal.OpenError.inUse(path: folder))".contains("in use by another process"))
            try await journal.close()
            try await SQLiteJournal(folder: folder).close()
        }
    }

    @Test("a folder that cannot be made is reported")
    func noFolder() {
        #expect(throws: SQLiteJournal.OpenError.self) { try SQLiteJournal(folder: "/proc/no/such") }
    }

    @Test("[2] a full store says so, keeps what it has, and goes on when there is room")
    func full() async throws {
        try await withFolder { folder in
            // A page limit provokes SQLITE_FULL as a full disk does, without needing a disk of its own.
            let empty = try SQLiteJournal(folder: folder)
            try await empty.close()
            let size = try FileManager.default.attributesOfItem(atPath: folder + "/samskap.sqlite")[.size]
            let pages = try #require(size as? Int) / 4_096
            let journal = try SQLiteJournal(folder: folder, pageLimit: pages + 60)
            let record = [UInt8](repeating: 1, count: 20_000)
            for stream in ["a", "b"] {
                try await journal.create(Append(stream: stream, expected: 0), epoch: "e")
            }
            var head: UInt64 = 0
            var refusal: JournalError?
            while refusal == nil, head < 100 {
                do throws(JournalError) {
                    head = try await journal.append(
                        Append(
                            stream: "a", expected: head, records: [record],
                            cells: [.put(key: "k\(head)", value: [1])]))
                } catch { refusal = error }
            }
            guard case .full = refusal else {
                Issue.record("expected full, got \(String(describing: refusal))")
                return
            }
            #expect(refusal?.consequence == .retryLater)
            var contents = try await journal.load("a")
            #expect(
                contents.head == head && contents.records.count == Int(head)
                    && contents.cells.count == Int(head))
            // Room is made; then the same append goes through.
            try await journal.saveSnapshot(Snapshot(sequence: head, format: 1, bytes: []), of: "a")
            try await journal.purge("a", through: head)
            #expect(
                try await journal.append(Append(stream: "a", expected: head, records: [record])) == head + 1)
            contents = try await journal.load("a")
            #expect(contents.records.count == 1)
            try await journal.verify()
            try await journal.close()
        }
    }

    @Test("[1] a backup made while writing goes on can be opened, and holds a whole prefix")
    func backup() async throws {
        try await withFolder { folder in
            let journal = try SQLiteJournal(folder: folder)
            let filler = [UInt8](repeating: 5, count: 16_000)
            try await journal.create(
                Append(stream: "w", expected: 0, records: Array(repeating: filler, count: 1_000)), epoch: "e")
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            let writer = Task {
                var head: UInt64 = 1_000
                while !Task.isCancelled {
                    head = try await journal.append(Append(stream: "w", expected: head, records: [filler]))
                    start.yield()
                }
                return head
            }
            for await _ in started { break }
            let before = try await journal.load("w").head
            let copy = folder + "/copy"
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: false)
            try await journal.backup(to: copy + "/samskap.sqlite")
            writer.cancel()
            let head = try await writer.value
            #expect(try await journal.load("w").head == head)
            try await journal.close()
            let restored = try SQLiteJournal(folder: copy)
            try await restored.verify()
            let contents = try await restored.load("w")
            #expect(contents.head > before && contents.head <= head)
            #expect(contents.records.count == Int(contents.head))
            try await restored.close()
            await #expect(throws: JournalError.closed) { try await journal.backup(to: copy + "/again") }
        }
    }

    @Test("[6] an idle stream costs a row")
    func idleStreams() async throws {
        try await withFolder { folder in
            let journal = try SQLiteJournal(folder: folder)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<5_000 {
                    group.addTask {
                        try await journal.create(Append(stream: "s\(index)", expected: 0), epoch: "e")
                    }
                }
                try await group.waitForAll()
            }
            try await journal.close()
            let size = try FileManager.default.attributesOfItem(atPath: folder + "/samskap.sqlite")[.size]
            #expect(try #require(size as? Int) < 5_000 * 200 + 150 * 4_096)
        }
    }
}

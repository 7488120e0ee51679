import Foundation
import Journal
import JournalSQLite
import Testing

/// An append that puts a snapshot in place of the log: how one person, or one note, is erased.
@Suite("Compaction", .timeLimit(.minutes(2)))
struct CompactionTests {
    private func stream(_ journal: any Journal) async throws {
        try await journal.create(.records("w", after: 0, "a", "b"), epoch: "e")
        try await journal.saveSnapshot(Snapshot(sequence: 1, format: 1, bytes: bytes("older")), of: "w")
    }

    @Test(
        "[2, 4] the snapshot takes the place of every record, the append's own too",
        arguments: JournalMaker.allCases)
    func compacts(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            try await stream(journal)
            let snapshot = Snapshot(sequence: 3, format: 1, bytes: bytes("without"))
            var append = Append.records("w", after: 2, "c")
            append.compaction = snapshot
            append.cells = [.put(key: "k", value: [1])]
            #expect(append.erases)
            #expect(try await journal.append(append) == 3)
            let contents = try await journal.load("w")
            #expect(
                contents
                    == StreamContents(
                        stream: "w", epoch: "e", head: 3, purged: 3, snapshot: snapshot,
                        cells: [Cell(key: "k", value: [1])]))
            await #expect(throws: JournalError.purged(through: 3)) {
                try await journal.records(of: "w", after: 0, limit: 9)
            }
            // The sequence goes on, and the next compaction needs no record of its own.
            #expect(try await journal.append(.records("w", after: 3, "d")) == 4)
            #expect(try await journal.load("w").records == [Record(sequence: 4, bytes: bytes("d"))])
            let again = Snapshot(sequence: 4, format: 1, bytes: bytes("again"))
            #expect(try await journal.append(Append(stream: "w", expected: 4, compaction: again)) == 4)
            #expect(try await journal.load("w").snapshot == again)
            #expect(try await journal.load("w").records == [])
            try await journal.verify()
        }
    }

    @Test("[2] a compaction of another record than the last stores nothing", arguments: JournalMaker.allCases)
    func range(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            try await stream(journal)
            let before = try await journal.load("w")
            for sequence in [0, 2, 4, UInt64.max] {
                var append = Append.records("w", after: 2, "c")
                append.compaction = Snapshot(sequence: sequence, format: 1, bytes: [])
                await #expect(throws: JournalError.limit(.range(through: sequence))) {
                    try await journal.append(append)
                }
            }
            var append = Append.records("w", after: 1, "c")
            append.compaction = Snapshot(sequence: 2, format: 1, bytes: [])
            await #expect(throws: JournalError.conflict(actual: 2)) { try await journal.append(append) }
            append = .records("w", after: 2, "c")
            let byteCount = JournalLimits.snapshotByteCount + 1
            append.compaction = Snapshot(
                sequence: 3, format: 1, bytes: [UInt8](repeating: 0, count: byteCount))
            await #expect(throws: JournalError.limit(.snapshot(byteCount: byteCount))) {
                try await journal.append(append)
            }
            #expect(try await journal.load("w") == before)
        }
    }

    @Test(
        "[4] a snapshot made before a compaction and saved after it changes nothing",
        arguments: JournalMaker.allCases)
    func late(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            try await stream(journal)
            let snapshot = Snapshot(sequence: 2, format: 1, bytes: bytes("without"))
            try await journal.append(Append(stream: "w", expected: 2, compaction: snapshot))
            await #expect(throws: JournalError.limit(.range(through: 1))) {
                try await journal.saveSnapshot(
                    Snapshot(sequence: 1, format: 1, bytes: bytes("with")), of: "w")
            }
            #expect(try await journal.load("w").snapshot == snapshot)
        }
    }

    @Test(
        "[4] no byte of what was compacted away is left in database, log or backup", arguments: [1, 2, 3, 4])
    func leavesNothing(seed: UInt64) async throws {
        try await withFolder { folder in
            let journal = try SQLiteJournal(folder: folder)
            var random = SplitMix(state: seed)
            // Two neighbours in the same part of the log, and one elsewhere.
            let streams = ["s1", "s65", "x"]
            for number in 0..<66 where number != 1 {
                try await journal.create(
                    Append(stream: number == 65 ? "s65" : "f\(number)", expected: 0), epoch: "e")
            }
            for stream in ["s1", "x"] {
                try await journal.create(Append(stream: stream, expected: 0), epoch: "e")
            }
            var heads: [String: UInt64] = [:]
            for turn in 0..<600 {
                let stream = streams[Int(random.next() % 3)]
                let size = Int(random.next() % 900)
                let record = bytes("MARK-\(stream)-") + [UInt8](repeating: 0x79, count: size)
                heads[stream] = try await journal.append(
                    Append(stream: stream, expected: heads[stream, default: 0], records: [record]))
                if turn % 100 == 99 {
                    let state = bytes("MARK-\(stream)-") + [UInt8](repeating: 0x7A, count: 9_000)
                    try await journal.saveSnapshot(
                        Snapshot(sequence: heads[stream, default: 0], format: 1, bytes: state), of: stream)
                }
            }
            #expect(try occurrences(of: "MARK-s65-", in: folder) > 100)
            let head = heads["s65", default: 0] + 1
            try await journal.append(
                Append(
                    stream: "s65", expected: head - 1, records: [bytes("erased")],
                    compaction: Snapshot(sequence: head, format: 1, bytes: bytes("state"))))
            #expect(try occurrences(of: "MARK-s65-", in: folder) == 0)
            #expect(try occurrences(of: "MARK-x-", in: folder) > 100)
            try await journal.backup(to: folder + "/backup")
            #expect(try occurrences(of: "MARK-s65-", in: folder) == 0)
            #expect(try occurrences(of: "MARK-x-", in: folder) > 200)
            #expect(try await journal.load("x").head == heads["x"])
            try await journal.verify()
            try await journal.close()
            #expect(try occurrences(of: "MARK-s65-", in: folder) == 0)
        }
    }

    @Test("a range of the directory comes in order, with its streams", arguments: JournalMaker.allCases)
    func directory(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            for number in 0..<5 {
                try await journal.create(
                    Append(
                        stream: "w\(number)", expected: 0,
                        directory: [.put(key: "d/\(9 - number)"), .put(key: "c/\(number)")]), epoch: "e")
            }
            let found = try await journal.directory("d/"..."d/7", limit: 9)
            #expect(
                found == [
                    DirectoryEntry(key: "d/5", stream: "w4"), DirectoryEntry(key: "d/6", stream: "w3"),
                    DirectoryEntry(key: "d/7", stream: "w2"),
                ])
            #expect(try await journal.directory("d/"..."d/7", limit: 1) == Array(found.prefix(1)))
            #expect(try await journal.directory("e"..."f", limit: 9) == [])
            try await journal.erase("w4")
            #expect(try await journal.directory("d/"..."d/7", limit: 9) == Array(found.dropFirst()))
        }
    }
}

/// How often a text occurs in all files of a folder.
func occurrences(of text: String, in folder: String) throws -> Int {
    var total = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
        var start = data.startIndex
        while let found = data.range(of: Data(text.utf8), in: start..<data.endIndex) {
            total += 1
            start = found.upperBound
        }
    }
    return total
}

import Foundation
import Journal
import JournalSQLite
import Testing

/// Searches the store's files for what was erased, while the journal is open and so before any clean-up at
/// the end.
@Suite("Erasure leaves no byte", .timeLimit(.minutes(2)))
struct ErasureTests {
    @Test("[4] no key or value of an erased ballot is left", arguments: [1, 2, 3, 4])
    func cells(seed: UInt64) async throws {
        try await withFolder { folder in
            let journal = try SQLiteJournal(folder: folder)
            var random = SplitMix(state: seed)
            let streams = ["a", "b", "c"]
            for stream in streams {
                try await journal.create(Append(stream: stream, expected: 0), epoch: "e")
            }
            // Votes come in any order, are changed, and some withdrawn: SQLite splits and merges pages under
            // them.
            for turn in 0..<900 {
                let stream = streams[turn % 3]
                let key = "SECRET-\(stream)-\(random.next() % 200)"
                let size = Int(random.next() % 300)
                let value = bytes("SECRET-\(stream)-") + [UInt8](repeating: 0x78, count: size)
                try await journal.append(
                    Append(stream: stream, expected: 0, cells: [.put(key: key, value: value)]))
            }
            #expect(try count("SECRET-b", in: folder) > 100)
            try await journal.append(Append(stream: "b", expected: 0, cells: [.erasePrefix("SECRET-")]))
            #expect(try count("SECRET-b", in: folder) == 0)
            #expect(try count("SECRET-a", in: folder) > 100)
            #expect(try await journal.load("b").cells == [])
            try await journal.verify()
            let gone = try #require(try await journal.load("c").cells.first)
            try await journal.append(Append(stream: "c", expected: 0, cells: [.erase(key: gone.key)]))
            #expect(try count(gone.key + "SECRET", in: folder) == 0)
            try await journal.close()
        }
    }

    @Test(
        "[4] no byte of a purged log, an older snapshot or an erased stream is left", arguments: [1, 2, 3, 4])
    func logs(seed: UInt64) async throws {
        try await withFolder { folder in
            let journal = try SQLiteJournal(folder: folder)
            var random = SplitMix(state: seed)
            // 130 streams share the log's 64 parts, so the one that is erased has neighbours.
            let streams = (0..<130).map { "s\($0)" }
            var heads = [UInt64](repeating: 0, count: streams.count)
            for stream in streams {
                try await journal.create(Append(stream: stream, expected: 0), epoch: "e")
            }
            for _ in 0..<800 {
                // Mostly in one part, whose pages then split.
                let index = [1, 65, 129, Int(random.next() % 130)][Int(random.next() % 4)]
                let size = Int(random.next() % 900)
                let record = bytes("SECRET-\(index)-") + [UInt8](repeating: 0x79, count: size)
                heads[index] = try await journal.append(
                    Append(stream: streams[index], expected: heads[index], records: [record]))
            }
            let secret =
                [UInt8](repeating: 0x7A, count: 9_000) + bytes("SECRET-65-")
                + [UInt8](repeating: 0x7A, count: 9_000)
            try await journal.saveSnapshot(Snapshot(sequence: 1, format: 1, bytes: secret), of: "s65")
            try await journal.saveSnapshot(Snapshot(sequence: heads[65], format: 1, bytes: [1]), of: "s65")
            #expect(try count("SECRET-65-", in: folder) > 100)
            try await journal.purge("s65", through: heads[65])
            #expect(try count("SECRET-65-", in: folder) == 0)
            #expect(try count("SECRET-129-", in: folder) > 100)
            try await journal.erase("s129")
            #expect(try count("SECRET-129-", in: folder) == 0)
            #expect(try await journal.load("s1").records.count == Int(heads[1]))
            try await journal.verify()
            try await journal.close()
        }
    }

    /// How often a text occurs in all files of the folder.
    private func count(_ text: String, in folder: String) throws -> Int {
        var total = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
            total += data.withUnsafeBytes { count(Array(text.utf8), in: $0) }
        }
        return total
    }

    private func count(_ text: [UInt8], in data: UnsafeRawBufferPointer) -> Int {
        guard let base = data.baseAddress, let first = text.first else { return 0 }
        var total = 0
        var offset = 0
        while let found = memchr(base + offset, Int32(first), data.count - offset) {
            offset = base.distance(to: UnsafeRawPointer(found))
            if data.count - offset >= text.count, memcmp(found, text, text.count) == 0 { total += 1 }
            offset += 1
        }
        return total
    }
}

/// A small seeded generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

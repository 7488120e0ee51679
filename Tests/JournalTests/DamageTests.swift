import Damage
import Foundation
import Journal
import JournalSQLite
import Testing

/// Changes bytes of a closed store's file, and asks what the journal makes of it.
@Suite("Damage is noticed", .timeLimit(.minutes(5)))
struct DamageTests {
    /// A small store with something of everything, closed; gives what it held.
    private func makeStore(_ folder: String) async throws -> StreamContents {
        let journal = try SQLiteJournal(folder: folder)
        try await journal.create(
            Append(
                stream: "w", expected: 0, records: (0..<30).map { bytes("record-\($0)-of-the-log") },
                cells: [.put(key: "k", value: bytes("cell-value"))], directory: [.put(key: "code")]),
            epoch: "epoch-1")
        try await journal.saveSnapshot(
            Snapshot(sequence: 2, format: 1, bytes: bytes("snapshot-bytes")), of: "w")
        let contents = try await journal.load("w")
        try await journal.close()
        return contents
    }

    @Test(
        "[5] a flipped bit of a record, cell, snapshot or epoch is reported",
        arguments: ["record-20-of", "cell-value", "snapshot-bytes", "epoch-1"])
    func flip(text: String) async throws {
        try await withFolder { folder in
            _ = try await makeStore(folder)
            let path = URL(fileURLWithPath: folder + "/samskap.sqlite")
            var data = try Data(contentsOf: path)
            let place = try #require(data.range(of: Data(text.utf8)))
            data[place.lowerBound + 3] ^= 1
            try data.write(to: path)
            let journal = try SQLiteJournal(folder: folder)
            await #expect(performing: { try await journal.load("w") }, throws: isDamage)
            await #expect(performing: { try await journal.verify() }, throws: isDamage)
            try await journal.close()
        }
    }

    @Test(
        "[5] whatever byte of the database or of a log is changed: all the same, or a refusal",
        arguments: FlipTarget.File.allCases)
    func everywhere(file: FlipTarget.File) async throws {
        try await withFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            let target = try await FlipTarget(file, in: folder + "/store")
            var random = SplitMix(state: 7)
            var counts: [FlipTarget.Outcome: Int] = [:]
            for _ in 0..<200 {
                // Half of them where something is written; most of the file is unused.
                var place = Int(random.next() % UInt64(target.bytes.count))
                while target.bytes[place] == 0, random.next() % 8 != 0 {
                    place = Int(random.next() % UInt64(target.bytes.count))
                }
                let outcome = try await target.flip(
                    place, 1 << UInt8(random.next() % 8), in: folder + "/copy")
                if case .wrong(let reason) = outcome { Issue.record("byte \(place): \(reason)") }
                counts[outcome, default: 0] += 1
            }
            print("\(file.rawValue): \(counts)")
            #expect(counts[.refused, default: 0] > 50)
            #expect(counts[.lastTransactionGone, default: 0] < 50)
        }
    }

    private func isDamage(_ error: any Error) -> Bool {
        guard case .damaged = error as? JournalError else { return false }
        return true
    }
}

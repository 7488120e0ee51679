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
        await journal.close()
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
            await journal.close()
        }
    }

    @Test("[5] whatever byte of the used pages is changed: the same contents, or an error")
    func everywhere() async throws {
        try await withFolder { folder in
            let whole = try await makeStore(folder)
            let path = folder + "/samskap.sqlite"
            let original = try Data(contentsOf: URL(fileURLWithPath: path))
            // Pages that hold rows; the empty tables' pages are left out, and each place is tried with one
            // change.
            let marks = ["record-20-of", "cell-value", "snapshot-bytes", "epoch-1", "code"].map {
                Data($0.utf8)
            }
            let pages = Set(marks.compactMap { original.range(of: $0) }.map { $0.lowerBound / 4_096 })
            #expect(pages.count >= 4)
            var noticed = 0
            var random = SplitMix(state: 7)
            for page in pages.sorted() {
                let bytes = original[page * 4_096..<(page + 1) * 4_096]
                for place in bytes.indices where bytes[place] != 0 && random.next() % 8 == 0 {
                    var data = original
                    data[place] ^= UInt8(1 << (random.next() % 8))
                    try data.write(to: URL(fileURLWithPath: path))
                    guard let journal = try? SQLiteJournal(folder: folder) else {
                        noticed += 1
                        continue
                    }
                    do throws(JournalError) {
                        let contents = try await journal.load("w")
                        #expect(contents == whole, "byte \(place) was changed in silence")
                        let found = try await journal.lookUp("code")
                        #expect(found == "w" || found == nil, "byte \(place) leads elsewhere")
                        if found == nil { noticed += 1 }
                    } catch { noticed += 1 }
                    await journal.close()
                }
            }
            #expect(noticed > 30)
        }
    }

    private func isDamage(_ error: any Error) -> Bool {
        guard case .damaged = error as? JournalError else { return false }
        return true
    }
}

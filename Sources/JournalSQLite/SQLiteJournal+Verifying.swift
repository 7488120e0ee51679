public import Journal

/// What reading a whole stream against its check values has shown.
public struct StreamVerdict: Hashable, Sendable {
    /// The stream's id.
    public let stream: String
    /// Records that were read and are right.
    public let records: Int
    /// What is wrong with it; nil if nothing is.
    public let damage: String?
}

// Imports no GRDB: its `Record` and ours would be ambiguous here.
extension SQLiteJournal {
    /// Reads the whole store against its check values; throws the first damage found, when all has been read.
    public func verify() async throws(JournalError) {
        var first: JournalError?
        try await verify { verdict in
            guard first == nil, let reason = verdict.damage else { return }
            first = .damaged(stream: verdict.stream, reason: reason)
        }
        if let first { throw first }
    }

    /// Reads every stream against its check values (records, snapshot, cells), then the directory, then lets
    /// SQLite check its pages and indexes; a page at a time between commits.
    ///
    /// - Parameter tell: Called for each stream when it has been read, in the order of their ids.
    /// - Throws: ``JournalError/damaged(stream:reason:)`` for damage that lies in no one stream, and what every
    ///   call throws.
    public func verify(_ tell: (StreamVerdict) -> Void) async throws(JournalError) {
        var last: String?
        while true {
            let page = try await streams(after: last, limit: JournalLimits.page)
            guard let end = page.last else { break }
            for stream in page {
                guard let verdict = try await verdict(on: stream) else { continue }
                tell(verdict)
            }
            last = end
        }
        try await checkCatalogue()
        try await run { db, ledger in try ledger.checkPages(db) }
    }

    /// Checks what streams are found by: the directory against its check values, its order and its indexes, and the tables'
    /// definitions. So a stream or a key that a damaged index hides is not taken for one that never was.
    ///
    /// A server calls it before it serves. It reads no records: its time grows with the number of streams only, about a second
    /// for 100,000.
    ///
    /// - Throws: ``JournalError/damaged(stream:reason:)`` of nothing, and what every call throws.
    public func checkCatalogue() async throws(JournalError) {
        try await run { db, ledger in try ledger.checkCatalogue(db) }
        var key: String? = ""
        while let after = key {
            key = try await run { db, ledger in try ledger.checkDirectory(after: after, db) }
        }
    }

    /// Reads one stream whole, the part before its snapshot too; nil if it was erased meanwhile.
    private func verdict(on stream: String) async throws(JournalError) -> StreamVerdict? {
        var count = 0
        do throws(JournalError) {
            var last = try await run { db, ledger in
                let row = try ledger.freshRow(stream, db)
                _ = try ledger.snapshot(row, db)
                _ = try ledger.cells(row, db)
                return row.base
            }
            while true {
                let page = try await records(of: stream, after: last, limit: JournalLimits.page)
                guard let end = page.last?.sequence else { break }
                count += page.count
                last = end
            }
            return StreamVerdict(stream: stream, records: count, damage: nil)
        } catch {
            switch error {
            case .unknownStream: return nil
            case .purged: return try await verdict(on: stream)
            case .damaged(_, let reason): return StreamVerdict(stream: stream, records: count, damage: reason)
            default: throw error
            }
        }
    }
}

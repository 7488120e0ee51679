public import Journal

// Imports no GRDB: its `Record` and ours would be ambiguous here.
extension SQLiteJournal {
    /// Reads a stream as of one moment, the log a page at a time between commits.
    public func load(_ stream: String) async throws(JournalError) -> StreamContents {
        try JournalLimits.check(stream: stream)
        while true {
            var contents = try await run { db, ledger in
                let row = try ledger.row(stream, db)
                return StreamContents(
                    stream: stream, epoch: row.epoch, head: row.head, purged: row.base,
                    snapshot: try ledger.snapshot(row, db), cells: try ledger.cells(row, db))
            }
            do throws(JournalError) {
                // Records are never changed, so pages read between other calls' commits fit together up to
                // the head.
                var last = contents.snapshot?.sequence ?? contents.purged
                while last < contents.head {
                    let after = last
                    let count = Int(min(contents.head - last, UInt64(JournalLimits.page)))
                    let epoch = contents.epoch
                    let page = try await run { db, ledger in
                        let row = try ledger.row(stream, db)
                        guard row.epoch == epoch else { throw JournalError.purged(through: 0) }
                        return try ledger.records(row, after: after, limit: count, db)
                    }
                    guard let end = page.last?.sequence else {
                        throw .damaged(
                            stream: stream, reason: "the log is shorter than the stream's row says")
                    }
                    contents.records.append(contentsOf: page)
                    last = end
                }
                return contents
            } catch {
                // Purged, or erased and made anew, between two pages: what is there now is read instead.
                guard case .purged = error else { throw error }
            }
        }
    }

    /// Reads a page of a stream's log.
    public func records(
        of stream: String, after: UInt64, limit: Int
    ) async throws(JournalError) -> [Record] {
        try JournalLimits.check(stream: stream)
        return try await run { db, ledger in
            try ledger.records(try ledger.row(stream, db), after: after, limit: limit, db)
        }
    }

    /// Finds a stream by a directory key.
    public func lookUp(_ key: String) async throws(JournalError) -> String? {
        try JournalLimits.check(key: key)
        return try await run { db, ledger in try ledger.lookUp(key, db) }
    }

    /// Lists a range of the directory.
    public func directory(
        _ keys: ClosedRange<String>, limit: Int
    ) async throws(JournalError) -> [DirectoryEntry] {
        try JournalLimits.check(key: keys.lowerBound)
        try JournalLimits.check(key: keys.upperBound)
        return try await run { db, ledger in try ledger.directory(keys, limit: limit, db) }
    }

    /// Lists streams by id, a page at a time.
    public func streams(after: String?, limit: Int) async throws(JournalError) -> [String] {
        try await run { db, ledger in try ledger.streams(after: after ?? "", limit: limit, db) }
    }
}

import Foundation
import GRDB
import Journal

/// The writer's view of the database: applies changes inside a transaction that its owner has begun.
///
/// Confined to the database's queue. A ``JournalError`` thrown here means that nothing of the change was
/// written, so its neighbours in the transaction may go on; any other error means that the transaction must
/// be rolled back, and ``forget()`` be called.
///
/// Heads are kept in memory: the data folder's lock makes this process the only writer. A stream's row is
/// written once a transaction, by ``flush(_:)``.
final class Ledger {
    /// How many streams' rows are kept in memory.
    private static let cacheLimit = 10_000
    private static let columns =
        "number, id, epoch, base, base_tag, head, head_tag, cells_tag, snapshot, seal"

    private var rows: [String: StreamRow] = [:]
    private var changed: Set<String> = []
    private var cellsErased = false
    private var partsErased: Set<Int> = []

    private let insertRecord = (0..<Schema.partCount).map {
        "INSERT INTO record_\($0) (stream, sequence, tag, bytes) VALUES (?, ?, ?, ?)"
    }

    /// Drops what is known, after a rollback.
    func forget() {
        rows.removeAll()
        changed.removeAll()
        cellsErased = false
        partsErased.removeAll()
    }

    /// The stream's row, from memory if possible.
    func row(_ id: String, _ db: Database) throws -> StreamRow {
        if let row = rows[id] { return row }
        let statement = try db.cachedStatement(sql: "SELECT \(Self.columns) FROM stream WHERE id = ?")
        guard let found = try Row.fetchOne(statement, arguments: [id]) else {
            throw JournalError.unknownStream
        }
        let row = try StreamRow(found)
        // Rows that a transaction has changed must stay until it is flushed.
        if rows.count >= Self.cacheLimit, changed.isEmpty { rows.removeAll() }
        rows[id] = row
        return row
    }

    /// The stream's row as it is in the file, for checking.
    func freshRow(_ id: String, _ db: Database) throws -> StreamRow {
        rows[id] = nil
        return try row(id, db)
    }

    // MARK: Changes

    /// Makes a stream.
    func create(_ first: Append, epoch: String, _ db: Database) throws -> UInt64 {
        do {
            throw JournalError.conflict(actual: try row(first.stream, db).head)
        } catch JournalError.unknownStream {}
        guard first.expected == 0 else { throw JournalError.conflict(actual: 0) }
        try check(first.directory, of: nil, db)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO stream (id, epoch, base, base_tag, head, head_tag, cells_tag, snapshot, seal)
                VALUES (?, ?, 0, 0, 0, 0, 0, 0, 0)
                """)
        try statement.execute(arguments: [first.stream, epoch])
        rows[first.stream] = StreamRow(number: db.lastInsertedRowID, id: first.stream, epoch: epoch)
        changed.insert(first.stream)
        return try append(first, db)
    }

    /// Applies one append; returns the stream's head after it.
    func append(_ append: Append, _ db: Database) throws -> UInt64 {
        var row = try row(append.stream, db)
        guard append.expected == row.head else { throw JournalError.conflict(actual: row.head) }
        guard UInt64(append.records.count) <= JournalLimits.sequence - row.head else {
            throw JournalError.limit(.sequence)
        }
        try check(append.directory, of: row.number, db)
        if let snapshot = append.compaction, snapshot.sequence != row.head + UInt64(append.records.count) {
            throw JournalError.limit(.range(through: snapshot.sequence))
        }
        if !append.records.isEmpty {
            let statement = try db.cachedStatement(sql: insertRecord[row.part])
            for record in append.records {
                row.head += 1
                row.headTag = Checksum.next(after: row.headTag, sequence: row.head, record: record)
                // Four values for four places, as the SQL above says; the check costs as much as the insert.
                statement.setUncheckedArguments([
                    row.number, Int64(row.head), Int64(bitPattern: row.headTag), Data(record),
                ])
                try statement.execute()
            }
        }
        for change in append.cells { try apply(change, &row, db) }
        for change in append.directory { try apply(change, row, db) }
        if let snapshot = append.compaction { try compact(&row, to: snapshot, db) }
        rows[append.stream] = row
        changed.insert(append.stream)
        return row.head
    }

    /// Throws if a key that is to change leads to another stream than `number`.
    private func check(_ changes: [DirectoryChange], of number: Int64?, _ db: Database) throws {
        for change in changes {
            switch change {
            case .put(let key), .remove(let key):
                let statement = try db.cachedStatement(sql: "SELECT stream FROM directory WHERE key = ?")
                guard let row = try Row.fetchOne(statement, arguments: [key]) else { continue }
                if try row.integer(0) != number { throw JournalError.directoryTaken(key: key) }
            }
        }
    }

    private func apply(_ change: CellChange, _ row: inout StreamRow, _ db: Database) throws {
        switch change {
        case .put(let key, let value):
            _ = try subtractCells(from: key, through: key, &row, db)
            let tag = row.tag(ofCell: key, value: value)
            row.cellsTag &+= tag
            let statement = try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO cell (stream, key, tag, value) VALUES (?, ?, ?, ?)")
            try statement.execute(arguments: [row.number, key, Int64(bitPattern: tag), Data(value)])
        case .erase(let key):
            try eraseCells(from: key, through: key, &row, db)
        case .erasePrefix(let prefix):
            // Keys are ASCII up to 0x7E, so 0x7F comes after every key with the prefix and before all others.
            try eraseCells(from: prefix, through: prefix + "\u{7F}", &row, db)
        }
    }

    private func eraseCells(from: String, through: String, _ row: inout StreamRow, _ db: Database) throws {
        guard try subtractCells(from: from, through: through, &row, db) > 0 else { return }
        let statement = try db.cachedStatement(
            sql: "DELETE FROM cell WHERE stream = ? AND key BETWEEN ? AND ?")
        try statement.execute(arguments: [row.number, from, through])
        cellsErased = true
    }

    private func subtractCells(
        from: String, through: String, _ row: inout StreamRow, _ db: Database
    ) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT tag FROM cell WHERE stream = ? AND key BETWEEN ? AND ?")
        var count = 0
        let tags = try Row.fetchCursor(statement, arguments: [row.number, from, through])
        while let found = try tags.next() {
            row.cellsTag &-= try found.tag(0)
            count += 1
        }
        return count
    }

    private func apply(_ change: DirectoryChange, _ row: StreamRow, _ db: Database) throws {
        switch change {
        case .put(let key):
            let statement = try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO directory (key, stream, tag) VALUES (?, ?, ?)")
            let tag = row.tag(ofEntry: key)
            try statement.execute(arguments: [key, row.number, Int64(bitPattern: tag)])
        case .remove(let key):
            let statement = try db.cachedStatement(sql: "DELETE FROM directory WHERE key = ?")
            try statement.execute(arguments: [key])
        }
    }

    /// Stores a snapshot, unless a newer one is there.
    func saveSnapshot(_ snapshot: Snapshot, of id: String, _ db: Database) throws {
        var row = try row(id, db)
        guard snapshot.sequence <= row.head, snapshot.sequence >= row.base else {
            throw JournalError.limit(.range(through: snapshot.sequence))
        }
        if let current = row.snapshot, current > snapshot.sequence { return }
        try write(snapshot, &row, db)
        rows[id] = row
        changed.insert(id)
    }

    private func write(_ snapshot: Snapshot, _ row: inout StreamRow, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO snapshot_\(row.part) (stream, sequence, format, tag, bytes)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                row.number, Int64(snapshot.sequence), Int64(snapshot.format),
                Int64(bitPattern: row.tag(of: snapshot)), Data(snapshot.bytes),
            ])
        row.snapshot = snapshot.sequence
    }

    /// Puts a snapshot of the stream's last record in place of its whole log.
    private func compact(_ row: inout StreamRow, to snapshot: Snapshot, _ db: Database) throws {
        try write(snapshot, &row, db)
        (row.base, row.baseTag) = (row.head, row.headTag)
        try db.execute(sql: "DELETE FROM record_\(row.part) WHERE stream = ?", arguments: [row.number])
        partsErased.insert(row.part)
    }

    /// Destroys the log up to a sequence.
    func purge(_ id: String, through: UInt64, _ db: Database) throws {
        var row = try row(id, db)
        guard through > row.base else { return }
        guard let snapshot = row.snapshot, through <= snapshot else {
            throw JournalError.limit(.range(through: through))
        }
        row.baseTag = try tag(at: through, row, db)
        row.base = through
        try db.execute(
            sql: "DELETE FROM record_\(row.part) WHERE stream = ? AND sequence <= ?",
            arguments: [row.number, Int64(through)])
        rows[id] = row
        changed.insert(id)
        partsErased.insert(row.part)
    }

    /// Destroys a stream.
    func erase(_ id: String, _ db: Database) throws {
        let row = try row(id, db)
        for table in ["record_\(row.part)", "snapshot_\(row.part)", "cell", "directory"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE stream = ?", arguments: [row.number])
        }
        try db.execute(sql: "DELETE FROM stream WHERE number = ?", arguments: [row.number])
        rows[id] = nil
        changed.remove(id)
        partsErased.insert(row.part)
        cellsErased = true
    }

    /// Writes the rows of the streams that the transaction has changed, and rewrites the tables it has erased
    /// from.
    ///
    /// Gives whether something was erased, so that the write-ahead log must be emptied after the commit.
    func flush(_ db: Database) throws -> Bool {
        for id in changed {
            guard let row = rows[id] else { continue }
            let statement = try db.cachedStatement(
                sql: """
                    UPDATE stream SET base = ?, base_tag = ?, head = ?, head_tag = ?, cells_tag = ?,
                        snapshot = ?, seal = ?
                    WHERE number = ?
                    """)
            try statement.execute(arguments: [
                Int64(row.base), Int64(bitPattern: row.baseTag), Int64(row.head),
                Int64(bitPattern: row.headTag), Int64(bitPattern: row.cellsTag),
                row.snapshot.map { Int64($0) } ?? -1, Int64(bitPattern: row.seal),
                row.number,
            ])
        }
        changed.removeAll(keepingCapacity: true)
        var tables = partsErased.flatMap { ["record_\($0)", "snapshot_\($0)"] }
        if cellsErased { tables.append("cell") }
        for table in tables { try rewrite(table, db) }
        partsErased.removeAll()
        cellsErased = false
        return !tables.isEmpty
    }

    /// Empties a table, which zeroes all its pages, and puts the rows that are left back; see ``Schema``.
    private func rewrite(_ table: String, _ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TEMP TABLE survivor AS SELECT * FROM main.\(table);
                DELETE FROM main.\(table);
                INSERT INTO main.\(table) SELECT * FROM temp.survivor;
                DROP TABLE temp.survivor;
                """)
    }

    // MARK: Reading

    /// The current snapshot, checked.
    func snapshot(_ row: StreamRow, _ db: Database) throws -> Snapshot? {
        let found = try Row.fetchOne(
            db, sql: "SELECT sequence, format, tag, bytes FROM snapshot_\(row.part) WHERE stream = ?",
            arguments: [row.number])
        guard let found else {
            if row.snapshot != nil {
                throw JournalError.damaged(stream: row.id, reason: "the snapshot is missing")
            }
            return nil
        }
        guard let format = UInt32(exactly: try found.integer(1)) else { throw Damage.type }
        let snapshot = Snapshot(sequence: try found.tag(0), format: format, bytes: try found.bytes(3))
        guard try found.tag(2) == row.tag(of: snapshot), snapshot.sequence == row.snapshot else {
            throw JournalError.damaged(stream: row.id, reason: "the snapshot does not match its check value")
        }
        return snapshot
    }

    /// All cells, checked.
    func cells(_ row: StreamRow, _ db: Database) throws -> [Cell] {
        var cells: [Cell] = []
        var sum: UInt64 = 0
        let statement = try db.cachedStatement(
            sql: "SELECT key, tag, value FROM cell WHERE stream = ? ORDER BY key")
        let found = try Row.fetchCursor(statement, arguments: [row.number])
        while let next = try found.next() {
            let cell = Cell(key: try next.text(0), value: try next.bytes(2))
            let tag = row.tag(ofCell: cell.key, value: cell.value)
            guard try next.tag(1) == tag else {
                throw JournalError.damaged(stream: row.id, reason: "a cell does not match its check value")
            }
            sum &+= tag
            cells.append(cell)
        }
        guard sum == row.cellsTag else {
            throw JournalError.damaged(stream: row.id, reason: "a cell is missing or was there before")
        }
        return cells
    }

    /// The check value of a record that the log holds, or of the last purged one.
    private func tag(at sequence: UInt64, _ row: StreamRow, _ db: Database) throws -> UInt64 {
        if sequence == row.base { return row.baseTag }
        let statement = try db.cachedStatement(
            sql: "SELECT tag FROM record_\(row.part) WHERE stream = ? AND sequence = ?")
        guard let found = try Row.fetchOne(statement, arguments: [row.number, Int64(sequence)]) else {
            throw JournalError.damaged(stream: row.id, reason: "record \(sequence) is missing")
        }
        return try found.tag(0)
    }

    /// A page of the log, checked against the chain.
    func records(_ row: StreamRow, after: UInt64, limit: Int, _ db: Database) throws -> [LogRecord] {
        guard after >= row.base else { throw JournalError.purged(through: row.base) }
        guard after < row.head else { return [] }
        let limit = min(max(limit, 1), JournalLimits.page)
        var records: [LogRecord] = []
        var byteCount = 0
        var tag = try tag(at: after, row, db)
        var last = after
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, tag, bytes FROM record_\(row.part)
                WHERE stream = ? AND sequence > ? ORDER BY sequence LIMIT ?
                """)
        let found = try Row.fetchCursor(statement, arguments: [row.number, Int64(after), limit])
        while byteCount < JournalLimits.pageByteCount, let next = try found.next() {
            let record = LogRecord(sequence: try next.tag(0), bytes: try next.bytes(2))
            last += 1
            tag = Checksum.next(after: tag, sequence: last, record: record.bytes)
            guard record.sequence == last, try next.tag(1) == tag else {
                throw JournalError.damaged(
                    stream: row.id, reason: "record \(last) does not match its check value")
            }
            byteCount += record.bytes.count
            records.append(record)
        }
        let isWhole = records.count == limit || byteCount >= JournalLimits.pageByteCount || last == row.head
        guard isWhole, last <= row.head, last < row.head || tag == row.headTag else {
            throw JournalError.damaged(
                stream: row.id, reason: "the log does not end where the stream's row says")
        }
        return records
    }

    /// The stream that a directory key leads to.
    func lookUp(_ key: String, _ db: Database) throws -> String? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(Self.columns), directory.tag
                FROM directory JOIN stream ON stream.number = directory.stream WHERE key = ?
                """)
        guard let found = try Row.fetchOne(statement, arguments: [key]) else { return nil }
        let row = try StreamRow(found)
        guard try found.tag(10) == row.tag(ofEntry: key) else {
            throw JournalError.damaged(
                stream: nil, reason: "a directory entry does not match its check value")
        }
        return row.id
    }

    /// A range of the directory, checked; found by the primary key, so its cost is that of what it gives.
    func directory(_ keys: ClosedRange<String>, limit: Int, _ db: Database) throws -> [DirectoryEntry] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(Self.columns), directory.tag, directory.key
                FROM directory JOIN stream ON stream.number = directory.stream
                WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ?
                """)
        let limit = min(max(limit, 1), JournalLimits.page)
        let found = try Row.fetchAll(statement, arguments: [keys.lowerBound, keys.upperBound, limit])
        return try found.map { found in
            let (row, key) = (try StreamRow(found), try found.text(11))
            guard try found.tag(10) == row.tag(ofEntry: key) else {
                throw JournalError.damaged(
                    stream: nil, reason: "a directory entry does not match its check value")
            }
            return DirectoryEntry(key: key, stream: row.id)
        }
    }

    /// A page of ids.
    func streams(after: String, limit: Int, _ db: Database) throws -> [String] {
        let statement = try db.cachedStatement(sql: "SELECT id FROM stream WHERE id > ? ORDER BY id LIMIT ?")
        let limit = min(max(limit, 1), JournalLimits.page)
        let ids = try Row.fetchAll(statement, arguments: [after, limit]).map { try $0.text(0) }
        try Self.checkOrder([after] + ids)
        return ids
    }

    /// Throws unless keys ascend: a damaged index may lead in a circle.
    private static func checkOrder(_ keys: [String]) throws {
        guard zip(keys, keys.dropFirst()).allSatisfy({ $0.utf8.lexicographicallyPrecedes($1.utf8) }) else {
            throw JournalError.damaged(stream: nil, reason: "an index is out of order")
        }
    }

    /// Checks a page of the directory; gives its last key, or nil at the end.
    func checkDirectory(after key: String, _ db: Database) throws -> String? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(Self.columns), directory.tag, directory.key
                FROM directory LEFT JOIN stream ON stream.number = directory.stream
                WHERE key > ? ORDER BY key LIMIT ?
                """)
        var last: String?
        for found in try Row.fetchAll(statement, arguments: [key, JournalLimits.page]) {
            try Self.checkOrder([last ?? key, try found.text(11)])
            let key = try found.text(11)
            guard found.hasStream else {
                throw JournalError.damaged(stream: nil, reason: "a directory entry leads to no stream")
            }
            guard try found.tag(10) == StreamRow(found).tag(ofEntry: key) else {
                throw JournalError.damaged(
                    stream: nil, reason: "a directory entry does not match its check value")
            }
            last = key
        }
        return last
    }

    /// Checks the tables' definitions against those that this program makes, and the two tables that everything is found by:
    /// their pages, and their indexes against them.
    func checkCatalogue(_ db: Database) throws {
        guard try Schema.definitions(db) == Schema.expected else {
            throw JournalError.damaged(
                stream: nil, reason: "the definitions of the tables are not this program's")
        }
        for table in ["stream", "directory"] {
            let answer = try String.fetchOne(db, sql: "PRAGMA integrity_check(\(table))") ?? "no answer"
            guard answer == "ok" else {
                throw JournalError.damaged(stream: nil, reason: "the table \(table): \(answer)")
            }
        }
    }

    /// SQLite's own check of its pages, and of its indexes against its tables.
    func checkPages(_ db: Database) throws {
        let answer = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
        guard answer == "ok" else { throw JournalError.damaged(stream: nil, reason: answer) }
    }
}

extension Row {
    /// Whether a join has found the stream that an entry leads to.
    fileprivate var hasStream: Bool {
        let number: DatabaseValue = self[0]
        return !number.isNull
    }
}

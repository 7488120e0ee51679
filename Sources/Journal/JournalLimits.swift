/// The sizes that every journal accepts, and beyond which it answers ``JournalError/limit(_:)``.
public enum JournalLimits {
    /// Bytes of one record: 1 MiB, so that the totals of a round over every note of a full workshop fit in one.
    public static let recordByteCount = 1 << 20
    /// Records, cell changes and directory changes of one append: 1,000 of each.
    public static let changesPerAppend = 1_000
    /// Bytes of one cell's value: 16 KiB.
    public static let cellByteCount = 16_384
    /// Bytes of a cell's or the directory's key: 1 to 128, each a printable ASCII character but no space.
    public static let keyByteCount = 128
    /// Bytes of a stream's id: 1 to 64, each a printable ASCII character but no space.
    public static let streamByteCount = 64
    /// Bytes of an epoch: 1 to 64, each a printable ASCII character but no space.
    public static let epochByteCount = 64
    /// Bytes of a snapshot: 64 MiB.
    public static let snapshotByteCount = 64 << 20
    /// Records or stream ids that one call returns: at most 1,000; a higher number is taken as this one.
    public static let page = 1_000
    /// Bytes after which a page of records ends, whatever number was asked for: 1 MiB.
    public static let pageByteCount = 1 << 20
    /// Records that a stream can hold in its life: 2³² − 1.
    public static let sequence = UInt64(UInt32.max)
}

/// The limit that a call broke.
public enum JournalLimit: Hashable, Sendable {
    /// A stream's id is empty, too long, or holds a character that is not printable ASCII.
    case stream
    /// An epoch is empty, too long, or holds a character that is not printable ASCII.
    case epoch
    /// A cell's or the directory's key is empty, too long, or holds a character that is not printable ASCII.
    case key
    /// A record is too long.
    case record(byteCount: Int)
    /// A cell's value is too long.
    case cell(byteCount: Int)
    /// A snapshot is too long.
    case snapshot(byteCount: Int)
    /// Too many records, cell changes or directory changes in one append.
    case changes(count: Int)
    /// A snapshot or a purge names a record that does not exist, a purge one that no snapshot includes, or a
    /// compaction another record than the append's last.
    case range(through: UInt64)
    /// The stream is at its last possible sequence.
    case sequence
}

extension JournalLimits {
    /// Checks what can be checked without looking at the store; every journal begins an append with it.
    ///
    /// - Parameter append: What a caller wants to store.
    /// - Throws: ``JournalError/limit(_:)`` for the first limit broken.
    public static func check(_ append: Append) throws(JournalError) {
        try check(stream: append.stream)
        for count in [append.records.count, append.cells.count, append.directory.count]
        where count > changesPerAppend {
            throw .limit(.changes(count: count))
        }
        for record in append.records where record.count > recordByteCount {
            throw .limit(.record(byteCount: record.count))
        }
        for change in append.cells {
            switch change {
            case .put(let key, let value):
                try check(key: key)
                guard value.count <= cellByteCount else { throw .limit(.cell(byteCount: value.count)) }
            case .erase(let key): try check(key: key)
            case .erasePrefix(let prefix): if !prefix.isEmpty { try check(key: prefix) }
            }
        }
        for change in append.directory {
            switch change {
            case .put(let key), .remove(let key): try check(key: key)
            }
        }
        if let snapshot = append.compaction { try check(snapshot) }
    }

    /// Checks a snapshot's size.
    ///
    /// - Parameter snapshot: What a caller wants to store.
    /// - Throws: ``JournalError/limit(_:)`` with ``JournalLimit/snapshot(byteCount:)``.
    public static func check(_ snapshot: Snapshot) throws(JournalError) {
        guard snapshot.bytes.count <= snapshotByteCount else {
            throw .limit(.snapshot(byteCount: snapshot.bytes.count))
        }
    }

    /// Checks a stream's id.
    ///
    /// - Parameter stream: The id.
    /// - Throws: ``JournalError/limit(_:)`` with ``JournalLimit/stream``.
    public static func check(stream: String) throws(JournalError) {
        guard isName(stream, atMost: streamByteCount) else { throw .limit(.stream) }
    }

    /// Checks an epoch.
    ///
    /// - Parameter epoch: The name of a history.
    /// - Throws: ``JournalError/limit(_:)`` with ``JournalLimit/epoch``.
    public static func check(epoch: String) throws(JournalError) {
        guard isName(epoch, atMost: epochByteCount) else { throw .limit(.epoch) }
    }

    /// Checks a cell's or the directory's key.
    ///
    /// - Parameter key: The key.
    /// - Throws: ``JournalError/limit(_:)`` with ``JournalLimit/key``.
    public static func check(key: String) throws(JournalError) {
        guard isName(key, atMost: keyByteCount) else { throw .limit(.key) }
    }

    /// ASCII only, because two spellings of one accented letter are equal strings in Swift and two keys in
    /// SQL.
    private static func isName(_ name: String, atMost limit: Int) -> Bool {
        let bytes = name.utf8
        return !bytes.isEmpty && bytes.count <= limit && bytes.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

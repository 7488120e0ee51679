/// What one turn of a workshop makes durable, all of it or nothing: records, cells and directory entries.
///
/// An append holds at most ``JournalLimits/changesPerAppend`` records, as many cell changes and as many
/// directory changes. Changes are applied in the order given.
public struct Append: Sendable, Hashable {
    /// The stream to append to; see ``JournalLimits/streamByteCount``.
    public var stream: String
    /// The sequence of the last record the caller has seen; 0 for a stream that has none.
    public var expected: UInt64
    /// Opaque records, oldest first, each at most ``JournalLimits/recordByteCount`` bytes; may be empty.
    public var records: [[UInt8]]
    /// Changes of the stream's erasable cells.
    public var cells: [CellChange]
    /// Changes of the store-wide look-up table.
    public var directory: [DirectoryChange]
    /// The state after this append's last record, to take the place of the whole log: with the append, every
    /// record up to here, its own too, and every older snapshot are destroyed.
    ///
    /// So what an event has erased from the state is erased from the store in the same step, and a crash
    /// leaves either all of it or nothing.
    public var compaction: Snapshot?

    /// Collects one turn's changes; nothing is checked before the journal gets them.
    public init(
        stream: String, expected: UInt64, records: [[UInt8]] = [], cells: [CellChange] = [],
        directory: [DirectoryChange] = [], compaction: Snapshot? = nil
    ) {
        self.stream = stream
        self.expected = expected
        self.records = records
        self.cells = cells
        self.directory = directory
        self.compaction = compaction
    }

    /// Whether a value may vanish by this append, so that it completes only when no byte of it is left.
    public var erases: Bool {
        compaction != nil
            || cells.contains { change in
                switch change {
                case .put: false
                case .erase, .erasePrefix: true
                }
            }
    }
}

/// One change of a stream's cells: small keyed values that can vanish without a trace, such as open ballots.
public enum CellChange: Sendable, Hashable {
    /// Stores a value of at most ``JournalLimits/cellByteCount`` bytes, in place of an older one if there is
    /// one.
    ///
    /// The older value is gone from the answers at once, but only an erasure promises that its bytes are gone
    /// from the disk as well.
    case put(key: String, value: [UInt8])
    /// Removes one cell; nothing happens if there is none.
    case erase(key: String)
    /// Removes every cell whose key begins with these characters; the empty prefix means all of the stream's.
    case erasePrefix(String)
}

/// A key of the store-wide directory and the stream that it leads to.
public struct DirectoryEntry: Sendable, Hashable {
    /// Unique in the store; see ``JournalLimits/keyByteCount``.
    public var key: String
    /// The stream's id.
    public var stream: String

    /// Pairs a key with its stream.
    public init(key: String, stream: String) {
        self.key = key
        self.stream = stream
    }
}

/// One change of the store-wide directory, which finds a stream by a unique key such as a join code.
///
/// The stream is the append's own.
public enum DirectoryChange: Sendable, Hashable {
    /// Makes the key lead to this stream.
    ///
    /// Refused with ``JournalError/directoryTaken(key:)`` while it leads to another stream; putting the own
    /// key again changes nothing.
    case put(key: String)
    /// Frees the key; nothing happens if it is free.
    ///
    /// Refused with ``JournalError/directoryTaken(key:)`` while it leads to another stream.
    case remove(key: String)
}

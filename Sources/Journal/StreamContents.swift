/// One opaque record of a stream's log.
public struct Record: Sendable, Hashable {
    /// Its place in the log: 1 for the first, without gaps.
    public var sequence: UInt64
    /// What the appender gave, at most ``JournalLimits/recordByteCount`` bytes.
    public var bytes: [UInt8]

    /// Pairs a record with its place.
    public init(sequence: UInt64, bytes: [UInt8]) {
        self.sequence = sequence
        self.bytes = bytes
    }
}

/// The state that a stream's log leads to, so that a reader need not start at record 1.
public struct Snapshot: Sendable, Hashable {
    /// The last record that the snapshot includes.
    public var sequence: UInt64
    /// The number of the encoding, given by whoever wrote it.
    public var format: UInt32
    /// At most ``JournalLimits/snapshotByteCount`` bytes.
    public var bytes: [UInt8]

    /// Describes the state after `sequence`.
    public init(sequence: UInt64, format: UInt32, bytes: [UInt8]) {
        self.sequence = sequence
        self.format = format
        self.bytes = bytes
    }
}

/// One erasable value of a stream.
public struct Cell: Sendable, Hashable {
    /// Unique within the stream; see ``JournalLimits/keyByteCount``.
    public var key: String
    /// At most ``JournalLimits/cellByteCount`` bytes.
    public var value: [UInt8]

    /// Pairs a key with its value.
    public init(key: String, value: [UInt8]) {
        self.key = key
        self.value = value
    }
}

/// Everything needed to bring a workshop to life: snapshot, the records after it, and the cells.
public struct StreamContents: Sendable, Hashable {
    /// The stream's id.
    public var stream: String
    /// The name of this history, given at creation.
    ///
    /// A reader that holds another one has seen a history that is gone.
    public var epoch: String
    /// The sequence of the last record; 0 if there never was one.
    public var head: UInt64
    /// The last record that was purged; 0 if the log is whole.
    public var purged: UInt64
    /// The current snapshot.
    public var snapshot: Snapshot?
    /// The records after the snapshot (after `purged` without one), ascending and without gaps up to `head`.
    public var records: [Record]
    /// The cells as of `head`, ascending by key.
    public var cells: [Cell]

    /// Collects what a journal has read.
    public init(
        stream: String, epoch: String, head: UInt64, purged: UInt64 = 0, snapshot: Snapshot? = nil,
        records: [Record] = [], cells: [Cell] = []
    ) {
        self.stream = stream
        self.epoch = epoch
        self.head = head
        self.purged = purged
        self.snapshot = snapshot
        self.records = records
        self.cells = cells
    }
}

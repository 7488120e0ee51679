/// A durable store of many streams, one a workshop: the truth that everything shown can be computed from.
///
/// A stream has an append-only log of opaque records (sequence 1, 2, 3 … without gaps), a set of erasable
/// cells, at most one snapshot, and an epoch that names its history. Store-wide there is a directory of
/// unique keys.
///
/// What every journal promises, and `JournalContract` in the tests proves of each:
/// 1. A call that has succeeded is on stable storage; a process or a machine that dies loses nothing of it.
/// 2. An append happens as a whole or not at all: records, cells and directory.
/// 3. Appends of one stream happen in the order they were handed in; a conflict of one leaves its neighbours
///    alone, also where they share a transaction.
/// 4. When an append that erases (``Append/erases``), ``purge(_:through:)`` or ``erase(_:)`` has succeeded, no byte of the
///    records, snapshots, and cells (keys and values) that it erased is left in the store's files.
/// 5. What is read is what was written: a changed byte is reported as
///    ``JournalError/damaged(stream:reason:)``.
/// 6. A stream that nobody uses costs a row on the disk and nothing else.
///
/// Calls may come from any thread. Every call throws ``JournalError/closed`` after ``close()``,
/// ``JournalError/failed(reason:)`` for good once the disk has failed, and ``JournalError/limit(_:)`` for a
/// value that breaks ``JournalLimits``; the docstrings name what comes on top.
public protocol Journal: Sendable {
    /// Makes a stream and stores its first append, both or neither.
    ///
    /// - Parameters:
    ///   - first: The stream's id and its first changes, with ``Append/expected`` 0; may hold no record.
    ///   - epoch: A random name for the history that begins here.
    /// - Returns: The sequence of the last record written; 0 if there was none.
    /// - Throws: ``JournalError/conflict(actual:)`` if the stream exists or `first` expects another sequence
    ///   than 0, and what ``append(_:)`` throws.
    @discardableResult
    func create(_ first: Append, epoch: String) async throws(JournalError) -> UInt64

    /// Stores one append, and calls back when it is durable or refused.
    ///
    /// Never blocks for the disk. Appends handed in while a sync runs share the next one.
    ///
    /// - Parameters:
    ///   - append: The changes. With no record the sequence does not move, but ``Append/expected`` must still
    ///     be the last one.
    ///   - completion: Called exactly once, on any thread, maybe before this call returns; completions of one
    ///     stream come in order, except that a broken limit may be answered at once. It holds up other
    ///     completions: it hops to its own queue and returns. It gets the sequence of the last record of the
    ///     stream, or ``JournalError/conflict(actual:)``, ``JournalError/unknownStream``,
    ///     ``JournalError/directoryTaken(key:)``, ``JournalError/full(reason:)`` or one of those that every
    ///     call has.
    func append(_ append: Append, completion: @escaping @Sendable (Result<UInt64, JournalError>) -> Void)

    /// Reads what a workshop needs to come to life.
    ///
    /// - Parameter stream: The stream's id.
    /// - Returns: A consistent view of the stream as of its ``StreamContents/head``.
    /// - Throws: ``JournalError/unknownStream`` or ``JournalError/damaged(stream:reason:)``.
    func load(_ stream: String) async throws(JournalError) -> StreamContents

    /// Reads a page of a stream's log.
    ///
    /// - Parameters:
    ///   - stream: The stream's id.
    ///   - after: The last sequence the caller has; 0 for the beginning.
    ///   - limit: The most records to return, at least 1 and at most ``JournalLimits/page``; a number outside
    ///     is taken as the nearest. A page also ends after ``JournalLimits/pageByteCount``.
    /// - Returns: Records in ascending order; at least one if there is one, so empty means the end of the
    ///   log.
    /// - Throws: ``JournalError/unknownStream``, ``JournalError/damaged(stream:reason:)``, or
    ///   ``JournalError/purged(through:)`` if `after` lies before the purged part's end.
    func records(of stream: String, after: UInt64, limit: Int) async throws(JournalError) -> [Record]

    /// Stores the stream's snapshot in place of the one before; the log stays.
    ///
    /// A snapshot older than the current one changes nothing.
    ///
    /// - Parameters:
    ///   - snapshot: The state after one of the stream's records.
    ///   - stream: The stream's id.
    /// - Throws: ``JournalError/unknownStream``, ``JournalError/full(reason:)``, or
    ///   ``JournalLimit/range(through:)`` if the log has no such record.
    func saveSnapshot(_ snapshot: Snapshot, of stream: String) async throws(JournalError)

    /// Destroys the log up to and including a sequence that the snapshot includes.
    ///
    /// - Parameters:
    ///   - stream: The stream's id.
    ///   - through: The last record to destroy; one that is gone already changes nothing.
    /// - Throws: ``JournalError/unknownStream``, ``JournalError/full(reason:)``, or
    ///   ``JournalLimit/range(through:)`` if no snapshot includes the record.
    func purge(_ stream: String, through: UInt64) async throws(JournalError)

    /// Destroys a stream: its log, cells, snapshot, and the directory keys that lead to it.
    ///
    /// - Parameter stream: The stream's id, which is free again afterwards.
    /// - Throws: ``JournalError/unknownStream`` or ``JournalError/full(reason:)``.
    func erase(_ stream: String) async throws(JournalError)

    /// Finds a stream by a directory key.
    ///
    /// - Parameter key: For example a join code.
    /// - Returns: The stream's id; nil if the key is free.
    /// - Throws: ``JournalError/damaged(stream:reason:)``.
    func lookUp(_ key: String) async throws(JournalError) -> String?

    /// Lists directory keys with their streams, in ascending byte order; what comes before or after the range costs
    /// nothing.
    ///
    /// - Parameters:
    ///   - keys: The first key wanted and the last that may be; neither need exist.
    ///   - limit: As for ``records(of:after:limit:)``.
    /// - Returns: The first entries of the range.
    /// - Throws: ``JournalError/damaged(stream:reason:)``.
    func directory(_ keys: ClosedRange<String>, limit: Int) async throws(JournalError) -> [DirectoryEntry]

    /// Lists streams by id, in ascending byte order.
    ///
    /// - Parameters:
    ///   - after: The last id of the page before; nil for the first page.
    ///   - limit: As for ``records(of:after:limit:)``.
    /// - Returns: A page of ids; empty at the end.
    /// - Throws: Only what every call may throw.
    func streams(after: String?, limit: Int) async throws(JournalError) -> [String]

    /// Reads every byte of the store once and checks it; other calls go on meanwhile.
    ///
    /// - Throws: ``JournalError/damaged(stream:reason:)`` for the first damage found.
    func verify() async throws(JournalError)

    /// Lets the appends that wait complete, refuses new ones, and gives the files back. Later calls do
    /// nothing.
    ///
    /// - Throws: ``JournalError/failed(reason:)`` if a write or a sync failed, now or before, and
    ///   ``JournalError/full(reason:)``; what was acknowledged is stored all the same. The files stay this process's until it
    ///   ends.
    func close() async throws(JournalError)
}

extension Journal {
    /// Stores one append; returns when it is durable.
    ///
    /// - Parameter append: See ``append(_:completion:)``.
    /// - Returns: The sequence of the stream's last record.
    /// - Throws: What ``append(_:completion:)`` answers.
    @discardableResult
    public func append(_ append: Append) async throws(JournalError) -> UInt64 {
        let result: Result<UInt64, JournalError> = await withCheckedContinuation { continuation in
            self.append(append) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }
}

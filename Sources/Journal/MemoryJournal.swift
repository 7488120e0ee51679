import Synchronization

/// A journal that forgets everything with the process: for tests, for demonstrations, and as the contract's
/// shortest statement.
///
/// Completions are called before ``append(_:completion:)`` returns, on the caller's thread.
public final class MemoryJournal: Journal {
    fileprivate struct Stream {
        var epoch: String
        var purged: UInt64 = 0
        var records: [[UInt8]] = []
        var cells: [String: [UInt8]] = [:]
        var snapshot: Snapshot?

        var head: UInt64 { purged + UInt64(records.count) }
    }

    fileprivate struct Store {
        var streams: [String: Stream] = [:]
        var directory: [String: String] = [:]
        var isClosed = false
    }

    private let store = Mutex(Store())

    /// Makes an empty journal.
    public init() {}

    /// Makes a stream and stores its first append, both or neither.
    @discardableResult
    public func create(_ first: Append, epoch: String) async throws(JournalError) -> UInt64 {
        try JournalLimits.check(first)
        try JournalLimits.check(epoch: epoch)
        return try withStore { store throws(JournalError) in
            if let stream = store.streams[first.stream] { throw .conflict(actual: stream.head) }
            guard first.expected == 0 else { throw .conflict(actual: 0) }
            try store.checkDirectory(first)
            store.streams[first.stream] = Stream(epoch: epoch)
            return try store.apply(first)
        }
    }

    /// Stores one append; see ``Journal/append(_:completion:)`` for what it promises.
    public func append(
        _ append: Append, completion: @escaping @Sendable (Result<UInt64, JournalError>) -> Void
    ) {
        let result: Result<UInt64, JournalError>
        do throws(JournalError) {
            try JournalLimits.check(append)
            result = .success(
                try withStore { store throws(JournalError) in
                    try store.apply(append)
                })
        } catch {
            result = .failure(error)
        }
        completion(result)
    }

    /// Reads a stream as of one moment.
    public func load(_ stream: String) async throws(JournalError) -> StreamContents {
        try JournalLimits.check(stream: stream)
        return try withStore { store throws(JournalError) in
            let found = try store.stream(stream)
            let start = found.snapshot?.sequence ?? found.purged
            return StreamContents(
                stream: stream, epoch: found.epoch, head: found.head, purged: found.purged,
                snapshot: found.snapshot,
                records: found.records(after: start),
                cells: found.cells.sorted { $0.key < $1.key }.map { Cell(key: $0.key, value: $0.value) })
        }
    }

    /// Reads a page of a stream's log.
    public func records(
        of stream: String, after: UInt64, limit: Int
    ) async throws(JournalError) -> [Record] {
        try JournalLimits.check(stream: stream)
        return try withStore { store throws(JournalError) in
            let found = try store.stream(stream)
            guard after >= found.purged else { throw .purged(through: found.purged) }
            var byteCount = 0
            var page: [Record] = []
            for record in found.records(after: after).prefix(min(max(limit, 1), JournalLimits.page)) {
                guard byteCount < JournalLimits.pageByteCount else { break }
                byteCount += record.bytes.count
                page.append(record)
            }
            return page
        }
    }

    /// Stores the stream's snapshot in place of the one before, unless that is newer.
    public func saveSnapshot(_ snapshot: Snapshot, of stream: String) async throws(JournalError) {
        try JournalLimits.check(stream: stream)
        try JournalLimits.check(snapshot)
        try withStore { store throws(JournalError) in
            var found = try store.stream(stream)
            guard snapshot.sequence <= found.head, snapshot.sequence >= found.purged else {
                throw .limit(.range(through: snapshot.sequence))
            }
            if let current = found.snapshot, current.sequence > snapshot.sequence { return }
            found.snapshot = snapshot
            store.streams[stream] = found
        }
    }

    /// Destroys the log up to and including a sequence that the snapshot includes.
    public func purge(_ stream: String, through: UInt64) async throws(JournalError) {
        try JournalLimits.check(stream: stream)
        try withStore { store throws(JournalError) in
            var found = try store.stream(stream)
            guard through > found.purged else { return }
            guard let snapshot = found.snapshot, through <= snapshot.sequence else {
                throw .limit(.range(through: through))
            }
            found.records.removeFirst(Int(through - found.purged))
            found.purged = through
            store.streams[stream] = found
        }
    }

    /// Destroys a stream and all that belongs to it.
    public func erase(_ stream: String) async throws(JournalError) {
        try JournalLimits.check(stream: stream)
        try withStore { store throws(JournalError) in
            _ = try store.stream(stream)
            store.streams[stream] = nil
            store.directory = store.directory.filter { $0.value != stream }
        }
    }

    /// Finds a stream by a directory key.
    public func lookUp(_ key: String) async throws(JournalError) -> String? {
        try JournalLimits.check(key: key)
        return try withStore { store throws(JournalError) in store.directory[key] }
    }

    /// Lists a range of the directory.
    public func directory(
        _ keys: ClosedRange<String>, limit: Int
    ) async throws(JournalError) -> [DirectoryEntry] {
        try JournalLimits.check(key: keys.lowerBound)
        try JournalLimits.check(key: keys.upperBound)
        return try withStore { store throws(JournalError) in
            let found = store.directory.filter { keys.contains($0.key) }.sorted { $0.key < $1.key }
            return found.prefix(min(max(limit, 1), JournalLimits.page)).map {
                DirectoryEntry(key: $0.key, stream: $0.value)
            }
        }
    }

    /// Lists streams by id, a page at a time.
    public func streams(after: String?, limit: Int) async throws(JournalError) -> [String] {
        try withStore { store throws(JournalError) in
            let ids = store.streams.keys.filter { id in after.map { id > $0 } ?? true }
            return Array(ids.sorted().prefix(min(max(limit, 1), JournalLimits.page)))
        }
    }

    /// Does nothing: memory is trusted.
    public func verify() async throws(JournalError) {
        try withStore { _ throws(JournalError) in }
    }

    /// Refuses all later calls.
    public func close() async {
        store.withLock { $0.isClosed = true }
    }

    private func withStore<Value: Sendable>(
        _ body: (inout Store) throws(JournalError) -> Value
    ) throws(JournalError) -> Value {
        try store.withLock { store throws(JournalError) in
            if store.isClosed { throw .closed }
            return try body(&store)
        }
    }
}

extension MemoryJournal.Store {
    fileprivate func stream(_ id: String) throws(JournalError) -> MemoryJournal.Stream {
        guard let stream = streams[id] else { throw .unknownStream }
        return stream
    }

    fileprivate func checkDirectory(_ append: Append) throws(JournalError) {
        for change in append.directory {
            switch change {
            case .put(let key), .remove(let key):
                if let holder = directory[key], holder != append.stream { throw .directoryTaken(key: key) }
            }
        }
    }

    /// Checks everything before it changes anything; changes in place, so that a long log is not copied.
    fileprivate mutating func apply(_ append: Append) throws(JournalError) -> UInt64 {
        let head = try stream(append.stream).head
        guard append.expected == head else { throw .conflict(actual: head) }
        guard UInt64(append.records.count) <= JournalLimits.sequence - head else { throw .limit(.sequence) }
        try checkDirectory(append)
        let last = head + UInt64(append.records.count)
        if let snapshot = append.compaction, snapshot.sequence != last {
            throw .limit(.range(through: snapshot.sequence))
        }
        streams[append.stream]?.records.append(contentsOf: append.records)
        for change in append.cells { streams[append.stream]?.apply(change) }
        for change in append.directory {
            switch change {
            case .put(let key): directory[key] = append.stream
            case .remove(let key): directory[key] = nil
            }
        }
        if let snapshot = append.compaction { streams[append.stream]?.compact(to: snapshot) }
        return last
    }
}

extension MemoryJournal.Stream {
    fileprivate mutating func compact(to snapshot: Snapshot) {
        self.snapshot = snapshot
        records = []
        purged = snapshot.sequence
    }

    fileprivate mutating func apply(_ change: CellChange) {
        switch change {
        case .put(let key, let value): cells[key] = value
        case .erase(let key): cells[key] = nil
        case .erasePrefix(let prefix): cells = cells.filter { !$0.key.hasPrefix(prefix) }
        }
    }

    fileprivate func records(after sequence: UInt64) -> [Record] {
        guard sequence < head, sequence >= purged else { return [] }
        return records.dropFirst(Int(sequence - purged)).enumerated().map { offset, bytes in
            Record(sequence: sequence + UInt64(offset) + 1, bytes: bytes)
        }
    }
}

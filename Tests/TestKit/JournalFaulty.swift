public import Journal
import Synchronization

/// A journal whose appends can be made to fail or to wait, over one that works.
///
/// Everything but ``append(_:completion:)`` goes straight through.
public final class FaultyJournal<Base: Journal>: Journal {
    /// What happens to one append.
    public enum Fate: Sendable {
        /// It reaches the journal.
        case pass
        /// It is refused with this error and does not reach the journal.
        case fail(JournalError)
        /// It reaches the journal, but the caller gets this error: an outcome that nobody knows.
        case loseAnswer(JournalError)
        /// It waits, with all later appends behind it, until ``FaultyJournal/release()``.
        case hold
    }

    private struct State {
        var isHolding = false
        var held: [(Append, @Sendable (Result<UInt64, JournalError>) -> Void)] = []
    }

    /// The journal under this one.
    public let base: Base
    private let fate: @Sendable (Append) -> Fate
    private let state = Mutex(State())

    /// Wraps a journal.
    ///
    /// - Parameters:
    ///   - base: The journal that does the work.
    ///   - fate: Called for each append, on the caller's thread, before anything happens to it.
    public init(_ base: Base, fate: @escaping @Sendable (Append) -> Fate) {
        self.base = base
        self.fate = fate
    }

    /// The number of appends that wait.
    public var heldCount: Int { state.withLock { $0.held.count } }

    /// Lets everything that waits through, in the order it came.
    public func release() {
        let held = state.withLock { state in
            defer { state = State() }
            return state.held
        }
        for (append, completion) in held { base.append(append, completion: completion) }
    }

    /// Stores, refuses or holds one append.
    public func append(
        _ append: Append, completion: @escaping @Sendable (Result<UInt64, JournalError>) -> Void
    ) {
        let fate = fate(append)
        let isHeld = state.withLock { state in
            if case .hold = fate { state.isHolding = true }
            if state.isHolding { state.held.append((append, completion)) }
            return state.isHolding
        }
        guard !isHeld else { return }
        switch fate {
        case .pass, .hold: base.append(append, completion: completion)
        case .fail(let error): completion(.failure(error))
        case .loseAnswer(let error): base.append(append) { _ in completion(.failure(error)) }
        }
    }

    /// Passed through.
    @discardableResult
    public func create(_ first: Append, epoch: String) async throws(JournalError) -> UInt64 {
        try await base.create(first, epoch: epoch)
    }

    /// Passed through.
    public func load(_ stream: String) async throws(JournalError) -> StreamContents {
        try await base.load(stream)
    }

    /// Passed through.
    public func records(
        of stream: String, after: UInt64, limit: Int
    ) async throws(JournalError) -> [Record] {
        try await base.records(of: stream, after: after, limit: limit)
    }

    /// Passed through.
    public func saveSnapshot(_ snapshot: Snapshot, of stream: String) async throws(JournalError) {
        try await base.saveSnapshot(snapshot, of: stream)
    }

    /// Passed through.
    public func purge(_ stream: String, through: UInt64) async throws(JournalError) {
        try await base.purge(stream, through: through)
    }

    /// Passed through.
    public func erase(_ stream: String) async throws(JournalError) { try await base.erase(stream) }

    /// Passed through.
    public func lookUp(_ key: String) async throws(JournalError) -> String? { try await base.lookUp(key) }

    /// Passed through.
    public func directory(
        _ keys: ClosedRange<String>, limit: Int
    ) async throws(JournalError) -> [DirectoryEntry] {
        try await base.directory(keys, limit: limit)
    }

    /// Passed through.
    public func streams(after: String?, limit: Int) async throws(JournalError) -> [String] {
        try await base.streams(after: after, limit: limit)
    }

    /// Passed through.
    public func verify() async throws(JournalError) { try await base.verify() }

    /// Passed through.
    public func close() async throws(JournalError) { try await base.close() }
}

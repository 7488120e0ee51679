internal import Synchronization

/// How many may be at the same kind of work at the same time. Whoever finds no place is turned away, never kept waiting.
final class ConcurrencyLimit: Sendable {
    let limit: Int
    private let taken = Atomic<Int>(0)

    init(_ limit: Int) { self.limit = limit }

    /// Takes a place; whoever got one gives it back with ``leave()``.
    func take() -> Bool {
        if taken.add(1, ordering: .relaxed).newValue <= limit { return true }
        leave()
        return false
    }

    func leave() { taken.subtract(1, ordering: .relaxed) }
}

internal import HeapModule

/// Timers in order of their deadlines; equal deadlines in order of scheduling.
///
/// Theory: the heap holds keys, the slot table holds the actions. Cancelling takes the action out and leaves the
/// key behind, which is skipped when it comes up; when dead keys are more than half, the heap is built anew. So a
/// timer that is moved with every message costs amortised O(log n) and never more than twice the memory.
struct TimerQueue {
    private struct Key: Comparable {
        let deadline: Int64
        let sequence: UInt64
        let token: SlotToken

        static func < (left: Key, right: Key) -> Bool {
            (left.deadline, left.sequence) < (right.deadline, right.sequence)
        }
    }

    private var keys = Heap<Key>()
    private var actions = SlotTable<() -> Void>()
    private var nextSequence: UInt64 = 0

    /// Timers that are neither fired nor cancelled.
    var count: Int { actions.count }

    /// Keys held, dead ones included.
    var keyCount: Int { keys.count }

    mutating func insert(deadline: Int64, action: @escaping () -> Void) -> SlotToken {
        let token = actions.insert(action)
        keys.insert(Key(deadline: deadline, sequence: nextSequence, token: token))
        nextSequence += 1
        return token
    }

    mutating func cancel(_ token: SlotToken) {
        guard actions.remove(token) != nil else { return }
        if keys.count > 64, keys.count > 2 * actions.count {
            keys = Heap(keys.unordered.filter { actions[$0.token] != nil })
        }
    }

    mutating func removeAll() {
        keys = Heap()
        actions.removeAll()
    }

    /// The earliest living deadline.
    mutating func earliestDeadline() -> Int64? {
        while let key = keys.min {
            if actions[key.token] != nil { return key.deadline }
            _ = keys.popMin()
        }
        return nil
    }

    /// Marks the timers scheduled so far, so that one which schedules itself anew at once cannot hold the loop.
    var horizon: UInt64 { nextSequence }

    /// Takes out the next timer that is due and was scheduled before the horizon.
    mutating func takeDue(now: Int64, before horizon: UInt64) -> (() -> Void)? {
        while let key = keys.min, key.deadline <= now, key.sequence < horizon {
            _ = keys.popMin()
            if let action = actions.remove(key.token) { return action }
        }
        return nil
    }
}

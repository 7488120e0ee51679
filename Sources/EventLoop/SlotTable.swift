/// A place in a ``SlotTable``, and which of its successive tenants is meant. Packs into epoll's 64-bit token.
struct SlotToken: Hashable, Sendable {
    let index: UInt32
    let generation: UInt32

    init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }

    init(packed: UInt64) {
        index = UInt32(truncatingIfNeeded: packed)
        generation = UInt32(truncatingIfNeeded: packed >> 32)
    }

    var packed: UInt64 { UInt64(generation) << 32 | UInt64(index) }
}

/// Values found by index instead of by hash; a token whose value was removed finds nothing, even when its place
/// is used again.
struct SlotTable<Value> {
    private struct Slot {
        var generation: UInt32
        var value: Value?
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []

    var count: Int { slots.count - free.count }

    mutating func insert(_ value: Value) -> SlotToken {
        if let index = free.popLast() {
            slots[Int(index)].value = value
            return SlotToken(index: index, generation: slots[Int(index)].generation)
        }
        let index = UInt32(slots.count)
        slots.append(Slot(generation: 0, value: value))
        return SlotToken(index: index, generation: 0)
    }

    subscript(token: SlotToken) -> Value? {
        let index = Int(token.index)
        guard index < slots.count, slots[index].generation == token.generation else { return nil }
        return slots[index].value
    }

    /// Replaces a living value; does nothing for a stale token.
    mutating func replace(_ token: SlotToken, with value: Value) {
        guard self[token] != nil else { return }
        slots[Int(token.index)].value = value
    }

    mutating func remove(_ token: SlotToken) -> Value? {
        guard let value = self[token] else { return nil }
        let index = Int(token.index)
        slots[index].value = nil
        // Generation UInt32.max is never handed out: the packed token of all ones belongs to the loop itself.
        slots[index].generation = slots[index].generation == .max - 1 ? 0 : slots[index].generation + 1
        free.append(token.index)
        return value
    }

    mutating func removeAll() {
        for index in slots.indices where slots[index].value != nil {
            _ = remove(SlotToken(index: UInt32(index), generation: slots[index].generation))
        }
    }
}

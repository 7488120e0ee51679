import TestKit

/// Simulated time: what is to happen, in the order of its time, and among equals in the order it was asked for.
struct Scheduler {
    private struct Item {
        var at: Int64
        var order: UInt64
        var act: () async throws -> Void
    }

    /// Milliseconds since the world began; never goes back.
    private(set) var now: Int64 = 0
    private var heap: [Item] = []
    private var count: UInt64 = 0

    var isEmpty: Bool { heap.isEmpty }

    mutating func after(_ milliseconds: Int64, _ act: @escaping () async throws -> Void) {
        count += 1
        heap.append(Item(at: now + max(0, milliseconds), order: count, act: act))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard precedes(child, parent) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// The next thing to do; time moves on to it.
    mutating func next() -> (() async throws -> Void)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        now = first.at
        return first.act
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(child, least) {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        (heap[left].at, heap[left].order) < (heap[right].at, heap[right].order)
    }
}

/// Random choices from the seed.
struct Dice {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    mutating func chance(_ percent: Double) -> Bool {
        Double.random(in: 0..<100, using: &generator) < percent
    }
    /// From 0 up to 1.
    mutating func fraction() -> Double { Double.random(in: 0..<1, using: &generator) }
    mutating func pick<Item>(_ items: [Item]) -> Item { items[number(0...(items.count - 1))] }
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(number(0...255)) } }
}

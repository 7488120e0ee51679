internal import Glibc

/// How much of a worker's time its rooms take, and how often they may therefore speak.
///
/// A decaying average: what happened 100 ms ago counts 37 %.
struct LoadMeter {
    /// The longest time between two turns of a room; 33 ms.
    ///
    /// A send costs the same whether it carries two notes or four, so this is what a full hall costs. At 33 ms a workshop
    /// of 1000 shows 99 of 100 notes within 45 ms, for less than half of what a bare relay takes (docs/performance.md).
    static let longestInterval: Int64 = 33_000_000
    /// The share of the worker's time above which every room waits that long.
    static let fullPaceShare = 0.125
    private static let memory = 100_000_000.0

    private var share = 0.0
    private var at: Int64 = 0

    /// Counts time spent, in nanoseconds.
    mutating func add(_ nanoseconds: Int64, at now: Int64) {
        share = share * exp(-Double(now - at) / Self.memory) + Double(nanoseconds) / Self.memory
        at = now
    }

    /// When a room that has just spoken may speak again, in monotonic nanoseconds.
    ///
    /// Under a millisecond it is at once. Longer waits end on ticks that all rooms share, of 33 ms, half or a quarter of
    /// that, so that their batches go into one commit.
    func nextTick(after now: Int64) -> Int64 {
        let longest = Self.longestInterval
        let wait = Double(longest) * min(1, share / Self.fullPaceShare)
        guard wait >= 1_000_000 else { return now }
        let tick =
            wait <= Double(longest / 4) ? longest / 4 : wait <= Double(longest / 2) ? longest / 2 : longest
        return (now / tick + 1) * tick
    }

    /// How long the worker's loop may wait for more to come together: half a millisecond at full pace.
    func rest(at now: Int64) -> Int64 {
        share * exp(-Double(now - at) / Self.memory) >= Self.fullPaceShare ? 500_000 : 0
    }
}

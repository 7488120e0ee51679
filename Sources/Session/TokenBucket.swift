/// How fast one participant may send: 20 messages a second, 60 at once, and so many bytes as go with them. Counted for the
/// participant, never for an address.
public struct TokenBucket: Hashable, Sendable {
    /// What a command gets.
    public enum Verdict: Hashable, Sendable {
        /// Go on.
        case granted
        /// Too fast; try again after so many seconds, at least 1.
        case wait(seconds: Int)
        /// Several times too fast, for seconds on end: nothing that a person does.
        case abuse
    }

    /// Bytes that go with one message; a longer one counts for as many as it takes. So 80 KiB a second, 240 KiB at once.
    public static let bytesEach = 4 << 10
    /// Messages a second, evenly regained.
    public static let rate: Int64 = 20
    /// Messages at once.
    public static let burst: Int64 = 60
    /// Refusals, beyond those that are forgiven, after which it is abuse.
    public static let patience: Int64 = 600
    /// Refusals a second that are forgiven: a phone that resends what it owes is never cut off.
    public static let forgiveness: Int64 = 60

    /// When it was last asked. One of these is kept for each phone: the fields are as small as they can be.
    private(set) var lastAsked = Int64.min
    /// In thousandths of a command.
    private var tokens = Int32(burst * 1000)
    /// In thousandths of a refusal.
    private var refused: Int32 = 0

    /// A full bucket.
    public init() {}

    /// For how many messages one of so many bytes counts.
    public static func cost(ofBytes count: Int) -> Int { 1 + max(0, count - 1) / bytesEach }

    /// Asks for one message.
    ///
    /// - Parameters:
    ///   - cost: For how many it counts; at least 1.
    ///   - now: Any clock that never goes back, in milliseconds.
    /// - Returns: The verdict.
    public mutating func take(_ cost: Int = 1, at now: Int64) -> Verdict {
        refill(at: now)
        // One that costs more than there ever is passes when there is all there can be.
        let cost = Int32(min(max(1, cost), Int(Self.burst))) * 1000
        guard tokens >= cost else { return refusal() }
        tokens -= cost
        return .granted
    }

    /// Counts a command that is not taken for another reason: never granted, and abuse if there are too many.
    public mutating func turnAway(at now: Int64) -> Verdict {
        refill(at: now)
        return refusal()
    }

    private mutating func refill(at now: Int64) {
        let last = lastAsked == .min ? now : lastAsked
        let passed = now > last ? min(now - last, 60_000) : 0
        lastAsked = max(now, last)
        tokens = Int32(min(Self.burst * 1000, Int64(tokens) + passed * Self.rate))
        refused = Int32(max(0, Int64(refused) - passed * Self.forgiveness))
    }

    private mutating func refusal() -> Verdict {
        refused += 1000
        return refused > Self.patience * 1000 ? .abuse : .wait(seconds: 1)
    }
}

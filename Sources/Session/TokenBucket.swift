/// How fast one participant may command: 20 a second, 60 at once. Counted for the participant, never for an address.
public struct TokenBucket: Hashable, Sendable {
    /// What a command gets.
    public enum Verdict: Hashable, Sendable {
        /// Go on.
        case granted
        /// Too fast; try again after so many seconds, at least 1.
        case wait(seconds: Int)
        /// Ten times too fast: nothing that a person does.
        case abuse
    }

    /// Commands a second, evenly regained.
    public static let rate: Int64 = 20
    /// Commands at once.
    public static let burst: Int64 = 60
    /// Refusals in a row, without a pause of a second, after which it is abuse.
    public static let patience = 600

    /// In thousandths of a command.
    private var tokens = burst * 1000
    private var at: Int64?
    private var refused = 0

    /// A full bucket.
    public init() {}

    /// Asks for one command.
    ///
    /// - Parameter now: Any clock that never goes back, in milliseconds.
    /// - Returns: The verdict.
    public mutating func take(at now: Int64) -> Verdict {
        let passed = max(0, min(now - (at ?? now), 60_000))
        at = now
        tokens = min(Self.burst * 1000, tokens + passed * Self.rate)
        if passed >= 1000 { refused = 0 }
        guard tokens >= 1000 else {
            refused += 1
            return refused > Self.patience ? .abuse : .wait(seconds: 1)
        }
        tokens -= 1000
        return .granted
    }
}

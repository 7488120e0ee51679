/// How much there may be of something in a workshop as a whole: so much a second, and so much at once.
///
/// It has no notion of abuse: whoever is told to wait may be one of hundreds who did nothing wrong.
public struct Allowance: Hashable, Sendable {
    /// How much is regained each second.
    public let perSecond: Int64
    /// How much there is at most.
    public let burst: Int64
    private var left: Int64
    private var askedAt: Int64?

    /// A full one.
    public init(perSecond: Int64, burst: Int64) {
        self.perSecond = perSecond
        self.burst = burst
        left = burst * 1_000
    }

    /// Asks for some of it.
    ///
    /// - Parameters:
    ///   - cost: How much; at least 1.
    ///   - now: Any clock that never goes back, in milliseconds.
    /// - Returns: nil when it is granted; else after how many seconds, at least 1, to ask again.
    public mutating func take(_ cost: Int64 = 1, at now: Int64) -> Int? {
        let passed = min(max(0, now - (askedAt ?? now)), 3_600_000)
        askedAt = max(now, askedAt ?? now)
        left = min(burst * 1_000, left + passed * perSecond)
        guard left < cost * 1_000 else {
            left -= cost * 1_000
            return nil
        }
        return Int(max(1, (cost * 1_000 - left + perSecond * 1_000 - 1) / (perSecond * 1_000)))
    }
}

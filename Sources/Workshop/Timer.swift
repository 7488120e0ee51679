/// The shared countdown. The server's clock alone decides; a device shows its own estimate of it.
public struct Timer: Hashable, Sendable, Codable {
    /// Where the countdown is.
    public enum State: Hashable, Sendable, Codable {
        /// Ends at that time, in milliseconds since 1970-01-01T00:00:00Z.
        case running(deadline: Int64)
        /// Stands still with so many milliseconds left.
        case paused(remaining: Int64)
        /// Has run out.
        case ended
    }

    /// Where the countdown is.
    public var state: State
    /// The length in all, extensions included, in milliseconds.
    public var duration: Int64

    /// Makes a timer.
    public init(state: State, duration: Int64) {
        self.state = state
        self.duration = duration
    }
}

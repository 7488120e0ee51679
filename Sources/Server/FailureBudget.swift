internal import EventLoop
internal import Synchronization

/// How many wrong codes the whole server puts up with (protocol rule A3).
///
/// A code is short, so that it can be read aloud; what keeps it from being guessed is that guesses are few. The budget is
/// one for all: a hall behind one address is never throttled for sharing it, only wrong codes count.
final class FailureBudget: Sendable {
    private struct State {
        var tokens: Double
        var at: Int64
    }

    private let perMinute: Double
    private let state: Mutex<State>

    /// - Parameter perMinute: Failures in a minute, evenly regained; also the most that can come at once.
    init(perMinute: Int) {
        self.perMinute = Double(perMinute)
        state = Mutex(State(tokens: Double(perMinute), at: MonotonicClock.nowMilliseconds()))
    }

    /// Whether another guess is let through.
    var isOpen: Bool { state.withLock { refill(&$0) >= 1 } }

    /// Counts a failure.
    func fail() {
        state.withLock {
            _ = refill(&$0)
            $0.tokens = max(0, $0.tokens - 1)
        }
    }

    @discardableResult
    private func refill(_ state: inout State) -> Double {
        let now = MonotonicClock.nowMilliseconds()
        state.tokens = min(perMinute, state.tokens + Double(now - state.at) * perMinute / 60_000)
        state.at = now
        return state.tokens
    }
}

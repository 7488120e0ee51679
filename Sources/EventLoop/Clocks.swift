internal import CLinux

/// Time that never goes back and does not follow the wall clock; with ``WallClock`` the only place a clock is read.
public enum MonotonicClock {
    /// Milliseconds since some fixed point of this boot (CLOCK_MONOTONIC), rounded down.
    public static func nowMilliseconds() -> Int64 { nowNanoseconds() / 1_000_000 }

    /// Nanoseconds since the same point.
    public static func nowNanoseconds() -> Int64 { clinux_monotonic_nanoseconds() }
}

/// The time of day, which an administrator or the network may set back or forth.
public enum WallClock {
    /// Milliseconds since 1970-01-01T00:00:00Z (CLOCK_REALTIME), rounded down.
    public static func nowMilliseconds() -> Int64 { clinux_wall_nanoseconds() / 1_000_000 }
}

/// The time of day as it was when the process began, and what has passed since: no jump of the system's clock reaches it.
///
/// Timers of workshops are deadlines by this clock, so an administrator who mends the time in the middle of an evening
/// ends no timer early and holds none up. What the system's clock is mended by is seen after the next start.
public enum SteadyClock {
    private static let offset = WallClock.nowMilliseconds() - MonotonicClock.nowMilliseconds()

    /// Milliseconds since 1970-01-01T00:00:00Z, rounded down; never goes back.
    public static func nowMilliseconds() -> Int64 { MonotonicClock.nowMilliseconds() + offset }
}

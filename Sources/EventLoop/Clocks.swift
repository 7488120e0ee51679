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

internal import CLinux

/// What a registered descriptor wants to hear about.
public struct Interest: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Takes bits as they are.
    ///
    /// - Parameter rawValue: The bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Bytes to read, or the peer's end of stream.
    public static let readable = Interest(rawValue: 1)
    /// Room in the socket's send buffer, or an outgoing connection that was made or refused.
    public static let writable = Interest(rawValue: 2)

    var mask: UInt32 {
        (contains(.readable) ? CLINUX_EPOLLIN | CLINUX_EPOLLRDHUP : 0)
            | (contains(.writable) ? CLINUX_EPOLLOUT : 0)
    }
}

/// What a descriptor is ready for; level-triggered, so what is not used up is reported again.
public struct Readiness: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Takes bits as they are.
    ///
    /// - Parameter rawValue: The bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A read gives bytes or the end of the stream.
    public static let readable = Readiness(rawValue: 1)
    /// A write takes bytes.
    public static let writable = Readiness(rawValue: 2)
    /// The peer has closed its side, or both sides are gone. Bytes may still be readable before the end. Reported
    /// again until the descriptor is deregistered (or, when only the peer's side is closed, until reading is off).
    public static let hangup = Readiness(rawValue: 4)
    /// The connection has failed; a read or write tells why. Reported again until the descriptor is deregistered.
    public static let error = Readiness(rawValue: 8)

    init(mask: UInt32) {
        var bits: UInt8 = 0
        if mask & CLINUX_EPOLLIN != 0 { bits |= 1 }
        if mask & CLINUX_EPOLLOUT != 0 { bits |= 2 }
        if mask & (CLINUX_EPOLLHUP | CLINUX_EPOLLRDHUP) != 0 { bits |= 4 }
        if mask & CLINUX_EPOLLERR != 0 { bits |= 8 }
        rawValue = bits
    }
}

/// Told when its descriptor is ready. Called on the loop's queue, inside the owner's isolation.
public protocol ReadinessHandler: AnyObject {
    /// Reads or writes what the descriptor is ready for.
    ///
    /// A read that fills less than its buffer needs no second read: what comes later is reported again.
    ///
    /// - Parameter readiness: At least one bit; `hangup` and `error` come also when not asked for.
    func ready(_ readiness: Readiness)
}

/// A descriptor's place in the loop. A stale one (deregistered, its place perhaps used anew) is recognised.
public struct Registration: Hashable, Sendable {
    let token: SlotToken
}

/// A scheduled timer. A stale one (fired or cancelled) is recognised.
public struct TimerToken: Hashable, Sendable {
    let token: SlotToken
}

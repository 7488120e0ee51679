public import Wire
public import Workshop

/// One device's conversation as a state machine: what a message means now, and what is owed.
///
/// Theory. A conversation is *silent* until its hello, *joining* until its place is durable, *live* until somebody ends it,
/// *done* after that. It is *behind* while its socket takes no more; then broadcasts pass it by, and one merged `changes` a
/// channel brings it up when it drains: all it needs for that is the last sequence sent in each channel. Nothing is queued.
///
/// Each input returns one action; whoever holds the machine does it. It does no I/O and reads no clock.
public struct Session: Sendable {
    /// What is to be done.
    public enum Action: Hashable, Sendable {
        /// Let this device in.
        case join(Hello)
        /// Hand this to the workshop.
        case command(ref: UInt32, ClientCommand)
        /// Tell the server's clock.
        case tellTime(t: Int64)
        /// Refuse this command.
        case refuse(ref: UInt32, code: String, retryAfterSeconds: Int?)
        /// Close with this status.
        case close(UInt16)
        /// Send what was missed in every channel.
        case catchUp
        /// Nothing.
        case nothing
    }

    private enum State {
        case silent
        case joining
        case live
        case done
    }

    private var state: State = .silent
    private var bucket = TokenBucket()
    /// The last sequence sent in each channel.
    public var sent = SentSequences()
    /// Commands taken and not answered (protocol rule R4).
    public private(set) var unanswered = 0
    /// Whether the socket takes no more just now.
    public private(set) var isBehind = false

    /// A conversation that has not begun.
    public init() {}

    /// Whether the device is in.
    public var isLive: Bool { state == .live }

    /// Takes a message.
    ///
    /// - Parameters:
    ///   - bytes: The payload of a text frame.
    ///   - now: Any clock that never goes back, in milliseconds.
    /// - Returns: What it means now.
    public mutating func receive(_ bytes: UnsafeRawBufferPointer, at now: Int64) -> Action {
        let message: ClientMessage
        do { message = try ClientMessage.decode(bytes) } catch { return close(error.closeCode) }
        switch state {
        case .silent:
            guard case .hello(let hello) = message else {
                if case .time(let t) = message { return .tellTime(t: t) }
                return close(4400)
            }
            state = .joining
            return .join(hello)
        case .joining:
            // The caller pauses the socket meanwhile; what came in the same read waits there.
            return close(4400)
        case .live:
            return receive(message, at: now)
        case .done:
            return .nothing
        }
    }

    private mutating func receive(_ message: ClientMessage, at now: Int64) -> Action {
        switch message {
        case .hello: return close(4400)
        case .time(let t): return .tellTime(t: t)
        case .refused(let ref, let refusal):
            return .refuse(ref: ref, code: refusal.rawValue, retryAfterSeconds: nil)
        case .command(let ref, let command):
            switch bucket.take(at: now) {
            case .granted: break
            case .wait(let seconds):
                return .refuse(ref: ref, code: WireRefusal.busy.rawValue, retryAfterSeconds: seconds)
            case .abuse: return close(4429)
            }
            guard unanswered < WireLimits.unanswered else { return close(4429) }
            unanswered += 1
            return .command(ref: ref, command)
        }
    }

    private mutating func close(_ code: UInt16) -> Action {
        state = .done
        return .close(code)
    }

    /// The place is durable: the device is in.
    public mutating func joined() { state = .live }

    /// A command has been answered.
    public mutating func answered() { unanswered = max(0, unanswered - 1) }

    /// The socket takes no more.
    public mutating func blocked() { isBehind = true }

    /// The socket has taken everything.
    public mutating func drained() -> Action {
        guard isBehind else { return .nothing }
        isBehind = false
        return isLive ? .catchUp : .nothing
    }

    /// The conversation ends, whoever ends it.
    public mutating func end() { state = .done }
}

/// The last sequence sent in each channel of one conversation.
public struct SentSequences: Hashable, Sendable {
    private var room: UInt64 = 0
    private var own: UInt64 = 0
    private var staff: UInt64 = 0
    private var door: UInt64 = 0

    /// Nothing sent.
    public init() {}

    /// What the device says it has seen, of the same history.
    public init(_ since: [String: UInt64]) {
        room = since["room"] ?? 0
        own = since["own"] ?? 0
        staff = since["staff"] ?? 0
        door = since["door"] ?? 0
    }

    /// One channel's number.
    public subscript(channel: ChannelName) -> UInt64 {
        get {
            switch channel {
            case .room: room
            case .own: own
            case .staff: staff
            case .door: door
            }
        }
        set {
            switch channel {
            case .room: room = newValue
            case .own: own = newValue
            case .staff: staff = newValue
            case .door: door = newValue
            }
        }
    }
}

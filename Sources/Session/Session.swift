public import Wire
public import Workshop

/// One device's conversation as a state machine: what a message means now, and what is owed.
///
/// Theory. A conversation is *silent* until its hello, *joining* until its place is durable, *live* until somebody ends it,
/// *done* after that. It is *behind* while its socket takes no more; then broadcasts pass it by, and one merged `changes` a
/// channel brings it up when it drains: all it needs for that is the last sequence sent in each channel. Nothing is queued.
///
/// A newcomer may be asked for work once; then it is *silent* again, and its next hello is the last.
///
/// A counted command that is to be sent again (rule R6) must come again before any later one is taken: were a later one
/// accepted first, this one would be stale (rule R3), and a note lost because somebody wrote fast. So the machine remembers
/// the lowest counter that has to come again and turns later ones away until it has, or until half a minute shows that
/// its sender has given it up.
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
        case silent(wasChallenged: Bool)
        case joining(wasChallenged: Bool)
        case live
        case done
    }

    // There is one of these for each phone, and a broadcast looks at each: what it needs comes first, and all is small.

    /// The last sequence sent in each channel.
    public var sent = SentSequences()
    private var bucket = TokenBucket()
    /// When a command that has to come again was last heard of.
    private var awaitedSince: Int64 = 0
    /// The lowest counter whose command has to come again; 0 for none.
    private var awaited: UInt32 = 0
    private var unansweredCount: UInt16 = 0
    private var state: State = .silent(wasChallenged: false)
    /// Whether the socket takes no more just now.
    public private(set) var isBehind = false

    /// How long a command that has to come again is waited for; 30 s.
    static let awaitsMilliseconds: Int64 = 30_000

    /// A conversation that has not begun.
    public init() {}

    /// Commands taken and not answered (protocol rule R4).
    public var unanswered: Int { Int(unansweredCount) }

    /// Whether the device is in.
    public var isLive: Bool { if case .live = state { true } else { false } }

    /// Takes a message.
    ///
    /// - Parameters:
    ///   - bytes: The payload of a text frame.
    ///   - now: Any clock that never goes back, in milliseconds.
    ///   - connections: How many connections its participant has: what one may send is shared among them.
    /// - Returns: What it means now.
    public mutating func receive(
        _ bytes: UnsafeRawBufferPointer, at now: Int64, connections: Int = 1
    ) -> Action {
        if case .done = state { return .nothing }
        let message: ClientMessage
        do { message = try ClientMessage.decode(bytes) } catch { return close(error.closeCode) }
        let cost = TokenBucket.cost(ofBytes: bytes.count) * max(1, connections)
        switch state {
        case .silent(let wasChallenged):
            guard case .hello(let hello) = message else {
                if case .time(let t) = message { return small(.tellTime(t: t), at: now) }
                return close(4400)
            }
            state = .joining(wasChallenged: wasChallenged)
            return .join(hello)
        case .joining:
            // The caller pauses the socket meanwhile; what came in the same read waits there.
            return close(4400)
        case .live:
            return receive(message, cost, at: now)
        case .done:
            return .nothing
        }
    }

    /// What costs little and is answered whoever asks, but not as fast as a line carries it: a peer that reads nothing would
    /// else have the server keep the answers.
    private mutating func small(_ action: Action, at now: Int64) -> Action {
        bucket.turnAway(at: now) == .abuse ? close(4429) : action
    }

    private mutating func receive(_ message: ClientMessage, _ cost: Int, at now: Int64) -> Action {
        switch message {
        case .hello: return close(4400)
        case .time(let t): return small(.tellTime(t: t), at: now)
        case .refused(let ref, let refusal):
            return small(.refuse(ref: ref, code: refusal.rawValue, retryAfterSeconds: nil), at: now)
        case .command(let ref, let command):
            guard unanswered < WireLimits.unanswered else { return close(4429) }
            switch isTooEarly(ref, command, at: now) ? bucket.turnAway(at: now) : bucket.take(cost, at: now) {
            case .granted:
                if ref == awaited { awaited = 0 }
                unansweredCount += 1
                return .command(ref: ref, command)
            case .wait(let seconds):
                if command.isCounted { expect(ref) }
                return .refuse(ref: ref, code: WireRefusal.busy.rawValue, retryAfterSeconds: seconds)
            case .abuse: return close(4429)
            }
        }
    }

    private mutating func close(_ code: UInt16) -> Action {
        state = .done
        return .close(code)
    }

    /// The device has been asked for work, and may say hello again.
    ///
    /// - Returns: False when it had been asked before, or is not about to join.
    public mutating func challenged() -> Bool {
        guard case .joining(wasChallenged: false) = state else { return false }
        state = .silent(wasChallenged: true)
        return true
    }

    /// The place is durable: the device is in.
    public mutating func joined() { state = .live }

    /// A command has been answered.
    public mutating func answered() {
        if unansweredCount > 0 { unansweredCount -= 1 }
    }

    /// A counted command has been answered with `busy` or `unavailable`: it is to come again, before any later one.
    public mutating func answered(toComeAgain ref: UInt32) {
        answered()
        expect(ref)
    }

    private mutating func expect(_ ref: UInt32) {
        guard awaited == 0 || ref <= awaited else { return }
        awaited = ref
        awaitedSince = max(0, bucket.lastAsked)
    }

    private mutating func isTooEarly(_ ref: UInt32, _ command: ClientCommand, at now: Int64) -> Bool {
        guard awaited > 0, command.isCounted else { return false }
        if now - awaitedSince > Self.awaitsMilliseconds { awaited = 0 }
        return awaited > 0 && ref > awaited
    }

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

extension ClientCommand {
    /// Whether its counter is kept, so that it must not be passed (protocol rules R3 and R5).
    fileprivate var isCounted: Bool {
        if case .workshop(let command) = self { !command.isAbsolute } else { true }
    }
}

/// The last sequence sent in each channel of one conversation.
public struct SentSequences: Hashable, Sendable {
    private var room: UInt64 = 0
    private var own: UInt64 = 0
    private var staff: UInt64 = 0
    private var door: UInt64 = 0
    private var group: UInt64 = 0
    /// Which group `group` is of; none before the first.
    private var groupID = GroupID(0)

    /// Nothing sent.
    public init() {}

    /// What the device says it has seen, of the same history.
    ///
    /// - Parameters:
    ///   - since: The last sequence seen, by channel.
    ///   - channels: Those that the welcome names; what the device has of any other it drops now, so that begins anew.
    public init(_ since: [String: UInt64], of channels: [ChannelName]) {
        for channel in channels { self[channel] = since[channel.wireName] ?? 0 }
    }

    /// Says which group's channel is followed from now on. Another one begins from 0: the device has dropped what it had.
    public mutating func follow(_ id: GroupID?) {
        let id = id ?? GroupID(0)
        if id != groupID { (groupID, group) = (id, 0) }
    }

    /// One channel's number.
    public subscript(channel: ChannelName) -> UInt64 {
        get {
            switch channel {
            case .room: room
            case .own: own
            case .group(let id): id == groupID ? group : 0
            case .staff: staff
            case .door: door
            }
        }
        set {
            switch channel {
            case .room: room = newValue
            case .own: own = newValue
            case .group(let id): (groupID, group) = (id, newValue)
            case .staff: staff = newValue
            case .door: door = newValue
            }
        }
    }
}

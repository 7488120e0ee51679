public import Wire

/// One page of the client: the rules of web/app/workshop-client.js, connection.js and store.js, held to them by shared
/// fixtures (Tests/Fixtures/client.json). Time, chance and the socket are given to it; what it does comes back as effects.
///
/// Three things it leaves to those and their tests: the estimate of the server's clock, the merged view of the channels, and several
/// tabs of one workshop on one phone.
public struct Phone {
    /// What a page does.
    public enum Effect: Hashable, Sendable {
        /// Opens a socket.
        case dial
        /// Ends the socket it has.
        case hangUp
        /// Sends a message.
        case send(String)
        /// A command is on stable storage.
        case stored(Outbox.Pending, sequence: UInt64)
        /// A command was refused, by the server or here.
        case refused(Outbox.Pending, code: String)
        /// A channel has changed, and stood at a sequence before.
        case changed(String, from: UInt64)
        /// It is over; what waits gets no answer any more.
        case closed
    }

    /// What one channel shows.
    public struct Channel: Hashable, Sendable {
        /// Entries by key.
        public var entries: [String: JSONValue] = [:]
        /// The last sequence seen; 0 before anything was.
        public var sequence: UInt64 = 0
    }

    /// How the page stands to the server.
    public enum Status: String, Sendable { case connecting, live, waiting, closed }

    /// What storage keeps of the workshop.
    public struct Storage {
        /// The device's secret; nil before it has one.
        public var secret: String?
        /// The queue.
        public var outbox = Outbox()

        /// Nothing.
        public init() {}
    }

    /// Commands that are out at once at most.
    static let window = 16
    /// A command out for longer, in milliseconds, is a reason to ask whether the line is alive.
    static let answerExpected: Int64 = 4_000
    /// How often the server's clock is asked for, in milliseconds.
    static let clockInterval: Int64 = 120_000

    /// What it puts into each hello beside its secret: workshop, code or link, name.
    let introduction: [(name: String, value: String)]
    /// From 0 up to 1, for pauses.
    let random: () -> Double
    /// A wrong wiring that the simulation must find.
    let flaw: Flaw?

    /// How it stands to the server.
    public private(set) var status = Status.connecting
    /// Why it is closed.
    public private(set) var closeReason: String?
    /// Who it is, from the last welcome; nil before one.
    public private(set) var participant: String?
    /// In which role.
    public private(set) var role: String?
    /// The history that it follows.
    public private(set) var epoch: String?
    /// What it has of each channel.
    public private(set) var channels: [String: Channel] = [:]
    /// What waits for an answer.
    public private(set) var outbox: Outbox
    private var secret: String
    private var isForgotten = false
    /// Whether this page holds the queue; not when it has been left.
    private var isHeld = true
    private var unanswered = WireLimits.unanswered
    private var messageBytes = WireLimits.messageByteCount
    private var holdUntil: Int64 = 0
    private var misread = 0

    /// Milliseconds; never goes back.
    var now: Int64
    var timers = Timers()
    var line = LineState()
    var effects: [Effect] = []

    /// Loads a page, and dials.
    ///
    /// - Parameters:
    ///   - storage: What an earlier page has left.
    ///   - newSecret: Its secret if storage has none.
    ///   - introduction: What it says of itself in each hello.
    ///   - now: The time in milliseconds.
    ///   - random: From 0 up to 1.
    ///   - flaw: A wrong wiring.
    public init(
        _ storage: Storage, newSecret: String, introduction: [(name: String, value: String)], now: Int64,
        random: @escaping () -> Double, flaw: Flaw? = nil
    ) {
        (self.introduction, self.now, self.random, self.flaw) = (introduction, now, random, flaw)
        outbox = storage.outbox
        secret = storage.secret ?? newSecret
        dial()
    }

    /// What storage holds of it.
    public var stored: Storage {
        var storage = Storage()
        guard !isForgotten else { return storage }
        (storage.secret, storage.outbox) = (secret, outbox.stored)
        return storage
    }

    /// When it wants to be woken; nil when it waits for nothing.
    public var nextDeadline: Int64? { timers.next?.at }

    /// What it has done since the last time.
    public mutating func takeEffects() -> [Effect] {
        defer { effects = [] }
        return effects
    }

    // MARK: What the person does

    /// Gives a command.
    ///
    /// - Returns: What waits with it, possibly an older command with new members; nil when it is refused here, with the code among the
    ///   effects.
    @discardableResult
    public mutating func send(_ id: Int, _ type: String, _ members: String) -> Outbox.Pending? {
        let command = Outbox.Pending(id: id, ref: nil, type: type, members: members)
        guard status != .closed else {
            effects.append(.refused(command, code: closeReason ?? "removed"))
            return nil
        }
        isHeld = true
        guard members.utf8.count + 2 <= messageBytes - 200 else {
            effects.append(.refused(command, code: "too-long"))
            return nil
        }
        guard let pending = outbox.add(id, type, members) else {
            effects.append(.refused(command, code: "outbox-full"))
            return nil
        }
        pump()
        return pending
    }

    /// Leaves the page: the browser may freeze it.
    public mutating func hide() {
        line.isVisible = false
        isHeld = false
        leaveLine()
    }

    /// Comes back to it.
    public mutating func show() {
        line.isVisible = true
        if !isHeld {
            isHeld = true
            pump()
        }
        wake()
    }

    // MARK: What comes

    /// The socket is open.
    mutating func sayHello() {
        var hello = #"{"type":"hello","secret":"\#(secret)""#
        for (name, value) in introduction { hello += #","\#(name)":"\#(value)""# }
        if let epoch, !channels.isEmpty {
            let since = channels.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value.sequence)" }
            hello += #","epoch":"\#(epoch)","since":{\#(since.joined(separator: ","))}"#
        }
        transmit(hello + "}")
    }

    /// A message has come; one that is unknown or broken changes nothing (G3).
    mutating func receive(_ message: JSONValue) {
        switch message["type"]?.string {
        case "welcome": welcome(message)
        case "changes": apply(message)
        case "ack":
            guard let ref = message["ref"]?.int else { return }
            let sequence = UInt64(message["sequence"]?.int ?? 0)
            answered(UInt32(ref)) { .stored($0, sequence: sequence) }
        case "refused":
            guard let code = message["code"]?.string else { return }
            let seconds = max(1, message["retryAfterSeconds"]?.int ?? 1)
            refused((message["ref"]?.int).map(UInt32.init), code, seconds)
        case "bye": line.notBefore = now + (message["comeBackAfterMilliseconds"]?.int ?? 0)
        default: break
        }
    }

    private mutating func welcome(_ message: JSONValue) {
        guard let new = message["epoch"]?.string,
            let names = message["channels"]?.array?.compactMap(\.string),
            let lastRef = message["lastRef"]?.int
        else { return }
        welcomed()
        let somebody = message["participant"]?.string
        channels = channels.filter { name, _ in
            (new == epoch || flaw == .ignoresTheEpoch) && names.contains(name)
                && (name != "own" || somebody == participant || flaw == .ignoresWhoItIs)
        }
        (epoch, participant, role) = (new, somebody, message["role"]?.string)
        let limits = message["limits"]
        unanswered = (limits?["unanswered"]?.int).map(Int.init) ?? WireLimits.unanswered
        messageBytes = (limits?["messageBytes"]?.int).map(Int.init) ?? WireLimits.messageByteCount
        outbox.begin(lastRef: UInt32(lastRef))
        if flaw == .renumbersWhatWasSent { outbox.forgetNumbers() }
        askTime()
        for wait in [400, 1_500] as [Int64] { timers.add(.askTime, at: now + wait) }
        status = .live
        pump()
    }

    private mutating func apply(_ message: JSONValue) {
        let set = message["set"] ?? .object([])
        let drop = message["drop"] ?? .array([])
        guard let name = message["channel"]?.string, let sequence = message["sequence"]?.int,
            let set = set.members, let drop = drop.array, drop.allSatisfy({ $0.string != nil })
        else { return }
        var channel = channels[name] ?? Channel()
        let before = channel.sequence
        if message["whole"]?.bool == true { channel.entries = [:] }
        for member in set { channel.entries[member.name] = member.value }
        for key in drop.compactMap(\.string) { channel.entries[key] = nil }
        channel.sequence = UInt64(sequence)
        channels[name] = channel
        if name == "own", flaw != .keepsOldGroups {
            // What was followed of another group is not ours any more (J3).
            let group = "group/\(channel.entries["me"]?["group"]?.string ?? "")"
            channels = channels.filter { !$0.key.hasPrefix("group/") || $0.key == group }
        }
        effects.append(.changed(name, from: before))
    }

    private mutating func answered(_ ref: UInt32, _ effect: (Outbox.Pending) -> Effect) {
        guard let command = outbox.find(ref) else { return }
        misread = 0
        outbox.remove(ref)
        effects.append(effect(command))
        pump()
    }

    private mutating func refused(_ ref: UInt32?, _ code: String, _ seconds: Int64) {
        let isTemporary = code == "busy" || code == "unavailable"
        guard let ref else {
            // At the door, before any command.
            if isTemporary {
                line.notBefore = now + seconds * 1_000
            } else if role == nil {
                closeReason = code
                stopLine()
                close(4500)
            }
            return
        }
        guard outbox.find(ref) != nil else { return }
        if isTemporary {
            let wait = seconds * 1_000 + Int64(random() * 500)
            outbox.postpone(ref)
            holdUntil = max(holdUntil, now + wait)
            timers.add(.pump, at: now + wait + 1)
        } else if code == "stale-ref", outbox.renumber(ref) {
            pump()
        } else {
            answered(ref) { .refused($0, code: code) }
        }
    }

    private mutating func pump() {
        guard status == .live, now >= holdUntil, isHeld else { return }
        // The first of those that were out is not always the one to blame.
        let isWary = misread > 0 && flaw != .blamesTheFirst
        let commands = outbox.next(unanswered: isWary ? 1 : min(Self.window, unanswered))
        for command in commands {
            let more = command.members.isEmpty ? "" : "," + command.members
            transmit(#"{"type":"\#(command.type)","ref":\#(command.ref ?? 0)\#(more)}"#)
        }
        guard !commands.isEmpty else { return }
        timers.add(.answers(to: commands.map(\.id)), at: now + Self.answerExpected)
    }

    private mutating func askTime() {
        transmit(#"{"type":"time","t":\#(now)}"#)
        timers.set(.clock, at: now + Self.clockInterval)
    }

    // MARK: How the line is

    /// The line is down.
    mutating func isDown(_ code: UInt16) {
        if role != nil { status = .waiting }
        // What the server takes for no message at all (G2) must not keep the others from ever getting through.
        if code == 4400 { misread += 1 }
        guard misread >= 3, let ref = outbox.commands.first?.ref else { return }
        misread = 0
        refused(ref, "malformed", 0)
    }

    /// The server has closed it for good.
    mutating func close(_ code: UInt16) {
        closeReason = closeReason ?? [4501: "removed", 4502: "erased", 4503: "gone"][code] ?? "not-found"
        effects.append(.closed)
        if code == 4502 || code == 4503 || code == 4504 && outbox.commands.isEmpty { isForgotten = true }
        status = .closed
        timers = Timers()
    }

    /// A timer has run out.
    mutating func ring(_ timer: Timers.Name) {
        switch timer {
        case .askTime, .clock: askTime()
        case .pump: pump()
        case .answers(let ids): if outbox.commands.contains(where: { ids.contains($0.id) }) { probe() }
        case .redial, .probe, .quiet, .welcome: ringLine(timer)
        }
    }
}

import Digests
import Wire
import Workshop

/// One page: identity, outbox and store, as web/app has them, and a person who uses it.
final class Client {
    /// Commands that are out at once at most, as in web/app/workshop-client.js.
    static let window = 16

    /// What one channel shows.
    struct Shown {
        var entries: [String: JSONValue] = [:]
        var sequence: UInt64 = 0
    }

    unowned let world: World
    let number: Int
    /// The role it comes with by its link; nil to come by the code.
    let link: (role: Role, text: String)?
    private var secret: String
    private(set) var outbox = Outbox()
    private(set) var channels: [String: Shown] = [:]
    private(set) var epoch: String?
    private(set) var participant: ParticipantID?
    private(set) var role: Role?
    private(set) var line: Line?
    private(set) var isLive = false
    /// Whether it was told not to come back.
    private(set) var isDone = false
    private var holdUntil: Int64 = 0
    private var misread = 0
    /// The token of each note that was written here and has no answer yet.
    private var tokens: [Int: Int] = [:]

    init(_ world: World, number: Int, link: (role: Role, text: String)? = nil) {
        self.world = world
        self.number = number
        self.link = link
        secret = Base64URL.encode(world.dice.bytes(32))
    }

    /// For a failure's message.
    var state: String {
        "c\(number) \(isLive ? "live" : "not live") \(line?.state ?? "no line") \(outbox.commands.count) waiting"
    }

    // MARK: The line

    func dial() {
        guard line == nil, !isDone, let node = world.node else { return retry() }
        let line = Line(world, client: self, node: node)
        self.line = line
        var text =
            #"{"type":"hello","secret":"\#(secret)","workshop":"\#(World.workshopID)","name":"N\#(number)""#
        if let link { text += #","link":"\#(link.text)""# } else { text += #","code":"\#(World.code)""# }
        if let epoch {
            let since = channels.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value.sequence)" }
            text += #","epoch":"\#(epoch)","since":{\#(since.joined(separator: ","))}"#
        }
        line.sendToServer(Array((text + "}").utf8))
    }

    func lost(_ line: Line, code: UInt16?) {
        guard self.line === line else { return }
        self.line = nil
        isLive = false
        if let code, code >= 4500, code < 5000 {
            isDone = true
            world.note("c\(number) is sent away with \(code)")
            return world.after(2_000) { [self] in startAfresh() }
        }
        retry()
    }

    private func retry() {
        guard !isDone else { return }
        world.after(world.isCalm ? 200 : world.dice.number(100...3_000)) { [self] in
            if line == nil { dial() }
        }
    }

    // MARK: Pages

    /// Loads the page anew; storage holds the secret and the queue.
    func reload() {
        world.tally.reloads += 1
        let kept = outbox.stored
        forgetPage()
        outbox = kept
        dial()
    }

    /// Loads the page anew with nothing in storage: another participant.
    func startAfresh() {
        world.tally.forgotten += 1
        forgetPage()
        outbox = Outbox()
        tokens = [:]
        secret = Base64URL.encode(world.dice.bytes(32))
        isDone = false
        dial()
    }

    private func forgetPage() {
        let old = line
        line = nil
        old?.cut()
        (isLive, epoch, participant, role, channels, holdUntil) = (false, nil, nil, nil, [:], 0)
    }

    // MARK: What comes

    func receive(_ bytes: [UInt8], on line: Line) throws {
        guard self.line === line else { return }
        let message = try JSONReader.read(bytes, limits: .trusted)
        switch message["type"]?.string {
        case "welcome": welcome(message)
        case "changes": apply(message)
        case "ack": acknowledged(UInt32(message["ref"]?.int ?? 0))
        case "refused":
            refused(
                UInt32(message["ref"]?.int ?? 0), message["code"]?.string ?? "",
                message["retryAfterSeconds"]?.int)
        default: break
        }
    }

    private func welcome(_ message: JSONValue) {
        let new = message["epoch"]?.string
        let names = message["channels"]?.array?.compactMap(\.string) ?? []
        if world.flaw != .ignoresTheEpoch {
            channels = new == epoch ? channels.filter { names.contains($0.key) } : [:]
        }
        epoch = new
        let before = participant
        participant = message["participant"]?.string.flatMap { ParticipantID($0) }
        if participant != before { channels["own"] = nil }
        role = message["role"]?.string.flatMap(Role.init)
        outbox.begin(lastRef: UInt32(message["lastRef"]?.int ?? 0))
        if world.flaw == .renumbersWhatWasSent { outbox.forgetNumbers() }
        isLive = true
        pump()
    }

    private func apply(_ message: JSONValue) {
        guard let name = message["channel"]?.string, let sequence = message["sequence"]?.int else { return }
        var shown = channels[name] ?? Shown()
        if UInt64(sequence) < shown.sequence {
            world.fail("[C2] c\(number) was sent \(name) \(sequence) after \(shown.sequence)")
        }
        if message["whole"]?.bool == true { shown.entries = [:] }
        for member in message["set"]?.members ?? [] { shown.entries[member.name] = member.value }
        for key in message["drop"]?.array?.compactMap(\.string) ?? [] { shown.entries[key] = nil }
        shown.sequence = UInt64(sequence)
        channels[name] = shown
        world.check(shown, of: name, by: self)
    }

    private func acknowledged(_ ref: UInt32) {
        guard let command = outbox.find(ref) else { return }
        world.tally.acknowledged += 1
        misread = 0
        outbox.remove(ref)
        world.acknowledged(command, token: tokens.removeValue(forKey: command.id), by: self)
        pump()
    }

    private func refused(_ ref: UInt32, _ code: String, _ seconds: Int64?) {
        guard let command = outbox.find(ref) else { return }
        if let seconds {
            outbox.postpone(ref)
            holdUntil = max(holdUntil, world.now + seconds * 1_000)
            world.after(Int(seconds) * 1_000 + 1) { [self] in pump() }
        } else if code == "stale-ref", outbox.renumber(ref) {
            pump()
        } else {
            world.tally.refused += 1
            outbox.remove(ref)
            tokens[command.id] = nil
            pump()
        }
    }

    // MARK: What goes

    func send(_ type: String, _ members: String, token: Int? = nil) {
        let id = world.nextNumber()
        guard outbox.add(id, type, members) != nil else { return }
        if let token { tokens[id] = token }
        world.tally.commands += 1
        pump()
    }

    private func pump() {
        guard isLive, let line, world.now >= holdUntil else { return }
        for command in outbox.next(unanswered: Self.window) {
            let more = command.members.isEmpty ? "" : "," + command.members
            line.sendToServer(Array(#"{"type":"\#(command.type)","ref":\#(command.ref ?? 0)\#(more)}"#.utf8))
        }
    }
}

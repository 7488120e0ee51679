import Digests
import RoomCore
import Session
import WebCodec
import Wire
import Workshop

/// The server's side of one connection: does what the ``Session`` machine says, as the server's `Member` does with a real socket.
final class ServerEnd {
    /// Held until the connection ends, and each by the other until then.
    private let line: Line
    let node: Node
    private var decoder = FrameDecoder(role: .server, messageByteCountLimit: WireLimits.messageByteCount)
    private var session = Session()
    private var isPaused = false
    private var unread: [UInt8] = []
    private var backlog: [UInt8] = []
    private var owed: [UInt8] = []
    private var hello: Hello?
    private(set) var secret: SecretHash?
    private(set) var participant = ParticipantID(0)
    private(set) var role = Role.observer
    /// Whether it waits to be let in, as `Member` has it.
    private var isAtDoor = false

    init(_ line: Line, node: Node) {
        (self.line, self.node) = (line, node)
    }

    var state: String {
        "live \(session.isLive) paused \(isPaused) blocked \(isBlocked) node \(node.isAlive)"
    }
    private var world: World { line.world }
    var isBlocked: Bool { !backlog.isEmpty }

    func receive(_ bytes: [UInt8]) {
        guard !isPaused else {
            unread += bytes
            return
        }
        var bytes = bytes
        var isFaulty = false
        bytes.withUnsafeMutableBytes { buffer in
            var input = FrameInput(buffer)
            do {
                while line.isOpen, let event = try decoder.next(in: &input) {
                    guard case .message(_, let payload, _) = event else { continue }
                    payload.withUnsafeBytes { act(session.receive($0, at: world.now)) }
                    if isPaused {
                        unread = Array(buffer.suffix(input.count))
                        return
                    }
                }
            } catch { isFaulty = true }
        }
        if isFaulty { world.fail("the server was sent a frame that it cannot read") }
    }

    private func act(_ action: Session.Action) {
        switch action {
        case .nothing: break
        case .join(let hello): join(hello)
        case .command(let ref, let command): submit(command, ref)
        case .tellTime(let t): send(text: ServerMessage.time(t: t, now: world.wallClock))
        case .refuse(let ref, let code, let seconds):
            send(text: ServerMessage.refused(ref: ref, code: code, retryAfterSeconds: seconds))
        case .close(let code): close(code)
        case .catchUp: catchUp()
        }
    }

    private func join(_ hello: Hello) {
        self.hello = hello
        secret = SecretHash(SHA256.hash(hello.secret.bytes))
        isPaused = true
        node.knock(self, hello)
    }

    /// Asks the room to let it in, as `Member.knock` does.
    func knock(at core: RoomCore<Node.Asker>) {
        guard let secret, let hello else { return }
        if core.workshop.participant(holding: secret) != nil, core.isSettled { return node.welcome(self) }
        var role = Role.participant
        var entrance: Entrance?
        if core.workshop.participant(holding: secret) == nil {
            entrance =
                if let link = hello.link {
                    SecretHash(SHA256.hash(link.bytes)).map(Entrance.link)
                } else {
                    hello.code.map(Entrance.code)
                }
            guard let given = entrance.flatMap(core.workshop.role(by:)) else { return close(4504) }
            role = given
        }
        node.submit(
            .join(role: role, secret: secret, name: hello.name, attendance: hello.attendance),
            origin: .newcomer(secret), asker: .newcomer(self), entrance: entrance)
    }

    func enter(as participant: Participant) {
        guard line.isOpen, let hello, let core = node.core else { return }
        self.participant = participant.id
        role = participant.role
        isAtDoor = participant.wait == .approval
        session.joined()
        let sameHistory = hello.epoch == node.epoch || world.flaw == .ignoresTheEpoch
        session.sent = sameHistory ? SentSequences(hello.since, of: participant.channels) : SentSequences()
        send(
            text: ServerMessage.welcome(
                .init(
                    workshop: core.workshop.id, epoch: node.epoch, participant: participant.id, role: role,
                    channels: participant.channels, now: world.wallClock, lastRef: participant.accepted.last,
                    noteCharacters: 500)))
        catchUp()
        isPaused = false
        let rest = unread
        unread = []
        if !rest.isEmpty { receive(rest) }
    }

    private func submit(_ command: ClientCommand, _ ref: UInt32) {
        guard case .workshop(let command) = command else { return }
        node.submit(command, origin: .member(participant, ref: ref), asker: .member(self, ref: ref))
    }

    func acknowledge(_ ref: UInt32, at sequence: UInt64) {
        session.answered()
        owed += FrameEncoder.frame(.text, ServerMessage.ack(ref: ref, sequence: sequence))
    }

    func owe(_ refusal: Refusal, _ ref: UInt32) {
        session.answered()
        owed += FrameEncoder.frame(.text, ServerMessage.refused(ref: ref, code: refusal.rawValue))
    }

    func refuseForNow(_ ref: UInt32, _ code: String) {
        session.answered(toComeAgain: ref)
        send(text: ServerMessage.refused(ref: ref, code: code, retryAfterSeconds: 1))
    }

    // MARK: Sending

    /// Sends what is new in each channel, and the answers: own first, then answers, then the rest (protocol rule R2).
    func catchUp() {
        guard session.isLive, line.isOpen, let core = node.core else { return }
        let own = ChannelName.own(participant)
        let tellsOwn = !isBlocked
        if role.hasOwnChannel { bring(own, core) }
        if tellsOwn { session.sent.follow(core.channels.group(of: participant)) }
        if world.flaw == .leaksOwnChannel, let author = world.lastAuthor, author != participant {
            send(Self.frame(.own(author), since: 0, core))
        }
        if !owed.isEmpty {
            send(owed)
            owed = []
        }
        if isAtDoor {
            isAtDoor = core.workshop.participants[participant]?.wait == .approval
            if isAtDoor, world.flaw != .showsTheRoomAtTheDoor { return }
        }
        for channel in role.channels(for: participant) where channel != own { bring(channel, core) }
        if let group = core.channels.group(of: participant) { bring(.group(group), core) }
    }

    private func bring(_ channel: ChannelName, _ core: RoomCore<Node.Asker>) {
        let since = session.sent[channel]
        guard since < core.channels.lastChange(of: channel) || core.mustBeWhole(channel, since: since) else {
            return
        }
        guard !isBlocked else {
            world.tally.blocked += 1
            if world.flaw == .skipsWhatWasMissed { session.sent[channel] = core.channels.sequence }
            return
        }
        send(Self.frame(channel, since: session.sent[channel], core))
        session.sent[channel] = core.channels.sequence
    }

    private static func frame(_ name: ChannelName, since: UInt64, _ core: RoomCore<Node.Asker>) -> [UInt8] {
        let isWhole = core.mustBeWhole(name, since: since)
        var changes = ChangesBuilder(channel: name, sequence: core.channels.sequence, isWhole: isWhole)
        core.channels[name].forEachChange(since: isWhole ? 0 : since) { key, value in
            if let value { changes.set(key, value.json) } else { changes.drop(key) }
        }
        return FrameEncoder.frame(.text, changes.finish())
    }

    private func send(text: [UInt8]) { send(FrameEncoder.frame(.text, text)) }

    private func send(_ frame: [UInt8]) {
        guard line.isOpen else { return }
        world.tally.frames += 1
        world.check(sent: frame, to: participant, as: role, from: node)
        if isBlocked {
            backlog += frame
        } else {
            let count = min(frame.count, line.room)
            line.sendToClient(frame[..<count])
            if count < frame.count {
                backlog = Array(frame[count...])
                session.blocked()
            }
        }
        if backlog.count > 1 << 20 {
            world.fail("a phone that does not read makes the server keep a megabyte")
        }
    }

    /// The kernel has taken some of it.
    func writable() {
        guard isBlocked else { return }
        let count = min(backlog.count, line.room)
        line.sendToClient(backlog[..<count])
        backlog.removeFirst(count)
        if !isBlocked { act(session.drained()) }
    }

    // MARK: The end

    func close(_ code: UInt16) {
        session.end()
        let frame = FrameEncoder.close(code)
        if isBlocked { backlog += frame } else { line.sendToClient(frame[...]) }
        node.leave(self)
    }

    func comeBack() {
        send(
            text: ServerMessage.bye(
                reason: "restart", comeBackAfterMilliseconds: world.dice.number(200...1500)))
        close(1001)
    }

    func gone() {
        session.end()
        node.leave(self)
    }
}

internal import Digests
internal import EventLoop
internal import Journal
internal import RoomCore
internal import Session
internal import WebCodec
internal import Wire
internal import Workshop

/// One device's conversation with a workshop: does what the ``Session`` machine says, with a real connection and room.
final class Member: WebSocketApplication {
    // A broadcast looks at every member: what it needs stands first, within one line of the processor's cache.

    private var connection: Connection?
    /// Frames with answers that leave with the next broadcast.
    private var owed: [UInt8] = []
    private var session = Session()
    /// The count of the last shared compressed frame it was sent (see ``SharedDeflate``); never a real one before that.
    private var deflateStep = UInt32.max
    /// As the stage has it: a broadcast touches as few objects as can be.
    private var compression: CompressionTerms?
    private(set) var role = Role.observer
    private(set) var attendance = Attendance.room
    /// Whether it waits to be let in, and is told of nothing but itself.
    private(set) var isAtDoor = false
    /// The participant; known once it is let in.
    private(set) var participant = ParticipantID(0)

    /// Whether it has been told how many are connected, since it came in.
    var knowsPresence = false
    /// Its place among the room's members.
    var seat = 0
    private var room: Room?
    private unowned var stage: WebSocketStage?
    /// The device's secret, hashed; nil before its hello and once it is in.
    private(set) var secretHash: SecretHash?

    /// Whether there is still somebody to talk to.
    var isConnected: Bool { connection != nil }
    /// Whether broadcasts pass it by until it drains.
    var isBehind: Bool { connection?.isBlocked ?? true }

    // MARK: What the connection tells

    func opened(_ stage: WebSocketStage, on connection: Connection) {
        self.connection = connection
        self.stage = stage
        compression = stage.compression
        connection.deadline = MonotonicClock.nowMilliseconds() + Timeouts.hello
    }

    func received(_ kind: MessageKind, _ payload: UnsafeRawBufferPointer, from connection: Connection) {
        guard kind == .text else { return close(CloseCode.unsupportedData) }
        let connections = room?.connectionCount(of: participant) ?? 1
        act(
            session.receive(payload, at: connection.lastReceived, connections: connections),
            cost: TokenBucket.cost(ofBytes: payload.count))
    }

    func drained(_ connection: Connection) {
        session.blocked()
        act(session.drained())
    }

    func sweep(at now: Int64, _ connection: Connection) {
        if !session.isLive, let deadline = connection.deadline, now >= deadline { close(4401) }
    }

    func closed() {
        connection = nil
        stage = nil
        session.end()
        room?.leave(self)
        room = nil
    }

    private func act(_ action: Session.Action, cost: Int = 1) {
        switch action {
        case .nothing: break
        case .join(let hello): join(hello)
        case .command(let ref, let command): submit(command, ref, cost)
        case .tellTime(let t):
            guard let now = connection?.worker.shared.options.clock() else { break }
            send(text: ServerMessage.time(t: t, now: now))
        case .refuse(let ref, let code, let retryAfterSeconds):
            send(text: ServerMessage.refused(ref: ref, code: code, retryAfterSeconds: retryAfterSeconds))
        case .close(let code): close(code)
        case .catchUp: if let room { catchUp(room) }
        }
    }

    // MARK: Coming in

    /// Finds the workshop, goes to its worker, and asks to be let in.
    private func join(_ hello: Hello) {
        guard let connection, let stage, let hash = SecretHash(SHA256.hash(hello.secret.bytes)) else {
            return
        }
        secretHash = hash
        stage.pause(connection)
        // Whoever names the workshop may be somebody it knows: that is seen there.
        if let id = hello.workshop { return go(to: id, hello) }
        guard let code = hello.code.flatMap(JoinCode.plain) else { return turnAway() }
        guard let ticket = ticket(for: code, hello) else { return }
        if let id = connection.worker.shared.liveCodes[code] { return go(to: id, hello, ticket) }
        connection.worker.find(DirectoryKey.code(code), for: connection.id) { id in
            // Held until the answer comes; a weak reference would cost every member a side table for good.
            if let id { self.go(to: id, hello, ticket) } else { self.turnAway(ticket) }
        }
    }

    private func go(to id: String, _ hello: Hello, _ ticket: Doorkeeper.Ticket? = nil) {
        guard let connection else { return }
        connection.worker.bring(connection, to: id) { worker, connection in
            guard case .webSocket(let stage) = connection.stage, let member = stage.member else { return }
            worker.withRoom(id) { result in
                switch result {
                case .success(let room): member.knock(at: room, hello, ticket)
                case .failure(.journal(.unknownStream)): member.missed(hello, ticket)
                case .failure: member.comeBack()
                }
            }
        }
    }

    /// The workshop that was named is none. Who came by a code hears what is said at one that exists.
    private func missed(_ hello: Hello, _ ticket: Doorkeeper.Ticket?) {
        guard hello.link == nil, let code = hello.code.flatMap(JoinCode.plain) else { return turnAway() }
        if let ticket = ticket ?? self.ticket(for: code, hello) { turnAway(ticket) }
    }

    private func knock(at room: Room, _ hello: Hello, _ ticket: Doorkeeper.Ticket?) {
        // Whoever comes while this process goes is told to come back with all the others.
        guard let secretHash, isConnected, !room.worker.isDraining else { return }
        let workshop = room.workshop
        if workshop.participant(holding: secretHash) != nil, room.isSettled {
            return room.welcome(self, hello)
        }
        guard workshop.participant(holding: secretHash) == nil else {
            return ask(room, hello, for: .participant, by: nil)
        }
        if let link = hello.link {
            guard let hash = SecretHash(SHA256.hash(link.bytes)) else { return turnAway() }
            guard let role = workshop.role(by: .link(hash)) else { return askProcess(of: room, hello, hash) }
            return ask(room, hello, for: role, by: .link(hash))
        }
        guard let code = hello.code.flatMap(JoinCode.plain) else { return turnAway() }
        guard let ticket = ticket ?? self.ticket(for: code, hello) else { return }
        guard let role = workshop.role(by: .code(code)) else { return turnAway(ticket) }
        if let seconds = room.joins.take(at: connection?.lastReceived ?? 0) {
            return comeBack("busy", withinMilliseconds: seconds * 1_000...seconds * 3_000)
        }
        ask(room, hello, for: role, by: .code(code))
    }

    func ask(_ room: Room, _ hello: Hello, for role: Role, by entrance: Entrance?) {
        guard let secretHash else { return }
        room.submit(
            room.workshop.joining(
                as: role, secret: secretHash, name: hello.name, attendance: hello.attendance, by: entrance),
            from: .newcomer(self, hello), entrance: entrance)
    }

    /// Asks whether the code may be looked at; nil when work was asked for instead (rule H7).
    private func ticket(for code: String, _ hello: Hello) -> Doorkeeper.Ticket? {
        guard let connection, let stage else { return nil }
        switch connection.worker.shared.door.judge(code: code, proof: hello.proof) {
        case .look(let ticket): return ticket
        case .work(let challenge):
            guard session.challenged() else {
                close(4429)
                return nil
            }
            connection.deadline = MonotonicClock.nowMilliseconds() + Timeouts.work
            send(text: ServerMessage.challenge(challenge))
            stage.resume(connection)
            return nil
        }
    }

    /// Is let in: gets its welcome, and one merged `changes` for each channel that has something newer.
    func enter(_ room: Room, as participant: Participant, _ hello: Hello) {
        guard let connection, let stage else { return }
        self.room = room
        self.participant = participant.id
        role = participant.role
        isAtDoor = participant.wait == .approval
        attendance = participant.attendance
        connection.deadline = nil
        secretHash = nil
        session.joined()
        let isSameHistory = hello.epoch == room.epoch
        session.sent =
            isSameHistory ? SentSequences(hello.since, of: participant.channels) : SentSequences()
        connection.gather {
            send(
                text: ServerMessage.welcome(
                    .init(
                        workshop: room.id, epoch: room.epoch, participant: participant.id, role: role,
                        channels: participant.channels,
                        now: room.worker.shared.options.clock(), lastRef: participant.accepted.last,
                        noteCharacters: room.workshop.limits.noteCharacters, links: links(hello, room))))
            catchUp(room)
        }
        stage.resume(connection)
    }

    private func links(_ hello: Hello, _ room: Room) -> [(role: Role, secret: String)] {
        guard role == .facilitator, let link = hello.link else { return [] }
        return Links(facilitator: link.bytes).shown([.helper, .screen, .observer], in: room.workshop)
    }

    /// Is not let in. Wrong codes, closed doors, unknown workshops and wrong links are answered alike, and after the same
    /// time (rule H5).
    func turnAway(_ ticket: Doorkeeper.Ticket = .uncounted) {
        guard let connection else { return }
        connection.worker.shared.door.failed(ticket)
        // Nothing has been read since the hello.
        connection.worker.loop.schedule(atMilliseconds: Doorkeeper.answerTime(connection.lastReceived)) {
            self.close(4504)
        }
    }

    /// Is not let in, by the rules of the workshop.
    func turnAway(_ refusal: Refusal) {
        switch refusal {
        case .removed: close(4501)
        case .full: comeBack("full", withinMilliseconds: 20_000...40_000)
        default: turnAway()
        }
    }

    /// Is sent away by the facilitator, or because the link that it came by has been replaced.
    func dismiss(_ participant: Participant) { close(participant.isRevoked ? 4505 : 4501) }

    // MARK: Commands

    private func submit(_ command: ClientCommand, _ ref: UInt32, _ cost: Int) {
        guard let room else { return }
        if role == .participant,
            let seconds = room.messages.take(Int64(cost), at: connection?.lastReceived ?? 0)
        {
            return refuse(ref, WireRefusal.busy.rawValue, retryAfterSeconds: seconds)
        }
        switch command {
        case .workshop(let command):
            if takesCopiesAlong(command, in: room) { return submitAfterCopies(command, ref, in: room) }
            if case .process(.revokeLink) = command {
                return changeLinks(command, from: .member(self, ref: ref), ref, in: room)
            }
            room.submit(command, from: .member(self, ref: ref))
        case .changeCode:
            let code = JoinCode.make()
            room.submit(
                .changeCode(code), from: .member(self, ref: ref), code: (code, room.workshop.code))
        case .replaceLink(let role, let link):
            let links = Links(facilitator: link.bytes)
            guard let command = links.replacing(role, in: room.workshop) else { return }
            changeLinks(command, from: .linkHolder(self, ref: ref, links, replaces: role), ref, in: room)
        case .addLink(let name, let link):
            guard let hash = SecretHash(SHA256.hash(link.bytes)) else { return }
            room.submit(.process(.addLink(name: name, hash)), from: .member(self, ref: ref))
        case .carry(let origins, let column): carry(origins, to: column, ref, in: room)
        }
    }

    /// Does work elsewhere, and then goes on here, while there is somebody to talk to.
    func prepare<Result: Sendable>(
        _ work: @escaping @Sendable () async -> Result, then: @escaping (Result) -> Void
    ) {
        guard let connection else { return }
        connection.worker.prepare(for: connection.id, work, then)
    }

    /// Does work elsewhere, and then goes on here. Meanwhile nothing more is read: what comes later is not to pass it (rule R3).
    func waitFor<Result: Sendable>(
        _ work: @escaping @Sendable () async -> Result, then: @escaping (Result) -> Void
    ) {
        guard let connection, let stage else { return }
        stage.pause(connection)
        prepare(work) { result in
            then(result)
            guard let connection = self.connection, let stage = self.stage else { return }
            stage.resume(connection)
        }
    }

    /// Answers a command that is durable, in the flush that shows what it changed: first that, then the `ack` (rule R2).
    func acknowledge(_ ref: UInt32, in room: Room) {
        session.answered()
        guard isConnected else { return }
        if owed.isEmpty { room.fanOut.owing.append(self) }
        ServerMessage.ack(ref: ref, sequence: room.channels.sequence).withUnsafeBytes {
            FrameEncoder.append(to: &owed, .text, $0)
        }
    }

    /// Answers a replaced link, in the flush that shows it: first the links as they are now, then the `ack` (rule K2).
    func acknowledge(_ ref: UInt32, showing links: Links, in room: Room) {
        let shown = links.shown([.facilitator, .helper, .screen, .observer], in: room.workshop)
        if isConnected, !shown.isEmpty {
            if owed.isEmpty { room.fanOut.owing.append(self) }
            ServerMessage.links(shown).withUnsafeBytes { FrameEncoder.append(to: &owed, .text, $0) }
        }
        acknowledge(ref, in: room)
    }

    /// Answers a command that did nothing, in the flush that shows what the others of its batch changed.
    func owe(refusal code: String, _ ref: UInt32, in room: Room) {
        session.answered()
        guard isConnected else { return }
        if owed.isEmpty { room.fanOut.owing.append(self) }
        ServerMessage.refused(ref: ref, code: code, retryAfterSeconds: nil).withUnsafeBytes {
            FrameEncoder.append(to: &owed, .text, $0)
        }
    }

    /// Answers a command that did nothing.
    func refuse(_ ref: UInt32, _ code: String, retryAfterSeconds: Int? = nil) {
        if retryAfterSeconds == nil { session.answered() } else { session.answered(toComeAgain: ref) }
        send(text: ServerMessage.refused(ref: ref, code: code, retryAfterSeconds: retryAfterSeconds))
    }

    // MARK: Sending

    /// Whether an answer waits to be sent.
    var isOwed: Bool { !owed.isEmpty }

    /// Whether there is something to send that nobody else gets.
    func hasPrivateNews(_ room: Room) -> Bool {
        isOwed
            || (role.hasOwnChannel
                && session.sent[.own(participant)] < room.channels.lastChange(of: .own(participant)))
            || hasGroupNews(room)
    }

    private func hasGroupNews(_ room: Room) -> Bool {
        guard let group = room.channels.group(of: participant).map(ChannelName.group) else { return false }
        return session.sent[group] < room.channels.lastChange(of: group)
    }

    /// Whether it follows shared channels beside the room's.
    var followsMore: Bool {
        switch role {
        case .participant, .observer: false
        case .facilitator, .helper, .screen: true
        }
    }

    /// The last sequence of the room's channel that it was sent.
    var hasSeenRoom: UInt64 { session.sent[.room] }

    /// Sends what is new in the room's channel: what most members get, most of the time.
    func catchUpRoom(_ room: Room) {
        guard !isBehind, !isAtDoor else { return }
        let since = session.sent[.room]
        session.sent[.room] = room.channels.sequence
        guard let compression else { return send(room.frames.roomFrame(since: since, in: room)) }
        if since == 0, compression.canLoad, let load = room.frames.roomLoad(in: room) {
            deflateStep = .max
            return send(load)
        }
        let plain = room.frames.roomFrame(since: since, in: room)
        guard compression.canShare,
            let shared = room.deflate.frame(of: plain, since: since, last: &deflateStep)
        else { return send(plain) }
        send(shared)
    }

    /// Sends what is new in each of its channels, and its answers, in one system call.
    ///
    /// - Parameter room: Its room.
    func catchUp(_ room: Room) {
        guard let connection else { return }
        if isAtDoor {
            isAtDoor = room.workshop.participants.read(participant) { $0.wait == .approval } ?? true
        }
        connection.gather {
            let own = ChannelName.own(participant)
            let tellsOwn = !isBehind
            if role.hasOwnChannel { bring(own, room) }
            // From its own channel it knows which group is its, and drops what it has of another (protocol rule J3).
            if tellsOwn { session.sent.follow(room.channels.group(of: participant)) }
            if !owed.isEmpty {
                send(owed)
                owed = []
            }
            guard !isAtDoor else { return }
            for channel in role.channels(for: participant) where channel != own { bring(channel, room) }
            if let group = room.channels.group(of: participant) { bring(.group(group), room) }
        }
    }

    private func bring(_ channel: ChannelName, _ room: Room) {
        let since = session.sent[channel]
        guard !isBehind,
            since < room.channels.lastChange(of: channel) || room.mustBeWhole(channel, since: since)
        else { return }
        if channel == .room { return catchUpRoom(room) }
        send(room.frames.frame(of: channel, since: session.sent[channel], in: room))
        session.sent[channel] = room.channels.sequence
    }

    /// Sends a frame. While the kernel has not taken it all, broadcasts pass this member by.
    func send(_ frame: [UInt8]) {
        guard let connection else { return }
        connection.send(frame)
    }

    private func send(text payload: [UInt8]) { send(FrameEncoder.frame(.text, payload)) }

    // MARK: The end

    /// Ends the conversation with a status.
    func close(_ code: UInt16) {
        session.end()
        guard let connection, let stage else { return }
        stage.close(code, connection)
    }

    /// Asks the client to come back, since this end cannot go on.
    ///
    /// - Parameters:
    ///   - reason: Why, as in protocol rule L4.
    ///   - wait: When, drawn anew for each so that they do not come all at once.
    func comeBack(_ reason: String = "restart", withinMilliseconds wait: ClosedRange<Int> = 200...1_500) {
        send(text: ServerMessage.bye(reason: reason, comeBackAfterMilliseconds: .random(in: wait)))
        close(CloseCode.goingAway)
    }
}

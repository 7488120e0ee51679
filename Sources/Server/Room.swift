internal import EventLoop
internal import Journal
internal import Logging
internal import RoomCore
internal import Session
internal import Wire
internal import Workshop

/// One live workshop on its worker: gives its ``RoomCore`` commands and time, has the journal keep what that decides, and
/// tells people what came of it.
final class Room {
    /// Who waits for what came of a command.
    enum Asker {
        /// A member; `ref` pairs the answer.
        case member(Member, ref: UInt32)
        /// A member who replaces a link, and is shown the new ones.
        case linkHolder(Member, ref: UInt32, Links, replaces: Role)
        /// Somebody at the door.
        case newcomer(Member, Hello)
        /// Somebody who is not connected here, or the clock; is told what came of it, or nil when that is unknown.
        case caller(Actor, (Outcome?) -> Void)
        /// The clock.
        case clock
    }

    typealias Request = RoomCore<Asker>.Request
    typealias Outcome = RoomCore<Asker>.Outcome

    let id: String
    /// Names the history that the channels' sequences belong to.
    let epoch: String
    unowned let worker: WorkerCore
    private var core: RoomCore<Asker>
    /// Everybody who is connected and welcome.
    var members: [Member] = []
    /// How many connections each participant has, by its number.
    private var presences: [Int32] = []
    /// Participants with more than one connection.
    private var twinCount = 0
    /// Whether somebody's own channel may have changed who asked for nothing in this batch.
    private(set) var mayHavePrivateNews = false
    /// Whether it stands in the worker's line for a turn.
    var isToTurn = false
    /// Runs when the state is what is durable.
    private var readers: [(Workshop?) -> Void] = []
    private var timer: TimerToken?
    private var recordsSinceSnapshot: Int
    /// The code by which the workers find it.
    private var announced: String?
    var fanOut = FanOut()
    /// What has been encoded of the channels as they are.
    var frames = FrameCache()
    /// The room's channel, compressed once for all.
    var deflate = SharedDeflate()
    private let limits: RoomLimits
    /// What participants may send together.
    var messages: Allowance
    /// How many may come in with the code.
    var joins: Allowance
    /// Since when somebody who has a place is not there, in monotonic milliseconds; kept while others wait for one.
    private var absentSince: [ParticipantID: Int64] = [:]
    /// Since when somebody is not there whom a group may wait for, in monotonic milliseconds.
    private var missedSince: [ParticipantID: Int64] = [:]
    /// When the last member left, in monotonic milliseconds.
    var emptySince: Int64?
    /// What has been told between a process and its sessions.
    var ties = ProcessTies()

    init(_ loaded: LoadedWorkshop, worker: WorkerCore) {
        id = loaded.workshop.id
        epoch = loaded.epoch
        core = RoomCore(workshop: loaded.workshop, channels: loaded.channels)
        recordsSinceSnapshot = loaded.recordsSinceSnapshot
        self.worker = worker
        limits = worker.shared.options.room
        (messages, joins) = (limits.messages, limits.joins)
        emptySince = MonotonicClock.nowMilliseconds()
        armTimer()
        announce()
        tieUp()
    }

    /// The workshop, as far as it has been decided. Lent, not copied: it is looked at for each member of a broadcast.
    var workshop: Workshop { _read { yield core.workshop } }
    /// Whether what has been decided last is not durable yet.
    var isStoring: Bool { core.isStoring }
    /// What everybody may see.
    var channels: Channels<KeptEntry> { _read { yield core.channels } }

    /// Whether a follower is to be given all of a channel in the place of what it has.
    func mustBeWhole(_ channel: ChannelName, since: UInt64) -> Bool {
        core.mustBeWhole(channel, since: since)
    }

    /// Whether nothing is being decided, stored or waited for.
    var isIdle: Bool { members.isEmpty && core.isSettled && workshop.nextDeadline == nil }
    /// Whether every command given has been answered.
    var isSettled: Bool { core.isSettled }

    // MARK: Commands

    /// Takes a command; it is decided at the end of this turn, or when what is being stored is stored.
    func submit(
        _ command: Command, from asker: Asker, code: (new: String, old: String)? = nil,
        entrance: Entrance? = nil
    ) {
        let origin: RoomCore<Asker>.Origin? =
            switch asker {
            case .member(let member, let ref), .linkHolder(let member, let ref, _, _):
                .member(member.participant, ref: ref)
            case .newcomer(let member, _): member.secretHash.map { .newcomer($0) }
            case .caller(let actor, _): .caller(actor)
            case .clock: .clock
            }
        guard let origin else { return refuseBusy(asker) }
        let request = Request(
            command: command, origin: origin, asker: asker, code: code, entrance: entrance)
        guard core.submit(request) else { return refuseBusy(asker) }
        worker.touch(self)
    }

    private func refuseBusy(_ asker: Asker) {
        switch asker {
        case .member(let member, let ref), .linkHolder(let member, let ref, _, _):
            member.refuse(ref, "busy", retryAfterSeconds: 2)
        case .newcomer(let member, _): member.comeBack()
        case .caller(_, let tell): tell(nil)
        case .clock: break
        }
    }

    /// Decides what waits, and hands it to the journal.
    func turn() {
        let begun = MonotonicClock.nowNanoseconds()
        switch core.turn(at: worker.shared.options.clock()) {
        case .nothing: return
        case .settled: return finish()
        case .store(let append, let compacts):
            recordsSinceSnapshot = compacts ? 0 : recordsSinceSnapshot + append.records.count
            worker.store(append, for: self, compacting: compacts)
        }
        worker.load.add(MonotonicClock.nowNanoseconds() - begun, at: begun)
    }

    // MARK: What the journal answered

    /// Goes on after an append.
    func stored(_ result: Result<UInt64, JournalError>) {
        switch result {
        case .success:
            finish()
            if recordsSinceSnapshot >= SnapshotCodec.interval {
                recordsSinceSnapshot = 0
                worker.saveSnapshot(of: self)
            }
        case .failure(let error): worker.appendFailed(error, in: self)
        }
    }

    /// Shows and answers a batch that is durable.
    private func finish() {
        let begun = MonotonicClock.nowNanoseconds()
        let answers = core.settle()
        mayHavePrivateNews = twinCount > 0 || core.hasNewsForOthers
        frames = FrameCache()
        deflate.begin(at: begun)
        for (asker, outcome) in answers {
            switch (asker, outcome) {
            case (.member(let member, let ref), .accepted): member.acknowledge(ref, in: self)
            case (.linkHolder(let member, let ref, let links, let role), .accepted):
                member.acknowledge(ref, showing: links, in: self)
                if role == .facilitator { rekeySessions(links) }
            case (.member(let member, let ref), .refused(let refusal)),
                (.linkHolder(let member, let ref, _, _), .refused(let refusal)):
                member.owe(refusal: refusal.rawValue, ref, in: self)
            case (.newcomer(let member, let hello), .accepted): welcome(member, hello)
            case (.newcomer(let member, _), .refused(let refusal)): member.turnAway(refusal)
            case (.caller(_, let tell), _): tell(outcome)
            case (.clock, _): break
            }
        }
        worker.load.add(MonotonicClock.nowNanoseconds() - begun, at: begun)
        flush()
        announce()
        tell()
        if workshop.openRound != nil || fanOut.turnout != nil { worker.presenceChanged(in: self) }
        dismissRemoved()
        armTimer()
        for reader in readers { reader(workshop) }
        readers = []
        if core.hasWaiting { worker.touch(self) }
    }

    /// Fails a batch: its askers may try again, and the state is to be loaded anew.
    ///
    /// - Returns: Those who are or were about to be members, to be moved to the room that replaces this one.
    func abandon(retryAfterSeconds: Int) -> [Member] {
        let (undecided, unknown) = core.abandon()
        for asker in unknown {
            switch asker {
            case .member(let member, let ref), .linkHolder(let member, let ref, _, _):
                member.refuse(ref, "unavailable", retryAfterSeconds: retryAfterSeconds)
            case .newcomer(let member, _): member.comeBack()
            case .caller(_, let tell): tell(nil)
            case .clock: break
            }
        }
        for asker in undecided { refuseBusy(asker) }
        if let timer { worker.loop.cancel(timer) }
        timer = nil
        for reader in readers { reader(nil) }
        readers = []
        return members
    }

    /// Decides nothing more and lets nobody in, while its stream is being erased.
    func pause() { core.pause() }

    /// Goes on after a pause.
    func resume() {
        core.resume()
        for reader in readers { reader(workshop) }
        readers = []
        if core.hasWaiting { worker.touch(self) }
    }

    /// Lets the workers find this room by its code.
    private func announce() {
        let code = workshop.endedAt == nil && !workshop.code.isEmpty ? workshop.code : nil
        guard code != announced else { return }
        worker.shared.liveCodes.replace(announced, with: code, of: id)
        announced = code
    }

    /// Is forgotten by its worker.
    func retire() {
        worker.shared.liveCodes.replace(announced, with: nil, of: id)
        announced = nil
    }

    /// Calls back with the state as it is durable; nil when nobody knows what that is.
    func read(_ reader: @escaping (Workshop?) -> Void) {
        if core.isStoring { readers.append(reader) } else { reader(workshop) }
    }

    // MARK: Time

    private func armTimer() {
        if let timer { worker.loop.cancel(timer) }
        timer = nil
        guard let deadline = workshop.nextDeadline else { return }
        let wait = max(0, deadline - worker.shared.options.clock())
        timer = worker.loop.schedule(afterMilliseconds: wait) { [weak self] in
            guard let self else { return }
            self.timer = nil
            self.submit(self.workshop.commandAtDeadline, from: .clock)
        }
    }

    // MARK: Members

    /// Lets somebody in whose place is durable.
    func welcome(_ member: Member, _ hello: Hello) {
        guard member.isConnected else { return }
        guard let participant = member.secretHash.flatMap(workshop.participant(holding:)) else {
            return member.turnAway()
        }
        guard !participant.isRemoved else { return member.dismiss(participant) }
        if !participant.role.isStaff, members.count >= limits.connections {
            return member.comeBack("busy", withinMilliseconds: 5_000...15_000)
        }
        guard connectionCount(of: participant.id) < limits.connectionsEach else {
            return member.close(4429)
        }
        emptySince = nil
        member.seat = members.count
        members.append(member)
        count(participant.id, 1)
        member.enter(self, as: participant, hello)
        if member.followsMore { fanOut.watchers.append(member) }
        worker.presenceChanged(in: self)
        if participant.wait == .away { submit(.takePlace(participant.id), from: .clock) }
        if participant.isAway { submit(.setBack(participant.id), from: .clock) }
    }

    /// Forgets somebody whose connection is gone.
    func leave(_ member: Member) {
        guard member.seat < members.count, members[member.seat] === member else { return }
        members.swapAt(member.seat, members.count - 1)
        members[member.seat].seat = member.seat
        members.removeLast()
        if member.followsMore { fanOut.watchers.removeAll { $0 === member } }
        count(member.participant, -1)
        if members.isEmpty { emptySince = MonotonicClock.nowMilliseconds() }
        worker.presenceChanged(in: self)
    }

    /// Gives back, about once a second, the memory of what a quiet room does not need.
    func tidy(at now: Int64) {
        frames = FrameCache()
        releasePlaces(at: now)
        watchGroups(at: now)
        if now * 1_000_000 - fanOut.flushedAt > 10_000_000_000 { deflate.rest() }
    }

    /// Gives the places of people who have been away for long to those who wait for one.
    private func releasePlaces(at now: Int64) {
        guard core.workshop.isFull else { return absentSince = [:] }
        let limit = Int64(worker.shared.options.absenceSeconds) * 1_000
        var gone: [ParticipantID] = []
        for id in core.workshop.placeHolders {
            guard connectionCount(of: id) == 0 else {
                absentSince[id] = nil
                continue
            }
            let since = absentSince[id, default: now]
            absentSince[id] = since
            if now - since >= limit, gone.count < Limits.participantsPerCommand { gone.append(id) }
        }
        if !gone.isEmpty { submit(.releasePlaces(gone), from: .clock) }
    }

    /// Lets the groups know who has been away for long: nobody is to wait for them, and nobody is left alone with them.
    private func watchGroups(at now: Int64) {
        guard workshop.endedAt == nil, workshop.hasGroups else { return missedSince = [:] }
        let limit = Int64(worker.shared.options.groupAbsenceSeconds) * 1_000
        var gone: [ParticipantID] = []
        for id in workshop.placeHolders {
            guard connectionCount(of: id) == 0 else {
                missedSince[id] = nil
                continue
            }
            guard workshop.participants.read(id, { $0.isAway }) == false else { continue }
            let since = missedSince[id, default: now]
            missedSince[id] = since
            if now - since >= limit, gone.count < Limits.participantsPerCommand { gone.append(id) }
        }
        if !gone.isEmpty { submit(.setAway(gone), from: .clock) }
    }

    /// How many connections a participant has.
    func connectionCount(of participant: ParticipantID) -> Int {
        let index = Int(participant.number)
        return index < presences.count ? Int(presences[index]) : 0
    }

    private func count(_ participant: ParticipantID, _ change: Int32) {
        let index = Int(participant.number)
        while presences.count <= index { presences.append(0) }
        presences[index] += change
        if presences[index] == (change > 0 ? 2 : 1) { twinCount += Int(change) }
    }

    private func dismissRemoved() {
        guard mayHavePrivateNews else { return }
        for member in members {
            switch workshop.participants.read(member.participant, { $0.isRemoved }) {
            case false: break
            case true: if let gone = workshop.participants[member.participant] { member.dismiss(gone) }
            case nil: member.close(4502)
            }
        }
    }
}

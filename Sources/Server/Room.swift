internal import EventLoop
internal import Journal
internal import Logging
internal import Wire
internal import Workshop

/// One live workshop on its worker: takes commands, makes them durable, and shows what came of it.
///
/// Theory. Commands that arrive while nothing is being stored are decided together, in order, each against the state
/// that the one before it left; then all their records go to the journal in one append. Until it answers, the state
/// is ahead of what is durable, so nothing is shown, answered or decided; what arrives meanwhile waits. When it
/// answers, the channels are brought up to the state, everybody is answered, and the next batch is decided. A failed
/// append throws the state away and loads the workshop again: the journal is the truth.
final class Room {
    /// Who waits for what came of a command.
    enum Asker {
        /// A member; `ref` pairs the answer.
        case member(Member, ref: UInt32)
        /// Somebody at the door.
        case newcomer(Member, Hello)
        /// Somebody who is not connected here, or the clock; is told what came of it, or nil when that is unknown.
        case caller(Actor, (Outcome?) -> Void)
        /// The clock.
        case clock
    }

    /// A command that has not been decided.
    struct Request {
        var command: Command
        var asker: Asker
        /// A directory key that must lead here for the command to hold; the one it replaces.
        var code: (new: String, old: String)?
        /// Whether it is a way back: it does not hold for somebody who has been erased meanwhile.
        var isReturn = false
    }

    /// What is told to an asker once the batch is durable.
    enum Outcome {
        case accepted
        case refused(Refusal)
    }

    /// Commands decided in one batch at most.
    static let batchLimit = 500
    /// Commands that may wait; beyond it members are told `busy`.
    static let waitingLimit = 20_000

    let id: String
    /// Names the history that the channels' sequences belong to.
    let epoch: String
    unowned let worker: WorkerCore
    var workshop: Workshop
    var channels: Channels<KeptEntry>
    /// Everybody who is connected and welcome.
    var members: [Member] = []
    /// How many connections each participant has, by its number.
    private var presences: [Int32] = []
    /// Participants with more than one connection.
    private var twinCount = 0
    /// Whether somebody's own channel may have changed who asked for nothing in this batch.
    private(set) var mayHavePrivateNews = false

    private var waiting: [Request] = []
    private var answers: [(asker: Asker, outcome: Outcome)] = []
    private var touched = Touched()
    /// Whether it stands in the worker's line for a turn.
    var isToTurn = false
    /// Whether an append is under way.
    private(set) var isStoring = false
    /// Runs when the state is what is durable.
    private var readers: [(Workshop?) -> Void] = []
    private var timer: TimerToken?
    private var recordsSinceSnapshot: Int
    /// Whether the batch being decided erases something, so that the journal's log is replaced by a snapshot.
    private var compacts = false
    /// The code by which the workers find it.
    private var announced: String?
    var fanOut = FanOut()
    /// What has been encoded of the channels as they are.
    var frames = FrameCache()
    /// The room's channel, compressed once for all.
    var deflate = SharedDeflate()
    /// When the last member left, in monotonic milliseconds.
    var emptySince: Int64?

    init(_ loaded: LoadedWorkshop, worker: WorkerCore) {
        id = loaded.workshop.id
        epoch = loaded.epoch
        workshop = loaded.workshop
        channels = loaded.channels
        recordsSinceSnapshot = loaded.recordsSinceSnapshot
        self.worker = worker
        emptySince = MonotonicClock.nowMilliseconds()
        armTimer()
        announce()
    }

    /// Whether nothing is being decided, stored or waited for.
    var isIdle: Bool { members.isEmpty && waiting.isEmpty && !isStoring && workshop.nextDeadline == nil }
    /// Whether every command given has been answered.
    var isSettled: Bool { waiting.isEmpty && !isStoring }

    // MARK: Commands

    /// Takes a command; it is decided at the end of this turn, or when what is being stored is stored.
    func submit(_ request: Request) {
        guard waiting.count < Self.waitingLimit else { return refuseBusy(request) }
        waiting.append(request)
        worker.touch(self)
    }

    private func refuseBusy(_ request: Request) {
        switch request.asker {
        case .member(let member, let ref): member.refuse(ref, "busy", retryAfterSeconds: 2)
        case .newcomer(let member, _): member.turnAway(retry: true)
        case .caller(_, let tell): tell(nil)
        case .clock: break
        }
    }

    /// Decides what waits, and hands it to the journal.
    func turn() {
        guard !isStoring, !waiting.isEmpty else { return }
        let begun = MonotonicClock.nowNanoseconds()
        defer { worker.load.add(MonotonicClock.nowNanoseconds() - begun, at: begun) }
        let batch = waiting.prefix(Self.batchLimit)
        if batch.count == waiting.count { waiting = [] } else { waiting.removeFirst(batch.count) }
        let expected = workshop.sequence
        var append = Append(stream: id, expected: expected)
        let now = worker.shared.options.clock()
        let eraseAt = workshop.retention.eraseAt
        compacts = false
        for request in batch { decide(request, at: now, into: &append) }
        append.directory += DirectoryKey.changes(from: eraseAt, to: workshop.retention.eraseAt, of: id)
        if append.records.isEmpty, append.cells.isEmpty {
            finish()
        } else {
            isStoring = true
            recordsSinceSnapshot = compacts ? 0 : recordsSinceSnapshot + append.records.count
            worker.store(append, for: self, compacting: compacts)
        }
    }

    private func decide(_ request: Request, at now: Int64, into append: inout Append) {
        // Somebody who dialled twice before the first join was stored has joined by now.
        if case .newcomer(let member, _) = request.asker, let hash = member.secretHash,
            workshop.participant(holding: hash) != nil
        {
            answers.append((request.asker, .accepted))
            return
        }
        if request.isReturn {
            answers.append((request.asker, .refused(.removed)))
            return
        }
        do throws(Refusal) {
            let (actor, ref) = identity(of: request.asker)
            switch try workshop.decide(request.command, by: actor, ref: ref, at: now) {
            case .acceptedBefore: break
            case .record(let record):
                workshop.apply(record, touching: &touched)
                add(record, to: &append)
                if let code = request.code {
                    append.directory.append(.remove(key: DirectoryKey.code(code.old)))
                    append.directory.append(.put(key: DirectoryKey.code(code.new)))
                }
                if case .end = request.command {
                    append.directory.append(.remove(key: DirectoryKey.code(workshop.code)))
                }
            }
            answers.append((request.asker, .accepted))
        } catch {
            answers.append((request.asker, .refused(error)))
        }
    }

    private func identity(of asker: Asker) -> (Actor, UInt32) {
        switch asker {
        case .member(let member, let ref): (.participant(member.participant), ref)
        case .newcomer: (.newcomer, 0)
        case .caller(let actor, _): (actor, 0)
        case .clock: (.clock, 0)
        }
    }

    /// Splits a record into what the log keeps and what lives in cells.
    private func add(_ record: Workshop::Record, to append: inout Append) {
        var logged = record
        logged.events.removeAll(where: \.isErasable)
        append.records.append(RecordCodec.encode(logged))
        compacts = compacts || record.events.contains(where: \.demandsCompaction)
        for event in record.events {
            switch event {
            case .ballotSet(let round, let voter, let ballot):
                let key = CellCodec.key(round, voter)
                append.cells.append(
                    ballot.isEmpty ? .erase(key: key) : .put(key: key, value: CellCodec.encode(ballot)))
            case .roundClosed(let round, _, _): append.cells.append(.erasePrefix(CellCodec.prefix(round)))
            default: break
            }
        }
    }

    // MARK: What the journal answered

    /// Goes on after an append.
    func stored(_ result: Result<UInt64, JournalError>) {
        isStoring = false
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
        channels.show(touched, of: workshop, encode: KeptEntry.init)
        mayHavePrivateNews = twinCount > 0 || touchesOthers()
        touched = Touched()
        frames = FrameCache()
        deflate.begin(at: begun)
        let answers = answers
        self.answers = []
        for (asker, outcome) in answers {
            switch (asker, outcome) {
            case (.member(let member, let ref), .accepted): member.acknowledge(ref, in: self)
            case (.member(let member, let ref), .refused(let refusal)):
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
        dismissRemoved()
        armTimer()
        for reader in readers { reader(workshop) }
        readers = []
        if !waiting.isEmpty { worker.touch(self) }
    }

    /// Whether the batch touched the own channel of somebody who is owed no answer for it.
    private func touchesOthers() -> Bool {
        var askers: Set<ParticipantID> = []
        for (asker, _) in answers {
            switch asker {
            case .member(let member, _): askers.insert(member.participant)
            case .newcomer(let member, _):
                // Is sent its whole channel when it is let in.
                if let id = member.secretHash.flatMap(workshop.participant(holding:))?.id {
                    askers.insert(id)
                }
            case .caller, .clock: break
            }
        }
        return touched.places.contains { place in
            if case .own(let reader) = place.channel { !askers.contains(reader) } else { false }
        }
    }

    /// Fails a batch: its askers may try again, and the state is to be loaded anew.
    ///
    /// - Returns: Those who are or were about to be members, to be moved to the room that replaces this one.
    func abandon(retryAfterSeconds: Int) -> [Member] {
        for (asker, _) in answers {
            switch asker {
            case .member(let member, let ref):
                member.refuse(ref, "unavailable", retryAfterSeconds: retryAfterSeconds)
            case .newcomer(let member, _): member.turnAway(retry: true)
            case .caller(_, let tell): tell(nil)
            case .clock: break
            }
        }
        for request in waiting { refuseBusy(request) }
        answers = []
        waiting = []
        if let timer { worker.loop.cancel(timer) }
        timer = nil
        for reader in readers { reader(nil) }
        readers = []
        return members
    }

    /// Decides nothing more and lets nobody in, while its stream is being erased.
    func pause() { isStoring = true }

    /// Goes on after a pause.
    func resume() {
        isStoring = false
        for reader in readers { reader(workshop) }
        readers = []
        if !waiting.isEmpty { worker.touch(self) }
    }

    /// Lets the workers find this room by its code.
    private func announce() {
        let code = workshop.endedAt == nil ? workshop.code : nil
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
        if isStoring { readers.append(reader) } else { reader(workshop) }
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
            self.submit(Request(command: .expireTimer, asker: .clock))
        }
    }

    // MARK: Members

    /// Lets somebody in whose place is durable.
    func welcome(_ member: Member, _ hello: Hello) {
        guard member.isConnected else { return }
        guard let participant = member.secretHash.flatMap(workshop.participant(holding:)) else {
            return member.turnAway()
        }
        guard !participant.isRemoved else { return member.turnAway(.removed) }
        emptySince = nil
        member.seat = members.count
        members.append(member)
        count(participant.id, 1)
        member.enter(self, as: participant, hello)
        if member.followsMore { fanOut.watchers.append(member) }
        worker.presenceChanged(in: self)
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
        if now * 1_000_000 - fanOut.flushedAt > 10_000_000_000 { deflate.rest() }
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
            let isRemoved = workshop.participants.read(member.participant) { $0.isRemoved }
            switch isRemoved {
            case false: break
            case true: member.close(4501)
            case nil: member.close(4502)
            }
        }
    }
}

/// The keys by which the journal's directory finds a workshop.
enum DirectoryKey {
    /// For a join code, in its plain form.
    static func code(_ code: String) -> String { "code/\(code)" }

    /// For the time at which a workshop is to be erased; in the order of that time.
    static func erasure(_ time: Int64, of workshop: String) -> String { "erase/\(digits(time))/\(workshop)" }

    /// All keys for times up to one.
    static func erasures(through time: Int64) -> ClosedRange<String> { "erase/"..."erase/\(digits(time))/~" }

    /// What changes in the directory when a workshop's time does.
    static func changes(from old: Int64?, to new: Int64?, of workshop: String) -> [DirectoryChange] {
        guard old != new else { return [] }
        return (old.map { [.remove(key: erasure($0, of: workshop))] } ?? [])
            + (new.map { [.put(key: erasure($0, of: workshop))] } ?? [])
    }

    /// Sixteen digits, so that the order of the texts is that of the numbers.
    private static func digits(_ time: Int64) -> String {
        let text = String(max(0, time))
        return String(repeating: "0", count: max(0, 16 - text.count)) + text
    }
}

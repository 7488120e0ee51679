import Journal
import RoomCore
import Server
import Session
import Synchronization
import Wire
import Workshop

/// One server process: a room over the journal, with real loading, snapshots and channels, until it is killed.
final class Node {
    enum Asker {
        case member(ServerEnd, ref: UInt32)
        case newcomer(ServerEnd)
        case clock
    }

    private unowned let world: World
    private(set) var core: RoomCore<Asker>?
    private(set) var epoch = ""
    private(set) var isAlive = true
    /// The state that the channels show.
    private(set) var shown: Workshop?
    private var members: [ServerEnd] = []
    private var knocking: [ServerEnd] = []
    private var isLoading = false
    private var isTurnDue = false
    private var timerNumber = 0

    init(_ world: World) { self.world = world }

    /// Ends it as `kill -9` does; its connections end with it.
    func kill() {
        isAlive = false
        core = nil
        (members, knocking) = ([], [])
        world.cutAll(of: self)
    }

    // MARK: Loading

    private func load() {
        guard isAlive, !isLoading else { return }
        isLoading = true
        world.after(world.dice.number(1...40)) { [self] in
            guard isAlive else { return }
            var loaded = try await LoadedWorkshop(World.workshopID, from: world.journal)
            if world.flaw == .losesTheLastRecord, world.tally.kills > 0 {
                loaded = try await world.shortened(loaded)
            }
            isLoading = false
            guard isAlive else { return }
            core = RoomCore(workshop: loaded.workshop, channels: loaded.channels)
            (epoch, shown) = (loaded.epoch, loaded.workshop)
            let waiting = knocking
            knocking = []
            armTimer()
            for end in waiting { if let core { end.knock(at: core) } }
        }
    }

    // MARK: People

    func knock(_ end: ServerEnd, _ hello: Hello) {
        guard isAlive else { return }
        guard let core else {
            knocking.append(end)
            return load()
        }
        end.knock(at: core)
    }

    func welcome(_ end: ServerEnd) {
        guard let core, let participant = end.secret.flatMap(core.workshop.participant(holding:)) else {
            return end.close(4504)
        }
        guard !participant.isRemoved else { return dismiss(end, participant) }
        members.append(end)
        end.enter(as: participant)
        if participant.wait == .away {
            submit(.takePlace(participant.id), origin: .clock, asker: .clock)
        }
    }

    func leave(_ end: ServerEnd) {
        members.removeAll { $0 === end }
        // The server waits ten minutes; here it is at once, and now and then.
        if isAlive, world.keepsTheDoor, world.dice.chance(30) {
            submit(.releasePlaces([end.participant]), origin: .clock, asker: .clock)
        }
        knocking.removeAll { $0 === end }
    }

    // MARK: Commands

    func submit(
        _ command: Command, origin: RoomCore<Asker>.Origin, asker: Asker, entrance: Entrance? = nil
    ) {
        let isTaken = core?.submit(.init(command: command, origin: origin, asker: asker, entrance: entrance))
        guard isTaken == true else { return turnAway(asker, "busy") }
        turnSoon()
    }

    private func turnAway(_ asker: Asker, _ code: String) {
        switch asker {
        case .member(let end, let ref): end.refuseForNow(ref, code)
        case .newcomer(let end): end.comeBack()
        case .clock: break
        }
    }

    private func turnSoon() {
        guard !isTurnDue else { return }
        isTurnDue = true
        world.after(world.dice.chance(50) ? 0 : world.dice.number(1...30)) { [self] in
            isTurnDue = false
            try turn()
        }
    }

    private func turn() throws {
        guard isAlive, let turn = core?.turn(at: world.wallClock) else { return }
        switch turn {
        case .nothing: break
        case .settled: settle()
        case .store(var append, let compacts):
            if compacts, let workshop = core?.workshop {
                append.compaction = try SnapshotCodec.encode(workshop)
            }
            if world.flaw == .acknowledgesEarly { settle() }
            store(append)
        }
    }

    private func store(_ append: Append) {
        let fate = world.fate()
        if case .refuse(let delay) = fate {
            world.tally.failedAppends += 1
            return world.after(delay) { [self] in stored(.failure(.full(reason: "no room"))) }
        }
        guard case .store(let toDisk, let toNode) = fate else { return }
        world.after(toDisk) { [self] in
            // A process that is gone writes nothing more.
            guard isAlive else { return }
            let answer = Mutex<Result<UInt64, JournalError>?>(nil)
            world.journal.append(append) { result in answer.withLock { $0 = result } }
            guard let result = answer.withLock({ $0 }) else {
                return world.fail("the journal did not answer")
            }
            if case .success = result { world.took(append) }
            world.after(toNode) { [self] in
                if !isAlive { world.tally.lostAnswers += 1 }
                if world.flaw != .acknowledgesEarly { stored(result) }
            }
        }
    }

    private func stored(_ result: Result<UInt64, JournalError>) {
        guard isAlive else { return }
        switch result {
        case .success: settle()
        case .failure(let error):
            guard case .full = error else {
                // The process ends; another begins.
                return world.restart()
            }
            abandon()
        }
    }

    private func abandon() {
        guard let lost = core?.abandon() else { return }
        core = nil
        for asker in lost.unknown { turnAway(asker, "unavailable") }
        for asker in lost.undecided { turnAway(asker, "busy") }
        let ends = members
        members = []
        for end in ends { end.comeBack() }
    }

    private func settle() {
        guard let answers = core?.settle(), let core else { return }
        shown = core.workshop
        for (asker, outcome) in answers {
            switch (asker, outcome) {
            case (.member(let end, let ref), .accepted): end.acknowledge(ref, at: core.channels.sequence)
            case (.member(let end, let ref), .refused(let refusal)): end.owe(refusal, ref)
            case (.newcomer(let end), .accepted): welcome(end)
            case (.newcomer(let end), .refused(let refusal)): end.close(refusal == .removed ? 4501 : 4504)
            case (.clock, _): break
            }
        }
        for end in members { end.catchUp() }
        dismissRemoved(core.workshop)
        armTimer()
        world.mayTakeSnapshot(of: core.workshop)
        if core.hasWaiting { turnSoon() }
    }

    private func dismissRemoved(_ workshop: Workshop) {
        for end in members {
            guard let participant = workshop.participants[end.participant] else {
                end.close(4502)
                continue
            }
            if participant.isRemoved { dismiss(end, participant) }
        }
    }

    private func dismiss(_ end: ServerEnd, _ participant: Participant) {
        end.close(participant.isRevoked ? 4505 : 4501)
    }

    private func armTimer() {
        timerNumber += 1
        guard let deadline = core?.workshop.nextDeadline else { return }
        let number = timerNumber
        world.after(max(0, min(deadline - world.wallClock, 3_600_000))) { [self] in
            guard isAlive, number == timerNumber, core != nil else { return }
            submit(.expireTimer, origin: .clock, asker: .clock)
        }
    }
}

internal import Digests
internal import EventLoop
internal import Workshop

/// What a room has told, as a process or as a session of one.
struct ProcessTies {
    /// A session tells its process of itself this often at most, in milliseconds: each time is a record there.
    static let pause: Int64 = 3_000
    /// After this long copies are looked for again that could not be looked at, in milliseconds: a session that is damaged stays so.
    static let pauseInDoubt: Int64 = 30_000

    /// What the process has been told; nil for nothing yet.
    var told: ProcessSession.Report?
    /// The last record that has been looked at for that.
    var sequence: UInt64 = 0
    /// Before this monotonic time nothing is told, in milliseconds.
    var notBefore: Int64 = 0
    /// Whether a timer for telling runs.
    var isScheduled = false
    /// How many notes had gone when copies elsewhere were last looked at; 0 as the room is loaded, since the process before may have
    /// ended between a withdrawal and that look.
    var goneNotes = 0
    /// The newest copy whose original has been looked at; nil as the room is loaded, for the same reason.
    var newestCopy: NoteID?
    /// The process' links that its sessions know to hold.
    var links: [SecretHash] = []
}

/// Between a process and its sessions. They live on different workers, or on none until somebody asks; so all that passes
/// between them is a command to the other's room, nobody waits for anybody, and each command may come twice or late.
extension Room {
    /// Begins, as it is loaded: what may have been lost with the process before is told again.
    func tieUp() {
        ties.links = workshop.staffLinks
        if let process = workshop.process {
            // A collection closes by its own room's clock, so that room has to be there when its time comes.
            let open = process.sessions.values.filter {
                $0.report.closesAt != nil && $0.report.state != .erased
            }
            let shared = worker.shared
            if !open.isEmpty {
                Task.detached {
                    for session in open {
                        _ = await shared.worker(for: session.workshop).look(at: session.workshop)
                    }
                }
            }
        }
        guard let part = workshop.part else { return }
        if let deadline = workshop.nextDeadline, deadline <= worker.shared.options.clock() {
            // What was due while nobody looked comes before whoever knocks now.
            submit(workshop.commandAtDeadline, from: .clock)
        }
        if workshop.hasGrants {
            let (shared, id) = (worker.shared, id)
            Task.detached { await Ties(shared).checkGrants(of: id, in: part.process) }
        }
        scheduleTelling()
    }

    /// Tells what is new, after each batch.
    func tell() {
        if workshop.process != nil {
            let links = workshop.staffLinks
            guard links != ties.links else { return }
            ties.links = links
            let (shared, sessions) = (worker.shared, workshop.process?.sessions.values ?? [])
            Task.detached { _ = await Ties(shared).tell(sessions, valid: links) }
        } else if workshop.part != nil, workshop.sequence != ties.sequence {
            scheduleTelling()
        }
    }

    /// Gives sessions that were made while the owner's link was being replaced new links too; the others have them already.
    func rekeySessions(_ links: Links) {
        guard let process = workshop.process, workshop.isOwned(by: links) else { return }
        let (shared, sessions) = (worker.shared, Array(process.sessions.values))
        Task.detached { _ = await Ties(shared).rekey(sessions, from: links) }
    }

    private func scheduleTelling() {
        guard !ties.isScheduled else { return }
        ties.isScheduled = true
        let wait = max(50, ties.notBefore - MonotonicClock.nowMilliseconds())
        worker.loop.schedule(afterMilliseconds: wait) { [weak self] in
            guard let self else { return }
            self.ties.isScheduled = false
            self.tellProcess()
        }
    }

    /// Tells the process how this session stands, as far as that is durable.
    private func tellProcess() {
        read { [weak self] workshop in
            guard let self, let workshop, let part = workshop.part else { return }
            self.ties.sequence = workshop.sequence
            let report = workshop.report
            guard report != self.ties.told || part.goneNotes != self.ties.goneNotes else { return }
            let newest = workshop.notes.values.last { $0.copied != nil }?.id
            let (hasNewCopies, hasGone) = (
                newest != self.ties.newestCopy, part.goneNotes != self.ties.goneNotes
            )
            (self.ties.newestCopy, self.ties.goneNotes) = (newest, part.goneNotes)
            self.ties.notBefore = MonotonicClock.nowMilliseconds() + ProcessTies.pause
            let (shared, id, door) = (self.worker.shared, self.id, self.worker.worker)
            Task.detached {
                let answer = await shared.worker(for: part.process)
                    .tick(.process(.report(part.session, report)), in: part.process)
                var isSure = true
                if hasNewCopies { isSure = await Copies(shared).checkOriginals(of: workshop) }
                if hasGone { isSure = await Copies(shared).followWithdrawals(in: workshop) && isSure }
                door.enter { [isSure] in $0.told(answer, report, isSure: isSure, by: id) }
            }
        }
    }

    /// Hears what came of telling, and whether all copies were found that had to be looked at.
    func told(_ answer: Asked, _ report: ProcessSession.Report, isSure: Bool) {
        switch answer {
        case .done, .refused, .unknown, .unreadable: ties.told = report
        case .unavailable: scheduleTelling()
        }
        guard !isSure else { return }
        (ties.goneNotes, ties.newestCopy) = (0, nil)
        ties.notBefore = MonotonicClock.nowMilliseconds() + ProcessTies.pauseInDoubt
        scheduleTelling()
    }
}

/// What is told between a process and its sessions.
struct Ties {
    let shared: Shared

    init(_ shared: Shared) { self.shared = shared }

    /// Tells sessions which links of their process hold; who came by another goes. It may be done more than once.
    ///
    /// - Returns: Whether all know; false when somewhere nobody can tell just now.
    func tell(_ sessions: [ProcessSession], valid: [SecretHash]) async -> Bool {
        await tick(sessions) { _ in .checkGrants(valid: valid) }
    }

    /// Gives the sessions that were made with the owner's link those that follow from a new one. It may be done more than once.
    ///
    /// - Returns: Whether all have them; false when somewhere nobody can tell just now.
    func rekey(_ sessions: [ProcessSession], from links: Links) async -> Bool {
        await tick(sessions.filter { $0.maker == .owner }) { .rekey(links.links(ofSession: $0.id).hashes) }
    }

    private func tick(
        _ sessions: [ProcessSession], _ command: (ProcessSession) -> ProcessCommand
    ) async -> Bool {
        var isSure = true
        for session in sessions {
            switch await shared.worker(for: session.workshop)
                .tick(.process(command(session)), in: session.workshop)
            {
            // One that cannot be read lets nobody in, and is not to keep anybody from closing the others.
            case .done, .refused, .unknown, .unreadable: break
            case .unavailable: isSure = false
            }
        }
        return isSure
    }

    /// Looks up which links hold, for one session.
    func checkGrants(of id: String, in process: String) async {
        let valid: [SecretHash]
        switch await shared.worker(for: process).look(at: process) {
        case .there(let workshop): valid = workshop.staffLinks
        case .unknown: valid = []
        case .unavailable: return
        }
        _ = await shared.worker(for: id).tick(.process(.checkGrants(valid: valid)), in: id)
    }

    /// What a link of the process makes somebody in its sessions: facilitator, helper, or nothing.
    func role(ofLink link: SecretHash, in part: Part) async -> Role? {
        guard case .there(let process) = await shared.worker(for: part.process).look(at: part.process),
            process.process != nil, let role = process.role(ofLink: link), role.isStaff
        else { return nil }
        return role
    }
}

/// Who asks.
public enum Actor: Hashable, Sendable {
    /// Somebody who has joined.
    case participant(ParticipantID)
    /// Somebody who is joining; the code or link has been proved.
    case newcomer
    /// The server's clock, when a deadline has passed.
    case clock
}

/// What a counted command leads to.
public enum Decision: Hashable, Sendable {
    /// To be made durable, applied, and then acknowledged.
    case record(Record)
    /// It was accepted before; acknowledge it again (protocol rule R3).
    case acceptedBefore
}

extension Workshop {
    /// Decides a command: what would happen, or why not. Changes nothing.
    ///
    /// - Parameters:
    ///   - command: What is asked.
    ///   - actor: Who asks.
    ///   - ref: The actor's own counter for it; 0 for a command that is not counted.
    ///   - time: The server's clock in milliseconds since 1970-01-01T00:00:00Z. A clock that went back counts as standing still.
    /// - Returns: The record to store, or that it is an old one.
    /// - Throws: The refusal; nothing is to be stored then.
    public func decide(
        _ command: Command, by actor: Actor, ref: UInt32, at time: Int64
    ) throws(Refusal) -> Decision {
        let at = max(time, now)
        guard case .participant(let id) = actor else {
            return .record(
                Record(at: at, actor: nil, ref: 0, events: try events(of: command, by: actor, at: at)))
        }
        guard let participant = participants[id] else { throw .removed }
        if participant.isRemoved, command != .eraseMe {
            // What was accepted before they went is in, and is not to be called refused (R3).
            let isIn = !command.isAbsolute && ref > 0 && participant.accepted.standing(of: ref) == .accepted
            guard isIn else { throw .removed }
            return .acceptedBefore
        }
        if command.isAbsolute || ref == 0 {
            let events = try events(of: command, by: actor, at: at)
            return .record(Record(at: at, actor: nil, ref: 0, events: events))
        }
        switch participant.accepted.standing(of: ref) {
        case .accepted: return .acceptedBefore
        case .passed: throw .staleRef
        case .new:
            var events = try events(of: command, by: actor, at: at)
            for index in events.indices {
                // A copy is its author's, who may be another than the one who counts here.
                if case .noteAdded(var note) = events[index], !note.isCarriedOn {
                    note.ref = ref
                    events[index] = .noteAdded(note)
                }
            }
            return .record(Record(at: at, actor: id, ref: ref, events: events))
        }
    }

    /// Decides how a workshop begins.
    ///
    /// - Throws: ``Refusal/invalidValue`` when there is no phase, a phase names a board that does not exist, a board's places
    ///   do not make its structure, a cluster has no place, or the days it is kept are out of their range;
    ///   ``Refusal/tooLong``, ``Refusal/empty`` or ``Refusal/limitReached`` for texts and numbers out of their limits.
    public static func begin(_ creation: Creation, at time: Int64) throws(Refusal) -> Record {
        let limits = creation.limits
        try limits.checkName(creation.title)
        if let days = creation.keepDays, !Retention.allowedDays.contains(days) { throw .invalidValue }
        guard !creation.phases.isEmpty, !creation.boards.isEmpty else { throw .invalidValue }
        guard creation.phases.count <= limits.phases, creation.boards.count <= limits.boards else {
            throw .limitReached
        }
        for board in creation.boards {
            try limits.check(board)
        }
        guard creation.clusters.count <= limits.clusters else { throw .limitReached }
        for cluster in creation.clusters {
            try limits.checkName(cluster.name)
            guard let board = creation.board(cluster.board), board.hasPlace(cluster.column) else {
                throw .invalidValue
            }
        }
        for phase in creation.phases {
            try limits.check(phase)
            guard (1...UInt32(creation.boards.count)).contains(phase.board.number) else {
                throw .invalidValue
            }
        }
        if let brief = creation.process { try brief.check() }
        return Record(at: time, actor: nil, ref: 0, events: [.created(creation)])
    }

    /// Decides one command of a present, not removed actor, and what follows from it for the groups.
    private func events(of command: Command, by actor: Actor, at time: Int64) throws(Refusal) -> [Event] {
        try authorise(command, by: actor)
        try checkKind(command)
        let events = try decided(command, by: actor, at: time)
        return events + regrouping(after: events)
    }

    private func decided(_ command: Command, by actor: Actor, at time: Int64) throws(Refusal) -> [Event] {
        switch command {
        case .join, .rename, .setReady, .setHand, .removeParticipant:
            return try decidePeople(command, by: actor)
        case .admit, .turnAway, .releasePlaces, .takePlace, .setApproval, .setPlaces:
            return try decidePlaces(command)
        case .addNote, .editNote, .withdrawNote, .shareNote, .publishNote, .redactNote, .restoreNote:
            return try decideNotes(command, by: actor, at: time)
        case .raiseNotes, .raisePhase:
            return try decideRaising(command, by: actor, at: time)
        case .chooseGroup, .movePeople, .renameGroup, .addGroup, .mixGroups, .setAway, .setBack:
            return try decideGroups(command, by: actor, at: time)
        case .createCluster, .renameCluster, .moveNotes, .placeNotes, .mergeClusters, .splitCluster,
            .dissolveCluster,
            .undoClustering:
            return try decideClusters(command)
        case .openRound, .castVote, .castTable, .closeRound, .revealRound, .recordHands:
            return try decideVotes(command, by: actor)
        case .setTable(let heads): return try decideTable(heads, by: actor)
        case .setSpeakers, .askToSpeak, .withdrawSpeech, .addSpeaker, .callSpeaker, .finishSpeaker,
            .removeSpeaker,
            .moveSpeaker:
            return try decideSpeakers(command, by: actor)
        case .openPhase, .revealPhase, .concealPhase, .setInput, .changePhase, .addPhase, .removePhase,
            .movePhase:
            return try decideRunSheet(command, at: time)
        case .insertPhases, .changeBoard, .removeBoard, .planStart, .setTitle:
            return try decideComposition(command)
        case .startTimer, .pauseTimer, .resumeTimer, .extendTimer, .stopTimer, .expireTimer:
            return try decideTimer(command, at: time)
        case .setDoor, .changeCode, .setLock, .setPace, .spotlight, .end:
            return try decideRoom(command)
        case .replaceLinks(let links, let holder):
            return try decideLinks(links, holder: holder, by: actor)
        case .eraseNote, .eraseParticipant, .eraseMe:
            return try decideErasure(command, by: actor)
        case .setRetention, .postponeErasure:
            return try decideRetention(command, at: time)
        case .process(let command):
            return try decideProcess(command, by: actor, at: time)
        }
    }
}

extension Limits {
    /// Checks a name that must be there.
    func checkName(_ name: String) throws(Refusal) {
        if name.isEmpty { throw .empty }
        if name.unicodeScalars.count > nameCharacters { throw .tooLong }
    }

    /// Checks a note's text.
    func checkNote(_ text: String) throws(Refusal) {
        if text.isEmpty { throw .empty }
        if text.unicodeScalars.count > noteCharacters { throw .tooLong }
    }

    /// Checks a board's name and that its places make its structure.
    func check(_ board: Board) throws(Refusal) {
        try checkName(board.name)
        guard board.columns.count <= columns else { throw .limitReached }
        guard Set(board.columns.map(\.id)).count == board.columns.count else { throw .invalidValue }
        do throws(StructureFault) { try board.checkStructure() } catch { throw .invalidValue }
    }

    /// Checks a phase's texts and numbers.
    func check(_ phase: Phase) throws(Refusal) {
        try checkName(phase.name)
        if phase.instruction.unicodeScalars.count > instructionCharacters { throw .tooLong }
        if phase.hint.unicodeScalars.count > instructionCharacters { throw .tooLong }
        guard (0...1440).contains(phase.minutes), (0...notesPerParticipant).contains(phase.notesEach) else {
            throw .invalidValue
        }
        if let vote = phase.vote {
            try check(vote)
            guard vote.again == nil else { throw .invalidValue }
        }
        if phase.isBreak, phase.vote != nil || !phase.participants.isEmpty { throw .invalidValue }
        // Groups are for a phase in groups, and what only a group sees needs one.
        if let grouping = phase.grouping {
            guard grouping.isValid, phase.rhythm == .group else { throw .invalidValue }
        } else if phase.visibility == .group {
            throw .invalidValue
        }
    }

    /// Checks a vote's numbers.
    func check(_ vote: VoteSetup) throws(Refusal) {
        switch vote.kind {
        case .dots(let budget, let cap):
            guard (1...voteBudget).contains(budget), (1...budget).contains(cap) else { throw .invalidValue }
        case .scale(let low, let high):
            guard (-100...100).contains(low), (-100...100).contains(high), low < high, high - low <= 20 else {
                throw .invalidValue
            }
        case .stance: break
        case .matrix(let across, let up):
            for rated in [across, up] {
                try checkName(rated.axis.name)
                guard rated.axis.low.unicodeScalars.count <= nameCharacters,
                    rated.axis.high.unicodeScalars.count <= nameCharacters
                else { throw .tooLong }
                guard Axes.steps.contains(rated.steps) else { throw .invalidValue }
            }
        }
        if vote.axis != nil {
            guard case .scale = vote.kind else { throw .invalidValue }
        }
    }
}

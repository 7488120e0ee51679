/// One use of a power that only facilitators and helpers have, as the audit trail and the moderation log tell it: what,
/// when, on which thing, by which device. Never a text, a name, or whose note it was.
///
/// Kept in the state, since the log before an erasure is gone; what was erased is remembered by its identifier alone.
public struct StaffAct: Hashable, Sendable, Codable {
    /// What was done.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case deviceJoined = "device.join"
        case participantRemoved = "participant.remove"
        case participantErased = "participant.erase"
        case admitted = "participants.admit"
        case turnedAway = "participants.turnAway"
        case notePublished = "note.publish"
        case noteRedacted = "note.redact"
        case noteRestored = "note.restore"
        case noteErased = "note.erase"
        case roundOpened = "round.open"
        case roundClosed = "round.close"
        case roundRevealed = "round.reveal"
        case speakersOpened = "speakers.open"
        case speakersDrawn = "speakers.draw"
        case speakersClosed = "speakers.close"
        case speechAdded = "speech.add"
        case speechCalled = "speech.call"
        case speechFinished = "speech.finish"
        case speechRemoved = "speech.remove"
        case speechMoved = "speech.move"
        case phaseOpened = "phase.open"
        case phaseRevealed = "phase.reveal"
        case phaseConcealed = "phase.conceal"
        case inputOpened = "input.open"
        case inputClosed = "input.close"
        case phaseChanged = "phase.change"
        case phaseAdded = "phase.add"
        case phaseRemoved = "phase.remove"
        case phaseMoved = "phase.move"
        case boardAdded = "board.add"
        case boardChanged = "board.change"
        case boardRemoved = "board.remove"
        case startPlanned = "start.plan"
        case titleSet = "title.set"
        case timerSet = "timer.set"
        case doorOpened = "door.open"
        case doorClosed = "door.close"
        case codeChanged = "code.change"
        case approvalSet = "approval.set"
        case placesSet = "places.set"
        case paceSet = "pace.set"
        case linkReplaced = "link.replace"
        case locked = "board.lock"
        case unlocked = "board.unlock"
        case spotlightSet = "spotlight.set"
        case notesRaised = "notes.raise"
        case groupsMixed = "groups.mix"
        case groupAdded = "group.add"
        case groupMoved = "group.move"
        case groupRenamed = "group.rename"
        case ended = "workshop.end"
        case retentionSet = "retention.set"
        case processChanged = "process.change"
        case processPublished = "process.publish"
        case processHidden = "process.hide"
        case stepOpened = "step.open"
        case stepSummarised = "step.summarise"
        case sessionRenamed = "session.rename"
        case sessionDetached = "session.detach"
        case linkAdded = "link.add"
        case linkRevoked = "link.revoke"
        case itemAdded = "item.add"
        case itemChanged = "item.change"
        case itemLinked = "item.link"
        case itemMoved = "item.move"
        case itemStateSet = "item.state"
        case itemPublished = "item.publish"
        case itemHidden = "item.hide"
        case itemRemoved = "item.remove"
        case itemsMerged = "item.merge"
        case itemSplit = "item.split"
        case notesCarried = "notes.carry"
        case closingSet = "closing.set"
    }

    /// When, in milliseconds since 1970-01-01T00:00:00Z.
    public var at: Int64
    /// The role of who did it.
    public var role: Role
    /// The device that did it, by its number in the workshop.
    public var device: ParticipantID
    /// What was done.
    public var kind: Kind
    /// The written form of what it was done to, such as `n12`; nil for the workshop as a whole.
    public var object: String?
    /// The phase a note was written in.
    public var phase: PhaseID?
    /// Why a note was taken off.
    public var reason: RedactionReason?
    /// How many notes went with somebody; which ones is not told, since that would say whose they were.
    public var notes: Int?
    /// How many people it was done to, where it may be more than one.
    public var people: Int?
}

extension Workshop {
    /// Remembers what a record says that staff did. Called before its events are applied.
    mutating func remember(_ record: Record) {
        if record.actor == nil {
            guard case .joined(let id, let role, _, _, _)? = record.events.first, role.isStaff else { return }
            return acts.append(StaffAct(at: now, role: role, device: id, kind: .deviceJoined))
        }
        guard let actor = record.actor, let role = participants[actor]?.role, role.isStaff else { return }
        // What goes with an end, or with somebody, is part of that act.
        let whole = record.events.first { event in
            switch event {
            case .ended, .participantRemoved, .participantErased: true
            default: false
            }
        }
        guard let whole else {
            return acts += record.events.filter { !$0.follows(among: record.events) }
                .compactMap { act(of: $0, at: now, by: actor, role) }
        }
        guard var act = act(of: whole, at: now, by: actor, role) else { return }
        let notes = record.events.count { event in
            switch event {
            case .noteWithdrawn, .noteErased: true
            default: false
            }
        }
        act.notes = notes > 0 ? notes : nil
        acts.append(act)
    }

    /// What an event is in the audit trail; nil for what is no power of staff's alone. A new event does not compile
    /// without an answer.
    private func act(of event: Event, at time: Int64, by device: ParticipantID, _ role: Role) -> StaffAct? {
        func act(_ kind: StaffAct.Kind, _ object: (any Identifier)? = nil) -> StaffAct {
            StaffAct(at: time, role: role, device: device, kind: kind, object: object?.description)
        }
        func act(_ kind: StaffAct.Kind, people: [ParticipantID]) -> StaffAct {
            var act = act(kind)
            act.people = people.count
            return act
        }
        func act(_ kind: StaffAct.Kind, on note: NoteID, _ reason: RedactionReason? = nil) -> StaffAct {
            var act = act(kind, note)
            act.phase = notes[note]?.phase
            act.reason = reason
            return act
        }
        return switch event {
        case .created, .joined, .waitSet, .renamed, .readySet, .handSet, .noteAdded, .noteEdited,
            .noteWithdrawn,
            .noteShared, .clusterCreated, .clusterRenamed, .notesMoved, .notesPlaced, .clustersMerged,
            .clusterDissolved, .clusteringUndone, .ballotSet, .votersCounted, .handsRecorded,
            .tableSet, .tableBallotSet, .turnoutCounted, .tablesCounted, .speechAsked, .speechWithdrawn,
            .accessRevoked, .awaySet:
            nil
        case .notesRaised(let ids, _): notesAct(ids.count, act(.notesRaised))
        case .groupsFormed(let phase, _): act(.groupsMixed, phase)
        case .groupAdded(let group): act(.groupAdded, group.id)
        case .groupSet(let people, _, let group): groupAct(people.count, act(.groupMoved, group))
        case .groupRenamed(let id, _): act(.groupRenamed, id)
        case .participantRemoved(let id): act(.participantRemoved, id)
        case .participantErased(let id): id == device ? nil : act(.participantErased, id)
        case .admitted(let people): act(.admitted, people: people)
        case .turnedAway(let people): act(.turnedAway, people: people)
        case .notePublished(let id):
            act(notes[id]?.publication == .held ? .notePublished : .noteRestored, on: id)
        case .noteRedacted(let id, let reason): act(.noteRedacted, on: id, reason)
        case .noteErased(let id): act(.noteErased, on: id)
        case .roundOpened(let id, _, _, _, _): act(.roundOpened, id)
        case .roundClosed(let id, _, _): act(.roundClosed, id)
        case .roundRevealed(let id): act(.roundRevealed, id)
        case .speakersSet(let state, _, _):
            switch state {
            case .open: act(.speakersOpened)
            case .drawn: act(.speakersDrawn)
            case .closed: act(.speakersClosed)
            }
        case .speechAdded(let id, _, _, _): act(.speechAdded, id)
        case .speechCalled(let id): act(.speechCalled, id)
        case .speechFinished(let id): act(.speechFinished, id)
        case .speechRemoved(let id): act(.speechRemoved, id)
        case .speechMoved(let id, _): act(.speechMoved, id)
        case .phaseOpened(let id): act(.phaseOpened, id)
        case .phaseRevealed(let id): act(.phaseRevealed, id)
        case .phaseConcealed(let id): act(.phaseConcealed, id)
        case .inputSet(let id, let isOpen): act(isOpen ? .inputOpened : .inputClosed, id)
        case .phaseChanged(let phase): act(.phaseChanged, phase.id)
        case .phaseAdded(let phase, _): act(.phaseAdded, phase.id)
        case .phaseRemoved(let id): act(.phaseRemoved, id)
        case .phaseMoved(let id, _): act(.phaseMoved, id)
        case .boardAdded(let board, _): act(.boardAdded, board.id)
        case .boardChanged(let board): act(.boardChanged, board.id)
        case .boardRemoved(let id): act(.boardRemoved, id)
        case .startPlanned: act(.startPlanned)
        case .titleSet: act(.titleSet)
        case .timerSet: act(.timerSet)
        case .doorSet(let isOpen): act(isOpen ? .doorOpened : .doorClosed)
        case .codeChanged: act(.codeChanged)
        case .approvalSet: act(.approvalSet)
        case .placesSet: act(.placesSet)
        case .paceSet: act(.paceSet)
        case .linkReplaced(let link): linkAct(link.role, act(.linkReplaced))
        case .lockSet(let isLocked): act(isLocked ? .locked : .unlocked)
        case .spotlightSet(let item): spotlightAct(item, act(.spotlightSet))
        case .ended: act(.ended)
        case .retentionSet: act(.retentionSet)
        case .process(let event): processAct(event, act)
        }
    }

    private func notesAct(_ count: Int, _ act: StaffAct) -> StaffAct {
        var act = act
        act.notes = count
        return act
    }

    private func processAct(
        _ event: ProcessEvent, _ act: (StaffAct.Kind, (any Identifier)?) -> StaffAct
    ) -> StaffAct? {
        switch event {
        case .changed: act(.processChanged, nil)
        case .stepOpened(let step): stepAct(step, act(.stepOpened, nil))
        case .summarised(let step, _, _): stepAct(step, act(.stepSummarised, nil))
        case .published(let isPublished): act(isPublished ? .processPublished : .processHidden, nil)
        case .sessionRenamed(let id, _): act(.sessionRenamed, id)
        case .sessionDetached(let id): act(.sessionDetached, id)
        case .linkAdded(let id, _, _): act(.linkAdded, id)
        case .linkRevoked(let id): act(.linkRevoked, id)
        case .itemAdded(let id, _, _, _, _, _): act(.itemAdded, id)
        case .itemChanged(let id, _, _, _, _): act(.itemChanged, id)
        case .itemLinked(let id, _): act(.itemLinked, id)
        case .itemMoved(let id, _): act(.itemMoved, id)
        case .itemStateSet(let id, _): act(.itemStateSet, id)
        case .itemPublished(let id, let isPublished): act(isPublished ? .itemPublished : .itemHidden, id)
        case .itemRemoved(let id): act(.itemRemoved, id)
        case .itemsMerged(let id, _): act(.itemsMerged, id)
        case .itemSplit(let id, _, _, _): act(.itemSplit, id)
        case .carried(let count): carriedAct(count, act(.notesCarried, nil))
        case .closingSet: act(.closingSet, nil)
        case .sessionAttached, .sessionReported, .closed, .cameByLink, .keptWithProcess: nil
        }
    }

    private func carriedAct(_ count: Int, _ act: StaffAct) -> StaffAct {
        var act = act
        act.notes = count
        return act
    }

    private func groupAct(_ people: Int, _ act: StaffAct) -> StaffAct {
        var act = act
        act.people = people
        return act
    }

    private func stepAct(_ step: Int, _ act: StaffAct) -> StaffAct {
        var act = act
        act.object = String(step)
        return act
    }

    private func linkAct(_ role: Role, _ act: StaffAct) -> StaffAct {
        var act = act
        act.object = role.rawValue
        return act
    }

    private func spotlightAct(_ item: Spotlight?, _ act: StaffAct) -> StaffAct {
        var act = act
        act.object =
            switch item {
            case .note(let id): "\(id)"
            case .cluster(let id): "\(id)"
            case .round(let id): "\(id)"
            case nil: nil
            }
        return act
    }
}

extension Event {
    /// Whether it is what another event of its record led to: groups that are made as a phase opens, or change as somebody
    /// comes or goes.
    fileprivate func follows(among events: [Event]) -> Bool {
        switch self {
        case .groupsFormed, .groupAdded, .groupSet:
            events.contains { event in
                switch event {
                case .phaseOpened, .phaseChanged, .admitted, .turnedAway, .placesSet, .accessRevoked: true
                default: false
                }
            }
        default: false
        }
    }
}

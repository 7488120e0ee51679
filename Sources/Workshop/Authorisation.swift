/// What a command asks of whoever sends it. One table: role, phase and command meet here and nowhere else.
public enum Requirement: Hashable, Sendable {
    /// Only the facilitator.
    case facilitator
    /// The facilitator or a helper.
    case staff
    /// The facilitator always; others when the current phase gives them this act.
    case act(Acts)
    /// A participant, when the current phase gives participants this act.
    case participantAct(Acts)
    /// A participant.
    case participant
    /// Anybody who has a place of their own: facilitator, helper, participant.
    case member
    /// Anybody who has ever come in, whatever the role.
    case anybody
    /// Somebody coming in.
    case newcomer
    /// The server's clock.
    case clock
}

extension Requirement {
    /// Whether somebody who waits for a place, or to be let in, may do it all the same.
    var isForThoseWhoWait: Bool { self == .member || self == .anybody }
}

extension Command {
    /// What this command asks of its sender.
    public var requirement: Requirement {
        switch self {
        case .join: .newcomer
        case .rename, .withdrawNote: .member
        case .setReady, .setHand, .setTable, .askToSpeak, .withdrawSpeech: .participant
        case .addNote: .act(.add)
        case .editNote, .shareNote, .raiseNotes: .act([])
        case .chooseGroup: .participant
        case .moveNotes, .createCluster, .renameCluster, .mergeClusters, .splitCluster, .dissolveCluster,
            .undoClustering:
            .act(.cluster)
        case .placeNotes: .act(.move)
        case .castVote, .castTable: .participantAct(.vote)
        case .recordHands, .addSpeaker, .removeSpeaker: .staff
        case .eraseMe: .anybody
        case .expireTimer, .postponeErasure, .releasePlaces, .takePlace, .setAway, .setBack: .clock
        case .eraseNote, .eraseParticipant, .setRetention: .facilitator
        case .removeParticipant, .publishNote, .redactNote, .restoreNote, .openRound, .closeRound,
            .revealRound,
            .openPhase, .revealPhase, .concealPhase, .setInput, .changePhase, .addPhase, .removePhase,
            .movePhase, .insertPhases, .changeBoard, .removeBoard, .planStart, .setTitle,
            .startTimer, .pauseTimer, .resumeTimer, .extendTimer, .stopTimer, .setDoor, .changeCode,
            .replaceLinks, .setLock,
            .spotlight, .end, .admit, .turnAway, .setApproval, .setPlaces, .setPace, .setSpeakers,
            .callSpeaker, .finishSpeaker, .moveSpeaker,
            .raisePhase, .movePeople, .renameGroup, .addGroup, .mixGroups:
            .facilitator
        case .process(let command): command.requirement
        }
    }

    /// Whether sending it twice sets the same value, so that it is not counted (protocol rule R5).
    public var isAbsolute: Bool {
        switch self {
        case .castVote, .castTable, .recordHands: true
        default: false
        }
    }

    /// Whether it may still be done when the workshop has ended: taking away, never adding. Who comes by a link may still come in, to read
    /// and to take away; the code works no more.
    var isAllowedAfterEnd: Bool {
        switch self {
        case .join(let role, _, _, _): role != .participant
        case .withdrawNote, .redactNote, .restoreNote, .eraseNote, .eraseParticipant, .eraseMe, .setRetention,
            .replaceLinks:
            true
        case .process(let command): command.isAllowedAfterEnd
        default: false
        }
    }
}

extension Workshop {
    /// Checks a command against its requirement.
    func authorise(_ command: Command, by actor: Actor) throws(Refusal) {
        if endedAt != nil, !command.isAllowedAfterEnd { throw .ended }
        let requirement = command.requirement
        switch actor {
        case .clock: guard requirement == .clock else { throw .notAllowed }
        case .newcomer: guard requirement == .newcomer else { throw .notAllowed }
        case .participant(let id):
            guard let participant = participants[id] else { throw .removed }
            try authorise(requirement, as: participant.role)
            if participant.wait != nil, !requirement.isForThoseWhoWait { throw .waiting }
        }
    }

    private func authorise(_ requirement: Requirement, as role: Role) throws(Refusal) {
        let phase = currentPhase
        switch requirement {
        case .newcomer, .clock: throw .notAllowed
        case .anybody: break
        case .facilitator: guard role == .facilitator else { throw .notAllowed }
        case .staff: guard role.isStaff else { throw .notAllowed }
        case .participant: guard role == .participant else { throw .notAllowed }
        case .member: guard role.isStaff || role == .participant else { throw .notAllowed }
        case .participantAct(let acts):
            guard role == .participant else { throw .notAllowed }
            try check(acts, among: phase.participants)
        case .act(let acts):
            switch role {
            case .facilitator: break
            case .helper: try check(acts, among: phase.helpers)
            case .participant: try check(acts, among: phase.participants)
            case .screen, .observer: throw .notAllowed
            }
        }
    }

    private func check(_ acts: Acts, among allowed: Acts) throws(Refusal) {
        if isLocked { throw .locked }
        guard allowed.isSuperset(of: acts) else { throw .wrongPhase }
        if progress[currentPhaseID]?.isInputClosed == true { throw .inputClosed }
    }
}

/// One workshop as a value: what the journal's records add up to.
///
/// `decide` and `apply` are the only ways on. Both are pure: no clock, no randomness, no I/O; time and secrets arrive as
/// arguments. The same records give the same value, on every machine, for good.
public struct Workshop: Equatable, Sendable, Codable {
    /// Its identifier.
    public internal(set) var id = ""
    /// What people read.
    public internal(set) var title = ""
    /// The language of its content.
    public internal(set) var language = ""
    /// How many records have been applied; the number of the last one.
    public internal(set) var sequence: UInt64 = 0
    /// When the last record was decided; time in a workshop never goes back.
    public internal(set) var now: Int64 = 0
    /// When it was created.
    public internal(set) var createdAt: Int64 = 0
    /// When it was ended.
    public internal(set) var endedAt: Int64?
    /// The limits that hold.
    public internal(set) var limits = Limits()
    /// How long it is kept, and what has been erased from it.
    public internal(set) var retention = Retention()

    /// The join code.
    public internal(set) var code = ""
    /// Whether the code works.
    public internal(set) var isDoorOpen = false
    /// Whether everybody who comes with the code waits until a facilitator lets them in.
    public internal(set) var needsApproval = false
    /// How many may take part at the same time, as the facilitator has set it; nil: as many as the workshop holds.
    var placesSet: Int?
    /// Seconds that a participant waits between two notes; 0 for none.
    public internal(set) var paceSeconds = 0
    /// Whether the board is locked for all but the facilitator.
    public internal(set) var isLocked = false
    /// Which link gives which role.
    public internal(set) var links: [Creation.Link] = []

    /// The boards.
    public internal(set) var boards = Table<BoardID, Board>()
    /// The phases; their order is the run sheet's.
    public internal(set) var phases = Table<PhaseID, Phase>()
    /// The run sheet.
    public internal(set) var runSheet: [PhaseID] = []
    /// The phase everybody is in.
    public internal(set) var currentPhaseID = PhaseID(1)
    /// What has happened in each phase.
    public internal(set) var progress = Table<PhaseID, PhaseProgress>()

    /// Everybody who ever joined.
    public internal(set) var participants = Table<ParticipantID, Participant>()
    /// The way from a device's secret to its participant.
    var participantBySecret: [SecretHash: ParticipantID] = [:]
    /// Head counts, kept up to date.
    public internal(set) var headCount = HeadCount()

    /// The notes that exist; withdrawn ones are gone, redacted ones are not.
    public internal(set) var notes = Table<NoteID, Note>()
    /// The clusters.
    public internal(set) var clusters = Table<ClusterID, Cluster>()
    /// The groups of all phases.
    public internal(set) var groups = Table<GroupID, Group>()
    /// How many notes are held or redacted.
    public internal(set) var withheld = 0
    /// The steps of clustering that can be taken back, oldest first.
    var undo = Table<BoardID, [ClusteringStep]>()

    /// The rounds of voting.
    public internal(set) var rounds = Table<RoundID, Round>()
    /// The ballots of open rounds. Never in the log and never in a snapshot: the journal's erasable cells hold them.
    var ballots: [RoundID: [ParticipantID: Ballot]] = [:]
    /// What tables gave in open rounds. Kept as ballots are.
    var tableBallots: [RoundID: [ParticipantID: TableBallot]] = [:]

    /// When the session is to begin, as the facilitator has said it.
    public internal(set) var plannedStart: Int64?

    /// The countdown.
    public internal(set) var timer: Timer?
    /// What every screen shows large.
    public internal(set) var spotlight: Spotlight?

    /// Who has the word, and who gets it next.
    public internal(set) var speakers = SpeakerList()

    /// What staff did that only they may do, oldest first.
    public internal(set) var acts: [StaffAct] = []

    /// The process that this is; nil for a workshop.
    public internal(set) var process: Process?
    /// The process that this is a session of; nil for one that stands alone.
    public internal(set) var part: Part?
    /// Who came by a link of the process; nil for nobody yet.
    var grants: [Grant]?

    /// A workshop before its first record.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case id, title, language, sequence, now, createdAt, endedAt, limits, code, isDoorOpen, isLocked, links
        case boards, phases, runSheet, currentPhaseID, progress, participants, participantBySecret, headCount
        case notes, clusters, withheld, undo, rounds, timer, spotlight
        case retention, acts, needsApproval, placesSet, paceSeconds, groups, speakers, plannedStart
        case process, part, grants
    }
}

/// How many take part; the only thing that is ever told about who does.
public struct HeadCount: Hashable, Sendable, Codable {
    /// Devices in the room that take part: not removed, and not waiting.
    public var room = 0
    /// Devices elsewhere that take part.
    public var remote = 0
    /// Participants that are ready.
    public var ready = 0
    /// Participants with a raised hand.
    public var hands = 0

    /// Participants who wait to be let in, or for a place.
    public var waiting = 0

    /// Those who take part whose device is a table's.
    public var tables = 0
    /// People at those tables.
    public var atTables = 0
    /// People at tables in the room beyond one for each device.
    var extraInRoom = 0
    /// People at tables elsewhere beyond one for each device.
    var extraRemote = 0

    /// Nobody yet.
    public init() {}

    /// All devices that take part: places that are taken.
    public var all: Int { room + remote }
    /// People in the room: everybody at a table counts.
    public var peopleInRoom: Int { room + extraInRoom }
    /// People elsewhere.
    public var peopleRemote: Int { remote + extraRemote }
}

/// What one step of clustering changed, as it was before.
struct ClusteringStep: Hashable, Sendable, Codable {
    /// A note's place before the step.
    struct Place: Hashable, Sendable, Codable {
        var note: NoteID
        var cluster: ClusterID?
        var column: ColumnID?
    }
    /// A cluster before the step; nil when the step made it.
    struct Before: Hashable, Sendable, Codable {
        var id: ClusterID
        var cluster: Cluster?
    }
    var places: [Place] = []
    var clusters: [Before] = []
}

extension Workshop {
    /// The phase everybody is in.
    public var currentPhase: Phase {
        phases[currentPhaseID] ?? Phase(id: currentPhaseID, name: "", board: BoardID(1))
    }

    /// The participant whose device holds that secret.
    public func participant(holding secret: SecretHash) -> Participant? {
        participantBySecret[secret].flatMap { participants[$0] }
    }

    /// The role that a link's secret gives; nil when no link has it.
    public func role(ofLink secret: SecretHash) -> Role? {
        // All are compared, so that the time does not tell which it was.
        var role: Role?
        for link in links where link.secret == secret { role = link.role }
        for link in process?.cofacilitators.values ?? [] where link.secret == secret { role = .facilitator }
        return role
    }

    /// One participant's votes in an open round; empty when there are none.
    public func ballot(of participant: ParticipantID, in round: RoundID) -> Ballot {
        ballots[round]?[participant] ?? [:]
    }

    /// Whether others may see a note: published, and written openly or since revealed.
    public func isVisibleToAll(_ note: Note) -> Bool {
        guard note.publication == .published else { return false }
        return isOpen(note)
    }

    /// Whether only the group that a note belongs to may see it, beside its author: written for the group, and not revealed yet.
    public func isVisibleToGroup(_ note: Note) -> Bool {
        note.publication == .published && note.group != nil && phases[note.phase]?.visibility == .group
            && !isOpen(note)
    }

    /// Whether somebody is shown a note, in any of their channels.
    func isKnown(_ note: Note, to participant: Participant) -> Bool {
        note.author == participant.id || isVisibleToAll(note)
            || isVisibleToGroup(note)
                && note.group.flatMap { groups[$0] }?.members.contains(participant.id) == true
    }
}

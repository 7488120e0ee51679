/// What happened. A fact: once in the journal it is never decided again, and applying it never fails.
public enum Event: Hashable, Sendable {
    case created(Creation)

    case joined(ParticipantID, role: Role, secret: SecretHash, name: String, attendance: Attendance)
    case renamed(ParticipantID, String)
    case readySet(ParticipantID, Bool)
    case handSet(ParticipantID, Bool)
    case participantRemoved(ParticipantID)
    /// Who begins to wait, and for what; nil: gets a place.
    case waitSet([ParticipantID], Wait?)
    /// A facilitator has let these in.
    case admitted([ParticipantID])
    /// A facilitator has taken out these, who waited to be let in.
    case turnedAway([ParticipantID])
    /// Somebody is gone for good, with name and secret; their notes have gone by events of their own before it.
    case participantErased(ParticipantID)

    /// A device is shared by so many at a table from now on; nil: it is one person's.
    case tableSet(ParticipantID, heads: Int?)

    case noteAdded(Note)
    case noteEdited(NoteID, text: String)
    case noteWithdrawn(NoteID)
    case noteShared(NoteID)
    case notePublished(NoteID)
    case noteRedacted(NoteID, RedactionReason)
    /// A facilitator erased a note for good.
    case noteErased(NoteID)

    /// These notes go on to the next phase, or do not.
    case notesRaised([NoteID], Bool)

    /// The groups of a phase, all of them, with who is in them.
    case groupsFormed(PhaseID, [Group])
    case groupAdded(Group)
    /// These are in this group of the phase now, and in no other; nil: in none.
    case groupSet([ParticipantID], PhaseID, GroupID?)
    case groupRenamed(GroupID, String)
    /// These have not been connected for long; or are back.
    case awaySet([ParticipantID], Bool)

    case clusterCreated(ClusterID, name: String, notes: [NoteID])
    case clusterRenamed(ClusterID, String)
    case notesMoved([NoteID], to: ClusterID?)
    case notesPlaced([NoteID], column: ColumnID)
    case clustersMerged(ClusterID, into: ClusterID)
    case clusterDissolved(ClusterID)
    case clusteringUndone(BoardID)

    case roundOpened(RoundID, board: BoardID, phase: PhaseID, title: String, VoteSetup)
    /// Held in an erasable cell, never in the log, and gone when the round closes. See ``Event/isErasable``.
    case ballotSet(RoundID, ParticipantID, Ballot)
    /// What the log may know of a ballot: how many have voted.
    case votersCounted(RoundID, Int)
    /// What a table gave. Held in an erasable cell, as ballots are.
    case tableBallotSet(RoundID, ParticipantID, TableBallot)
    /// What the log may know of how far ballots have come: how many have given all they have, and how many tables have
    /// given something.
    case turnoutCounted(RoundID, done: Int, tables: Int)
    /// What the tables gave together, how many they were and with how many people, as the round is closed.
    case tablesCounted(RoundID, tables: Int, heads: Int, tallies: [Tally])
    case roundClosed(RoundID, voters: Int, tallies: [Tally])
    case roundRevealed(RoundID)
    case handsRecorded(RoundID, Target, value: Int, count: Int)

    case speakersSet(SpeakerList.State, speechSeconds: Int, replySeconds: Int)
    case speechAsked(SpeechID, ParticipantID, SpeechKind)
    /// Staff has put in somebody without a device.
    case speechAdded(SpeechID, name: String, SpeechKind, Attendance)
    /// Whoever asked for the word does not want it any more.
    case speechWithdrawn(SpeechID)
    case speechCalled(SpeechID)
    case speechFinished(SpeechID)
    case speechRemoved(SpeechID)
    case speechMoved(SpeechID, after: SpeechID?)

    case phaseOpened(PhaseID)
    case phaseRevealed(PhaseID)
    case phaseConcealed(PhaseID)
    case inputSet(PhaseID, isOpen: Bool)
    case phaseChanged(Phase)
    case phaseAdded(Phase, after: PhaseID?)
    case phaseRemoved(PhaseID)
    case phaseMoved(PhaseID, after: PhaseID?)
    /// A board, and the clusters that come with it.
    case boardAdded(Board, clusters: [Cluster])
    case boardChanged(Board)
    case boardRemoved(BoardID)
    case startPlanned(Int64?)

    case timerSet(Timer?)

    case doorSet(isOpen: Bool)
    case codeChanged(String)
    case approvalSet(Bool)
    case placesSet(Int)
    case paceSet(seconds: Int)
    /// A role's link is another from now on.
    case linkReplaced(Creation.Link)
    /// Somebody's way in is gone, with the link that it came by.
    case accessRevoked(ParticipantID)
    case titleSet(String)
    case lockSet(Bool)
    case spotlightSet(Spotlight?)
    case ended
    /// How many days after its end the workshop is erased, and when that is, or when to look again.
    case retentionSet(days: Int, eraseAt: Int64)

    /// Something happened in a process, or to a session as a part of one.
    case process(ProcessEvent)

    /// Whether this is kept in an erasable cell instead of the log.
    public var isErasable: Bool {
        switch self {
        case .ballotSet, .tableBallotSet: true
        default: false
        }
    }
}

/// How a workshop begins.
public struct Creation: Hashable, Sendable {
    /// The workshop's own identifier: unguessable, used as the journal's stream.
    public var id: String
    /// What people read.
    public var title: String
    /// The language of its content, as a BCP 47 tag: `nb`, `nn`, `en`, ….
    public var language: String
    /// The first join code.
    public var code: String
    /// Which link gives which role, as hashes of the links' secrets.
    public var links: [Link]
    /// The boards, numbered from 1 in order.
    public var boards: [Board]
    /// The run sheet, numbered from 1 in order; the first phase is opened.
    public var phases: [Phase]
    /// Clusters that are there from the start, such as topics or principles: named, empty, numbered from 1 in order.
    public var clusters: [Cluster]
    /// The limits that hold.
    public var limits: Limits
    /// Days that it is kept after its end; nil in records from before that was asked.
    public var keepDays: Int?
    /// What makes it a process; nil for a workshop.
    public var process: ProcessBrief?
    /// What makes it a session of a process; nil for one that stands alone.
    public var part: Part?

    /// A capability link.
    public struct Link: Hashable, Sendable, Codable {
        /// What it makes its holder.
        public var role: Role
        /// The hash of its secret.
        public var secret: SecretHash
        /// How many times it has been replaced since the facilitator's was: part of what its secret is made from.
        public var generation = 0

        /// Makes a link.
        public init(role: Role, secret: SecretHash, generation: Int = 0) {
            self.role = role
            self.secret = secret
            self.generation = generation
        }
    }

    /// Makes a creation.
    public init(
        id: String, title: String, language: String, code: String, links: [Link], boards: [Board],
        phases: [Phase], clusters: [Cluster] = [],
        limits: Limits = Limits(), keepDays: Int? = nil, process: ProcessBrief? = nil, part: Part? = nil
    ) {
        self.id = id
        self.title = title
        self.language = language
        self.code = code
        self.links = links
        self.boards = boards
        self.phases = phases
        self.clusters = clusters
        self.limits = limits
        self.keepDays = keepDays
        self.process = process
        self.part = part
    }
}

/// What one command led to: the unit that the journal numbers.
///
/// A record is stored whole or not at all. Its place in the journal is its sequence.
public struct Record: Hashable, Sendable {
    /// The server's clock when it was decided, in milliseconds since 1970-01-01T00:00:00Z; never before the record before it.
    public var at: Int64
    /// Who commanded; nil for the clock, for the creation, and for votes.
    public var actor: ParticipantID?
    /// The actor's own counter for the command; 0 when it is not counted.
    public var ref: UInt32
    /// What happened, in order; at least one.
    public var events: [Event]

    /// Makes a record.
    public init(at: Int64, actor: ParticipantID?, ref: UInt32, events: [Event]) {
        self.at = at
        self.actor = actor
        self.ref = ref
        self.events = events
    }
}

extension Creation {
    /// A board by the number it will have.
    func board(_ id: BoardID) -> Board? {
        let index = Int(id.number) - 1
        return boards.indices.contains(index) ? boards[index] : nil
    }
}

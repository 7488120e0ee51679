/// What a channel shows under one key. `Wire` writes it as JSON; the shapes are those of protocol.md, section "Entries".
public enum Entry: Hashable, Sendable {
    case session(SessionEntry)
    case retention(RetentionEntry)
    case phase(PhaseEntry)
    case runSheetPhase(RunSheetEntry)
    case board(Board)
    case timer(Timer)
    case totals(TotalsEntry)
    case spotlight(Spotlight)
    case note(NoteEntry)
    case ownNote(OwnNoteEntry)
    case staffNote(StaffNoteEntry)
    case cluster(Cluster)
    case round(RoundEntry)
    case ownBallot(OwnBallotEntry)
    case ownTableBallot(TableBallot)
    case speakers(SpeakersEntry)
    case me(MeEntry)
    case door(DoorEntry)
    case undo(steps: Int)
    case plan(startAt: Int64)
    case participant(ParticipantEntry)
    case process(ProcessEntry)
    case step(StepEntry)
    case processSession(ProcessSession)
    case item(Item)
    case cofacilitator(name: String)
    case part(Part)
    case group(GroupEntry)
    case staffGroup(StaffGroupEntry)
}

/// The workshop itself, to everybody.
public struct SessionEntry: Hashable, Sendable {
    /// What people read.
    public var title: String
    /// The language of the content.
    public var language: String
    /// Whether the board is locked for all but the facilitator.
    public var isLocked: Bool
    /// Whether the workshop is over.
    public var isEnded: Bool
    /// Seconds that a participant waits between two notes; 0 for none.
    public var paceSeconds: Int
}

/// How long the workshop is kept, to everybody.
public struct RetentionEntry: Hashable, Sendable {
    /// Days that it is kept after its end.
    public var days: Int
    /// When it is erased, in milliseconds since 1970-01-01T00:00:00Z; nil until it has ended.
    public var eraseAt: Int64?
    /// Notes that a facilitator has erased for good.
    public var erasedNotes: Int
    /// Whether it is kept as long as the process that it is a session of.
    public var isWithProcess = false
}

/// The current phase, to everybody: what to do and what one may do.
public struct PhaseEntry: Hashable, Sendable {
    /// The phase.
    public var phase: Phase
    /// What has happened in it.
    public var progress: PhaseProgress
    /// Place in the run sheet, from 1.
    public var position: Int
    /// Length of the run sheet.
    public var count: Int
}

/// A phase of the run sheet, to staff.
public struct RunSheetEntry: Hashable, Sendable {
    /// The phase.
    public var phase: Phase
    /// What has happened in it.
    public var progress: PhaseProgress
    /// Place in the run sheet, from 1.
    public var position: Int
    /// Whether everybody is in it now.
    public var isCurrent: Bool
}

/// Totals that everybody may know; never a name.
public struct TotalsEntry: Hashable, Sendable {
    /// How many take part.
    public var headCount: HeadCount
    /// Notes written in the current phase.
    public var notes: Int
    /// Participants who have written in the current phase.
    public var writers: Int
    /// Notes taken off the board or waiting, in all phases.
    public var withheld: Int
    /// Those of the current phase's notes that were entered on behalf of somebody, or at a table.
    public var proxies = 0
}

/// A note that everybody may see.
public struct NoteEntry: Hashable, Sendable {
    /// The note.
    public var note: Note
    /// The author's name, when the phase shows names and there is one.
    public var author: String?
    /// The group it belongs to.
    public var group: GroupLabel?
}

/// An own note, to its author alone.
public struct OwnNoteEntry: Hashable, Sendable {
    /// The note.
    public var note: Note
    /// Whether others can see it now.
    public var isVisible: Bool
    /// The group it belongs to.
    public var group: GroupLabel?
}

/// A note that waits for approval or has been taken off, to staff; the author is never part of it.
public struct StaffNoteEntry: Hashable, Sendable {
    /// The note.
    public var note: Note
    /// The group it belongs to.
    public var group: GroupLabel?
}

/// A round of voting, to everybody, and to staff with the tallies of a closed round.
public struct RoundEntry: Hashable, Sendable {
    /// The round.
    public var round: Round
    /// Totals by cluster and note, shown once the reader may know them.
    public var results: [Result]?

    /// What one target got.
    public struct Result: Hashable, Sendable {
        /// What was voted on.
        public var target: Target
        /// Personal votes on it; for a cluster those on its members are added.
        public var counts: [Tally.Count]
        /// Shows of hands, apart.
        public var hands: [Tally.Count]
        /// What tables gave, apart.
        public var tables: [Tally.Count] = []
    }
}

/// The own votes in an open round, to the voter alone.
public struct OwnBallotEntry: Hashable, Sendable {
    /// By target, in order.
    public var votes: [(target: Target, value: Int)] {
        ballot.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    /// The votes, by target.
    public var ballot: Ballot
}

/// What the workshop knows about the reader.
public struct MeEntry: Hashable, Sendable {
    /// The identifier.
    public var id: ParticipantID
    /// What it may do.
    public var role: Role
    /// A name of its own choosing; may be empty.
    public var name: String
    /// Where it takes part from.
    public var attendance: Attendance
    /// Whether it is ready to go on.
    public var isReady: Bool
    /// Whether its hand is up.
    public var isHandRaised: Bool
    /// What it waits for.
    public var wait: Wait?
    /// The group it is in, whose channel it follows.
    public var group: GroupID?
    /// How many share the device, when it is a table's.
    public var tableHeads: Int?
    /// Its requests for the word, and its turn.
    public var requests: [SpeechID]

    /// Makes an entry.
    public init(
        id: ParticipantID, role: Role, name: String, attendance: Attendance, isReady: Bool,
        isHandRaised: Bool, wait: Wait? = nil, tableHeads: Int? = nil, requests: [SpeechID] = [],
        group: GroupID? = nil
    ) {
        self.tableHeads = tableHeads
        self.requests = requests
        self.group = group
        self.id = id
        self.role = role
        self.name = name
        self.attendance = attendance
        self.isReady = isReady
        self.isHandRaised = isHandRaised
        self.wait = wait
    }
}

/// The way in, to the facilitator and the room screen.
public struct DoorEntry: Hashable, Sendable {
    /// The join code.
    public var code: String
    /// Whether the code works.
    public var isOpen: Bool
    /// Whether everybody who comes with the code waits until a facilitator lets them in.
    public var needsApproval: Bool
    /// How many may take part at the same time.
    public var places: Int
}

/// Somebody who takes part, to staff.
public struct ParticipantEntry: Hashable, Sendable {
    /// What it may do.
    public var role: Role
    /// A name of its own choosing; may be empty.
    public var name: String
    /// Where it takes part from.
    public var attendance: Attendance
    /// Whether its hand is up.
    public var isHandRaised: Bool
    /// What it waits for.
    public var wait: Wait?
    /// Whether it has not been connected for long.
    public var isAway: Bool
    /// How many share the device, when it is a table's.
    public var tableHeads: Int?

    /// Makes an entry.
    public init(
        role: Role, name: String, attendance: Attendance, isHandRaised: Bool, wait: Wait? = nil,
        tableHeads: Int? = nil, isAway: Bool = false
    ) {
        self.tableHeads = tableHeads
        self.isAway = isAway
        self.role = role
        self.name = name
        self.attendance = attendance
        self.isHandRaised = isHandRaised
        self.wait = wait
    }
}

/// A group of the current phase, to its members and the room screen; to everybody where each chooses a group.
public struct GroupEntry: Hashable, Sendable {
    /// Its number and name.
    public var label: GroupLabel
    /// The phase it belongs to.
    public var phase: PhaseID
    /// How many are in it.
    public var size: Int
    /// Whether it has written nothing yet.
    public var isEmpty: Bool
    /// The names of those in it, when the phase shows names to everybody; those who gave none are left out.
    public var names: [String]?
}

/// A group of the current phase, to staff: who is in it, and how much it has written. Never what.
public struct StaffGroupEntry: Hashable, Sendable {
    /// The group.
    public var group: Group
}

/// Who works together in a phase: alone, in a group, or all (*individ, gruppe, plenum*).
public enum Rhythm: String, Hashable, Sendable, Codable, CaseIterable {
    case individual, group, plenary
}

/// Who sees a note that is written in a phase, until the facilitator reveals it.
public enum Visibility: String, Hashable, Sendable, Codable, CaseIterable {
    /// Only its author, until the reveal. The facilitator too sees only totals.
    case own
    /// Only its author's group, until the reveal. The facilitator too sees only totals.
    case group
    /// Everybody, at once.
    case everyone
}

/// Who is told who wrote a note. The participant is shown this promise in the words that the server enforces.
public enum Anonymity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Names are shown to everybody.
    case none
    /// Names are shown to the facilitator only.
    case peers
    /// Names are shown to nobody.
    case all

    /// Whether one promises less than another.
    public static func < (one: Anonymity, other: Anonymity) -> Bool { one.strength < other.strength }

    private var strength: Int {
        switch self {
        case .none: 0
        case .peers: 1
        case .all: 2
        }
    }
}

/// How a vote is given.
public enum VoteKind: Hashable, Sendable, Codable {
    /// Dots: `budget` in all for each person, at most `cap` on one target.
    case dots(budget: Int, cap: Int)
    /// Agree (1), disagree (−1) or pass (0) on each target.
    case stance
    /// A whole number from `low` to `high` on each target.
    case scale(low: Int, high: Int)
    /// Two whole numbers on each target at once, each from 1 to its axis' steps. A value is 10 × across + up.
    case matrix(across: RatedAxis, up: RatedAxis)
}

/// What is voted on.
public enum VoteTargets: String, Hashable, Sendable, Codable, CaseIterable {
    /// Each note.
    case notes
    /// Each cluster, and each note that is in none.
    case clusters
}

/// The vote that belongs to a phase, ready for the facilitator to open.
public struct VoteSetup: Hashable, Sendable, Codable {
    /// How a vote is given.
    public var kind: VoteKind
    /// What is voted on.
    public var targets: VoteTargets
    /// The axis of a matrix that the numbers are for; nil for any other vote.
    public var axis: Axes.Direction?
    /// The closed round on the same things that this one is to be compared with; nil for a round of its own, and in a phase.
    public var again: RoundID?

    /// Makes a set-up.
    public init(
        kind: VoteKind, targets: VoteTargets, axis: Axes.Direction? = nil, again: RoundID? = nil
    ) {
        self.kind = kind
        self.targets = targets
        self.axis = axis
        self.again = again
    }
}

/// One step of the run sheet. A phase is data, never code.
public struct Phase: Hashable, Sendable, Codable {
    /// Its identifier.
    public var id: PhaseID
    /// What people read at the top.
    public var name: String
    /// What to do, in plain text, to everybody.
    public var instruction: String
    /// A hint for the facilitator.
    public var hint: String
    /// Suggested length in minutes, 0 to 1,440; 0 means none.
    public var minutes: Int
    /// The board this phase works on.
    public var board: BoardID
    /// Who works together.
    public var rhythm: Rhythm
    /// What participants may do.
    public var participants: Acts
    /// What helpers may do. The facilitator may do everything, always.
    public var helpers: Acts
    /// Who sees what is written here.
    public var visibility: Visibility
    /// Who is told who wrote it.
    public var anonymity: Anonymity
    /// Notes one participant may have from this phase; 0 means no limit of its own.
    public var notesEach: Int
    /// Whether notes wait for the facilitator's approval before others see them.
    public var isModerated: Bool
    /// Whether the end of the timer closes input.
    public var timerClosesInput: Bool
    /// The vote that belongs here.
    public var vote: VoteSetup?
    /// Whether this is a break: participants do nothing, and nothing is voted on.
    public var isBreak = false
    /// How groups are made when it opens; nil when there are none.
    public var grouping: Grouping?
    /// Whether the end of the timer opens the next phase, with that one's minutes as its timer.
    public var advances = false

    /// Makes a phase with everything spelled out that is not usual.
    public init(
        id: PhaseID, name: String, instruction: String = "", hint: String = "", minutes: Int = 0,
        board: BoardID,
        rhythm: Rhythm = .individual, participants: Acts = [], helpers: Acts = [],
        visibility: Visibility = .everyone,
        anonymity: Anonymity = .all, notesEach: Int = 0, isModerated: Bool = false,
        timerClosesInput: Bool = false,
        vote: VoteSetup? = nil, isBreak: Bool = false, grouping: Grouping? = nil, advances: Bool = false
    ) {
        self.id = id
        self.name = name
        self.instruction = instruction
        self.hint = hint
        self.minutes = minutes
        self.board = board
        self.rhythm = rhythm
        self.participants = participants
        self.helpers = helpers
        self.visibility = visibility
        self.anonymity = anonymity
        self.notesEach = notesEach
        self.isModerated = isModerated
        self.timerClosesInput = timerClosesInput
        self.vote = vote
        self.isBreak = isBreak
        self.grouping = grouping
        self.advances = advances
    }
}

/// What has happened in a phase so far.
public struct PhaseProgress: Hashable, Sendable, Codable {
    /// Whether the facilitator has revealed what was written privately.
    public var isRevealed = false
    /// Whether input is closed, by the timer's end or by the facilitator.
    public var isInputClosed = false
    /// Notes written here that still exist.
    public var notes = 0
    /// Participants with at least one of them.
    public var writers = 0
    /// Those of the notes that were entered on behalf of somebody, or at a table.
    public var proxies = 0
    /// When everybody was moved here first, in milliseconds since 1970-01-01T00:00:00Z; nil until somebody moved everybody,
    /// as for the phase that a workshop begins in.
    public var firstOpenedAt: Int64?
    /// When everybody was moved here last.
    public var openedAt: Int64?
}

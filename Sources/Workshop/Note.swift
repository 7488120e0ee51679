/// How a note came in. Input on behalf of others is marked for good and totalled apart.
public enum Source: String, Hashable, Sendable, Codable, CaseIterable {
    /// Written by the participant.
    case phone
    /// Written by a table host for a group.
    case table
    /// Typed from paper.
    case paper
    /// Brought in from a file.
    case imported = "import"

    /// Whether it was entered on behalf of somebody.
    public var isProxy: Bool { self != .phone }
}

/// Why a note was taken off the board.
public enum RedactionReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// It tells something private about somebody.
    case personal
    /// It insults or threatens.
    case offensive
    /// It does not belong to the question.
    case offTopic = "off-topic"
    /// It is there already.
    case duplicate
    /// Something else.
    case other
}

/// Whether others may see a note once its phase lets them.
public enum Publication: Hashable, Sendable, Codable {
    /// Waits for the facilitator.
    case held
    /// On the board.
    case published
    /// Taken off.
    case redacted(RedactionReason)
}

/// A short text on paper.
public struct Note: Hashable, Sendable, Codable {
    /// Its identifier.
    public var id: NoteID
    /// The board it is on.
    public var board: BoardID
    /// The phase it was written in: that phase decides who sees it.
    public var phase: PhaseID
    /// Where on the board; nil on a plain list.
    public var column: ColumnID?
    /// What it says, 1 to 500 characters.
    public var text: String
    /// Its paper.
    public var paper: Paper
    /// The language it is written in, as a BCP 47 tag; nil for the workshop's own.
    public var language: String?
    /// How it came in.
    public var source: Source
    /// Who wrote it. Leaves the domain only as the phase's anonymity says.
    public var author: ParticipantID
    /// The author's own counter for the command that made it, so that their device knows its note again.
    public var ref: UInt32
    /// The cluster it is in.
    public var cluster: ClusterID?
    /// The group it belongs to: whose it was written in, or, on a board of all, whose it comes from; nil for none.
    public var group: GroupID?
    /// What it was carried from; empty for a note that was written where it stands.
    public var origins: [Origin] = []
    /// Whether it was chosen to go on to the next phase.
    public var isRaised = false
    /// Whether the author has given it to the group, so that others may change it.
    public var isShared = false
    /// Whether others may see it.
    public var publication: Publication
    /// When it was written, in milliseconds since 1970-01-01T00:00:00Z.
    public var writtenAt: Int64

    /// Makes a note that is in no cluster and not shared.
    public init(
        id: NoteID, board: BoardID, phase: PhaseID, column: ColumnID?, text: String, paper: Paper,
        language: String?,
        source: Source, author: ParticipantID, ref: UInt32, publication: Publication, writtenAt: Int64
    ) {
        self.id = id
        self.board = board
        self.phase = phase
        self.column = column
        self.text = text
        self.paper = paper
        self.language = language
        self.source = source
        self.author = author
        self.ref = ref
        self.publication = publication
        self.writtenAt = writtenAt
    }
}

/// Notes that belong together, with a name.
public struct Cluster: Hashable, Sendable, Codable {
    /// Its identifier.
    public var id: ClusterID
    /// The board it is on.
    public var board: BoardID
    /// Where on the board; nil on a plain list.
    public var column: ColumnID?
    /// Its name; may be empty until somebody gives one.
    public var name: String
    /// Its notes, in the order they were put there.
    public var notes: [NoteID]
    /// Whether it came with its board, such as a topic or a principle, and was not made from notes.
    public var isGiven = false

    /// Makes a cluster.
    public init(id: ClusterID, board: BoardID, column: ColumnID? = nil, name: String, notes: [NoteID]) {
        self.id = id
        self.board = board
        self.column = column
        self.name = name
        self.notes = notes
    }
}

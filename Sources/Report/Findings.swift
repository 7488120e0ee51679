public import Workshop

/// Everything a report says about a workshop, computed once; every document is written from this alone.
///
/// It holds what everybody may see. What is private, waits or was taken off is only counted. There is no author in it, no
/// participant's name or identifier, and nothing that joins a vote to a person.
public struct Findings: Hashable, Sendable {
    /// The workshop's title.
    public var title: String
    /// The language of its content, as a BCP 47 tag.
    public var language: String
    /// When it was created, in milliseconds since 1970-01-01T00:00:00Z.
    public var createdAt: Int64
    /// When it was ended; nil while it goes on.
    public var endedAt: Int64?
    /// When its last change was made: the report shows it as it stood then.
    public var asOf: Int64
    /// How many took part.
    public var participation: Participation
    /// How many had the word, on the list of speakers.
    public var speeches: SpeakerList.Spoken
    /// How many of them replied to somebody.
    public var replies: SpeakerList.Spoken
    /// The notes that are in the report, by how they came in.
    public var sources: SourceCounts
    /// The notes that are not.
    public var withheld: Withheld
    /// The boards, oldest first.
    public var boards: [ReportedBoard]
    /// The rounds of voting, oldest first.
    public var rounds: [ReportedRound]
    /// The run sheet, in order.
    public var phases: [ReportedPhase]

    /// How many clusters the report shows.
    public var clusterCount: Int {
        boards.reduce(0) { $0 + $1.columns.reduce(0) { $0 + $1.clusters.count } }
    }
}

/// How many people took part, by where they were; everybody at a table with a shared device counts. Facilitators, helpers, screens and observers are not counted.
public struct Participation: Hashable, Sendable {
    /// In the room.
    public var room = 0
    /// From elsewhere.
    public var remote = 0
    /// Those of both who shared a table's device.
    public var atTables = 0
    /// How many such devices there were.
    public var tables = 0
    /// All of them.
    public var all: Int { room + remote }
}

/// Notes by how they came in. Those entered on behalf of somebody are totalled apart.
public struct SourceCounts: Hashable, Sendable {
    /// Written by the participants themselves.
    public var phone = 0
    /// Written by a table host.
    public var table = 0
    /// Typed from paper.
    public var paper = 0
    /// Brought in from a file.
    public var imported = 0
    /// All that were entered on behalf of somebody.
    public var proxy: Int { table + paper + imported }
    /// All.
    public var all: Int { phone + proxy }

    /// How many came in that way.
    public subscript(source: Source) -> Int {
        switch source {
        case .phone: phone
        case .table: table
        case .paper: paper
        case .imported: imported
        }
    }

    mutating func count(_ source: Source) {
        switch source {
        case .phone: phone += 1
        case .table: table += 1
        case .paper: paper += 1
        case .imported: imported += 1
        }
    }

    static func += (left: inout SourceCounts, right: SourceCounts) {
        left.phone += right.phone
        left.table += right.table
        left.paper += right.paper
        left.imported += right.imported
    }
}

/// Notes that exist but are not in the report, by reason. Each is counted once: redacted before held before private.
public struct Withheld: Hashable, Sendable {
    /// Written privately and never revealed.
    public var unrevealed = 0
    /// Waiting for approval.
    public var held = 0
    /// Taken off, by reason; a reason that was not used is left out.
    public var redacted: [RedactionReason: Int] = [:]
    /// All of them.
    public var all: Int { unrevealed + held + redacted.values.reduce(0, +) }

    mutating func count(_ note: Note) {
        switch note.publication {
        case .redacted(let reason): redacted[reason, default: 0] += 1
        case .held: held += 1
        case .published: unrevealed += 1
        }
    }

    static func += (left: inout Withheld, right: Withheld) {
        left.unrevealed += right.unrevealed
        left.held += right.held
        left.redacted.merge(right.redacted, uniquingKeysWith: +)
    }
}

/// A board with what everybody may see on it.
public struct ReportedBoard: Hashable, Sendable {
    /// Its identifier.
    public var id: BoardID
    /// What people read.
    public var name: String
    /// Its structure.
    public var structure: Structure
    /// Its places, in order; a plain list has one without a name. Notes whose place is gone come last, in one without a name.
    public var columns: [ReportedColumn]
    /// What a matrix measures; nil on every other board.
    public var axes: Axes?
    /// Its notes by how they came in.
    public var sources: SourceCounts
    /// Its notes that are not in the report.
    public var withheld: Withheld
}

/// A place on a board.
public struct ReportedColumn: Hashable, Sendable {
    /// Its identifier; nil for notes that have no place.
    public var id: ColumnID?
    /// What it is: a column, a cell, a step, …; nil where there are no places.
    public var kind: PlaceKind?
    /// Where on a matrix' axes it is; nil on every other board.
    public var position: Position?
    /// What people read; may be empty.
    public var name: String
    /// One sentence that says what belongs here; may be empty.
    public var hint: String
    /// The heading it shares with its neighbours; may be empty.
    public var group: String
    /// Its clusters: most votes first, then most notes, then oldest.
    public var clusters: [ReportedCluster]
    /// The notes in no cluster: most votes first, then oldest.
    public var loose: [ReportedNote]
    /// How many notes it holds.
    public var noteCount: Int { clusters.reduce(loose.count) { $0 + $1.notes.count } }
}

/// A cluster.
public struct ReportedCluster: Hashable, Sendable {
    /// Its identifier.
    public var id: ClusterID
    /// Its name; may be empty.
    public var name: String
    /// Its notes that everybody may see: most votes first, then oldest.
    public var notes: [ReportedNote]
    /// What it got, its members' votes added, in each reported round on its board.
    public var outcomes: [RoundID: Outcome]
}

/// A note that everybody may see.
public struct ReportedNote: Hashable, Sendable {
    /// Its identifier.
    public var id: NoteID
    /// What it says.
    public var text: String
    /// Its paper.
    public var paper: Paper
    /// The language it is written in when that is not the workshop's own.
    public var language: String?
    /// How it came in.
    public var source: Source
    /// When it was written, in milliseconds since 1970-01-01T00:00:00Z.
    public var writtenAt: Int64
    /// What it got itself in each reported round.
    public var outcomes: [RoundID: Outcome]
    /// The group it was written in, or comes from; nil for none.
    public var group: GroupLabel?
    /// What it was carried on from.
    public var origins: [Origin]
}

/// A phase of the run sheet, as a report on the method tells it.
public struct ReportedPhase: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// What people were asked to do.
    public var instruction: String
    /// Suggested minutes; 0 means none.
    public var minutes: Int
    /// Who worked together.
    public var rhythm: Rhythm
    /// Notes written in it that still exist, those withheld counted too.
    public var notes: Int
    /// Participants who wrote them.
    public var writers: Int
}

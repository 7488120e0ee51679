/// What a channel shows under one key. `Wire` writes it as JSON; the shapes are those of protocol.md, section "Entries".
public enum Entry: Hashable, Sendable {
    case session(SessionEntry)
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
    case me(MeEntry)
    case door(DoorEntry)
    case undo(steps: Int)
    case participant(ParticipantEntry)
}

/// The workshop itself, to everybody.
public struct SessionEntry: Hashable, Sendable {
    public var title: String
    public var language: String
    public var isLocked: Bool
    public var isEnded: Bool
}

/// The current phase, to everybody: what to do and what one may do.
public struct PhaseEntry: Hashable, Sendable {
    public var phase: Phase
    public var progress: PhaseProgress
    /// Place in the run sheet, from 1.
    public var position: Int
    /// Length of the run sheet.
    public var count: Int
}

/// A phase of the run sheet, to staff.
public struct RunSheetEntry: Hashable, Sendable {
    public var phase: Phase
    public var progress: PhaseProgress
    /// Place in the run sheet, from 1.
    public var position: Int
    public var isCurrent: Bool
}

/// Totals that everybody may know; never a name.
public struct TotalsEntry: Hashable, Sendable {
    public var headCount: HeadCount
    /// Notes written in the current phase.
    public var notes: Int
    /// Participants who have written in the current phase.
    public var writers: Int
    /// Notes taken off the board or waiting, in all phases.
    public var withheld: Int
}

/// A note that everybody may see.
public struct NoteEntry: Hashable, Sendable {
    public var note: Note
    /// The author's name, when the phase shows names and there is one.
    public var author: String?
}

/// An own note, to its author alone.
public struct OwnNoteEntry: Hashable, Sendable {
    public var note: Note
    /// Whether others can see it now.
    public var isVisible: Bool
}

/// A note that waits for approval or has been taken off, to staff; the author is never part of it.
public struct StaffNoteEntry: Hashable, Sendable {
    public var note: Note
}

/// A round of voting, to everybody, and to staff with the tallies of a closed round.
public struct RoundEntry: Hashable, Sendable {
    public var round: Round
    /// Totals by cluster and note, shown once the reader may know them.
    public var results: [Result]?

    /// What one target got.
    public struct Result: Hashable, Sendable {
        public var target: Target
        /// Personal votes on it; for a cluster those on its members are added.
        public var counts: [Tally.Count]
        /// Shows of hands, apart.
        public var hands: [Tally.Count]
    }
}

/// The own votes in an open round, to the voter alone.
public struct OwnBallotEntry: Hashable, Sendable {
    /// By target, in order.
    public var votes: [(target: Target, value: Int)] { ballot.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    public var ballot: Ballot
}

/// What the workshop knows about the reader.
public struct MeEntry: Hashable, Sendable {
    public var id: ParticipantID
    public var role: Role
    public var name: String
    public var attendance: Attendance
    public var isReady: Bool
    public var isHandRaised: Bool
}

/// The way in, to the facilitator and the room screen.
public struct DoorEntry: Hashable, Sendable {
    public var code: String
    public var isOpen: Bool
}

/// Somebody who takes part, to staff.
public struct ParticipantEntry: Hashable, Sendable {
    public var role: Role
    public var name: String
    public var attendance: Attendance
    public var isHandRaised: Bool
}

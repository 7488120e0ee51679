/// Why the rules say no. The connection stays open, nothing is stored, and the person is told what they can do.
public enum Refusal: String, Error, Hashable, Sendable, CaseIterable {
    /// The role may never do this.
    case notAllowed = "not-allowed"
    /// The current phase does not let the role do this.
    case wrongPhase = "wrong-phase"
    /// Input is closed: time is up, or the facilitator closed it.
    case inputClosed = "input-closed"
    /// The facilitator has locked the board.
    case locked
    /// The workshop is over.
    case ended
    /// The facilitator has removed this participant.
    case removed
    /// There is no such thing (any more).
    case notFound = "not-found"
    /// The note belongs to somebody else.
    case notYours = "not-yours"
    /// The text is empty.
    case empty
    /// The text is longer than its limit.
    case tooLong = "too-long"
    /// A value is outside its range, or names a place that does not exist.
    case invalidValue = "invalid-value"
    /// This participant has as many notes as the phase or the workshop lets one have.
    case tooManyNotes = "too-many-notes"
    /// The workshop holds as many of these as it can.
    case limitReached = "limit-reached"
    /// All votes are given.
    case budgetSpent = "budget-spent"
    /// As many votes as one target may get from one person.
    case capReached = "cap-reached"
    /// The round takes no votes.
    case roundClosed = "round-closed"
    /// A round is open already, or still.
    case roundOpen = "round-open"
    /// There is no list of speakers, or it takes nobody new.
    case listClosed = "list-closed"
    /// There is no running, paused or ended timer for this.
    case noTimer = "no-timer"
    /// No step of clustering to take back.
    case nothingToUndo = "nothing-to-undo"
    /// The phase holds notes, or is the only one or the current one.
    case phaseInUse = "phase-in-use"
    /// The counter was passed by a later command: this one had been refused (rule R3).
    case staleRef = "stale-ref"
    /// This participant waits: to be let in, or for a place.
    case waiting
    /// The facilitator asks for time between two notes, and that has not passed.
    case tooSoon = "too-soon"
    /// The workshop has as many participants as it can hold.
    case full
    /// This is for a process only, or for a workshop only, and this is the other one.
    case wrongKind = "wrong-kind"
}

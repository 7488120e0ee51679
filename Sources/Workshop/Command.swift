/// What somebody asks the workshop to do. `decide` answers with events or with a refusal.
public enum Command: Hashable, Sendable {
    // MARK: People
    /// Comes in. The role has been proved by the code or a link before this is decided.
    case join(role: Role, secret: SecretHash, name: String, attendance: Attendance)
    /// Changes the own name.
    case rename(String)
    /// Says whether one is ready to go on.
    case setReady(Bool)
    /// Raises or lowers the hand.
    case setHand(Bool)
    /// Takes somebody out; their notes go too when `withNotes`.
    case removeParticipant(ParticipantID, withNotes: Bool)
    /// Erases somebody and all they contributed, for good.
    case eraseParticipant(ParticipantID)
    /// Erases oneself and all one contributed, for good; whoever one is, also when one was removed.
    case eraseMe

    /// Lets in people who wait for approval.
    case admit([ParticipantID])
    /// Takes out people who wait for approval.
    case turnAway([ParticipantID])
    /// The clock's own command: gives the places of people who are not there to those who wait.
    case releasePlaces([ParticipantID])
    /// The clock's own command: somebody whose place was given away is back.
    case takePlace(ParticipantID)

    /// Says that the own device is shared by so many at a table; nil: it is one person's.
    case setTable(heads: Int?)

    // MARK: Notes
    /// Writes a note in the current phase.
    case addNote(text: String, column: ColumnID?, paper: Paper?, language: String?, source: Source)
    /// Changes what a note says.
    case editNote(NoteID, text: String)
    /// Takes back an own note.
    case withdrawNote(NoteID)
    /// Lets others change an own note.
    case shareNote(NoteID)
    /// Lets a held note onto the board.
    case publishNote(NoteID)
    /// Takes a note off the board.
    case redactNote(NoteID, RedactionReason)
    /// Puts a redacted note back.
    case restoreNote(NoteID)
    /// Erases a note for good.
    case eraseNote(NoteID)

    /// Chooses notes to go on to the next phase, or takes that back; carries on at once those of another phase.
    case raiseNotes([NoteID], Bool)
    /// Does that with all notes of a phase.
    case raisePhase(PhaseID)

    // MARK: Groups
    /// Goes into a group of the current phase; nil leaves the own one.
    case chooseGroup(GroupID?)
    /// Puts people into a group of the current phase; nil: into none.
    case movePeople([ParticipantID], to: GroupID?)
    /// Names a group.
    case renameGroup(GroupID, String)
    /// Makes one more group in the current phase.
    case addGroup
    /// Makes the current phase's groups anew; or puts only those into groups who are in none.
    case mixGroups(everybody: Bool)
    /// The clock's own command: these have not been connected for long.
    case setAway([ParticipantID])
    /// The clock's own command: somebody who was away is back.
    case setBack(ParticipantID)

    // MARK: Clusters
    /// Puts notes in a new cluster.
    case createCluster(name: String, notes: [NoteID])
    /// Names a cluster.
    case renameCluster(ClusterID, String)
    /// Puts notes in a cluster, or out of any.
    case moveNotes([NoteID], to: ClusterID?)
    /// Puts notes in another column, out of any cluster.
    case placeNotes([NoteID], column: ColumnID)
    /// Puts all of one cluster into another.
    case mergeClusters(ClusterID, into: ClusterID)
    /// Takes notes out of a cluster into a new one.
    case splitCluster(ClusterID, notes: [NoteID], name: String)
    /// Lets a cluster's notes stand alone again.
    case dissolveCluster(ClusterID)
    /// Takes back the last step of clustering on the current board.
    case undoClustering

    // MARK: Votes
    /// Opens a round on the current phase's board.
    case openRound(title: String, VoteSetup)
    /// Sets the own value on one target; nil takes it back. Absolute, so sending it twice changes nothing.
    case castVote(RoundID, Target, value: Int?)
    /// Ends a round and destroys its ballots.
    case closeRound(RoundID)
    /// Shows everybody the totals.
    case revealRound(RoundID)
    /// Records a show of hands: so many people gave `value`. Absolute.
    case recordHands(RoundID, Target, value: Int, count: Int)

    /// Sets what a table gives one target: how many gave each value. Absolute.
    case castTable(RoundID, Target, counts: [Tally.Count])

    // MARK: The list of speakers
    /// Opens the list, draws the line, or closes it; and sets how long turns are meant to last.
    case setSpeakers(SpeakerList.State, speechSeconds: Int, replySeconds: Int)
    /// Asks for the word.
    case askToSpeak(SpeechKind)
    /// Takes the own request back.
    case withdrawSpeech(SpeechKind)
    /// Puts in somebody without a device.
    case addSpeaker(name: String, SpeechKind, Attendance)
    /// Gives the word to somebody on the list, whose turn it is or not.
    case callSpeaker(SpeechID)
    /// Ends the turn of whoever speaks, and calls nobody.
    case finishSpeaker(SpeechID)
    /// Takes somebody off the list.
    case removeSpeaker(SpeechID)
    /// Puts somebody on the list after another, or first.
    case moveSpeaker(SpeechID, after: SpeechID?)

    // MARK: The run sheet
    /// Moves everybody to a phase. Never destroys anything.
    case openPhase(PhaseID)
    /// Shows what was written privately in a phase.
    case revealPhase(PhaseID)
    /// Takes a reveal back.
    case concealPhase(PhaseID)
    /// Opens or closes input in a phase.
    case setInput(PhaseID, isOpen: Bool)
    /// Changes a phase; its identifier says which.
    case changePhase(Phase)
    /// Adds a phase after another, or first; the identifier given is ignored.
    case addPhase(Phase, after: PhaseID?)
    /// Takes out a phase in which nothing has been written.
    case removePhase(PhaseID)
    /// Puts a phase after another, or first.
    case movePhase(PhaseID, after: PhaseID?)
    /// Adds boards, with the clusters that come with them, and phases after another, or first: all of them, or none.
    case insertPhases(Insertion, after: PhaseID?)
    /// Changes what a board is called and its places; its identifier says which. Nothing that is written loses its place.
    case changeBoard(Board)
    /// Takes away a board that no phase works on and that nothing was ever written on.
    case removeBoard(BoardID)
    /// Says when the session is to begin, in milliseconds since 1970-01-01T00:00:00Z; nil: nothing is said.
    case planStart(Int64?)

    // MARK: Timer
    /// Starts a countdown, in place of any other.
    case startTimer(seconds: Int)
    /// Stops the countdown for a while.
    case pauseTimer
    /// Goes on.
    case resumeTimer
    /// Gives more time; starts again a timer that has ended.
    case extendTimer(seconds: Int)
    /// Takes the timer away.
    case stopTimer
    /// The clock's own command, when a deadline has passed; refused before that and after it was done.
    case expireTimer

    // MARK: The room
    /// Opens or closes the door: the code works only while it is open.
    case setDoor(isOpen: Bool)
    /// Replaces the code.
    case changeCode(String)
    /// Says whether everybody who comes with the code waits until a facilitator lets them in.
    case setApproval(Bool)
    /// Sets how many may take part at the same time. Nobody who has a place loses it.
    case setPlaces(Int)
    /// Sets how many seconds a participant waits between two notes; 0 for none.
    case setPace(seconds: Int)
    /// Replaces links: with the facilitator's all of them, since the others follow from it. Whoever came by one is sent away.
    /// `holder` is the hash of the facilitator's link as it is afterwards, which the new ones are made from.
    case replaceLinks([Creation.Link], holder: SecretHash)
    /// Names the workshop.
    case setTitle(String)
    /// Locks the board for all but the facilitator.
    case setLock(Bool)
    /// Brings one thing to every screen; nil takes it away.
    case spotlight(Spotlight?)
    /// Ends the workshop: reading goes on, writing stops.
    case end
    /// Sets how many days after its end the workshop is kept.
    case setRetention(days: Int)
    /// The clock's own command, when the date has come and the workshop is still in use.
    case postponeErasure

    // MARK: Processes
    /// Something of a process, or of a session as a part of one.
    case process(ProcessCommand)
}

/// What every screen shows large.
public enum Spotlight: Hashable, Sendable, Codable {
    case note(NoteID)
    case cluster(ClusterID)
    case round(RoundID)
}

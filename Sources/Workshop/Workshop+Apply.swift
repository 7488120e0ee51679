extension Workshop {
    /// Applies a record: what was decided becomes so. Never fails, and never decides again.
    ///
    /// - Parameter record: The next record of this workshop's journal.
    /// - Returns: The places in the channels that may show something else now.
    @discardableResult
    public mutating func apply(_ record: Record) -> Touched {
        var touched = Touched()
        apply(record, touching: &touched)
        return touched
    }

    /// Applies a record, adding to places touched before.
    public mutating func apply(_ record: Record, touching touched: inout Touched) {
        sequence += 1
        now = max(now, record.at)
        if record.actor != nil || record.events.contains(where: \.isActivity) { retention.activeAt = now }
        remember(record)
        for event in record.events { apply(event, at: record.at, touching: &touched) }
        if let actor = record.actor, record.ref > 0 {
            participants.update(actor) { $0.accepted.accept(record.ref) }
        }
    }

    /// Applies a ballot that the journal's erasable cells hold, as a workshop is loaded.
    public mutating func restore(_ ballot: Ballot, of voter: ParticipantID, in round: RoundID) {
        var touched = Touched()
        applyVotes(.ballotSet(round, voter, ballot), touching: &touched)
    }

    /// Applies what a table gave, as a workshop is loaded.
    public mutating func restore(_ ballot: TableBallot, of table: ParticipantID, in round: RoundID) {
        var touched = Touched()
        applyVotes(.tableBallotSet(round, table, ballot), touching: &touched)
    }

    private mutating func apply(_ event: Event, at time: Int64, touching touched: inout Touched) {
        switch event {
        case .joined, .renamed, .readySet, .handSet, .tableSet, .participantRemoved:
            applyPeople(event, touching: &touched)
        case .waitSet, .admitted, .turnedAway, .approvalSet, .placesSet:
            applyPlaces(event, touching: &touched)
        case .noteAdded, .noteEdited, .noteWithdrawn, .noteShared, .notePublished, .noteRedacted:
            applyNotes(event, touching: &touched)
        case .notesRaised: applyRaising(event, touching: &touched)
        case .groupsFormed, .groupAdded, .groupSet, .groupRenamed, .awaySet:
            applyGroups(event, touching: &touched)
        case .clusterCreated, .clusterRenamed, .notesMoved, .notesPlaced, .clustersMerged, .clusterDissolved,
            .clusteringUndone:
            applyClusters(event, touching: &touched)
        case .roundOpened, .ballotSet, .votersCounted, .roundClosed, .roundRevealed, .handsRecorded,
            .tableBallotSet, .turnoutCounted, .tablesCounted:
            applyVotes(event, touching: &touched)
        case .speakersSet, .speechAsked, .speechAdded, .speechWithdrawn, .speechCalled, .speechFinished,
            .speechRemoved,
            .speechMoved:
            applySpeakers(event, at: time, touching: &touched)
        case .phaseOpened, .phaseRevealed, .phaseConcealed, .inputSet, .phaseChanged, .phaseAdded,
            .phaseRemoved,
            .phaseMoved:
            applyRunSheet(event, touching: &touched)
        case .boardAdded, .boardChanged, .boardRemoved, .startPlanned, .titleSet:
            applyComposition(event, touching: &touched)
        case .noteErased, .participantErased: applyErasure(event, touching: &touched)
        case .linkReplaced, .accessRevoked: applyLinks(event, touching: &touched)
        case .retentionSet: applyRetention(event, touching: &touched)
        case .created, .timerSet, .doorSet, .codeChanged, .lockSet, .paceSet, .spotlightSet, .ended:
            applyRoom(event, at: time, touching: &touched)
        case .process(let event): applyProcess(event, touching: &touched)
        }
    }
}

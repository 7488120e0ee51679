extension Workshop {
    /// Decides whether a device is a table's. What it has voted as the other kind is taken back: one person's ballot is not a
    /// table's, and a smaller table cannot have given as much.
    func decideTable(_ heads: Int?, by actor: Actor) throws(Refusal) -> [Event] {
        guard case .participant(let id) = actor, let participant = participants[id] else { throw .notAllowed }
        if let heads { guard Limits.tableHeads.contains(heads) else { throw .invalidValue } }
        let keepsBallots =
            switch (participant.tableHeads, heads) {
            case (nil, nil): true
            case (let before?, let after?): before <= after
            default: false
            }
        return (keepsBallots ? [] : withdrawnBallots(of: id)) + [.tableSet(id, heads: heads)]
    }

    /// Decides what a table gives one target: how many gave each value. Of dots there is one line, value 1: so many dots.
    func castTable(
        in id: RoundID, for target: Target, counts: [Tally.Count], by table: ParticipantID
    ) throws(Refusal) -> [Event] {
        guard let heads = participants[table]?.tableHeads else { throw .notAllowed }
        guard let round = rounds[id] else { throw .notFound }
        guard round.state == .open else { throw .roundClosed }
        guard isTarget(target, of: round) else { throw .notFound }
        let lines = counts.filter { $0.count != 0 }.sorted { $0.value < $1.value }
        guard Set(counts.map(\.value)).count == counts.count, lines.allSatisfy({ $0.count > 0 }),
            lines.allSatisfy({ range(of: round.setup.kind).contains($0.value) }),
            lines.allSatisfy({ $0.count <= limits.handsPerRecord })
        else { throw .invalidValue }
        var ballot = tableBallots[id]?[table] ?? [:]
        ballot[target] = lines.isEmpty ? nil : lines
        let given = lines.reduce(0) { $0 + $1.count }
        if case .dots(let budget, let cap) = round.setup.kind {
            guard lines.allSatisfy({ $0.value == 1 }) else { throw .invalidValue }
            guard given <= heads * cap else { throw .capReached }
            let all = ballot.values.joined().reduce(0) { $0 + $1.count }
            guard all <= heads * budget else { throw .budgetSpent }
        } else {
            guard given <= heads else { throw .capReached }
        }
        let others = (tableBallots[id]?.count ?? 0) - (tableBallots[id]?[table] == nil ? 0 : 1)
        return [
            .tableBallotSet(id, table, ballot),
            .turnoutCounted(id, done: round.done, tables: others + (ballot.isEmpty ? 0 : 1)),
        ]
    }

    /// What becomes of a ballot: the ballot itself, and what the log may know of it.
    func ballotEvents(_ ballot: Ballot, of voter: ParticipantID, in round: Round) -> [Event] {
        let before = ballots[round.id]?[voter] ?? [:]
        let others = (ballots[round.id]?.count ?? 0) - (before.isEmpty ? 0 : 1)
        var events: [Event] = [
            .ballotSet(round.id, voter, ballot),
            .votersCounted(round.id, others + (ballot.isEmpty ? 0 : 1)),
        ]
        let done = round.done - (isDone(before, in: round) ? 1 : 0) + (isDone(ballot, in: round) ? 1 : 0)
        if done != round.done {
            events.append(.turnoutCounted(round.id, done: max(0, done), tables: round.tables))
        }
        return events
    }

    /// What becomes of all that somebody has voted in open rounds, as they go or change their device's kind.
    func withdrawnBallots(of id: ParticipantID) -> [Event] {
        var events: [Event] = []
        for round in rounds.values {
            if ballots[round.id]?[id] != nil { events += ballotEvents([:], of: id, in: round) }
            if tableBallots[round.id]?[id] != nil {
                events.append(.tableBallotSet(round.id, id, [:]))
                events.append(
                    .turnoutCounted(
                        round.id, done: round.done, tables: (tableBallots[round.id]?.count ?? 1) - 1))
            }
        }
        return events
    }

    /// Whether a ballot gives all there is to give: every dot, or an answer to as much as could be voted on at the start.
    private func isDone(_ ballot: Ballot, in round: Round) -> Bool {
        switch round.setup.kind {
        case .dots(let budget, _): ballot.values.reduce(0, +) == budget
        case .stance, .scale: round.targetCount > 0 && ballot.count >= round.targetCount
        }
    }

    /// How much can be voted on in a round.
    func targetCount(of round: Round) -> Int {
        let notes = notes.values.count { isTarget(.note($0.id), of: round) }
        return notes + clusters.values.count { isTarget(.cluster($0.id), of: round) }
    }

    /// Counts what tables gave, as a round is closed; nothing when none has given anything.
    func tablesClosing(_ round: Round) -> [Event] {
        guard let cast = tableBallots[round.id], !cast.isEmpty else { return [] }
        var counts: [Target: [Int: Int]] = [:]
        var heads = 0
        for (table, ballot) in cast {
            heads += participants[table]?.tableHeads ?? 0
            for (target, lines) in ballot where isTarget(target, of: round) {
                for line in lines { counts[target, default: [:]][line.value, default: 0] += line.count }
            }
        }
        let tallies = counts.sorted { $0.key < $1.key }.map { target, counts in
            Tally(
                target: target,
                counts: counts.sorted { $0.key < $1.key }.map { .init(value: $0.key, count: $0.value) })
        }
        return [.tablesCounted(round.id, tables: cast.count, heads: heads, tallies: tallies)]
    }

    /// What a table gave in an open round; empty when it gave nothing.
    public func tableBallot(of table: ParticipantID, in round: RoundID) -> TableBallot {
        tableBallots[round]?[table] ?? [:]
    }

    /// The round that takes votes now.
    public var openRound: RoundID? { rounds.values.last { $0.state == .open }?.id }

    /// Whether somebody has voted in an open round, in person or as a table.
    public func hasVoted(_ participant: ParticipantID, in round: RoundID) -> Bool {
        ballots[round]?[participant] != nil || tableBallots[round]?[participant] != nil
    }
}

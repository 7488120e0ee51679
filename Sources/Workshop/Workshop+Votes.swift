extension Workshop {
    /// Decides rounds, votes and shows of hands.
    func decideVotes(_ command: Command, by actor: Actor) throws(Refusal) -> [Event] {
        switch command {
        case .openRound(let title, let setup):
            try limits.checkName(title)
            try limits.check(setup)
            guard !rounds.values.contains(where: { $0.state == .open }) else { throw .roundOpen }
            guard rounds.nextID.number <= UInt32(limits.rounds) else { throw .limitReached }
            let phase = currentPhase
            guard setup.axis == nil || boards[phase.board]?.axes != nil else { throw .invalidValue }
            return [.roundOpened(rounds.nextID, board: phase.board, phase: phase.id, title: title, setup)]
        case .castVote(let id, let target, let value):
            guard case .participant(let voter) = actor else { throw .notAllowed }
            guard participants[voter]?.tableHeads == nil else { throw .notAllowed }
            return try castVote(in: id, for: target, value: value, by: voter)
        case .castTable(let id, let target, let counts):
            guard case .participant(let table) = actor else { throw .notAllowed }
            return try castTable(in: id, for: target, counts: counts, by: table)
        case .closeRound(let id):
            guard let round = rounds[id] else { throw .notFound }
            guard round.state == .open else { throw .roundClosed }
            return closing(round)
        case .revealRound(let id):
            guard let round = rounds[id] else { throw .notFound }
            guard round.state != .open else { throw .roundOpen }
            return [.roundRevealed(id)]
        case .recordHands(let id, let target, let value, let count):
            guard let round = rounds[id] else { throw .notFound }
            guard isTarget(target, of: round) else { throw .notFound }
            guard range(of: round.setup.kind).contains(value), value != 0 || !isDots(round.setup.kind) else {
                throw .invalidValue
            }
            guard (0...limits.handsPerRecord).contains(count) else { throw .invalidValue }
            return [.handsRecorded(id, target, value: value, count: count)]
        default: throw .notAllowed
        }
    }

    private func castVote(
        in id: RoundID, for target: Target, value: Int?, by voter: ParticipantID
    ) throws(Refusal) -> [Event] {
        guard let round = rounds[id] else { throw .notFound }
        guard round.state == .open else { throw .roundClosed }
        guard isTarget(target, of: round) else { throw .notFound }
        var ballot = ballot(of: voter, in: id)
        switch round.setup.kind {
        case .dots(let budget, let cap):
            let dots = value ?? 0
            guard dots >= 0 else { throw .invalidValue }
            guard dots <= cap else { throw .capReached }
            ballot[target] = dots == 0 ? nil : dots
            guard ballot.values.reduce(0, +) <= budget else { throw .budgetSpent }
        case .stance, .scale:
            if let value, !range(of: round.setup.kind).contains(value) { throw .invalidValue }
            ballot[target] = value
        }
        return ballotEvents(ballot, of: voter, in: round)
    }

    /// Counts a round's ballots: the events that end it.
    func closing(_ round: Round) -> [Event] {
        let cast = ballots[round.id] ?? [:]
        var counts: [Target: [Int: Int]] = [:]
        for ballot in cast.values {
            for (target, value) in ballot where isTarget(target, of: round) {
                counts[target, default: [:]][value, default: 0] += 1
            }
        }
        let tallies = counts.sorted { $0.key < $1.key }.map { target, counts in
            Tally(
                target: target,
                counts: counts.sorted { $0.key < $1.key }.map { .init(value: $0.key, count: $0.value) })
        }
        return tablesClosing(round) + [.roundClosed(round.id, voters: cast.count, tallies: tallies)]
    }

    func isTarget(_ target: Target, of round: Round) -> Bool {
        switch (target, round.setup.targets) {
        case (.note(let id), .notes):
            guard let note = notes[id] else { return false }
            return note.board == round.board && isVisibleToAll(note)
        case (.note(let id), .clusters):
            guard let note = notes[id] else { return false }
            return note.board == round.board && note.cluster == nil && isVisibleToAll(note)
        case (.cluster(let id), .clusters): return clusters[id]?.board == round.board
        case (.cluster, .notes): return false
        }
    }

    func range(of kind: VoteKind) -> ClosedRange<Int> {
        switch kind {
        case .dots(_, let cap): 0...cap
        case .stance: -1...1
        case .scale(let low, let high): low...high
        }
    }

    func isDots(_ kind: VoteKind) -> Bool {
        if case .dots = kind { true } else { false }
    }

    /// Applies rounds, votes and shows of hands.
    mutating func applyVotes(_ event: Event, touching touched: inout Touched) {
        switch event {
        case .roundOpened(let id, let board, let phase, let title, let setup):
            rounds[id] = Round(
                id: id, board: board, phase: phase, title: title, setup: setup, state: .open, voters: 0,
                tallies: [],
                hands: [], clusterOfNote: clusterOfNote(on: board))
            let count = rounds[id].map(targetCount) ?? 0
            rounds.update(id) { $0.targetCount = count }
            touched.insert(id)
        case .ballotSet(let id, let voter, let ballot):
            guard rounds[id]?.state == .open else { return }
            ballots[id, default: [:]][voter] = ballot.isEmpty ? nil : ballot
            // As a replay has it, which finds no ballots at all then.
            if ballots[id]?.isEmpty == true { ballots[id] = nil }
            touched.insert(.own(voter), .round(id))
        case .tableBallotSet(let id, let table, let ballot):
            guard rounds[id]?.state == .open else { return }
            tableBallots[id, default: [:]][table] = ballot.isEmpty ? nil : ballot
            if tableBallots[id]?.isEmpty == true { tableBallots[id] = nil }
            touched.insert(.own(table), .round(id))
        case .turnoutCounted(let id, let done, let tables):
            rounds.update(id) {
                $0.done = done
                $0.tables = tables
            }
            touched.insert(id)
        case .tablesCounted(let id, let tables, let heads, let tallies):
            rounds.update(id) {
                $0.tables = tables
                $0.tableHeads = heads
                $0.tableTallies = tallies
            }
        case .votersCounted(let id, let voters):
            rounds.update(id) { $0.voters = voters }
            touched.insert(id)
        case .roundClosed(let id, let voters, let tallies):
            rounds.update(id) {
                $0.state = .closed
                $0.voters = voters
                $0.tallies = tallies
            }
            for voter in (ballots[id] ?? [:]).keys.sorted() { touched.insert(.own(voter), .round(id)) }
            for table in (tableBallots[id] ?? [:]).keys.sorted() { touched.insert(.own(table), .round(id)) }
            ballots[id] = nil
            tableBallots[id] = nil
            touched.insert(id)
        case .roundRevealed(let id):
            rounds.update(id) { $0.state = .revealed }
            touched.insert(id)
        case .handsRecorded(let id, let target, let value, let count):
            rounds.update(id) { $0.hands.set(count, of: value, for: target) }
            touched.insert(id)
        default: break
        }
    }

    private func clusterOfNote(on board: BoardID) -> [NoteID: ClusterID] {
        var clusterOfNote: [NoteID: ClusterID] = [:]
        for note in notes.values where note.board == board { clusterOfNote[note.id] = note.cluster }
        return clusterOfNote
    }

    /// What each target of a round got, votes and hands apart; a cluster's counts include those of its notes.
    ///
    /// - Returns: Targets that got something, clusters first, each kind in order of age.
    public func results(of round: Round) -> [RoundEntry.Result] {
        var counts: [Target: [Int: Int]] = [:]
        var hands: [Target: [Int: Int]] = [:]
        var tables: [Target: [Int: Int]] = [:]
        func add(_ tallies: [Tally], to sums: inout [Target: [Int: Int]]) {
            for tally in tallies {
                var targets = [tally.target]
                if case .note(let id) = tally.target, let cluster = round.clusterOfNote[id] {
                    targets.append(.cluster(cluster))
                }
                for target in targets {
                    for line in tally.counts {
                        sums[target, default: [:]][line.value, default: 0] += line.count
                    }
                }
            }
        }
        add(round.tallies, to: &counts)
        add(round.hands, to: &hands)
        add(round.tableTallies, to: &tables)
        func lines(_ sums: [Int: Int]?) -> [Tally.Count] {
            (sums ?? [:]).sorted { $0.key < $1.key }.map { Tally.Count(value: $0.key, count: $0.value) }
        }
        return Set(counts.keys).union(hands.keys).union(tables.keys).sorted(by: clustersFirst).map {
            RoundEntry.Result(
                target: $0, counts: lines(counts[$0]), hands: lines(hands[$0]), tables: lines(tables[$0]))
        }
    }

    private func clustersFirst(_ left: Target, _ right: Target) -> Bool {
        switch (left, right) {
        case (.cluster, .note): true
        case (.note, .cluster): false
        default: left < right
        }
    }
}

extension [Tally] {
    /// Sets how many gave a value to a target; 0 takes the line away.
    fileprivate mutating func set(_ count: Int, of value: Int, for target: Target) {
        var tally = first { $0.target == target } ?? Tally(target: target, counts: [])
        tally.counts.removeAll { $0.value == value }
        if count > 0 { tally.counts.append(.init(value: value, count: count)) }
        tally.counts.sort { $0.value < $1.value }
        removeAll { $0.target == target }
        if !tally.counts.isEmpty { append(tally) }
        sort { $0.target < $1.target }
    }
}

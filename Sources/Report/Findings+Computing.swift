public import Workshop

extension Findings {
    /// Computes what may be told of a workshop, at any time during or after it.
    ///
    /// - Parameter workshop: The workshop.
    public init(of workshop: Workshop) {
        let isEnded = workshop.endedAt != nil
        let told = workshop.rounds.values
            .filter { $0.state == .revealed || ($0.state == .closed && isEnded) }
            .map { RoundCount($0, of: workshop) }
        let boards = workshop.boards.values.map { board in
            ReportedBoard(board, of: workshop, counts: told.filter { $0.round.board == board.id })
        }

        title = workshop.title
        language = workshop.language
        createdAt = workshop.createdAt
        endedAt = workshop.endedAt
        asOf = workshop.now
        participation = Participation(of: workshop)
        speeches = workshop.speakers.speeches
        replies = workshop.speakers.replies
        sources = boards.reduce(into: SourceCounts()) { $0 += $1.sources }
        withheld = boards.reduce(into: Withheld()) { $0 += $1.withheld }
        rounds = workshop.rounds.values.map { round in
            let count = told.first { $0.round.id == round.id }
            return ReportedRound(round, count: count, board: boards.first { $0.id == round.board })
        }
        phases = workshop.runSheet.compactMap { id in
            workshop.phases[id].map { ReportedPhase($0, workshop.progress[id]) }
        }
        self.boards = boards
    }
}

/// A round whose results are told, ready to look up.
struct RoundCount {
    let round: Round
    private var outcomes: [Target: Outcome] = [:]

    init(_ round: Round, of workshop: Workshop) {
        self.round = round
        for result in workshop.results(of: round) { outcomes[result.target] = Outcome(result) }
    }

    /// What a target got; what a cluster got holds what its notes got, those it had when the round was opened.
    func outcome(of target: Target) -> Outcome { outcomes[target] ?? Outcome() }
}

extension Participation {
    fileprivate init(of workshop: Workshop) {
        for participant in workshop.participants.values
        where participant.role == .participant && !participant.isRemoved {
            let heads = participant.tableHeads ?? 1
            switch participant.attendance {
            case .room: room += heads
            case .remote: remote += heads
            }
            guard participant.tableHeads != nil else { continue }
            atTables += heads
            tables += 1
        }
    }
}

extension ReportedPhase {
    fileprivate init(_ phase: Phase, _ progress: PhaseProgress?) {
        name = phase.name
        instruction = phase.instruction
        minutes = phase.minutes
        rhythm = phase.rhythm
        notes = progress?.notes ?? 0
        writers = progress?.writers ?? 0
    }
}

extension ReportedBoard {
    /// Reports a board.
    /// The rounds are those on this board whose results are told, oldest first; the last one orders the board.
    fileprivate init(_ board: Board, of workshop: Workshop, counts: [RoundCount]) {
        id = board.id
        name = board.name
        structure = board.structure
        axes = board.axes
        sources = SourceCounts()
        withheld = Withheld()

        var shown: [Note] = []
        for note in workshop.notes.values where note.board == board.id {
            if workshop.isVisibleToAll(note) {
                shown.append(note)
                sources.count(note.source)
            } else {
                withheld.count(note)
            }
        }
        let clusters = workshop.clusters.values.filter { $0.board == board.id }
        let clusterIDs = Set(clusters.map(\.id))
        let loose = shown.filter { note in note.cluster.map { !clusterIDs.contains($0) } ?? true }
        let byCluster = Dictionary(grouping: shown, by: \.cluster)
        let kind = counts.last?.round.setup.kind
        let last = counts.last?.round.id

        func report(_ notes: [Note]) -> [ReportedNote] {
            notes.map { ReportedNote($0, workshop: workshop, counts: counts) }.sorted { left, right in
                ranked(left.outcomes, right.outcomes, last, kind) ?? (left.id < right.id)
            }
        }
        func column(_ place: Column, at index: Int?, holds: (ColumnID?) -> Bool) -> ReportedColumn {
            let all = clusters.filter { holds($0.column) }
                .map { ReportedCluster($0, notes: report(byCluster[$0.id] ?? []), counts: counts) }
            let here = all.filter(\.isWorthTelling).sorted { left, right in
                if let first = ranked(left.outcomes, right.outcomes, last, kind) { return first }
                if left.notes.count != right.notes.count { return left.notes.count > right.notes.count }
                return left.id < right.id
            }
            return ReportedColumn(
                id: index.map { _ in place.id }, kind: index.flatMap { board.kind(ofPlace: $0) },
                position: index.flatMap { board.position(ofPlace: $0) }, name: place.name, hint: place.hint,
                group: place.group, clusters: here,
                loose: report(loose.filter { holds($0.column) }))
        }

        let known = Set(board.columns.map(\.id))
        columns = board.columns.enumerated().map { index, place in column(place, at: index) { $0 == place.id }
        }
        let elsewhere = column(Column(id: "", name: ""), at: nil) { place in
            place.map { !known.contains($0) } ?? true
        }
        if columns.isEmpty || elsewhere.noteCount > 0 || !elsewhere.clusters.isEmpty {
            columns.append(elsewhere)
        }
    }
}

/// Whether the first stands before the second by the last round; nil when that does not tell.
private func ranked(
    _ left: [RoundID: Outcome], _ right: [RoundID: Outcome], _ round: RoundID?, _ kind: VoteKind?
) -> Bool? {
    guard let round, let kind else { return nil }
    return (left[round] ?? Outcome()).precedes(right[round] ?? Outcome(), kind)
}

extension ReportedNote {
    fileprivate init(_ note: Note, workshop: Workshop, counts: [RoundCount]) {
        id = note.id
        text = note.text
        paper = note.paper
        language = note.language == workshop.language ? nil : note.language
        source = note.source
        writtenAt = note.writtenAt
        group = note.group.flatMap { workshop.groups[$0]?.label }
        origins = note.origins
        outcomes = [:]
        for count in counts {
            outcomes[count.round.id] = count.outcome(of: .note(note.id))
        }
    }
}

extension ReportedCluster {
    /// Whether there is anything of it to show: a note, or what it got.
    fileprivate var isWorthTelling: Bool {
        !notes.isEmpty || outcomes.values.contains { !$0.isEmpty }
    }

    fileprivate init(_ cluster: Cluster, notes: [ReportedNote], counts: [RoundCount]) {
        id = cluster.id
        name = cluster.name
        self.notes = notes
        outcomes = [:]
        for count in counts {
            outcomes[count.round.id] = count.outcome(of: .cluster(cluster.id))
        }
    }
}

extension ReportedRound {
    fileprivate init(_ round: Round, count: RoundCount?, board: ReportedBoard?) {
        id = round.id
        self.board = round.board
        title = round.title
        setup = round.setup
        state = round.state
        voters = round.voters
        tables = round.tables
        tableHeads = round.tableHeads
        isReported = count != nil
        results = []
        topics = []
        withoutVotes = 0
        votesElsewhere = 0
        guard count != nil, let board else { return }

        for column in board.columns {
            for cluster in column.clusters {
                switch round.setup.targets {
                case .clusters:
                    add(cluster)
                    // A note that stood alone when it was voted on keeps its votes, whatever cluster it is in since.
                    for note in cluster.notes where note.outcomes[id]?.isEmpty == false { add(note) }
                case .notes: for note in cluster.notes { add(note) }
                }
            }
            for note in column.loose { add(note) }
        }
        rank()
        topics = Discussion.topics(
            results.map { ($0.target, $0.outcome.personal.counts) }, round.setup.kind)
        let told = results.reduce(0) { $0 + $1.outcome.personal.votes }
        votesElsewhere = max(0, round.tallies.reduce(0) { $0 + $1.votes } - told)
    }

    private mutating func add(_ cluster: ReportedCluster) {
        results.append(
            Result(
                target: .cluster(cluster.id), label: cluster.name, language: nil,
                noteCount: cluster.notes.count,
                rank: nil, outcome: cluster.outcomes[id] ?? Outcome()))
    }

    private mutating func add(_ note: ReportedNote) {
        let outcome = note.outcomes[id] ?? Outcome()
        if outcome.isEmpty {
            withoutVotes += 1
        } else {
            results.append(
                Result(
                    target: .note(note.id), label: note.text, language: note.language, noteCount: 1,
                    rank: nil,
                    outcome: outcome))
        }
    }

    private mutating func rank() {
        results.sort { left, right in
            if let first = left.outcome.precedes(right.outcome, setup.kind) { return first }
            if left.noteCount != right.noteCount { return left.noteCount > right.noteCount }
            return left.target < right.target
        }
        var place = (rank: 0, score: Double?.none)
        for index in results.indices where results[index].outcome.personal.votes > 0 {
            let score = results[index].outcome.personal.score(setup.kind)
            if score != place.score { place = (index + 1, score) }
            results[index].rank = place.rank
        }
    }
}

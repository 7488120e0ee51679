public import Workshop

/// What one target got in one round: personal votes, and apart from them shows of hands and what tables gave. Sums and means
/// never mix them.
public struct Outcome: Hashable, Sendable {
    /// Personal votes.
    public var personal: Counts
    /// Shows of hands.
    public var hands: Counts
    /// What tables with a shared device gave.
    public var tables: Counts

    /// How many gave each value, lowest value first; a value that nobody gave is left out.
    public struct Counts: Hashable, Sendable {
        /// The counts.
        public var counts: [Tally.Count]

        /// How many gave a value.
        public var votes: Int { counts.reduce(0) { $0 + $1.count } }
        /// The sum of all values: the dots.
        public var total: Int { counts.reduce(0) { $0 + $1.value * $1.count } }
        /// How many gave `value`.
        public func count(of value: Int) -> Int { counts.first { $0.value == value }?.count ?? 0 }
        /// The mean of the values; nil without votes.
        public var mean: Double? { votes == 0 ? nil : Double(total) / Double(votes) }
        /// The standard deviation of the values, those who voted being all there are to count; nil without votes.
        public var spread: Double? {
            guard let mean else { return nil }
            let squares = counts.reduce(0.0) { sum, count in
                let distance = Double(count.value) - mean
                return sum + distance * distance * Double(count.count)
            }
            return (squares / Double(votes)).squareRoot()
        }
        /// Those who agreed, in a round of stances.
        public var agree: Int { count(of: 1) }
        /// Those who disagreed.
        public var disagree: Int { count(of: -1) }
        /// Those who passed.
        public var pass: Int { count(of: 0) }

        /// What a target is ranked by: dots, the mean, or how many more agreed than disagreed; nil when unrated.
        func score(_ kind: VoteKind) -> Double? {
            switch kind {
            case .dots: Double(total)
            case .stance: votes == 0 ? nil : Double(agree - disagree)
            case .scale: mean
            }
        }
    }

    /// Nothing.
    public init() {
        personal = Counts(counts: [])
        hands = Counts(counts: [])
        tables = Counts(counts: [])
    }

    init(_ result: RoundEntry.Result) {
        personal = Counts(counts: result.counts)
        hands = Counts(counts: result.hands)
        tables = Counts(counts: result.tables)
    }

    /// Whether anybody gave it anything.
    public var isEmpty: Bool { personal.votes == 0 && hands.votes == 0 && tables.votes == 0 }

    /// Whether `self` stands before `other` in a ranking; nil when they are equal.
    ///
    /// Hands, and after them tables, only decide between those whom personal votes hold equal.
    func precedes(_ other: Outcome, _ kind: VoteKind) -> Bool? {
        for (own, others) in [
            (personal, other.personal), (hands, other.hands), (tables, other.tables),
        ] {
            switch (own.score(kind), others.score(kind)) {
            case (let left?, let right?): if left != right { return left > right }
            case (.some, nil): return true
            case (nil, .some): return false
            case (nil, nil): continue
            }
        }
        return nil
    }
}

/// A round of voting with what may be told of it.
public struct ReportedRound: Hashable, Sendable {
    /// Its identifier.
    public var id: RoundID
    /// The board voted on.
    public var board: BoardID
    /// What people read.
    public var title: String
    /// How and on what.
    public var setup: VoteSetup
    /// Where it is.
    public var state: RoundState
    /// How many voted.
    public var voters: Int
    /// How many tables gave something as one.
    public var tables: Int
    /// How many people sat at them; 0 until the round is closed.
    public var tableHeads: Int
    /// Whether results are told: they were revealed, or the round was closed and the workshop has ended.
    public var isReported: Bool
    /// What each target got, best first. A note that got nothing is left out and counted in `withoutVotes`.
    public var results: [Result]
    /// Notes in the report that could be voted on and got nothing.
    public var withoutVotes: Int
    /// Personal votes on what is no longer in the report.
    public var votesElsewhere: Int

    /// Whether any show of hands was recorded.
    public var hasHands: Bool { results.contains { $0.outcome.hands.votes > 0 } }
    /// Whether any table gave anything.
    public var hasTables: Bool { results.contains { $0.outcome.tables.votes > 0 } }

    /// What one target got.
    public struct Result: Hashable, Sendable {
        /// What was voted on.
        public var target: Target
        /// The cluster's name or the note's text; a cluster's may be empty.
        public var label: String
        /// The note's language, when it has one of its own.
        public var language: String?
        /// A cluster's notes in the report; 1 for a note.
        public var noteCount: Int
        /// Its place by personal votes, from 1; equals share a place. nil when nobody voted on it in person.
        public var rank: Int?
        /// What it got.
        public var outcome: Outcome
    }
}

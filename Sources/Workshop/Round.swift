/// What one vote is for.
public enum Target: Hashable, Sendable, Codable, Comparable {
    case note(NoteID)
    case cluster(ClusterID)
}

/// One person's votes in one round: the value for each target. Lives only from casting to closing, outside the journal.
public typealias Ballot = [Target: Int]

/// What one table gave in one round: for each target how many of it gave each value, lowest value first. Lives as ballots do.
public typealias TableBallot = [Target: [Tally.Count]]

/// How many gave each value to one target, lowest value first.
public struct Tally: Hashable, Sendable, Codable {
    /// One value and how many gave it; at least 1.
    public struct Count: Hashable, Sendable, Codable {
        /// The value: dots, −1/0/1, or a number on the scale.
        public var value: Int
        /// How many ballots gave it.
        public var count: Int

        /// Makes a count.
        public init(value: Int, count: Int) {
            self.value = value
            self.count = count
        }
    }

    /// What was voted on.
    public var target: Target
    /// The counts, lowest value first; a value that nobody gave is left out.
    public var counts: [Count]

    /// Makes a tally.
    public init(target: Target, counts: [Count]) {
        self.target = target
        self.counts = counts
    }

    /// The sum of all values: the dots on this target.
    public var total: Int { counts.reduce(0) { $0 + $1.value * $1.count } }
    /// How many ballots named this target.
    public var votes: Int { counts.reduce(0) { $0 + $1.count } }
    /// How many gave `value`.
    public func count(of value: Int) -> Int { counts.first { $0.value == value }?.count ?? 0 }
}

/// Where a round is.
public enum RoundState: String, Hashable, Sendable, Codable, CaseIterable {
    /// Taking votes; nobody sees totals.
    case open
    /// Closed: ballots are gone, totals are known to the facilitator.
    case closed
    /// Totals are shown to everybody.
    case revealed
}

/// A round of voting, blind until it is closed. Several rounds are kept.
public struct Round: Hashable, Sendable, Codable {
    /// Its identifier.
    public var id: RoundID
    /// The board voted on.
    public var board: BoardID
    /// The phase it was opened in.
    public var phase: PhaseID
    /// What people read.
    public var title: String
    /// How and on what.
    public var setup: VoteSetup
    /// Where it is.
    public var state: RoundState
    /// How many have voted.
    public var voters: Int
    /// Personal votes, by target in order; empty until closed.
    public var tallies: [Tally]
    /// Shows of hands, recorded apart and never mixed in.
    public var hands: [Tally]
    /// How many of those who have voted have given all they have.
    public var done = 0
    /// How many tables have given something.
    public var tables = 0
    /// How many people sat at those tables; 0 until closed.
    public var tableHeads = 0
    /// What tables gave, recorded apart as hands are; empty until closed.
    public var tableTallies: [Tally] = []
    /// How many targets there were when the round was opened; 0 in rounds from before that was counted.
    var targetCount = 0
    /// The cluster each note was in when the round was opened: a cluster's total stays what it was, whatever is done with
    /// clusters afterwards.
    var clusterOfNote: [NoteID: ClusterID] = [:]
}

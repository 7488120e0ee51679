/// One of the two questions of a rating in two directions: what it measures, and how far its steps go, from 1.
public struct RatedAxis: Hashable, Sendable, Codable {
    /// What it measures, and what its ends mean.
    public var axis: Axis
    /// The highest number; ``Axes/steps``.
    public var steps: Int

    /// Makes an axis to rate on.
    public init(_ axis: Axis, steps: Int) {
        self.axis = axis
        self.steps = steps
    }
}

/// One scale of numbers that a round asks for: one in a round on a scale, two in one on a matrix.
public struct RatingScale: Hashable, Sendable {
    /// Which of a matrix' two it is; nil in a round on one scale.
    public var direction: Axes.Direction?
    /// The numbers that can be given.
    public var range: ClosedRange<Int>

    /// What a vote's value says on this scale.
    func number(in value: Int) -> Int {
        switch direction {
        case .across: value / 10
        case .up: value % 10
        case nil: value
        }
    }

    /// How many gave each number of this scale, lowest first.
    public func counts(in counts: [Tally.Count]) -> [Tally.Count] {
        guard direction != nil else { return counts }
        var sums: [Int: Int] = [:]
        for line in counts { sums[number(in: line.value), default: 0] += line.count }
        return sums.sorted { $0.key < $1.key }.map { Tally.Count(value: $0.key, count: $0.value) }
    }
}

extension VoteKind {
    /// The scales of numbers it asks for; none for dots and stances.
    public var scales: [RatingScale] {
        switch self {
        case .dots, .stance: []
        case .scale(let low, let high): [RatingScale(direction: nil, range: low...max(low, high))]
        case .matrix(let across, let up):
            [
                RatingScale(direction: .across, range: 1...max(1, across.steps)),
                RatingScale(direction: .up, range: 1...max(1, up.steps)),
            ]
        }
    }

    /// Whether a vote can have this value; 0 dots among them, which takes a vote back.
    public func takes(_ value: Int) -> Bool {
        switch self {
        case .dots(_, let cap): (0...cap).contains(value)
        case .stance: (-1...1).contains(value)
        case .scale, .matrix: scales.allSatisfy { $0.range.contains($0.number(in: value)) }
        }
    }
}

/// Why numbers given to one thing are worth talking about.
public enum Disagreement: String, Hashable, Sendable, CaseIterable {
    /// They are spread over the scale.
    case divided
    /// They are close together, but for some far off.
    case outlier
}

/// What the numbers given to one thing come to, from how many gave each: never from who gave what.
public struct RatingFigures: Hashable, Sendable {
    /// How many gave a number.
    public var answers: Int
    /// The mean.
    public var mean: Double
    /// The standard deviation, those who answered being all there are to count.
    public var deviation: Double
    /// The lowest number that somebody gave.
    public var lowest: Int
    /// The highest.
    public var highest: Int
    /// The number in the middle, when they stand in order; between two, halfway.
    public var median: Double

    /// Computes the figures; nil when nobody gave a number.
    ///
    /// - Parameter counts: How many gave each number.
    public init?(_ counts: [Tally.Count]) {
        let counts = counts.filter { $0.count > 0 }.sorted { $0.value < $1.value }
        guard let first = counts.first, let last = counts.last else { return nil }
        answers = counts.reduce(0) { $0 + $1.count }
        let mean = Double(counts.reduce(0) { $0 + $1.value * $1.count }) / Double(answers)
        self.mean = mean
        let squares = counts.reduce(0.0) { sum, line in
            sum + (Double(line.value) - mean) * (Double(line.value) - mean) * Double(line.count)
        }
        deviation = (squares / Double(answers)).squareRoot()
        (lowest, highest) = (first.value, last.value)
        func value(at place: Int) -> Double {
            var passed = 0
            for line in counts {
                passed += line.count
                if place < passed { return Double(line.value) }
            }
            return Double(last.value)
        }
        median = (value(at: (answers - 1) / 2) + value(at: answers / 2)) / 2
    }

    /// How few answers say nothing about disagreement.
    public static let fewest = 3

    /// Whether the numbers are worth talking about (protocol rule E8).
    ///
    /// *Divided*: the deviation is at least a quarter of the scale's width, half of the largest there can be. *Outlier*: it is
    /// not, and somebody's number is at least half the width and two and a half deviations from the median. On a scale from
    /// 1 to 5 that is a deviation of 1, and a number 2 steps off.
    ///
    /// - Parameter range: The numbers that could be given.
    /// - Returns: nil for agreement, and for fewer answers than ``fewest``.
    public func disagreement(on range: ClosedRange<Int>) -> Disagreement? {
        let width = Double(range.upperBound - range.lowerBound)
        guard answers >= Self.fewest, width > 0 else { return nil }
        if deviation >= width / 4 { return .divided }
        let farthest = max(median - Double(lowest), Double(highest) - median)
        return farthest >= width / 2 && farthest >= 2.5 * deviation ? .outlier : nil
    }
}

/// One of the things that are worth talking about after a rating.
public struct Discussion: Hashable, Sendable {
    /// What was rated.
    public var target: Target
    /// Why.
    public var why: Disagreement
    /// On which of two scales; nil where there is one.
    public var direction: Axes.Direction?

    /// How many are named at most: a list of everything is no help.
    public static let most = 5

    /// Finds what is worth talking about in a round: what is divided first, then by deviation as a share of the scale; equals
    /// in the order given.
    ///
    /// - Parameters:
    ///   - results: Targets with how many gave each value in person.
    ///   - kind: How the vote was given; nothing is found unless it was by numbers.
    /// - Returns: At most ``most``, each target once, for the scale on which it is divided most.
    public static func topics(
        _ results: [(target: Target, counts: [Tally.Count])], _ kind: VoteKind
    ) -> [Discussion] {
        struct Found {
            var topic: Discussion
            var weight: Double
        }
        var found: [Found] = []
        for (target, counts) in results {
            var worst: Found?
            for scale in kind.scales {
                guard let figures = RatingFigures(scale.counts(in: counts)),
                    let why = figures.disagreement(on: scale.range)
                else { continue }
                let share = figures.deviation / Double(scale.range.count - 1)
                // No share comes to 1: what is divided stands before what is not.
                let weight = share + (why == .divided ? 1 : 0)
                if weight > worst?.weight ?? -1 {
                    worst = Found(
                        topic: Discussion(target: target, why: why, direction: scale.direction),
                        weight: weight)
                }
            }
            if let worst { found.append(worst) }
        }
        let order = found.indices.sorted {
            found[$0].weight != found[$1].weight ? found[$0].weight > found[$1].weight : $0 < $1
        }
        return order.prefix(most).map { found[$0].topic }
    }
}

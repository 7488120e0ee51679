/// How well one way of grouping things agrees with another.
public struct Agreement: Hashable, Sendable {
    /// The adjusted Rand index (Hubert and Arabie 1985): 1 when both are the same, about 0 when they agree no more than by chance.
    public var adjustedRandIndex: Double
    /// Of the pairs that the grouping puts together, the share that belongs together; 0 when it puts none together.
    public var precision: Double
    /// Of the pairs that belong together, the share that the grouping puts together.
    public var recall: Double

    /// Compares.
    ///
    /// - Parameters:
    ///   - grouping: The group of each thing.
    ///   - truth: The group where each belongs; as many.
    public init(of grouping: [Int], with truth: [Int]) {
        func pairs(_ counts: some Sequence<Int>) -> Double {
            counts.reduce(0) { $0 + Double($1 * ($1 - 1)) / 2 }
        }
        func sizes<Key: Hashable>(_ keys: some Sequence<Key>) -> Dictionary<Key, Int>.Values {
            keys.reduce(into: [:]) { $0[$1, default: 0] += 1 }.values
        }
        struct Cell: Hashable { var row, column: Int }
        let both = pairs(sizes(zip(grouping, truth).map { Cell(row: $0, column: $1) }))
        let (proposed, wanted) = (pairs(sizes(grouping)), pairs(sizes(truth)))
        let expected = proposed * wanted / pairs([grouping.count])
        let most = (proposed + wanted) / 2
        adjustedRandIndex = most == expected ? 1 : (both - expected) / (most - expected)
        precision = proposed == 0 ? 0 : both / proposed
        recall = wanted == 0 ? 0 : both / wanted
    }
}

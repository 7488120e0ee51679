/// Brings the most alike together, again and again, as long as they are alike enough: agglomerative clustering with average linkage.
///
/// Among equally alike pairs the one with the earliest first thing goes first, and of these the one with the earliest second. So
/// the same things in the same order always come out the same. Takes time in the square of the number of things, as a rule, and
/// never more than its cube.
struct Agglomeration {
    private var similarity: SimilarityMatrix
    /// The members of each cluster, by its earliest; empty when it has gone into another.
    private var members: [[Int]]
    /// The most alike later cluster of each; nil when there is none.
    private var nearest: [Int?]

    /// Groups things.
    ///
    /// - Parameters:
    ///   - similarity: How alike they are.
    ///   - threshold: How alike two clusters must be, their pairs taken together, to become one.
    /// - Returns: The clusters, each in order, in the order of their earliest members; lone things stand alone.
    static func clusters(_ similarity: SimilarityMatrix, threshold: Double) -> [[Int]] {
        var state = Agglomeration(similarity)
        while let (first, second) = state.mostAlike(threshold) { state.merge(second, into: first) }
        return state.members.filter { !$0.isEmpty }.map { $0.sorted() }
    }

    private init(_ similarity: SimilarityMatrix) {
        self.similarity = similarity
        members = (0..<similarity.count).map { [$0] }
        nearest = Array(repeating: nil, count: similarity.count)
        for index in members.indices { findNearest(of: index) }
    }

    private func mostAlike(_ threshold: Double) -> (Int, Int)? {
        var best: (first: Int, second: Int, value: Double)?
        for (first, second) in nearest.enumerated() {
            guard let second else { continue }
            let value = similarity[first, second]
            if value >= threshold, value > best?.value ?? -1 { best = (first, second, value) }
        }
        return best.map { ($0.first, $0.second) }
    }

    private mutating func merge(_ second: Int, into first: Int) {
        let (firstCount, secondCount) = (Double(members[first].count), Double(members[second].count))
        members[first].append(contentsOf: members[second])
        members[second] = []
        nearest[second] = nil
        for other in members.indices where !members[other].isEmpty && other != first {
            similarity[first, other] =
                (firstCount * similarity[first, other] + secondCount * similarity[second, other])
                / (firstCount + secondCount)
        }
        findNearest(of: first)
        for other in 0..<second where !members[other].isEmpty && other != first {
            if nearest[other] == first || nearest[other] == second {
                findNearest(of: other)
            } else if other < first, let current = nearest[other] {
                let (new, old) = (similarity[other, first], similarity[other, current])
                if new > old || new == old && first < current { nearest[other] = first }
            }
        }
    }

    private mutating func findNearest(of index: Int) {
        var best: Int?
        for other in members.indices.dropFirst(index + 1) where !members[other].isEmpty {
            if similarity[index, other] > best.map({ similarity[index, $0] }) ?? -1 { best = other }
        }
        nearest[index] = best
    }
}

import TestKit
import Testing

@testable import Proposals

@Suite("Average linkage")
struct AgglomerationTests {
    /// As the definition says it, with no short cut: every pair of clusters, every pair of members, each time.
    private func slowly(_ similarity: SimilarityMatrix, threshold: Double) -> [[Int]] {
        var clusters = (0..<similarity.count).map { [$0] }
        while true {
            var best: (Int, Int, Double)?
            for first in clusters.indices {
                for second in clusters.indices.dropFirst(first + 1) {
                    var sum = 0.0
                    for one in clusters[first] {
                        for other in clusters[second] { sum += similarity[one, other] }
                    }
                    let mean = sum / Double(clusters[first].count * clusters[second].count)
                    if mean >= threshold, mean > best?.2 ?? -1 { best = (first, second, mean) }
                }
            }
            guard let (first, second, _) = best else { return clusters.map { $0.sorted() } }
            let joining = clusters.remove(at: second)
            clusters[first] += joining
        }
    }

    @Test("gives what the definition gives, on many random likenesses", arguments: 0..<40)
    func definition(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 2...24, using: &generator)
        var matrix = SimilarityMatrix(count: count)
        for first in 0..<count {
            for second in 0..<first { matrix[first, second] = Double.random(in: 0..<1, using: &generator) }
        }
        for threshold in [0.2, 0.5, 0.8] {
            #expect(
                Agglomeration.clusters(matrix, threshold: threshold) == slowly(matrix, threshold: threshold))
        }
    }

    @Test("of equally alike pairs the earliest go first")
    func ties() {
        // A chain of four where each is as like the one before as the one after: the first two and the last two.
        var matrix = SimilarityMatrix(count: 4)
        for index in 0..<3 { matrix[index, index + 1] = 0.5 }
        #expect(Agglomeration.clusters(matrix, threshold: 0.5) == [[0, 1], [2, 3]])
    }

    @Test("nothing, one thing, and things that are nothing like each other")
    func edges() {
        #expect(Agglomeration.clusters(SimilarityMatrix(count: 0), threshold: 0.1) == [])
        #expect(Agglomeration.clusters(SimilarityMatrix(count: 1), threshold: 0.1) == [[0]])
        #expect(Agglomeration.clusters(SimilarityMatrix(count: 3), threshold: 0.1) == [[0], [1], [2]])
    }

    @Test("our logarithm is the logarithm")
    func logarithm() {
        #expect(naturalLogarithm(1) == 0)
        #expect(abs(naturalLogarithm(2) - 0.693_147_180_559_945_3) < 1e-15)
        #expect(abs(naturalLogarithm(10) - 2.302_585_092_994_045_7) < 1e-14)
        #expect(abs(naturalLogarithm(1.999) - 0.692_647_055_518_261_8) < 1e-14)
    }
}

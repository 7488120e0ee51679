public import Proposals
internal import TestKit

/// Ways of grouping notes that anybody would try first, to measure the proposals against.
public enum Baselines {
    private static func words(of notes: [WrittenNote]) -> [[String]] {
        notes.map { note in
            note.text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
    }

    /// Each note goes with its word that most notes have, function words and all.
    public static func mostSharedWord(_ notes: [WrittenNote]) -> [Int] {
        let words = words(of: notes)
        let counts = words.reduce(into: [String: Int]()) { counts, words in
            for word in Set(words) { counts[word, default: 0] += 1 }
        }
        var numbers: [String: Int] = [:]
        return words.enumerated().map { index, words in
            let shared = words.filter { counts[$0, default: 0] > 1 }
            guard let word = shared.max(by: { (counts[$0, default: 0], $0) < (counts[$1, default: 0], $1) })
            else { return -index - 1 }
            let number = numbers[word] ?? numbers.count
            numbers[word] = number
            return number
        }
    }

    /// Lloyd's k-means on raw word counts, begun at notes drawn by a seed.
    ///
    /// - Parameters:
    ///   - notes: The notes.
    ///   - count: The number of groups, which a real workshop would not know.
    ///   - seed: Which notes it begins at.
    /// - Returns: The group of each note.
    public static func kMeans(_ notes: [WrittenNote], count: Int, seed: UInt64) -> [Int] {
        var numbers: [String: Int] = [:]
        let points = words(of: notes).map { words in
            words.reduce(into: [Int: Double]()) { point, word in
                let number = numbers[word] ?? numbers.count
                numbers[word] = number
                point[number, default: 0] += 1
            }
        }
        var generator = SeededGenerator(seed: seed)
        var centres = points.indices.shuffled(using: &generator).prefix(count).map { start in
            points[start].reduce(into: Array(repeating: 0.0, count: numbers.count)) { $0[$1.key] = $1.value }
        }
        var groups = Array(repeating: 0, count: notes.count)
        for _ in 0..<50 {
            let lengths = centres.map { $0.reduce(0) { $0 + $1 * $1 } }
            let next = points.map { point in
                centres.indices.min { first, second in
                    distance(point, centres[first], lengths[first])
                        < distance(point, centres[second], lengths[second])
                } ?? 0
            }
            if next == groups { break }
            groups = next
            for centre in centres.indices {
                let members = points.indices.filter { groups[$0] == centre }
                guard !members.isEmpty else { continue }
                centres[centre] = Array(repeating: 0, count: numbers.count)
                for member in members {
                    for (word, value) in points[member] {
                        centres[centre][word] += value / Double(members.count)
                    }
                }
            }
        }
        return groups
    }

    /// The square of the distance, less the point's own length, which is the same for all centres.
    private static func distance(_ point: [Int: Double], _ centre: [Double], _ length: Double) -> Double {
        length - 2 * point.reduce(0) { $0 + $1.value * centre[$1.key] }
    }
}

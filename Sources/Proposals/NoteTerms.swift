/// What the notes are compared by: a weight for every stem and every theme of each note, by TF-IDF.
struct NoteTerms {
    /// How much a theme counts beside a word; measured, see docs/proposals.md.
    static let themeWeight = 2.0
    /// How many words of one theme make a note belong to it for good; further ones add nothing. Measured too.
    static let themeCap = 2.0

    /// One word of a note, brought together with its like.
    struct Occurrence {
        var written: String
        var stem: String
        var themes: [Int]
    }

    /// The words of each note that say something, in their order.
    private(set) var occurrences: [[Occurrence]] = []
    /// The weights of each note's terms, of length 1 taken together; ordered by term.
    private(set) var weights: [[(term: Int, weight: Double)]] = []
    /// How rare each stem is.
    private(set) var rarity: [String: Double] = [:]

    init(of notes: [WrittenNote]) {
        occurrences = NoteTerms.occurrences(in: notes)

        // Terms are numbered as they come: themes first, then stems. Nothing below goes through a dictionary in its own order.
        var numbers: [String: Int] = [:]
        var stems: [String] = []
        var noteCounts = Array(repeating: 0, count: ThemeWords.all.count)
        let counts = occurrences.map { words in
            var count: [Int: Double] = [:]
            for word in words {
                let number =
                    numbers[word.stem]
                    ?? {
                        stems.append(word.stem)
                        noteCounts.append(0)
                        numbers[word.stem] = noteCounts.count - 1
                        return noteCounts.count - 1
                    }()
                count[number] = 1
                for theme in word.themes {
                    count[theme, default: 0] += 1 / Double(word.themes.count).squareRoot()
                }
            }
            for term in count.keys { noteCounts[term] += 1 }
            return count.sorted { $0.key < $1.key }
        }

        let rarities = noteCounts.map {
            $0 == 0 ? 0 : naturalLogarithm(Double(notes.count) / Double($0)).squareRoot()
        }
        for (index, stem) in stems.enumerated() { rarity[stem] = rarities[ThemeWords.all.count + index] }
        weights = counts.map { count in
            let raw = count.map { term, times in
                let isTheme = term < ThemeWords.all.count
                let times = isTheme ? NoteTerms.themeWeight * min(times, NoteTerms.themeCap) : times
                return (term: term, weight: times * rarities[term])
            }
            let length = raw.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
            return length == 0 ? [] : raw.map { ($0.term, $0.weight / length) }
        }
    }

    /// The words of each note, brought together with their like.
    ///
    /// What most write as a name belongs to no theme: a town called Green is not about parks, however its name is typed.
    private static func occurrences(in notes: [WrittenNote]) -> [[Occurrence]] {
        var lexicons: [Language?: Lexicon] = [:]
        var writtenAsName: [String: Int] = [:]
        var occurrences = notes.map { note in
            let language = Language(tag: note.language)
            let lexicon = lexicons[language] ?? Lexicon(language)
            lexicons[language] = lexicon
            return Word.words(in: note.text).compactMap { word -> Occurrence? in
                guard let stem = lexicon.stem(word) else { return nil }
                if let isName = word.isName { writtenAsName[stem, default: 0] += isName ? 1 : -1 }
                return Occurrence(written: word.written, stem: stem, themes: lexicon.themes(of: stem))
            }
        }
        for note in occurrences.indices {
            for word in occurrences[note].indices
            where writtenAsName[occurrences[note][word].stem, default: 0] > 0 {
                occurrences[note][word].themes = []
            }
        }
        return occurrences
    }

    /// How alike all pairs of notes are, from 0 to 1: the cosine of their weights.
    var similarities: SimilarityMatrix {
        var matrix = SimilarityMatrix(count: weights.count)
        var holders: [[(note: Int, weight: Double)]] = []
        for (note, terms) in weights.enumerated() {
            for (term, weight) in terms {
                while holders.count <= term { holders.append([]) }
                for other in holders[term] { matrix[note, other.note] += weight * other.weight }
                holders[term].append((note, weight))
            }
        }
        return matrix
    }
}

/// The natural logarithm of a number from 1 up, by its series: the same bits on every machine, which a system's own is not.
func naturalLogarithm(_ value: Double) -> Double {
    let ratio = (value.significand - 1) / (value.significand + 1)
    var (power, sum) = (ratio, 0.0)
    // The ratio is at most 1/3: after twenty terms nothing is added any more.
    for step in 0..<20 {
        sum += power / Double(2 * step + 1)
        power *= ratio * ratio
    }
    return Double(value.exponent) * 0.693_147_180_559_945_3 + 2 * sum
}

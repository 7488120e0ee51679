/// What is known of one language: how its words are brought together, which say nothing, and which belong to a theme.
final class Lexicon {
    /// Words that the stemmer would bring together with others of another meaning, and what they are brought together with instead.
    private static let ownStems: [Language: [String: String]] = [
        .norwegian: Dictionary(
            uniqueKeysWithValues: ["parkere", "parkerer", "parkert", "parkerte"].map { ($0, "parkering") }),
        .english: ["parking": "parking", "parked": "parking"],
    ]

    /// The shortest part of a compound that is looked up among the themes, in characters.
    static let partCharacters = 4

    private let language: Language?
    private let stemmer: Stemmer
    private let functionWords: Set<String>
    /// The themes of each stem, by their place in ``ThemeWords/all``.
    private var themesByStem: [String: [Int]] = [:]

    /// Makes what is needed for a language; for nil every word stands for itself.
    init(_ language: Language?) {
        self.language = language
        stemmer = Stemmer(language)
        functionWords = language.map(FunctionWords.list) ?? []
        guard let language else { return }
        for (theme, words) in ThemeWords.all.enumerated() {
            for word in words.list(language) {
                let stem = stem(ofFolded: String(word))
                if themesByStem[stem]?.last != theme { themesByStem[stem, default: []].append(theme) }
            }
        }
    }

    /// The stem of a word; nil when the word says nothing about what a note is about.
    func stem(_ word: Word) -> String? {
        var folded = word.folded
        if language == .english, folded.hasSuffix("'s") { folded.removeLast(2) }
        guard folded.count > 1, !functionWords.contains(folded) else { return nil }
        return stem(ofFolded: folded)
    }

    private func stem(ofFolded word: String) -> String {
        language.flatMap { Lexicon.ownStems[$0]?[word] } ?? stemmer.stem(word)
    }

    /// The themes that a stem belongs to, in order. A Norwegian compound belongs where its longest known first and last part do.
    func themes(of stem: String) -> [Int] {
        if let known = themesByStem[stem] { return known }
        guard language == .norwegian else { return [] }
        let letters = Array(stem)
        var found: [Int] = []
        for isHead in [true, false] {
            for count in stride(from: letters.count - 2, through: Lexicon.partCharacters, by: -1) {
                let part = isHead ? String(letters.prefix(count)) : String(letters.suffix(count))
                guard let themes = themesByStem[part] else { continue }
                found.append(contentsOf: themes.filter { !found.contains($0) })
                break
            }
        }
        // The next note with this word finds it at once.
        themesByStem[stem] = found.sorted()
        return found.sorted()
    }
}

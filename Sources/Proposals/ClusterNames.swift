/// Names for clusters, of the words that their notes have, as people wrote them.
struct ClusterNames {
    /// Words in a name, at most.
    static let wordLimit = 2
    /// How much more a word says that belongs to what most of the cluster is about.
    private static let themeBonus = 1.5
    /// What a word counts in a note that the name holds a word of already.
    private static let coveredShare = 0.25

    private let terms: NoteTerms
    private let characterLimit: Int
    private var taken: Set<String> = []

    /// - Parameters:
    ///   - terms: The notes' words.
    ///   - characterLimit: The most Unicode scalars in a name.
    init(_ terms: NoteTerms, characterLimit: Int) {
        self.terms = terms
        self.characterLimit = characterLimit
    }

    /// A word that the notes of a cluster have in common.
    private struct Candidate {
        var stem: String
        var weight: Double
        /// The notes that have it, by their place in the cluster.
        var notes: Set<Int>
        /// How often each way of writing it occurs, in order of appearance.
        var forms: [(text: String, count: Int)]

        /// Whether it says of another word what kind: «gateparkering» is parking too.
        func isCompound(of other: Candidate) -> Bool {
            other.stem.utf8.count >= Lexicon.partCharacters && stem.utf8.count >= other.stem.utf8.count + 3
                && (stem.hasPrefix(other.stem) || stem.hasSuffix(other.stem))
        }

        /// The way most wrote it; the shortest of several, then the earliest.
        var written: String {
            var best = forms[0]
            for form in forms.dropFirst()
            where form.count > best.count || form.count == best.count && form.text.count < best.text.count {
                best = form
            }
            return best.text
        }
    }

    /// A name for a cluster, unlike those given before where its words allow.
    mutating func name(for notes: [Int]) -> String {
        let candidates = self.candidates(of: notes)
        var first: String?
        for lead in candidates.prefix(4) {
            var others = candidates.filter {
                $0.stem != lead.stem && !$0.stem.hasPrefix(lead.stem) && !lead.stem.hasPrefix($0.stem)
            }
            others.sort { addition(of: $0, to: lead) > addition(of: $1, to: lead) }
            for second in others.prefix(4).map(\.written) + [""] {
                let name = joined(lead.written, second)
                first = first ?? name
                if taken.insert(name).inserted { return name }
            }
        }
        return first ?? ""
    }

    /// What a second word tells that the first does not. Sorting is stable, so that of equal ones the earlier stays first.
    private func addition(of word: Candidate, to lead: Candidate) -> Double {
        let uncovered = word.notes.subtracting(lead.notes).count
        return word.weight
            * (Double(uncovered) + ClusterNames.coveredShare * Double(word.notes.count - uncovered))
    }

    private func joined(_ first: String, _ second: String) -> String {
        var name = first.prefix(1).uppercased() + first.dropFirst()
        if !second.isEmpty { name += ", " + second }
        return String(String.UnicodeScalarView(name.unicodeScalars.prefix(characterLimit)))
    }

    /// The words of a cluster, the most telling first.
    private func candidates(of notes: [Int]) -> [Candidate] {
        var candidates: [Candidate] = []
        var places: [String: Int] = [:]
        let leading = leadingTheme(of: notes)
        for (place, note) in notes.enumerated() {
            for word in terms.occurrences[note] {
                let index =
                    places[word.stem]
                    ?? {
                        let bonus =
                            leading.map(word.themes.contains) == true ? ClusterNames.themeBonus : 1
                        candidates.append(
                            Candidate(
                                stem: word.stem, weight: bonus * (terms.rarity[word.stem] ?? 0), notes: [],
                                forms: []))
                        places[word.stem] = candidates.count - 1
                        return candidates.count - 1
                    }()
                candidates[index].notes.insert(place)
                if let form = candidates[index].forms.firstIndex(where: { $0.text == word.written }) {
                    candidates[index].forms[form].count += 1
                } else {
                    candidates[index].forms.append((word.written, 1))
                }
            }
        }
        for index in candidates.indices {
            for other in candidates where other.isCompound(of: candidates[index]) {
                candidates[index].notes.formUnion(other.notes)
            }
        }
        candidates.sort { $0.weight * Double($0.notes.count) > $1.weight * Double($1.notes.count) }
        return candidates
    }

    /// The theme with most weight in a cluster.
    private func leadingTheme(of notes: [Int]) -> Int? {
        var sums = Array(repeating: 0.0, count: ThemeWords.all.count)
        for note in notes {
            for (term, weight) in terms.weights[note] where term < sums.count { sums[term] += weight }
        }
        guard let best = sums.indices.max(by: { sums[$0] < sums[$1] }), sums[best] > 0 else { return nil }
        return best
    }
}

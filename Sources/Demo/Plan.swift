internal import Wire

/// What is replayed, in order, and what must come out of it: a pure function of a consultation.
struct Plan: Hashable, Sendable {
    /// A comment that becomes a note.
    struct Writing: Hashable, Sendable {
        /// The comment in the data.
        let comment: Int
        /// Index in ``Plan/people``.
        let person: Int
        /// As the server will keep it (protocol rule G7).
        let text: String
        /// Milliseconds after the first one.
        let after: Int64
    }

    /// An answer that becomes a vote.
    struct Casting: Hashable, Sendable {
        /// The comment in the data.
        let comment: Int
        /// Index in ``Plan/people``.
        let person: Int
        /// 1, 0 or −1.
        let value: Int
        /// Milliseconds after the first one.
        let after: Int64
    }

    /// How often each value stands on one comment.
    struct Counts: Hashable, Sendable {
        var agree = 0
        var pass = 0
        var disagree = 0

        /// Counts one answer more.
        mutating func add(_ value: Int) {
            switch value {
            case 1: agree += 1
            case -1: disagree += 1
            default: pass += 1
            }
        }
    }

    /// Everybody who wrote or voted, by the number the data gives them, lowest first.
    let people: [Int]
    /// In the order they were written.
    let writings: [Writing]
    /// In the order they were cast, those too that their voter replaced later.
    let castings: [Casting]
    /// What each comment's note must have when the round is closed: a person's last answer counts.
    let tallies: [Int: Counts]
    /// Answers that their voter replaced later. The files' own columns count these too.
    let replaced: [Int: Counts]
    /// Comments cut to the length that a note may have.
    let cutCount: Int
    /// Comments without text, which make no note.
    let emptyCount: Int
    /// Comments whose columns do not equal what `votes.csv` holds, with what both say.
    let contradictions: [String]

    /// Replaced answers in all.
    var replacedCount: Int { replaced.values.reduce(0) { $0 + $1.agree + $1.pass + $1.disagree } }

    /// Plans a consultation.
    ///
    /// - Parameters:
    ///   - consultation: The record.
    ///   - noteCharacters: Longest note, in Unicode scalars.
    init(_ consultation: Consultation, noteCharacters: Int) {
        let people = Set(consultation.comments.map(\.author) + consultation.votes.map(\.voter)).sorted()
        let index = Dictionary(uniqueKeysWithValues: zip(people, people.indices))
        self.people = people

        let firstComment = consultation.comments.map(\.at).min() ?? 0
        var writings: [Writing] = []
        var written: Set<Int> = []
        var cutCount = 0
        for comment in consultation.comments.sorted(by: { ($0.at, $0.id) < ($1.at, $1.id) }) {
            let (text, isCut) = noteText(comment.text, limit: noteCharacters)
            guard !text.isEmpty, let person = index[comment.author] else { continue }
            if isCut { cutCount += 1 }
            written.insert(comment.id)
            writings.append(
                Writing(comment: comment.id, person: person, text: text, after: comment.at - firstComment))
        }
        self.writings = writings
        self.cutCount = cutCount
        emptyCount = consultation.comments.count - writings.count

        // By time; the file's order decides between two answers of the same millisecond.
        let votes = consultation.votes.enumerated()
            .filter { written.contains($0.element.comment) }
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
        let firstVote = votes.first?.at ?? 0
        castings = votes.compactMap { vote in
            index[vote.voter].map {
                Casting(comment: vote.comment, person: $0, value: vote.value, after: vote.at - firstVote)
            }
        }

        var standing: [Int: [Int: Int]] = [:]
        var replaced: [Int: Counts] = [:]
        for casting in castings {
            if let old = standing[casting.comment, default: [:]].updateValue(
                casting.value, forKey: casting.person)
            {
                replaced[casting.comment, default: Counts()].add(old)
            }
        }
        var tallies: [Int: Counts] = [:]
        for (comment, answers) in standing {
            var counts = Counts()
            for value in answers.values { counts.add(value) }
            tallies[comment] = counts
        }
        self.tallies = tallies
        self.replaced = replaced

        contradictions = consultation.comments.filter { written.contains($0.id) }.compactMap { comment in
            let (counts, old) = (tallies[comment.id] ?? Counts(), replaced[comment.id] ?? Counts())
            let (agrees, disagrees) = (counts.agree + old.agree, counts.disagree + old.disagree)
            guard agrees != comment.agrees || disagrees != comment.disagrees else { return nil }
            return
                "comment \(comment.id): comments.csv says \(comment.agrees) agree and \(comment.disagrees) disagree, "
                + "votes.csv holds \(agrees) and \(disagrees)"
        }
    }
}

/// What the server makes of a text (protocol rule G7), cut to its limit with an ellipsis.
///
/// - Parameters:
///   - text: As it was written.
///   - limit: Longest result, in Unicode scalars; at least 1.
/// - Returns: The text without control characters but line feeds and without white space at its ends, and whether it
///   had to be cut.
func noteText(_ text: String, limit: Int) -> (text: String, isCut: Bool) {
    // Twice: a control character may have stood between white space and the end.
    let text = cleaned(cleaned(text))
    guard text.unicodeScalars.count > limit else { return (text, false) }
    return (cleaned(String(text.unicodeScalars.prefix(limit - 1))) + "…", true)
}

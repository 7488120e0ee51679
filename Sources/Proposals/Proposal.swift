/// A text to be put together with others like it.
public struct WrittenNote: Hashable, Sendable {
    /// What it says.
    public var text: String
    /// The language it is written in, as a BCP 47 tag.
    public var language: String

    /// Makes one.
    public init(_ text: String, language: String) {
        self.text = text
        self.language = language
    }
}

/// Notes that may belong together, and what they may be called.
public struct ProposedCluster: Hashable, Sendable {
    /// One or two words of its notes, as people wrote them; empty when they have none that says anything.
    public var name: String
    /// The notes, by their places among those given, in that order; at least two.
    public var notes: [Int]
}

/// How notes may be put together, worked out from their own words alone: TF-IDF over Snowball stems and themes, grouped by average
/// linkage.
///
/// It is a proposal: nothing comes of it but what somebody accepts. The same notes in the same order give the same
/// proposal on every machine.
public struct Proposal: Hashable, Sendable {
    /// Clusters proposed at most; 40. More than that nobody looks through, and each accepted one is a step that can be taken back.
    public static let clusterLimit = 40
    /// How alike two clusters must be, on average over their pairs of notes, to become one: from 0 to 1. Measured, see
    /// docs/proposals.md.
    public static let threshold = 0.15

    /// The largest first; of equally large ones that with the earliest note.
    public var clusters: [ProposedCluster]
    /// The notes that are like no other, in their order.
    public var alone: [Int]

    /// Works out a proposal. Takes time in the square of the number of notes; give it at most 1,000.
    ///
    /// - Parameters:
    ///   - notes: The notes; of equal choices the earlier is taken.
    ///   - nameCharacters: The most Unicode scalars in a name.
    public init(of notes: [WrittenNote], nameCharacters: Int = 80) {
        let terms = NoteTerms(of: notes)
        let groups = Agglomeration.clusters(terms.similarities, threshold: Proposal.threshold)
        // Sorting is stable: equally large ones stay in the order of their earliest notes.
        let kept = groups.filter { $0.count > 1 }.sorted { $0.count > $1.count }
            .prefix(Proposal.clusterLimit)
        var names = ClusterNames(terms, characterLimit: nameCharacters)
        clusters = kept.map { ProposedCluster(name: names.name(for: $0), notes: $0) }
        let placed = Set(kept.joined())
        alone = notes.indices.filter { !placed.contains($0) }
    }
}

/// What one step of a process produces and the next one starts from. It says where it came from; what became of it is found
/// the other way round.
public struct Item: Hashable, Sendable, Codable {
    /// What an item is.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// What the process is about, and what not.
        case frame
        /// Somebody it concerns.
        case actor
        /// Something that is not known yet.
        case question
        /// What stands in the way (*hemmer*).
        case barrier
        /// What helps (*fremmer*).
        case enabler
        /// Somebody needs something, because of something.
        case need
        case idea
        /// How an idea is tried.
        case test
        /// What was seen when it was.
        case learning
        /// Whether it goes on.
        case decision

        /// The named parts an item of this kind may have beside its text, in order.
        public var fields: [String] {
            switch self {
            case .need: ["who", "need", "because"]
            case .test: ["assumption", "method", "measure", "threshold"]
            case .learning: ["observed", "insight", "next"]
            case .decision: ["outcome", "why"]
            case .frame, .actor, .question, .barrier, .enabler, .idea: []
            }
        }
    }

    /// What was decided about an item.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        case open
        /// Taken further.
        case chosen
        /// Put away; not deleted, since somebody may ask why.
        case setAside = "set-aside"
    }

    /// Where an item came from.
    public enum Source: Hashable, Sendable, Codable {
        /// An item of an earlier step, or of this one.
        case item(ItemID)
        /// A note of a session.
        case note(SessionID, NoteID)
        /// A cluster of a session, with its notes as they were then: so what is merged, split, renamed or moved later changes
        /// nothing about where the item came from.
        case cluster(SessionID, ClusterID, notes: [NoteID])

        /// The session it lies in; nil for an item.
        public var session: SessionID? {
            switch self {
            case .item: nil
            case .note(let session, _), .cluster(let session, _, _): session
            }
        }

        /// The notes it names.
        public var notes: [NoteID] {
            switch self {
            case .item: []
            case .note(_, let note): [note]
            case .cluster(_, _, let notes): notes
            }
        }

        /// Whether it is the same place, whatever notes were there when.
        func isSamePlace(as other: Source) -> Bool {
            switch (self, other) {
            case (.cluster(let session, let cluster, _), .cluster(let other, let same, _)):
                session == other && cluster == same
            default: self == other
            }
        }
    }

    /// Its identifier.
    public var id: ItemID
    /// What it is.
    public var kind: Kind
    /// The step it belongs to, 1 to 5.
    public var step: Int
    /// What it says, 0 to 500 characters; may be empty when a field is not.
    public var text: String
    /// The parts that ``Kind/fields`` names, in that order, each 0 to 500 characters; none for a kind without.
    public var fields: [String]
    /// Where it came from; at most 50.
    public var sources: [Source]
    /// Its place among those of its kind: lower comes first. Numbers may be missing.
    public var rank: Int
    /// Whether the public page shows it, once that is shown itself.
    public var isPublished = false
    /// What was decided about it.
    public var state = State.open

    /// Makes an item that nobody has decided about.
    public init(
        id: ItemID, kind: Kind, step: Int, text: String, fields: [String] = [], sources: [Source] = [],
        rank: Int
    ) {
        self.id = id
        self.kind = kind
        self.step = step
        self.text = text
        self.fields = fields
        self.sources = sources
        self.rank = rank
    }
}

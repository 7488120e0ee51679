/// A whole co-creation process: five steps, the sessions in them, and what they produced.
///
/// A process is a workshop of its own, so that all a workshop has holds for it too: roles, links, exactly once, the audit
/// trail, retention, erasure. Its sessions are workshops that say which process they are part of (``Part``).
public struct Process: Equatable, Sendable, Codable {
    /// The steps of the guide; 1 to 5.
    public static let steps = 1...5

    /// The challenge that is to be solved; 0 to 2,000 characters.
    public internal(set) var challenge = ""
    /// What all agree to hold to; at most 12, each 1 to 200 characters.
    public internal(set) var principles: [String] = []
    /// The step that everybody is in.
    public internal(set) var step = 1
    /// Whether anybody may read the public page.
    public internal(set) var isPublished = false
    /// What was heard in each step, and what is done with it.
    public internal(set) var summaries = [Summary](repeating: Summary(), count: 5)
    /// The sessions.
    public internal(set) var sessions = Table<SessionID, ProcessSession>()
    /// The items.
    public internal(set) var items = Table<ItemID, Item>()
    /// What items that were merged are part of now.
    var merged = Table<ItemID, ItemID>()
    /// Links of people who lead the process together with its owner.
    public internal(set) var cofacilitators = Table<LinkID, Cofacilitator>()

    /// A process before anything has happened.
    init(_ brief: ProcessBrief) {
        challenge = brief.challenge
        principles = brief.principles
    }

    /// What is told of a step.
    public struct Summary: Hashable, Sendable, Codable {
        /// What was heard; 0 to 2,000 characters.
        public var heard = ""
        /// What is done with it; 0 to 2,000 characters.
        public var done = ""
    }

    /// Somebody who leads by a link of their own.
    public struct Cofacilitator: Hashable, Sendable, Codable {
        /// What the owner calls them.
        public var name: String
        /// The hash of their link's secret.
        public var secret: SecretHash
    }

    /// The item that an identifier stands for now: itself, or what it was merged into; nil when it was removed.
    public func item(_ id: ItemID) -> Item? {
        var id = id
        // Each merge leads to a younger or older one, never round: an item that is gone is merged no more.
        while let next = merged[id] { id = next }
        return items[id]
    }
}

/// What a process begins with.
public struct ProcessBrief: Hashable, Sendable {
    /// The challenge.
    public var challenge: String
    /// The principles.
    public var principles: [String]

    /// Makes a brief.
    public init(challenge: String, principles: [String]) {
        self.challenge = challenge
        self.principles = principles
    }
}

/// How a session is held.
public enum SessionKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// At a set time.
    case live
    /// Open for days, each comes when it suits.
    case collection
}

/// A session as its process knows it.
public struct ProcessSession: Hashable, Sendable, Codable {
    /// How far a session is.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nobody has come yet.
        case planned
        case open
        /// A collection after its deadline.
        case closed
        case ended
        /// Gone for good; its counts stay.
        case erased
    }

    /// A note that was carried into this session, with where it came from.
    public struct Carried: Hashable, Sendable, Codable {
        /// The note in this session.
        public var note: NoteID
        /// Where it came from.
        public var origins: [Origin]

        /// Makes one.
        public init(note: NoteID, origins: [Origin]) {
            self.note = note
            self.origins = origins
        }
    }

    /// What the session's own room tells of itself. Absolute: told twice it is the same.
    public struct Report: Hashable, Sendable, Codable {
        /// How far it is.
        public var state = State.planned
        /// Its title there.
        public var title = ""
        /// When the collection closes.
        public var closesAt: Int64?
        /// Who took part in the room.
        public var room = 0
        /// Who took part from elsewhere.
        public var remote = 0
        /// The notes that there are.
        public var notes = 0
        /// The notes that were carried from elsewhere.
        public var carried: [Carried] = []

        /// Nothing has happened yet.
        public init() {}
    }

    /// Who made it, so that its links can be worked out again by the one whose link they follow from.
    public enum Maker: Hashable, Sendable, Codable {
        /// The owner's link.
        case owner
        /// A co-facilitator's link.
        case cofacilitator(LinkID)
        /// A device; its links follow from nothing.
        case device
    }

    /// Its identifier.
    public var id: SessionID
    /// The step it is in.
    public var step: Int
    /// How it is held.
    public var kind: SessionKind
    /// What the process calls it.
    public var title: String
    /// The workshop's identifier.
    public var workshop: String
    /// The key by which the client asked for it, so that asking again makes no second one.
    public var request: String
    /// Its place among the sessions of its step, from 1.
    public var position: Int
    /// Who made it.
    public var maker: Maker
    /// What its room told last.
    public var report = Report()
    /// Whether it has been taken out. It stays known here, since items came from it and copies of its notes may be elsewhere.
    public var isDetached = false

    /// Makes a session about which nothing is known yet.
    public init(
        id: SessionID, step: Int, kind: SessionKind, title: String, workshop: String, request: String,
        position: Int, maker: Maker
    ) {
        self.id = id
        self.step = step
        self.kind = kind
        self.title = title
        self.workshop = workshop
        self.request = request
        self.position = position
        self.maker = maker
    }
}

/// What makes a workshop a session of a process.
public struct Part: Hashable, Sendable, Codable {
    /// The process' identifier.
    public let process: String
    /// Its own number there.
    public let session: SessionID
    /// The step it is in.
    public let step: Int
    /// How it is held.
    public let kind: SessionKind
    /// When input and the door close; nil for never.
    public internal(set) var closesAt: Int64?
    /// Whether that has come.
    public internal(set) var isClosed = false
    /// Whether it is kept as long as its process, and not so many days after its own end.
    public internal(set) var isKeptWithProcess = true
    /// How many notes have been taken away for whatever reason: when it grows, copies elsewhere have to be looked at.
    public internal(set) var goneNotes = 0

    /// Makes a part.
    public init(
        process: String, session: SessionID, step: Int, kind: SessionKind, closesAt: Int64? = nil
    ) {
        self.process = process
        self.session = session
        self.step = step
        self.kind = kind
        self.closesAt = closesAt
    }
}

/// Somebody who came by a link of the process: a co-facilitator in the process itself, a facilitator of the process in one
/// of its sessions. When that link is taken back, so is their place.
public struct Grant: Hashable, Sendable, Codable {
    /// Who came.
    public var participant: ParticipantID
    /// The hash of the link's secret.
    public var link: SecretHash
}

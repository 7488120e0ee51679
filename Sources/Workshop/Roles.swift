/// What somebody is in the workshop. Given once, by the way they came in: with the code, or with a link.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    /// Leads the session (*prosessleder*).
    case facilitator
    /// Helps: types paper notes, records shows of hands, writes for a table (*bordvert, referent*).
    case helper
    /// Takes part, from a phone or from home.
    case participant
    /// A projector page: reads only.
    case screen
    /// Reads only.
    case observer

    /// Whether this role leads or helps; nothing personal counts for it.
    public var isStaff: Bool { self == .facilitator || self == .helper }
}

/// Where somebody takes part from. It is all that a report says about them.
public enum Attendance: String, Hashable, Sendable, Codable, CaseIterable {
    /// In the room.
    case room
    /// From elsewhere.
    case remote
}

/// What a phase lets somebody do with notes and votes.
public struct Acts: OptionSet, Hashable, Sendable, Codable {
    /// The bits.
    public let rawValue: UInt8
    /// Makes a set of acts from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Write notes.
    public static let add = Acts(rawValue: 1)
    /// Change and withdraw own notes.
    public static let editOwn = Acts(rawValue: 2)
    /// Change anybody's notes.
    public static let editAny = Acts(rawValue: 4)
    /// Move notes between columns.
    public static let move = Acts(rawValue: 8)
    /// Make, name, merge, split and undo clusters.
    public static let cluster = Acts(rawValue: 16)
    /// Vote in an open round.
    public static let vote = Acts(rawValue: 32)

    /// Each act with the word the wire and the templates use.
    public static let names: [(act: Acts, name: String)] = [
        (.add, "add"), (.editOwn, "editOwn"), (.editAny, "editAny"), (.move, "move"), (.cluster, "cluster"),
        (.vote, "vote"),
    ]
}

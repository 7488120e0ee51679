/// How the groups of a phase are made.
public struct Grouping: Hashable, Sendable, Codable {
    /// Who decides who works with whom.
    public enum How: String, Hashable, Sendable, Codable, CaseIterable {
        /// Chance.
        case random
        /// Each for themselves.
        case choice
        /// Chance, those in the room and those elsewhere apart.
        case channel
        /// The facilitator.
        case hand
        /// Two groups of the phase before come together.
        case merge
    }

    /// People in a group, at least and at most.
    public static let sizes = 2...12
    /// Tables, at least and at most.
    public static let tableCounts = 1...200

    /// Who decides.
    public var how: How
    /// About how many are in a group, 2 to 12; nil when the number of tables is given, and where groups come together.
    public var size: Int?
    /// How many tables there are, 1 to 200; nil when the size of a group is given.
    public var tables: Int?

    /// Makes a grouping.
    public init(how: How, size: Int? = nil, tables: Int? = nil) {
        self.how = how
        self.size = size
        self.tables = tables
    }

    /// Whether its numbers are in their ranges, and one of them is there, or none where groups come together.
    var isValid: Bool {
        if how == .merge { return size == nil && tables == nil }
        if let size { return tables == nil && Self.sizes.contains(size) }
        return tables.map { Self.tableCounts.contains($0) } ?? false
    }

    /// Whether people are put into groups without being asked: as the phase opens, and when they come later.
    var seatsPeople: Bool {
        switch how {
        case .random, .channel, .merge: true
        case .choice, .hand: false
        }
    }
}

/// People who work together in one phase, and what they write together.
public struct Group: Hashable, Sendable, Codable {
    /// Its identifier.
    public var id: GroupID
    /// The phase it belongs to.
    public var phase: PhaseID
    /// Its number within the phase, from 1: what people look for in the room.
    public var number: Int
    /// A name that the facilitator has given it; empty for none.
    public var name = ""
    /// Where its people take part from, when those are kept apart.
    public var channel: Attendance?
    /// The groups that came together in it.
    public var parents: [GroupID] = []
    /// Who is in it, in the order they came.
    public var members: [ParticipantID] = []
    /// Notes of its own that still exist.
    public var notes = 0
    /// How many of them were chosen to go on.
    public var raised = 0

    /// Makes an empty group without a name.
    public init(id: GroupID, phase: PhaseID, number: Int) {
        self.id = id
        self.phase = phase
        self.number = number
    }

    /// What others are told of it where one of its notes is shown.
    public var label: GroupLabel { GroupLabel(id: id, number: number, name: name) }
}

/// Which group something is from, in what people call it.
public struct GroupLabel: Hashable, Sendable {
    /// The group.
    public var id: GroupID
    /// Its number within its phase.
    public var number: Int
    /// Its name; empty for none.
    public var name: String
}

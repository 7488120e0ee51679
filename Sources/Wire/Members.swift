internal import Workshop

/// A member is missing or of the wrong kind.
struct Malformed: Error {}

/// Reads the members of one object, each of the kind that is wanted.
struct Members {
    private let members: [JSONValue.Member]
    /// All of them, in their order.
    var all: [JSONValue.Member] { members }

    init(_ members: [JSONValue.Member]) { self.members = members }

    init(_ value: JSONValue) throws(Malformed) {
        guard let members = value.members else { throw Malformed() }
        self.members = members
    }

    /// The value under a name; nil when it is absent or null.
    func optional(_ name: String) -> JSONValue? {
        guard let value = members.first(where: { $0.name == name })?.value, !value.isNull else { return nil }
        return value
    }

    /// Whether there is such a member, be it null.
    func has(_ name: String) -> Bool { members.contains { $0.name == name } }

    /// Refuses when a member is absent, even one that may be null.
    func require(_ name: String) throws(Malformed) {
        guard has(name) else { throw Malformed() }
    }

    func value(_ name: String) throws(Malformed) -> JSONValue {
        guard let value = optional(name) else { throw Malformed() }
        return value
    }

    func string(_ name: String) throws(Malformed) -> String {
        guard let value = try value(name).string else { throw Malformed() }
        return value
    }

    /// A text that people wrote.
    func text(_ name: String) throws(Malformed) -> String { cleaned(try string(name)) }

    func optionalString(_ name: String) throws(Malformed) -> String? {
        guard let value = optional(name) else { return nil }
        guard let text = value.string else { throw Malformed() }
        return text
    }

    func int(_ name: String) throws(Malformed) -> Int {
        guard let value = try value(name).int else { throw Malformed() }
        return Int(value)
    }

    func optionalInt(_ name: String) throws(Malformed) -> Int? {
        guard let value = optional(name) else { return nil }
        guard let number = value.int else { throw Malformed() }
        return Int(number)
    }

    func int64(_ name: String) throws(Malformed) -> Int64 { Int64(try int(name)) }

    func uint32(_ name: String) throws(Malformed) -> UInt32 {
        guard let value = UInt32(exactly: try int(name)) else { throw Malformed() }
        return value
    }

    func bool(_ name: String) throws(Malformed) -> Bool {
        guard let value = try value(name).bool else { throw Malformed() }
        return value
    }

    func id<ID: Identifier>(_ name: String) throws(Malformed) -> ID {
        guard let id = ID(wire: try string(name)) else { throw Malformed() }
        return id
    }

    func optionalID<ID: Identifier>(_ name: String) throws(Malformed) -> ID? {
        guard let text = try optionalString(name) else { return nil }
        guard let id = ID(wire: text) else { throw Malformed() }
        return id
    }

    /// An identifier, or null; one of the two must be there.
    func nullableID<ID: Identifier>(_ name: String) throws(Malformed) -> ID? {
        try require(name)
        return try optionalID(name)
    }

    /// An integer, or null; one of the two must be there.
    func nullableInt(_ name: String) throws(Malformed) -> Int? {
        try require(name)
        return try optionalInt(name)
    }

    func ids<ID: Identifier>(_ name: String) throws(Malformed) -> [ID] {
        let values = try array(name)
        var ids: [ID] = []
        for value in values {
            guard let text = value.string, let id = ID(wire: text) else { throw Malformed() }
            ids.append(id)
        }
        return ids
    }

    /// A word of a fixed list.
    func word<Word: RawRepresentable<String>>(_ name: String) throws(Malformed) -> Word {
        guard let word = Word(rawValue: try string(name)) else { throw Malformed() }
        return word
    }

    func optionalWord<Word: RawRepresentable<String>>(_ name: String) throws(Malformed) -> Word? {
        guard let text = try optionalString(name) else { return nil }
        guard let word = Word(rawValue: text) else { throw Malformed() }
        return word
    }

    func array(_ name: String) throws(Malformed) -> [JSONValue] {
        guard let values = try value(name).array else { throw Malformed() }
        return values
    }

    /// An array; empty when it is absent or null.
    func optionalArray(_ name: String) throws(Malformed) -> [JSONValue] {
        guard let value = optional(name) else { return [] }
        guard let values = value.array else { throw Malformed() }
        return values
    }

    func acts(_ name: String) throws(Malformed) -> Acts {
        let values = try array(name)
        var acts: Acts = []
        for value in values {
            guard let act = Acts.names.first(where: { $0.name == value.string })?.act else {
                throw Malformed()
            }
            acts.insert(act)
        }
        return acts
    }

    /// How many gave each value, as an object: value → how many; lowest value first.
    func counts(_ name: String) throws(Malformed) -> [Tally.Count] {
        var counts: [Tally.Count] = []
        for member in try Members(try value(name)).all {
            guard let value = Int(member.name), String(value) == member.name, let count = member.value.int
            else { throw Malformed() }
            counts.append(.init(value: value, count: Int(count)))
        }
        return counts.sorted { $0.value < $1.value }
    }

    func target(_ name: String) throws(Malformed) -> Target {
        guard let target = Target(text: try string(name)) else { throw Malformed() }
        return target
    }
}

extension Target {
    /// Reads a note's or a cluster's identifier.
    init?(text: String) {
        if let note = NoteID(wire: text) {
            self = .note(note)
        } else if let cluster = ClusterID(wire: text) {
            self = .cluster(cluster)
        } else {
            return nil
        }
    }

    /// The identifier as text.
    var text: String {
        switch self {
        case .note(let id): id.description
        case .cluster(let id): id.description
        }
    }
}

extension Spotlight {
    /// Reads a note's, a cluster's or a round's identifier.
    init?(text: String) {
        switch Target(text: text) {
        case .note(let id): self = .note(id)
        case .cluster(let id): self = .cluster(id)
        case nil:
            guard let round = RoundID(wire: text) else { return nil }
            self = .round(round)
        }
    }

    /// The identifier as text.
    var text: String {
        switch self {
        case .note(let id): id.description
        case .cluster(let id): id.description
        case .round(let id): id.description
        }
    }
}

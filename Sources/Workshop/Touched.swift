/// One place in a channel whose content may have changed.
public struct Touch: Hashable, Sendable {
    /// The channel.
    public var channel: ChannelName
    /// The key in it.
    public var key: EntryKey

    /// Makes a touch.
    public init(_ channel: ChannelName, _ key: EntryKey) {
        self.channel = channel
        self.key = key
    }
}

/// The places that one or more records may have changed, each once, in the order they were first touched.
///
/// It may name too many: an entry that turns out the same is not sent again. It must never name too few.
public struct Touched: Sendable {
    /// The places, in order.
    public private(set) var places: [Touch] = []
    private var seen: Set<Touch> = []

    /// Makes an empty collection.
    public init() {}

    /// Adds one place.
    public mutating func insert(_ channel: ChannelName, _ key: EntryKey) {
        let touch = Touch(channel, key)
        if seen.insert(touch).inserted { places.append(touch) }
    }

    /// Adds a note in every channel that can show it.
    mutating func insert(_ note: Note) {
        insert(.room, .note(note.id))
        insert(.own(note.author), .note(note.id))
        insert(.staff, .note(note.id))
        if let group = note.group {
            insert(.group(group), .note(note.id))
            insert(.staff, .group(group))
        }
        if let cluster = note.cluster { insert(.room, .cluster(cluster)) }
    }

    /// Adds a round in every channel that can show it to everybody who does.
    mutating func insert(_ round: RoundID) {
        insert(.room, .round(round))
        insert(.staff, .round(round))
    }
}

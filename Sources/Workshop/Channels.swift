/// All channels of one workshop: what its state looks like to those who follow it.
public struct Channels<Value: Equatable> {
    /// What everybody follows.
    public private(set) var room = Channel<Value>()
    /// What the facilitator and helpers follow.
    public private(set) var staff = Channel<Value>()
    /// What the facilitator and the room screen follow.
    public private(set) var door = Channel<Value>()
    /// The last change of the room's channel beside the totals, which may be told a moment later: each join and each
    /// note changes them, and a hall that comes in would be told of every head.
    public private(set) var pressingRoomChange: UInt64 = 0
    /// The last record that has been shown.
    public private(set) var sequence: UInt64 = 0
    private var own = Table<ParticipantID, Channel<Value>>()
    private var groups = Table<GroupID, Channel<Value>>()
    /// Which group's channel somebody follows: as it is durable, like all that is shown.
    private var seats = Table<ParticipantID, GroupID>()

    /// Makes empty channels.
    public init() {}

    /// One channel.
    public subscript(name: ChannelName) -> Channel<Value> {
        switch name {
        case .room: room
        case .own(let reader): own[reader] ?? Channel()
        case .group(let id): groups[id] ?? Channel()
        case .staff: staff
        case .door: door
        }
    }

    /// The last change of one channel.
    public func lastChange(of name: ChannelName) -> UInt64 {
        switch name {
        case .room: room.lastChange
        case .own(let reader): own.read(reader) { $0.lastChange } ?? 0
        case .group(let id): groups.read(id) { $0.lastChange } ?? 0
        case .staff: staff.lastChange
        case .door: door.lastChange
        }
    }

    /// The group whose channel somebody follows now.
    public func group(of participant: ParticipantID) -> GroupID? { seats[participant] }

    /// Shows the workshop as it is now in the places that were touched.
    ///
    /// - Parameters:
    ///   - places: What may have changed.
    ///   - workshop: The workshop; its sequence becomes that of what changed.
    ///   - encode: Gives an entry the form in which it is kept.
    public mutating func show(_ places: Touched, of workshop: Workshop, encode: (Entry) -> Value) {
        sequence = workshop.sequence
        for place in places.places {
            let value = workshop.entry(for: place.key, in: place.channel).map(encode)
            switch place.channel {
            case .room:
                if room.put(value, for: place.key, at: workshop.sequence), place.key != .totals {
                    pressingRoomChange = workshop.sequence
                }
            case .own(let reader):
                if place.key == .me { seat(reader, in: workshop) }
                if own[reader] == nil {
                    if value == nil { continue }
                    own[reader] = Channel()
                }
                own.update(reader) { $0.put(value, for: place.key, at: workshop.sequence) }
            case .group(let id):
                if groups[id] == nil {
                    if value == nil { continue }
                    groups[id] = Channel()
                }
                groups.update(id) { $0.put(value, for: place.key, at: workshop.sequence) }
            case .staff: staff.put(value, for: place.key, at: workshop.sequence)
            case .door: door.put(value, for: place.key, at: workshop.sequence)
            }
        }
    }

    private mutating func seat(_ reader: ParticipantID, in workshop: Workshop) {
        let group =
            workshop.participants.read(reader) { $0.wait == nil && !$0.isRemoved ? $0.group : nil } ?? nil
        if seats[reader] != group { seats[reader] = group }
    }
}

extension Role {
    /// Whether this role has an own channel.
    public var hasOwnChannel: Bool {
        switch self {
        case .facilitator, .helper, .participant: true
        case .screen, .observer: false
        }
    }

    /// The channels this role follows; `reader` is the follower's own place.
    public func channels(for reader: ParticipantID) -> [ChannelName] {
        switch self {
        case .facilitator: [.room, .own(reader), .staff, .door]
        case .helper: [.room, .own(reader), .staff]
        case .participant: [.room, .own(reader)]
        case .screen: [.room, .door]
        case .observer: [.room]
        }
    }
}

extension Channels: Sendable where Value: Sendable {}

/// Values by identifier, in the order the identifiers were given.
///
/// A dictionary would iterate in an order that differs between processes, and replay must give the live state bit for bit.
/// Identifiers are dense, so a table is an array: look-up is an index, iteration is oldest first.
public struct Table<ID: Identifier, Value> {
    private var slots: [Value?] = []
    /// How many values are present.
    public private(set) var count = 0

    /// Makes an empty table.
    public init() {}

    /// The identifier that the next new value gets.
    public var nextID: ID { ID(UInt32(slots.count) + 1) }

    /// The value under an identifier; nil when it was never there or has been removed.
    public subscript(id: ID) -> Value? {
        get {
            let index = Int(id.number) - 1
            return slots.indices.contains(index) ? slots[index] : nil
        }
        set {
            let index = Int(id.number) - 1
            while slots.count <= index { slots.append(nil) }
            if slots[index] != nil { count -= 1 }
            if newValue != nil { count += 1 }
            slots[index] = newValue
        }
    }

    /// Changes a value in place, without copying it. Does nothing when it is absent.
    public mutating func update(_ id: ID, _ change: (inout Value) -> Void) {
        let index = Int(id.number) - 1
        guard slots.indices.contains(index) else { return }
        slots[index].mutate(change)
    }

    /// Looks at a value in place, without copying it. Nil when it is absent.
    public func read<Result>(_ id: ID, _ look: (borrowing Value) -> Result) -> Result? {
        let index = Int(id.number) - 1
        guard slots.indices.contains(index), let value = slots[index] else { return nil }
        return look(value)
    }

    /// The identifiers present, oldest first.
    public var ids: [ID] { slots.indices.compactMap { slots[$0] == nil ? nil : ID(UInt32($0) + 1) } }

    /// The values present, oldest first.
    public var values: [Value] { slots.compactMap { $0 } }
}

extension Optional {
    fileprivate mutating func mutate(_ change: (inout Wrapped) -> Void) {
        guard var value = consume self else {
            self = nil
            return
        }
        self = nil
        change(&value)
        self = value
    }
}

extension Table: Sendable where Value: Sendable {}
extension Table: Equatable where Value: Equatable {}

extension Table: Codable where Value: Codable {
    /// Reads the array of slots; an empty slot is null.
    public init(from decoder: any Decoder) throws {
        slots = try decoder.singleValueContainer().decode([Value?].self)
        count = slots.count { $0 != nil }
    }

    /// Writes the array of slots, so that the numbers already given stay given.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(slots)
    }
}

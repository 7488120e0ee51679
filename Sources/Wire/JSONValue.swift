/// A JSON value (RFC 8259). Members keep their order.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number written as an integer, within ±(2^53 − 1).
    case int(Int64)
    /// Any other number.
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// A name with its value.
    public struct Member: Hashable, Sendable {
        /// Unique within its object.
        public var name: String
        /// The value.
        public var value: JSONValue

        /// Makes a member.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// A member's value; nil when this is no object or has no such member.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text, if this is one.
    public var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The integer, if this is one.
    public var int: Int64? { if case .int(let value) = self { value } else { nil } }
    /// True or false, if this is one.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements, if this is an array.
    public var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    /// The members, if this is an object.
    public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    /// Whether this is null.
    public var isNull: Bool { self == .null }
}

internal import Wire

/// Writing JSON in few words, and reading it as dictionaries.
extension JSONValue {
    /// An object, its members in the order given.
    static func with(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(members.map { Member(name: $0, value: $1) })
    }

    /// An integer.
    static func number(_ value: Int) -> JSONValue { .int(Int64(value)) }

    /// The integer, if this is one that fits.
    var number: Int? { int.flatMap { Int(exactly: $0) } }

    /// The members by name, if this is an object.
    var dictionary: [String: JSONValue]? {
        members.map { Dictionary($0.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }) }
    }

    /// Reads what a server sends, which may be long; nil for what is no JSON.
    init?(reading bytes: UnsafeRawBufferPointer) {
        do { self = try JSONReader.read(bytes, limits: .trusted) } catch { return nil }
    }

    /// The bytes of this value.
    var encoded: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let value): writer.value(value)
        case .int(let value): writer.value(value)
        case .double(let value): writer.value(value)
        case .string(let value): writer.value(value)
        case .array(let values): writer.array { for value in values { value.write(to: &$0) } }
        case .object(let members):
            writer.object { writer in
                for member in members { writer.member(member.name) { member.value.write(to: &$0) } }
            }
        }
    }
}

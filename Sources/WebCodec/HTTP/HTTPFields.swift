/// One field line of a head: a name as it was written, and a value without the white space around it.
public struct HTTPField: Hashable, Sendable {
    /// The name in the case it came in or was given in.
    public let name: String
    /// The value; octets that are not UTF-8 are shown as U+FFFD.
    public let value: String
}

/// The fields of a head in their order, names compared without regard to case (RFC 9110 §5.1).
///
/// All octets live in one array and each field is four offsets into it, so a head costs two allocations.
public struct HTTPFields: Sendable, RandomAccessCollection, ExpressibleByDictionaryLiteral {
    struct Entry: Sendable {
        var name: Range<UInt32>
        var value: Range<UInt32>
    }

    private(set) var octets: [UInt8] = []
    private(set) var entries: [Entry] = []

    /// No fields.
    public init() {}

    /// Takes names and values in their order, as ``append(_:_:)`` does.
    public init(dictionaryLiteral pairs: (String, String)...) {
        for (name, value) in pairs { append(name, value) }
    }

    init(octets: [UInt8], entries: [Entry]) {
        self.octets = octets
        self.entries = entries
    }

    /// Adds a field after the others.
    ///
    /// Nothing that is added can end its line: a control octet in the value (CR and LF among them) becomes a space
    /// as RFC 9110 §5.5 allows, and a name that is not a token adds nothing.
    ///
    /// - Parameters:
    ///   - name: A token (RFC 9110 §5.6.2).
    ///   - value: Any text; white space around it is dropped.
    /// - Returns: Whether the field was added.
    @discardableResult
    public mutating func append(_ name: String, _ value: String) -> Bool {
        let end = octets.count + name.utf8.count + value.utf8.count
        guard name.utf8.isToken, UInt32(exactly: end) != nil else { return false }
        let nameStart = UInt32(octets.count)
        octets.append(contentsOf: name.utf8)
        let valueStart = UInt32(octets.count)
        for octet in value.utf8.trimmed {
            octets.append(octet.isFieldValueOctet ? octet : ASCII.space)
        }
        entries.append(Entry(name: nameStart..<valueStart, value: valueStart..<UInt32(octets.count)))
        return true
    }

    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of fields.
    public var endIndex: Int { entries.count }

    /// The field at a position, as text.
    public subscript(position: Int) -> HTTPField {
        HTTPField(
            name: String(decoding: nameOctets(position), as: UTF8.self),
            value: String(decoding: valueOctets(position), as: UTF8.self))
    }

    /// The value of the first field with this name; nil when there is none.
    public subscript(name: String) -> String? {
        firstValueOctets(name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The values of all fields with this name, in order.
    public func values(of name: String) -> [String] {
        positions(of: name).map { String(decoding: valueOctets($0), as: UTF8.self) }
    }

    /// How many fields have this name.
    public func count(of name: String) -> Int { positions(of: name).count }

    /// The octets of the first field with this name, as they came.
    public func firstValueOctets(_ name: String) -> ArraySlice<UInt8>? {
        entries.indices.first { isNamed(name, $0) }.map { valueOctets($0) }
    }

    /// Whether the comma-separated lists in all fields with this name hold a token, in any case
    /// (RFC 9110 §5.6.1).
    public func list(_ name: String, contains token: String) -> Bool {
        listElements(of: name).contains { $0.equalsIgnoringCase(token.utf8) }
    }

    /// The non-empty elements of the comma-separated lists in all fields with this name (RFC 9110 §5.6.1).
    /// Not for lists whose elements may hold quoted strings.
    func listElements(of name: String) -> [ArraySlice<UInt8>] {
        positions(of: name).flatMap { position in
            valueOctets(position).split(separator: ASCII.comma).map(\.trimmed).filter { !$0.isEmpty }
        }
    }

    func positions(of name: String) -> [Int] {
        entries.indices.filter { isNamed(name, $0) }
    }

    /// Most names differ in length, and that needs no look at their octets.
    private func isNamed(_ name: String, _ position: Int) -> Bool {
        entries[position].name.count == name.utf8.count
            && nameOctets(position).equalsIgnoringCase(name.utf8)
    }

    func nameOctets(_ position: Int) -> ArraySlice<UInt8> {
        octets[Int(entries[position].name.lowerBound)..<Int(entries[position].name.upperBound)]
    }

    func valueOctets(_ position: Int) -> ArraySlice<UInt8> {
        octets[Int(entries[position].value.lowerBound)..<Int(entries[position].value.upperBound)]
    }

    /// Appends `name: value CRLF` for each field.
    func encode(into bytes: inout [UInt8]) {
        for position in entries.indices {
            bytes.append(contentsOf: nameOctets(position))
            bytes.append(ASCII.colon)
            bytes.append(ASCII.space)
            bytes.append(contentsOf: valueOctets(position))
            bytes.append(ASCII.carriageReturn)
            bytes.append(ASCII.lineFeed)
        }
    }
}

extension HTTPFields: Equatable {
    /// Whether both have the same names, in any case, and values in the same order.
    public static func == (left: HTTPFields, right: HTTPFields) -> Bool {
        left.count == right.count
            && left.indices.allSatisfy {
                left.nameOctets($0).equalsIgnoringCase(right.nameOctets($0))
                    && left.valueOctets($0) == right.valueOctets($0)
            }
    }
}

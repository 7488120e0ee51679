/// How much JSON is taken (protocol rule G2).
public struct JSONLimits: Hashable, Sendable {
    /// Longest text, in bytes.
    public var byteCount: Int
    /// Deepest nesting of arrays and objects.
    public var depth: Int
    /// Members and elements in all.
    public var valueCount: Int

    /// Makes limits; those given are for one message of a client.
    public init(byteCount: Int = 16 << 10, depth: Int = 8, valueCount: Int = 1_100) {
        self.byteCount = byteCount
        self.depth = depth
        self.valueCount = valueCount
    }

    /// For what the operator or the journal gives: templates, translations, records.
    public static let trusted = JSONLimits(byteCount: 64 << 20, depth: 32, valueCount: 10_000_000)
    /// For a request's body.
    public static let body = JSONLimits(byteCount: 64 << 10, depth: 12, valueCount: 5_000)
}

/// Why bytes are not the JSON we take. Positions are in bytes from the start.
public enum JSONError: Error, Hashable, Sendable {
    /// Longer, deeper or with more values than the limits allow.
    case tooMuch
    /// It ends too soon.
    case unexpectedEnd
    /// This byte cannot stand here.
    case unexpected(at: Int)
    /// A text is not UTF-8, or holds half a surrogate pair.
    case badText(at: Int)
    /// A number is out of the range that is exact everywhere.
    case badNumber(at: Int)
    /// A name stands twice in an object.
    case repeatedName(at: Int)
}

/// Reads one JSON text (RFC 8259), strictly: nothing before or after it, no name twice, no number that is not exact.
public struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let limits: JSONLimits
    private var position = 0
    /// Members and elements so far; the outermost value is neither.
    private var valueCount = -1

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - bytes: The whole text.
    ///   - limits: How much is taken.
    /// - Returns: The value.
    /// - Throws: The first thing that is wrong.
    public static func read(
        _ bytes: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSONValue {
        guard bytes.count <= limits.byteCount else { throw .tooMuch }
        var reader = JSONReader(bytes.assumingMemoryBound(to: UInt8.self), limits)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw .unexpected(at: reader.position) }
        return value
    }

    /// Reads a text from an array, as the other form.
    public static func read(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError)
        -> JSONValue
    {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            try read(UnsafeRawBufferPointer(bytes), limits: limits)
        }
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw .unexpectedEnd }
        return bytes[position]
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        valueCount += 1
        guard valueCount <= limits.valueCount, depth <= limits.depth else { throw .tooMuch }
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard try peek() == word.utf8Start[index] else { throw .unexpected(at: position) }
            position += 1
        }
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= limits.depth else { throw .tooMuch }
        var members: [JSONValue.Member] = []
        members.reserveCapacity(8)
        position += 1
        skipSpace()
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        // Small objects are searched, large ones are looked up: no input makes this quadratic.
        var names: Set<String> = []
        while true {
            skipSpace()
            let start = position
            guard try peek() == UInt8(ascii: "\"") else { throw .unexpected(at: position) }
            let name = try string()
            let isRepeated =
                members.count < 16 ? members.contains { $0.name == name } : names.contains(name)
            if isRepeated { throw .repeatedName(at: start) }
            if members.count == 15 { names = Set(members.map(\.name)) }
            if members.count >= 15 { names.insert(name) }
            skipSpace()
            guard try peek() == UInt8(ascii: ":") else { throw .unexpected(at: position) }
            position += 1
            members.append(.init(name: name, value: try value(depth: depth)))
            guard try another(before: UInt8(ascii: "}")) else { return .object(members) }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= limits.depth else { throw .tooMuch }
        var values: [JSONValue] = []
        position += 1
        skipSpace()
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return .array(values)
        }
        while true {
            values.append(try value(depth: depth))
            guard try another(before: UInt8(ascii: "]")) else { return .array(values) }
        }
    }

    private mutating func another(before end: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        switch try peek() {
        case UInt8(ascii: ","):
            position += 1
            return true
        case end:
            position += 1
            return false
        default: throw .unexpected(at: position)
        }
    }

    // MARK: Numbers

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        if try peek() == UInt8(ascii: "-") { position += 1 }
        let digits = position
        try skipDigits()
        if bytes[digits] == UInt8(ascii: "0"), position > digits + 1 { throw .unexpected(at: digits + 1) }
        var isInteger = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try skipDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if try peek() == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") { position += 1 }
            try skipDigits()
        }
        guard position - start <= 40 else { throw .badNumber(at: start) }
        if isInteger { return .int(try integer(from: start)) }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw .badNumber(at: start) }
        return .double(value)
    }

    /// The digits from `start` to here as an integer that is exact everywhere.
    private func integer(from start: Int) throws(JSONError) -> Int64 {
        var magnitude: Int64 = 0
        for byte in bytes[start..<position] where byte != UInt8(ascii: "-") {
            // At most 40 digits are read, and none after the first that is too many.
            magnitude = magnitude * 10 + Int64(byte - 0x30)
            guard magnitude < 1 << 53 else { throw .badNumber(at: start) }
        }
        return bytes[start] == UInt8(ascii: "-") ? -magnitude : magnitude
    }

    private mutating func skipDigits() throws(JSONError) {
        guard (0x30...0x39).contains(try peek()) else { throw .unexpected(at: position) }
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    }

    // MARK: Texts

    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        while true {
            let byte = try peek()
            if byte == UInt8(ascii: "\"") {
                let octets = UnsafeBufferPointer(rebasing: bytes[start..<position])
                guard let text = String(validating: octets, as: UTF8.self) else { throw .badText(at: start) }
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw .unexpected(at: position) }
            position += 1
        }
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var octets = Array(bytes[start..<position])
        while true {
            let byte = try peek()
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: octets, as: UTF8.self) else { throw .badText(at: start) }
                return text
            case UInt8(ascii: "\\"): try escape(into: &octets)
            default:
                guard byte >= 0x20 else { throw .unexpected(at: position - 1) }
                octets.append(byte)
            }
        }
    }

    private mutating func escape(into octets: inout [UInt8]) throws(JSONError) {
        let byte = try peek()
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): octets.append(byte)
        case UInt8(ascii: "b"): octets.append(0x08)
        case UInt8(ascii: "f"): octets.append(0x0C)
        case UInt8(ascii: "n"): octets.append(0x0A)
        case UInt8(ascii: "r"): octets.append(0x0D)
        case UInt8(ascii: "t"): octets.append(0x09)
        case UInt8(ascii: "u"): octets.append(contentsOf: try scalar())
        default: throw .unexpected(at: position - 1)
        }
    }

    /// The rest of `\u` and four digits, with the second half of a surrogate pair where there is a first.
    private mutating func scalar() throws(JSONError) -> [UInt8] {
        let start = position
        var value = UInt32(try unit())
        if (0xD800...0xDBFF).contains(value) {
            guard try peek() == UInt8(ascii: "\\") else { throw .badText(at: start) }
            position += 1
            guard try peek() == UInt8(ascii: "u") else { throw .badText(at: start) }
            position += 1
            let low = UInt32(try unit())
            guard (0xDC00...0xDFFF).contains(low) else { throw .badText(at: start) }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw .badText(at: start) }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func unit() throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let byte = try peek()
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: throw .unexpected(at: position)
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}

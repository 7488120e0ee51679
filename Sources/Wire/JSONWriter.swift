/// Writes JSON (RFC 8259) straight into bytes: compact, in the order given, integers without detours.
public struct JSONWriter {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []
    /// Whether the next value stands after another in the same array or object.
    private var needsComma = false

    /// Starts with nothing.
    ///
    /// - Parameter capacity: Bytes to make room for.
    public init(capacity: Int = 128) { bytes.reserveCapacity(capacity) }

    // MARK: Containers

    /// Writes an object; `body` writes its members.
    public mutating func object(_ body: (inout JSONWriter) -> Void) { container(0x7B, 0x7D, body) }

    /// Writes an array; `body` writes its elements.
    public mutating func array(_ body: (inout JSONWriter) -> Void) { container(0x5B, 0x5D, body) }

    private mutating func container(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(open)
        needsComma = false
        body(&self)
        bytes.append(close)
        needsComma = true
    }

    // MARK: Members

    /// Writes a member's name; its value follows.
    public mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(0x3A)
        needsComma = false
    }

    /// Writes a member whose value `body` writes.
    public mutating func member(_ name: String, _ body: (inout JSONWriter) -> Void) {
        self.name(name)
        body(&self)
    }

    /// Writes a text member.
    public mutating func member(_ name: String, _ value: String) {
        self.name(name)
        self.value(value)
    }

    /// Writes a text member, or null.
    public mutating func member(_ name: String, _ value: String?) {
        self.name(name)
        if let value { self.value(value) } else { null() }
    }

    /// Writes an integer member.
    public mutating func member(_ name: String, _ value: some BinaryInteger) {
        self.name(name)
        self.value(value)
    }

    /// Writes a true or false member.
    public mutating func member(_ name: String, _ value: Bool) {
        self.name(name)
        self.value(value)
    }

    /// Writes an array of texts as a member.
    public mutating func member(_ name: String, _ values: [String]) {
        self.name(name)
        array { json in for value in values { json.value(value) } }
    }

    // MARK: Values

    /// Writes a text.
    public mutating func value(_ value: String) {
        separate()
        quote(value)
        needsComma = true
    }

    /// Writes an integer.
    public mutating func value(_ value: some BinaryInteger) {
        separate()
        digits(Int64(value))
        needsComma = true
    }

    /// Writes a number with a fraction; what is no number becomes null, as JSON has none.
    public mutating func value(_ value: Double) {
        guard value.isFinite else { return null() }
        separate()
        bytes.append(contentsOf: "\(value)".utf8)
        needsComma = true
    }

    /// Writes true or false.
    public mutating func value(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
        needsComma = true
    }

    /// Writes null.
    public mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
        needsComma = true
    }

    /// Writes JSON that is already encoded, as it is.
    public mutating func raw(_ fragment: [UInt8]) {
        separate()
        bytes.append(contentsOf: fragment)
        needsComma = true
    }

    private mutating func separate() { if needsComma { bytes.append(0x2C) } }

    private mutating func digits(_ value: Int64) {
        if value < 0 { bytes.append(0x2D) }
        bytes.appendDigits(of: value.magnitude)
    }

    /// Writes a text that is one ASCII letter and a number.
    mutating func quotedNumber(after letter: UInt8, _ number: UInt64) {
        separate()
        bytes.append(0x22)
        bytes.append(letter)
        bytes.appendDigits(of: number)
        bytes.append(0x22)
        needsComma = true
    }

    private mutating func quote(_ text: String) {
        bytes.append(0x22)
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices {
                let byte = utf8[index]
                guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
                bytes.append(contentsOf: utf8[start..<index])
                escape(byte)
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(0x22)
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
        case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
        case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
        case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
        case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
        }
    }
}

extension [UInt8] {
    /// Appends a number in decimal digits.
    mutating func appendDigits(of value: UInt64) {
        var divisor: UInt64 = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(0x30 + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}

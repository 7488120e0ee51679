/// The octets that HTTP's grammar names, and the classes it sorts them into (RFC 9110 §5.6, RFC 3986 §2).
enum ASCII {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let percent: UInt8 = 0x25
    static let asterisk: UInt8 = 0x2A
    static let comma: UInt8 = 0x2C
    static let dot: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let zero: UInt8 = 0x30
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let equals: UInt8 = 0x3D
    static let questionMark: UInt8 = 0x3F
    static let openBracket: UInt8 = 0x5B
    static let backslash: UInt8 = 0x5C
    static let closeBracket: UInt8 = 0x5D
}

/// A set of ASCII octets as two words, so that a look-up is a shift and a test.
struct OctetSet: Sendable {
    private let low: UInt64
    private let high: UInt64

    init(_ members: StaticString) {
        var low: UInt64 = 0
        var high: UInt64 = 0
        members.withUTF8Buffer {
            for octet in $0 {
                if octet < 64 { low |= 1 << UInt64(octet) } else { high |= 1 << UInt64(octet & 63) }
            }
        }
        self.low = low
        self.high = high
    }

    @inline(__always)
    func contains(_ octet: UInt8) -> Bool {
        if octet < 64 { return low >> UInt64(octet) & 1 == 1 }
        return octet < 128 && high >> UInt64(octet & 63) & 1 == 1
    }

    /// `tchar` (RFC 9110 §5.6.2).
    static let token = OctetSet(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    /// `pchar` without escapes, and the slash (RFC 3986 §3.3).
    static let path = OctetSet(
        "-._~!$&'()*+,;=:@/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    /// `reg-name` without escapes (RFC 3986 §3.2.2), and without the comma: two Hosts joined by a proxy are not one.
    static let registeredName = OctetSet(
        "-._~!$&'()*+;=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    /// What an IP literal may hold between its brackets (RFC 3986 §3.2.2), without zone ids.
    static let addressLiteral = OctetSet("0123456789abcdefABCDEF:.")
}

extension UInt8 {
    @inline(__always)
    var isDigit: Bool { self &- 0x30 < 10 }

    /// The octet with A...Z made a...z; all others as they are.
    @inline(__always)
    var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// 0...15 for a hexadecimal digit of either case.
    @inline(__always)
    var hexadecimalValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    /// What a field value may hold: visible octets, space, tab and `obs-text` (RFC 9110 §5.5).
    @inline(__always)
    var isFieldValueOctet: Bool { (self >= 0x20 && self != 0x7F) || self == ASCII.tab }

    @inline(__always)
    var isBlank: Bool { self == ASCII.space || self == ASCII.tab }
}

extension Collection where Element == UInt8 {
    /// Whether all octets equal those of `other` when A...Z and a...z are the same.
    func equalsIgnoringCase(_ other: some Collection<UInt8>) -> Bool {
        count == other.count
            && zip(self, other).allSatisfy { $0 == $1 || $0.asciiLowercased == $1.asciiLowercased }
    }

    /// Whether this is `1*tchar` (RFC 9110 §5.6.2).
    var isToken: Bool { !isEmpty && allSatisfy { OctetSet.token.contains($0) } }
}

extension BidirectionalCollection where Element == UInt8 {
    /// Without optional white space at both ends (RFC 9110 §5.6.3).
    var trimmed: SubSequence {
        var slice = self[...]
        while let first = slice.first, first.isBlank { slice.removeFirst() }
        while let last = slice.last, last.isBlank { slice.removeLast() }
        return slice
    }
}

/// Reads `1*DIGIT`.
///
/// - Returns: The number, `Int.max` for one too large to hold, nil when it is empty or not all digits.
func decimal(_ digits: some Collection<UInt8>) -> Int? {
    guard !digits.isEmpty else { return nil }
    var value = 0
    var isSaturated = false
    for digit in digits {
        guard digit.isDigit else { return nil }
        let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) = product.addingReportingOverflow(Int(digit &- ASCII.zero))
        isSaturated = isSaturated || overflowed || carried
        value = isSaturated ? 0 : sum
    }
    return isSaturated ? Int.max : value
}

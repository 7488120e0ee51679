/// What one message may be (protocol rules G2 and R4).
public enum WireLimits {
    /// Bytes of a client's message; 16 KiB.
    public static let messageByteCount = 16 << 10
    /// Commands of one participant that may be unanswered; 32.
    public static let unanswered = 32
    /// Bytes of the text of a proof (protocol rule H8); 512.
    public static let proofByteCount = 512
}

/// Why a client's message is refused, beside the rules of the workshop. The connection stays open.
public enum WireRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// A known type with a member missing or of the wrong kind.
    case malformed
    /// No such command.
    case unknownType = "unknown-type"
    /// Too much at once; try again.
    case busy
    /// The server cannot store just now; try again.
    case unavailable
}

/// A secret as it travels: 32 random bytes (protocol rule G6).
public struct Secret: Hashable, Sendable {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// Wraps bytes. Nil unless there are 32.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Reads base64url without padding. Nil for anything but 43 characters that stand for 32 bytes.
    public init?(text: String) {
        guard text.utf8.count == 43 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var bitCount = 0
        for character in text.utf8 {
            guard let digit = Self.digit(character) else { return nil }
            bits = bits << 6 | digit
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
                bits &= (1 << UInt32(bitCount)) - 1
            }
        }
        guard bits == 0 else { return nil }
        self.bytes = bytes
    }

    private static func digit(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character) + 4
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}

/// Text as people write it, made fit to be kept (protocol rule G7): control characters other than line feed removed, then
/// white space taken off both ends.
public func cleaned(_ text: String) -> String {
    if isClean(text) { return text }
    let kept = String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) || $0 == "\n" })
    var scalars = kept[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
}

/// Whether nothing has to be done, as for nearly every note; may say no when that is not so.
private func isClean(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.unicodeScalars.last else { return true }
    // Beyond ASCII a first byte tells too little; the letters of Nordic languages begin with 0xC3.
    guard (0x21...0x7E).contains(first) || first == 0xC3, !last.properties.isWhitespace else { return false }
    // The controls from U+0080 to U+009F are 0xC2 and another byte.
    return text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 || $0 == 0x0A }
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
}

/// Bytes as lower-case hexadecimal digits.
public enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two digits for each byte.
    ///
    /// - Parameter bytes: Any number.
    /// - Returns: Lower-case digits.
    public static func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { output in
            for (index, byte) in bytes.enumerated() {
                output.initializeElement(at: index * 2, to: digits[Int(byte >> 4)])
                output.initializeElement(at: index * 2 + 1, to: digits[Int(byte & 15)])
            }
            return bytes.count * 2
        }
    }

    /// Reads digits of either case.
    ///
    /// - Parameter text: An even number of digits and nothing else.
    /// - Returns: The bytes, or nil for any other text.
    public static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for character in text.utf8 {
            guard let value = value(of: character) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// Base 64 in the standard alphabet with padding (RFC 4648 §4), as the WebSocket handshake wants it.
public enum Base64 {
    /// Four characters for each three bytes, padded with `=`.
    ///
    /// - Parameter bytes: Any number.
    /// - Returns: The text.
    public static func encode(_ bytes: [UInt8]) -> String { SixBits.standard.encode(bytes, padded: true) }

    /// Reads padded text.
    ///
    /// - Parameter text: The alphabet's characters, padded; no line breaks.
    /// - Returns: The bytes, or nil for any other text, also for one that sets bits it does not use.
    public static func decode(_ text: String) -> [UInt8]? { SixBits.standard.decode(text, padded: true) }
}

/// Base 64 for addresses and cookies: `-` and `_`, and no padding (RFC 4648 §5).
public enum Base64URL {
    /// Encodes without padding.
    ///
    /// - Parameter bytes: Any number.
    /// - Returns: The text, safe in a path, a query and a cookie.
    public static func encode(_ bytes: [UInt8]) -> String { SixBits.url.encode(bytes, padded: false) }

    /// Reads text without padding. Each byte string has exactly one text, so a token has no twin.
    ///
    /// - Parameter text: The alphabet's characters.
    /// - Returns: The bytes, or nil for any other text, also for one that sets bits it does not use.
    public static func decode(_ text: String) -> [UInt8]? { SixBits.url.decode(text, padded: false) }
}

/// What both base-64 alphabets share.
private struct SixBits: Sendable {
    static let standard = SixBits("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    static let url = SixBits("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    private static let none = UInt8.max

    private let alphabet: [UInt8]
    private let values: [UInt8]

    private init(_ alphabet: String) {
        self.alphabet = Array(alphabet.utf8)
        var values = [UInt8](repeating: Self.none, count: 256)
        for (value, character) in self.alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        self.values = values
    }

    func encode(_ bytes: [UInt8], padded: Bool) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for place in 0...group.count { text.append(alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)]) }
            if padded { text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - group.count)) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    func decode(_ text: String, padded: Bool) -> [UInt8]? {
        var characters = Array(text.utf8)[...]
        if padded {
            guard characters.count % 4 == 0 else { return nil }
            for _ in 0..<2 where characters.last == UInt8(ascii: "=") { characters.removeLast() }
        }
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count * 3 / 4)
        var (bits, held) = (UInt32(0), UInt32(0))
        for character in characters {
            let value = values[Int(character)]
            guard value != Self.none else { return nil }
            bits = bits << 6 | UInt32(value)
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> held))
                bits &= (1 << held) - 1
            }
        }
        return bits == 0 ? bytes : nil
    }
}

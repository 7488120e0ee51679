/// Checks UTF-8 as it arrives (RFC 3629 §4): no overlong forms, no surrogates, nothing above U+10FFFF.
///
/// It fails at the first octet that cannot be part of any valid text, so a peer learns of it in the middle of a
/// frame (RFC 6455 §8.1). ASCII is passed over eight octets at a time.
public struct UTF8Validator: Hashable, Sendable {
    /// How many octets the sequence in progress still lacks, 0...3.
    private var missing: UInt8 = 0
    /// What the next octet of that sequence may be; later ones may be 0x80...0xBF.
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// Starts before the first octet.
    public init() {}

    /// Whether what was seen ends with a whole character.
    public var isComplete: Bool { missing == 0 }

    /// Checks the next octets.
    ///
    /// - Parameter bytes: What follows the octets of earlier calls.
    /// - Returns: False when the text is not UTF-8; what later calls return then means nothing.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        return append(base, count: bytes.count)
    }

    /// As ``append(_:)`` above, for an array.
    public mutating func append(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { append($0) }
    }

    /// Whether the octets are a whole text.
    public static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var validator = UTF8Validator()
        return validator.append(bytes) && validator.isComplete
    }

    mutating func append(_ base: UnsafeRawPointer, count: Int) -> Bool {
        var index = 0
        while missing > 0 {
            guard index < count else { return true }
            let octet = base.load(fromByteOffset: index, as: UInt8.self)
            guard octet >= lowest, octet <= highest else { return false }
            lowest = 0x80
            highest = 0xBF
            missing &-= 1
            index &+= 1
        }
        while index < count {
            var octet = base.load(fromByteOffset: index, as: UInt8.self)
            if octet < 0x80 {
                index &+= 1
                while index &+ 8 <= count {
                    let word = UInt64(
                        littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                    let foreign = word & 0x8080_8080_8080_8080
                    if foreign != 0 {
                        index &+= foreign.trailingZeroBitCount >> 3
                        break
                    }
                    index &+= 8
                }
                continue
            }
            index &+= 1
            if octet &- 0xC2 < 0x1E, index < count {
                // Two octets, the usual case in Nordic text, need no state.
                guard base.load(fromByteOffset: index, as: UInt8.self) & 0xC0 == 0x80 else { return false }
                index &+= 1
                continue
            }
            guard start(octet) else { return false }
            while missing > 0 {
                guard index < count else { return true }
                octet = base.load(fromByteOffset: index, as: UInt8.self)
                guard octet >= lowest, octet <= highest else { return false }
                lowest = 0x80
                highest = 0xBF
                missing &-= 1
                index &+= 1
            }
        }
        return true
    }

    /// Takes the first octet of a longer sequence (the table of RFC 3629 §4).
    @inline(__always)
    private mutating func start(_ octet: UInt8) -> Bool {
        switch octet {
        case 0xC2...0xDF:
            missing = 1
        case 0xE0:
            missing = 2
            lowest = 0xA0
        case 0xE1...0xEC, 0xEE...0xEF:
            missing = 2
        case 0xED:
            missing = 2
            highest = 0x9F
        case 0xF0:
            missing = 3
            lowest = 0x90
        case 0xF1...0xF3:
            missing = 3
        case 0xF4:
            missing = 3
            highest = 0x8F
        default:
            return false
        }
        return true
    }
}

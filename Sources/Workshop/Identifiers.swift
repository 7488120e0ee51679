/// A number that names one thing of one kind within a workshop; given in order, from 1, and never given again.
///
/// On the wire and in exports it is written with a letter for its kind before the number: `n12` is a note.
public protocol Identifier: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The letter that stands before the number.
    static var prefix: Character { get }
    /// The number, from 1.
    var number: UInt32 { get }
    /// Makes the identifier with that number.
    init(_ number: UInt32)
}

extension Identifier {
    /// The written form, such as `n12`.
    public var description: String { "\(Self.prefix)\(number)" }

    /// Reads the written form: the kind's letter, then decimal digits without leading zeros. Nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard text.first == Self.prefix, let number = UInt32(text.dropFirst()), number > 0 else { return nil }
        self.init(number)
        guard description == text else { return nil }
    }

    /// Orders by number: older first.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    /// Reads the bare number, as snapshots hold it.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(UInt32.self))
    }

    /// Writes the bare number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

/// Names a note.
public struct NoteID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "n"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// Names a cluster of notes.
public struct ClusterID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "c"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// Names a round of voting.
public struct RoundID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "r"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// Names a person's, or a device's, place in the workshop. It tells nothing about who that is.
public struct ParticipantID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "p"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// Names a phase of the run sheet.
public struct PhaseID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "f"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// Names a board: one form that notes are written on.
public struct BoardID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "b"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// Names a group of people who work together in a phase.
public struct GroupID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "g"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// Names a session of a process.
public struct SessionID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "s"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// Names an item of a process.
public struct ItemID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "i"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// Names a co-facilitator's link of a process.
public struct LinkID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "k"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// Names a column, field, cell or zone of a board; chosen by the template: 1 to 32 of `a-z`, `0-9`, `-`.
public typealias ColumnID = String

/// The SHA-256 of a secret. The secret itself never enters the domain, the journal or a snapshot.
public struct SecretHash: Hashable, Sendable, Codable {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// Wraps a digest. Nil unless there are 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Compares to the last byte whatever the first ones are, so that the time taken tells nothing about a stored one.
    public static func == (left: SecretHash, right: SecretHash) -> Bool {
        var difference: UInt8 = 0
        for index in left.bytes.indices { difference |= left.bytes[index] ^ right.bytes[index] }
        return difference == 0
    }

    /// Reads 64 hexadecimal digits, or the array of 32 numbers that older snapshots have.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let bytes: [UInt8]
        if let digits = try? container.decode(String.self) {
            bytes = stride(from: 0, to: digits.utf8.count, by: 2).compactMap { offset in
                UInt8(digits.dropFirst(offset).prefix(2), radix: 16)
            }
        } else {
            bytes = try container.decode([UInt8].self)
        }
        guard let hash = SecretHash(bytes) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not 32 bytes")
        }
        self = hash
    }

    /// Writes 64 hexadecimal digits: an array of numbers takes a snapshot's encoder fifty times as much memory.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        try container.encode(String(decoding: text, as: UTF8.self))
    }
}

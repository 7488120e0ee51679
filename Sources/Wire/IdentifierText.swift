internal import Workshop

/// Identifiers as the wire and the journal have them (protocol rule G5), without a detour over other strings: every
/// note that is stored or shown passes here several times.
extension Identifier {
    /// Reads the kind's letter and a number from 1 without leading zeros; nil for anything else.
    init?(wire text: String) {
        var number: UInt32 = 0
        var isFirst = true
        for byte in text.utf8 {
            if isFirst {
                guard byte == Self.prefix.asciiValue else { return nil }
                isFirst = false
                continue
            }
            guard (0x30...0x39).contains(byte), number > 0 || byte != 0x30 else { return nil }
            let (shifted, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeNow) = shifted.addingReportingOverflow(UInt32(byte - 0x30))
            guard !isTooLarge, !isTooLargeNow else { return nil }
            number = sum
        }
        guard number > 0 else { return nil }
        self.init(number)
    }
}

extension JSONWriter {
    /// Writes an identifier.
    mutating func value<ID: Identifier>(_ id: ID) {
        quotedNumber(after: Self.prefix(of: id), UInt64(id.number))
    }

    /// Writes an identifier as a member.
    mutating func member<ID: Identifier>(_ name: String, _ id: ID) {
        self.name(name)
        value(id)
    }

    /// Writes an identifier as a member, or null.
    mutating func member<ID: Identifier>(_ name: String, _ id: ID?) {
        self.name(name)
        if let id { value(id) } else { null() }
    }

    /// Writes an array of identifiers as a member.
    mutating func member<ID: Identifier>(_ name: String, _ ids: [ID]) {
        self.name(name)
        array { json in for id in ids { json.value(id) } }
    }

    private static func prefix<ID: Identifier>(of id: ID) -> UInt8 { ID.prefix.asciiValue ?? 0x3F }
}

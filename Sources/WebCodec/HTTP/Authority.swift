/// A host with an optional port, as Host, the absolute form and an origin carry it (RFC 9110 §7.2).
struct Authority: Hashable, Sendable, CustomStringConvertible {
    /// Lowercased; an IPv6 address keeps its brackets.
    let host: String
    /// Nil when none is written, also after a lone colon.
    let port: UInt16?

    /// Nil for an empty host, user information, a malformed IP literal or a port outside 0...65535.
    init?(_ octets: ArraySlice<UInt8>) {
        let hostEnd: Int
        if octets.first == ASCII.openBracket {
            guard let close = octets.firstIndex(of: ASCII.closeBracket), close > octets.startIndex + 1,
                octets[(octets.startIndex + 1)..<close].allSatisfy({ OctetSet.addressLiteral.contains($0) })
            else { return nil }
            hostEnd = close + 1
        } else {
            hostEnd = octets.firstIndex(of: ASCII.colon) ?? octets.endIndex
            let name = octets[..<hostEnd]
            guard !name.isEmpty,
                name.allSatisfy({ OctetSet.registeredName.contains($0) || $0 == ASCII.percent }),
                percentDecoded(name) != nil
            else { return nil }
        }
        let rest = octets[hostEnd...]
        if rest.isEmpty {
            port = nil
        } else {
            guard rest.first == ASCII.colon else { return nil }
            let digits = rest.dropFirst()
            if digits.isEmpty {
                port = nil
            } else {
                guard let number = decimal(digits), let port = UInt16(exactly: number) else { return nil }
                self.port = port
            }
        }
        host = String(decoding: octets[..<hostEnd].map(\.asciiLowercased), as: UTF8.self)
    }

    var description: String { port.map { "\(host):\($0)" } ?? host }
}

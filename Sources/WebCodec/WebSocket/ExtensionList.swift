/// One element of Sec-WebSocket-Extensions, an offer or an answer (RFC 6455 §9.1).
public struct WebSocketExtension: Hashable, Sendable {
    /// A parameter; a quoted value is given without its quotes.
    public struct Parameter: Hashable, Sendable {
        /// The name as it was written.
        public let name: String
        /// Nil when there is no equals sign.
        public let value: String?
    }

    /// The extension's token as it was written.
    public let name: String
    /// In their order, repeated ones included.
    public let parameters: [Parameter]

    /// Reads all fields of this name as one list.
    ///
    /// - Returns: The elements in order of preference; nil when any of it breaks the grammar of RFC 6455 §9.1.
    static func parse(_ fields: HTTPFields) -> [WebSocketExtension]? {
        var extensions: [WebSocketExtension] = []
        for position in fields.positions(of: "sec-websocket-extensions") {
            var reader = ListReader(rest: fields.valueOctets(position))
            repeat {
                guard let element = reader.extension() else { return nil }
                extensions.append(element)
            } while reader.take(ASCII.comma)
            guard reader.rest.isEmpty else { return nil }
        }
        return extensions
    }
}

/// Reads `extension *( ";" parameter )` from the front of what is left.
private struct ListReader {
    var rest: ArraySlice<UInt8>

    mutating func `extension`() -> WebSocketExtension? {
        guard let name = token() else { return nil }
        var parameters: [WebSocketExtension.Parameter] = []
        while take(ASCII.semicolon) {
            guard let name = token() else { return nil }
            var value: String?
            if take(ASCII.equals) {
                skipBlanks()
                guard let text = rest.first == ASCII.quote ? quotedToken() : token() else { return nil }
                value = text
            }
            parameters.append(.init(name: name, value: value))
        }
        return WebSocketExtension(name: name, parameters: parameters)
    }

    /// Takes one octet and the white space around it.
    mutating func take(_ octet: UInt8) -> Bool {
        skipBlanks()
        guard rest.first == octet else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func token() -> String? {
        skipBlanks()
        let octets = rest.prefix { OctetSet.token.contains($0) }
        guard !octets.isEmpty else { return nil }
        rest = rest[octets.endIndex...]
        return String(decoding: octets, as: UTF8.self)
    }

    /// A quoted string whose value, after unescaping, is a token, as RFC 6455 §9.1 demands.
    private mutating func quotedToken() -> String? {
        rest.removeFirst()
        var octets: [UInt8] = []
        while let octet = rest.popFirst() {
            if octet == ASCII.quote {
                return octets.isToken ? String(decoding: octets, as: UTF8.self) : nil
            }
            guard let plain = octet == ASCII.backslash ? rest.popFirst() : octet else { return nil }
            octets.append(plain)
        }
        return nil
    }

    private mutating func skipBlanks() {
        rest = rest.drop { $0.isBlank }
    }
}

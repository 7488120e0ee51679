/// What a server asks of a WebSocket handshake.
public struct WebSocketPolicy: Hashable, Sendable {
    /// Who may connect.
    public var origin: OriginPolicy
    /// The subprotocols we speak, the best first; empty for none.
    public var subprotocols: [String]
    /// How we compress; nil for never.
    public var deflate: DeflatePolicy?

    /// By default pages of our own host, no subprotocol and no compression.
    public init(
        origin: OriginPolicy = OriginPolicy(), subprotocols: [String] = [], deflate: DeflatePolicy? = nil
    ) {
        self.origin = origin
        self.subprotocols = subprotocols
        self.deflate = deflate
    }
}

/// Why a WebSocket handshake was refused; ``response`` is the whole answer's head.
public enum HandshakeRefusal: Error, Hashable, Sendable, CaseIterable {
    /// Not a `GET` (RFC 6455 §4.2.1 rule 1).
    case methodNotAllowed
    /// By HTTP/1.0 (RFC 6455 §4.2.1 rule 1, RFC 9110 §7.8).
    case needsHTTP11
    /// Without Upgrade: websocket or Connection: Upgrade (RFC 6455 §4.2.1 rules 3, 4).
    case upgradeMissing
    /// Announces a body, which a handshake has not.
    case bodyNotAllowed
    /// Sec-WebSocket-Version is not 13 (RFC 6455 §4.2.2 step 4, §4.4).
    case unsupportedVersion
    /// Sec-WebSocket-Key is missing, repeated, or not base 64 of 16 bytes (RFC 6455 §4.2.1 rule 5).
    case badKey
    /// Sec-WebSocket-Protocol is no list of different tokens (RFC 6455 §4.1 rule 10).
    case badSubprotocols
    /// Sec-WebSocket-Extensions breaks its grammar (RFC 6455 §9.1).
    case badExtensions
    /// A page from elsewhere (RFC 6455 §4.2.2 step 4).
    case foreignOrigin

    /// The status to answer with.
    public var status: Status {
        switch self {
        case .methodNotAllowed: .methodNotAllowed
        case .needsHTTP11, .bodyNotAllowed, .badKey, .badSubprotocols, .badExtensions: .badRequest
        case .upgradeMissing, .unsupportedVersion: .upgradeRequired
        case .foreignOrigin: .forbidden
        }
    }

    /// The status with the fields that it demands, an empty body, and the connection's end.
    public var response: ResponseHead {
        var fields: HTTPFields = ["Content-Length": "0"]
        switch self {
        case .methodNotAllowed:
            fields.append("Allow", "GET")
            fields.append("Connection", "close")
        case .upgradeMissing, .unsupportedVersion:
            // 426 must name the protocol (RFC 9110 §15.5.22), and Upgrade must be named in Connection (§7.8).
            fields.append("Upgrade", "websocket")
            fields.append("Connection", "Upgrade, close")
            fields.append("Sec-WebSocket-Version", "13")
        case .needsHTTP11, .bodyNotAllowed, .badKey, .badSubprotocols, .badExtensions, .foreignOrigin:
            fields.append("Connection", "close")
        }
        return ResponseHead(status, fields)
    }
}

/// The opening handshake (RFC 6455 §4), the server's side. ``WebSocketClientHandshake`` is the other.
public enum WebSocketHandshake {
    /// A handshake that passed every rule.
    public struct Accepted: Hashable, Sendable {
        /// Sec-WebSocket-Key as it came.
        public let key: String
        /// The first of our subprotocols that the client offers; nil when there is none: the caller decides whether
        /// that will do.
        public let subprotocol: String?
        /// All subprotocols the client offers, in its order.
        public let offeredSubprotocols: [String]
        /// All extensions the client offers, in its order.
        public let offeredExtensions: [WebSocketExtension]
        /// What was agreed on compression; nil for none.
        public let deflate: DeflateAgreement?
    }

    /// Checks a request against RFC 6455 §4.2.1 and our policy.
    ///
    /// - Throws: The first rule that is broken.
    public static func validate(
        _ request: RequestHead, policy: WebSocketPolicy
    ) throws(HandshakeRefusal) -> Accepted {
        let fields = request.fields
        guard request.method == .get else { throw .methodNotAllowed }
        guard request.isHTTP11 else { throw .needsHTTP11 }
        guard request.asksForWebSocket else { throw .upgradeMissing }
        guard request.body == .none else { throw .bodyNotAllowed }
        guard fields.values(of: "sec-websocket-version") == ["13"] else { throw .unsupportedVersion }
        let keys = fields.values(of: "sec-websocket-key")
        guard keys.count == 1, let key = keys.first, Base64.decode(key.utf8)?.count == 16 else {
            throw .badKey
        }
        guard policy.origin.admits(request) else { throw .foreignOrigin }
        let subprotocols = fields.listElements(of: "sec-websocket-protocol")
        guard subprotocols.allSatisfy(\.isToken), Set(subprotocols).count == subprotocols.count,
            !subprotocols.isEmpty || fields.count(of: "sec-websocket-protocol") == 0
        else { throw .badSubprotocols }
        guard let extensions = WebSocketExtension.parse(fields) else { throw .badExtensions }
        let offered = subprotocols.map { String(decoding: $0, as: UTF8.self) }
        return Accepted(
            key: key, subprotocol: policy.subprotocols.first { offered.contains($0) },
            offeredSubprotocols: offered, offeredExtensions: extensions,
            deflate: policy.deflate?.agree(to: extensions))
    }

    /// The answer that turns the connection into a WebSocket (RFC 6455 §4.2.2 step 5).
    ///
    /// - Parameters:
    ///   - accepted: What ``validate(_:policy:)`` gave.
    ///   - sha1: SHA-1 of its argument, 20 bytes.
    /// - Returns: The head of a 101; nothing follows it.
    public static func response(to accepted: Accepted, sha1: ([UInt8]) -> [UInt8]) -> ResponseHead {
        var fields: HTTPFields = [
            "Upgrade": "websocket", "Connection": "Upgrade",
            "Sec-WebSocket-Accept": acceptValue(key: accepted.key, sha1: sha1),
        ]
        if let subprotocol = accepted.subprotocol { fields.append("Sec-WebSocket-Protocol", subprotocol) }
        if let deflate = accepted.deflate { fields.append("Sec-WebSocket-Extensions", deflate.headerValue) }
        return ResponseHead(.switchingProtocols, fields)
    }

    /// Sec-WebSocket-Accept for a key (RFC 6455 §4.2.2 step 5.4).
    public static func acceptValue(key: String, sha1: ([UInt8]) -> [UInt8]) -> String {
        Base64.encode(sha1(Array(key.utf8) + Array("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)))
    }
}

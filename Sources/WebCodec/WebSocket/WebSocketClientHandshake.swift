/// The opening handshake, the client's side (RFC 6455 §4.1).
public struct WebSocketClientHandshake: Hashable, Sendable {
    /// Why a server's answer was not accepted (RFC 6455 §4.1, the list after "once the client's opening handshake").
    public enum Failure: Error, Hashable, Sendable {
        /// The server said no, or something else than WebSocket.
        case status(Status)
        /// Upgrade or Connection is missing.
        case upgradeMissing
        /// Sec-WebSocket-Accept is missing, repeated, or not for our key.
        case wrongAccept
        /// A subprotocol we did not offer, or several.
        case unofferedSubprotocol
        /// An extension or parameter we did not offer, or that is malformed.
        case unofferedExtension
    }

    /// What was agreed.
    public struct Agreement: Hashable, Sendable {
        /// Nil for none.
        public let subprotocol: String?
        /// Nil for no compression.
        public let deflate: DeflateAgreement?
    }

    /// Sec-WebSocket-Key: base 64 of 16 random bytes.
    public let key: String
    /// What we offer, the best first.
    public let subprotocols: [String]
    /// Whether we offer permessage-deflate, with `client_max_window_bits`.
    public let offersDeflate: Bool

    /// A handshake with this nonce.
    ///
    /// - Parameters:
    ///   - nonce: 16 bytes, drawn anew for each connection (RFC 6455 §4.1 rule 7).
    ///   - subprotocols: What we offer, the best first.
    ///   - offersDeflate: Whether we offer permessage-deflate.
    public init(nonce: [UInt8], subprotocols: [String] = [], offersDeflate: Bool = false) {
        key = Base64.encode(nonce)
        self.subprotocols = subprotocols
        self.offersDeflate = offersDeflate
    }

    /// The bytes of the request. What could end a line in an argument becomes a space.
    ///
    /// - Parameters:
    ///   - host: Host and optional port.
    ///   - path: Path and optional query, percent-encoded.
    ///   - origin: Origin as a browser would send it; nil for none.
    ///   - fields: Further fields.
    /// - Returns: A whole head.
    public func request(
        host: String, path: String, origin: String? = nil, fields: HTTPFields = HTTPFields()
    ) -> [UInt8] {
        var head: HTTPFields = [
            "Host": host, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": key,
            "Sec-WebSocket-Version": "13",
        ]
        if let origin { head.append("Origin", origin) }
        if !subprotocols.isEmpty {
            head.append("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", "))
        }
        if offersDeflate { head.append("Sec-WebSocket-Extensions", Self.offer.headerValue) }
        var bytes = Array("GET ".utf8)
        bytes.append(contentsOf: path.utf8.map { $0 > ASCII.space && $0 < 0x7F ? $0 : UInt8(ascii: "_") })
        bytes.append(contentsOf: " HTTP/1.1\r\n".utf8)
        head.encode(into: &bytes)
        fields.encode(into: &bytes)
        bytes.append(contentsOf: "\r\n".utf8)
        return bytes
    }

    /// Checks the server's answer.
    ///
    /// - Parameters:
    ///   - response: The answer's head.
    ///   - sha1: SHA-1 of its argument, 20 bytes.
    /// - Returns: What was agreed; frames follow the head.
    /// - Throws: The first rule that is broken; the connection is of no use then.
    public func check(
        _ response: ResponseHead, sha1: ([UInt8]) -> [UInt8]
    ) throws(Failure) -> Agreement {
        let fields = response.fields
        guard response.status == .switchingProtocols else { throw .status(response.status) }
        guard fields["upgrade"]?.utf8.equalsIgnoringCase("websocket".utf8) == true,
            fields.list("connection", contains: "upgrade")
        else { throw .upgradeMissing }
        let expected = WebSocketHandshake.acceptValue(key: key, sha1: sha1)
        guard fields.values(of: "sec-websocket-accept") == [expected] else { throw .wrongAccept }
        let chosen = fields.values(of: "sec-websocket-protocol")
        guard chosen.count <= 1, chosen.allSatisfy(subprotocols.contains) else { throw .unofferedSubprotocol }
        guard let extensions = WebSocketExtension.parse(fields) else { throw .unofferedExtension }
        return Agreement(subprotocol: chosen.first, deflate: try deflate(extensions))
    }

    private static let offer: DeflateParameters = {
        var parameters = DeflateParameters()
        parameters.hasClientMaxWindowBits = true
        return parameters
    }()

    private func deflate(_ extensions: [WebSocketExtension]) throws(Failure) -> DeflateAgreement? {
        guard let answer = extensions.first else { return nil }
        guard offersDeflate, extensions.count == 1, answer.name == DeflateParameters.extensionName,
            let parameters = DeflateParameters(answer, isOffer: false)
        else { throw .unofferedExtension }
        return parameters.agreement
    }
}

/// The head of a request that passed every rule of ``RequestHeadDecoder``.
public struct RequestHead: Equatable, Sendable {
    /// The method; whether it is allowed here is the caller's to say (405).
    public let method: HTTPMethod
    /// What is asked for.
    public let target: RequestTarget
    /// False for HTTP/1.0.
    public let isHTTP11: Bool
    /// The fields as they came.
    public let fields: HTTPFields
    /// Host and optional port asked for, lowercased: the absolute form's, else Host's; nil in HTTP/1.0 only.
    public let authority: String?
    /// What follows the head.
    public let body: BodyFraming
    /// Whether the connection may carry another request: HTTP/1.1 without `Connection: close` (RFC 9112 §9.3).
    public let isKeepAlive: Bool
    /// Whether the client waits for an interim 100 before it sends the body (RFC 9110 §10.1.1).
    public let expectsContinue: Bool

    /// The declared length of the body; 0 when there is none, nil when it is chunked.
    public var contentLength: Int? {
        switch body {
        case .none: 0
        case .length(let count): count
        case .chunked, .untilClose: nil
        }
    }

    /// Whether Upgrade names `websocket` and Connection names `upgrade` (RFC 6455 §4.2.1, rules 3 and 4).
    /// Whether the request is a valid one is ``WebSocketHandshake/validate(_:policy:)``'s to say.
    public var asksForWebSocket: Bool {
        fields.list("upgrade", contains: "websocket") && fields.list("connection", contains: "upgrade")
    }
}

/// How the end of a body is found (RFC 9112 §6.3).
public enum BodyFraming: Hashable, Sendable {
    /// No body follows.
    case none
    /// This many bytes follow; never 0.
    case length(Int)
    /// Chunks follow.
    case chunked
    /// An answer's body lasts until the server closes. Never in a request.
    case untilClose

    /// Reads Content-Length and Transfer-Encoding.
    ///
    /// - Returns: Nil when neither is there.
    static func declared(by fields: HTTPFields, isHTTP11: Bool, limit: Int) throws(HTTPError) -> BodyFraming?
    {
        let lengths = fields.positions(of: "content-length")
        if fields.count(of: "transfer-encoding") > 0 {
            guard lengths.isEmpty else { throw .conflictingBodyLength }
            guard isHTTP11 else { throw .transferEncodingBeforeHTTP11 }
            let codings = fields.listElements(of: "transfer-encoding")
            let chunkedCount = codings.count { $0.equalsIgnoringCase("chunked".utf8) }
            guard let last = codings.last else { throw .badTransferEncoding }
            guard chunkedCount == (last.equalsIgnoringCase("chunked".utf8) ? 1 : 0) else {
                throw .badTransferEncoding
            }
            guard chunkedCount == 1, codings.count == 1 else { throw .unknownTransferCoding }
            return .chunked
        }
        guard let position = lengths.first else { return nil }
        let value = fields.valueOctets(position)
        guard lengths.count == 1, !value.contains(ASCII.comma) else { throw .repeatedContentLength }
        guard let count = decimal(value) else { throw .badContentLength }
        guard count <= limit else { throw .bodyTooLong }
        return count == 0 ? BodyFraming.none : .length(count)
    }
}

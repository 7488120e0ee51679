internal import WebCodec

/// One request over a connection of its own, and its answer.
struct HTTPCall {
    /// What came back.
    struct Answer: Hashable, Sendable {
        let status: Int
        let body: [UInt8]
    }

    private var head = ResponseHeadDecoder()
    private var received: [UInt8] = []
    private var body: BodyDecoder?
    private var status = 0

    init() {}

    /// The bytes of a `POST` with a JSON body.
    ///
    /// - Parameters:
    ///   - path: Path, percent-encoded.
    ///   - endpoint: Whom it is for.
    ///   - bearer: What proves who asks.
    ///   - body: JSON.
    /// - Returns: A whole request.
    static func post(_ path: String, to endpoint: Endpoint, bearer: String, body: [UInt8]) -> [UInt8] {
        // Nothing that is put into a head here can end its line: the endpoint and the path hold none, and a secret that
        // is none is dropped.
        let secret = bearer.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? bearer : ""
        let head = """
            POST \(path) HTTP/1.1\r
            Host: \(endpoint.authority)\r
            Origin: \(endpoint.origin)\r
            Authorization: Bearer \(secret)\r
            Content-Type: application/json\r
            Content-Length: \(body.count)\r
            Connection: close\r
            \r

            """
        return Array(head.utf8) + body
    }

    /// Takes what came.
    ///
    /// - Parameter bytes: The next bytes of the connection.
    /// - Returns: The answer once it is whole.
    /// - Throws: ``HTTPError``.
    mutating func receive(_ bytes: UnsafeRawBufferPointer) throws(HTTPError) -> Answer? {
        if body != nil { return try decode([UInt8](bytes)) }
        received.append(contentsOf: bytes)
        guard case .head(let response, let byteCount) = try head.decode(received) else { return nil }
        status = Int(response.status.code)
        body = BodyDecoder(framing: try response.body(answering: .post))
        return try decode(Array(received[byteCount...]))
    }

    /// The connection has ended; a body that runs to the end is then whole.
    var answerAtEnd: Answer? { body.map { Answer(status: status, body: $0.bytes) } }

    private mutating func decode(_ bytes: [UInt8]) throws(HTTPError) -> Answer? {
        guard var decoder = body else { return nil }
        _ = try decoder.decode(bytes)
        body = decoder
        return decoder.isComplete ? Answer(status: status, body: decoder.bytes) : nil
    }
}

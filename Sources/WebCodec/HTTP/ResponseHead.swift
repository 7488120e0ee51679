/// The head of an answer.
public struct ResponseHead: Equatable, Sendable {
    /// The status.
    public var status: Status
    /// The fields. None is added when encoding: Content-Length, Connection and Date are the caller's.
    public var fields: HTTPFields

    /// An answer with these fields.
    public init(_ status: Status, _ fields: HTTPFields = HTTPFields()) {
        self.status = status
        self.fields = fields
    }

    /// The bytes from the status line to the empty line (RFC 9112 §4).
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        encode(into: &bytes)
        return bytes
    }

    /// Appends the bytes of ``encoded()``.
    public func encode(into bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + fields.octets.count + 4 * fields.count + 64)
        bytes.append(contentsOf: "HTTP/1.1 ".utf8)
        bytes.append(ASCII.zero &+ UInt8(status.code / 100))
        bytes.append(ASCII.zero &+ UInt8(status.code / 10 % 10))
        bytes.append(ASCII.zero &+ UInt8(status.code % 10))
        bytes.append(ASCII.space)
        bytes.append(contentsOf: status.reason.utf8)
        bytes.append(ASCII.carriageReturn)
        bytes.append(ASCII.lineFeed)
        fields.encode(into: &bytes)
        bytes.append(ASCII.carriageReturn)
        bytes.append(ASCII.lineFeed)
    }

    /// How the end of this answer's body is found (RFC 9112 §6.3).
    ///
    /// - Parameters:
    ///   - method: The method of the request it answers.
    ///   - limits: The limit on the body.
    /// - Returns: ``BodyFraming/none`` for an answer to `HEAD` and for 1xx, 204 and 304.
    /// - Throws: A fault in Content-Length or Transfer-Encoding.
    public func body(
        answering method: HTTPMethod, limits: HTTPLimits = HTTPLimits()
    ) throws(HTTPError) -> BodyFraming {
        if method == .head || status.code < 200 || status.code == 204 || status.code == 304 { return .none }
        return try BodyFraming.declared(by: fields, isHTTP11: true, limit: limits.bodyByteCount)
            ?? .untilClose
    }
}

/// Reads one answer's head from a buffer that grows, as a client does. Use a new one for each answer.
public struct ResponseHeadDecoder {
    /// What one call came to.
    public enum Progress: Equatable, Sendable {
        /// The head is not complete: read more and call again with all of it.
        case needMore
        /// The head, and how many bytes of the buffer it took.
        case head(ResponseHead, byteCount: Int)
    }

    private var scanner = HeadScanner()
    private let limits: HTTPLimits

    /// Starts before the first byte of an answer.
    public init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
    }

    /// Looks at what is new in the buffer.
    ///
    /// - Parameter bytes: Everything received since the head began, the bytes of earlier calls included.
    /// - Returns: The head once its empty line has come.
    /// - Throws: ``HTTPError`` at the first byte that is wrong; do not call again then.
    public mutating func decode(_ bytes: UnsafeRawBufferPointer) throws(HTTPError) -> Progress {
        guard let head = try scanner.scan(bytes, limits: limits) else { return .needMore }
        let octets = [UInt8](bytes[..<head.end])
        guard let first = head.lines.first else { throw .badStatusLine }
        let line = octets[first]
        let parts = line.split(separator: ASCII.space, maxSplits: 2, omittingEmptySubsequences: false)
        // The reason may be missing, with or without the space before it (RFC 9112 §4).
        guard parts.count >= 2, let version = HTTPVersion(parts[0]) else { throw .badStatusLine }
        guard version.major == 1 else { throw .unsupportedVersion }
        guard parts[1].count == 3, let code = decimal(parts[1]), (100...999).contains(code) else {
            throw .badStatusLine
        }
        let fields = try parseFields(head.lines.dropFirst(), of: octets)
        return .head(ResponseHead(Status(code: UInt16(code)), fields), byteCount: head.end)
    }

    /// As ``decode(_:)`` above, for an array.
    public mutating func decode(_ bytes: [UInt8]) throws(HTTPError) -> Progress {
        try bytes.withUnsafeBufferPointer { (bytes) throws(HTTPError) in
            try decode(UnsafeRawBufferPointer(bytes))
        }
    }
}

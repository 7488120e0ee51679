/// Reads one request head from a buffer that grows (RFC 9112 §2–§6, RFC 9110). Use a new one for each request.
public struct RequestHeadDecoder {
    /// What one call came to.
    public enum Progress: Equatable, Sendable {
        /// The head is not complete: read more and call again with all of it.
        case needMore
        /// The head, and how many bytes of the buffer it took. What follows is the body or the next request.
        case head(RequestHead, byteCount: Int)
    }

    private var scanner = HeadScanner()
    private let limits: HTTPLimits

    /// Starts before the first byte of a request.
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
        return .head(try Self.parse(head.lines, of: octets, limits: limits), byteCount: head.end)
    }

    /// As ``decode(_:)`` above, for an array.
    public mutating func decode(_ bytes: [UInt8]) throws(HTTPError) -> Progress {
        try bytes.withUnsafeBufferPointer { (bytes) throws(HTTPError) in
            try decode(UnsafeRawBufferPointer(bytes))
        }
    }

    private static func parse(
        _ lines: [Range<Int>], of octets: [UInt8], limits: HTTPLimits
    ) throws(HTTPError) -> RequestHead {
        guard let first = lines.first else { throw .badRequestLine }
        guard !octets[first.lowerBound].isBlank else { throw .foldedField }
        let parts = octets[first].split(separator: ASCII.space, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isToken, !parts[1].isEmpty else { throw .badRequestLine }
        guard let version = HTTPVersion(parts[2]) else { throw .badRequestLine }
        guard version.major == 1 else { throw .unsupportedVersion }
        let isHTTP11 = version.minor > 0
        let method = HTTPMethod(parts[0])
        let target = try RequestTarget(parts[1], method: method)
        let fields = try parseFields(lines.dropFirst(), of: octets)

        let host = try host(of: fields, isHTTP11: isHTTP11)
        let body = try BodyFraming.declared(by: fields, isHTTP11: isHTTP11, limit: limits.bodyByteCount)
        return RequestHead(
            method: method, target: target, isHTTP11: isHTTP11, fields: fields,
            authority: target.authority ?? host, body: body ?? .none,
            isKeepAlive: isHTTP11 && !fields.list("connection", contains: "close"),
            expectsContinue: try expectsContinue(fields, isHTTP11: isHTTP11))
    }

    private static func host(of fields: HTTPFields, isHTTP11: Bool) throws(HTTPError) -> String? {
        let positions = fields.positions(of: "host")
        guard positions.count <= 1 else { throw .repeatedHost }
        guard let position = positions.first else {
            guard !isHTTP11 else { throw .missingHost }
            return nil
        }
        guard let authority = Authority(fields.valueOctets(position)) else { throw .badHost }
        return authority.description
    }

    private static func expectsContinue(_ fields: HTTPFields, isHTTP11: Bool) throws(HTTPError) -> Bool {
        // A server must ignore the expectation of an HTTP/1.0 client (RFC 9110 §10.1.1).
        guard isHTTP11, fields.count(of: "expect") > 0 else { return false }
        let expectations = fields.listElements(of: "expect")
        guard !expectations.isEmpty,
            expectations.allSatisfy({ $0.equalsIgnoringCase("100-continue".utf8) })
        else { throw .unknownExpectation }
        return true
    }
}

/// `HTTP/` digit `.` digit (RFC 9112 §2.3).
struct HTTPVersion: Hashable, Sendable {
    let major: UInt8
    let minor: UInt8

    init?(_ octets: ArraySlice<UInt8>) {
        let start = octets.startIndex
        guard octets.count == 8, octets.starts(with: "HTTP/".utf8), octets[start + 5].isDigit,
            octets[start + 6] == ASCII.dot, octets[start + 7].isDigit
        else { return nil }
        major = octets[start + 5] &- ASCII.zero
        minor = octets[start + 7] &- ASCII.zero
    }
}

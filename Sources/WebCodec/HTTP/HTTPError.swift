/// Why an HTTP message was refused. After any of them the connection cannot be read further:
/// answer with ``status`` and close.
public enum HTTPError: Error, Hashable, Sendable, CaseIterable {
    /// The first line is not `method SP target SP version` (RFC 9112 §3).
    case badRequestLine
    /// The first line of an answer is not `version SP status SP reason` (RFC 9112 §4).
    case badStatusLine
    /// The version is well-formed but not HTTP/1.x; an HTTP/2 preface is one (RFC 9110 §15.6.6).
    case unsupportedVersion
    /// The request line is longer than the limit (RFC 9112 §3).
    case requestLineTooLong
    /// The target has a form its method does not allow, or bytes no URI may hold (RFC 9112 §3.2).
    case badTarget
    /// A `%` escape in the path is malformed, or decodes to a control character or to invalid UTF-8.
    case badEscape
    /// The path names something above the root (RFC 3986 §5.2.4, and our own rule to refuse it).
    case pathAboveRoot
    /// `CONNECT`, which makes sense to a proxy only (RFC 9110 §9.3.6).
    case connectUnsupported

    /// The head is longer than the limit (RFC 6585 §5).
    case headTooLong
    /// The head or trailer section has more field lines than the limit (RFC 6585 §5).
    case tooManyFields
    /// A CR that no LF follows (RFC 9112 §2.2).
    case bareCarriageReturn
    /// A LF that no CR precedes (RFC 9112 §2.2).
    case bareLineFeed
    /// A control character other than a tab (RFC 9110 §5.5).
    case controlCharacter
    /// More empty lines before the first line than the one that may be skipped (RFC 9112 §2.2).
    case leadingEmptyLines
    /// A field name is empty, is not a token, or has white space before its colon (RFC 9112 §5.1).
    case badFieldName
    /// A line starts with white space: a folded value, or space before the first field (RFC 9112 §2.2, §5.2).
    case foldedField

    /// An HTTP/1.1 request without Host (RFC 9112 §3.2).
    case missingHost
    /// More than one Host (RFC 9112 §3.2).
    case repeatedHost
    /// Host is not a host with an optional port (RFC 9110 §7.2).
    case badHost

    /// Content-Length is not a run of digits (RFC 9110 §8.6).
    case badContentLength
    /// More than one Content-Length, as lines or as a list, even when they agree (RFC 9112 §6.3).
    case repeatedContentLength
    /// Both Content-Length and Transfer-Encoding: an attempt at smuggling (RFC 9112 §6.1).
    case conflictingBodyLength
    /// Transfer-Encoding is malformed, does not end in `chunked`, or repeats it (RFC 9112 §6.1).
    case badTransferEncoding
    /// Transfer-Encoding in an HTTP/1.0 message (RFC 9112 §6.1).
    case transferEncodingBeforeHTTP11
    /// A transfer coding other than `chunked` (RFC 9112 §6.1).
    case unknownTransferCoding
    /// The body is longer than the limit (RFC 9110 §15.5.14).
    case bodyTooLong
    /// A chunk's size, extension or line end is malformed (RFC 9112 §7.1).
    case badChunk
    /// An expectation other than `100-continue` (RFC 9110 §10.1.1).
    case unknownExpectation

    /// The status to answer with before closing. For a fault in an answer we received (as a client): 502.
    public var status: Status {
        switch self {
        case .badRequestLine, .badTarget, .badEscape, .pathAboveRoot, .bareCarriageReturn, .bareLineFeed,
            .controlCharacter, .leadingEmptyLines, .badFieldName, .foldedField, .missingHost, .repeatedHost,
            .badHost, .badContentLength, .repeatedContentLength, .conflictingBodyLength, .badTransferEncoding,
            .transferEncodingBeforeHTTP11, .badChunk:
            .badRequest
        case .badStatusLine: .badGateway
        case .requestLineTooLong: .uriTooLong
        case .headTooLong, .tooManyFields: .requestHeaderFieldsTooLarge
        case .bodyTooLong: .contentTooLarge
        case .unknownExpectation: .expectationFailed
        case .unknownTransferCoding, .connectUnsupported: .notImplemented
        case .unsupportedVersion: .httpVersionNotSupported
        }
    }
}

/// A status code with the phrase that RFC 9110 §15 recommends for it.
public struct Status: Hashable, Sendable, CustomStringConvertible {
    /// Three digits, 100...999.
    public let code: UInt16

    /// A code outside 100...999 becomes 500, so that an answer is always well-formed.
    public init(code: UInt16) {
        self.code = (100...999).contains(code) ? code : 500
    }

    /// The phrase for a person reading the wire; empty for a code we do not use.
    public var reason: String {
        switch code {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }

    /// The code and its phrase, as in a log line.
    public var description: String { reason.isEmpty ? "\(code)" : "\(code) \(reason)" }

    /// 100, an interim answer: send the body.
    public static let `continue` = Status(code: 100)
    /// 101, the connection now speaks WebSocket.
    public static let switchingProtocols = Status(code: 101)
    /// 200.
    public static let ok = Status(code: 200)
    /// 201.
    public static let created = Status(code: 201)
    /// 202.
    public static let accepted = Status(code: 202)
    /// 204, which never has a body.
    public static let noContent = Status(code: 204)
    /// 301.
    public static let movedPermanently = Status(code: 301)
    /// 302.
    public static let found = Status(code: 302)
    /// 303.
    public static let seeOther = Status(code: 303)
    /// 304, which never has a body.
    public static let notModified = Status(code: 304)
    /// 308.
    public static let permanentRedirect = Status(code: 308)
    /// 400.
    public static let badRequest = Status(code: 400)
    /// 401.
    public static let unauthorized = Status(code: 401)
    /// 403.
    public static let forbidden = Status(code: 403)
    /// 404.
    public static let notFound = Status(code: 404)
    /// 405; the answer must carry Allow.
    public static let methodNotAllowed = Status(code: 405)
    /// 406.
    public static let notAcceptable = Status(code: 406)
    /// 408.
    public static let requestTimeout = Status(code: 408)
    /// 409.
    public static let conflict = Status(code: 409)
    /// 410.
    public static let gone = Status(code: 410)
    /// 411.
    public static let lengthRequired = Status(code: 411)
    /// 412.
    public static let preconditionFailed = Status(code: 412)
    /// 413.
    public static let contentTooLarge = Status(code: 413)
    /// 414.
    public static let uriTooLong = Status(code: 414)
    /// 415.
    public static let unsupportedMediaType = Status(code: 415)
    /// 417.
    public static let expectationFailed = Status(code: 417)
    /// 421.
    public static let misdirectedRequest = Status(code: 421)
    /// 422.
    public static let unprocessableContent = Status(code: 422)
    /// 426; the answer must say which protocol and version.
    public static let upgradeRequired = Status(code: 426)
    /// 429.
    public static let tooManyRequests = Status(code: 429)
    /// 431.
    public static let requestHeaderFieldsTooLarge = Status(code: 431)
    /// 500.
    public static let internalServerError = Status(code: 500)
    /// 501.
    public static let notImplemented = Status(code: 501)
    /// 502.
    public static let badGateway = Status(code: 502)
    /// 503.
    public static let serviceUnavailable = Status(code: 503)
    /// 505.
    public static let httpVersionNotSupported = Status(code: 505)
}

/// A request method; names are case-sensitive (RFC 9110 §9.1).
public enum HTTPMethod: Hashable, Sendable, CustomStringConvertible {
    /// `GET`.
    case get
    /// `HEAD`: as `GET`, but the answer has no body.
    case head
    /// `POST`.
    case post
    /// `PUT`.
    case put
    /// `DELETE`.
    case delete
    /// `OPTIONS`.
    case options
    /// Any other token.
    case other(String)

    init(_ token: ArraySlice<UInt8>) {
        self = Self(String(decoding: token, as: UTF8.self))
    }

    /// The method with this name.
    public init(_ name: String) {
        self =
            switch name {
            case "GET": .get
            case "HEAD": .head
            case "POST": .post
            case "PUT": .put
            case "DELETE": .delete
            case "OPTIONS": .options
            default: .other(name)
            }
    }

    /// The name as it is written on the wire.
    public var description: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .other(let name): name
        }
    }
}

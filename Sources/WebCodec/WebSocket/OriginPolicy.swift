/// Which web pages may open a WebSocket (RFC 6455 §4.2.2 step 4, §10.2): the guard against cross-site hijacking.
///
/// Every comparison is of whole origins, octet by octet, in the one form in which browsers write them (RFC 6454 §6.2):
/// scheme and host in small letters, a port only when it is not the scheme's own, and nothing after it.
public struct OriginPolicy: Hashable, Sendable {
    /// How a page was fetched.
    public enum Scheme: String, Hashable, Sendable, CaseIterable {
        case http, https

        var port: UInt16 { self == .http ? 80 : 443 }
    }

    /// Origins as browsers write them, such as `https://samskap.example.org`; compared octet by octet.
    public var allowed: Set<String>
    /// The schemes under which a page from the very host and port that is asked may connect; none: not at all.
    ///
    /// A server that speaks TLS itself takes `https` only. One that does not may stand behind a proxy that does, and then
    /// cannot know its own scheme.
    public var sameOrigin: Set<Scheme>
    /// Whether a client that sends no Origin, hence no browser, may connect.
    public var allowsAbsent: Bool

    /// By default pages of our own host only.
    public init(
        allowed: Set<String> = [], sameOrigin: Set<Scheme> = [.http, .https], allowsAbsent: Bool = false
    ) {
        self.allowed = allowed
        self.sameOrigin = sameOrigin
        self.allowsAbsent = allowsAbsent
    }

    /// Whether a request may connect. Several Origin fields are refused.
    public func admits(_ request: RequestHead) -> Bool {
        let positions = request.fields.positions(of: "origin")
        guard let position = positions.first else { return allowsAbsent }
        guard positions.count == 1 else { return false }
        let origin = request.fields.valueOctets(position)
        if allowed.contains(where: { $0.utf8.elementsEqual(origin) }) { return true }
        guard let authority = request.authority, let host = Authority(Array(authority.utf8)[...]) else {
            return false
        }
        return sameOrigin.contains { Self.origin(of: host, $0).utf8.elementsEqual(origin) }
    }

    /// What a browser writes for a page of this host.
    private static func origin(of host: Authority, _ scheme: Scheme) -> String {
        let port = host.port.flatMap { $0 == scheme.port ? nil : ":\($0)" } ?? ""
        return "\(scheme.rawValue)://\(host.host)\(port)"
    }
}

/// Which web pages may open a WebSocket (RFC 6455 §4.2.2 step 4, §10.2): the guard against cross-site hijacking.
public struct OriginPolicy: Hashable, Sendable {
    /// Origins as browsers write them, such as `https://samskap.example.org`; compared octet by octet.
    public var allowed: Set<String>
    /// Whether a page from the very host and port that is asked may connect.
    ///
    /// The scheme is not compared: behind a proxy that ends TLS a server cannot know its own.
    public var allowsSameOrigin: Bool
    /// Whether a client that sends no Origin, hence no browser, may connect.
    public var allowsAbsent: Bool

    /// By default pages of our own host only.
    public init(allowed: Set<String> = [], allowsSameOrigin: Bool = true, allowsAbsent: Bool = false) {
        self.allowed = allowed
        self.allowsSameOrigin = allowsSameOrigin
        self.allowsAbsent = allowsAbsent
    }

    /// Whether a request may connect. Several Origin fields are refused.
    public func admits(_ request: RequestHead) -> Bool {
        let positions = request.fields.positions(of: "origin")
        guard let position = positions.first else { return allowsAbsent }
        guard positions.count == 1 else { return false }
        let origin = request.fields.valueOctets(position)
        if allowed.contains(String(decoding: origin, as: UTF8.self)) { return true }
        return allowsSameOrigin && Self.isSameOrigin(origin, authority: request.authority)
    }

    private static func isSameOrigin(_ origin: ArraySlice<UInt8>, authority: String?) -> Bool {
        guard let authority, let host = Authority(Array(authority.utf8)[...]) else { return false }
        var rest = origin
        let defaultPort: UInt16
        if rest.removePrefixIgnoringCase("https://") {
            defaultPort = 443
        } else if rest.removePrefixIgnoringCase("http://") {
            defaultPort = 80
        } else {
            return false
        }
        guard let page = Authority(rest) else { return false }
        return page.host == host.host && (page.port ?? defaultPort) == (host.port ?? defaultPort)
    }
}

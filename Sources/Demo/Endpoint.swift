internal import EventLoop
internal import TLS

/// Where a server is, and whom to believe that it is the one.
struct Endpoint: Hashable, Sendable {
    /// A name or a numeric address, without brackets.
    let host: String
    let port: UInt16
    /// Whether `https` and `wss` are spoken.
    let isSecure: Bool

    /// Reads `http://HOST[:PORT]` or `https://HOST[:PORT]`; a path, a query and a fragment may follow.
    ///
    /// - Parameter address: As the server prints it.
    /// - Throws: ``DemoError/badAddress(_:)``.
    init(_ address: some StringProtocol) throws(DemoError) {
        let fault = DemoError.badAddress(String(address.prefix { $0 != "#" }))
        let rest: String
        if address.hasPrefix("https://") {
            (isSecure, rest) = (true, String(address.dropFirst(8)))
        } else if address.hasPrefix("http://") {
            (isSecure, rest) = (false, String(address.dropFirst(7)))
        } else {
            throw fault
        }
        let authority = rest.prefix { !"/?#".contains($0) }
        let hostEnd: String.Index
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else { throw fault }
            host = String(authority[authority.index(after: authority.startIndex)..<close])
            hostEnd = authority.index(after: close)
        } else {
            hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
            host = String(authority[..<hostEnd])
        }
        let tail = authority[hostEnd...]
        if tail.isEmpty {
            port = isSecure ? 443 : 80
        } else {
            guard tail.first == ":", let number = UInt16(tail.dropFirst()), number > 0 else { throw fault }
            port = number
        }
        guard !host.isEmpty else { throw fault }
    }

    /// As the Host field has it; the port is left out where it is the scheme's own.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// As a page of the server would send it.
    var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }

    /// Whether the traffic stays on this machine.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.isLoopbackIPv4 }

    /// Looks the host up; blocks meanwhile.
    ///
    /// - Returns: Its first address.
    /// - Throws: ``DemoError/connection(_:)``.
    func resolve() throws(DemoError) -> SocketAddress {
        do {
            let found = try SocketAddress.resolve(host: host, port: port)
            guard let first = found.first else { throw DemoError.connection("\(host) has no address") }
            return first
        } catch let error as DemoError {
            throw error
        } catch {
            throw .connection("\(error)")
        }
    }

    /// Sets up what the connections have in common.
    ///
    /// - Parameter trust: Whom to believe.
    /// - Returns: Nil without TLS.
    /// - Throws: ``DemoError/insecureBeyondLoopback(host:)``, or a fault of the authorities' file.
    func tlsContext(_ trust: DemoOptions.Trust) throws(DemoError) -> TLSClientContext? {
        guard isSecure else { return nil }
        let whom: TLSClientContext.Trust
        switch trust {
        case .system: whom = .system
        case .authority(let path): whom = .authorities(path: path)
        case .anyOnLoopback:
            guard isLoopback else { throw .insecureBeyondLoopback(host: host) }
            whom = .anybodyWithoutVerification
        }
        do { return try TLSClientContext(trust: whom) } catch { throw .connection("\(error)") }
    }
}

extension String {
    /// Whether this is written as an address of 127.0.0.0/8.
    fileprivate var isLoopbackIPv4: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

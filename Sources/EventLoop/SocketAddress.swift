internal import Glibc

/// A numeric address and port that a socket can be bound or connected to.
public struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// The numeric address without brackets: `192.0.2.7`, `2001:db8::1`, `fe80::1%eth0`.
    public let host: String
    /// The port.
    public let port: UInt16
    /// Whether the address is of IPv6.
    public let isIPv6: Bool
    /// The kernel's form, a `sockaddr`.
    let bytes: [UInt8]

    /// As in a URL: `192.0.2.7:80`, `[2001:db8::1]:80`.
    public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The wildcard address of IPv6 (`::`), which on Linux takes IPv4 too.
    var isIPv6Wildcard: Bool { isIPv6 && host == "::" }

    /// The first byte pair of a `sockaddr`.
    var family: Int32 { isIPv6 ? AF_INET6 : AF_INET }

    /// Reads the kernel's form; nil for what is not IPv4 or IPv6.
    init?(bytes: [UInt8]) {
        let named = bytes.withUnsafeBytes { raw -> (String, UInt16, Bool)? in
            guard raw.count >= MemoryLayout<sockaddr>.size else { return nil }
            let family = Int32(raw.loadUnaligned(as: sa_family_t.self))
            guard family == AF_INET || family == AF_INET6 else { return nil }
            // The port is at the same place in both forms, in network order.
            let port = UInt16(raw[2]) << 8 | UInt16(raw[3])
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            guard let start = raw.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                getnameinfo(
                    start, socklen_t(raw.count), &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
            else { return nil }
            let host = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            return (host, port, family == AF_INET6)
        }
        guard let named else { return nil }
        (host, port, isIPv6) = named
        self.bytes = bytes
    }

    /// Why a host gave no address.
    public enum ResolveError: Error, Hashable, Sendable, CustomStringConvertible {
        /// No such name, or not a numeric address; the resolver's sentence.
        case notFound(host: String, reason: String)

        /// English, for logs.
        public var description: String {
            switch self {
            case .notFound(let host, let reason): "no address for “\(host)”: \(reason)"
            }
        }
    }

    /// Finds the addresses of a host. Blocks while a name is looked up, so not for a loop's queue.
    ///
    /// - Parameters:
    ///   - host: A numeric address, with or without brackets, or a name.
    ///   - port: The port to put into each.
    /// - Returns: At least one address, in the system's order of preference.
    /// - Throws: When there is none.
    public static func resolve(host: String, port: UInt16) throws(ResolveError) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        let status = getaddrinfo(bare, String(port), &hints, &list)
        guard status == 0 else {
            throw .notFound(host: host, reason: String(cString: gai_strerror(status)))
        }
        defer { freeaddrinfo(list) }
        var found: [SocketAddress] = []
        var next = list
        while let entry = next {
            if let start = entry.pointee.ai_addr {
                let raw = UnsafeRawBufferPointer(start: start, count: Int(entry.pointee.ai_addrlen))
                if let address = SocketAddress(bytes: Array(raw)), !found.contains(address) {
                    found.append(address)
                }
            }
            next = entry.pointee.ai_next
        }
        guard !found.isEmpty else { throw .notFound(host: host, reason: "only addresses of other families") }
        return found
    }
}

internal import CLinux
internal import Glibc

/// Why a server could not listen; each text tells an operator what to do.
public enum ListenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Something listens there already.
    case addressInUse(String)
    /// A port below 1024 without the right to it, or a rule of the system.
    case permissionDenied(String)
    /// No interface of this machine has the address.
    case noSuchAddress(String)
    /// The host is no address and no name that can be found.
    case unknownHost(SocketAddress.ResolveError)
    /// Anything else.
    case system(SystemError)

    /// English, for logs and the command line.
    public var description: String {
        switch self {
        case .addressInUse(let place):
            "\(place) is in use: another program listens there. Stop it, or choose another port."
        case .permissionDenied(let place):
            "\(place) is not allowed for this user. Ports below 1024 need CAP_NET_BIND_SERVICE; or choose another."
        case .noSuchAddress(let place):
            "\(place) is no address of this machine. Use 0.0.0.0 or :: to listen on all of them."
        case .unknownHost(let error): "\(error)"
        case .system(let error): "\(error)"
        }
    }

    init(_ error: SystemError, place: String) {
        switch error.code {
        case EADDRINUSE: self = .addressInUse(place)
        case EACCES, EPERM: self = .permissionDenied(place)
        case EADDRNOTAVAIL: self = .noSuchAddress(place)
        default: self = .system(error)
        }
    }
}

/// A listening socket, and one descriptor held back for the day when there are no more.
///
/// Theory of the reserve: with no descriptor free, `accept` fails and the waiting connection stays, so the listener
/// is ready again at once and the loop spins. The reserve is then closed, the connection accepted into its place
/// and closed, and the reserve opened anew: the caller is refused, and we stay calm.
public struct Listener: ~Copyable, Sendable {
    /// Connections that the kernel may hold for us (it bounds this by net.core.somaxconn).
    public static let backlog: Int32 = 4096

    /// Bytes that a connection's kernel buffer holds beyond what is on its way, after which a send would block: 64 KiB.
    ///
    /// The kernel would take megabytes for a phone that sleeps, and play it all out when it wakes. With this bound
    /// the sender soon sees that a peer is slow, and can give it what is new instead of what is old.
    public static let unsentByteLimit: Int32 = 64 << 10

    /// What one round of accepting did.
    public struct Outcome: Hashable, Sendable {
        /// Connections handed on.
        public var accepted = 0
        /// Connections closed at once because no descriptor was left: raise the limit on open files.
        public var refused = 0
        /// Not even the reserve could be had. Stop watching the listener and try again in about 100 ms.
        public var mustPause = false
        /// The limit was reached; more may wait, and readiness is reported again.
        public var mayHaveMore = false
    }

    /// Where it listens; the port is the real one also when 0 was asked for.
    public let localAddress: SocketAddress
    private let socket: OwnedSocket
    private var reserve: Int32

    /// The descriptor to register with a loop, for reading.
    public var descriptor: Int32 { socket.descriptor }

    /// Binds and listens.
    ///
    /// A host of `::` takes IPv4 too. A name takes its first address.
    ///
    /// - Parameters:
    ///   - host: A numeric address, or a name.
    ///   - port: The port; 0 lets the system choose.
    ///   - sharesPort: Lets several listeners of this user have the same port; the kernel spreads connections over
    ///     them (SO_REUSEPORT).
    /// - Throws: With a text for the operator.
    public init(host: String, port: UInt16, sharesPort: Bool = false) throws(ListenError) {
        let found: [SocketAddress]
        do { found = try SocketAddress.resolve(host: host, port: port) } catch { throw .unknownHost(error) }
        guard let address = found.first else {
            throw .unknownHost(.notFound(host: host, reason: "no address"))
        }
        let socket: OwnedSocket
        do {
            socket = try Self.open(address, sharesPort: sharesPort)
        } catch { throw ListenError(error, place: address.description) }
        guard let local = socket.localAddress else {
            throw .system(SystemError(operation: "getsockname", code: EINVAL))
        }
        localAddress = local
        self.socket = socket
        reserve = clinux_open_reserve()
    }

    /// Takes over a socket that listens already.
    ///
    /// - Parameter descriptor: A non-blocking listening socket that nobody else closes; see ``ListenerGift``.
    /// - Throws: When it is none.
    public init(adopting descriptor: Int32) throws(ListenError) {
        socket = OwnedSocket(adopting: descriptor)
        guard let local = socket.localAddress else {
            throw .system(SystemError(operation: "getsockname", code: EINVAL))
        }
        localAddress = local
        reserve = clinux_open_reserve()
    }

    deinit { if reserve >= 0 { _ = close(reserve) } }

    private static func open(_ address: SocketAddress, sharesPort: Bool) throws(SystemError) -> OwnedSocket {
        let socket = OwnedSocket(adopting: try SystemError.check(clinux_socket(address.family), "socket"))
        let descriptor = socket.descriptor
        _ = try SystemError.check(clinux_set_option(descriptor, SOL_SOCKET, SO_REUSEADDR, 1), "setsockopt")
        if sharesPort {
            _ = try SystemError.check(
                clinux_set_option(descriptor, SOL_SOCKET, SO_REUSEPORT, 1), "setsockopt")
        }
        if address.isIPv6 {
            let only: Int32 = address.isIPv6Wildcard ? 0 : 1
            _ = try SystemError.check(
                clinux_set_option(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, only), "setsockopt")
        }
        // Both are passed on to every connection accepted here: two system calls fewer for each.
        _ = try SystemError.check(
            clinux_set_option(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1), "setsockopt")
        _ = try SystemError.check(
            clinux_set_option(descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, unsentByteLimit),
            "setsockopt")
        _ = try SystemError.check(clinux_bind(descriptor, address.bytes, address.bytes.count), "bind")
        guard listen(descriptor, backlog) == 0 else { throw SystemError(operation: "listen", code: errno) }
        return socket
    }

    /// Accepts what waits, up to a limit. The caller's address is not asked for.
    ///
    /// - Parameters:
    ///   - limit: Connections at most, so that those already served get their turn.
    ///   - receive: Gets each connection, non-blocking, closed on exec, sending small writes at once (TCP_NODELAY) and
    ///     with at most ``unsentByteLimit`` waiting in the kernel.
    /// - Returns: What happened.
    public mutating func accept(limit: Int = 64, _ receive: (consuming OwnedSocket) -> Void) -> Outcome {
        var outcome = Outcome()
        while outcome.accepted + outcome.refused < limit {
            let result = clinux_accept(socket.descriptor)
            switch result {
            case 0...:
                outcome.accepted += 1
                receive(OwnedSocket(adopting: result))
            case -EAGAIN:
                return outcome
            case -EMFILE, -ENFILE, -ENOBUFS, -ENOMEM:
                // The kernel looks for a descriptor before it looks whether anybody waits.
                guard let hasRefused = refuseOne() else {
                    outcome.mustPause = true
                    return outcome
                }
                guard hasRefused else { return outcome }
                outcome.refused += 1
            case -ECONNABORTED, -EPROTO, -EPERM, -ENETDOWN, -ENETUNREACH, -EHOSTDOWN, -EHOSTUNREACH,
                -EOPNOTSUPP:
                // This one died while it waited (accept(2) lists these); the next may be well.
                outcome.refused += 1
            default:
                outcome.mustPause = true
                return outcome
            }
        }
        outcome.mayHaveMore = true
        return outcome
    }

    /// Whether there was somebody to refuse; nil when not even the reserve could be had.
    private mutating func refuseOne() -> Bool? {
        if reserve >= 0 { _ = close(reserve) }
        let accepted = clinux_accept(socket.descriptor)
        if accepted >= 0 { _ = close(accepted) }
        reserve = clinux_open_reserve()
        guard reserve >= 0 else { return nil }
        if accepted == -EAGAIN { return false }
        return accepted >= 0 ? true : nil
    }
}

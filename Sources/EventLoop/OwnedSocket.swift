internal import CLinux
internal import Glibc

/// A non-blocking stream socket with one owner; closed when the owner lets go of it.
///
/// Being `Sendable` and not copyable it can move to another worker (``LoopExecutor/handOver(_:to:)``), and cannot
/// be used by two at once. Deregister it from its loop first.
public struct OwnedSocket: ~Copyable, Sendable {
    /// The file descriptor, to register it with a loop; it stays this value's.
    public let descriptor: Int32

    /// Takes over a descriptor.
    ///
    /// - Parameter descriptor: An open, non-blocking stream socket that nobody else closes.
    public init(adopting descriptor: Int32) { self.descriptor = descriptor }

    deinit { _ = close(descriptor) }

    /// Gives up ownership without closing.
    ///
    /// - Returns: The descriptor, now the caller's to close.
    public consuming func release() -> Int32 {
        let descriptor = descriptor
        discard self
        return descriptor
    }

    /// Begins an outgoing connection. When the socket becomes writable, ``takeError()`` says how it went.
    ///
    /// - Parameter address: Where to.
    /// - Returns: A socket that is connected or on its way.
    /// - Throws: When the kernel refuses at once.
    public static func connect(to address: SocketAddress) throws(SystemError) -> OwnedSocket {
        let socket = OwnedSocket(
            adopting: try SystemError.check(clinux_socket(address.family), "socket"))
        let result = clinux_connect(socket.descriptor, address.bytes, address.bytes.count)
        guard result >= 0 || result == -EINPROGRESS || result == -EINTR else {
            throw SystemError(operation: "connect", code: -result)
        }
        return socket
    }

    /// The failure that the kernel holds for this connection, taken so that it is told once; nil for none.
    public func takeError() -> SystemError? {
        let code = clinux_take_error(descriptor)
        return code == 0 ? nil : SystemError(operation: "connection", code: abs(code))
    }

    /// This end's address; nil when the kernel will not say.
    public var localAddress: SocketAddress? { Self.localAddress(of: descriptor) }

    static func localAddress(of descriptor: Int32) -> SocketAddress? {
        var bytes = [UInt8](repeating: 0, count: MemoryLayout<sockaddr_storage>.size)
        let length = bytes.withUnsafeMutableBytes {
            clinux_local_address(descriptor, $0.baseAddress, $0.count)
        }
        guard length > 0, Int(length) <= bytes.count else { return nil }
        return SocketAddress(bytes: Array(bytes.prefix(Int(length))))
    }

    /// Sends small writes at once instead of waiting for the peer's acknowledgement (TCP_NODELAY).
    ///
    /// - Throws: The kernel's refusal.
    public func disableDelay() throws(SystemError) { try set(Int32(IPPROTO_TCP), TCP_NODELAY, 1) }

    /// Asks the network whether a silent peer is still there.
    ///
    /// - Parameters:
    ///   - idleSeconds: Silence before the first probe.
    ///   - intervalSeconds: Between probes.
    ///   - probes: Unanswered ones before the connection fails.
    /// - Throws: The kernel's refusal.
    public func enableKeepAlive(idleSeconds: Int32, intervalSeconds: Int32, probes: Int32) throws(SystemError)
    {
        try set(SOL_SOCKET, SO_KEEPALIVE, 1)
        try set(Int32(IPPROTO_TCP), TCP_KEEPIDLE, idleSeconds)
        try set(Int32(IPPROTO_TCP), TCP_KEEPINTVL, intervalSeconds)
        try set(Int32(IPPROTO_TCP), TCP_KEEPCNT, probes)
    }

    /// Bounds how long sent bytes may stay unacknowledged before the connection fails (RFC 5482).
    ///
    /// - Parameter milliseconds: The bound; 0 for the system's own.
    /// - Throws: The kernel's refusal.
    public func setUserTimeout(milliseconds: Int32) throws(SystemError) {
        try set(Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, milliseconds)
    }

    /// Sets the kernel's buffers; it doubles what it is told and keeps to its own limits.
    ///
    /// - Parameters:
    ///   - sendBytes: For what the peer has not acknowledged; nil leaves it adapting itself.
    ///   - receiveBytes: For what we have not read; nil leaves it adapting itself.
    /// - Throws: The kernel's refusal.
    public func setBuffers(sendBytes: Int32? = nil, receiveBytes: Int32? = nil) throws(SystemError) {
        if let sendBytes { try set(SOL_SOCKET, SO_SNDBUF, sendBytes) }
        if let receiveBytes { try set(SOL_SOCKET, SO_RCVBUF, receiveBytes) }
    }

    /// Ends our side of the stream; the peer reads an end after what was sent. Nothing happens on a dead socket.
    public func shutdownWrite() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    private func set(_ level: Int32, _ name: Int32, _ value: Int32) throws(SystemError) {
        _ = try SystemError.check(clinux_set_option(descriptor, level, name, value), "setsockopt")
    }
}

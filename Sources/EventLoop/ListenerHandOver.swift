internal import CLinux
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Offers a process's listening sockets to the process that is to take its place.
///
/// The sockets themselves go over (SCM_RIGHTS, unix(7)), not only their port: whoever has connected and was not accepted
/// yet waits in the socket's queue, and the new process finds them there. Closing the old sockets and binding new ones
/// would turn those away, also with SO_REUSEPORT.
///
/// Both ends see to it that the other runs as the same user. That gives nobody anything new: such a process could end this one
/// and open its files.
public final class ListenerOffer: Sendable {
    /// How long one end waits for the other, in seconds.
    static let patience: Int32 = 5

    private let socket: Int32
    private let descriptors: [Int32]
    private let taken: @Sendable () -> Void
    private let isWithdrawn = Atomic<Bool>(false)

    /// Offers the sockets from now on, until ``withdraw()``.
    ///
    /// - Parameters:
    ///   - name: Where one asks for them: an abstract name, at most 107 bytes.
    ///   - descriptors: The listening sockets, at most 253; they stay the caller's.
    ///   - taken: Called when another process has them and says that it goes on from here.
    /// - Throws: When another process has the name, or the kernel refuses.
    public init(
        name: String, descriptors: [Int32], taken: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        socket = try SystemError.check(clinux_local_listen(name), "listen")
        self.descriptors = descriptors
        self.taken = taken
        // A thread that waits: this happens once in a process's life, and is no work for a worker's loop.
        DispatchQueue(label: "samskap.hand-over").async { self.serve() }
    }

    private func serve() {
        while !isWithdrawn.load(ordering: .acquiring) {
            let peer = clinux_local_accept(socket)
            guard peer >= 0 else {
                // Woken to end, or there is no descriptor free.
                if !isWithdrawn.load(ordering: .acquiring) { clinux_sleep(100_000_000) }
                continue
            }
            if give(to: peer) { taken() }
            _ = close(peer)
        }
        _ = close(socket)
    }

    /// Whether the other took them. Without its byte they went to somebody who died, or who wanted something else.
    private func give(to peer: Int32) -> Bool {
        clinux_peer_user(peer) == Int64(geteuid())
            && clinux_send_descriptors(peer, descriptors, descriptors.count, Self.patience) >= 0
            && clinux_receive_byte(peer, Self.patience) == 1
    }

    /// Offers nothing more, and lets the next process have the name. To be called once.
    public func withdraw() {
        isWithdrawn.store(true, ordering: .releasing)
        // Wakes the waiting thread, which closes it.
        _ = shutdown(socket, Int32(SHUT_RDWR))
    }
}

/// Listening sockets that another process of the same user gave; closed unless they are used.
public struct ListenerGift: ~Copyable, Sendable {
    /// The sockets, one for each worker; none once they were accepted.
    public private(set) var descriptors: [Int32]
    private let socket: OwnedSocket

    /// Asks for them; nil when nobody offers any under that name.
    ///
    /// - Parameter name: As in ``ListenerOffer``.
    /// - Throws: When somebody does, and they cannot be had; the other process goes on as it was.
    public init?(name: String) throws(SystemError) {
        let descriptor = clinux_local_connect(name)
        guard descriptor != -ECONNREFUSED else { return nil }
        let socket = OwnedSocket(adopting: try SystemError.check(descriptor, "connect"))
        guard clinux_peer_user(socket.descriptor) == Int64(geteuid()) else {
            throw SystemError(operation: "hand-over by another user", code: EPERM)
        }
        var descriptors = [Int32](repeating: -1, count: 253)
        let count = clinux_receive_descriptors(
            socket.descriptor, &descriptors, descriptors.count, ListenerOffer.patience)
        descriptors.removeLast(descriptors.count - Int(max(0, try SystemError.check(count, "recvmsg"))))
        guard !descriptors.isEmpty else { throw SystemError(operation: "recvmsg", code: EPROTO) }
        self.descriptors = descriptors
        self.socket = socket
    }

    deinit { for descriptor in descriptors { _ = close(descriptor) } }

    /// Tells the other process to stop: from here on the sockets are the caller's, to serve or to close.
    ///
    /// - Returns: The sockets.
    /// - Throws: When the other process has gone meanwhile; it stopped without being asked, or was killed.
    public mutating func accept() throws(SystemError) -> [Int32] {
        _ = try SystemError.check(clinux_send_byte(socket.descriptor), "send")
        defer { descriptors = [] }
        return descriptors
    }
}

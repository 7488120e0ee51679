import EventLoop

/// A worker as the server has it, as small as can be: an actor that owns a loop.
actor LoopWorker {
    nonisolated let executor: LoopExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private let loop: EventLoop

    init(_ label: String = "test") throws {
        executor = LoopExecutor(label: label)
        loop = try EventLoop(executor: executor)
    }

    func start() {
        loop.start { [weak self] in self?.assumeIsolated { $0.loop.turn() } }
    }

    func stop() { loop.stop() }

    /// Runs a block inside the worker, with its loop.
    func with<Value: Sendable>(_ body: @Sendable (EventLoop) throws -> Value) rethrows -> Value {
        try body(loop)
    }
}

/// A one-way line from a handler to the test that waits.
struct Signal<Value: Sendable>: Sendable {
    private let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func send(_ value: Value) { continuation.yield(value) }

    /// The next values, in order.
    func take(_ count: Int) async -> [Value] {
        var values: [Value] = []
        for await value in stream {
            values.append(value)
            if values.count == count { break }
        }
        return values
    }
}

/// Hands every accepted socket to a closure.
final class Acceptor: ReadinessHandler {
    private var listener: Listener
    private let receive: (consuming OwnedSocket) -> Void

    init(_ listener: consuming Listener, receive: @escaping (consuming OwnedSocket) -> Void) {
        self.listener = listener
        self.receive = receive
    }

    var descriptor: Int32 { listener.descriptor }
    var address: SocketAddress { listener.localAddress }

    func ready(_ readiness: Readiness) { _ = listener.accept { receive($0) } }

    /// Listens on a free loopback port and watches it.
    static func open(
        on loop: EventLoop, receive: @escaping (consuming OwnedSocket) -> Void
    ) throws -> SocketAddress {
        let acceptor = Acceptor(try Listener(host: "127.0.0.1", port: 0), receive: receive)
        _ = try loop.register(acceptor.descriptor, interest: .readable, handler: acceptor)
        return acceptor.address
    }
}

/// Calls a closure; holds a socket so that it stays open.
final class SocketHandler: ReadinessHandler {
    let socket: OwnedSocket
    var registration: Registration?
    var onReady: (SocketHandler, Readiness) -> Void

    init(_ socket: consuming OwnedSocket, onReady: @escaping (SocketHandler, Readiness) -> Void) {
        self.socket = socket
        self.onReady = onReady
    }

    func ready(_ readiness: Readiness) { onReady(self, readiness) }

    func register(on loop: EventLoop, _ interest: Interest) throws {
        registration = try loop.register(socket.descriptor, interest: interest, handler: self)
    }

    func end(on loop: EventLoop) {
        if let registration { loop.deregister(registration) }
        registration = nil
    }

    /// Up to 64 KiB, once.
    func read() -> (transfer: Transfer, bytes: [UInt8]) {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let transfer = bytes.withUnsafeMutableBytes { socket.read(into: $0) }
        guard case .bytes(let count) = transfer else { return (transfer, []) }
        return (transfer, Array(bytes.prefix(count)))
    }
}

/// Two connected sockets on loopback; the accepted one may take a moment to hear of what the other does.
struct SocketPair: ~Copyable {
    let client: OwnedSocket
    let server: OwnedSocket

    init() throws {
        var listener = try Listener(host: "127.0.0.1", port: 0)
        let client = try OwnedSocket.connect(to: listener.localAddress)
        var accepted: Int32?
        // A loopback connection is complete when connect returns, so accept finds it.
        _ = listener.accept(limit: 1) { accepted = $0.release() }
        guard let accepted else { throw SystemError(operation: "accept", code: 11) }
        self.client = client
        server = OwnedSocket(adopting: accepted)
    }

    consuming func split() -> (client: Int32, server: Int32) { (client.release(), server.release()) }
}

internal import EventLoop
internal import Logging
internal import TLS
internal import WebCodec

/// One socket of a worker: bytes in, through TLS if there is any, to the stage it is in; bytes out, as far as the kernel takes them.
///
/// What the kernel does not take waits in `backlog`. A connection with a backlog is *blocked*: nobody gives it
/// broadcasts then, they are merged into one when it drains (protocol rule C3). So what a connection holds is bounded,
/// whatever its peer does.
///
/// What several sends of one occasion produce is gathered in the worker's ``OutputBuffer`` and leaves in one system
/// call: nearly the whole price of a small send is the call.
final class Connection: ReadinessHandler {
    /// What the connection speaks now.
    enum Stage {
        case http(HTTPStage)
        case webSocket(WebSocketStage)
        case closing
    }

    /// Reads in one turn before other connections get theirs.
    private static let readsPerTurn = 4

    /// What the kernel did not take at once.
    private final class Backlog {
        var bytes: [UInt8]
        private(set) var start = 0
        /// When the peer's time began, in monotonic milliseconds.
        private(set) var since: Int64
        /// Bytes that the kernel has taken since then.
        private var taken = 0

        init(_ bytes: [UInt8], at now: Int64) {
            self.bytes = bytes
            since = now
        }

        /// The kernel has taken some. A drip wins no time: only ``Timeouts/blockedByteCount`` begin it anew.
        func took(_ count: Int, at now: Int64) {
            start += count
            taken += count
            if taken >= Timeouts.blockedByteCount { (since, taken) = (now, 0) }
        }
    }

    // A broadcast touches every connection: what a send needs stands first, within one line of the processor's cache.

    private let socket: OwnedSocket
    /// Whether the peer's bytes travel encrypted.
    let isSecure: Bool
    private var isReading = true
    private var closesWhenSent = false
    private var registration: Registration?
    /// Nil while the kernel takes everything.
    private var backlog: Backlog?
    /// The worker that serves it; changes only while it is handed over.
    ///
    /// Unsafe for speed, and safe because a worker holds its connections: none outlives it in use. A checked reference
    /// is counted, atomically, for each member of each broadcast.
    unowned(unsafe) var worker: WorkerCore

    private(set) var stage: Stage
    private var engine: TLSEngine?
    /// Unique in the process; how a task that worked for this connection finds it again.
    let id: UInt64
    /// When bytes were last received, in monotonic milliseconds.
    private(set) var lastReceived: Int64
    private var patienceEnds: Int64

    /// When the stage's patience ends, in monotonic milliseconds; nil when it waits for nothing.
    var deadline: Int64? {
        get { patienceEnds == .max ? nil : patienceEnds }
        set { patienceEnds = newValue ?? .max }
    }

    init(id: UInt64, socket: consuming OwnedSocket, engine: consuming TLSEngine?, worker: WorkerCore) {
        self.id = id
        self.socket = socket
        isSecure = engine != nil
        self.engine = engine
        self.worker = worker
        lastReceived = MonotonicClock.nowMilliseconds()
        stage = .http(HTTPStage())
        patienceEnds = lastReceived + Timeouts.head
    }

    /// Whether output waits for the kernel.
    var isBlocked: Bool { backlog != nil }

    // MARK: Joining and leaving a worker

    /// Starts to hear of readiness. Closes itself when the kernel refuses.
    func register() {
        do {
            registration = try worker.loop.register(socket.descriptor, interest: interest, handler: self)
        } catch {
            worker.log.error("A connection could not be watched", metadata: ["error": "\(error)"])
            close()
        }
    }

    /// Stops hearing of readiness, so that another worker can take over.
    func unregister() {
        if let registration { worker.loop.deregister(registration) }
        registration = nil
    }

    private var interest: Interest {
        var interest: Interest = isReading ? .readable : []
        if isBlocked || closesWhenSent { interest.insert(.writable) }
        return interest
    }

    private func updateInterest() {
        guard let registration else { return }
        do { try worker.loop.modify(registration, interest: interest) } catch { close() }
    }

    /// Stops or goes on reading; what the peer sends meanwhile waits in the kernel.
    func setReading(_ isReading: Bool) {
        guard self.isReading != isReading else { return }
        self.isReading = isReading
        updateInterest()
    }

    // MARK: Input

    func ready(_ readiness: Readiness) {
        if readiness.contains(.writable) { drain() }
        if readiness.contains(.readable), isReading { gather { readAll() } }
        if registration != nil, !isReading || !readiness.contains(.readable),
            !readiness.isDisjoint(with: [.hangup, .error])
        {
            close()
        }
    }

    private func readAll() {
        let buffer = worker.readBuffer
        for _ in 0..<Self.readsPerTurn {
            guard registration != nil, isReading else { return }
            switch socket.read(into: buffer) {
            case .bytes(let count):
                lastReceived = MonotonicClock.nowMilliseconds()
                take(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
                if count < buffer.count { return }
            case .wouldBlock: return
            case .closed, .failed:
                close()
                return
            }
        }
    }

    private func take(_ bytes: UnsafeMutableRawBufferPointer) {
        guard isSecure else { return deliver(bytes) }
        engine?.receive(UnsafeRawBufferPointer(bytes))
        do {
            while registration != nil, let result = try engine?.read(into: worker.plainBuffer) {
                sendCiphertext()
                switch result {
                case .bytes(let count):
                    deliver(UnsafeMutableRawBufferPointer(rebasing: worker.plainBuffer[..<count]))
                case .needsInput: return
                case .closed: return close()
                }
            }
        } catch {
            sendCiphertext()
            close()
        }
    }

    private func deliver(_ bytes: UnsafeMutableRawBufferPointer) {
        switch stage {
        case .http(let http): http.receive(UnsafeRawBufferPointer(bytes), from: self)
        case .webSocket(let webSocket): webSocket.receive(bytes, from: self)
        case .closing: break
        }
    }

    /// Goes over to WebSocket; what has been read beyond the handshake is its first input.
    func upgrade(to webSocket: WebSocketStage, rest: ArraySlice<UInt8>) {
        stage = .webSocket(webSocket)
        deadline = nil
        webSocket.opened(on: self)
        guard !rest.isEmpty else { return }
        var rest = Array(rest)
        rest.withUnsafeMutableBytes { webSocket.receive($0, from: self) }
    }

    // MARK: Output

    /// Sends what `body` sends on this connection in one system call at its end.
    ///
    /// - Parameter body: May send on other connections too; those sends are not gathered. Within another gathering
    ///   it changes nothing.
    func gather(_ body: () -> Void) {
        let output = worker.output
        guard output.owner == nil else { return body() }
        output.owner = self
        body()
        output.owner = nil
        output.bytes.withUnsafeBytes { if !$0.isEmpty { put($0) } }
        output.clear()
    }

    /// Sends bytes, or keeps what the kernel does not take.
    ///
    /// - Parameter bytes: Shared with other connections as it is; copied only when it is gathered or kept.
    func send(_ bytes: [UInt8]) { bytes.withUnsafeBytes { send($0) } }

    /// Sends one frame with this payload.
    func send(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer) {
        let output = worker.output
        guard output.owner === self else { return send(FrameEncoder.frame(opcode, payload)) }
        FrameEncoder.append(to: &output.bytes, opcode, payload)
        if output.isFull { putGathered() }
    }

    private func send(_ bytes: UnsafeRawBufferPointer) {
        let output = worker.output
        guard output.owner === self else { return put(bytes) }
        output.bytes.append(contentsOf: bytes)
        if output.isFull { putGathered() }
    }

    /// Passes on what has been gathered so far.
    private func putGathered() {
        let output = worker.output
        output.bytes.withUnsafeBytes { put($0) }
        output.clear()
    }

    private func put(_ bytes: UnsafeRawBufferPointer) {
        guard registration != nil else { return }
        guard isSecure else { return transmit(bytes) }
        do throws(TLSError) { try engine?.write(bytes) } catch { return close() }
        sendCiphertext()
    }

    private func sendCiphertext() {
        guard let ciphertext = engine?.takeOutput(), !ciphertext.isEmpty else { return }
        ciphertext.withUnsafeBytes { transmit($0) }
    }

    private func transmit(_ bytes: UnsafeRawBufferPointer) {
        if let backlog {
            backlog.bytes.append(contentsOf: bytes)
            return
        }
        switch socket.write(bytes) {
        case .bytes(let count) where count == bytes.count: return
        case .bytes(let count): keep(bytes[count...])
        case .wouldBlock: keep(bytes[...])
        case .closed, .failed: close()
        }
    }

    private func keep(_ rest: Slice<UnsafeRawBufferPointer>) {
        backlog = Backlog(Array(rest), at: MonotonicClock.nowMilliseconds())
        updateInterest()
    }

    private func drain() {
        while let backlog, backlog.start < backlog.bytes.count {
            let result = backlog.bytes.withUnsafeBytes {
                socket.write(UnsafeRawBufferPointer(rebasing: $0[backlog.start...]))
            }
            switch result {
            case .bytes(let count):
                backlog.took(count, at: MonotonicClock.nowMilliseconds())
            case .wouldBlock: return
            case .closed, .failed: return close()
            }
        }
        backlog = nil
        if closesWhenSent { return close() }
        updateInterest()
        switch stage {
        case .http(let http): http.drained(self)
        case .webSocket(let webSocket): webSocket.drained(self)
        case .closing: break
        }
    }

    // MARK: The end

    /// Closes once everything given to ``send(_:)`` is with the kernel.
    func closeWhenSent() {
        if worker.output.owner === self { putGathered() }
        guard registration != nil else { return }
        stage = .closing
        isReading = false
        engine?.close()
        sendCiphertext()
        guard isBlocked else { return close() }
        closesWhenSent = true
        deadline = MonotonicClock.nowMilliseconds() + Timeouts.closing
        updateInterest()
    }

    /// Ends our side once everything is with the kernel, and drops what still comes until the peer ends its side.
    ///
    /// Closing with unread input would reset the connection, and the peer might never read our last bytes.
    func endAndDrop() {
        if worker.output.owner === self { putGathered() }
        guard registration != nil else { return }
        stage = .closing
        engine?.close()
        sendCiphertext()
        deadline = MonotonicClock.nowMilliseconds() + Timeouts.closing
        if isBlocked { closesWhenSent = true } else { socket.shutdownWrite() }
        setReading(true)
    }

    /// Closes at once. Safe to call twice.
    func close() {
        guard registration != nil else { return }
        if worker.output.owner === self, !worker.output.bytes.isEmpty { putGathered() }
        guard registration != nil else { return }
        unregister()
        socket.shutdownWrite()
        if case .webSocket(let webSocket) = stage { webSocket.closed() }
        stage = .closing
        worker.forget(self)
    }

    /// Called about once a second: ends what has waited too long.
    func sweep(at now: Int64) {
        if let backlog, now - backlog.since > Timeouts.blocked { return close() }
        switch stage {
        case .http(let http): if let deadline, now >= deadline { http.timedOut(self) }
        case .webSocket(let webSocket): webSocket.sweep(at: now, self)
        case .closing: if let deadline, now >= deadline { close() }
        }
    }
}

/// How long the server is patient, in milliseconds.
enum Timeouts {
    /// From the first byte of a request, or from accepting, to the end of its head.
    static let head: Int64 = 10_000
    /// From the head to the end of the body.
    static let body: Int64 = 15_000
    /// Between requests of a kept-alive connection.
    static let keepAlive: Int64 = 60_000
    /// From the upgrade to the hello (protocol rule H1).
    static let hello: Int64 = 10_000
    /// From a challenge to the next hello (rule H7).
    static let work: Int64 = 60_000
    /// Silence before a WebSocket ping (rule L2).
    static let ping: Int64 = 25_000
    /// From the ping until the connection is given up.
    static let pong: Int64 = 10_000
    /// For a peer to take what is pending, or ``blockedByteCount`` of it.
    static let blocked: Int64 = 60_000
    /// Bytes that win a peer with much pending its time anew: 273 a second, a tenth of the slowest telephone line.
    static let blockedByteCount = 16 << 10
    /// For a peer to finish the close handshake.
    static let closing: Int64 = 5_000
    /// For an answer that needs the journal.
    static let answer: Int64 = 30_000
}

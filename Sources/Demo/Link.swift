internal import EventLoop
internal import TLS

/// One outgoing connection as a stream of bytes, plain or under TLS; used inside the isolation of its loop's owner.
final class Link: ReadinessHandler {
    /// What the connection tells its owner.
    enum Event {
        /// Bytes can be sent.
        case opened
        /// Bytes came; the buffer is lent for the call, and may be written to.
        case received(UnsafeMutableRawBufferPointer)
        /// It is over; nothing comes after this. Nil when the peer ended it in order.
        case ended(reason: String?)
    }

    private enum Layer {
        case plain
        case secure(TLSBox)
    }

    private let loop: EventLoop
    private let layer: Layer
    private let onEvent: (Event) -> Void
    private let bufferByteCount = 64 << 10
    private var socket: OwnedSocket?
    private var registration: Registration?
    private var interest: Interest = [.readable, .writable]
    private var isConnected = false
    private var isStalled = false
    private var isOpen = false
    private var unsent: [UInt8] = []
    private var unsentStart = 0

    /// Begins a connection.
    ///
    /// - Parameters:
    ///   - address: Where to.
    ///   - tls: What TLS connections share; nil for none.
    ///   - host: The name that the certificate must be for.
    ///   - receiveByteCount: The kernel's buffer for what we have not read; nil leaves it adapting itself.
    ///   - loop: Watches the socket, and holds this object until the end.
    ///   - onEvent: Told what happens; release it in ``Event/ended(reason:)`` by dropping this object.
    /// - Throws: ``DemoError/connection(_:)`` when it cannot even begin.
    init(
        to address: SocketAddress, tls: TLSClientContext?, host: String, receiveByteCount: Int32? = nil,
        loop: EventLoop,
        onEvent: @escaping (Event) -> Void
    ) throws(DemoError) {
        self.loop = loop
        self.onEvent = onEvent
        do {
            layer = if let tls { .secure(TLSBox(try TLSEngine(client: tls, host: host))) } else { .plain }
            let socket = try OwnedSocket.connect(to: address)
            try socket.disableDelay()
            if let receiveByteCount { try socket.setBuffers(receiveBytes: receiveByteCount) }
            let descriptor = socket.descriptor
            self.socket = consume socket
            registration = try loop.register(descriptor, interest: interest, handler: self)
        } catch {
            throw .connection("\(address): \(error)")
        }
    }

    /// Sends bytes in order; what the kernel does not take now goes out when it does.
    ///
    /// - Parameter bytes: After ``Event/opened``; dropped when the connection is over.
    func send(_ bytes: [UInt8]) {
        guard socket != nil else { return }
        switch layer {
        case .plain: unsent.append(contentsOf: bytes)
        case .secure(let box):
            do { try bytes.withUnsafeBytes { try box.engine.write($0) } } catch { return end("\(error)") }
        }
    }

    /// Sends what is waiting; called once for many calls of ``send(_:)``.
    func flush() {
        guard isConnected else { return }
        if case .secure(let box) = layer { unsent.append(contentsOf: box.engine.takeOutput()) }
        while socket != nil, unsentStart < unsent.count {
            let result = unsent.withUnsafeBytes { bytes in
                socket?.write(UnsafeRawBufferPointer(rebasing: bytes[unsentStart...])) ?? .closed
            }
            switch result {
            case .bytes(let count): unsentStart += count
            case .wouldBlock: return watch([.readable, .writable])
            case .closed: return end("the server closed it")
            case .failed(let error): return end("\(error)")
            }
        }
        unsent.removeAll(keepingCapacity: unsent.count < bufferByteCount)
        unsentStart = 0
        watch(.readable)
    }

    /// Ends the connection at once, without an event.
    func cancel() {
        if let registration { loop.deregister(registration) }
        registration = nil
        socket = nil
    }

    func ready(_ readiness: Readiness) {
        if !isConnected {
            guard !readiness.isDisjoint(with: [.writable, .error, .hangup]) else { return }
            if let error = socket?.takeError() { return end("\(error)") }
            isConnected = true
            begin()
        }
        if !readiness.isDisjoint(with: [.readable, .hangup, .error]) { read() }
        flush()
    }

    private func begin() {
        switch layer {
        case .plain: open()
        case .secure: decrypt()
        }
    }

    private func open() {
        isOpen = true
        onEvent(.opened)
    }

    private func read() {
        withUnsafeTemporaryAllocation(byteCount: bufferByteCount, alignment: 16) { buffer in
            while socket != nil {
                switch socket?.read(into: buffer) ?? .closed {
                case .bytes(let count):
                    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
                    switch layer {
                    case .plain: onEvent(.received(part))
                    case .secure(let box):
                        box.engine.receive(UnsafeRawBufferPointer(part))
                        decrypt()
                    }
                    if count < buffer.count { return }
                case .wouldBlock: return
                case .closed: return end(isOpen ? nil : "the server closed it")
                case .failed(let error): return end("\(error)")
                }
            }
        }
    }

    private func decrypt() {
        guard case .secure(let box) = layer else { return }
        do {
            if !isOpen {
                guard try box.engine.handshake() == .complete else { return }
                open()
            }
            try withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 16) { buffer in
                while socket != nil {
                    switch try box.engine.read(into: buffer) {
                    case .bytes(let count):
                        onEvent(.received(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])))
                    case .needsInput: return
                    case .closed: return end(nil)
                    }
                }
            }
        } catch {
            flush()
            end("\(error)")
        }
    }

    /// Stops reading, as a phone that sleeps does, or goes on.
    func setReading(_ isReading: Bool) {
        isStalled = !isReading
        watch(isReading ? .readable : [])
    }

    private func watch(_ wanted: Interest) {
        var interest = wanted
        if isStalled { interest.remove(.readable) }
        guard interest != self.interest, let registration else { return }
        self.interest = interest
        do { try loop.modify(registration, interest: interest) } catch { end("\(error)") }
    }

    private func end(_ reason: String?) {
        guard socket != nil else { return }
        cancel()
        onEvent(.ended(reason: reason))
    }
}

/// A TLS engine that closures can share; the engine itself cannot be copied.
private final class TLSBox {
    var engine: TLSEngine
    init(_ engine: consuming TLSEngine) { self.engine = engine }
}

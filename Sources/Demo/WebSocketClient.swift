internal import Digests
internal import EventLoop
internal import TLS
internal import WebCodec

/// A WebSocket to the server, subprotocol `samskap.v1`; used inside the isolation of its loop's owner.
final class WebSocketClient {
    /// What the connection tells its owner.
    enum Event {
        /// Messages can be sent.
        case opened
        /// A text message; its bytes are lent for the call.
        case text(UnsafeRawBufferPointer)
        /// It is over; nothing comes after this. The close code of the server, when it sent one, and why.
        case ended(code: UInt16?, reason: String)
    }

    private enum State {
        case connecting
        case handshaking
        case open
        case ended
    }

    /// Longest message taken from the server: a whole board at once.
    private static let messageByteCountLimit = 64 << 20

    private let endpoint: Endpoint
    private let handshake: WebSocketClientHandshake
    private let onEvent: (Event) -> Void
    private var link: Link?
    private var state = State.connecting
    private var headDecoder = ResponseHeadDecoder()
    private var head: [UInt8] = []
    private var frames = FrameDecoder(role: .client, messageByteCountLimit: messageByteCountLimit)
    private var isClosing = false

    /// Begins a connection.
    ///
    /// - Parameters:
    ///   - endpoint: The server.
    ///   - address: Its address, looked up before.
    ///   - tls: What TLS connections share; nil for none.
    ///   - receiveByteCount: The kernel's buffer for what we have not read; nil leaves it adapting itself.
    ///   - loop: Watches the socket.
    ///   - onEvent: Told what happens.
    /// - Throws: ``DemoError/connection(_:)`` when it cannot even begin.
    init(
        to endpoint: Endpoint, at address: SocketAddress, tls: TLSClientContext?,
        receiveByteCount: Int32? = nil, loop: EventLoop,
        onEvent: @escaping (Event) -> Void
    ) throws(DemoError) {
        self.endpoint = endpoint
        self.onEvent = onEvent
        handshake = WebSocketClientHandshake(nonce: SecureRandom.bytes(16), subprotocols: ["samskap.v1"])
        link = try Link(
            to: address, tls: tls, host: endpoint.host, receiveByteCount: receiveByteCount, loop: loop
        ) { [weak self] in self?.take($0) }
    }

    /// Queues a text message; ``flush()`` sends it.
    func send(_ text: [UInt8]) { link?.send(FrameEncoder.frame(.text, text, key: Self.maskingKey())) }

    /// Stops reading, as a phone that sleeps does, or goes on.
    func setReading(_ isReading: Bool) { link?.setReading(isReading) }

    /// Sends what is queued.
    func flush() { link?.flush() }

    /// Says that we are done; the event comes when the server has said so too.
    func close() {
        guard !isClosing, case .open = state else { return }
        isClosing = true
        link?.send(FrameEncoder.close(CloseCode.normal, key: Self.maskingKey()))
        link?.flush()
    }

    /// Ends the connection at once, without an event.
    func cancel() {
        state = .ended
        link?.cancel()
        link = nil
    }

    private func take(_ event: Link.Event) {
        switch event {
        case .opened:
            state = .handshaking
            link?.send(handshake.request(host: endpoint.authority, path: "/ws", origin: endpoint.origin))
        case .received(let bytes): receive(bytes)
        case .ended(let reason): end(code: nil, reason ?? "the server closed the connection")
        }
    }

    private func receive(_ bytes: UnsafeMutableRawBufferPointer) {
        switch state {
        case .connecting, .ended: return
        case .handshaking:
            head.append(contentsOf: bytes)
            do {
                guard case .head(let response, let byteCount) = try headDecoder.decode(head) else { return }
                _ = try handshake.check(response, sha1: SHA1.hash)
                state = .open
                onEvent(.opened)
                var rest = Array(head[byteCount...])
                head = []
                rest.withUnsafeMutableBytes { readFrames($0) }
            } catch {
                end(code: nil, "no WebSocket there: \(error)")
            }
        case .open: readFrames(bytes)
        }
    }

    private func readFrames(_ bytes: UnsafeMutableRawBufferPointer) {
        var input = FrameInput(bytes)
        while case .open = state {
            do {
                guard let event = try frames.next(in: &input) else { return }
                take(event)
            } catch {
                end(code: nil, "a frame breaks the protocol: \(error)")
            }
        }
    }

    private func take(_ event: FrameEvent) {
        switch event {
        case .message(.text, let payload, _): payload.withUnsafeBytes { onEvent(.text($0)) }
        case .message(.binary, _, _): end(code: nil, "a binary message")
        case .ping(let payload): link?.send(FrameEncoder.frame(.pong, payload.bytes, key: Self.maskingKey()))
        case .pong: break
        case .close(let frame):
            if !isClosing { link?.send(FrameEncoder.close(frame.code, key: Self.maskingKey())) }
            link?.flush()
            end(code: frame.code, frame.reason)
        }
    }

    private func end(code: UInt16?, _ reason: String) {
        if case .ended = state { return }
        cancel()
        onEvent(.ended(code: code, reason: reason))
    }

    private static func maskingKey() -> MaskingKey {
        var generator = SystemRandomNumberGenerator()
        return MaskingKey(bits: generator.next())
    }
}

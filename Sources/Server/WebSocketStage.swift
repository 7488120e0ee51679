internal import Deflate
internal import EventLoop
internal import WebCodec

/// What speaks over a WebSocket: an echo, a relay, or a workshop's conversation.
protocol WebSocketApplication: AnyObject {
    /// The handshake is done.
    func opened(_ stage: WebSocketStage, on connection: Connection)
    /// A whole message came. The payload is valid during the call.
    func received(_ kind: MessageKind, _ payload: UnsafeRawBufferPointer, from connection: Connection)
    /// What was pending is with the kernel: merged broadcasts can go out.
    func drained(_ connection: Connection)
    /// About once a second.
    func sweep(at now: Int64, _ connection: Connection)
    /// The connection is gone.
    func closed()
}

/// A connection while it speaks WebSocket (RFC 6455): frames, pings, and the close handshake.
final class WebSocketStage {
    private var decoder: FrameDecoder
    private let application: any WebSocketApplication
    /// The workshop's conversation, when that is what speaks here.
    var member: Member? { application as? Member }
    private var isPaused = false
    private var hasSentClose = false
    /// When a ping was sent that nothing has come after, in monotonic milliseconds; 0 for none.
    private var pingSentAt: Int64 = 0
    /// The newest ping that came while output waited. Only that one is answered (RFC 6455 §5.5.3): a peer that pings and does
    /// not read would else have the server keep an answer to each.
    private var owedPong: [UInt8]?
    /// What was read but not used when the application asked to pause.
    private var unread: [UInt8] = []

    /// What was agreed on for compression; nil for none.
    let compression: CompressionTerms?
    /// The peer's window, once it has sent something compressed and if it keeps one.
    private var inflater: InflateStream?

    init(
        application: any WebSocketApplication, messageByteCountLimit limit: Int,
        compression: CompressionTerms?
    ) {
        decoder = FrameDecoder(
            role: .server, messageByteCountLimit: limit, allowsCompression: compression != nil)
        self.application = application
        self.compression = compression
    }

    func opened(on connection: Connection) { application.opened(self, on: connection) }
    func drained(_ connection: Connection) {
        if let payload = owedPong {
            owedPong = nil
            if !hasSentClose { connection.send(payload.withUnsafeBytes { FrameEncoder.frame(.pong, $0) }) }
        }
        application.drained(connection)
    }
    func closed() { application.closed() }

    func receive(_ bytes: UnsafeMutableRawBufferPointer, from connection: Connection) {
        pingSentAt = 0
        guard !isPaused else {
            unread.append(contentsOf: bytes)
            return
        }
        var input = FrameInput(bytes)
        do {
            while let event = try decoder.next(in: &input) {
                handle(event, connection)
                if isPaused {
                    unread = Array(bytes.suffix(input.count))
                    return
                }
            }
        } catch {
            fail(error.closeCode, connection)
        }
    }

    private func handle(_ event: FrameEvent, _ connection: Connection) {
        switch event {
        case .message(let kind, let payload, let isCompressed):
            guard !hasSentClose else { return }
            if isCompressed { return inflate(kind, payload, connection) }
            payload.withUnsafeBytes { application.received(kind, $0, from: connection) }
        case .ping(let payload):
            guard !hasSentClose else { return }
            guard !connection.isBlocked else { return owedPong = payload.withUnsafeBytes { Array($0) } }
            connection.send(payload.withUnsafeBytes { FrameEncoder.frame(.pong, $0) })
        case .pong: break
        case .close(let frame):
            if !hasSentClose {
                hasSentClose = true
                // A code is answered with itself (RFC 6455 §5.5.1).
                connection.send(FrameEncoder.close(frame.code))
            }
            connection.closeWhenSent()
            application.closed()
        }
    }

    /// Takes a compressed message (RFC 7692 §7.2.2), cut off at the message limit.
    private func inflate(_ kind: MessageKind, _ payload: FramePayload, _ connection: Connection) {
        do throws(DeflateError) {
            let inflater = try inflater(connection)
            let message = try inflater.decompress(payload.bytes)
            if compression?.clientKeepsContext != true { inflater.reset() }
            message.withUnsafeBytes { bytes in
                guard kind == .binary || UTF8Validator.isValid(bytes) else {
                    return fail(CloseCode.invalidPayload, connection)
                }
                application.received(kind, bytes, from: connection)
            }
        } catch {
            fail(error.closeCode, connection)
        }
    }

    /// One that keeps no window is the worker's: it is used for one message at a time.
    private func inflater(_ connection: Connection) throws(DeflateError) -> InflateStream {
        guard let compression, compression.clientKeepsContext else {
            if let shared = connection.worker.sharedInflater {
                shared.reset()
                return shared
            }
            let made = try InflateStream(messageByteCountLimit: decoder.messageByteCountLimit)
            connection.worker.sharedInflater = made
            return made
        }
        if let inflater { return inflater }
        let made = try InflateStream(
            windowBits: Int(compression.clientWindowBits),
            messageByteCountLimit: decoder.messageByteCountLimit)
        inflater = made
        return made
    }

    /// Fails the connection (RFC 6455 §7.1.7): says why, ends our side, and reads nothing more.
    private func fail(_ code: UInt16, _ connection: Connection) {
        guard !hasSentClose else { return connection.endAndDrop() }
        hasSentClose = true
        connection.send(FrameEncoder.close(code))
        connection.endAndDrop()
        application.closed()
    }

    /// Lets nothing more through until ``resume(_:)``, and stops reading.
    func pause(_ connection: Connection) {
        isPaused = true
        connection.setReading(false)
    }

    /// Goes on, first with what had been read.
    func resume(_ connection: Connection) {
        guard isPaused else { return }
        isPaused = false
        connection.setReading(true)
        guard !unread.isEmpty else { return }
        var bytes = unread
        unread = []
        bytes.withUnsafeMutableBytes { receive($0, from: connection) }
    }

    /// Begins the close handshake (RFC 6455 §7.1.2).
    func close(_ code: UInt16, _ connection: Connection) {
        guard !hasSentClose else { return }
        hasSentClose = true
        connection.send(FrameEncoder.close(code))
        connection.deadline = MonotonicClock.nowMilliseconds() + Timeouts.closing
        resume(connection)
    }

    /// The server goes down: everybody is told to come back (protocol rule L4).
    func goAway(_ connection: Connection) {
        if let member { member.comeBack() } else { close(CloseCode.goingAway, connection) }
    }

    /// Notices dead peers (protocol rule L2) and unfinished close handshakes.
    func sweep(at now: Int64, _ connection: Connection) {
        if hasSentClose {
            if let deadline = connection.deadline, now >= deadline { connection.close() }
            return
        }
        if pingSentAt > 0 {
            if now - pingSentAt > Timeouts.pong { return connection.close() }
        } else if now - connection.lastReceived > Timeouts.ping, !isPaused {
            pingSentAt = now
            connection.send(FrameEncoder.frame(.ping, []))
        }
        application.sweep(at: now, connection)
    }
}

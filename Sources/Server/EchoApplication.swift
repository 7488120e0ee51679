internal import Deflate
internal import WebCodec

/// Sends each message back, compressed if that was agreed on; for conformance suites.
///
/// While a peer does not take its answers, it is not read: what waits for it is at most what one turn reads.
final class EchoApplication: WebSocketApplication {
    private var compression: CompressionTerms?
    private var deflater: DeflateStream?
    private unowned var stage: WebSocketStage?

    func opened(_ stage: WebSocketStage, on connection: Connection) {
        compression = stage.compression
        self.stage = stage
    }

    func received(_ kind: MessageKind, _ payload: UnsafeRawBufferPointer, from connection: Connection) {
        defer { if connection.isBlocked { stage?.pause(connection) } }
        let opcode: Opcode = kind == .text ? .text : .binary
        guard let compression else { return connection.send(opcode, payload) }
        do throws(DeflateError) {
            let deflater = try deflater(compression)
            connection.send(
                FrameEncoder.frame(opcode, try deflater.compress(payload), isCompressed: true))
        } catch { connection.close() }
    }

    private func deflater(_ compression: CompressionTerms) throws(DeflateError) -> DeflateStream {
        if let deflater { return deflater }
        let made = try DeflateStream(windowBits: Int(compression.serverWindowBits))
        if compression.serverKeepsContext { deflater = made }
        return made
    }

    func drained(_ connection: Connection) { stage?.resume(connection) }
    func sweep(at now: Int64, _ connection: Connection) {}
    func closed() { stage = nil }
}

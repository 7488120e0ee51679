internal import WebCodec

/// Sends each message back, for conformance suites.
final class EchoApplication: WebSocketApplication {
    func opened(_ stage: WebSocketStage, on connection: Connection) {}
    func received(_ kind: MessageKind, _ payload: UnsafeRawBufferPointer, from connection: Connection) {
        connection.send(kind == .text ? .text : .binary, payload)
    }
    func drained(_ connection: Connection) {}
    func sweep(at now: Int64, _ connection: Connection) {}
    func closed() {}
}

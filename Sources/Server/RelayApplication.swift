internal import WebCodec

/// The connections under one path of `samskap relay`.
final class RelayGroup {
    var members: [Connection] = []
}

/// Sends each text message to everybody under the same path: our loop and framing without the domain, to be measured.
final class RelayApplication: WebSocketApplication {
    private let group: RelayGroup
    private weak var connection: Connection?

    init(_ group: RelayGroup) { self.group = group }

    func opened(_ stage: WebSocketStage, on connection: Connection) {
        self.connection = connection
        group.members.append(connection)
    }

    func received(_ kind: MessageKind, _ payload: UnsafeRawBufferPointer, from connection: Connection) {
        let frame = FrameEncoder.frame(kind == .text ? .text : .binary, payload)
        for member in group.members where !member.isBlocked { member.send(frame) }
    }

    func closed() { group.members.removeAll { $0 === connection } }
    func drained(_ connection: Connection) {}
    func sweep(at now: Int64, _ connection: Connection) {}
}

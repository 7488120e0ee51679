internal import WebCodec

/// The connections under one path of `samskap relay`, and what they are to be sent at the end of this turn.
final class RelayGroup {
    private var members: [RelayApplication] = []
    /// The members' connections, in the same order: a broadcast touches nothing else of them.
    ///
    /// Unmanaged for speed, and safe because a connection leaves the group before its worker forgets it.
    private var connections: [Unmanaged<Connection>] = []
    private var frames: [UInt8] = []
    /// As much is sent at once, or else those who do not read would each be kept all that a busy turn brings; 128 KiB.
    private static let flushByteCount = 128 << 10

    /// Whether nothing waits to be sent.
    var isIdle: Bool { frames.isEmpty }

    func append(_ kind: MessageKind, _ payload: UnsafeRawBufferPointer) {
        FrameEncoder.append(to: &frames, kind == .text ? .text : .binary, payload)
        if frames.count >= Self.flushByteCount { flush() }
    }

    /// Sends everybody what has come since the last time: one system call each, however many messages that is.
    func flush() {
        let frames = frames
        for connection in connections { connection._withUnsafeGuaranteedRef { $0.relay(frames) } }
        self.frames.removeAll(keepingCapacity: true)
    }

    func join(_ member: RelayApplication, on connection: Connection) {
        member.seat = members.count
        members.append(member)
        connections.append(.passUnretained(connection))
    }

    func leave(_ member: RelayApplication) {
        members.swapAt(member.seat, members.count - 1)
        members[member.seat].seat = member.seat
        members.removeLast()
        connections.swapAt(member.seat, connections.count - 1)
        connections.removeLast()
    }
}

/// Sends each text message to everybody under the same path: our loop and framing without the domain, to be measured.
final class RelayApplication: WebSocketApplication {
    private let group: RelayGroup
    private var isMember = false
    /// Its place among the group's members.
    fileprivate var seat = 0

    init(_ group: RelayGroup) { self.group = group }

    func opened(_ stage: WebSocketStage, on connection: Connection) {
        isMember = true
        group.join(self, on: connection)
    }

    func received(_ kind: MessageKind, _ payload: UnsafeRawBufferPointer, from connection: Connection) {
        if group.isIdle { connection.worker.flushSoon(group) }
        group.append(kind, payload)
    }

    func closed() {
        guard isMember else { return }
        isMember = false
        group.leave(self)
    }

    func drained(_ connection: Connection) {}
    func sweep(at now: Int64, _ connection: Connection) {}
}

extension Connection {
    /// Passes frames on unless the peer takes no more.
    fileprivate func relay(_ frames: [UInt8]) {
        if !isBlocked { send(frames) }
    }
}

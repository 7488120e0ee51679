internal import Digests
internal import EventLoop
internal import Session
internal import WebCodec
internal import Wire
internal import Workshop

/// One device's conversation with a workshop: does what the ``Session`` machine says, with a real connection and room.
final class Member: WebSocketApplication {
    /// The device's secret, hashed; nil before its hello.
    private(set) var secretHash: SecretHash?
    /// The participant; known once it is let in.
    private(set) var participant = ParticipantID(0)
    private(set) var role = Role.observer
    private(set) var attendance = Attendance.room
    private(set) var isConnected = true

    private var session = Session()
    private var room: Room?
    private weak var connection: Connection?
    private unowned var stage: WebSocketStage?

    func opened(_ stage: WebSocketStage, on connection: Connection) {
        self.connection = connection
        self.stage = stage
        connection.deadline = MonotonicClock.nowMilliseconds() + Timeouts.hello
    }
}

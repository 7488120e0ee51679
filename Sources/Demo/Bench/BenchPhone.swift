internal import EventLoop
internal import Wire

/// One participant of a load: says hello, writes when told, and looks for the time marks in what it is shown.
final class BenchPhone {
    /// What a message came to.
    enum News {
        case welcome
        case ack(due: Int64)
        case refused
        case challenge(DoorChallenge)
        case other
    }

    /// Before the 16 digits of a note's due time, in microseconds.
    static let mark = Array("T@".utf8)

    let room: Int
    /// Its place among the load's phones.
    let index: Int
    let secret: String
    var socket: WebSocketClient?
    /// Whether it has its first board since it dialled.
    private(set) var isLive = false
    private(set) var hasWelcome = false
    var isStalled = false
    /// Whether it will.
    var willStall = false
    /// Notes that it has been shown.
    private(set) var seen = 0
    private(set) var roomSequence = 0
    private(set) var ownSequence = 0
    private(set) var epoch = ""
    /// How long the server asked it to stay away, in milliseconds; nil when it did not ask.
    private(set) var pause: Int?
    private var ref = 0
    /// Notes on their way, oldest first.
    private var unanswered: [(ref: Int, due: Int64)] = []

    init(room: Int, index: Int, secret: String) {
        self.room = room
        self.index = index
        self.secret = secret
    }

    /// The line is gone.
    func lose() {
        pause = nil
        socket?.cancel()
        socket = nil
        isLive = false
        hasWelcome = false
    }

    /// A note that carries when it was due.
    func note(due: Int64) -> [UInt8] {
        ref += 1
        unanswered.append((ref, due))
        let digits = String(due / 1_000)
        let padded = String(repeating: "0", count: max(0, 16 - digits.count)) + digits
        return Array(
            "{\"type\":\"note.add\",\"ref\":\(ref),\"text\":\"Flere benker langs elva, der eldre kan hvile T@\(padded)\"}"
                .utf8)
    }

    /// Reads a message without parsing it; calls `deliver` with the due time of each note in it, in nanoseconds.
    func read(_ bytes: UnsafeRawBufferPointer, _ deliver: (Int64) -> Void) -> News {
        if bytes.starts(with: Self.roomChanges) {
            roomSequence = number(bytes, after: Self.roomChanges.count)
            isLive = true
            scan(bytes, deliver)
        } else if bytes.starts(with: Self.ownChanges) {
            ownSequence = number(bytes, after: Self.ownChanges.count)
        } else if bytes.starts(with: Self.ack) {
            return answered(number(bytes, after: Self.ack.count)).map { .ack(due: $0) } ?? .other
        } else if bytes.starts(with: Self.refused) {
            _ = answered(number(bytes, after: Self.refused.count))
            return .refused
        } else if bytes.starts(with: Self.welcome) {
            hasWelcome = true
            let members = JSONValue(reading: bytes)
            let known = epoch
            epoch = members?["epoch"]?.string ?? ""
            // Nothing is newer for one who comes back to where it was.
            if known == epoch { isLive = true }
            return .welcome
        } else if bytes.starts(with: Self.challenge) {
            return JSONValue(reading: bytes).flatMap(DoorChallenge.init).map { .challenge($0) } ?? .other
        } else if bytes.starts(with: Self.bye) {
            pause = JSONValue(reading: bytes)?["comeBackAfterMilliseconds"]?.number
        }
        return .other
    }

    private static let roomChanges = Array(#"{"type":"changes","channel":"room","sequence":"#.utf8)
    private static let ownChanges = Array(#"{"type":"changes","channel":"own","sequence":"#.utf8)
    private static let ack = Array(#"{"type":"ack","ref":"#.utf8)
    private static let refused = Array(#"{"type":"refused","ref":"#.utf8)
    private static let welcome = Array(#"{"type":"welcome""#.utf8)
    private static let bye = Array(#"{"type":"bye""#.utf8)
    private static let challenge = Array(#"{"type":"challenge""#.utf8)

    private func answered(_ ref: Int) -> Int64? {
        guard let index = unanswered.firstIndex(where: { $0.ref == ref }) else { return nil }
        return unanswered.remove(at: index).due
    }

    private func number(_ bytes: UnsafeRawBufferPointer, after start: Int) -> Int {
        var value = 0
        for byte in bytes[start...] {
            guard byte >= 0x30, byte <= 0x39 else { break }
            value = value &* 10 &+ Int(byte &- 0x30)
        }
        return value
    }

    private func scan(_ bytes: UnsafeRawBufferPointer, _ deliver: (Int64) -> Void) {
        guard bytes.count >= 18, let base = bytes.baseAddress else { return }
        var index = 0
        let end = bytes.count - 18
        while index <= end {
            // `T` and `@` as one little-endian word.
            guard base.loadUnaligned(fromByteOffset: index, as: UInt16.self) == 0x4054 else {
                index += 1
                continue
            }
            var value: Int64 = 0
            for offset in 2..<18 { value = value &* 10 &+ Int64(bytes[index + offset] &- 0x30) }
            seen += 1
            deliver(value &* 1_000)
            index += 18
        }
    }
}

internal import EventLoop
internal import WebCodec
internal import Wire
internal import Workshop

/// When a room last sent its broadcasts, and what the next ones are made of.
struct FanOut {
    /// Longest time between two broadcasts of one room; 20 ms.
    static let longestIntervalNanoseconds: Int64 = 20_000_000

    /// Before this monotonic time nothing is broadcast, in nanoseconds.
    var notBefore: Int64 = 0
    /// Whether a timer for the next broadcast runs.
    var isScheduled = false
    /// Connected participants as last told.
    var presence: (room: Int, remote: Int) = (-1, -1)
    /// Whether a timer for telling presence runs.
    var isPresenceScheduled = false
}

extension Room {
    /// Broadcasts what members have not seen, at once or when the interval is over.
    ///
    /// The interval follows what a broadcast costs: a small room answers at once, a large one merges what comes within
    /// the time that it takes to tell everybody, and at most 20 ms.
    func flush() {
        let now = MonotonicClock.nowNanoseconds()
        guard now >= fanOut.notBefore else { return scheduleFlush(in: fanOut.notBefore - now) }
        // Nothing that is not durable is ever shown; the channels hold only what is.
        var frames = FrameCache()
        var sent = 0
        for member in members where !member.isBehind {
            sent += member.catchUp(self, &frames)
        }
        guard sent > 0 else { return }
        let cost = MonotonicClock.nowNanoseconds() - now
        fanOut.notBefore = now + min(4 * cost, FanOut.longestIntervalNanoseconds)
    }

    private func scheduleFlush(in nanoseconds: Int64) {
        guard !fanOut.isScheduled else { return }
        fanOut.isScheduled = true
        worker.loop.schedule(afterMilliseconds: (nanoseconds + 999_999) / 1_000_000) { [weak self] in
            guard let self else { return }
            self.fanOut.isScheduled = false
            self.flush()
        }
    }

    /// Tells everybody how many are connected (protocol rule L3), if that has changed.
    func tellPresence() {
        var presence = (room: 0, remote: 0)
        for member in members where member.role == .participant {
            if member.attendance == .room { presence.room += 1 } else { presence.remote += 1 }
        }
        guard presence != fanOut.presence else { return }
        fanOut.presence = presence
        let frame = FrameEncoder.frame(
            .text, ServerMessage.presence(room: presence.room, remote: presence.remote))
        for member in members where !member.isBehind { member.send(frame) }
    }
}

/// The frames of one broadcast: each (channel, since) is encoded and framed once, however many get it.
struct FrameCache {
    private struct Key: Hashable {
        var channel: ChannelName
        var since: UInt64
    }

    private var frames: [Key: [UInt8]] = [:]
    private var last: (key: Key, frame: [UInt8])?

    /// The frame that brings a follower of a channel from a sequence to now.
    mutating func frame(of name: ChannelName, since: UInt64, in room: Room) -> [UInt8] {
        let key = Key(channel: name, since: since)
        if let last, last.key == key { return last.frame }
        let frame = frames[key] ?? Self.encode(name, since: since, in: room)
        frames[key] = frame
        last = (key, frame)
        return frame
    }

    /// One frame, encoded for one follower.
    static func encode(_ name: ChannelName, since: UInt64, in room: Room) -> [UInt8] {
        var changes = ChangesBuilder(channel: name, sequence: room.channels.sequence)
        room.channels[name].forEachChange(since: since) { key, value in
            if let value { changes.set(key, value) } else { changes.drop(key) }
        }
        return FrameEncoder.frame(.text, changes.finish())
    }
}

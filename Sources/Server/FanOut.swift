internal import EventLoop
internal import WebCodec
internal import Wire
internal import Workshop

/// When a room may take its next turn, and who is told what.
struct FanOut {
    /// Before this monotonic time the room takes no turn, in nanoseconds.
    var notBefore: Int64 = 0
    /// The longest that members may not be told of new totals, when nothing else is new; one second.
    static let longestCalm: Int64 = 1_000_000_000

    /// Before this monotonic time nobody but staff is told of new totals alone, in nanoseconds.
    var calmUntil: Int64 = 0
    /// Whether a timer for telling them runs.
    var isCalmScheduled = false
    /// The sequence of the room's channel that all who keep up have been sent.
    var room: UInt64 = 0
    /// Members who follow shared channels beside the room's.
    var watchers: [Member] = []
    /// Members with answers that leave with the next broadcast.
    var owing: [Member] = []
    /// When it last sent a broadcast, in monotonic nanoseconds.
    var flushedAt: Int64 = 0
    /// Whether a timer for the next turn runs.
    var isScheduled = false
    /// Connected participants as last told.
    var presence: (room: Int, remote: Int) = (-1, -1)
    /// How far the votes of those who are connected were when it was last told.
    var turnout: Turnout?
    /// Whether a timer for telling presence runs.
    var isPresenceScheduled = false
}

extension Room {
    /// Sends every member what it has not seen: its answers, and one merged frame for each channel that has changed.
    ///
    /// Nothing that is not durable is ever shown; the channels hold only what is. No allocation, no hash and one
    /// system call for a member who gets what everybody gets.
    func flush() {
        let begun = MonotonicClock.nowNanoseconds()
        fanOut.flushedAt = begun
        let isCalm = begun < fanOut.calmUntil
        let room = isCalm ? channels.pressingRoomChange : channels.lastChange(of: .room)
        if isCalm, room < channels.lastChange(of: .room) { flushWhenCalmEnds() }
        if !isCalm {
            // A millisecond for each member: a small room knows at once.
            fanOut.calmUntil = begun + min(Int64(members.count) * 1_000_000, FanOut.longestCalm)
        }
        if fanOut.room < room || mayHavePrivateNews {
            fanOut.room = max(fanOut.room, room)
            for member in members {
                if member.followsMore || member.isOwed
                    || (mayHavePrivateNews && member.hasPrivateNews(self))
                {
                    member.catchUp(self)
                } else if member.hasSeenRoom < room {
                    member.catchUpRoom(self)
                }
            }
        } else {
            // While people write privately, or a hall comes in, there is news for few: nobody else is looked at.
            for member in fanOut.watchers { member.catchUp(self) }
            for member in fanOut.owing where member.isOwed { member.catchUp(self) }
        }
        fanOut.owing.removeAll(keepingCapacity: true)
        paced(from: begun)
    }

    private func flushWhenCalmEnds() {
        guard !fanOut.isCalmScheduled else { return }
        fanOut.isCalmScheduled = true
        worker.loop.schedule(atNanoseconds: fanOut.calmUntil) { [weak self] in
            guard let self else { return }
            self.fanOut.isCalmScheduled = false
            self.flush()
        }
    }

    /// Sets when the next turn may be: the busier the worker, the more is merged.
    ///
    /// A room on a quiet worker answers at once. When the worker's rooms take an eighth of its time, all wait for the
    /// next tick of 33 ms, and then share one commit and one round of broadcasts; between, in proportion.
    private func paced(from begun: Int64) {
        let now = MonotonicClock.nowNanoseconds()
        worker.load.add(now - begun, at: now)
        fanOut.notBefore = worker.load.nextTick(after: now)
    }

    /// Takes a turn as soon as the pace allows.
    func turnWhenDue() {
        let now = MonotonicClock.nowNanoseconds()
        guard now < fanOut.notBefore else { return turn() }
        guard !fanOut.isScheduled else { return }
        fanOut.isScheduled = true
        worker.loop.schedule(atNanoseconds: fanOut.notBefore) { [weak self] in
            guard let self else { return }
            self.fanOut.isScheduled = false
            self.worker.touch(self)
        }
    }

    /// Tells everybody how many are connected (protocol rule L3), if that has changed.
    func tellPresence() {
        var presence = (room: 0, remote: 0)
        for member in members where member.role == .participant && !member.isAtDoor {
            if member.attendance == .room { presence.room += 1 } else { presence.remote += 1 }
        }
        // What is being stored may yet come to nothing: it is not told of.
        if isStoring, fanOut.turnout != nil || workshop.openRound != nil {
            return worker.presenceChanged(in: self)
        }
        let turnout = Turnout(of: members.lazy.map(\.participant), in: workshop)
        let isNew = presence != fanOut.presence || turnout != fanOut.turnout
        fanOut.presence = presence
        fanOut.turnout = turnout
        let frame = FrameEncoder.frame(
            .text,
            ServerMessage.presence(room: presence.room, remote: presence.remote, turnout: turnout))
        for member in members where !member.isBehind && !member.isAtDoor && (isNew || !member.knowsPresence) {
            member.knowsPresence = true
            member.send(frame)
        }
    }
}

/// Frames as long as the channels stay as they are: each (channel, since) is encoded and framed once, however many get
/// it, be it a broadcast, a first load or a hall that comes back.
struct FrameCache {
    /// More than this are not kept; members who come back one by one each have their own `since`.
    private static let limit = 64

    private struct Key: Hashable {
        var channel: ChannelName
        var since: UInt64
    }

    private var frames: [Key: [UInt8]] = [:]
    /// First loads of the room's channel, compressed by themselves.
    private var load: [UInt8]?
    /// What nearly everybody gets.
    private var common: (since: UInt64, frame: [UInt8])?

    /// The frame that brings a follower of a channel from a sequence to now.
    mutating func frame(of name: ChannelName, since: UInt64, in room: Room) -> [UInt8] {
        if case .room = name { return roomFrame(since: since, in: room) }
        // Nobody else has this one.
        if case .own = name { return Self.encode(name, since: since, in: room) }
        return cached(name, since, room)
    }

    /// The frame that brings a follower of the room's channel from a sequence to now.
    mutating func roomFrame(since: UInt64, in room: Room) -> [UInt8] {
        if let common, common.since == since { return common.frame }
        let frame = cached(.room, since, room)
        if common == nil || since > 0 { common = (since, frame) }
        return frame
    }

    /// The whole of the room's channel, compressed by itself; nil when that is not worth it.
    mutating func roomLoad(in room: Room) -> [UInt8]? {
        if let load { return load }
        let plain = roomFrame(since: 0, in: room)
        guard plain.count >= SharedDeflate.leastLoad else { return nil }
        load = SharedDeflate.load(plain)
        return load
    }

    private mutating func cached(_ name: ChannelName, _ since: UInt64, _ room: Room) -> [UInt8] {
        let key = Key(channel: name, since: since)
        if let frame = frames[key] { return frame }
        let frame = Self.encode(name, since: since, in: room)
        if frames.count >= Self.limit { frames = [:] }
        frames[key] = frame
        return frame
    }

    /// One frame, encoded for one follower.
    static func encode(_ name: ChannelName, since: UInt64, in room: Room) -> [UInt8] {
        let isWhole = room.mustBeWhole(name, since: since)
        var changes = ChangesBuilder(channel: name, sequence: room.channels.sequence, isWhole: isWhole)
        room.channels[name].forEachChange(since: isWhole ? 0 : since) { key, value in
            if let value { changes.set(key, value.json) } else { changes.drop(key) }
        }
        return FrameEncoder.frame(.text, changes.finish())
    }
}

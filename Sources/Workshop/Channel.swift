/// One keyed map that subscribers follow. Who sees what is decided by which channel an entry is in, and nowhere else.
public enum ChannelName: Hashable, Sendable {
    /// Everybody.
    case room
    /// One participant.
    case own(ParticipantID)
    /// The facilitator and helpers.
    case staff
    /// The facilitator alone, and the room screen: what helps people come in.
    case door
}

/// What an entry is about; unique within its channel.
public enum EntryKey: Hashable, Sendable {
    case session
    case phase
    case runSheetPhase(PhaseID)
    case board(BoardID)
    case timer
    case totals
    case spotlight
    case note(NoteID)
    case cluster(ClusterID)
    case round(RoundID)
    case me
    case door
    case undo
    case participant(ParticipantID)
}

/// A channel's content with the sequence at which each key last changed, and the keys that were dropped.
///
/// `changes(since:)` alone serves the live broadcast, the first load, the phone that slept and the slow phone
/// (protocol rule C3). Nothing is queued for anybody.
public struct Channel<Value: Equatable> {
    private typealias Slot = (key: EntryKey, value: Value?, sequence: UInt64)

    /// Up to this many keys are searched one by one: most channels are a participant's own, with one to three.
    private static var fewKeys: Int { 8 }

    /// The entries in order of their last change, while there are few; empty once there are many.
    private var few: [Slot] = []
    /// Every key ever set, with its value now (nil once dropped) and the sequence of its last change, once there are many.
    private var slots: [EntryKey: (value: Value?, sequence: UInt64)] = [:]
    /// Changes in order; a line whose key has changed since is stale and skipped.
    private var log: [(sequence: UInt64, key: EntryKey)] = []
    /// How many keys have a value.
    public private(set) var count = 0
    /// The sequence of the last change.
    public private(set) var lastChange: UInt64 = 0

    /// Makes an empty channel.
    public init() {}

    /// The value under a key.
    public subscript(key: EntryKey) -> Value? {
        slots.isEmpty ? few.first { $0.key == key }?.value : slots[key]?.value
    }

    /// Puts a value under a key, or drops the key. Nothing happens when that changes nothing.
    ///
    /// - Parameters:
    ///   - value: The value; nil drops the key.
    ///   - key: The key.
    ///   - sequence: The record that caused it; never lower than in an earlier call.
    /// - Returns: Whether it changed anything.
    @discardableResult
    public mutating func put(_ value: Value?, for key: EntryKey, at sequence: UInt64) -> Bool {
        slots.isEmpty ? putAmongFew(value, key, sequence) : putAmongMany(value, key, sequence)
    }

    private mutating func putAmongFew(_ value: Value?, _ key: EntryKey, _ sequence: UInt64) -> Bool {
        let index = few.firstIndex { $0.key == key }
        let old = index.flatMap { few[$0].value }
        guard old != value else { return false }
        count += (value == nil ? 0 : 1) - (old == nil ? 0 : 1)
        lastChange = sequence
        if let index {
            // A key that has changed already at this sequence keeps its place.
            if few[index].sequence == sequence {
                few[index].value = value
                return true
            }
            few.remove(at: index)
        }
        few.append((key, value, sequence))
        if few.count > Self.fewKeys { becomeMany() }
        return true
    }

    private mutating func becomeMany() {
        for slot in few {
            slots[slot.key] = (slot.value, slot.sequence)
            log.append((slot.sequence, slot.key))
        }
        few = []
    }

    private mutating func putAmongMany(_ value: Value?, _ key: EntryKey, _ sequence: UInt64) -> Bool {
        let old = slots[key]
        guard old?.value != value else { return false }
        if value == nil, old == nil { return false }
        count += (value == nil ? 0 : 1) - (old?.value == nil ? 0 : 1)
        slots[key] = (value, sequence)
        lastChange = sequence
        // A key that has changed already at this sequence has its line.
        if old?.sequence != sequence { log.append((sequence, key)) }
        if log.count > 64, log.count > 2 * slots.count { compact() }
        return true
    }

    /// Calls `visit` once for each key that changed after `sequence`, oldest change first; a nil value means dropped.
    ///
    /// With `sequence` 0 dropped keys are left out: there is nothing to drop yet.
    public func forEachChange(since sequence: UInt64, _ visit: (EntryKey, Value?) -> Void) {
        guard sequence < lastChange else { return }
        for slot in few where slot.sequence > sequence && (slot.value != nil || sequence > 0) {
            visit(slot.key, slot.value)
        }
        var start = log.count
        while start > 0, log[start - 1].sequence > sequence { start -= 1 }
        for index in start..<log.count {
            let line = log[index]
            guard let slot = slots[line.key], slot.sequence == line.sequence else { continue }
            if slot.value == nil, sequence == 0 { continue }
            visit(line.key, slot.value)
        }
    }

    private mutating func compact() {
        log = log.filter { slots[$0.key]?.sequence == $0.sequence }
    }
}

extension Channel: Sendable where Value: Sendable {}

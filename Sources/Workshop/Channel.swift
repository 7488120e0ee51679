/// One keyed map that subscribers follow. Who sees what is decided by which channel an entry is in, and nowhere else.
public enum ChannelName: Hashable, Sendable {
    /// Everybody.
    case room
    /// One participant.
    case own(ParticipantID)
    /// The members of one group.
    case group(GroupID)
    /// The facilitator and helpers.
    case staff
    /// The facilitator alone, and the room screen: what helps people come in.
    case door
}

/// What an entry is about; unique within its channel.
public enum EntryKey: Hashable, Sendable {
    case session
    case retention
    case phase
    case runSheetPhase(PhaseID)
    case board(BoardID)
    case timer
    case totals
    case spotlight
    case speakers
    case note(NoteID)
    case cluster(ClusterID)
    case round(RoundID)
    case me
    case door
    case undo
    case plan
    case participant(ParticipantID)
    case process
    case step(Int)
    case processSession(SessionID)
    case item(ItemID)
    case cofacilitator(LinkID)
    case part
    case group(GroupID)
}

/// A channel's content with the sequence at which each key last changed, and the keys that were dropped.
///
/// `changes(since:)` alone serves the live broadcast, the first load, the phone that slept and the slow phone
/// (protocol rule C3). Nothing is queued for anybody.
public struct Channel<Value: Equatable> {
    fileprivate typealias Slot = (key: EntryKey, value: Value?, sequence: UInt64)

    /// Up to this many keys are searched one by one.
    private static var fewKeys: Int { 8 }

    /// What there is, in the form that takes least room: there is a channel for each participant, and most of those
    /// hold one entry.
    fileprivate enum Storage {
        case none
        case one(Slot)
        /// In order of their last change.
        case few([Slot])
        case many(ManyEntries<Value>)
    }

    private var storage = Storage.none
    /// The sequence of the last change.
    public private(set) var lastChange: UInt64 = 0

    /// Makes an empty channel.
    public init() {}

    /// How many keys have a value.
    public var count: Int {
        switch storage {
        case .none: 0
        case .one(let slot): slot.value == nil ? 0 : 1
        case .few(let slots): slots.count { $0.value != nil }
        case .many(let entries): entries.count
        }
    }

    /// The value under a key.
    public subscript(key: EntryKey) -> Value? {
        switch storage {
        case .none: nil
        case .one(let slot): slot.key == key ? slot.value : nil
        case .few(let slots): slots.first { $0.key == key }?.value
        case .many(let entries): entries[key]
        }
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
        guard self[key] != value else { return false }
        lastChange = sequence
        let slot: Slot = (key, value, sequence)
        switch storage {
        case .none: storage = .one(slot)
        case .one(let old): storage = old.key == key ? .one(slot) : .few([old, slot])
        case .few(var slots):
            storage = .none
            if let index = slots.firstIndex(where: { $0.key == key }) {
                // A key that has changed already at this sequence keeps its place.
                if slots[index].sequence == sequence {
                    slots[index] = slot
                } else {
                    slots.remove(at: index)
                    slots.append(slot)
                }
            } else {
                slots.append(slot)
            }
            storage = slots.count > Self.fewKeys ? .many(ManyEntries(slots)) : .few(slots)
        case .many(var entries):
            storage = .none
            entries.put(value, for: key, at: sequence)
            storage = .many(entries)
        }
        return true
    }

    /// Calls `visit` once for each key that changed after `sequence`, oldest change first; a nil value means dropped.
    ///
    /// With `sequence` 0 dropped keys are left out: there is nothing to drop yet.
    public func forEachChange(since sequence: UInt64, _ visit: (EntryKey, Value?) -> Void) {
        guard sequence < lastChange else { return }
        func look(_ slot: Slot) {
            if slot.sequence > sequence, slot.value != nil || sequence > 0 { visit(slot.key, slot.value) }
        }
        switch storage {
        case .none: break
        case .one(let slot): look(slot)
        case .few(let slots): for slot in slots { look(slot) }
        case .many(let entries): entries.forEachChange(since: sequence, visit)
        }
    }
}

/// The entries of a channel that has many keys: found by hash, with a log of their changes.
private struct ManyEntries<Value: Equatable> {
    /// Every key ever set, with its value now (nil once dropped) and the sequence of its last change.
    private var slots: [EntryKey: (value: Value?, sequence: UInt64)] = [:]
    /// Changes in order; a line whose key has changed since is stale and skipped.
    private var log: [(sequence: UInt64, key: EntryKey)] = []
    /// How many keys have a value.
    private(set) var count = 0

    init(_ few: [(key: EntryKey, value: Value?, sequence: UInt64)]) {
        for slot in few {
            slots[slot.key] = (slot.value, slot.sequence)
            log.append((slot.sequence, slot.key))
            if slot.value != nil { count += 1 }
        }
    }

    subscript(key: EntryKey) -> Value? { slots[key]?.value }

    mutating func put(_ value: Value?, for key: EntryKey, at sequence: UInt64) {
        let old = slots.updateValue((value, sequence), forKey: key)
        count += (value == nil ? 0 : 1) - (old?.value == nil ? 0 : 1)
        // A key that has changed already at this sequence has its line.
        if old?.sequence != sequence { log.append((sequence, key)) }
        if log.count > 64, log.count > 2 * slots.count { compact() }
    }

    func forEachChange(since sequence: UInt64, _ visit: (EntryKey, Value?) -> Void) {
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

extension ManyEntries: Sendable where Value: Sendable {}
extension Channel.Storage: Sendable where Value: Sendable {}
extension Channel: Sendable where Value: Sendable {}

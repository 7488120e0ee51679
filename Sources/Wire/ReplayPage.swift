public import Workshop

/// A workshop's history as its room saw it, from the journal's records: for the facilitator who goes through it afterwards
/// (protocol section Y).
///
/// *When* and *where* come from the past, *what* from now. A note stands in it only where everybody could see it then and
/// can see it still, with the words, and the author if any, that it has now; so what was withdrawn, taken off, erased,
/// concealed or reworded is in no moment of it. Clusters have the names that they have now, and none when they are gone.
public struct ReplayPage {
    /// What is told of: keys of the room's channel that the console draws.
    private let now: Workshop
    private let after: UInt64
    private let byteLimit: Int
    private var past: Workshop
    private var shown: [EntryKey: [UInt8]] = [:]
    private var base: [UInt8] = []
    private var baseAt: (sequence: UInt64, time: Int64)
    private var steps: [UInt8] = []
    private let begins: UInt64
    /// The last record that the page tells of.
    public private(set) var last: UInt64

    /// Starts a page.
    ///
    /// - Parameters:
    ///   - now: The workshop as it is: nothing is told that its room does not show.
    ///   - start: What the first record that is left builds on: the empty workshop, or a snapshot.
    ///   - after: The last record that the reader has; the page tells of those behind it. At the start or before it, the
    ///     page begins with everything that was shown there.
    ///   - byteLimit: No further step is begun once the steps have so many bytes.
    public init(of now: Workshop, from start: Workshop, after: UInt64, byteLimit: Int) {
        self.now = now
        self.after = max(after, start.sequence)
        self.byteLimit = byteLimit
        past = start
        begins = start.sequence
        last = self.after
        baseAt = (start.sequence, start.now)
        guard start.sequence > 0 else { return }
        let changes = show(start.allPlaces)
        if after <= start.sequence { base = changes.set }
    }

    /// Takes the next record.
    ///
    /// - Returns: Whether the page wants another.
    public mutating func take(_ record: Workshop::Record) -> Bool {
        guard past.sequence < now.sequence, steps.count < byteLimit else { return false }
        let touched = past.apply(record)
        // Even what the reader has must be gone through, to know what changes.
        let (set, dropped) = show(touched)
        guard past.sequence > after else { return true }
        last = past.sequence
        if set.isEmpty, dropped.isEmpty { return true }
        if !steps.isEmpty { steps.append(UInt8(ascii: ",")) }
        steps += "{\"sequence\":\(past.sequence),\"at\":\(past.now),\"set\":{".utf8
        steps += set
        steps += "},\"drop\":[".utf8
        steps += dropped
        steps += "]}".utf8
        return true
    }

    /// Shows what was touched, and gives what that changed, as JSON without its brackets.
    private mutating func show(_ touched: Touched) -> (set: [UInt8], dropped: [UInt8]) {
        var set: [UInt8] = []
        var dropped: [UInt8] = []
        for place in touched.places where place.channel == .room {
            let entry = told(place.key).map(EntryCodec.encode)
            guard entry != shown[place.key] else { continue }
            if let entry {
                if !set.isEmpty { set.append(UInt8(ascii: ",")) }
                place.key.write(to: &set)
                set.append(UInt8(ascii: ":"))
                set += entry
            } else {
                if !dropped.isEmpty { dropped.append(UInt8(ascii: ",")) }
                place.key.write(to: &dropped)
            }
            shown[place.key] = entry
        }
        return (set, dropped)
    }

    /// What the room showed under a key, as far as it may be told now.
    private func told(_ key: EntryKey) -> Entry? {
        switch key {
        case .note(let id):
            guard isTold(id), let then = past.notes[id],
                case .note(var entry)? = now.entry(for: key, in: .room)
            else { return nil }
            entry.note.column = then.column
            entry.note.cluster = then.cluster
            return .note(entry)
        case .cluster(let id):
            guard var cluster = past.clusters[id] else { return nil }
            cluster.name = now.clusters[id]?.name ?? ""
            cluster.notes = cluster.notes.filter(isTold)
            return .cluster(cluster)
        case .session, .phase, .board, .totals, .spotlight, .round: return past.entry(for: key, in: .room)
        // Who asked for the word is told while it goes on, and in no history.
        case .retention, .timer, .runSheetPhase, .me, .door, .undo, .plan, .participant, .speakers, .group,
            .process,
            .step, .processSession, .item, .cofacilitator, .part:
            return nil
        }
    }

    /// Whether everybody could see a note then, and can now.
    private func isTold(_ id: NoteID) -> Bool {
        guard let then = past.notes[id], let note = now.notes[id] else { return false }
        return past.isVisibleToAll(then) && now.isVisibleToAll(note)
    }

    /// The page: an object in UTF-8.
    public func document() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(base.count + steps.count + 256)
        bytes += "{\"begins\":\(begins),\"after\":\(after),\"last\":\(last),\"head\":\(now.sequence)".utf8
        if after == begins {
            bytes += ",\"base\":{\"sequence\":\(baseAt.sequence),\"at\":\(baseAt.time),\"set\":{".utf8
            bytes += base
            bytes += "}}".utf8
        }
        bytes += ",\"steps\":[".utf8
        bytes += steps
        bytes += "]}".utf8
        return bytes
    }
}

/// How long a workshop is kept, and what has been erased from it; the only memory of what is gone.
///
/// A workshop is erased so many days after it was ended. One that nobody ends is erased so many days after the last
/// thing that somebody did in it.
public struct Retention: Hashable, Sendable, Codable {
    /// Days that a workshop is kept when nothing else is said; 90.
    public static let usualDays = 90
    /// Days that can be asked for: 1 to 3,650.
    public static let allowedDays = 1...3_650

    /// How many days after the end.
    public internal(set) var days = Retention.usualDays
    /// When it is to be looked at for erasure, in milliseconds since 1970-01-01T00:00:00Z; nil for a workshop from before
    /// there was a date. Final once the workshop has ended; before that it only says when to look again.
    public internal(set) var eraseAt: Int64?
    /// When somebody last did something, in milliseconds since 1970-01-01T00:00:00Z.
    public internal(set) var activeAt: Int64 = 0
    /// Notes that a facilitator has erased for good. What they said, and whose they were, is nowhere.
    public internal(set) var erasedNotes = 0

    /// The length that `days` stand for, in milliseconds.
    var length: Int64 { Retention.milliseconds(days) }

    /// Days in milliseconds.
    static func milliseconds(_ days: Int) -> Int64 { Int64(days) * 86_400_000 }
}

extension Workshop {
    /// Whether this workshop is to be erased at a time: its date has come, and nobody has done anything meanwhile.
    public func isToBeErased(at time: Int64) -> Bool {
        guard let eraseAt = retention.eraseAt, eraseAt <= time else { return false }
        return endedAt != nil || retention.activeAt + retention.length <= time
    }

    /// Decides how long the workshop is kept.
    func decideRetention(_ command: Command, at time: Int64) throws(Refusal) -> [Event] {
        switch command {
        case .setRetention(let days):
            guard Retention.allowedDays.contains(days) else { throw .invalidValue }
            let eraseAt = (endedAt ?? time) + Retention.milliseconds(days)
            // Nobody is to be surprised: to have it gone at once there is another way.
            guard eraseAt > time else { throw .invalidValue }
            let own: [Event] = part?.isKeptWithProcess == true ? [.process(.keptWithProcess(false))] : []
            return own + [.retentionSet(days: days, eraseAt: eraseAt)]
        case .postponeErasure:
            guard let eraseAt = retention.eraseAt, eraseAt <= time, !isToBeErased(at: time) else {
                throw .noTimer
            }
            return [.retentionSet(days: retention.days, eraseAt: retention.activeAt + retention.length)]
        default: throw .notAllowed
        }
    }

    /// Applies how long the workshop is kept.
    mutating func applyRetention(_ event: Event, touching touched: inout Touched) {
        guard case .retentionSet(let days, let eraseAt) = event else { return }
        retention.days = days
        retention.eraseAt = eraseAt
        touched.insert(.room, .retention)
    }
}

extension Event {
    /// Whether what it takes away must be gone from the journal as well: the log is then replaced by the state after it.
    public var demandsCompaction: Bool {
        switch self {
        case .noteErased, .participantErased: true
        default: false
        }
    }

    /// Whether it is a sign that the workshop is in use, also where no record says who did it.
    var isActivity: Bool {
        if case .retentionSet = self { false } else { true }
    }
}

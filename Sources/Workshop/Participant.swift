/// Somebody's, or some device's, place in the workshop.
public struct Participant: Hashable, Sendable, Codable {
    /// Its identifier.
    public var id: ParticipantID
    /// What it may do.
    public var role: Role
    /// A name of its own choosing; empty when none was given.
    public var name: String
    /// Where it takes part from.
    public var attendance: Attendance
    /// The hash of the device's own secret.
    public var secret: SecretHash
    /// Whether the facilitator has removed it.
    public var isRemoved = false
    /// Whether it was removed because the link that it came by has been replaced.
    public var isRevoked = false
    /// Whether it is ready to go on.
    public var isReady = false
    /// Whether its hand is up.
    public var isHandRaised = false
    /// How many share it, when it is the device of a table; nil for one person's.
    public var tableHeads: Int?
    /// What it waits for; nil when it takes part.
    public var wait: Wait?
    /// When it last wrote a note while there was a pace to keep; 0 for never.
    public var wroteAt: Int64 = 0
    /// Whether it has not been connected for so long that a group cannot count on it.
    public var isAway = false
    /// The group it is in, in the phase that is open.
    public var group: GroupID?
    /// How many notes it has written, by phase; copies that were carried on are not counted.
    public var notes: [PhaseID: Int] = [:]
    /// Which of its commands have been accepted.
    public var accepted = AcceptedRefs()

    /// Makes a participant.
    public init(id: ParticipantID, role: Role, name: String, attendance: Attendance, secret: SecretHash) {
        self.id = id
        self.role = role
        self.name = name
        self.attendance = attendance
        self.secret = secret
    }
}

/// Which of one participant's counters have been accepted (protocol rule R3).
///
/// A device sends its commands in order and sends again, in order, whatever was not answered. So everything it needs to
/// know about a counter it sent twice is whether it was accepted: below the highest accepted one and not accepted means refused.
public struct AcceptedRefs: Hashable, Sendable, Codable {
    /// What is known about a counter.
    public enum Standing: Hashable, Sendable {
        /// Above all accepted ones.
        case new
        /// Accepted before.
        case accepted
        /// Refused before, or too far back to tell.
        case passed
    }

    /// The highest counter accepted; 0 for none.
    public private(set) var last: UInt32 = 0
    /// Bit *i* says whether counter `last − i` was accepted.
    private var window: UInt64 = 0

    /// Makes an empty record.
    public init() {}

    /// What is known about a counter.
    public func standing(of ref: UInt32) -> Standing {
        guard ref <= last else { return .new }
        let back = last - ref
        return back < 64 && window & (1 << back) != 0 ? .accepted : .passed
    }

    /// Notes that a counter was accepted. Only a new one can be.
    public mutating func accept(_ ref: UInt32) {
        guard ref > last else { return }
        let forward = ref - last
        window = forward < 64 ? window << forward | 1 : 1
        last = ref
    }
}

public import Workshop

/// An entry as a channel keeps it: its JSON, or for those of which there are two for each phone, a few bytes that it
/// is written from when somebody asks.
///
/// A hall of 10,000 phones keeps 10,000 entries `me` and as many `participant/p…`: nearly all are of people who gave no
/// name, and hold four small facts.
public enum KeptEntry: Hashable, Sendable {
    case json([UInt8])
    case me(NamelessPerson)
    case participant(NamelessPerson)

    /// Keeps an entry in the smallest form that gives it back whole.
    public init(_ entry: Entry) {
        switch entry {
        case .me(let me):
            let person = NamelessPerson(
                number: me.id.number, role: me.role, attendance: me.attendance, isReady: me.isReady,
                isHandRaised: me.isHandRaised)
            // Whatever else an entry may come to say, what does not fit is kept as JSON.
            self = person.me == me ? .me(person) : .json(EntryCodec.encode(entry))
        case .participant(let participant):
            let person = NamelessPerson(
                number: 0, role: participant.role, attendance: participant.attendance, isReady: false,
                isHandRaised: participant.isHandRaised)
            self =
                person.participant == participant ? .participant(person) : .json(EntryCodec.encode(entry))
        default: self = .json(EntryCodec.encode(entry))
        }
    }

    /// The entry as JSON.
    public var json: [UInt8] {
        switch self {
        case .json(let bytes): bytes
        case .me(let person): EntryCodec.encode(.me(person.me))
        case .participant(let person): EntryCodec.encode(.participant(person.participant))
        }
    }
}

/// What is to be told of somebody who gave no name, in eight bytes.
public struct NamelessPerson: Hashable, Sendable {
    var number: UInt32
    var role: Role
    var attendance: Attendance
    var isReady: Bool
    var isHandRaised: Bool

    var me: MeEntry {
        MeEntry(
            id: ParticipantID(number), role: role, name: "", attendance: attendance, isReady: isReady,
            isHandRaised: isHandRaised)
    }

    var participant: ParticipantEntry {
        ParticipantEntry(role: role, name: "", attendance: attendance, isHandRaised: isHandRaised)
    }
}

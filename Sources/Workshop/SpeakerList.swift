/// Names one request for the word. Given to the request and not to the person: it tells nothing about who asks.
public struct SpeechID: Identifier {
    /// The letter before the number.
    public static let prefix: Character = "q"
    /// The number, from 1.
    public let number: UInt32
    /// Makes the identifier with that number.
    public init(_ number: UInt32) { self.number = number }
}

/// What somebody asks the word for.
public enum SpeechKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A speech (*innlegg*): after those who asked before.
    case speech
    /// A reply (*replikk*) to whoever speaks: before all speeches, after the replies asked for before.
    case reply
}

/// Who has the word, who gets it next, and how many have had it: one queue for the room and for those elsewhere.
///
/// A name stands here only while its bearer waits or speaks. What stays is how many spoke.
public struct SpeakerList: Hashable, Sendable, Codable {
    /// Whether one can get onto it.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// There is no list.
        case closed
        /// Who wants to asks for the word.
        case open
        /// The line is drawn (*strek*): those on it get the word, nobody new asks.
        case drawn
    }

    /// Somebody who asks for the word.
    public struct Request: Hashable, Sendable, Codable {
        /// Its identifier.
        public var id: SpeechID
        /// What for.
        public var kind: SpeechKind
        /// Who asks; nil for somebody without a device, whom staff has put in.
        public var participant: ParticipantID?
        /// The name of somebody whom staff has put in; empty otherwise, since a participant's own is looked up.
        public var name: String
        /// Where somebody whom staff has put in is.
        public var attendance: Attendance
    }

    /// Somebody's turn to speak.
    public struct Turn: Hashable, Sendable, Codable {
        /// Who has it.
        public var request: Request
        /// When it began, in milliseconds since 1970-01-01T00:00:00Z.
        public var since: Int64
        /// How long it is meant to last; 0 for as long as it takes.
        public var seconds: Int
    }

    /// How many have had the word, of one kind.
    public struct Spoken: Hashable, Sendable, Codable {
        /// From the room.
        public var room = 0
        /// From elsewhere.
        public var remote = 0
        /// Those of both whom staff had put in.
        public var byHand = 0
        /// All of them.
        public var all: Int { room + remote }

        /// Nobody yet.
        public init() {}
    }

    /// Whether one can get onto it.
    public internal(set) var state = State.closed
    /// Seconds that a speech is meant to last; 0 for no limit.
    public internal(set) var speechSeconds = 0
    /// Seconds that a reply is meant to last; 0 for no limit.
    public internal(set) var replySeconds = 0
    /// Who has the word.
    public internal(set) var current: Turn?
    /// Who gets it, in order.
    public internal(set) var queue: [Request] = []
    /// The number of the last request ever made.
    var lastNumber: UInt32 = 0
    /// How many speeches have been held.
    public internal(set) var speeches = Spoken()
    /// How many replies have been given.
    public internal(set) var replies = Spoken()

    /// A closed list that nobody has spoken on.
    public init() {}

    /// The identifier that the next request gets.
    var nextID: SpeechID { SpeechID(lastNumber + 1) }

    /// Everybody who waits or speaks.
    var all: [Request] { (current.map { [$0.request] } ?? []) + queue }

    /// The requests of one participant: what it waits for, and its own turn.
    public func requests(of participant: ParticipantID) -> [SpeechID] {
        state == .closed ? [] : all.filter { $0.participant == participant }.map(\.id).sorted()
    }

    /// The seconds that a turn of a kind is meant to last; 0 for no limit.
    func seconds(of kind: SpeechKind) -> Int { kind == .speech ? speechSeconds : replySeconds }

    /// Puts a request where its kind belongs. Replies keep their order among themselves, wherever the facilitator has moved them.
    mutating func insert(_ request: Request) {
        lastNumber = max(lastNumber, request.id.number)
        switch request.kind {
        case .speech: queue.append(request)
        case .reply:
            let last = queue.lastIndex { $0.kind == .reply }
            queue.insert(request, at: last.map { $0 + 1 } ?? 0)
        }
    }

    /// Ends the turn of whoever speaks, and counts it.
    mutating func finish(from attendance: Attendance) {
        guard let turn = current else { return }
        var spoken = turn.request.kind == .speech ? speeches : replies
        switch attendance {
        case .room: spoken.room += 1
        case .remote: spoken.remote += 1
        }
        if turn.request.participant == nil { spoken.byHand += 1 }
        if turn.request.kind == .speech { speeches = spoken } else { replies = spoken }
        current = nil
    }
}

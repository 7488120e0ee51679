internal import Wire

/// Something that one person does.
enum Act: Hashable, Sendable {
    /// Writes a note; the comment it stands for in the data.
    case write(comment: Int, text: String)
    /// Votes on a note.
    case vote(round: String, note: String, value: Int)
    /// Anything a facilitator does: a command's type and its other members.
    case lead(type: String, members: [JSONValue.Member])

    /// The command as a message (protocol.md, "Commands").
    ///
    /// - Parameter ref: The sender's counter.
    /// - Returns: JSON.
    func message(ref: Int) -> [UInt8] {
        let (type, members): (String, [JSONValue.Member])
        switch self {
        case .write(_, let text): (type, members) = ("note.add", [.init(name: "text", value: .string(text))])
        case .vote(let round, let note, let value):
            type = "vote.cast"
            members = [
                .init(name: "round", value: .string(round)), .init(name: "target", value: .string(note)),
                .init(name: "value", value: .number(value)),
            ]
        case .lead(let name, let others): (type, members) = (name, others)
        }
        let head: [JSONValue.Member] = [
            .init(name: "type", value: .string(type)), .init(name: "ref", value: .number(ref)),
        ]
        return JSONValue.object(head + members).encoded
    }
}

/// One person with a connection and a secret of their own, and what the server has shown them.
///
/// A pure part: messages in, messages out, no socket and no clock.
struct Attendee {
    /// What a message came to.
    enum Outcome: Hashable {
        /// Nothing to report.
        case nothing
        /// We are in.
        case joined
        /// The door asks for work.
        case asked(DoorChallenge)
        /// So many acts are done for good. `written` is a comment that became this note.
        case done(count: Int, written: (comment: Int, note: String)?)
        /// The server asks to wait before anything is sent again.
        case busy(seconds: Int)
        /// It cannot go on.
        case failed(String)

        static func == (left: Outcome, right: Outcome) -> Bool { "\(left)" == "\(right)" }
        func hash(into hasher: inout Hasher) { hasher.combine("\(self)") }
    }

    /// Each channel's entries, by key.
    private(set) var channels: [String: [String: JSONValue]] = [:]
    /// Each channel's last sequence.
    private(set) var sequences: [String: Int] = [:]
    /// Whether `welcome` has come.
    private(set) var hasJoined = false
    /// Whether the server asked to wait.
    private(set) var isWaiting = false

    private var waiting: [Act] = []
    /// To be sent again, in order, once the pause is over.
    private var postponed: [Act] = []
    private var unanswered: [(ref: Int, act: Act)] = []
    private var lastRef = 0
    private var noteByRef: [Int: String] = [:]

    /// What everybody sees.
    var room: [String: JSONValue] { channels["room"] ?? [:] }
    /// Whether nothing is waiting and nothing unanswered.
    var isIdle: Bool { waiting.isEmpty && postponed.isEmpty && unanswered.isEmpty }

    /// Nobody yet: say hello first.
    init() {}

    /// Puts an act at the end of what this person will do.
    mutating func add(_ act: Act) { waiting.append(act) }

    /// The pause that the server asked for is over.
    mutating func resume() {
        isWaiting = false
        waiting.insert(contentsOf: postponed, at: 0)
        postponed = []
    }

    /// The messages that may be sent now: as many as the server leaves unanswered (rule R4).
    ///
    /// - Returns: Each one a command, in order.
    mutating func takeMessages() -> [[UInt8]] {
        guard hasJoined, !isWaiting else { return [] }
        let count = min(waiting.count, WireLimits.unanswered - unanswered.count)
        guard count > 0 else { return [] }
        let acts = waiting.prefix(count)
        waiting.removeFirst(count)
        return acts.map { act in
            lastRef += 1
            unanswered.append((lastRef, act))
            return act.message(ref: lastRef)
        }
    }

    /// Takes a message of the server.
    ///
    /// - Parameter message: The message.
    /// - Returns: What it came to.
    mutating func receive(_ message: Message) -> Outcome {
        switch message {
        case .welcome(_, let last):
            hasJoined = true
            lastRef = max(lastRef, last)
            return .joined
        case .challenge(let challenge): return .asked(challenge)
        case .changes(let channel, let sequence, let set, let drop):
            channels[channel, default: [:]].merge(set) { $1 }
            for key in drop { channels[channel]?[key] = nil }
            sequences[channel] = sequence
            if channel == "own" { remember(set) }
            return .nothing
        case .ack(let ref): return acknowledge(ref)
        case .refused(let ref, let code, let seconds):
            return refuse(ref, code: code, retryAfterSeconds: seconds)
        case .bye(let reason): return .failed("the server says goodbye: \(reason)")
        case .other: return .nothing
        }
    }

    private mutating func remember(_ set: [String: JSONValue]) {
        for (key, entry) in set where key.hasPrefix("note/") {
            if let ref = entry["ref"]?.number { noteByRef[ref] = String(key.dropFirst(5)) }
        }
    }

    private mutating func acknowledge(_ ref: Int) -> Outcome {
        guard let act = answered(ref) else { return .failed("an answer to \(ref), which was not asked") }
        switch act {
        case .write(let comment, _):
            guard let note = noteByRef[ref] else {
                return .failed("a note was acknowledged before it was shown (R2)")
            }
            return .done(count: 1, written: (comment, note))
        case .vote, .lead: return .done(count: 1, written: nil)
        }
    }

    private mutating func refuse(_ ref: Int, code: String, retryAfterSeconds: Int?) -> Outcome {
        guard let act = answered(ref) else { return .failed("an answer to \(ref), which was not asked") }
        guard let retryAfterSeconds else { return .failed("it refuses \(act): \(code)") }
        // It is sent with a new counter: nothing was stored, and a later one may have been accepted meanwhile, which
        // makes the old counter useless (rule R3). For the same reason a vote that a later one replaces is let go.
        if case .vote(let round, let note, _) = act, isReplaced(round, note) {
            return .done(count: 1, written: nil)
        }
        postponed.append(act)
        guard !isWaiting else { return .nothing }
        isWaiting = true
        return .busy(seconds: retryAfterSeconds)
    }

    /// Whether a later vote of this person stands on the same note.
    private func isReplaced(_ round: String, _ note: String) -> Bool {
        (unanswered.map(\.act) + waiting).contains { act in
            if case .vote(round, note, _) = act { true } else { false }
        }
    }

    private mutating func answered(_ ref: Int) -> Act? {
        guard let index = unanswered.firstIndex(where: { $0.ref == ref }) else { return nil }
        return unanswered.remove(at: index).act
    }
}

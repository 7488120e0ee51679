public import Journal
public import Wire
public import Workshop

/// A live workshop without its surroundings: what waits, what is being stored, what is shown, and who is told what.
///
/// Theory. Commands that arrive while nothing is being stored are decided together, in order, each against the state
/// that the one before it left; then all their records go to the journal in one append. Until it answers, the state
/// is ahead of what is durable, so nothing is shown, answered or decided; what arrives meanwhile waits. When it
/// answers, the channels are brought up to the state, everybody is answered, and the next batch is decided. A failed
/// append throws all of this away and loads the workshop again: the journal is the truth.
///
/// It reads no clock, draws no number and does no I/O: a server drives it with sockets and a database, the simulator
/// with neither. `Asker` is whatever its driver knows people by.
public struct RoomCore<Asker> {
    /// Who a command is from.
    public enum Origin: Hashable, Sendable {
        /// Somebody who has joined and is connected; `ref` is their own counter for it.
        case member(ParticipantID, ref: UInt32)
        /// Somebody at the door, known by the device's secret.
        case newcomer(SecretHash)
        /// Somebody who has joined and is not connected, or the clock, when its driver wants an answer.
        case caller(Actor)
        /// The clock.
        case clock
    }

    /// A command that has not been decided.
    public struct Request {
        /// What is asked.
        public var command: Command
        /// Who it is from.
        public var origin: Origin
        /// Who is told what came of it.
        public var asker: Asker
        /// A directory key that must lead here for the command to hold; the one it replaces.
        public var code: (new: String, old: String)?
        /// How a newcomer comes in. It must still hold when the command is decided: a link may have been replaced, a code changed,
        /// the door closed by what waited before it. Nil is a way back, which does not hold for somebody erased meanwhile.
        public var entrance: Entrance?

        /// Makes a request.
        public init(
            command: Command, origin: Origin, asker: Asker, code: (new: String, old: String)? = nil,
            entrance: Entrance? = nil
        ) {
            self.command = command
            self.origin = origin
            self.asker = asker
            self.code = code
            self.entrance = entrance
        }
    }

    /// What is told to an asker once the batch is durable.
    public enum Outcome: Hashable, Sendable {
        case accepted
        case refused(Refusal)
    }

    /// What a turn came to.
    public enum Turn {
        /// Nothing waits, or something is being stored.
        case nothing
        /// All has been decided and nothing is to be stored: ``settle()`` is next.
        case settled
        /// To be stored; ``settle()`` when it is. When `compacts`, the whole state takes the log's place with it.
        case store(Append, compacts: Bool)
    }

    /// Commands decided in one batch at most.
    public static var batchLimit: Int { 500 }
    /// Commands that may wait; beyond it askers are told to come again.
    public static var waitingLimit: Int { 20_000 }

    /// The workshop, as far as it has been decided.
    public private(set) var workshop: Workshop
    /// What everybody may see: the workshop as far as it is durable.
    public private(set) var channels: Channels<KeptEntry>
    /// From here on own channels know what was dropped in them. Ballots are not in the log, so a state that was loaded
    /// does not know whose own votes a close took away before: a follower from before is given its channel whole.
    public let ownHistoryBegins: UInt64
    /// Whether an append is under way.
    public private(set) var isStoring = false
    /// Whether the last batch touched the own channel of somebody who was owed no answer for it.
    public private(set) var hasNewsForOthers = false

    private var waiting: [Request] = []
    private var answers: [(request: Request, outcome: Outcome)] = []
    private var touched = Touched()

    /// Begins with what the journal holds.
    ///
    /// - Parameters:
    ///   - workshop: Its state; its `id` is the journal's stream.
    ///   - channels: What that state shows.
    public init(workshop: Workshop, channels: Channels<KeptEntry>) {
        self.workshop = workshop
        self.channels = channels
        ownHistoryBegins = workshop.sequence
    }

    /// Whether a follower of a channel from a sequence is to be given all of it in the place of what it has (protocol rule
    /// C6).
    public func mustBeWhole(_ channel: ChannelName, since: UInt64) -> Bool {
        if case .own = channel { since > 0 && since < ownHistoryBegins } else { false }
    }

    /// Whether something waits to be decided.
    public var hasWaiting: Bool { !waiting.isEmpty }
    /// Whether every command given has been answered.
    public var isSettled: Bool { waiting.isEmpty && !isStoring }

    /// Takes a command.
    ///
    /// - Returns: False when too many wait: its asker is to come again.
    public mutating func submit(_ request: Request) -> Bool {
        guard waiting.count < Self.waitingLimit else { return false }
        waiting.append(request)
        return true
    }

    /// Decides what waits.
    ///
    /// - Parameter now: The server's clock, in milliseconds since 1970-01-01T00:00:00Z.
    /// - Returns: What is to be done about it.
    public mutating func turn(at now: Int64) -> Turn {
        guard !isStoring, !waiting.isEmpty else { return .nothing }
        let batch = waiting.prefix(Self.batchLimit)
        if batch.count == waiting.count { waiting = [] } else { waiting.removeFirst(batch.count) }
        var append = Append(stream: workshop.id, expected: workshop.sequence)
        let eraseAt = workshop.retention.eraseAt
        var compacts = false
        for request in batch {
            let outcome = decide(request, at: now, into: &append, &compacts)
            answers.append((request, outcome))
        }
        append.directory += DirectoryKey.changes(
            from: eraseAt, to: workshop.retention.eraseAt, of: workshop.id)
        if append.records.isEmpty, append.cells.isEmpty { return .settled }
        isStoring = true
        return .store(append, compacts: compacts)
    }

    private mutating func decide(
        _ request: Request, at now: Int64, into append: inout Append, _ compacts: inout Bool
    ) -> Outcome {
        if case .newcomer(let secret) = request.origin {
            // Somebody who dialled twice before the first join was stored has joined by now.
            if workshop.participant(holding: secret) != nil { return .accepted }
            guard let entrance = request.entrance else { return .refused(.removed) }
            guard workshop.role(by: entrance) != nil else { return .refused(.notAllowed) }
        }
        let (actor, ref): (Actor, UInt32) =
            switch request.origin {
            case .member(let participant, let ref): (.participant(participant), ref)
            case .newcomer: (.newcomer, 0)
            case .caller(let actor): (actor, 0)
            case .clock: (.clock, 0)
            }
        do throws(Refusal) {
            guard
                case .record(let record) = try workshop.decide(request.command, by: actor, ref: ref, at: now)
            else { return .accepted }
            workshop.apply(record, touching: &touched)
            Self.add(record, to: &append)
            compacts = compacts || record.events.contains(where: \.demandsCompaction)
            if let code = request.code {
                append.directory.append(.remove(key: DirectoryKey.code(code.old)))
                append.directory.append(.put(key: DirectoryKey.code(code.new)))
            }
            if case .end = request.command, !workshop.code.isEmpty {
                append.directory.append(.remove(key: DirectoryKey.code(workshop.code)))
            }
            return .accepted
        } catch { return .refused(error) }
    }

    /// Splits a record into what the log keeps and what lives in cells.
    private static func add(_ record: Workshop::Record, to append: inout Append) {
        var logged = record
        logged.events.removeAll(where: \.isErasable)
        append.records.append(RecordCodec.encode(logged))
        for event in record.events {
            switch event {
            case .ballotSet(let round, let voter, let ballot):
                let key = CellCodec.key(round, voter)
                append.cells.append(
                    ballot.isEmpty ? .erase(key: key) : .put(key: key, value: CellCodec.encode(ballot)))
            case .tableBallotSet(let round, let table, let ballot):
                let key = CellCodec.key(round, table)
                append.cells.append(
                    ballot.isEmpty ? .erase(key: key) : .put(key: key, value: CellCodec.encode(ballot)))
            case .roundClosed(let round, _, _): append.cells.append(.erasePrefix(CellCodec.prefix(round)))
            default: break
            }
        }
    }

    /// Shows a batch that is durable.
    ///
    /// - Returns: Who is to be told what, in the order in which they asked.
    public mutating func settle() -> [(asker: Asker, outcome: Outcome)] {
        isStoring = false
        channels.show(touched, of: workshop, encode: KeptEntry.init)
        hasNewsForOthers = touchesOthers()
        touched = Touched()
        let answered = answers.map { ($0.request.asker, $0.outcome) }
        answers = []
        return answered
    }

    private func touchesOthers() -> Bool {
        var askers: Set<ParticipantID> = []
        for (request, _) in answers {
            switch request.origin {
            case .member(let participant, _): askers.insert(participant)
            case .newcomer(let secret):
                // Is sent its whole channel when it is let in.
                if let id = workshop.participant(holding: secret)?.id { askers.insert(id) }
            case .caller, .clock: break
            }
        }
        return touched.places.contains { place in
            switch place.channel {
            case .own(let reader): !askers.contains(reader)
            // Whoever wrote in it is not the only one who follows it.
            case .group: true
            case .room, .staff, .door: false
            }
        }
    }

    /// Gives everything up: the state is not to be trusted any more.
    ///
    /// - Returns: Whose commands nobody knows the outcome of, and whose were never decided; both may try again.
    public mutating func abandon() -> (undecided: [Asker], unknown: [Asker]) {
        defer { (answers, waiting) = ([], []) }
        return (waiting.map(\.asker), answers.map(\.request.asker))
    }

    /// Decides nothing more until ``resume()``, while the stream is being erased.
    public mutating func pause() { isStoring = true }

    /// Goes on after a pause.
    public mutating func resume() { isStoring = false }
}

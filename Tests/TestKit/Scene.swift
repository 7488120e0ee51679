internal import Wire
public import Workshop

/// A workshop on the table: commands go through `decide` and `apply`, and the log of records is kept for replay.
public struct Scene {
    /// The workshop now.
    public private(set) var workshop = Workshop()
    /// Its channels, brought up to date record by record, as a server does it.
    public private(set) var channels = Channels<[UInt8]>()
    /// What a journal would hold.
    public private(set) var records: [Workshop::Record] = []
    /// The clock.
    public var now: Int64 = 1_795_478_400_000
    private var refs: [ParticipantID: UInt32] = [:]

    /// The first phase private with all acts for participants, the second for clustering, the third for votes.
    public static let phases = [
        Phase(
            id: PhaseID(1), name: "Write", minutes: 5, board: BoardID(1), participants: [.add, .editOwn],
            helpers: [.add, .cluster], visibility: .own, timerClosesInput: true),
        Phase(
            id: PhaseID(2), name: "Cluster", board: BoardID(1), participants: [.editOwn, .move, .cluster],
            helpers: [.cluster, .move]),
        Phase(
            id: PhaseID(3), name: "Vote", board: BoardID(1), rhythm: .plenary, participants: [.vote],
            vote: VoteSetup(kind: .dots(budget: 3, cap: 2), targets: .clusters)),
    ]

    /// After those: pairs, fours and tables of one's own choosing, each seen by the group alone, and then plenary.
    public static let groupPhases = [
        Phase(
            id: PhaseID(4), name: "Pairs", minutes: 2, board: BoardID(1), rhythm: .group,
            participants: [.add, .editOwn], visibility: .group, grouping: Grouping(how: .random, size: 2),
            advances: true),
        Phase(
            id: PhaseID(5), name: "Fours", minutes: 4, board: BoardID(1), rhythm: .group,
            participants: [.add, .editOwn], visibility: .group, anonymity: .none,
            grouping: Grouping(how: .merge),
            advances: true),
        Phase(
            id: PhaseID(6), name: "Tables", board: BoardID(1), rhythm: .group,
            participants: [.add, .editOwn],
            visibility: .group, grouping: Grouping(how: .choice, tables: 3)),
        Phase(
            id: PhaseID(7), name: "All", board: BoardID(1), rhythm: .plenary, participants: [.add, .editOwn]),
    ]

    /// A secret's hash that is different for each number.
    public static func secret(_ number: UInt8) -> SecretHash {
        SecretHash([UInt8](repeating: number, count: 31) + [0xEE]) ?? { preconditionFailure("32 bytes") }()
    }

    /// Begins a workshop, with a facilitator who is `p1`.
    public init(
        phases: [Phase] = Scene.phases, boards: [Board]? = nil, limits: Limits = Limits()
    ) throws {
        let creation = Creation(
            id: "w1", title: "Town centre", language: "nb", code: "KRTMPX",
            links: [.init(role: .facilitator, secret: Scene.secret(200))],
            boards: boards ?? [Board(id: BoardID(1), name: "Ideas", structure: .list)], phases: phases,
            limits: limits)
        take(try Workshop.begin(creation, at: now))
        _ = try join(.facilitator)
    }

    /// Lets somebody in.
    @discardableResult
    public mutating func join(_ role: Role = .participant, name: String = "", via: Attendance = .room) throws
        -> ParticipantID
    {
        let id = workshop.participants.nextID
        let command = Command.join(
            role: role, secret: Scene.secret(UInt8(id.number)), name: name, attendance: via)
        guard case .record(let record) = try workshop.decide(command, by: .newcomer, ref: 0, at: now) else {
            return id
        }
        take(record)
        return id
    }

    /// Does a command with the participant's next counter.
    @discardableResult
    public mutating func act(_ actor: ParticipantID, _ command: Command) throws(Refusal) -> Decision {
        let ref = refs[actor, default: 0] + 1
        refs[actor] = ref
        return try act(actor, command, ref: ref)
    }

    /// Does a command with a counter.
    @discardableResult
    public mutating func act(_ actor: ParticipantID, _ command: Command, ref: UInt32) throws(Refusal)
        -> Decision
    {
        let decision = try workshop.decide(command, by: .participant(actor), ref: ref, at: now)
        if case .record(let record) = decision { take(record) }
        return decision
    }

    /// Does the clock's command.
    public mutating func tick(_ command: Command = .expireTimer) throws(Refusal) {
        if case .record(let record) = try workshop.decide(command, by: .clock, ref: 0, at: now) {
            take(record)
        }
    }

    /// Writes a note and gives its id.
    public mutating func write(_ actor: ParticipantID, _ text: String, column: ColumnID? = nil)
        throws(Refusal) -> NoteID
    {
        let id = workshop.notes.nextID
        try act(actor, .addNote(text: text, column: column, paper: nil, language: nil, source: .phone))
        return id
    }

    private mutating func take(_ record: Workshop::Record) {
        records.append(record)
        let touched = workshop.apply(record)
        channels.show(touched, of: workshop, encode: EntryCodec.encode)
    }

    /// What the journal gives back: the log without ballots, then the ballots of open rounds.
    public func replayed() throws -> (workshop: Workshop, channels: Channels<[UInt8]>) {
        var workshop = Workshop()
        var channels = Channels<[UInt8]>()
        for record in records {
            var logged = record
            logged.events.removeAll(where: \.isErasable)
            let touched = workshop.apply(try RecordCodec.decode(RecordCodec.encode(logged)))
            channels.show(touched, of: workshop, encode: EntryCodec.encode)
        }
        for round in self.workshop.rounds.ids {
            for voter in self.workshop.participants.ids {
                let ballot = self.workshop.ballot(of: voter, in: round)
                if !ballot.isEmpty { workshop.restore(ballot, of: voter, in: round) }
                let table = self.workshop.tableBallot(of: voter, in: round)
                if !table.isEmpty { workshop.restore(table, of: voter, in: round) }
            }
        }
        return (workshop, channels)
    }

    /// A channel's content as a follower who loads it now gets it.
    public func content(of channel: ChannelName) -> [EntryKey: [UInt8]] {
        Scene.content(of: channels[channel])
    }

    /// A channel's content.
    public static func content(of channel: Channel<[UInt8]>) -> [EntryKey: [UInt8]] {
        var content: [EntryKey: [UInt8]] = [:]
        channel.forEachChange(since: 0) { key, value in content[key] = value }
        return content
    }

    /// All bytes that somebody of a role is sent.
    public func text(seenBy participant: ParticipantID, as role: Role) -> String {
        let channels = workshop.participants[participant]?.channels ?? role.channels(for: participant)
        return channels.flatMap { content(of: $0).values }.map {
            String(decoding: $0, as: UTF8.self)
        }
        .joined(separator: "\n")
    }
}

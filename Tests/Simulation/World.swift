import Digests
import Journal
import RoomCore
import Server
import Wire
import Workshop

/// One simulated evening: a node, a journal, a hall of phones with their people, and everything that can befall them, all
/// drawn from one seed, on one thread, with a clock of its own.
///
/// Real are the workshop, the room's core, the session, the channels, the wire's codecs, frames, records, snapshots, and the
/// in-memory journal that passes the same contract as SQLite's. Simulated are time, sockets, processes and people.
public final class World {
    static let workshopID = "w1"
    static let code = "KRTMPX"
    private static let beginning: Int64 = 1_795_478_400_000

    /// How often what befalls this run.
    private struct Weather {
        var cut = 0.0
        var kill = 0.0
        var refusal = 0.0
        var slowness = 0.0
        var snapshot = 0.0
        var restore = 0.0
        var jump = 0.0
        var reload = 0.0
        var oblivion = 0.0
        var sleep = 0.0
        var hide = 0.0

        init(_ dice: inout Dice) {
            let all: [(WritableKeyPath<Weather, Double>, Double)] = [
                (\.cut, 6), (\.kill, 1.2), (\.refusal, 6), (\.slowness, 4), (\.snapshot, 8), (\.restore, 0.5),
                (\.jump, 1.5), (\.reload, 2), (\.oblivion, 0.5), (\.sleep, 4), (\.hide, 2),
            ]
            // Not every kind in every run: what never happens alone hides what it covers.
            for (path, most) in all where dice.chance(55) {
                self[keyPath: path] = most * Double(dice.number(2...10)) / 10
            }
        }
    }

    enum Fate {
        case refuse(after: Int)
        case store(toDisk: Int, toNode: Int)
    }

    var dice: Dice
    let flaw: Flaw?
    /// Whether the facilitator of this run also lets people in, turns them away, and sets places and pace. In every fourth
    /// seed, so that seeds from before there was a door to keep run as they did.
    let keepsTheDoor: Bool
    private(set) var journal = MemoryJournal()
    private(set) var node: Node?
    private var scheduler = Scheduler()
    private var weather: Weather
    private var clients: [Client] = []
    var tally = Tally()
    private(set) var isCalm = false
    private var wallOffset: Int64 = 0
    private var failure: String?
    private var history: [String] = []
    private var trace: UInt64 = 0xCBF2_9CE4_8422_2325
    private var number = 0

    /// What the journal holds, replayed as it is written.
    private var durable = Workshop()
    /// How often each token stands in a note that was stored.
    private var stored: [Int: Int] = [:]
    /// The note that a token was written in, and its copies.
    private var noteOfToken: [Int: [NoteID]] = [:]
    private var authorOfToken: [Int: ParticipantID] = [:]
    private var promised: Set<Int> = []
    private var backup: (contents: StreamContents, stored: [Int: Int], notes: [Int: [NoteID]])?
    private var restoreCount = 0
    /// What channels looked like at a version, as the first who got there saw it.
    private var versions: [String: [String: JSONValue]] = [:]
    private(set) var lastAuthor: ParticipantID?

    /// Draws a world from a seed.
    public init(seed: UInt64, flaw: Flaw? = nil) {
        var dice = Dice(seed: seed)
        weather = Weather(&dice)
        self.dice = dice
        self.flaw = flaw
        keepsTheDoor = seed % 4 == 3
    }

    // MARK: Running

    /// Lives through one evening, then lets it grow calm and looks whether everything came right.
    public func run() async -> Outcome {
        do {
            try await begin()
            for client in clients { after(dice.number(0...800)) { client.begin() } }
            for client in clients { act(client) }
            stir()
            try await pass(until: Int64(dice.number(6_000...20_000)))
            grow(calm: true)
            try await settle()
            try await checkEnd()
        } catch { fail("\(error)") }
        end()
        return Outcome(failure: failure, tally: tally, trace: trace, history: history)
    }

    /// Lets go of what holds this world.
    private func end() {
        isCalm = true
        for client in clients { client.line?.cut() }
        scheduler = Scheduler()
        (clients, node) = ([], nil)
    }

    private func begin() async throws {
        let roles: [Role] = [.facilitator, .helper, .screen, .observer]
        let links = roles.map { ($0, Base64URL.encode(dice.bytes(32))) }
        let creation = Creation(
            id: Self.workshopID, title: "Simulated", language: "nb", code: Self.code,
            links: links.compactMap { role, text in
                Secret(text: text).flatMap { SecretHash(SHA256.hash($0.bytes)) }.map {
                    .init(role: role, secret: $0)
                }
            },
            boards: [Board(id: BoardID(1), name: "Ideas", structure: .list)], phases: People.phases)
        let record = try Workshop.begin(creation, at: Self.beginning)
        let append = Append(
            stream: Self.workshopID, expected: 0, records: [RecordCodec.encode(record)],
            directory: [.put(key: DirectoryKey.code(Self.code))])
        try await journal.create(append, epoch: "e0")
        took(append)
        node = Node(self)
        for (index, link) in links.enumerated() where link.0 == .facilitator || dice.chance(60) {
            clients.append(Client(self, number: index, link: (link.0, link.1)))
        }
        for index in 0..<dice.number(2...6) { clients.append(Client(self, number: 10 + index)) }
    }

    private func pass(until end: Int64) async throws {
        while failure == nil, scheduler.now < end, let act = scheduler.next() {
            tally.steps += 1
            fold(UInt64(bitPattern: scheduler.now))
            try await act()
        }
    }

    private func settle() async throws {
        // Three times a pause of up to 15 s for each message that cannot be read.
        let deadline = scheduler.now + 300_000
        while failure == nil, !isSettled {
            guard scheduler.now < deadline, let act = scheduler.next() else {
                let waiting = clients.filter { !$0.isDone && (!$0.outbox.commands.isEmpty || !$0.isLive) }
                return fail("300 s after the last fault \(waiting.map(\.state)) had not got through")
            }
            tally.steps += 1
            try await act()
        }
        // What is on its way arrives.
        try await pass(until: scheduler.now + 3_000)
        while failure == nil, !isQuiet, let act = scheduler.next() { try await act() }
    }

    /// Whether nothing is on its way: not even the end of a timer that has just run out.
    private var isQuiet: Bool {
        isSettled && clients.allSatisfy { $0.line?.isQuiet ?? true }
    }

    private var isSettled: Bool {
        guard let core = node?.core, core.isSettled else { return false }
        return clients.allSatisfy { client in
            client.isDone || (client.isLive && client.outbox.commands.isEmpty)
        }
    }

    private func grow(calm: Bool) {
        isCalm = calm
        for client in clients {
            client.line?.isAsleep = false
            client.show()
        }
        if node?.isAlive != true { node = Node(self) }
    }

    var now: Int64 { scheduler.now }
    var wallClock: Int64 { Self.beginning + 1_000_000 + scheduler.now + wallOffset }

    func after(_ milliseconds: Int, _ act: @escaping () async throws -> Void) {
        scheduler.after(Int64(milliseconds), act)
    }
    func after(_ milliseconds: Int64, _ act: @escaping () async throws -> Void) {
        scheduler.after(milliseconds, act)
    }

    func nextNumber() -> Int {
        number += 1
        return number
    }

    func fail(_ what: String) { if failure == nil { failure = "\(what) (at \(scheduler.now) ms)" } }

    func note(_ line: @autoclosure () -> String) {
        if history.count >= 400 { history.removeFirst(200) }
        history.append("\(scheduler.now): \(line())")
    }

    private func fold(_ value: UInt64) { trace = (trace ^ value) &* 0x100_0000_01B3 }

    // MARK: People and faults

    private func act(_ client: Client) {
        after(dice.number(50...900)) { [self] in
            guard !isCalm else { return }
            if client.participant != nil, let shown = node?.shown {
                let (type, members, token) = People.command(of: client.role ?? .participant, shown, self)
                if !type.isEmpty {
                    note("c\(client.number) \(type) \(members)")
                    client.send(type, members, token: token)
                }
            }
            act(client)
        }
    }

    private func stir() {
        after(dice.number(50...150)) { [self] in
            guard !isCalm else { return }
            let client = dice.pick(clients)
            if dice.chance(weather.cut), client.line != nil {
                tally.cuts += 1
                note("c\(client.number) is cut")
                client.line?.cut()
            }
            if dice.chance(weather.kill) { restart() }
            if dice.chance(weather.restore) { try await restore() }
            if dice.chance(weather.jump) {
                tally.jumps += 1
                wallOffset += Int64(dice.number(-3_600...3_600)) * 1_000
                note("the clock jumps to \(wallClock)")
            }
            if dice.chance(weather.reload) { client.reload() }
            if dice.chance(weather.oblivion), client.link == nil { client.startAfresh() }
            if dice.chance(weather.hide) {
                tally.hidings += 1
                client.hide()
                after(dice.number(200...8_000)) { client.show() }
            }
            if dice.chance(weather.sleep), let line = client.line, !line.isAsleep {
                tally.sleeps += 1
                line.isAsleep = true
                after(dice.number(500...6_000)) { line.isAsleep = false }
            }
            stir()
        }
    }

    /// A process ends at once, and another begins.
    func restart() {
        tally.kills += 1
        note("the node is killed")
        node?.kill()
        node = Node(self)
    }

    /// Ends every connection of a process that is gone.
    func cutAll(of node: Node) {
        for client in clients where client.line?.end?.node === node { client.line?.cut() }
    }

    func fate() -> Fate {
        if !isCalm, dice.chance(weather.refusal) { return .refuse(after: dice.number(1...40)) }
        if !isCalm, dice.chance(weather.slowness) {
            tally.slowAppends += 1
            return .store(toDisk: dice.number(200...2_000), toNode: dice.number(1...500))
        }
        return .store(toDisk: dice.number(0...5), toNode: dice.number(0...3))
    }

    func mayTakeSnapshot(of workshop: Workshop) {
        guard dice.chance(weather.snapshot) else { return }
        let journal = journal
        after(dice.number(0...50)) { [self] in
            // Of an older state than what the journal holds by then, or of one that was set back meanwhile.
            guard journal === self.journal else { return }
            try? await journal.saveSnapshot(try SnapshotCodec.encode(workshop), of: Self.workshopID)
            tally.snapshots += 1
        }
        if dice.chance(30) {
            after(0) { [self] in
                guard journal === self.journal else { return }
                backup = (try await journal.load(Self.workshopID), stored, noteOfToken)
            }
        }
    }

    /// An operator puts a backup in the place of the data: what came after it is gone, and the history has another name.
    private func restore() async throws {
        guard let backup, backup.contents.purged == 0, backup.contents.snapshot == nil else { return }
        tally.restores += 1
        restoreCount += 1
        note("a backup of \(backup.contents.head) records is restored")
        node?.kill()
        journal = MemoryJournal()
        durable = Workshop()
        (stored, noteOfToken, authorOfToken) = ([:], [:], [:])
        let append = Append(
            stream: Self.workshopID, expected: 0, records: backup.contents.records.map(\.bytes),
            cells: backup.contents.cells.map { .put(key: $0.key, value: $0.value) },
            directory: [.put(key: DirectoryKey.code(Self.code))])
        try await journal.create(append, epoch: "r\(restoreCount)")
        took(append)
        promised.formIntersection(stored.keys)
        self.backup = nil
        node = Node(self)
    }

    func shortened(_ loaded: LoadedWorkshop) async throws -> LoadedWorkshop {
        let contents = try await journal.load(Self.workshopID)
        guard contents.records.count > 1, contents.snapshot == nil else { return loaded }
        let short = MemoryJournal()
        try await short.create(
            Append(
                stream: Self.workshopID, expected: 0, records: contents.records.dropLast().map(\.bytes),
                cells: contents.cells.map { .put(key: $0.key, value: $0.value) }), epoch: contents.epoch)
        return try await LoadedWorkshop(Self.workshopID, from: short)
    }

    // MARK: Checks at each step

    /// The journal has taken an append.
    func took(_ append: Append) {
        for bytes in append.records {
            guard let record = try? RecordCodec.decode(bytes) else {
                return fail("a stored record cannot be read")
            }
            for case .noteAdded(let note) in record.events {
                guard let token = People.token(in: Array(note.text.utf8)[...]) else { continue }
                guard note.origins.isEmpty else {
                    noteOfToken[token, default: []].append(note.id)
                    continue
                }
                // Whoever has been erased without hearing of it comes back as somebody new, and sends what had no answer.
                if let author = authorOfToken[token], durable.participants[author] == nil {
                    stored[token] = 0
                }
                stored[token, default: 0] += 1
                noteOfToken[token] = [note.id]
                authorOfToken[token] = note.author
                lastAuthor = note.author
                if stored[token, default: 0] > 1 { fail("the note of token \(token) was stored twice") }
            }
            durable.apply(record)
            fold(UInt64(bytes.count))
        }
        tally.records = Int(durable.sequence)
    }

    /// A phone was told that a command is on stable storage.
    func acknowledged(_ command: Outbox.Pending, token: Int?, by client: Client) {
        if let token {
            promised.insert(token)
            if stored[token] == nil {
                fail("c\(client.number) was told that token \(token) is stored, and it is not")
            }
        }
        guard command.type != People.unreadable.type else {
            return fail("c\(client.number) was told that an unreadable command is stored")
        }
        guard let id = client.participant, let ref = command.ref,
            !["vote.cast", "vote.table", "hands.record"].contains(command.type)
        else { return }
        // Somebody erased is not known any more; that their commands were is in the past.
        guard let participant = durable.participants[id] else { return }
        if participant.accepted.standing(of: ref) == .new {
            fail(
                "c\(client.number) was answered for \(command.type) \(ref), and the journal does not know it")
        }
    }

    /// A phone was told that a command is not taken: then the note is not stored by it.
    func refused(_ command: Outbox.Pending, _ code: String, token: Int?, by client: Client) {
        if code == "malformed", command.type != People.unreadable.type {
            fail("c\(client.number) gave up a command that can be read: \(command.type)")
        }
        // What somebody erased had stored is gone with them.
        if let token, code != "stale-ref", stored[token, default: 0] > 0,
            authorOfToken[token].map({ durable.participants[$0] != nil }) == true
        {
            fail("c\(client.number) was told \(code) of token \(token), which is stored")
        }
    }

    /// What the server sends may hold no text that its reader may not see.
    func check(sent frame: [UInt8], to reader: ParticipantID, as role: Role, from node: Node) {
        guard let shown = node.shown else { return }
        if shown.participants[reader]?.wait == .approval, !People.tokens(in: frame).isEmpty {
            fail("\(reader) waits to be let in and was sent the text of a note")
        }
        for token in People.tokens(in: frame) {
            let notes = (noteOfToken[token] ?? []).compactMap { shown.notes[$0] }
            guard let note = notes.first else { continue }
            if !notes.contains(where: { maySee($0, reader, role, shown) }) {
                fail("\(reader), \(role), was sent the text of \(note.id), which only \(note.author) may see")
            }
        }
    }

    /// Who may see what, written down apart from the product's own rule.
    private func maySee(_ note: Note, _ reader: ParticipantID, _ role: Role, _ shown: Workshop) -> Bool {
        guard note.author != reader else { return true }
        let phase = shown.phases[note.phase]
        let isOpen = phase?.visibility == .everyone || shown.progress[note.phase]?.isRevealed == true
        if isOpen { return role.isStaff || note.publication == .published }
        guard phase?.visibility == .group, note.publication == .published, let group = note.group else {
            return false
        }
        return shown.groups[group]?.members.contains(reader) == true
            && group == shown.participants[reader]?.group
    }

    /// Everybody who is at one version of a channel sees the same, and what the server shows there.
    func check(_ shown: Phone.Channel, of name: String, by client: Client) {
        guard let epoch = client.epoch else { return }
        let place = name == "own" ? "own\(client.participant?.number ?? 0)" : name
        let key = "\(epoch) \(place) \(shown.sequence)"
        if let first = versions[key], first != shown.entries {
            return fail(
                "c\(client.number) sees another \(name) at \(shown.sequence) than somebody before: \(difference(first, shown.entries))"
            )
        }
        if versions.count > 400 { versions = [:] }
        versions[key] = shown.entries
        if let node, node.epoch == epoch, let core = node.core, core.channels.sequence == shown.sequence,
            !core.isStoring
        {
            compare(shown, name, client, core)
        }
    }

    private func compare(
        _ shown: Phone.Channel, _ name: String, _ client: Client, _ core: RoomCore<Node.Asker>
    ) {
        guard let id = client.participant else { return }
        let channel: ChannelName =
            ["room": .room, "staff": .staff, "door": .door][name]
            ?? (name.hasPrefix("group/") ? GroupID(name.dropFirst(6)).map { .group($0) } : nil) ?? .own(id)
        var changes = ChangesBuilder(channel: channel, sequence: core.channels.sequence)
        core.channels[channel].forEachChange(since: 0) { key, kept in
            if let kept { changes.set(key, kept.json) }
        }
        var entries: [String: JSONValue] = [:]
        let whole = try? JSONReader.read(changes.finish(), limits: .trusted)
        for member in whole?["set"]?.members ?? [] { entries[member.name] = member.value }
        if entries != shown.entries {
            fail(
                "c\(client.number) sees another \(name) than the server shows: \(difference(entries, shown.entries))"
            )
        }
    }

    private func difference(_ left: [String: JSONValue], _ right: [String: JSONValue]) -> String {
        let keys = Set(left.keys).union(right.keys).filter { left[$0] != right[$0] }.sorted()
        return keys.prefix(3).map {
            "\($0): \(left[$0].map { "\($0)" } ?? "absent") / \(right[$0].map { "\($0)" } ?? "absent")"
        }
        .joined(separator: "; ")
    }

    /// Names what differs between two states.
    private func differences(_ live: Workshop, _ replayed: Workshop) -> String {
        let (left, right) = (Mirror(reflecting: live).children, Mirror(reflecting: replayed).children)
        return zip(left, right).compactMap { left, right in
            let (one, other) = ("\(left.value)", "\(right.value)")
            guard one != other else { return nil }
            let start = max(0, zip(one, other).prefix { $0 == $1 }.count - 60)
            return
                "\(left.label ?? "?") …\(one.dropFirst(start).prefix(200)) / …\(other.dropFirst(start).prefix(200))"
        }.joined(separator: "; ")
    }

    // MARK: Checks at the end

    private func checkEnd() async throws {
        guard failure == nil, let node, let core = node.core else { return }
        for token in promised.sorted() where stored[token] != 1 {
            fail("token \(token), acknowledged, is stored \(stored[token] ?? 0) times")
        }
        for client in clients where !client.isDone && client.isLive {
            guard let participant = client.participant.flatMap({ core.workshop.participants[$0] }) else {
                continue
            }
            for channel in participant.channels {
                let shown = client.channels[channel.wireName] ?? Phone.Channel()
                compare(shown, channel.wireName, client, core)
            }
        }
        let loaded = try await LoadedWorkshop(Self.workshopID, from: journal)
        if loaded.workshop != core.workshop {
            fail(
                "the state from the journal is not the live one: \(differences(core.workshop, loaded.workshop))"
            )
        }
        try await journal.verify()
    }
}

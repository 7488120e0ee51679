import TestKit
import Testing
import Wire

@testable import Workshop

/// A process on the table, with its owner `p1` and a helper `p2`.
struct ProcessScene {
    var workshop = Workshop()
    var records: [Workshop::Record] = []
    var now: Int64 = 1_795_478_400_000
    private var refs: [ParticipantID: UInt32] = [:]
    static let owner = ParticipantID(1)
    static let helper = ParticipantID(2)

    init(part: Part? = nil) throws {
        let creation = Creation(
            id: "w1", title: "Sentrum", language: "nb", code: part == nil ? "" : "KRTMPX",
            links: [
                .init(role: .facilitator, secret: Scene.secret(200)),
                .init(role: .helper, secret: Scene.secret(201)),
            ],
            boards: [Board(id: BoardID(1), name: "Sentrum", structure: .list)],
            phases: [
                Phase(id: PhaseID(1), name: "Sentrum", board: BoardID(1), participants: [.add, .editOwn])
            ],
            keepDays: 90, process: part == nil ? ProcessBrief(challenge: "C", principles: ["P"]) : nil,
            part: part)
        take(try Workshop.begin(creation, at: now))
        for role in [Role.facilitator, .helper] {
            try clockLike(
                .join(
                    role: role, secret: Scene.secret(UInt8(workshop.participants.nextID.number)), name: "",
                    attendance: .room), by: .newcomer)
        }
    }

    mutating func take(_ record: Workshop::Record) {
        records.append(record)
        workshop.apply(record)
    }

    mutating func clockLike(_ command: Command, by actor: Actor = .clock) throws(Refusal) {
        if case .record(let record) = try workshop.decide(command, by: actor, ref: 0, at: now) {
            take(record)
        }
    }

    mutating func act(_ actor: ParticipantID, _ command: Command) throws(Refusal) {
        let ref = refs[actor, default: 0] + 1
        refs[actor] = ref
        if case .record(let record) = try workshop.decide(command, by: .participant(actor), ref: ref, at: now)
        {
            take(record)
        }
    }

    mutating func act(_ actor: ParticipantID, _ command: ProcessCommand) throws(Refusal) {
        try act(actor, .process(command))
    }

    mutating func act(_ command: ProcessCommand) throws(Refusal) { try act(Self.owner, .process(command)) }

    mutating func attach(_ request: String = "r", step: Int = 1) throws(Refusal) {
        try clockLike(
            .process(
                .attachSession(
                    step: step, kind: .live, title: "S", workshop: "w-\(request)", request: request,
                    maker: .owner)))
    }

    var process: Process { workshop.process ?? Process(ProcessBrief(challenge: "", principles: [])) }
    func item(_ number: UInt32) -> Item? { process.items[ItemID(number)] }

    /// The journal gives the same state, and so does a snapshot's form.
    func isSame() throws -> Bool {
        var again = Workshop()
        for record in records { again.apply(try RecordCodec.decode(RecordCodec.encode(record))) }
        return again == workshop
    }
}

@Suite("A process (Q)")
struct ProcessTests {
    @Test("[Q] one way through the house: what is for the other kind is refused, and nobody comes by a code")
    func kinds() throws {
        var scene = try ProcessScene()
        #expect(!scene.workshop.isDoorOpen)
        for command in [
            Command.addNote(text: "t", column: nil, paper: nil, language: nil, source: .phone),
            .setDoor(isOpen: true),
            .openPhase(PhaseID(1)), .startTimer(seconds: 5), .setPlaces(3), .changeCode("ABDEFG"),
            .setLock(true),
            .process(.carry([], column: nil)), .process(.setClosing(at: nil)),
        ] {
            #expect(throws: Refusal.wrongKind) { try scene.act(ProcessScene.owner, command) }
        }
        var ordinary = try Scene()
        for command in [
            ProcessCommand.openStep(2), .addItem(.idea, step: 1, text: "t", fields: [], from: []),
            .publish(true), .carry([], column: nil),
        ] {
            #expect(throws: Refusal.wrongKind) { try ordinary.act(ParticipantID(1), .process(command)) }
        }
    }

    @Test("[Q1, M] texts and steps within their limits")
    func limits() throws {
        var scene = try ProcessScene()
        let long = String(repeating: "x", count: 2_001)
        #expect(throws: Refusal.tooLong) { try scene.act(.change(challenge: long, principles: [])) }
        #expect(throws: Refusal.limitReached) {
            try scene.act(.change(challenge: "", principles: [String](repeating: "p", count: 13)))
        }
        #expect(throws: Refusal.empty) { try scene.act(.change(challenge: "", principles: [""])) }
        #expect(throws: Refusal.tooLong) {
            try scene.act(.change(challenge: "", principles: [String(repeating: "x", count: 201)]))
        }
        #expect(throws: Refusal.tooLong) { try scene.act(.summarise(1, heard: long, done: "")) }
        for step in [0, 6, -1] {
            #expect(throws: Refusal.invalidValue) { try scene.act(.openStep(step)) }
            #expect(throws: Refusal.invalidValue) { try scene.act(.summarise(step, heard: "", done: "")) }
        }
        try scene.act(.openStep(3))
        try scene.act(.summarise(2, heard: "H", done: "D"))
        #expect(
            scene.workshop.entry(for: .step(2), in: .room)
                == .step(.init(summary: .init(heard: "H", done: "D"), state: .finished)))
        #expect(scene.process.state(of: 3) == .current)
        #expect(scene.process.state(of: 4) == .waiting)
        for number in 1...40 { try scene.attach("r\(number)") }
        #expect(throws: Refusal.limitReached) { try scene.attach("r41") }
        #expect(try scene.isSame())
    }

    @Test("[Q2] the same request makes one session; one that was taken out is hidden and stays known")
    func sessions() throws {
        var scene = try ProcessScene()
        try scene.attach("a")
        #expect(throws: Refusal.invalidValue) { try scene.attach("a") }
        try scene.attach("b", step: 2)
        #expect(scene.process.sessions.count == 2)
        var report = ProcessSession.Report()
        (report.state, report.room, report.notes) = (.open, 12, 40)
        try scene.clockLike(.process(.report(SessionID(1), report)))
        #expect(throws: Refusal.invalidValue) { try scene.clockLike(.process(.report(SessionID(1), report))) }
        try scene.act(.detachSession(SessionID(1)))
        #expect(scene.workshop.entry(for: .processSession(SessionID(1)), in: .room) == nil)
        #expect(scene.process.sessions[SessionID(1)]?.report.notes == 40)
        #expect(throws: Refusal.notFound) { try scene.act(.renameSession(SessionID(1), "N")) }
        report.state = .erased
        try scene.clockLike(.process(.report(SessionID(2), report)))
        report.state = .open
        // What was on its way when it was erased comes too late.
        #expect(throws: Refusal.notFound) { try scene.clockLike(.process(.report(SessionID(2), report))) }
        #expect(try scene.isSame())
    }

    @Test("[Q5] items say where they came from; no ring, no unknown place, each place once")
    func links() throws {
        var scene = try ProcessScene()
        try scene.attach()
        let note = Item.Source.note(SessionID(1), NoteID(4))
        let cluster = Item.Source.cluster(SessionID(1), ClusterID(1), notes: [NoteID(1), NoteID(2)])
        try scene.act(
            .addItem(.need, step: 2, text: "", fields: ["Eldre", "benk", ""], from: [note, cluster, note]))
        #expect(scene.item(1)?.sources == [note, cluster])
        try scene.act(
            ProcessScene.helper,
            .addItem(.idea, step: 3, text: "Benker", fields: [], from: [.item(ItemID(1))]))
        try scene.act(
            .addItem(.decision, step: 5, text: "", fields: ["continue", ""], from: [.item(ItemID(2))]))
        #expect(throws: Refusal.invalidValue) {
            try scene.act(.linkItem(ItemID(1), from: [.item(ItemID(3))]))
        }
        #expect(throws: Refusal.invalidValue) {
            try scene.act(.linkItem(ItemID(1), from: [.item(ItemID(1))]))
        }
        #expect(throws: Refusal.notFound) { try scene.act(.linkItem(ItemID(1), from: [.item(ItemID(9))])) }
        #expect(throws: Refusal.notFound) {
            try scene.act(.linkItem(ItemID(1), from: [.note(SessionID(9), NoteID(1))]))
        }
        // The same cluster with other notes is the same place: what it was then stays.
        try scene.act(.linkItem(ItemID(1), from: [.cluster(SessionID(1), ClusterID(1), notes: [NoteID(9)])]))
        #expect(scene.item(1)?.sources == [note, cluster])
        try scene.act(.unlinkItem(ItemID(1), from: [.cluster(SessionID(1), ClusterID(1), notes: [])]))
        #expect(scene.item(1)?.sources == [note])
        #expect(throws: Refusal.notFound) { try scene.act(.unlinkItem(ItemID(1), from: [cluster])) }
        #expect(scene.process.ancestors(of: ItemID(3)) == [ItemID(1), ItemID(2)])
        #expect(scene.process.descendants(of: [ItemID(1)]) == [ItemID(2), ItemID(3)])
        let many = (1...51).map { Item.Source.note(SessionID(1), NoteID($0)) }
        #expect(throws: Refusal.limitReached) { try scene.act(.linkItem(ItemID(2), from: many)) }
        #expect(try scene.isSame())
    }

    @Test("[Q5] links outlive merging, splitting, removing and taking out")
    func survive() throws {
        var scene = try ProcessScene()
        try scene.attach()
        let notes = (1...3).map { Item.Source.note(SessionID(1), NoteID($0)) }
        for source in notes { try scene.act(.addItem(.need, step: 2, text: "N", fields: [], from: [source])) }
        try scene.act(
            .addItem(.idea, step: 3, text: "I", fields: [], from: [.item(ItemID(1)), .item(ItemID(2))]))
        #expect(throws: Refusal.invalidValue) { try scene.act(.mergeItems(ItemID(1), into: ItemID(4))) }
        #expect(throws: Refusal.invalidValue) { try scene.act(.mergeItems(ItemID(1), into: ItemID(1))) }
        try scene.act(.mergeItems(ItemID(1), into: ItemID(3)))
        #expect(scene.item(1) == nil)
        #expect(scene.item(3)?.sources == [notes[2], notes[0]])
        #expect(scene.item(4)?.sources == [.item(ItemID(2)), .item(ItemID(3))])
        #expect(scene.process.item(ItemID(1))?.id == ItemID(3))
        try scene.act(.splitItem(ItemID(3), text: "N, del to", fields: []))
        #expect(scene.item(5)?.sources == scene.item(3)?.sources)
        #expect(scene.item(5)?.kind == .need)
        try scene.act(.removeItem(ItemID(2)))
        #expect(scene.item(4)?.sources == [.item(ItemID(3)), notes[1]])
        try scene.act(.removeItem(ItemID(3)))
        #expect(scene.item(4)?.sources == [notes[1], notes[2], notes[0]])
        #expect(scene.process.item(ItemID(1)) == nil)
        try scene.act(.detachSession(SessionID(1)))
        #expect(scene.item(4)?.sources.count == 3)
        #expect(try scene.isSame())
    }

    @Test("[Q5] a chain is not merged into itself")
    func chain() throws {
        var scene = try ProcessScene()
        try scene.act(.addItem(.idea, step: 3, text: "A", fields: [], from: []))
        try scene.act(.addItem(.idea, step: 3, text: "B", fields: [], from: [.item(ItemID(1))]))
        for (one, other) in [(ItemID(1), ItemID(2)), (ItemID(2), ItemID(1))] {
            #expect(throws: Refusal.invalidValue) { try scene.act(.mergeItems(one, into: other)) }
        }
    }

    @Test("[Q5] ranking moves one among those of its kind, and only those")
    func ranking() throws {
        var scene = try ProcessScene()
        for text in ["A", "B", "C"] {
            try scene.act(.addItem(.need, step: 2, text: text, fields: [], from: []))
        }
        try scene.act(.addItem(.idea, step: 3, text: "I", fields: [], from: []))
        func order() -> [String] {
            scene.process.items.values.filter { $0.kind == .need }.sorted { $0.rank < $1.rank }.map(\.text)
        }
        try scene.act(.moveItem(ItemID(3), after: nil))
        #expect(order() == ["C", "A", "B"])
        try scene.act(.moveItem(ItemID(3), after: ItemID(1)))
        #expect(order() == ["A", "C", "B"])
        #expect(throws: Refusal.invalidValue) { try scene.act(.moveItem(ItemID(3), after: ItemID(4))) }
        #expect(throws: Refusal.invalidValue) { try scene.act(.moveItem(ItemID(3), after: ItemID(3))) }
        try scene.act(.splitItem(ItemID(1), text: "A2", fields: []))
        #expect(order() == ["A", "A2", "C", "B"])
        #expect(scene.item(4)?.rank == 1)
        #expect(try scene.isSame())
    }

    @Test("[Q5, M] an item's text and fields")
    func texts() throws {
        var scene = try ProcessScene()
        func add(_ kind: Item.Kind, _ text: String, _ fields: [String]) throws {
            try scene.act(.addItem(kind, step: 2, text: text, fields: fields, from: []))
        }
        #expect(throws: Refusal.empty) { try add(.need, "", ["", "", ""]) }
        #expect(throws: Refusal.empty) { try add(.idea, "", []) }
        #expect(throws: Refusal.invalidValue) { try add(.idea, "t", ["x"]) }
        #expect(throws: Refusal.invalidValue) { try add(.decision, "t", ["maybe", ""]) }
        #expect(throws: Refusal.tooLong) { try add(.idea, String(repeating: "x", count: 501), []) }
        #expect(throws: Refusal.tooLong) { try add(.need, "", [String(repeating: "x", count: 501), "", ""]) }
        #expect(throws: Refusal.invalidValue) {
            try scene.act(.addItem(.idea, step: 6, text: "t", fields: [], from: []))
        }
        try add(.decision, "", ["stop", "For dyrt"])
        #expect(throws: Refusal.invalidValue) {
            try scene.act(.changeItem(ItemID(1), nil, step: nil, text: "t", fields: ["perhaps", ""]))
        }
    }

    @Test("[Q4] a co-facilitator's place goes with the link; the owner's cannot be taken")
    func cofacilitators() throws {
        var scene = try ProcessScene()
        let link = Scene.secret(150)
        try scene.act(.addLink(name: "Ola", link))
        #expect(throws: Refusal.invalidValue) { try scene.act(.addLink(name: "Kari", link)) }
        #expect(scene.workshop.role(by: .link(link)) == .facilitator)
        try scene.clockLike(
            .process(
                .joinByLink(
                    .facilitator, secret: Scene.secret(151), name: "Ola", attendance: .room, link: link)),
            by: .newcomer)
        let ola = ParticipantID(3)
        try scene.act(ola, .openStep(2))
        #expect(throws: Refusal.notAllowed) { try scene.act(ola, .addLink(name: "Per", Scene.secret(152))) }
        #expect(throws: Refusal.notAllowed) { try scene.act(ola, .revokeLink(LinkID(1))) }
        let mine = Role.allCases.filter { $0 != .participant }.map {
            Creation.Link(role: $0, secret: Scene.secret(160 + UInt8(Role.allCases.firstIndex(of: $0) ?? 0)))
        }
        let holder = mine.first { $0.role == .facilitator }?.secret ?? link
        #expect(throws: Refusal.notAllowed) { try scene.act(ola, .replaceLinks(mine, holder: holder)) }
        // The owner's new link leaves co-facilitators where they are.
        try scene.act(ProcessScene.owner, .replaceLinks(mine, holder: holder))
        #expect(scene.workshop.participants[ola]?.isRemoved == false)
        try scene.act(.revokeLink(LinkID(1)))
        #expect(scene.workshop.role(by: .link(link)) == nil)
        #expect(scene.workshop.participants[ola]?.isRevoked == true)
        #expect(throws: Refusal.removed) { try scene.act(ola, .openStep(3)) }
        #expect(scene.workshop.entry(for: .cofacilitator(LinkID(1)), in: .staff) == nil)
        #expect(try scene.isSame())
    }

    @Test("[Q] after the end: what is shown may change, what was made may not")
    func end() throws {
        var scene = try ProcessScene()
        try scene.attach()
        try scene.act(ProcessScene.owner, .end)
        #expect(throws: Refusal.ended) { try scene.act(.openStep(2)) }
        #expect(throws: Refusal.ended) { try scene.attach("late") }
        try scene.act(.publish(true))
        var report = ProcessSession.Report()
        report.state = .ended
        try scene.clockLike(.process(.report(SessionID(1), report)))
        #expect(try scene.isSame())
    }

    @Test("[T1] staff's acts are in the audit trail, without a text")
    func audit() throws {
        var scene = try ProcessScene()
        try scene.act(.addItem(.idea, step: 3, text: "hemmelig", fields: [], from: []))
        try scene.act(.publishItem(ItemID(1), true))
        try scene.act(.summarise(2, heard: "hemmelig", done: ""))
        #expect(
            scene.workshop.acts.map(\.kind) == [
                .deviceJoined, .deviceJoined, .itemAdded, .itemPublished, .stepSummarised,
            ])
        #expect(scene.workshop.acts.last?.object == "2")
    }
}

@Suite("A session of a process (Q)")
struct PartTests {
    private let part = Part(process: "wP", session: SessionID(2), step: 2, kind: .collection)

    @Test("[Q3] a collection closes by itself, and opens again when it is given more time")
    func closing() throws {
        var scene = try ProcessScene(part: part)
        let deadline = scene.now + 86_400_000
        #expect(throws: Refusal.invalidValue) { try scene.act(.setClosing(at: scene.now)) }
        #expect(throws: Refusal.invalidValue) { try scene.act(.setClosing(at: scene.now + 401 * 86_400_000)) }
        try scene.act(.setClosing(at: deadline))
        #expect(scene.workshop.nextDeadline == deadline)
        #expect(scene.workshop.commandAtDeadline == .process(.close))
        #expect(throws: Refusal.noTimer) { try scene.clockLike(.process(.close)) }
        scene.now = deadline
        try scene.clockLike(.process(.close))
        #expect(!scene.workshop.isDoorOpen)
        #expect(scene.workshop.progress[PhaseID(1)]?.isInputClosed == true)
        #expect(scene.workshop.nextDeadline == nil)
        #expect(scene.workshop.report.state == .closed)
        #expect(throws: Refusal.noTimer) { try scene.clockLike(.process(.close)) }
        try scene.act(.setClosing(at: deadline + 86_400_000))
        #expect(scene.workshop.isDoorOpen)
        #expect(scene.workshop.progress[PhaseID(1)]?.isInputClosed == false)
        #expect(try scene.isSame())
    }

    @Test("[Q3] the timer and the deadline: whichever comes first")
    func twoDeadlines() throws {
        var scene = try ProcessScene(part: part)
        try scene.act(.setClosing(at: scene.now + 60_000))
        try scene.act(ProcessScene.owner, .startTimer(seconds: 30))
        #expect(scene.workshop.nextDeadline == scene.now + 30_000)
        #expect(scene.workshop.commandAtDeadline == .expireTimer)
        scene.now += 30_000
        try scene.clockLike(.expireTimer)
        #expect(scene.workshop.commandAtDeadline == .process(.close))
    }

    @Test("[Q6] carried once, with where it came from; a copy goes for good, own words stay")
    func carry() throws {
        var scene = try ProcessScene(part: part)
        let copy = CarriedText(
            text: "Benk", language: nil, origins: [.session(SessionID(1), .note(NoteID(4)))])
        let cluster = CarriedText(
            text: "Møteplasser", language: nil,
            origins: [
                .session(SessionID(1), .cluster(ClusterID(1))), .session(SessionID(1), .note(NoteID(5))),
            ])
        try scene.act(.carry([copy, cluster], column: nil))
        #expect(scene.workshop.notes.values.map(\.text) == ["Benk", "Møteplasser"])
        #expect(scene.workshop.notes.values.allSatisfy { $0.source == .imported })
        try scene.act(.carry([copy], column: nil))
        #expect(scene.workshop.notes.count == 2)
        #expect(throws: Refusal.notFound) { try scene.act(.carry([], column: nil)) }
        #expect(throws: Refusal.limitReached) {
            try scene.act(.carry([CarriedText](repeating: copy, count: 101), column: nil))
        }
        #expect(scene.workshop.notes[NoteID(1)]?.copied?.note == NoteID(4))
        #expect(scene.workshop.notes[NoteID(2)]?.copied == nil)
        #expect(scene.workshop.report.carried.map(\.note) == [NoteID(1), NoteID(2)])
        try scene.clockLike(.process(.eraseCopies([NoteID(1), NoteID(2)])))
        #expect(scene.workshop.notes.values.map(\.text) == ["Møteplasser"])
        #expect(scene.records.last?.events == [.noteErased(NoteID(1))])
        #expect(scene.records.last?.events.first?.demandsCompaction == true)
        #expect(throws: Refusal.notFound) { try scene.clockLike(.process(.eraseCopies([NoteID(1)]))) }
        #expect(try scene.isSame())
    }

    @Test("[Q4] who came by a link of the process goes with it, and nobody else")
    func grants() throws {
        var scene = try ProcessScene(part: part)
        let link = Scene.secret(150)
        #expect(scene.workshop.role(by: .process(link, .facilitator)) == .facilitator)
        #expect(scene.workshop.role(by: .process(link, .participant)) == nil)
        try scene.clockLike(
            .process(
                .joinByLink(.facilitator, secret: Scene.secret(151), name: "", attendance: .room, link: link)),
            by: .newcomer)
        #expect(throws: Refusal.notFound) { try scene.clockLike(.process(.checkGrants(valid: [link]))) }
        try scene.clockLike(.process(.checkGrants(valid: [])))
        #expect(scene.workshop.participants[ParticipantID(3)]?.isRevoked == true)
        #expect(scene.workshop.participants[ParticipantID(1)]?.isRemoved == false)
        #expect(try scene.isSame())
    }

    @Test("[Q10] kept as long as its process, until it is given a date of its own")
    func retention() throws {
        var scene = try ProcessScene(part: part)
        try scene.act(ProcessScene.owner, .end)
        guard case .retention(let kept)? = scene.workshop.entry(for: .retention, in: .room) else {
            Issue.record("no retention")
            return
        }
        #expect(kept.isWithProcess && kept.eraseAt == nil)
        #expect(throws: Refusal.noTimer) { try scene.clockLike(.process(.stayWithProcess)) }
        scene.now += 91 * 86_400_000
        #expect(scene.workshop.isToBeErased(at: scene.now))
        try scene.clockLike(.process(.stayWithProcess))
        #expect(!scene.workshop.isToBeErased(at: scene.now))
        try scene.act(ProcessScene.owner, .setRetention(days: 120))
        #expect(scene.workshop.part?.isKeptWithProcess == false)
        #expect(throws: Refusal.noTimer) { try scene.clockLike(.process(.stayWithProcess)) }
        #expect(try scene.isSame())
    }
}

import TestKit
import Testing
import Wire

@testable import Workshop

/// The members of each entry in protocol.md, section "Entries"; `?` after those that need not be there.
private let shapes: [(name: String, entry: Entry, json: String)] = [
    (
        "retention", .retention(RetentionEntry(days: 90, eraseAt: nil, erasedNotes: 0)),
        #"{"days":90,"erased":0}"#
    ),
    (
        "retention ended",
        .retention(RetentionEntry(days: 30, eraseAt: 1_803_254_400_000, erasedNotes: 2)),
        #"{"days":30,"eraseAt":1803254400000,"erased":2}"#
    ),
    (
        "session",
        .session(
            SessionEntry(
                title: "Sentrum \"2050\"", language: "nb", isLocked: true, isEnded: false, paceSeconds: 0)),
        #"{"title":"Sentrum \"2050\"","language":"nb","locked":true,"ended":false}"#
    ),
    (
        "session at a pace",
        .session(SessionEntry(title: "S", language: "nb", isLocked: false, isEnded: false, paceSeconds: 30)),
        #"{"title":"S","language":"nb","locked":false,"ended":false,"paceSeconds":30}"#
    ),
    (
        "phase", .phase(PhaseEntry(phase: phase, progress: progress, position: 2, count: 7)),
        """
        {"id":"f2","position":2,"count":7,"name":"Skriv","instruction":"Én idé","minutes":8,"board":"b1","rhythm":"individual",\
        "may":["add","editOwn"],"helpersMay":["move"],"visibility":"own","anonymity":"all","notesEach":3,"moderated":true,\
        "timerClosesInput":true,"vote":{"kind":"dots","budget":3,"cap":2,"targets":"clusters"},"revealed":true,"inputClosed":false}
        """
    ),
    (
        "phase/f…",
        .runSheetPhase(RunSheetEntry(phase: phase, progress: progress, position: 2, isCurrent: true)),
        """
        {"id":"f2","position":2,"current":true,"name":"Skriv","instruction":"Én idé","hint":"Vis fram","minutes":8,"board":"b1",\
        "rhythm":"individual","participants":["add","editOwn"],"helpers":["move"],"visibility":"own","anonymity":"all","notesEach":3,\
        "moderated":true,"timerClosesInput":true,"vote":{"kind":"dots","budget":3,"cap":2,"targets":"clusters"},"revealed":true,\
        "inputClosed":false,"notes":12,"writers":5}
        """
    ),
    (
        "board",
        .board(
            Board(
                id: BoardID(1), name: "Ideer", structure: .columns,
                columns: [
                    Column(id: "now", name: "Nå", hint: "I år", paper: .sun, group: "Tid"),
                    Column(id: "later", name: "Siden"),
                ])),
        """
        {"name":"Ideer","structure":"columns","columns":[{"id":"now","name":"Nå","hint":"I år","paper":"sun","group":"Tid"},\
        {"id":"later","name":"Siden","hint":"","paper":null,"group":""}]}
        """
    ),
    (
        "board with axes",
        .board(
            Board(
                id: BoardID(1), name: "Kart", structure: .matrix, columns: [],
                axes: Axes(across: Axis(name: "Innsats", low: "lite", high: "mye"), up: Axis(name: "Nytte")))),
        """
        {"name":"Kart","structure":"matrix","columns":[],"axes":{"across":{"name":"Innsats","low":"lite","high":"mye"},\
        "up":{"name":"Nytte","low":"","high":""}}}
        """
    ),
    (
        "timer running", .timer(Timer(state: .running(deadline: 1_795_478_700_000), duration: 300_000)),
        #"{"state":"running","deadline":1795478700000,"durationMilliseconds":300000}"#
    ),
    (
        "timer paused", .timer(Timer(state: .paused(remaining: 12_345), duration: 300_000)),
        #"{"state":"paused","remainingMilliseconds":12345,"durationMilliseconds":300000}"#
    ),
    (
        "timer ended", .timer(Timer(state: .ended, duration: 300_000)),
        #"{"state":"ended","durationMilliseconds":300000}"#
    ),
    (
        "totals",
        .totals(
            TotalsEntry(headCount: headCount, notes: 57, writers: 28, withheld: 2)),
        #"{"room":31,"remote":9,"ready":4,"hands":1,"notes":57,"writers":28,"withheld":2}"#
    ),
    ("spotlight note", .spotlight(.note(NoteID(1))), #"{"item":"n1"}"#),
    ("spotlight cluster", .spotlight(.cluster(ClusterID(2))), #"{"item":"c2"}"#),
    ("spotlight round", .spotlight(.round(RoundID(3))), #"{"item":"r3"}"#),
    (
        "note, room", .note(NoteEntry(note: note(.published), author: nil)),
        """
        {"board":"b1","phase":"f2","column":null,"cluster":null,"text":"Benk","paper":"sun","source":"phone","at":1795478460000}
        """
    ),
    (
        "note, room, everything", .note(NoteEntry(note: fullNote, author: "Kari")),
        """
        {"board":"b1","phase":"f2","column":"now","cluster":"c4","text":"Benk","paper":"sun","source":"paper","at":1795478460000,\
        "language":"se","shared":true,"author":"Kari"}
        """
    ),
    (
        "note, own", .ownNote(OwnNoteEntry(note: note(.held), isVisible: false)),
        """
        {"board":"b1","phase":"f2","column":null,"cluster":null,"text":"Benk","paper":"sun","source":"phone","at":1795478460000,\
        "ref":5,"visible":false,"publication":"held"}
        """
    ),
    (
        "note, own, published", .ownNote(OwnNoteEntry(note: note(.published), isVisible: true)),
        """
        {"board":"b1","phase":"f2","column":null,"cluster":null,"text":"Benk","paper":"sun","source":"phone","at":1795478460000,\
        "ref":5,"visible":true,"publication":"published"}
        """
    ),
    (
        "note, staff", .staffNote(StaffNoteEntry(note: note(.redacted(.offTopic)))),
        """
        {"board":"b1","phase":"f2","column":null,"cluster":null,"text":"Benk","paper":"sun","source":"phone","at":1795478460000,\
        "publication":"redacted","reason":"off-topic"}
        """
    ),
    (
        "cluster",
        .cluster(
            Cluster(id: ClusterID(4), board: BoardID(1), name: "Møteplasser", notes: [NoteID(3), NoteID(1)])),
        #"{"board":"b1","column":null,"name":"Møteplasser","notes":["n3","n1"]}"#
    ),
    (
        "totals with tables", .totals(TotalsEntry(headCount: tables, notes: 0, writers: 0, withheld: 0)),
        #"{"room":9,"remote":0,"tables":1,"atTables":8,"ready":0,"hands":0,"notes":0,"writers":0,"withheld":0}"#
    ),
    (
        "speakers", .speakers(speakers),
        """
        {"state":"drawn","speechSeconds":180,"replySeconds":60,"spoken":{"room":1,"remote":0},"current":{"id":"q2",\
        "kind":"speech","via":"remote","since":1795478400000,"seconds":180},"queue":[{"id":"q4","kind":"reply","via":"room",\
        "name":"Kari"},{"id":"q3","kind":"speech","via":"room","name":"Ola","proxy":true}]}
        """
    ),
    (
        "me, a table's, who asks",
        .me(
            MeEntry(
                id: ParticipantID(2), role: .participant, name: "", attendance: .room, isReady: false,
                isHandRaised: false, tableHeads: 8, requests: [SpeechID(4)])),
        """
        {"id":"p2","role":"participant","name":"","via":"room","ready":false,"raised":false,"heads":8,"asks":["q4"]}
        """
    ),
    (
        "what a table gave",
        .ownTableBallot([.note(NoteID(1)): [.init(value: -1, count: 2), .init(value: 1, count: 5)]]),
        #"{"table":{"n1":{"-1":2,"1":5}}}"#
    ),
    (
        "round", .round(RoundEntry(round: round(.open), results: nil)),
        """
        {"board":"b1","phase":"f2","title":"Hva først?","vote":{"kind":"stance","targets":"notes"},"state":"open","voters":3}
        """
    ),
    (
        "round with results",
        .round(
            RoundEntry(
                round: round(.revealed),
                results: [
                    .init(
                        target: .cluster(ClusterID(4)),
                        counts: [.init(value: -1, count: 2), .init(value: 1, count: 7)], hands: []),
                    .init(target: .note(NoteID(1)), counts: [], hands: [.init(value: 1, count: 14)]),
                ])),
        """
        {"board":"b1","phase":"f2","title":"Hva først?","vote":{"kind":"stance","targets":"notes"},"state":"revealed","voters":3,\
        "results":[{"target":"c4","counts":{"-1":2,"1":7},"hands":{}},{"target":"n1","counts":{},"hands":{"1":14}}]}
        """
    ),
    (
        "round, own",
        .ownBallot(
            OwnBallotEntry(ballot: [.cluster(ClusterID(2)): 2, .note(NoteID(12)): 1, .note(NoteID(3)): -1])),
        #"{"votes":{"n3":-1,"n12":1,"c2":2}}"#
    ),
    (
        "me",
        .me(
            MeEntry(
                id: ParticipantID(7), role: .participant, name: "Kari", attendance: .remote, isReady: true,
                isHandRaised: false)),
        #"{"id":"p7","role":"participant","name":"Kari","via":"remote","ready":true,"raised":false}"#
    ),
    (
        "door", .door(DoorEntry(code: "KRTMPX", isOpen: true, needsApproval: false, places: 40)),
        #"{"code":"KRTMPX","open":true,"approval":false,"places":40}"#
    ),
    (
        "participant who waits",
        .participant(
            ParticipantEntry(
                role: .participant, name: "", attendance: .room, isHandRaised: false, wait: .place)),
        #"{"role":"participant","name":"","via":"room","raised":false,"waits":"place"}"#
    ),
    ("undo", .undo(steps: 3), #"{"steps":3}"#),
    (
        "participant",
        .participant(ParticipantEntry(role: .helper, name: "", attendance: .room, isHandRaised: true)),
        #"{"role":"helper","name":"","via":"room","raised":true}"#
    ),
]

private let phase = Phase(
    id: PhaseID(2), name: "Skriv", instruction: "Én idé", hint: "Vis fram", minutes: 8, board: BoardID(1),
    participants: [.add, .editOwn], helpers: [.move], visibility: .own, notesEach: 3, isModerated: true,
    timerClosesInput: true,
    vote: VoteSetup(kind: .dots(budget: 3, cap: 2), targets: .clusters))

private let tables: HeadCount = {
    guard var scene = try? Scene(), (try? scene.join()) != nil, let table = try? scene.join() else {
        return HeadCount()
    }
    _ = try? scene.act(table, .setTable(heads: 8))
    return scene.workshop.headCount
}()

private let speakers: SpeakersEntry = {
    var list: SpeakersEntry?
    do {
        var scene = try Scene()
        let boss = ParticipantID(1)
        let (kari, nameless) = (try scene.join(name: "Kari"), try scene.join(via: .remote))
        try scene.act(boss, .setSpeakers(.open, speechSeconds: 180, replySeconds: 60))
        try scene.act(kari, .askToSpeak(.speech))
        try scene.act(nameless, .askToSpeak(.speech))
        try scene.act(boss, .addSpeaker(name: "Ola", .speech, .room))
        try scene.act(boss, .callSpeaker(SpeechID(1)))
        try scene.act(boss, .callSpeaker(SpeechID(2)))
        try scene.act(kari, .askToSpeak(.reply))
        try scene.act(boss, .setSpeakers(.drawn, speechSeconds: 180, replySeconds: 60))
        if case .speakers(let entry)? = scene.workshop.entry(for: .speakers, in: .room) { list = entry }
    } catch {}
    return list ?? SpeakersEntry.none
}()

extension SpeakersEntry {
    fileprivate static var none: SpeakersEntry { preconditionFailure("There is a list") }
}

private let headCount: HeadCount = {
    var count = HeadCount()
    count.room = 31
    count.remote = 9
    count.ready = 4
    count.hands = 1
    return count
}()

private let progress = PhaseProgress(isRevealed: true, isInputClosed: false, notes: 12, writers: 5)

private func note(_ publication: Publication) -> Note {
    Note(
        id: NoteID(1), board: BoardID(1), phase: PhaseID(2), column: nil, text: "Benk", paper: .sun,
        language: nil, source: .phone,
        author: ParticipantID(77), ref: 5, publication: publication, writtenAt: 1_795_478_460_000)
}

private var fullNote: Note {
    var note = note(.published)
    note.column = "now"
    note.cluster = ClusterID(4)
    note.language = "se"
    note.source = .paper
    note.isShared = true
    return note
}

private func round(_ state: RoundState) -> Round {
    Round(
        id: RoundID(1), board: BoardID(1), phase: PhaseID(2), title: "Hva først?",
        setup: VoteSetup(kind: .stance, targets: .notes),
        state: state, voters: 3, tallies: [], hands: [])
}

@Suite("Entries (E)")
struct EntryCodecTests {
    @Test("[C1] each entry has the members of the protocol, byte for byte", arguments: shapes.indices)
    func shape(index: Int) {
        let shape = shapes[index]
        #expect(
            String(decoding: EntryCodec.encode(shape.entry), as: UTF8.self) == shape.json, "\(shape.name)")
    }

    @Test("[E2] no note entry names its author's number", arguments: shapes.indices)
    func noAuthor(index: Int) {
        #expect(!String(decoding: EntryCodec.encode(shapes[index].entry), as: UTF8.self).contains("p77"))
    }

    @Test("[C1] a channel's name and keys on the wire")
    func names() {
        #expect(
            [ChannelName.room, .own(ParticipantID(7)), .staff, .door].map(\.wireName) == [
                "room", "own", "staff", "door",
            ])
        #expect(EntryKey.note(NoteID(12)).description == "note/n12")
        #expect(EntryKey.runSheetPhase(PhaseID(3)).description == "phase/f3")
    }

    @Test("[C1] a changes message has set and drop, be they empty")
    func changes() throws {
        var builder = ChangesBuilder(channel: .own(ParticipantID(7)), sequence: .max >> 11)
        #expect(builder.isEmpty)
        #expect(
            String(decoding: builder.finish(), as: UTF8.self)
                == #"{"type":"changes","channel":"own","sequence":9007199254740991,"set":{},"drop":[]}"#)
        builder.set(.me, Array("{}".utf8))
        builder.drop(.note(NoteID(1)))
        builder.set(.round(RoundID(2)), Array("{\"votes\":{}}".utf8))
        builder.drop(.note(NoteID(2)))
        #expect(!builder.isEmpty)
        let message = try JSONReader.read(builder.finish())
        #expect(message["set"]?.members?.map(\.name) == ["me", "round/r2"])
        #expect(message["drop"]?.array == [.string("note/n1"), .string("note/n2")])
    }

    @Test("[H5] who comes by the facilitator's link gets the links")
    func welcomeWithLinks() throws {
        let welcome = try JSONReader.read(
            ServerMessage.welcome(
                .init(
                    workshop: "w1", epoch: "e", participant: ParticipantID(1), role: .facilitator,
                    channels: Role.facilitator.channels(for: ParticipantID(1)), now: 1, lastRef: 0,
                    noteCharacters: 500, links: [(.helper, "H"), (.screen, "S"), (.observer, "O")])))
        #expect(welcome["channels"]?.array?.compactMap(\.string) == ["room", "own", "staff", "door"])
        #expect(welcome["links"]?.members?.map(\.name) == ["helper", "screen", "observer"])
    }
}

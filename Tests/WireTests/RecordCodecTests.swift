import Testing
import Wire
import Workshop

/// One event of each kind with the bytes that journals hold. These lines may be added to, never changed: what was written
/// once is read for ever.
private let golden: [(event: Event, json: String)] = [
    (.created(creation), createdJSON),
    (.created(laterCreation), laterCreatedJSON),
    (
        .joined(
            ParticipantID(7), role: .participant, secret: hash(1), name: "Kari \"K\"", attendance: .remote),
        #"{"e":"joined","participant":"p7","role":"participant","secret":"\#(hex(1))","name":"Kari \"K\"","via":"remote"}"#
    ),
    (.renamed(ParticipantID(7), "Åse"), #"{"e":"renamed","participant":"p7","name":"Åse"}"#),
    (.readySet(ParticipantID(7), true), #"{"e":"readySet","participant":"p7","ready":true}"#),
    (.handSet(ParticipantID(7), false), #"{"e":"handSet","participant":"p7","raised":false}"#),
    (.participantRemoved(ParticipantID(7)), #"{"e":"participantRemoved","participant":"p7"}"#),
    (.participantErased(ParticipantID(7)), #"{"e":"participantErased","participant":"p7"}"#),
    (
        .waitSet([ParticipantID(7), ParticipantID(8)], .place),
        #"{"e":"waitSet","participants":["p7","p8"],"waits":"place"}"#
    ),
    (.waitSet([ParticipantID(7)], nil), #"{"e":"waitSet","participants":["p7"],"waits":null}"#),
    (.admitted([ParticipantID(7)]), #"{"e":"admitted","participants":["p7"]}"#),
    (.turnedAway([ParticipantID(7)]), #"{"e":"turnedAway","participants":["p7"]}"#),
    (.approvalSet(true), #"{"e":"approvalSet","required":true}"#),
    (.placesSet(40), #"{"e":"placesSet","places":40}"#),
    (.paceSet(seconds: 30), #"{"e":"paceSet","seconds":30}"#),
    (.process(.stepOpened(2)), #"{"e":"stepOpened","step":2}"#),
    (
        .notesRaised([NoteID(12), NoteID(3)], true),
        #"{"e":"notesRaised","notes":["n12","n3"],"raised":true}"#
    ),
    (
        .groupsFormed(
            PhaseID(2), [group(), group(GroupID(4), name: "Bord 2", via: .remote, parents: [GroupID(1)])]),
        """
        {"e":"groupsFormed","phase":"f2","groups":[{"group":"g3","number":1,"members":["p7","p8"]},\
        {"group":"g4","number":1,"name":"Bord 2","channel":"remote","parents":["g1"],"members":["p7","p8"]}]}
        """
    ),
    (
        .groupAdded(group()),
        #"{"e":"groupAdded","phase":"f2","group":"g3","number":1,"members":["p7","p8"]}"#
    ),
    (
        .groupSet([ParticipantID(7)], PhaseID(2), GroupID(3)),
        #"{"e":"groupSet","participants":["p7"],"phase":"f2","group":"g3"}"#
    ),
    (
        .groupSet([ParticipantID(7)], PhaseID(2), nil),
        #"{"e":"groupSet","participants":["p7"],"phase":"f2","group":null}"#
    ),
    (.groupRenamed(GroupID(3), "Elva"), #"{"e":"groupRenamed","group":"g3","name":"Elva"}"#),
    (.awaySet([ParticipantID(7)], true), #"{"e":"awaySet","participants":["p7"],"away":true}"#),
    (
        .noteAdded(carried()),
        """
        {"e":"noteAdded","note":"n12","board":"b1","phase":"f2","text":"Benk","paper":"sun","source":"phone","author":"p7",\
        "noteRef":5,"held":false,"writtenAt":1795478460000,"group":"g3","from":[{"note":"n4"}]}
        """
    ),
    (
        .phaseChanged(groupPhase()),
        #"{"e":"phaseChanged","phase":"f2",\#(phaseJSON),"grouping":{"how":"random","size":2},"advances":true}"#
    ),
    (.noteErased(NoteID(12)), #"{"e":"noteErased","note":"n12"}"#),
    (
        .retentionSet(days: 90, eraseAt: 1_803_254_400_000),
        #"{"e":"retentionSet","days":90,"eraseAt":1803254400000}"#
    ),
    (
        .noteAdded(note()),
        """
        {"e":"noteAdded","note":"n12","board":"b1","phase":"f2","text":"Benk","paper":"sun","source":"phone","author":"p7",\
        "noteRef":5,"held":false,"writtenAt":1795478460000}
        """
    ),
    (
        .noteAdded(note(column: "now", language: "se", publication: .held)),
        """
        {"e":"noteAdded","note":"n12","board":"b1","phase":"f2","column":"now","text":"Benk","paper":"sun","language":"se",\
        "source":"phone","author":"p7","noteRef":5,"held":true,"writtenAt":1795478460000}
        """
    ),
    (.noteEdited(NoteID(12), text: " a\n b "), #"{"e":"noteEdited","note":"n12","text":" a\n b "}"#),
    (.noteWithdrawn(NoteID(12)), #"{"e":"noteWithdrawn","note":"n12"}"#),
    (.noteShared(NoteID(12)), #"{"e":"noteShared","note":"n12"}"#),
    (.notePublished(NoteID(12)), #"{"e":"notePublished","note":"n12"}"#),
    (.noteRedacted(NoteID(12), .offTopic), #"{"e":"noteRedacted","note":"n12","reason":"off-topic"}"#),
    (
        .clusterCreated(ClusterID(2), name: "", notes: [NoteID(1), NoteID(12)]),
        #"{"e":"clusterCreated","cluster":"c2","name":"","notes":["n1","n12"]}"#
    ),
    (.clusterRenamed(ClusterID(2), "Park"), #"{"e":"clusterRenamed","cluster":"c2","name":"Park"}"#),
    (.notesMoved([NoteID(1)], to: ClusterID(2)), #"{"e":"notesMoved","notes":["n1"],"cluster":"c2"}"#),
    (.notesMoved([], to: nil), #"{"e":"notesMoved","notes":[],"cluster":null}"#),
    (.notesPlaced([NoteID(1)], column: "now"), #"{"e":"notesPlaced","notes":["n1"],"column":"now"}"#),
    (
        .clustersMerged(ClusterID(2), into: ClusterID(1)),
        #"{"e":"clustersMerged","cluster":"c2","into":"c1"}"#
    ),
    (.clusterDissolved(ClusterID(2)), #"{"e":"clusterDissolved","cluster":"c2"}"#),
    (.clusteringUndone(BoardID(1)), #"{"e":"clusteringUndone","board":"b1"}"#),
    (
        .roundOpened(
            RoundID(1), board: BoardID(1), phase: PhaseID(2), title: "Hva?",
            VoteSetup(kind: .dots(budget: 3, cap: 2), targets: .clusters)),
        """
        {"e":"roundOpened","round":"r1","board":"b1","phase":"f2","title":"Hva?",\
        "vote":{"kind":"dots","budget":3,"cap":2,"targets":"clusters"}}
        """
    ),
    (.tableSet(ParticipantID(2), heads: 8), #"{"e":"tableSet","participant":"p2","heads":8}"#),
    (.tableSet(ParticipantID(2), heads: nil), #"{"e":"tableSet","participant":"p2"}"#),
    (
        .turnoutCounted(RoundID(1), done: 9, tables: 2),
        #"{"e":"turnoutCounted","round":"r1","done":9,"tables":2}"#
    ),
    (
        .tablesCounted(
            RoundID(1), tables: 2, heads: 14,
            tallies: [
                Tally(
                    target: .note(NoteID(3)),
                    counts: [.init(value: -1, count: 2), .init(value: 1, count: 9)])
            ]),
        #"{"e":"tablesCounted","round":"r1","tables":2,"heads":14,"tallies":[{"target":"n3","counts":[[-1,2],[1,9]]}]}"#
    ),
    (
        .speakersSet(.drawn, speechSeconds: 180, replySeconds: 60),
        #"{"e":"speakersSet","state":"drawn","speechSeconds":180,"replySeconds":60}"#
    ),
    (
        .speechAsked(SpeechID(4), ParticipantID(2), .reply),
        #"{"e":"speechAsked","speech":"q4","participant":"p2","kind":"reply"}"#
    ),
    (
        .speechAdded(SpeechID(5), name: "Kari \"K\"", .speech, .remote),
        #"{"e":"speechAdded","speech":"q5","name":"Kari \"K\"","kind":"speech","via":"remote"}"#
    ),
    (.speechWithdrawn(SpeechID(4)), #"{"e":"speechWithdrawn","speech":"q4"}"#),
    (.speechCalled(SpeechID(4)), #"{"e":"speechCalled","speech":"q4"}"#),
    (.speechFinished(SpeechID(4)), #"{"e":"speechFinished","speech":"q4"}"#),
    (.speechRemoved(SpeechID(4)), #"{"e":"speechRemoved","speech":"q4"}"#),
    (.speechMoved(SpeechID(4), after: SpeechID(2)), #"{"e":"speechMoved","speech":"q4","after":"q2"}"#),
    (.votersCounted(RoundID(1), 17), #"{"e":"votersCounted","round":"r1","voters":17}"#),
    (
        .roundClosed(
            RoundID(1), voters: 17,
            tallies: [
                Tally(
                    target: .note(NoteID(3)), counts: [.init(value: -1, count: 2), .init(value: 1, count: 9)]),
                Tally(target: .cluster(ClusterID(1)), counts: []),
            ]),
        """
        {"e":"roundClosed","round":"r1","voters":17,"tallies":[{"target":"n3","counts":[[-1,2],[1,9]]},{"target":"c1","counts":[]}]}
        """
    ),
    (.roundRevealed(RoundID(1)), #"{"e":"roundRevealed","round":"r1"}"#),
    (
        .handsRecorded(RoundID(1), .cluster(ClusterID(1)), value: 1, count: 40),
        #"{"e":"handsRecorded","round":"r1","target":"c1","value":1,"count":40}"#
    ),
    (.phaseOpened(PhaseID(2)), #"{"e":"phaseOpened","phase":"f2"}"#),
    (.phaseRevealed(PhaseID(2)), #"{"e":"phaseRevealed","phase":"f2"}"#),
    (.phaseConcealed(PhaseID(2)), #"{"e":"phaseConcealed","phase":"f2"}"#),
    (.inputSet(PhaseID(2), isOpen: true), #"{"e":"inputSet","phase":"f2","open":true}"#),
    (.phaseChanged(phase(PhaseID(2))), #"{"e":"phaseChanged","phase":"f2",\#(phaseJSON)}"#),
    (
        .phaseAdded(phase(PhaseID(9)), after: PhaseID(2)),
        #"{"e":"phaseAdded","phase":"f9","after":"f2",\#(phaseJSON)}"#
    ),
    (
        .phaseAdded(phase(PhaseID(9)), after: nil),
        #"{"e":"phaseAdded","phase":"f9","after":null,\#(phaseJSON)}"#
    ),
    (.phaseRemoved(PhaseID(2)), #"{"e":"phaseRemoved","phase":"f2"}"#),
    (.phaseMoved(PhaseID(2), after: PhaseID(3)), #"{"e":"phaseMoved","phase":"f2","after":"f3"}"#),
    (.phaseMoved(PhaseID(2), after: nil), #"{"e":"phaseMoved","phase":"f2","after":null}"#),
    (
        .phaseAdded(Phase(id: PhaseID(4), name: "Pause", board: BoardID(1), isBreak: true), after: nil),
        """
        {"e":"phaseAdded","phase":"f4","after":null,"name":"Pause","instruction":"","hint":"","minutes":0,"board":"b1",\
        "rhythm":"individual","participants":[],"helpers":[],"visibility":"everyone","anonymity":"all","notesEach":0,\
        "moderated":false,"timerClosesInput":false,"vote":null,"break":true}
        """
    ),
    (
        .boardAdded(
            Board(
                id: BoardID(2), name: "To", structure: .columns,
                columns: [Column(id: "a", name: "A", hint: "h", paper: .sky, group: "g")]),
            clusters: [given]),
        """
        {"e":"boardAdded","board":"b2","name":"To","structure":"columns","columns":[{"id":"a","name":"A","hint":"h","paper":"sky",\
        "group":"g"}],"clusters":[{"cluster":"c3","board":"b2","column":"a","name":"Lytt"}]}
        """
    ),
    (
        .boardAdded(Board(id: BoardID(2), name: "To", structure: .list), clusters: []),
        #"{"e":"boardAdded","board":"b2","name":"To","structure":"list","columns":[]}"#
    ),
    (
        .boardChanged(Board(id: BoardID(2), name: "To", structure: .list)),
        #"{"e":"boardChanged","board":"b2","name":"To","structure":"list","columns":[]}"#
    ),
    (.boardRemoved(BoardID(2)), #"{"e":"boardRemoved","board":"b2"}"#),
    (.startPlanned(1_795_478_460_000), #"{"e":"startPlanned","at":1795478460000}"#),
    (.startPlanned(nil), #"{"e":"startPlanned","at":null}"#),
    (.titleSet("Sentrum i 2050"), #"{"e":"titleSet","title":"Sentrum i 2050"}"#),
    (
        .timerSet(Timer(state: .running(deadline: 1_795_478_700_000), duration: 300_000)),
        #"{"e":"timerSet","timer":{"deadline":1795478700000,"duration":300000}}"#
    ),
    (
        .timerSet(Timer(state: .paused(remaining: 0), duration: 300_000)),
        #"{"e":"timerSet","timer":{"remaining":0,"duration":300000}}"#
    ),
    (.timerSet(Timer(state: .ended, duration: 300_000)), #"{"e":"timerSet","timer":{"duration":300000}}"#),
    (.timerSet(nil), #"{"e":"timerSet","timer":null}"#),
    (.doorSet(isOpen: false), #"{"e":"doorSet","open":false}"#),
    (.codeChanged("KRTMPX"), #"{"e":"codeChanged","code":"KRTMPX"}"#),
    (
        .linkReplaced(Creation.Link(role: .helper, secret: hash(1), generation: 2)),
        #"{"e":"linkReplaced","role":"helper","secret":"\#(hex(1))","generation":2}"#
    ),
    (.accessRevoked(ParticipantID(7)), #"{"e":"accessRevoked","participant":"p7"}"#),
    (.lockSet(true), #"{"e":"lockSet","locked":true}"#),
    (.spotlightSet(.note(NoteID(1))), #"{"e":"spotlightSet","item":"n1"}"#),
    (.spotlightSet(.cluster(ClusterID(2))), #"{"e":"spotlightSet","item":"c2"}"#),
    (.spotlightSet(.round(RoundID(3))), #"{"e":"spotlightSet","item":"r3"}"#),
    (.spotlightSet(nil), #"{"e":"spotlightSet","item":null}"#),
    (.ended, #"{"e":"ended"}"#),
]

private func hash(_ byte: UInt8) -> SecretHash {
    SecretHash([UInt8](repeating: 0xAB, count: 31) + [byte]) ?? { preconditionFailure("32 bytes") }()
}

private func hex(_ byte: Int) -> String { String(repeating: "ab", count: 31) + "0\(byte)" }

private func note(column: String? = nil, language: String? = nil, publication: Publication = .published)
    -> Note
{
    Note(
        id: NoteID(12), board: BoardID(1), phase: PhaseID(2), column: column, text: "Benk", paper: .sun,
        language: language,
        source: .phone, author: ParticipantID(7), ref: 5, publication: publication,
        writtenAt: 1_795_478_460_000)
}

private func carried() -> Note {
    var note = note()
    note.group = GroupID(3)
    note.origins = [.note(NoteID(4))]
    return note
}

private func group(
    _ id: GroupID = GroupID(3), name: String = "", via: Attendance? = nil, parents: [GroupID] = []
) -> Group {
    var group = Group(id: id, phase: PhaseID(2), number: 1)
    (group.name, group.channel, group.parents) = (name, via, parents)
    group.members = [ParticipantID(7), ParticipantID(8)]
    return group
}

private func groupPhase() -> Phase {
    var phase = phase(PhaseID(2))
    phase.grouping = Grouping(how: .random, size: 2)
    phase.advances = true
    return phase
}

private func phase(_ id: PhaseID) -> Phase {
    Phase(
        id: id, name: "Skriv", instruction: " Én idé ", hint: "", minutes: 8, board: BoardID(1),
        rhythm: .plenary,
        participants: [.add, .vote], helpers: [], visibility: .own, anonymity: .none, notesEach: 3,
        isModerated: true,
        timerClosesInput: true, vote: VoteSetup(kind: .scale(low: -2, high: 2), targets: .notes))
}

private let phaseJSON = """
    "name":"Skriv","instruction":" Én idé ","hint":"","minutes":8,"board":"b1","rhythm":"plenary","participants":["add","vote"],\
    "helpers":[],"visibility":"own","anonymity":"none","notesEach":3,"moderated":true,"timerClosesInput":true,\
    "vote":{"kind":"scale","low":-2,"high":2,"targets":"notes"}
    """

private let creation: Creation = {
    var limits = Limits()
    limits.notes = 7
    return Creation(
        id: "w1", title: "Sentrum", language: "nb", code: "KRTMPX",
        links: [.init(role: .facilitator, secret: hash(1)), .init(role: .screen, secret: hash(2))],
        boards: [
            Board(id: BoardID(1), name: "Ideer", structure: .list),
            Board(
                id: BoardID(2), name: "Kart", structure: .ring,
                columns: [
                    Column(id: "in", name: "Inne", hint: "Nær", paper: .moss, group: "A"),
                    Column(id: "out", name: "Ute"),
                ]),
        ],
        phases: [phase(PhaseID(1)), Phase(id: PhaseID(2), name: "Les", board: BoardID(2))], limits: limits)
}()

private let createdJSON = """
    {"e":"created","id":"w1","title":"Sentrum","language":"nb","code":"KRTMPX","links":[{"role":"facilitator","secret":"\(hex(1))"},\
    {"role":"screen","secret":"\(hex(2))"}],"boards":[{"name":"Ideer","structure":"list","columns":[]},{"name":"Kart",\
    "structure":"ring","columns":[{"id":"in","name":"Inne","hint":"Nær","paper":"moss","group":"A"},{"id":"out","name":"Ute",\
    "hint":"","paper":null,"group":""}]}],"phases":[{\(phaseJSON)},{"name":"Les","instruction":"","hint":"","minutes":0,"board":"b2",\
    "rhythm":"individual","participants":[],"helpers":[],"visibility":"everyone","anonymity":"all","notesEach":0,"moderated":false,\
    "timerClosesInput":false,"vote":null}],"limits":{"noteCharacters":500,"notes":7,"notesPerParticipant":200,"nameCharacters":80,\
    "instructionCharacters":2000,"clusters":1000,"rounds":100,"phases":60,"boards":30,"columns":64,"participants":20000,\
    "undoSteps":50,"notesPerCommand":1000,"timerSeconds":86400,"voteBudget":99,"handsPerRecord":100000}}
    """

/// With what came later: axes, clusters that are there from the start, a vote on an axis.
private let laterCreation = Creation(
    id: "w1", title: "T", language: "nb", code: "KRTMPX", links: [],
    boards: [
        Board(
            id: BoardID(1), name: "Kart", structure: .matrix,
            columns: [Column(id: "x1-y1", name: "Innsats 1")],
            axes: Axes(across: Axis(name: "Innsats", low: "lite", high: "mye"), up: Axis(name: "Nytte")))
    ],
    phases: [
        Phase(
            id: PhaseID(1), name: "Vurder", board: BoardID(1),
            vote: VoteSetup(kind: .scale(low: 1, high: 5), targets: .notes, axis: .across))
    ],
    clusters: [Cluster(id: ClusterID(1), board: BoardID(1), column: "x1-y1", name: "Lytt", notes: [])],
    keepDays: 30)

private let given = Cluster(id: ClusterID(3), board: BoardID(2), column: "a", name: "Lytt", notes: [])

private let laterCreatedJSON = """
    {"e":"created","id":"w1","title":"T","language":"nb","code":"KRTMPX","links":[],"boards":[{"name":"Kart","structure":"matrix",\
    "columns":[{"id":"x1-y1","name":"Innsats 1","hint":"","paper":null,"group":""}],"axes":{"across":{"name":"Innsats","low":"lite",\
    "high":"mye"},"up":{"name":"Nytte","low":"","high":""}}}],"phases":[{"name":"Vurder","instruction":"","hint":"","minutes":0,\
    "board":"b1","rhythm":"individual","participants":[],"helpers":[],"visibility":"everyone","anonymity":"all","notesEach":0,\
    "moderated":false,"timerClosesInput":false,"vote":{"kind":"scale","low":1,"high":5,"targets":"notes","axis":"across"}}],\
    "clusters":[{"board":"b1","column":"x1-y1","name":"Lytt"}],"limits":{"noteCharacters":500,"notes":20000,\
    "notesPerParticipant":200,"nameCharacters":80,\
    "instructionCharacters":2000,"clusters":1000,"rounds":100,"phases":60,"boards":30,"columns":64,"participants":20000,\
    "undoSteps":50,"notesPerCommand":1000,"timerSeconds":86400,"voteBudget":99,"handsPerRecord":100000},"keepDays":30}
    """

@Suite("Records, as the journal keeps them")
struct RecordCodecTests {
    @Test("each kind of event is written as it always was, and read back the same", arguments: golden.indices)
    func events(index: Int) throws {
        let (event, json) = golden[index]
        let record = Record(at: 1_795_478_460_000, actor: ParticipantID(7), ref: 5, events: [event])
        let bytes = RecordCodec.encode(record)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"at":1795478460000,"by":"p7","ref":5,"ev":[\#(json)]}"#)
        #expect(try RecordCodec.decode(bytes) == record)
    }

    @Test("no kind of event is forgotten here")
    func everyKind() {
        let kinds = Set(golden.map { String("\($0.event)".prefix { $0 != "(" }) })
        // `ballotSet` is kept in cells. A new kind of event makes this switch incomplete: add a line above as well.
        for (event, _) in golden {
            switch event {
            case .created, .joined, .renamed, .readySet, .handSet, .participantRemoved, .noteAdded,
                .participantErased, .noteErased, .retentionSet,
                .noteEdited, .noteWithdrawn,
                .noteShared, .notePublished, .noteRedacted, .clusterCreated, .clusterRenamed, .notesMoved,
                .notesPlaced,
                .clustersMerged, .clusterDissolved, .clusteringUndone, .roundOpened, .ballotSet,
                .votersCounted, .roundClosed,
                .roundRevealed, .handsRecorded, .phaseOpened, .phaseRevealed, .phaseConcealed, .inputSet,
                .phaseChanged,
                .phaseAdded, .phaseRemoved, .phaseMoved, .timerSet, .doorSet, .codeChanged, .lockSet,
                .spotlightSet, .ended, .waitSet, .admitted, .turnedAway, .approvalSet, .placesSet,
                .paceSet, .linkReplaced, .accessRevoked, .tableSet, .tableBallotSet, .turnoutCounted,
                .tablesCounted, .speakersSet, .speechAsked, .speechAdded, .speechWithdrawn, .speechCalled,
                .speechFinished, .speechRemoved, .speechMoved, .process, .boardAdded, .boardChanged,
                .boardRemoved, .startPlanned, .titleSet, .notesRaised, .groupsFormed,
                .groupAdded, .groupSet, .groupRenamed, .awaySet:
                break
            }
        }
        #expect(kinds.count == 72)
    }

    @Test("the clock's and newcomers' records have no actor, uncounted ones no ref")
    func withoutActor() throws {
        let record = Record(at: 0, actor: nil, ref: 0, events: [.ended, .lockSet(false)])
        let bytes = RecordCodec.encode(record)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"at":0,"ev":[{"e":"ended"},{"e":"lockSet","locked":false}]}"#)
        #expect(try RecordCodec.decode(bytes) == record)
    }

    @Test("the largest numbers")
    func largest() throws {
        let record = Record(
            at: 9_007_199_254_740_991, actor: ParticipantID(.max), ref: .max,
            events: [.noteWithdrawn(NoteID(.max))])
        #expect(try RecordCodec.decode(RecordCodec.encode(record)) == record)
    }

    @Test("what a newer version adds beside the known members is passed over")
    func newerMembers() throws {
        let text = #"{"at":1,"later":[1],"ev":[{"e":"lockSet","locked":true,"why":{"a":1}}]}"#
        #expect(
            try RecordCodec.decode(Array(text.utf8))
                == Record(at: 1, actor: nil, ref: 0, events: [.lockSet(true)]))
    }

    @Test("an event of a newer version is refused by name, wherever it stands")
    func newerEvents() {
        for text in [
            #"{"at":1,"ev":[{"e":"notePainted"}]}"#,
            #"{"at":1,"ev":[{"e":"ended"},{"e":"notePainted","x":1}]}"#,
        ] {
            #expect(throws: RecordError.unknownEvent("notePainted")) {
                try RecordCodec.decode(Array(text.utf8))
            }
        }
        #expect(throws: RecordError.unknownEvent("ballotSet")) {
            try RecordCodec.decode(Array(#"{"at":1,"ev":[{"e":"ballotSet"}]}"#.utf8))
        }
    }

    @Test(
        "nothing is guessed: a record that lacks something is refused",
        arguments: [
            "{}", "[]", #"{"at":1}"#, #"{"ev":[]}"#, #"{"at":"1","ev":[]}"#, #"{"at":1,"ev":{}}"#,
            #"{"at":1,"ev":[1]}"#,
            #"{"at":1,"ev":[{}]}"#, #"{"at":1,"by":7,"ev":[]}"#, #"{"at":1,"by":"n7","ev":[]}"#,
            #"{"at":1,"ref":-1,"ev":[]}"#,
            #"{"at":1,"ref":4294967296,"ev":[]}"#,
            #"{"at":1,"ev":[{"e":"roundClosed","round":"r1","voters":1,"tallies":{}}]}"#,
            #"{"at":1,"ev":[{"e":"roundClosed","round":"r1","voters":1,"tallies":[{"target":"n1","counts":{}}]}]}"#,
            #"{"at":1,"ev":[{"e":"roundClosed","round":"r1","voters":1,"tallies":[{"target":"n1","counts":[[1]]}]}]}"#,
            #"{"at":1,"ev":[{"e":"timerSet","timer":{}}]}"#,
            #"{"at":1,"ev":[{"e":"noteEdited","note":"n1"}]}"#,
        ])
    func damaged(text: String) {
        #expect(throws: RecordError.shape) { try RecordCodec.decode(Array(text.utf8)) }
    }

    @Test("a member of an event that is missing is noticed, whichever it is", arguments: golden.indices)
    func missingMembers(index: Int) throws {
        let json = golden[index].json
        let optional: Set<String> = [
            "column", "language", "limits", "cluster", "after", "vote", "timer", "item", "waits",
            "clusters", "keepDays", "heads", "break", "group", "from", "grouping", "advances",
        ]
        let members = try #require(try JSONReader.read(Array(json.utf8), limits: .trusted).members)
        for name in members.map(\.name) where !optional.contains(name) {
            var writer = JSONWriter()
            writer.object { json in
                json.member("at", 1)
                json.member("ev") { json in
                    json.array { json in json.write(.object(members.filter { $0.name != name })) }
                }
            }
            #expect(throws: RecordError.self, "\(name) missing") { try RecordCodec.decode(writer.bytes) }
        }
    }
}

@Suite("Ballots, as cells keep them (rule E4)")
struct CellCodecTests {
    @Test("a ballot's key and bytes")
    func ballot() throws {
        let ballot: Ballot = [.note(NoteID(12)): 2, .cluster(ClusterID(1)): -1, .note(NoteID(3)): 1]
        let key = CellCodec.key(RoundID(1), ParticipantID(7))
        #expect(key == "ballot/r1/p7")
        #expect(key.hasPrefix(CellCodec.prefix(RoundID(1))))
        #expect(!CellCodec.key(RoundID(11), ParticipantID(7)).hasPrefix(CellCodec.prefix(RoundID(1))))
        let bytes = CellCodec.encode(ballot)
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"n3":1,"n12":2,"c1":-1}"#)
        let (round, voter, read) = try CellCodec.decode(key: key, value: bytes)
        #expect(round == RoundID(1))
        #expect(voter == ParticipantID(7))
        #expect(read == ballot)
    }

    @Test(
        "what is no ballot is refused",
        arguments: [
            ("ballot/r1", "{}"), ("ballot/r1/p7/x", "{}"), ("ballot/p1/r7", "{}"), ("ballot/r0/p7", "{}"),
            ("other/r1/p7", "{}"),
            ("ballot//p7", "{}"), ("ballot/r1/p7", "[]"), ("ballot/r1/p7", ""),
            ("ballot/r1/p7", #"{"p1":1}"#),
            ("ballot/r1/p7", #"{"n1":"1"}"#), ("ballot/r1/p7", #"{"n1":1.5}"#),
        ])
    func garbage(key: String, value: String) {
        #expect(throws: CellCodec.Failure.shape) {
            _ = try CellCodec.decode(key: key, value: Array(value.utf8))
        }
    }
}

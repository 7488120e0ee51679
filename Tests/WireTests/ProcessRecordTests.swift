import TestKit
import Testing
import Wire
import Workshop

/// One event of each kind of a process with the bytes that journals hold: added to, never changed.
private let golden: [(event: ProcessEvent, json: String)] = [
    (
        .changed(challenge: "Sentrum", principles: ["Alle"]),
        #"{"e":"processChanged","challenge":"Sentrum","principles":["Alle"]}"#
    ),
    (.stepOpened(5), #"{"e":"stepOpened","step":5}"#),
    (
        .summarised(2, heard: "H", done: "D"),
        #"{"e":"stepSummarised","step":2,"heard":"H","done":"D"}"#
    ),
    (.published(true), #"{"e":"processPublished","published":true}"#),
    (
        .sessionAttached(
            SessionID(1), step: 2, kind: .collection, title: "Intervjuer", workshop: "w2", request: "r",
            maker: .cofacilitator(LinkID(1))),
        #"{"e":"sessionAttached","session":"s1","step":2,"kind":"collection","title":"Intervjuer","workshop":"w2","request":"r","maker":"k1"}"#
    ),
    (
        .sessionAttached(
            SessionID(1), step: 1, kind: .live, title: "T", workshop: "w2", request: "r", maker: .owner),
        #"{"e":"sessionAttached","session":"s1","step":1,"kind":"live","title":"T","workshop":"w2","request":"r"}"#
    ),
    (
        .sessionRenamed(SessionID(1), "Ny"), #"{"e":"sessionRenamed","session":"s1","title":"Ny"}"#
    ),
    (.sessionDetached(SessionID(1)), #"{"e":"sessionDetached","session":"s1"}"#),
    (
        .sessionReported(SessionID(1), report),
        """
        {"e":"sessionReported","session":"s1","report":{"state":"open","title":"T","closesAt":5,"room":1,"remote":2,"notes":3,\
        "carried":[{"note":"n1","from":[{"session":"s2","note":"n4"},{"session":"s2","cluster":"c1"},{"item":"i1"},{"note":"n2"},{"cluster":"c2"}]}]}}
        """
    ),
    (
        .linkAdded(LinkID(1), name: "Ola", Scene.secret(1)),
        #"{"e":"linkAdded","link":"k1","name":"Ola","secret":"\#(String(repeating: "01", count: 31))ee"}"#
    ),
    (.linkRevoked(LinkID(1)), #"{"e":"linkRevoked","link":"k1"}"#),
    (
        .itemAdded(
            ItemID(1), .need, step: 2, text: "", fields: ["a", "", "c"],
            from: [
                .item(ItemID(2)), .note(SessionID(1), NoteID(3)),
                .cluster(SessionID(1), ClusterID(2), notes: [NoteID(3)]),
            ]),
        """
        {"e":"itemAdded","item":"i1","kind":"need","step":2,"text":"","fields":["a","","c"],"from":[{"item":"i2"},\
        {"session":"s1","note":"n3"},{"session":"s1","cluster":"c2","notes":["n3"]}]}
        """
    ),
    (
        .itemChanged(ItemID(1), .idea, step: 3, text: "T", fields: []),
        #"{"e":"itemChanged","item":"i1","kind":"idea","step":3,"text":"T"}"#
    ),
    (.itemLinked(ItemID(1), from: []), #"{"e":"itemLinked","item":"i1","from":[]}"#),
    (.itemMoved(ItemID(1), after: nil), #"{"e":"itemMoved","item":"i1","after":null}"#),
    (.itemStateSet(ItemID(1), .setAside), #"{"e":"itemStateSet","item":"i1","state":"set-aside"}"#),
    (.itemPublished(ItemID(1), false), #"{"e":"itemPublished","item":"i1","published":false}"#),
    (.itemRemoved(ItemID(1)), #"{"e":"itemRemoved","item":"i1"}"#),
    (.itemsMerged(ItemID(1), into: ItemID(2)), #"{"e":"itemsMerged","item":"i1","into":"i2"}"#),
    (
        .itemSplit(ItemID(1), ItemID(2), text: "T", fields: ["stop", ""]),
        #"{"e":"itemSplit","item":"i1","new":"i2","text":"T","fields":["stop",""]}"#
    ),
    (.carried(2), #"{"e":"notesCarried","count":2}"#),
    (.closingSet(at: 5), #"{"e":"closingSet","at":5}"#),
    (.closingSet(at: nil), #"{"e":"closingSet","at":null}"#),
    (.closed, #"{"e":"collectionClosed"}"#),
    (
        .cameByLink(ParticipantID(3), Scene.secret(1)),
        #"{"e":"cameByLink","participant":"p3","secret":"\#(String(repeating: "01", count: 31))ee"}"#
    ),
    (.keptWithProcess(false), #"{"e":"keptWithProcess","kept":false}"#),
]

private var report: ProcessSession.Report {
    var report = ProcessSession.Report()
    (report.state, report.title, report.closesAt) = (.open, "T", 5)
    (report.room, report.remote, report.notes) = (1, 2, 3)
    report.carried = [
        .init(
            note: NoteID(1),
            origins: [
                .session(SessionID(2), .note(NoteID(4))), .session(SessionID(2), .cluster(ClusterID(1))),
                .item(ItemID(1)), .note(NoteID(2)), .cluster(ClusterID(2)),
            ])
    ]
    return report
}

@Suite("Records of a process, as the journal keeps them")
struct ProcessRecordTests {
    @Test("each kind of event is written as it always was, and read back the same", arguments: golden.indices)
    func events(index: Int) throws {
        let (event, json) = golden[index]
        let record = Record(at: 1_795_478_460_000, actor: ParticipantID(7), ref: 5, events: [.process(event)])
        let bytes = RecordCodec.encode(record)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"at":1795478460000,"by":"p7","ref":5,"ev":[\#(json)]}"#)
        #expect(try RecordCodec.decode(bytes) == record)
    }

    @Test("no kind of event is forgotten here")
    func everyKind() {
        for (event, _) in golden {
            switch event {
            case .changed, .stepOpened, .summarised, .published, .sessionAttached, .sessionRenamed,
                .sessionDetached, .sessionReported, .linkAdded, .linkRevoked, .itemAdded, .itemChanged,
                .itemLinked, .itemMoved, .itemStateSet, .itemPublished, .itemRemoved, .itemsMerged,
                .itemSplit,
                .carried, .closingSet, .closed, .cameByLink, .keptWithProcess:
                break
            }
        }
        #expect(Set(golden.map { String("\($0.event)".prefix { $0 != "(" }) }).count == 24)
    }

    @Test("a step that is none makes a record unreadable, and nothing fall")
    func noStep() {
        for step in ["0", "6", "-1"] {
            let record = #"{"at":1,"ev":[{"e":"stepSummarised","step":\#(step),"heard":"","done":""}]}"#
            #expect(throws: RecordError.self) { try RecordCodec.decode(Array(record.utf8)) }
        }
    }

    @Test("how a process, a session of one and a carried note begin")
    func beginnings() throws {
        let board = Board(id: BoardID(1), name: "B", structure: .list)
        let phase = Phase(id: PhaseID(1), name: "P", board: BoardID(1))
        let process = Creation(
            id: "w1", title: "T", language: "nb", code: "", links: [], boards: [board], phases: [phase],
            process: ProcessBrief(challenge: "C", principles: ["P"]))
        let session = Creation(
            id: "w2", title: "T", language: "nb", code: "KRTMPX", links: [], boards: [board], phases: [phase],
            part: Part(process: "w1", session: SessionID(2), step: 3, kind: .collection, closesAt: 9))
        var note = Note(
            id: NoteID(1), board: BoardID(1), phase: PhaseID(1), column: nil, text: "T", paper: .sun,
            language: nil,
            source: .imported, author: ParticipantID(1), ref: 0, publication: .published, writtenAt: 1)
        note.origins = [.session(SessionID(2), .note(NoteID(4)))]
        let events: [(Event, String)] = [
            (.created(process), #""process":{"challenge":"C","principles":["P"]}"#),
            (
                .created(session),
                #""part":{"process":"w1","session":"s2","step":3,"kind":"collection","closesAt":9}"#
            ),
            (.noteAdded(note), #""from":[{"session":"s2","note":"n4"}]"#),
        ]
        for (event, json) in events {
            let record = Record(at: 1, actor: nil, ref: 0, events: [event])
            let bytes = RecordCodec.encode(record)
            #expect(String(decoding: bytes, as: UTF8.self).contains(json))
            #expect(try RecordCodec.decode(bytes) == record)
        }
    }
}

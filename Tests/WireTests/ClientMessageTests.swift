import TestKit
import Testing
import Wire
import Workshop

/// One well-formed message of each type that a client may send as a command, and what it means.
///
/// ``ProtocolTableTests`` holds it to the table of protocol.md.
let commandSamples: [(type: String, members: String, command: ClientCommand)] =
    [
        ("me.rename", #""name":" Kari ""#, .workshop(.rename("Kari"))),
        ("ready.set", #""ready":true"#, .workshop(.setReady(true))),
        ("hand.set", #""raised":false"#, .workshop(.setHand(false))),
        (
            "note.add", #""text":"Benk","column":"now","paper":"sky","language":"se","source":"table""#,
            .workshop(.addNote(text: "Benk", column: "now", paper: .sky, language: "se", source: .table))
        ),
        ("note.edit", #""note":"n12","text":"Benker""#, .workshop(.editNote(NoteID(12), text: "Benker"))),
        ("approval.set", #""required":true"#, .workshop(.setApproval(true))),
        ("places.set", #""places":40"#, .workshop(.setPlaces(40))),
        ("me.table", #""heads":8"#, .workshop(.setTable(heads: 8))),
        (
            "vote.table", #""round":"r1","target":"n3","counts":{"1":5,"-1":2}"#,
            .workshop(
                .castTable(
                    RoundID(1), .note(NoteID(3)),
                    counts: [.init(value: -1, count: 2), .init(value: 1, count: 5)]))
        ),
        (
            "speakers.set", #""state":"open","speechSeconds":180,"replySeconds":60"#,
            .workshop(.setSpeakers(.open, speechSeconds: 180, replySeconds: 60))
        ),
        ("speech.ask", #""kind":"speech""#, .workshop(.askToSpeak(.speech))),
        ("speech.withdraw", #""kind":"reply""#, .workshop(.withdrawSpeech(.reply))),
        (
            "speech.add", #""name":" Kari ","kind":"speech","via":"room""#,
            .workshop(.addSpeaker(name: "Kari", .speech, .room))
        ),
        ("speech.call", #""speech":"q4""#, .workshop(.callSpeaker(SpeechID(4)))),
        ("speech.finish", #""speech":"q4""#, .workshop(.finishSpeaker(SpeechID(4)))),
        ("speech.remove", #""speech":"q4""#, .workshop(.removeSpeaker(SpeechID(4)))),
        ("speech.move", #""speech":"q4","after":null"#, .workshop(.moveSpeaker(SpeechID(4), after: nil))),
        ("pace.set", #""seconds":30"#, .workshop(.setPace(seconds: 30))),
        (
            "participants.admit", #""participants":["p8","p9"]"#,
            .workshop(.admit([ParticipantID(8), ParticipantID(9)]))
        ),
        ("participants.turnAway", #""participants":["p8"]"#, .workshop(.turnAway([ParticipantID(8)]))),
        ("note.withdraw", #""note":"n12""#, .workshop(.withdrawNote(NoteID(12)))),
        ("notes.raise", #""notes":["n12"],"raised":true"#, .workshop(.raiseNotes([NoteID(12)], true))),
        ("phase.raise", #""phase":"f2""#, .workshop(.raisePhase(PhaseID(2)))),
        ("group.choose", #""group":"g3""#, .workshop(.chooseGroup(GroupID(3)))),
        (
            "group.move", #""participants":["p7"],"group":null"#,
            .workshop(.movePeople([ParticipantID(7)], to: nil))
        ),
        ("group.rename", #""group":"g3","name":"Elva""#, .workshop(.renameGroup(GroupID(3), "Elva"))),
        ("group.add", "", .workshop(.addGroup)),
        ("groups.mix", #""everybody":true"#, .workshop(.mixGroups(everybody: true))),
        ("note.share", #""note":"n12""#, .workshop(.shareNote(NoteID(12)))),
        ("note.publish", #""note":"n12""#, .workshop(.publishNote(NoteID(12)))),
        ("note.redact", #""note":"n12","reason":"off-topic""#, .workshop(.redactNote(NoteID(12), .offTopic))),
        ("note.restore", #""note":"n12""#, .workshop(.restoreNote(NoteID(12)))),
        (
            "notes.move", #""notes":["n1","n2"],"cluster":"c1""#,
            .workshop(.moveNotes([NoteID(1), NoteID(2)], to: ClusterID(1)))
        ),
        (
            "notes.place", #""notes":["n1"],"column":"later""#,
            .workshop(.placeNotes([NoteID(1)], column: "later"))
        ),
        ("cluster.create", #""name":"Park","notes":[]"#, .workshop(.createCluster(name: "Park", notes: []))),
        (
            "cluster.rename", #""cluster":"c1","name":"Parker""#,
            .workshop(.renameCluster(ClusterID(1), "Parker"))
        ),
        (
            "cluster.merge", #""cluster":"c1","into":"c2""#,
            .workshop(.mergeClusters(ClusterID(1), into: ClusterID(2)))
        ),
        (
            "cluster.split", #""cluster":"c1","notes":["n2"],"name":"Ny""#,
            .workshop(.splitCluster(ClusterID(1), notes: [NoteID(2)], name: "Ny"))
        ),
        ("cluster.dissolve", #""cluster":"c1""#, .workshop(.dissolveCluster(ClusterID(1)))),
        ("clustering.undo", "", .workshop(.undoClustering)),
        (
            "round.open", #""title":"Hva først?","vote":{"kind":"scale","low":1,"high":5,"targets":"notes"}"#,
            .workshop(
                .openRound(title: "Hva først?", VoteSetup(kind: .scale(low: 1, high: 5), targets: .notes)))
        ),
        (
            "vote.cast", #""round":"r1","target":"n3","value":-1"#,
            .workshop(.castVote(RoundID(1), .note(NoteID(3)), value: -1))
        ),
        ("round.close", #""round":"r1""#, .workshop(.closeRound(RoundID(1)))),
        ("round.reveal", #""round":"r1""#, .workshop(.revealRound(RoundID(1)))),
        (
            "hands.record", #""round":"r1","target":"c3","value":1,"count":14"#,
            .workshop(.recordHands(RoundID(1), .cluster(ClusterID(3)), value: 1, count: 14))
        ),
        ("phase.open", #""phase":"f2""#, .workshop(.openPhase(PhaseID(2)))),
        ("phase.reveal", #""phase":"f2""#, .workshop(.revealPhase(PhaseID(2)))),
        ("phase.conceal", #""phase":"f2""#, .workshop(.concealPhase(PhaseID(2)))),
        ("input.set", #""phase":"f2","open":true"#, .workshop(.setInput(PhaseID(2), isOpen: true))),
        ("phase.change", #""phase":"f2","# + definition, .workshop(.changePhase(defined(PhaseID(2))))),
        (
            "phase.add", #""after":"f1","# + definition,
            .workshop(.addPhase(defined(PhaseID(1)), after: PhaseID(1)))
        ),
        ("phase.remove", #""phase":"f2""#, .workshop(.removePhase(PhaseID(2)))),
        ("phase.move", #""phase":"f2","after":null"#, .workshop(.movePhase(PhaseID(2), after: nil))),
        (
            "phases.insert",
            #""after":"f1","definition":{"boards":[{"key":"a","name":" Ideer ","structure":"list","clusters":[{"name":"Lytt"}]}],"phases":[{"name":"Skriv","board":"a","minutes":5,"participants":["add"]},{"name":"Kaffe","board":"b2","break":true}]}"#,
            .workshop(
                .insertPhases(
                    Insertion(
                        boards: [Board(id: BoardID(1), name: "Ideer", structure: .list)],
                        clusters: [Cluster(id: ClusterID(1), board: BoardID(1), name: "Lytt", notes: [])],
                        phases: [
                            Phase(
                                id: PhaseID(1), name: "Skriv", minutes: 5, board: BoardID(1),
                                participants: [.add]
                            ),
                            Phase(id: PhaseID(2), name: "Kaffe", board: BoardID(1), isBreak: true),
                        ], existing: [1: BoardID(2)]), after: PhaseID(1)))
        ),
        (
            "board.change",
            #""board":"b2","definition":{"name":"To","structure":"columns","columns":[{"id":"a","name":"A","paper":"sky"}]}"#,
            .workshop(
                .changeBoard(
                    Board(
                        id: BoardID(2), name: "To", structure: .columns,
                        columns: [Column(id: "a", name: "A", paper: .sky)])))
        ),
        ("board.remove", #""board":"b2""#, .workshop(.removeBoard(BoardID(2)))),
        ("start.plan", #""at":1795478400000"#, .workshop(.planStart(1_795_478_400_000))),
        ("title.set", #""title":" Sentrum ""#, .workshop(.setTitle("Sentrum"))),
        ("timer.start", #""seconds":300"#, .workshop(.startTimer(seconds: 300))),
        ("timer.pause", "", .workshop(.pauseTimer)),
        ("timer.resume", "", .workshop(.resumeTimer)),
        ("timer.stop", "", .workshop(.stopTimer)),
        ("timer.extend", #""seconds":60"#, .workshop(.extendTimer(seconds: 60))),
        ("door.set", #""open":true"#, .workshop(.setDoor(isOpen: true))),
        ("code.change", "", .changeCode),
        (
            "link.replace", #""role":"helper","link":"\#(String(repeating: "A", count: 43))""#,
            .replaceLink(
                .helper,
                from: Secret([UInt8](repeating: 0, count: 32)) ?? { preconditionFailure("32 bytes") }())
        ),
        ("lock.set", #""locked":true"#, .workshop(.setLock(true))),
        ("spotlight.set", #""item":"r4""#, .workshop(.spotlight(.round(RoundID(4))))),
        ("participant.erase", #""participant":"p9""#, .workshop(.eraseParticipant(ParticipantID(9)))),
        ("note.erase", #""note":"n12""#, .workshop(.eraseNote(NoteID(12)))),
        ("retention.set", #""days":30"#, .workshop(.setRetention(days: 30))),
        (
            "participant.remove", #""participant":"p9","withNotes":true"#,
            .workshop(.removeParticipant(ParticipantID(9), withNotes: true))
        ),
        ("workshop.end", "", .workshop(.end)),
    ] + processSamples

private let definition = #"""
    "name":" Skriv ","instruction":"Én idé","hint":"","minutes":8,"board":"b2","rhythm":"group","participants":["add","editOwn"],
    "helpers":["editAny","move","cluster","vote"],"visibility":"own","anonymity":"peers","notesEach":3,"moderated":true,
    "timerClosesInput":true,"vote":{"kind":"dots","budget":3,"cap":2,"targets":"clusters"}
    """#

private func defined(_ id: PhaseID) -> Phase {
    Phase(
        id: id, name: "Skriv", instruction: "Én idé", hint: "", minutes: 8, board: BoardID(2), rhythm: .group,
        participants: [.add, .editOwn], helpers: [.editAny, .move, .cluster, .vote], visibility: .own,
        anonymity: .peers,
        notesEach: 3, isModerated: true, timerClosesInput: true,
        vote: VoteSetup(kind: .dots(budget: 3, cap: 2), targets: .clusters))
}

private func message(_ type: String, _ members: String, ref: String = #""ref":7"#) -> [UInt8] {
    Array("{\([#""type":"\#(type)""#, ref, members].filter { !$0.isEmpty }.joined(separator: ","))}".utf8)
}

@Suite("What a client may send")
struct ClientMessageTests {
    @Test("[R1] each command is read", arguments: commandSamples.indices)
    func commands(index: Int) throws {
        let sample = commandSamples[index]
        #expect(
            try ClientMessage.decode(message(sample.type, sample.members)) == .command(ref: 7, sample.command)
        )
    }

    @Test("[G3] unknown members are ignored", arguments: commandSamples.indices)
    func unknownMembers(index: Int) throws {
        let sample = commandSamples[index]
        let extra = [sample.members, #""later":{"x":[1,null]}"#].filter { !$0.isEmpty }.joined(separator: ",")
        #expect(try ClientMessage.decode(message(sample.type, extra)) == .command(ref: 7, sample.command))
    }

    /// What may be left out, or be null.
    static let optional: [String: Set<String>] = [
        "note.add": ["column", "paper", "language", "source"], "item.add": ["fields", "from"],
        "item.change": ["fields", "kind", "step"], "item.split": ["fields"], "notes.carry": ["column"],
    ]
    static let nullable: [String: Set<String>] = [
        "me.table": ["heads"], "speech.move": ["after"],
        "notes.move": ["cluster"], "vote.cast": ["value"], "phase.move": ["after"],
        "phase.add": ["after", "vote"],
        "phase.change": ["vote"], "spotlight.set": ["item"], "phases.insert": ["after"],
        "start.plan": ["at"],
        "note.add": ["column", "paper", "language", "source"], "item.add": ["fields", "from"],
        "item.change": ["fields", "kind", "step"], "item.split": ["fields"], "item.move": ["after"],
        "notes.carry": ["column"], "closing.set": ["at"],
        "group.choose": ["group"], "group.move": ["group"],
    ]

    @Test(
        "[G2] a command with a member missing, null or of the wrong kind is malformed",
        arguments: commandSamples.indices)
    func malformed(index: Int) throws {
        let sample = commandSamples[index]
        let refused = ClientMessage.refused(ref: 7, .malformed)
        let whole = try #require(try JSONReader.read(message(sample.type, sample.members)).members)
        for name in whole.map(\.name) where name != "type" && name != "ref" {
            func decode(_ value: JSONValue?) throws -> ClientMessage {
                var json = JSONWriter()
                json.write(
                    .object(
                        whole.compactMap { member in
                            guard member.name == name else { return member }
                            return value.map { .init(name: name, value: $0) }
                        }))
                return try ClientMessage.decode(json.bytes)
            }
            let missing = try decode(nil)
            #expect(
                (missing == refused) == (Self.optional[sample.type]?.contains(name) != true),
                "\(name) missing")
            let null = try decode(.null)
            #expect((null == refused) == (Self.nullable[sample.type]?.contains(name) != true), "\(name) null")
            #expect(try decode(.double(1.5)) == refused, "\(name) 1.5")
            // A table takes back what it gave.
            let isObject = sample.type == "vote.table" && name == "counts"
            #expect((try decode(.object([])) == refused) == !isObject, "\(name) {}")
            #expect(try decode(.array([.int(1)])) == refused, "\(name) [1]")
        }
    }

    @Test(
        "[G5] what is no identifier of the right kind is malformed",
        arguments: [
            "", "n", "12", "c1", "n0", "n01", "n-1", "n+1", "n 1", " n1", "n1 ", "N1", "n4294967296",
            "n99999999999999999999", "n1x", "nn1",
            "n1\\u0301", "п1", "n１",
        ])
    func identifiers(text: String) throws {
        #expect(
            try ClientMessage.decode(message("note.withdraw", "\"note\":\"\(text)\""))
                == .refused(ref: 7, .malformed))
    }

    @Test("[G5] identifiers up to the largest")
    func largestIdentifier() throws {
        #expect(
            try ClientMessage.decode(message("note.withdraw", #""note":"n4294967295""#))
                == .command(ref: 7, .workshop(.withdrawNote(NoteID(.max)))))
    }

    @Test(
        "[G3] an unknown type is refused, and the connection stays",
        arguments: ["note.paint", "", "note.addd", "Note.add", "welcome"])
    func unknownTypes(type: String) throws {
        #expect(try ClientMessage.decode(message(type, "")) == .refused(ref: 7, .unknownType))
    }

    @Test(
        "[G2] what has no type, or no counter of its own, closes with 4400",
        arguments: [
            "[]", "1", "null", "\"hello\"", "{}", #"{"type":1}"#, #"{"type":null,"ref":1}"#, #"{"ref":1}"#,
            #"{"type":"timer.pause"}"#, #"{"type":"timer.pause","ref":0}"#,
            #"{"type":"timer.pause","ref":-1}"#,
            #"{"type":"timer.pause","ref":4294967296}"#, #"{"type":"timer.pause","ref":"1"}"#,
            #"{"type":"timer.pause","ref":1.0}"#,
            #"{"type":"time"}"#, #"{"type":"time","t":"1"}"#, #"{"type":"time","t":1.5}"#,
            #"{"type":"hello"}"#, #"{"type":"hello","secret":"AAAA","workshop":"w"}"#,
        ])
    func shapeless(text: String) {
        let error = #expect(throws: WireError.self) { try ClientMessage.decode(Array(text.utf8)) }
        #expect(error == .shape)
        #expect(error?.closeCode == 4400)
    }

    @Test("[R1] the largest counter")
    func largestCounter() throws {
        #expect(
            try ClientMessage.decode(message("timer.pause", "", ref: #""ref":4294967295"#))
                == .command(ref: .max, .workshop(.pauseTimer)))
    }

    @Test("[R4] a thousand notes can be moved at once")
    func manyNotes() throws {
        let ids = (1...1_000).map { NoteID(UInt32($0)) }
        let text = ids.map { "\"\($0)\"" }.joined(separator: ",")
        #expect(
            try ClientMessage.decode(message("notes.move", "\"notes\":[\(text)],\"cluster\":null"))
                == .command(ref: 7, .workshop(.moveNotes(ids, to: nil))))
    }

    @Test("[L1] the clock is asked with any integer", arguments: [0, -5, 9_007_199_254_740_991] as [Int64])
    func time(t: Int64) throws {
        #expect(try ClientMessage.decode(Array(#"{"type":"time","t":\#(t)}"#.utf8)) == .time(t: t))
    }

    @Test("[G2] random bytes and damaged messages never trap", arguments: 1...20)
    func garbage(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            guard let sample = commandSamples.randomElement(using: &random) else { return }
            var bytes = message(sample.type, sample.members)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = bytes.indices.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes.remove(at: index)
                case 2:
                    bytes.insert(Array("{}[]\",:\\0-e".utf8).randomElement(using: &random) ?? 0, at: index)
                default: bytes.removeSubrange(index...)
                }
                if bytes.isEmpty { bytes = [0] }
            }
            _ = try? ClientMessage.decode(bytes)
            _ = try? RecordCodec.decode(bytes)
            _ = try? Definition(bytes)
        }
    }
}

@Suite("Hello (H)")
struct HelloTests {
    private let secret = String(repeating: "B", count: 42) + "A"

    private func hello(_ members: String) throws -> ClientMessage {
        try ClientMessage.decode(Array(#"{"type":"hello","secret":"\#(secret)",\#(members)}"#.utf8))
    }

    @Test("[H2] [H3] by code, with a name")
    func byCode() throws {
        let expected = try Hello.sample(secret) {
            $0.code = "krt-mpx"
            $0.name = "Kari"
            $0.attendance = .remote
        }
        #expect(try hello(#""code":"krt-mpx","name":" Kari\n","via":"remote""#) == .hello(expected))
    }

    @Test("[H3] by link")
    func byLink() throws {
        let expected = try Hello.sample(secret) {
            $0.workshop = "w1"
            $0.link = Secret([UInt8](repeating: 0, count: 32))
        }
        #expect(
            try hello(#""workshop":"w1","link":"\#(String(repeating: "A", count: 43))""#) == .hello(expected))
    }

    @Test("[H4] coming back, with what was seen")
    func comingBack() throws {
        let expected = try Hello.sample(secret) {
            $0.workshop = "w1"
            $0.epoch = "e5f1"
            $0.since = ["room": 41, "own": 0, "later": 3]
        }
        #expect(
            try hello(#""workshop":"w1","epoch":"e5f1","since":{"room":41,"own":0,"later":3}"#)
                == .hello(expected))
    }

    @Test(
        "[H3] a hello that cannot be one closes with 4400",
        arguments: [
            #""x":1"#, #""workshop":1"#, #""code":7"#, #""workshop":null"#, #""workshop":"w","link":"short""#,
            #""workshop":"w","link":1"#,
            #""workshop":"w","via":"moon""#, #""workshop":"w","via":1"#, #""workshop":"w","name":5"#,
            #""workshop":"w","epoch":5"#,
            #""workshop":"w","since":[]"#, #""workshop":"w","since":3"#,
            #""workshop":"w","since":{"room":-1}"#,
            #""workshop":"w","since":{"room":"1"}"#, #""workshop":"w","since":{"room":1.5}"#,
            #""workshop":"\#(String(repeating: "w", count: 65))""#,
            #""code":"\#(String(repeating: "K", count: 33))""#,
        ])
    func malformed(members: String) { #expect(throws: WireError.shape) { try hello(members) } }
}

extension Hello {
    fileprivate static func sample(_ secret: String, _ change: (inout Hello) -> Void) throws -> Hello {
        let text = #"{"type":"hello","secret":"\#(secret)","workshop":"x"}"#
        guard case .hello(var hello) = try ClientMessage.decode(Array(text.utf8)) else {
            throw WireError.shape
        }
        hello.workshop = nil
        change(&hello)
        return hello
    }
}

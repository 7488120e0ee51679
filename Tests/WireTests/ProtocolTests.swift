import Foundation
import Proposals
import TestKit
import Testing
import Wire

@testable import Workshop

/// protocol.md as the tests see it: its fenced examples, and the rows of its tables.
struct ProtocolDocument {
    let text: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        text = try String(contentsOf: root.appending(path: "protocol.md"), encoding: .utf8)
    }

    /// The lines of all examples whose fence says so.
    func examples(_ fence: String) -> [String] {
        var examples: [String] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```\(fence)" {
                isInside = true
            } else if line.hasPrefix("```") {
                isInside = false
            } else if isInside {
                examples.append(String(line))
            }
        }
        return examples
    }

    /// What the fences of all examples say.
    var fences: Set<String> {
        Set(
            text.split(separator: "\n").filter { $0.hasPrefix("```") && $0.count > 3 }.map {
                String($0.dropFirst(3))
            })
    }

    /// The words between backticks in the first column of the table that begins with this line.
    func firstColumn(ofTable head: String) throws -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix(head) }, "a table that begins with \(head)")
        var words: [String] = []
        for line in lines[(start + 2)...] {
            guard line.hasPrefix("|") else { break }
            let cell = line.split(separator: "|")[0]
            words += cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }
        return words
    }
}

@Suite("protocol.md, word by word")
struct ProtocolTests {
    private let document: ProtocolDocument

    init() throws { document = try ProtocolDocument() }

    @Test("every fence is of a kind that is tested")
    func fences() {
        #expect(
            document.fences == [
                "json client", "json server", "json http request", "json http response", "json http door",
                "json http challenge", "json http holdings", "json http audit",
                "json http proposal", "json http session", "json http replay",
            ])
    }

    @Test("each client example is a message that the server takes")
    func clientExamples() throws {
        let examples = document.examples("json client")
        #expect(examples.count >= 11)
        for example in examples {
            switch try ClientMessage.decode(Array(example.utf8)) {
            case .refused(_, let refusal): Issue.record("\(example) is refused: \(refusal)")
            case .hello, .time, .command: break
            }
        }
    }

    @Test("each server example is what the server writes, byte for byte")
    func serverExamples() throws {
        var changes = ChangesBuilder(channel: .room, sequence: 42)
        let note = Note(
            id: NoteID(12), board: BoardID(1), phase: PhaseID(1), column: nil,
            text: "Flere benker langs elva", paper: .sun,
            language: nil, source: .phone, author: ParticipantID(7), ref: 5, publication: .published,
            writtenAt: 1_795_478_460_000)
        changes.set(.note(NoteID(12)), EntryCodec.encode(.note(NoteEntry(note: note, author: nil))))
        changes.drop(.note(NoteID(3)))
        var whole = ChangesBuilder(channel: .own(ParticipantID(7)), sequence: 58, isWhole: true)
        let me = MeEntry(
            id: ParticipantID(7), role: .participant, name: "Kari", attendance: .room, isReady: false,
            isHandRaised: false)
        whole.set(.me, EntryCodec.encode(.me(me)))
        var atDoor = ChangesBuilder(channel: .own(ParticipantID(8)), sequence: 61)
        let newcomer = MeEntry(
            id: ParticipantID(8), role: .participant, name: "", attendance: .room, isReady: false,
            isHandRaised: false, wait: .approval)
        atDoor.set(.me, EntryCodec.encode(.me(newcomer)))
        var inGroup = ChangesBuilder(channel: .own(ParticipantID(7)), sequence: 70)
        let seated = MeEntry(
            id: ParticipantID(7), role: .participant, name: "Kari", attendance: .room, isReady: false,
            isHandRaised: false, group: GroupID(3))
        inGroup.set(.me, EntryCodec.encode(.me(seated)))
        var shared = ChangesBuilder(channel: .group(GroupID(3)), sequence: 71)
        let label = GroupLabel(id: GroupID(3), number: 3, name: "")
        shared.set(
            .group(GroupID(3)),
            EntryCodec.encode(
                .group(
                    GroupEntry(
                        label: label, phase: PhaseID(2), size: 2, isEmpty: false, names: ["Kari", "Ola"]))))
        var carried = note
        (carried.id, carried.phase, carried.board) = (NoteID(14), PhaseID(2), BoardID(2))
        (carried.group, carried.origins) = (GroupID(3), [.note(NoteID(12))])
        shared.set(
            .note(NoteID(14)), EntryCodec.encode(.note(NoteEntry(note: carried, author: nil, group: label))))
        let written = [
            ServerMessage.welcome(
                .init(
                    workshop: "w7Qm2c0tq4", epoch: "e5f1", participant: ParticipantID(7), role: .participant,
                    channels: Role.participant.channels(for: ParticipantID(7)), now: 1_795_478_400_000,
                    lastRef: 4, noteCharacters: 500)),
            ServerMessage.challenge(challenge),
            changes.finish(), whole.finish(),
            ServerMessage.ack(ref: 5, sequence: 42),
            ServerMessage.refused(ref: 6, code: Refusal.wrongPhase.rawValue),
            ServerMessage.refused(ref: 7, code: WireRefusal.busy.rawValue, retryAfterSeconds: 2),
            ServerMessage.links(
                zip([Role.facilitator, .helper, .screen, .observer], ["A", "E", "I", "M"]).map {
                    ($0, String(repeating: "A", count: 42) + $1)
                }),
            atDoor.finish(), inGroup.finish(), shared.finish(), try speakers().finish(), processChanges(),
            ServerMessage.time(t: 123_456, now: 1_795_478_400_000),
            ServerMessage.presence(room: 31, remote: 9),
            ServerMessage.presence(
                room: 31, remote: 9, turnout: Turnout(round: RoundID(1), present: 38, missing: 12)),
            ServerMessage.bye(reason: "restart", comeBackAfterMilliseconds: 1_200),
        ].map { String(decoding: $0, as: UTF8.self) }
        #expect(document.examples("json server") == written)
    }

    private func processChanges() -> [UInt8] {
        var item = Item(
            id: ItemID(3), kind: .need, step: 2, text: "",
            fields: ["Eldre", "steder å hvile", "det er langt mellom benkene"],
            sources: [
                .note(SessionID(1), NoteID(12)),
                .cluster(SessionID(2), ClusterID(2), notes: [NoteID(1), NoteID(4)]),
            ], rank: 1)
        (item.isPublished, item.state) = (true, .chosen)
        var session = ProcessSession(
            id: SessionID(1), step: 2, kind: .collection, title: "Intervjuer", workshop: "w7Qm2c0tq4",
            request: "r", position: 1, maker: .owner)
        session.report.state = .open
        session.report.closesAt = 1_796_083_260_000
        (session.report.remote, session.report.notes) = (14, 31)
        var changes = ChangesBuilder(channel: .room, sequence: 70)
        changes.set(.item(ItemID(3)), EntryCodec.encode(.item(item)))
        changes.set(.processSession(SessionID(1)), EntryCodec.encode(.processSession(session)))
        return changes.finish()
    }

    private func speakers() throws -> ChangesBuilder {
        var scene = try Scene()
        let boss = ParticipantID(1)
        try scene.act(boss, .setSpeakers(.open, speechSeconds: 180, replySeconds: 60))
        for name in ["A", "B"] { try scene.act(boss, .addSpeaker(name: name, .speech, .room)) }
        try scene.act(boss, .callSpeaker(SpeechID(2)))
        try scene.act(boss, .removeSpeaker(SpeechID(1)))
        try scene.act(boss, .addSpeaker(name: "C", .speech, .room))
        try scene.act(boss, .removeSpeaker(SpeechID(3)))
        let (ola, nameless) = (try scene.join(name: "Ola", via: .remote), try scene.join())
        scene.now = 1_795_478_460_000
        try scene.act(ola, .askToSpeak(.speech))
        try scene.act(boss, .callSpeaker(SpeechID(4)))
        try scene.act(nameless, .askToSpeak(.speech))
        var changes = ChangesBuilder(channel: .room, sequence: 62)
        changes.set(.speakers, scene.content(of: .room)[.speakers] ?? [])
        return changes
    }

    private let challenge = DoorChallenge(
        challenge: "AAAAAAAPQkANEAABAgMEBQYHCAkKCwwNDg8", solutions: 16, bits: 13,
        expiresInMilliseconds: 120_000)

    @Test("[A3] a look-up's challenge is read back as it was written")
    func challengeExample() throws {
        let example = try #require(document.examples("json http challenge").first)
        let json = try JSONReader.read(Array(example.utf8), limits: .body)
        #expect(json["error"]?.string == "busy")
        #expect(DoorChallenge(json) == challenge)
        #expect(
            DoorChallenge(try JSONReader.read(Array(#"{"challenge":"AA","solutions":65,"bits":1}"#.utf8)))
                == nil)
    }

    @Test("[A1] the examples of HTTP are JSON that the limits of a body allow")
    func httpExamples() throws {
        for fence in [
            "json http request", "json http response", "json http door", "json http session",
        ] {
            for example in document.examples(fence) {
                #expect(try JSONReader.read(Array(example.utf8), limits: .body).members?.isEmpty == false)
            }
        }
        let answer = try JSONReader.read(Array(document.examples("json http response").joined().utf8))
        for role in [Role.facilitator, .helper, .screen, .observer] {
            let link = try #require(answer["links"]?[role.rawValue]?.string)
            #expect(Secret(text: link) != nil, "\(role)")
        }
    }

    @Test("[S1] the example of a proposal is what the server writes, byte for byte")
    func proposalExample() throws {
        var scene = try Scene()
        let kari = try scene.join()
        for text in ["Flere benker langs elva", "Benkene i gågata", "Vet ikke"] {
            _ = try scene.write(kari, text)
        }
        try scene.act(ParticipantID(1), .revealPhase(PhaseID(1)))
        let written = String(decoding: BoardProposal(for: scene.workshop).document, as: UTF8.self)
        #expect(document.examples("json http proposal") == [written])
    }

    @Test("[Y1] the example of a history is what the server writes, byte for byte")
    func replayExample() throws {
        var scene = try Scene()
        let kari = try scene.join()
        _ = try scene.write(kari, "Flere benker langs elva")
        try scene.act(ParticipantID(1), .revealPhase(PhaseID(1)))
        try scene.act(ParticipantID(1), .spotlight(.note(NoteID(1))))
        var page = ReplayPage(of: scene.workshop, from: Workshop(), after: 4, byteLimit: 1 << 20)
        for record in scene.records where !page.take(record) { break }
        #expect(document.examples("json http replay") == [String(decoding: page.document(), as: UTF8.self)])
    }

    @Test("each command of the table is read, and each that is read stands in the table")
    func commands() throws {
        let types = try document.firstColumn(ofTable: "| `type` |")
        #expect(Set(types) == Set(commandSamples.map(\.type)))
        #expect(types.count == commandSamples.count)
    }

    @Test("each refusal stands in the table, and each of the table can be given")
    func refusals() throws {
        let codes = try document.firstColumn(ofTable: "| code |")
        let given = Refusal.allCases.map(\.rawValue) + WireRefusal.allCases.map(\.rawValue)
        #expect(Set(codes) == Set(given))
        #expect(codes.count == given.count)
    }

    @Test("[C1] each key of the table is one of ours")
    func keys() throws {
        let keys: [EntryKey] = [
            .session, .retention, .phase, .runSheetPhase(PhaseID(1)), .board(BoardID(1)), .timer, .totals,
            .spotlight, .speakers,
            .note(NoteID(1)),
            .cluster(ClusterID(1)), .round(RoundID(1)), .me, .door, .undo, .plan,
            .participant(ParticipantID(1)),
            .process, .step(1), .processSession(SessionID(1)), .item(ItemID(1)), .cofacilitator(LinkID(1)),
            .part,
            .group(GroupID(1)),
        ]
        let table = try document.firstColumn(ofTable: "| key |")
        #expect(Set(table) == Set(keys.map { $0.description.replacing("1", with: "…") }))
    }

    @Test("[V1] the words of enumerations stand in the protocol")
    func words() {
        let words =
            Acts.names.map(\.name) + Rhythm.allCases.map(\.rawValue) + Visibility.allCases.map(\.rawValue)
            + Anonymity.allCases.map(\.rawValue) + RedactionReason.allCases.map(\.rawValue)
            + Source.allCases.map(\.rawValue)
            + RoundState.allCases.map(\.rawValue) + Structure.allCases.map(\.rawValue)
            + VoteTargets.allCases.map(\.rawValue)
            + Grouping.How.allCases.map(\.rawValue) + Attendance.allCases.map(\.rawValue)
            + Wait.allCases.map(\.rawValue)
            + Item.Kind.allCases.map(\.rawValue) + Item.State.allCases.map(\.rawValue)
            + SessionKind.allCases.map(\.rawValue) + ProcessSession.State.allCases.map(\.rawValue)
        for word in words where !document.text.contains("`\(word)`") && !document.text.contains("\"\(word)\"")
        {
            Issue.record("\(word) does not stand in protocol.md")
        }
    }
}

import Foundation
import TestKit
import Testing

@testable import Workshop

/// Every cell of docs/authorisation.md, in every state that matters.
@Suite("Who may do what")
struct AuthorisationTests {
    /// The cells of one command's row.
    private struct Row {
        var cells: [String: String]
        var mayAfterEnd: Bool
    }

    private static let columns = [
        "facilitator", "helper", "participant", "screen", "observer", "newcomer", "clock",
    ]

    private static func table() throws -> [String: Row] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/authorisation.md")
        var rows: [String: Row] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 9, cells[0] != "command" else { continue }
            #expect(rows[cells[0]] == nil, "\(cells[0]) stands twice")
            rows[cells[0]] = Row(
                cells: Dictionary(uniqueKeysWithValues: zip(columns, cells.dropFirst())),
                mayAfterEnd: cells[8] == "yes")
        }
        return rows
    }

    @Test("there is a row for each command and a command for each row")
    func isComplete() throws {
        #expect(try Set(Self.table().keys) == Set(Command.samples.map(\.kind)))
        #expect(Set(Command.samples.map(\.kind)).count == Command.samples.count)
    }

    @Test(
        "every cell, whatever the phase gives, locked or not, closed or not, ended or not",
        arguments: 0..<64 as Range<UInt8>)
    func everyCell(acts: UInt8) throws {
        let table = try Self.table()
        let acts = Acts(rawValue: acts)
        for state in 0..<8 {
            let (isLocked, isClosed, isEnded) = (state & 1 > 0, state & 2 > 0, state & 4 > 0)
            let phase = Phase(
                id: PhaseID(1), name: "One", board: BoardID(1), participants: acts, helpers: acts)
            var scene = try Scene(phases: [phase])
            let roles: [Role] = [.helper, .participant, .screen, .observer]
            let people = try roles.map { ($0, try scene.join($0)) } + [(.facilitator, ParticipantID(1))]
            if isLocked { try scene.act(ParticipantID(1), .setLock(true)) }
            if isClosed { try scene.act(ParticipantID(1), .setInput(PhaseID(1), isOpen: false)) }
            if isEnded { try scene.act(ParticipantID(1), .end) }
            let actors =
                people.map { ($0.0.rawValue, Actor.participant($0.1)) } + [
                    ("newcomer", .newcomer), ("clock", .clock),
                ]
            for command in Command.samples {
                guard let row = table[command.kind] else { continue }
                for (column, actor) in actors {
                    let expected = Self.refusal(
                        row.cells[column] ?? "", acts, isLocked, isClosed, isEnded && !row.mayAfterEnd)
                    var found: Refusal?
                    do throws(Refusal) { try scene.workshop.authorise(command, by: actor) } catch {
                        found = error
                    }
                    if found != expected {
                        Issue.record(
                            "\(command.kind) by \(column), acts \(acts.rawValue), state \(state): \(found.map { "\($0)" } ?? "allowed") and not \(expected.map { "\($0)" } ?? "allowed")"
                        )
                    }
                }
            }
        }
    }

    /// What the table says; nil for allowed.
    private static func refusal(
        _ cell: String, _ acts: Acts, _ isLocked: Bool, _ isClosed: Bool, _ isEnded: Bool
    ) -> Refusal? {
        if isEnded { return .ended }
        switch cell {
        case "yes": return nil
        case "–": return .notAllowed
        default:
            if isLocked { return .locked }
            let needed = Acts.names.first { $0.name == cell }?.act
            if let needed, !acts.contains(needed) { return .wrongPhase }
            if needed == nil, cell != "open" { return .invalidValue }
            return isClosed ? .inputClosed : nil
        }
    }

    @Test("every command is judged by the table before anything else: who may only look changes nothing")
    func comesFirst() throws {
        var scene = try Scene()
        let screen = try scene.join(.screen)
        let before = scene.workshop
        for command in Command.samples where command != .eraseMe {
            #expect(throws: Refusal.notAllowed) { try scene.act(screen, command) }
        }
        #expect(scene.workshop == before)
    }
}

extension Command {
    /// One of each kind.
    static let samples: [Command] =
        [
            .join(role: .participant, secret: Scene.secret(99), name: "", attendance: .room), .rename("N"),
            .setReady(true),
            .setHand(true), .removeParticipant(ParticipantID(2), withNotes: false),
            .eraseParticipant(ParticipantID(2)),
            .eraseMe, .addNote(text: "t", column: nil, paper: nil, language: nil, source: .phone),
            .editNote(NoteID(1), text: "t"), .withdrawNote(NoteID(1)), .shareNote(NoteID(1)),
            .publishNote(NoteID(1)),
            .redactNote(NoteID(1), .other), .restoreNote(NoteID(1)), .eraseNote(NoteID(1)),
            .createCluster(name: "c", notes: [NoteID(1)]), .renameCluster(ClusterID(1), "c"),
            .moveNotes([NoteID(1)], to: nil), .placeNotes([NoteID(1)], column: "a"),
            .mergeClusters(ClusterID(1), into: ClusterID(2)),
            .splitCluster(ClusterID(1), notes: [NoteID(1)], name: "c"),
            .dissolveCluster(ClusterID(1)), .undoClustering,
            .openRound(title: "r", VoteSetup(kind: .stance, targets: .notes)),
            .castVote(RoundID(1), .note(NoteID(1)), value: 1), .closeRound(RoundID(1)),
            .revealRound(RoundID(1)),
            .recordHands(RoundID(1), .note(NoteID(1)), value: 1, count: 1), .openPhase(PhaseID(1)),
            .castTable(RoundID(1), .note(NoteID(1)), counts: []), .setTable(heads: 8),
            .setSpeakers(.open, speechSeconds: 0, replySeconds: 0), .askToSpeak(.speech),
            .withdrawSpeech(.speech), .addSpeaker(name: "n", .speech, .room), .callSpeaker(SpeechID(1)),
            .finishSpeaker(SpeechID(1)), .removeSpeaker(SpeechID(1)),
            .moveSpeaker(SpeechID(1), after: nil),
            .revealPhase(PhaseID(1)),
            .concealPhase(PhaseID(1)), .setInput(PhaseID(1), isOpen: true), .changePhase(Scene.phases[0]),
            .addPhase(Scene.phases[0], after: nil), .removePhase(PhaseID(1)),
            .movePhase(PhaseID(1), after: nil),
            .insertPhases(Insertion(boards: [], phases: Scene.phases, existing: [0: BoardID(1)]), after: nil),
            .changeBoard(Board(id: BoardID(1), name: "b", structure: .list)), .removeBoard(BoardID(2)),
            .planStart(nil), .setTitle("t"),
            .startTimer(seconds: 1), .pauseTimer, .resumeTimer, .extendTimer(seconds: 1), .stopTimer,
            .expireTimer,
            .admit([ParticipantID(2)]), .turnAway([ParticipantID(2)]), .releasePlaces([ParticipantID(2)]),
            .takePlace(ParticipantID(2)), .setApproval(true), .setPlaces(1), .setPace(seconds: 1),
            .setDoor(isOpen: true), .changeCode("ABDEFG"),
            .replaceLinks([Creation.Link(role: .screen, secret: Scene.secret(98))], holder: Scene.secret(97)),
            .setLock(true), .spotlight(nil), .end,
            .raiseNotes([NoteID(1)], true), .raisePhase(PhaseID(1)), .chooseGroup(GroupID(1)),
            .movePeople([ParticipantID(2)], to: GroupID(1)), .renameGroup(GroupID(1), "g"), .addGroup,
            .mixGroups(everybody: true), .setAway([ParticipantID(2)]), .setBack(ParticipantID(2)),
            .setRetention(days: 1),
            .postponeErasure,
        ] + ProcessCommand.samples.map { .process($0) }

    /// The name of its row. A new command does not compile without one.
    var kind: String {
        switch self {
        case .join: "join"
        case .rename: "rename"
        case .setReady: "setReady"
        case .setHand: "setHand"
        case .removeParticipant: "removeParticipant"
        case .eraseParticipant: "eraseParticipant"
        case .eraseMe: "eraseMe"
        case .admit: "admit"
        case .turnAway: "turnAway"
        case .releasePlaces: "releasePlaces"
        case .takePlace: "takePlace"
        case .setApproval: "setApproval"
        case .setPlaces: "setPlaces"
        case .setPace: "setPace"
        case .addNote: "addNote"
        case .editNote: "editNote"
        case .withdrawNote: "withdrawNote"
        case .shareNote: "shareNote"
        case .publishNote: "publishNote"
        case .redactNote: "redactNote"
        case .restoreNote: "restoreNote"
        case .eraseNote: "eraseNote"
        case .createCluster: "createCluster"
        case .renameCluster: "renameCluster"
        case .moveNotes: "moveNotes"
        case .placeNotes: "placeNotes"
        case .mergeClusters: "mergeClusters"
        case .splitCluster: "splitCluster"
        case .dissolveCluster: "dissolveCluster"
        case .undoClustering: "undoClustering"
        case .openRound: "openRound"
        case .castVote: "castVote"
        case .closeRound: "closeRound"
        case .revealRound: "revealRound"
        case .recordHands: "recordHands"
        case .castTable: "castTable"
        case .setTable: "setTable"
        case .setSpeakers: "setSpeakers"
        case .askToSpeak: "askToSpeak"
        case .withdrawSpeech: "withdrawSpeech"
        case .addSpeaker: "addSpeaker"
        case .callSpeaker: "callSpeaker"
        case .finishSpeaker: "finishSpeaker"
        case .removeSpeaker: "removeSpeaker"
        case .moveSpeaker: "moveSpeaker"
        case .openPhase: "openPhase"
        case .revealPhase: "revealPhase"
        case .concealPhase: "concealPhase"
        case .setInput: "setInput"
        case .changePhase: "changePhase"
        case .addPhase: "addPhase"
        case .removePhase: "removePhase"
        case .movePhase: "movePhase"
        case .insertPhases: "insertPhases"
        case .changeBoard: "changeBoard"
        case .removeBoard: "removeBoard"
        case .planStart: "planStart"
        case .setTitle: "setTitle"
        case .startTimer: "startTimer"
        case .pauseTimer: "pauseTimer"
        case .resumeTimer: "resumeTimer"
        case .extendTimer: "extendTimer"
        case .stopTimer: "stopTimer"
        case .expireTimer: "expireTimer"
        case .setDoor: "setDoor"
        case .changeCode: "changeCode"
        case .replaceLinks: "replaceLinks"
        case .setLock: "setLock"
        case .spotlight: "spotlight"
        case .end: "end"
        case .setRetention: "setRetention"
        case .raiseNotes: "raiseNotes"
        case .raisePhase: "raisePhase"
        case .chooseGroup: "chooseGroup"
        case .movePeople: "movePeople"
        case .renameGroup: "renameGroup"
        case .addGroup: "addGroup"
        case .mixGroups: "mixGroups"
        case .setAway: "setAway"
        case .setBack: "setBack"
        case .postponeErasure: "postponeErasure"
        case .process(let command): command.kind
        }
    }
}

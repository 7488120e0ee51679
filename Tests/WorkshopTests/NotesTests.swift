import TestKit
import Testing
import Workshop

@Suite("Notes")
struct NotesTests {
    @Test("[E1] a note written privately is in its author's channel and nowhere else until the reveal")
    func privateUntilRevealed() throws {
        var scene = try Scene()
        let (kari, ola) = (try scene.join(), try scene.join())
        let screen = try scene.join(.screen)
        _ = try scene.write(kari, "Benches by the river")
        #expect(scene.text(seenBy: kari, as: .participant).contains("Benches by the river"))
        for (id, role) in [(ola, Role.participant), (screen, .screen), (ParticipantID(1), .facilitator)] {
            #expect(!scene.text(seenBy: id, as: role).contains("Benches"))
        }
        try scene.act(ParticipantID(1), .revealPhase(PhaseID(1)))
        #expect(scene.text(seenBy: ola, as: .participant).contains("Benches by the river"))
        try scene.act(ParticipantID(1), .concealPhase(PhaseID(1)))
        #expect(!scene.text(seenBy: ola, as: .participant).contains("Benches"))
        #expect(scene.text(seenBy: kari, as: .participant).contains("Benches by the river"))
    }

    @Test("a moderated note waits for the facilitator, who sees it without its author")
    func moderation() throws {
        var phases = Scene.phases
        phases[0].visibility = .everyone
        phases[0].isModerated = true
        phases[0].anonymity = .none
        var scene = try Scene(phases: phases)
        let (kari, ola) = (try scene.join(name: "Kari"), try scene.join())
        let note = try scene.write(kari, "Held back")
        #expect(!scene.text(seenBy: ola, as: .participant).contains("Held back"))
        let entry = scene.workshop.entry(for: .note(note), in: .staff)
        guard case .staffNote = entry else { return #expect(Bool(false), "no staff entry") }
        try scene.act(ParticipantID(1), .publishNote(note))
        #expect(scene.text(seenBy: ola, as: .participant).contains("Held back"))
        #expect(scene.text(seenBy: ola, as: .participant).contains("\"author\":\"Kari\""))
        try scene.act(ParticipantID(1), .redactNote(note, .personal))
        #expect(!scene.text(seenBy: ola, as: .participant).contains("Held back"))
        #expect(scene.workshop.withheld == 1)
        try scene.act(ParticipantID(1), .restoreNote(note))
        #expect(scene.workshop.withheld == 0)
    }

    @Test("a name is shown only while the phase has anonymity none", arguments: Anonymity.allCases)
    func anonymity(_ anonymity: Anonymity) throws {
        var phases = Scene.phases
        phases[0].visibility = .everyone
        phases[0].anonymity = anonymity
        var scene = try Scene(phases: phases)
        let kari = try scene.join(name: "Kari Nordmann")
        let ola = try scene.join()
        _ = try scene.write(kari, "A bridge")
        #expect(scene.text(seenBy: ola, as: .participant).contains("Kari Nordmann") == (anonymity == .none))
    }

    @Test("text is 1 to 500 characters, counted in Unicode scalars")
    func length() throws {
        var scene = try Scene()
        let kari = try scene.join()
        #expect(throws: Refusal.empty) { try scene.write(kari, "") }
        #expect(throws: Refusal.tooLong) { try scene.write(kari, String(repeating: "å", count: 501)) }
        _ = try scene.write(kari, String(repeating: "å", count: 500))
    }

    @Test("a phase's own limit on notes each is kept, and a withdrawn note frees its place")
    func notesEach() throws {
        var phases = Scene.phases
        phases[0].notesEach = 2
        var scene = try Scene(phases: phases)
        let kari = try scene.join()
        let first = try scene.write(kari, "One")
        _ = try scene.write(kari, "Two")
        #expect(throws: Refusal.tooManyNotes) { try scene.write(kari, "Three") }
        try scene.act(kari, .withdrawNote(first))
        _ = try scene.write(kari, "Three")
        #expect(scene.workshop.progress[PhaseID(1)]?.writers == 1)
        #expect(scene.workshop.progress[PhaseID(1)]?.notes == 2)
    }

    @Test("only the author edits, until the note is shared; others' private notes do not even exist for them")
    func editing() throws {
        var scene = try Scene()
        let (kari, ola) = (try scene.join(), try scene.join())
        let note = try scene.write(kari, "Bench")
        #expect(throws: Refusal.notFound) { try scene.act(ola, .editNote(note, text: "Mine")) }
        try scene.act(ParticipantID(1), .revealPhase(PhaseID(1)))
        #expect(throws: Refusal.notYours) { try scene.act(ola, .editNote(note, text: "Mine")) }
        #expect(throws: Refusal.notYours) { try scene.act(ola, .shareNote(note)) }
        try scene.act(kari, .shareNote(note))
        try scene.act(ola, .editNote(note, text: "Bench with a back"))
        #expect(scene.workshop.notes[note]?.text == "Bench with a back")
        #expect(throws: Refusal.notYours) { try scene.act(ola, .withdrawNote(note)) }
    }

    @Test("an own note can be withdrawn in any phase, closed or locked")
    func withdrawAlways() throws {
        var scene = try Scene()
        let kari = try scene.join()
        let note = try scene.write(kari, "Bench")
        try scene.act(ParticipantID(1), .setLock(true))
        try scene.act(ParticipantID(1), .openPhase(PhaseID(3)))
        try scene.act(kari, .withdrawNote(note))
        #expect(scene.workshop.notes[note] == nil)
        #expect(!scene.text(seenBy: kari, as: .participant).contains("Bench"))
    }

    @Test("on a board with columns a note names one of them; on a list none")
    func columns() throws {
        let board = Board(
            id: BoardID(1), name: "Forces", structure: .columns,
            columns: [Column(id: "for", name: "For", paper: .moss), Column(id: "against", name: "Against")])
        var scene = try Scene(boards: [board])
        let kari = try scene.join()
        #expect(throws: Refusal.invalidValue) { try scene.write(kari, "x") }
        #expect(throws: Refusal.invalidValue) { try scene.write(kari, "x", column: "sideways") }
        let note = try scene.write(kari, "x", column: "for")
        #expect(scene.workshop.notes[note]?.paper == .moss)
        var list = try Scene()
        let ola = try list.join()
        #expect(throws: Refusal.invalidValue) { try list.write(ola, "x", column: "for") }
    }

    @Test("input on behalf of others is for staff, and marked")
    func proxy() throws {
        var scene = try Scene()
        let (kari, helper) = (try scene.join(), try scene.join(.helper))
        let paper = Command.addNote(
            text: "From paper", column: nil, paper: nil, language: nil, source: .paper)
        #expect(throws: Refusal.notAllowed) { try scene.act(kari, paper) }
        try scene.act(helper, paper)
        #expect(scene.workshop.notes[NoteID(1)]?.source == .paper)
        #expect(scene.workshop.progress[PhaseID(1)]?.writers == 0)
    }
}

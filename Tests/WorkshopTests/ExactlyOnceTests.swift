import TestKit
import Testing
import Workshop

@Suite("Exactly once")
struct ExactlyOnceTests {
    @Test("[R3] a counter that was accepted is acknowledged again and does nothing")
    func accepted() throws {
        var scene = try Scene()
        let kari = try scene.join()
        let add = Command.addNote(text: "Bench", column: nil, paper: nil, language: nil, source: .phone)
        try scene.act(kari, add, ref: 1)
        #expect(try scene.act(kari, add, ref: 1) == .acceptedBefore)
        #expect(scene.workshop.notes.count == 1)
        #expect(scene.workshop.notes[NoteID(1)]?.ref == 1)
    }

    @Test("[R3] what was accepted is acknowledged again to somebody removed since; nothing else is")
    func acceptedBeforeRemoval() throws {
        var scene = try Scene()
        let (lead, kari) = (try scene.join(.facilitator), try scene.join())
        let add = Command.addNote(text: "Bench", column: nil, paper: nil, language: nil, source: .phone)
        try scene.act(kari, add, ref: 1)
        try scene.act(lead, .removeParticipant(kari, withNotes: false))
        #expect(try scene.act(kari, add, ref: 1) == .acceptedBefore)
        #expect(throws: Refusal.removed) { try scene.act(kari, add, ref: 2) }
        #expect(scene.workshop.notes.count == 1)
    }

    @Test("[R3] a counter that was passed and not accepted had been refused")
    func passed() throws {
        var scene = try Scene()
        let kari = try scene.join()
        #expect(throws: Refusal.empty) {
            try scene.act(
                kari, .addNote(text: "", column: nil, paper: nil, language: nil, source: .phone), ref: 1)
        }
        let add = Command.addNote(text: "Bench", column: nil, paper: nil, language: nil, source: .phone)
        try scene.act(kari, add, ref: 2)
        #expect(throws: Refusal.staleRef) { try scene.act(kari, add, ref: 1) }
    }

    @Test("the last 64 counters are remembered one by one; what is older counts as passed")
    func window() {
        var refs = AcceptedRefs()
        for ref in stride(from: UInt32(2), through: 200, by: 2) { refs.accept(ref) }
        #expect(refs.standing(of: 201) == .new)
        for ref in UInt32(137)...200 {
            #expect(refs.standing(of: ref) == (ref % 2 == 0 ? .accepted : .passed))
        }
        #expect(refs.standing(of: 136) == .passed)
        refs.accept(1000)
        #expect(refs.standing(of: 200) == .passed)
        #expect(refs.standing(of: 1000) == .accepted)
    }
}

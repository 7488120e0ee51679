import TestKit
import Testing

@testable import Workshop

@Suite("What staff did")
struct StaffActTests {
    private let facilitator = ParticipantID(1)

    private func kinds(_ scene: Scene) -> [StaffAct.Kind] { scene.workshop.acts.map(\.kind) }

    @Test("each use of a power is remembered once, with when, by whom and on what")
    func remembers() throws {
        var scene = try Scene()
        let kari = try scene.join(name: "Kari")
        let helper = try scene.join(.helper, name: "Ola")
        _ = try scene.join(.screen)
        try scene.act(facilitator, .openPhase(PhaseID(2)))
        try scene.act(facilitator, .changePhase(held()))
        let note = NoteID(1)
        try scene.act(
            kari, .addNote(text: "secret words", column: nil, paper: nil, language: nil, source: .phone))
        scene.now += 1_000
        try scene.act(facilitator, .publishNote(note))
        try scene.act(facilitator, .redactNote(note, .offensive))
        try scene.act(facilitator, .restoreNote(note))
        try scene.act(helper, .createCluster(name: "secret name", notes: [note]))
        try scene.act(facilitator, .setLock(true))
        try scene.act(facilitator, .setLock(false))
        try scene.act(facilitator, .spotlight(.note(note)))
        try scene.act(facilitator, .eraseNote(note))
        try scene.act(facilitator, .end)
        #expect(
            kinds(scene) == [
                .deviceJoined, .deviceJoined, .phaseOpened, .phaseChanged, .notePublished, .noteRedacted,
                .noteRestored, .locked, .unlocked, .spotlightSet, .noteErased, .ended,
            ])
        let redacted = scene.workshop.acts[5]
        #expect(redacted.at == scene.now)
        #expect(redacted.device == facilitator && redacted.role == .facilitator)
        #expect(redacted.object == "n1" && redacted.phase == PhaseID(2) && redacted.reason == .offensive)
        #expect(scene.workshop.acts[1].device == helper && scene.workshop.acts[1].role == .helper)
        let text = "\(scene.workshop.acts)"
        for secret in ["secret", "Kari", "Ola"] { #expect(!text.contains(secret)) }
        // The journal gives the same back.
        #expect(try scene.replayed().workshop.acts == scene.workshop.acts)
    }

    @Test("somebody taken out with their notes leaves how many, not which: that would say whose they were")
    func whoseIsNotTold() throws {
        for erases in [false, true] {
            var scene = try Scene()
            let kari = try scene.join()
            for text in ["a", "b", "c"] { _ = try scene.write(kari, text) }
            try scene.act(
                facilitator, erases ? .eraseParticipant(kari) : .removeParticipant(kari, withNotes: true))
            let act = try #require(scene.workshop.acts.last)
            #expect(act.kind == (erases ? .participantErased : .participantRemoved))
            #expect(act.object == "\(kari)" && act.notes == 3)
            #expect(scene.workshop.acts.count == 2)
        }
    }

    @Test("what participants do, and what staff do as anybody may, is not in it")
    func othersAreNot() throws {
        var scene = try Scene()
        let kari = try scene.join()
        _ = try scene.write(kari, "a")
        _ = try scene.write(facilitator, "b")
        try scene.act(kari, .withdrawNote(NoteID(1)))
        try scene.act(facilitator, .withdrawNote(NoteID(2)))
        try scene.act(kari, .eraseMe)
        #expect(kinds(scene) == [.deviceJoined])
    }

    private func held() -> Phase {
        var phase = Scene.phases[1]
        phase.isModerated = true
        phase.participants = [.add]
        return phase
    }
}

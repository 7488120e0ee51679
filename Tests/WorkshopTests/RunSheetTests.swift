import TestKit
import Testing
import Workshop

@Suite("Run sheet, timer and room")
struct RunSheetTests {
    private let facilitator = ParticipantID(1)

    @Test("moving to any phase and back destroys nothing")
    func reversible() throws {
        var scene = try Scene()
        let kari = try scene.join()
        _ = try scene.write(kari, "Bench")
        let notes = scene.workshop.notes
        for phase in [3, 1, 2, 1] as [UInt32] { try scene.act(facilitator, .openPhase(PhaseID(phase))) }
        #expect(scene.workshop.notes == notes)
        #expect(scene.workshop.currentPhaseID == PhaseID(1))
    }

    @Test("the end of the timer closes input once, and more time opens it again")
    func timer() throws {
        var scene = try Scene()
        let kari = try scene.join()
        try scene.act(facilitator, .startTimer(seconds: 60))
        let deadline = scene.now + 60_000
        #expect(scene.workshop.nextDeadline == deadline)
        scene.now = deadline - 1
        #expect(throws: Refusal.noTimer) { try scene.tick() }
        _ = try scene.write(kari, "In time")
        scene.now = deadline
        try scene.tick()
        #expect(throws: Refusal.noTimer) { try scene.tick() }
        #expect(throws: Refusal.inputClosed) { try scene.write(kari, "Too late") }
        try scene.act(facilitator, .extendTimer(seconds: 30))
        _ = try scene.write(kari, "With more time")
        #expect(scene.workshop.nextDeadline == scene.now + 30_000)
    }

    @Test("a paused timer keeps what was left, whatever the clock does")
    func pause() throws {
        var scene = try Scene()
        try scene.act(facilitator, .startTimer(seconds: 60))
        scene.now += 20_000
        try scene.act(facilitator, .pauseTimer)
        #expect(scene.workshop.timer?.state == .paused(remaining: 40_000))
        scene.now -= 3_600_000
        try scene.act(facilitator, .resumeTimer)
        #expect(scene.workshop.nextDeadline == scene.workshop.now + 40_000)
        #expect(throws: Refusal.noTimer) { try scene.act(facilitator, .resumeTimer) }
    }

    @Test("the phase decides what a participant may do; the facilitator may do everything")
    func permissions() throws {
        var scene = try Scene()
        let kari = try scene.join()
        try scene.act(facilitator, .openPhase(PhaseID(3)))
        #expect(throws: Refusal.wrongPhase) { try scene.write(kari, "Not now") }
        _ = try scene.write(facilitator, "The facilitator's")
        try scene.act(facilitator, .openPhase(PhaseID(1)))
        try scene.act(facilitator, .setLock(true))
        #expect(throws: Refusal.locked) { try scene.write(kari, "Locked") }
        try scene.act(facilitator, .setLock(false))
        try scene.act(facilitator, .setInput(PhaseID(1), isOpen: false))
        #expect(throws: Refusal.inputClosed) { try scene.write(kari, "Closed") }
    }

    @Test(
        "every command is refused to those whose role may never do it",
        arguments: [Role.participant, .helper, .screen, .observer])
    func roles(_ role: Role) throws {
        var scene = try Scene()
        let someone = try scene.join(role)
        let commands: [Command] = [
            .openPhase(PhaseID(2)), .revealPhase(PhaseID(1)), .setLock(true), .setDoor(isOpen: false), .end,
            .startTimer(seconds: 5), .changeCode("ABDEFG"),
            .removeParticipant(ParticipantID(1), withNotes: false),
            .openRound(title: "x", VoteSetup(kind: .stance, targets: .notes)), .spotlight(nil),
            .removePhase(PhaseID(2)),
            .expireTimer,
        ]
        for command in commands {
            #expect(throws: Refusal.notAllowed, "\(command)") { try scene.act(someone, command) }
        }
    }

    @Test(
        "a phase with notes keeps its promise: visibility, anonymity and board cannot be changed, nor the phase removed"
    )
    func promise() throws {
        var scene = try Scene()
        let kari = try scene.join()
        _ = try scene.write(kari, "Bench")
        var phase = scene.workshop.currentPhase
        phase.name = "Write more"
        try scene.act(facilitator, .changePhase(phase))
        phase.visibility = .everyone
        #expect(throws: Refusal.phaseInUse) { try scene.act(facilitator, .changePhase(phase)) }
        phase.visibility = .own
        for weaker in [Anonymity.none, .peers] {
            phase.anonymity = weaker
            #expect(throws: Refusal.promiseGiven) { try scene.act(facilitator, .changePhase(phase)) }
        }
        try scene.act(facilitator, .openPhase(PhaseID(2)))
        #expect(throws: Refusal.phaseInUse) { try scene.act(facilitator, .removePhase(PhaseID(1))) }
        try scene.act(facilitator, .removePhase(PhaseID(3)))
        #expect(scene.workshop.runSheet == [PhaseID(1), PhaseID(2)])
    }

    @Test("phases are added, moved and numbered for good")
    func order() throws {
        var scene = try Scene()
        var phase = scene.workshop.currentPhase
        phase.name = "Check-in"
        try scene.act(facilitator, .addPhase(phase, after: nil))
        try scene.act(facilitator, .movePhase(PhaseID(3), after: PhaseID(4)))
        #expect(scene.workshop.runSheet.map(\.number) == [4, 3, 1, 2])
        #expect(throws: Refusal.invalidValue) {
            try scene.act(facilitator, .movePhase(PhaseID(3), after: PhaseID(3)))
        }
    }

    @Test("ready signals and raised hands are totals, and a new phase clears the ready ones")
    func signals() throws {
        var scene = try Scene()
        let (kari, ola) = (try scene.join(), try scene.join(via: .remote))
        try scene.act(kari, .setReady(true))
        try scene.act(ola, .setReady(true))
        try scene.act(ola, .setHand(true))
        #expect(scene.workshop.headCount == headCount(room: 1, remote: 1, ready: 2, hands: 1))
        try scene.act(facilitator, .openPhase(PhaseID(2)))
        #expect(scene.workshop.headCount == headCount(room: 1, remote: 1, ready: 0, hands: 1))
        try scene.act(facilitator, .removeParticipant(ola, withNotes: false))
        #expect(scene.workshop.headCount == headCount(room: 1, remote: 0, ready: 0, hands: 0))
    }

    private func headCount(room: Int, remote: Int, ready: Int, hands: Int) -> HeadCount {
        var count = HeadCount()
        (count.room, count.remote, count.ready, count.hands) = (room, remote, ready, hands)
        return count
    }

    @Test("the end closes open rounds, the timer and the door; after it only taking away is possible")
    func end() throws {
        var scene = try Scene()
        let kari = try scene.join()
        let note = try scene.write(kari, "Bench")
        try scene.act(facilitator, .openRound(title: "x", VoteSetup(kind: .stance, targets: .notes)))
        try scene.act(facilitator, .startTimer(seconds: 60))
        try scene.act(facilitator, .end)
        #expect(scene.workshop.rounds[RoundID(1)]?.state == .closed)
        #expect(scene.workshop.timer == nil && !scene.workshop.isDoorOpen)
        #expect(scene.content(of: .door).isEmpty)
        #expect(throws: Refusal.ended) { try scene.write(kari, "Late") }
        try scene.act(kari, .withdrawNote(note))
    }

    @Test("what everybody is shown large is something everybody may see, and goes when it goes")
    func spotlight() throws {
        var scene = try Scene()
        let kari = try scene.join()
        let note = try scene.write(kari, "Bench")
        #expect(throws: Refusal.notFound) { try scene.act(facilitator, .spotlight(.note(note))) }
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .spotlight(.note(note)))
        #expect(scene.content(of: .room)[.spotlight] != nil)
        try scene.act(kari, .withdrawNote(note))
        #expect(scene.content(of: .room)[.spotlight] == nil)
    }
}

import TestKit
import Testing

@testable import Workshop

@Suite("The list of speakers")
struct SpeakersTests {
    private let boss = ParticipantID(1)

    private func opened() throws -> (Scene, [ParticipantID]) {
        var scene = try Scene()
        let people = [
            try scene.join(name: "Kari"), try scene.join(name: "Ola", via: .remote), try scene.join(),
        ]
        try scene.act(boss, .setSpeakers(.open, speechSeconds: 180, replySeconds: 60))
        return (scene, people)
    }

    private func queue(_ scene: Scene) -> [UInt32] { scene.workshop.speakers.queue.map(\.id.number) }

    private func entry(_ scene: Scene) -> SpeakersEntry? {
        guard case .speakers(let entry)? = scene.workshop.entry(for: .speakers, in: .room) else { return nil }
        return entry
    }

    private func asks(_ scene: Scene, _ id: ParticipantID) -> [SpeechID] {
        guard case .me(let me)? = scene.workshop.entry(for: .me, in: .own(id)) else { return [] }
        return me.requests
    }

    @Test("room and remote stand in one queue as they asked; replies go before speeches, in their own order")
    func order() throws {
        var (scene, people) = try opened()
        for id in people { try scene.act(id, .askToSpeak(.speech)) }
        #expect(queue(scene) == [1, 2, 3])
        #expect(throws: Refusal.notFound) { try scene.act(people[1], .askToSpeak(.reply)) }
        try scene.act(boss, .callSpeaker(SpeechID(1)))
        try scene.act(people[1], .askToSpeak(.reply))
        try scene.act(people[2], .askToSpeak(.reply))
        #expect(queue(scene) == [4, 5, 2, 3])
        #expect(asks(scene, people[1]) == [SpeechID(2), SpeechID(4)])
        #expect(throws: Refusal.limitReached) { try scene.act(people[1], .askToSpeak(.reply)) }
        #expect(throws: Refusal.invalidValue) { try scene.act(people[0], .askToSpeak(.reply)) }
        try scene.act(people[2], .withdrawSpeech(.reply))
        #expect(queue(scene) == [4, 2, 3])
        #expect(throws: Refusal.notFound) { try scene.act(people[2], .withdrawSpeech(.reply)) }
    }

    @Test("the facilitator calls in order or out of it, moves, takes off, ends a turn; each once")
    func leads() throws {
        var (scene, people) = try opened()
        for id in people { try scene.act(id, .askToSpeak(.speech)) }
        try scene.act(boss, .callSpeaker(SpeechID(2)))
        #expect(scene.workshop.speakers.current?.request.id == SpeechID(2))
        #expect(scene.workshop.speakers.current?.seconds == 180)
        #expect(scene.workshop.speakers.current?.since == scene.now)
        #expect(queue(scene) == [1, 3])
        // Two facilitators press at once: nobody is passed over.
        #expect(throws: Refusal.notFound) { try scene.act(boss, .callSpeaker(SpeechID(2))) }
        try scene.act(boss, .moveSpeaker(SpeechID(3), after: nil))
        #expect(queue(scene) == [3, 1])
        try scene.act(boss, .moveSpeaker(SpeechID(3), after: SpeechID(1)))
        #expect(queue(scene) == [1, 3])
        #expect(throws: Refusal.notFound) { try scene.act(boss, .moveSpeaker(SpeechID(9), after: nil)) }
        #expect(throws: Refusal.invalidValue) {
            try scene.act(boss, .moveSpeaker(SpeechID(1), after: SpeechID(1)))
        }
        try scene.act(boss, .finishSpeaker(SpeechID(2)))
        #expect(scene.workshop.speakers.current == nil)
        #expect(throws: Refusal.notFound) { try scene.act(boss, .finishSpeaker(SpeechID(2))) }
        try scene.act(boss, .removeSpeaker(SpeechID(1)))
        #expect(queue(scene) == [3])
    }

    @Test("the line: nobody new asks, names called out before are still typed, who is on it speaks")
    func line() throws {
        var (scene, people) = try opened()
        try scene.act(people[0], .askToSpeak(.speech))
        try scene.act(boss, .setSpeakers(.drawn, speechSeconds: 180, replySeconds: 60))
        #expect(throws: Refusal.listClosed) { try scene.act(people[1], .askToSpeak(.speech)) }
        try scene.act(boss, .addSpeaker(name: "Per", .speech, .room))
        try scene.act(boss, .callSpeaker(SpeechID(1)))
        #expect(throws: Refusal.listClosed) { try scene.act(people[1], .askToSpeak(.reply)) }
        try scene.act(boss, .openPhase(PhaseID(2)))
        #expect(queue(scene) == [2], "a new phase leaves the list alone")
        try scene.act(boss, .setSpeakers(.closed, speechSeconds: 180, replySeconds: 60))
        #expect(entry(scene) == nil)
        #expect(scene.workshop.speakers.all.isEmpty)
        #expect(throws: Refusal.listClosed) { try scene.act(people[1], .askToSpeak(.speech)) }
        #expect(throws: Refusal.listClosed) { try scene.act(boss, .addSpeaker(name: "Pål", .speech, .room)) }
        // Numbers are never given again, also on the next list.
        try scene.act(boss, .setSpeakers(.open, speechSeconds: 0, replySeconds: 0))
        try scene.act(people[0], .askToSpeak(.speech))
        #expect(queue(scene) == [3])
    }

    @Test("a helper puts people without a phone in and takes them off again, nobody else")
    func helper() throws {
        var (scene, people) = try opened()
        let helper = try scene.join(.helper)
        try scene.act(people[0], .askToSpeak(.speech))
        try scene.act(helper, .addSpeaker(name: "Per", .speech, .remote))
        let lines = try #require(entry(scene)?.queue)
        #expect(lines.map(\.name) == ["Kari", "Per"] && lines.map(\.isProxy) == [false, true])
        #expect(throws: Refusal.notYours) { try scene.act(helper, .removeSpeaker(SpeechID(1))) }
        try scene.act(helper, .removeSpeaker(SpeechID(2)))
        #expect(throws: Refusal.notAllowed) { try scene.act(helper, .callSpeaker(SpeechID(1))) }
        #expect(throws: Refusal.notAllowed) { try scene.act(people[0], .callSpeaker(SpeechID(1))) }
        #expect(throws: Refusal.empty) { try scene.act(helper, .addSpeaker(name: "", .speech, .room)) }
        #expect(throws: Refusal.tooLong) {
            try scene.act(helper, .addSpeaker(name: String(repeating: "x", count: 81), .speech, .room))
        }
    }

    @Test("an own name is shown, and follows; without one there is where and a number, never who")
    func names() throws {
        var (scene, people) = try opened()
        try scene.act(people[2], .askToSpeak(.speech))
        #expect(entry(scene)?.queue.first?.name == "")
        #expect(!scene.text(seenBy: people[0], as: .participant).contains("\(people[2])"))
        try scene.act(people[2], .rename("Siri"))
        #expect(entry(scene)?.queue.first?.name == "Siri")
        let (workshop, _) = try scene.replayed()
        #expect(workshop == scene.workshop)
    }

    @Test("who is removed, erased or loses the place is off the list, and has not spoken")
    func leaving() throws {
        var (scene, people) = try opened()
        for id in people { try scene.act(id, .askToSpeak(.speech)) }
        try scene.act(boss, .callSpeaker(SpeechID(1)))
        try scene.act(boss, .removeParticipant(people[0], withNotes: false))
        #expect(scene.workshop.speakers.current == nil)
        try scene.act(people[1], .eraseMe)
        #expect(queue(scene) == [3])
        #expect(scene.workshop.speakers.speeches.all == 0)
        try scene.act(boss, .setPlaces(1))
        let late = try scene.join()
        #expect(throws: Refusal.waiting) { try scene.act(late, .askToSpeak(.speech)) }
        try scene.tick(.releasePlaces([people[2]]))
        #expect(queue(scene) == [])
    }

    @Test("counts of turns by where from; who was put in by hand apart; the end closes the list")
    func counts() throws {
        var (scene, people) = try opened()
        try scene.act(people[0], .askToSpeak(.speech))
        try scene.act(boss, .callSpeaker(SpeechID(1)))
        try scene.act(people[1], .askToSpeak(.reply))
        try scene.act(boss, .addSpeaker(name: "Per", .speech, .room))
        try scene.act(boss, .callSpeaker(SpeechID(2)))
        #expect(scene.workshop.speakers.current?.seconds == 60)
        try scene.act(boss, .callSpeaker(SpeechID(3)))
        try scene.act(boss, .end)
        let list = scene.workshop.speakers
        #expect(list.state == .closed && list.all.isEmpty)
        #expect(list.speeches.room == 2 && list.speeches.byHand == 1 && list.speeches.remote == 0)
        #expect(list.replies.remote == 1 && list.replies.all == 1)
    }

    @Test("200 wait at most; times are 10 to 3,600 seconds or none")
    func limits() throws {
        var (scene, people) = try opened()
        for number in 1...200 { try scene.act(boss, .addSpeaker(name: "N\(number)", .speech, .room)) }
        #expect(throws: Refusal.limitReached) { try scene.act(people[0], .askToSpeak(.speech)) }
        for seconds in [-1, 1, 9, 3_601] {
            #expect(throws: Refusal.invalidValue) {
                try scene.act(boss, .setSpeakers(.open, speechSeconds: seconds, replySeconds: 0))
            }
            #expect(throws: Refusal.invalidValue) {
                try scene.act(boss, .setSpeakers(.open, speechSeconds: 0, replySeconds: seconds))
            }
        }
    }

    @Test("what staff did is remembered without names")
    func acts() throws {
        var (scene, people) = try opened()
        try scene.act(people[0], .askToSpeak(.speech))
        try scene.act(boss, .addSpeaker(name: "Per", .speech, .room))
        try scene.act(boss, .callSpeaker(SpeechID(1)))
        try scene.act(boss, .setSpeakers(.drawn, speechSeconds: 0, replySeconds: 0))
        try scene.act(boss, .setSpeakers(.closed, speechSeconds: 0, replySeconds: 0))
        #expect(
            scene.workshop.acts.map(\.kind) == [
                .deviceJoined, .speakersOpened, .speechAdded, .speechCalled, .speakersDrawn, .speakersClosed,
            ])
        #expect(scene.workshop.acts[3].object == "q1")
        #expect(!"\(scene.workshop.acts)".contains("Per"))
    }
}

import TestKit
import Testing
import Workshop

@Suite("Who takes part, and who waits")
struct PlacesTests {
    private let boss = ParticipantID(1)

    private func wait(_ id: ParticipantID, in scene: Scene) -> Wait? { scene.workshop.participants[id]?.wait }

    @Test("[W1] who waits to be let in sees nothing but itself, and then everything")
    func approval() throws {
        var scene = try Scene()
        let kari = try scene.join()
        try scene.act(boss, .setApproval(true))
        let ola = try scene.join(name: "Ola")
        #expect(wait(kari, in: scene) == nil)
        #expect(wait(ola, in: scene) == .approval)
        #expect(scene.workshop.participants[ola]?.channels == [.own(ola)])
        #expect(scene.workshop.headCount.all == 1)
        #expect(scene.workshop.headCount.waiting == 1)
        #expect(throws: Refusal.waiting) { try scene.write(ola, "Let me in") }
        try scene.act(boss, .admit([ola, ola, kari]))
        #expect(wait(ola, in: scene) == nil)
        #expect(scene.workshop.participants[ola]?.channels == [.room, .own(ola)])
        #expect(scene.workshop.headCount.all == 2)
        #expect(scene.workshop.headCount.waiting == 0)
        _ = try scene.write(ola, "Thank you")
        #expect(throws: Refusal.notFound) { try scene.act(boss, .admit([ola])) }
    }

    @Test("[W1] links are not held up, and whoever is turned away is out")
    func turnedAway() throws {
        var scene = try Scene()
        try scene.act(boss, .setApproval(true))
        let helper = try scene.join(.helper)
        #expect(wait(helper, in: scene) == nil)
        let people = try (0..<3).map { _ in try scene.join() }
        try scene.act(boss, .turnAway(Array(people.prefix(2))))
        #expect(people.map { scene.workshop.participants[$0]?.isRemoved } == [true, true, false])
        #expect(scene.workshop.headCount.waiting == 1)
        #expect(throws: Refusal.removed) { try scene.act(people[0], .rename("again")) }
        #expect(scene.workshop.acts.suffix(1).map(\.kind) == [.turnedAway])
        #expect(scene.workshop.acts.last?.people == 2)
        try scene.act(boss, .setApproval(false))
        #expect(wait(people[2], in: scene) == .approval, "to ask no longer lets nobody in by itself")
        #expect(wait(try scene.join(), in: scene) == nil)
    }

    @Test("[W1] at most 500 wait to be let in")
    func manyWait() throws {
        var scene = try Scene()
        try scene.act(boss, .setApproval(true))
        var workshop = scene.workshop
        for number in 0..<UInt16(Limits.approvals) {
            let secret = SecretHash(
                [UInt8](repeating: 7, count: 30) + [UInt8(number >> 8), UInt8(number & 0xFF)])
            let join = Command.join(
                role: .participant, secret: try #require(secret), name: "", attendance: .room)
            if case .record(let record) = try workshop.decide(join, by: .newcomer, ref: 0, at: 0) {
                workshop.apply(record)
            }
        }
        #expect(workshop.headCount.waiting == 500)
        let next = Command.join(role: .participant, secret: Scene.secret(9), name: "", attendance: .room)
        #expect(throws: Refusal.full) { try workshop.decide(next, by: .newcomer, ref: 0, at: 0) }
        let helper = Command.join(role: .helper, secret: Scene.secret(9), name: "", attendance: .room)
        #expect(throws: Never.self) { try workshop.decide(helper, by: .newcomer, ref: 0, at: 0) }
    }

    @Test("[W2] a full room reads along, and gets the places that become free in the order of coming")
    func full() throws {
        var scene = try Scene()
        try scene.act(boss, .setPlaces(2))
        let people = try (0..<5).map { _ in try scene.join() }
        #expect(people.map { wait($0, in: scene) } == [nil, nil, .place, .place, .place])
        #expect(scene.workshop.participants[people[2]]?.channels == [.room, .own(people[2])])
        #expect(throws: Refusal.waiting) { try scene.write(people[2], "Me too") }
        #expect(throws: Refusal.waiting) { try scene.act(people[2], .setHand(true)) }
        try scene.act(people[2], .rename("Kari"))
        try scene.act(boss, .removeParticipant(people[0], withNotes: false))
        #expect(wait(people[2], in: scene) == nil)
        #expect(wait(people[3], in: scene) == .place)
        try scene.act(boss, .removeParticipant(people[4], withNotes: false))
        #expect(wait(people[3], in: scene) == .place, "who waited leaves no place")
        try scene.act(people[1], .eraseMe)
        #expect(wait(people[3], in: scene) == nil)
        #expect(scene.workshop.headCount.all == 2)
        #expect(scene.workshop.headCount.waiting == 0)
    }

    @Test("[W2] fewer places take nobody's away, more let people in at once")
    func changing() throws {
        var scene = try Scene()
        let people = try (0..<3).map { _ in try scene.join() }
        try scene.act(boss, .setPlaces(1))
        #expect(people.allSatisfy { wait($0, in: scene) == nil })
        let late = try (0..<3).map { _ in try scene.join() }
        #expect(late.allSatisfy { wait($0, in: scene) == .place })
        try scene.act(boss, .setPlaces(5))
        #expect(late.map { wait($0, in: scene) } == [nil, nil, .place])
        for count in [0, -1, 20_001] {
            #expect(throws: Refusal.invalidValue) { try scene.act(boss, .setPlaces(count)) }
        }
    }

    @Test("[W1, W2] who is let into a full room waits for a place")
    func admittedToAFullRoom() throws {
        var scene = try Scene()
        _ = try scene.join()
        try scene.act(boss, .setPlaces(2))
        try scene.act(boss, .setApproval(true))
        let people = try (0..<3).map { _ in try scene.join() }
        try scene.act(boss, .admit(people))
        #expect(people.map { wait($0, in: scene) } == [nil, .place, .place])
        #expect(scene.workshop.headCount.waiting == 2)
    }

    @Test("[W2] the place of somebody who is away goes on, and who comes back waits in turn")
    func away() throws {
        var scene = try Scene()
        let people = try (0..<2).map { _ in try scene.join() }
        #expect(throws: Refusal.notFound) { try scene.tick(.releasePlaces(people)) }
        try scene.act(people[0], .setReady(true))
        try scene.act(boss, .setPlaces(2))
        let late = try scene.join()
        try scene.tick(.releasePlaces([people[0]]))
        #expect(wait(people[0], in: scene) == .away)
        #expect(wait(late, in: scene) == nil)
        #expect(scene.workshop.headCount.ready == 0)
        #expect(scene.workshop.headCount.waiting == 0)
        try scene.tick(.takePlace(people[0]))
        #expect(wait(people[0], in: scene) == .place)
        try scene.act(boss, .removeParticipant(late, withNotes: false))
        #expect(wait(people[0], in: scene) == nil)
        #expect(throws: Refusal.notFound) { try scene.tick(.takePlace(people[0])) }
    }

    @Test("[W3] who has lost the place may still take back what was written")
    func withdraws() throws {
        var scene = try Scene()
        let kari = try scene.join()
        let note = try scene.write(kari, "Mine")
        try scene.act(boss, .setPlaces(1))
        _ = try scene.join()
        try scene.tick(.releasePlaces([kari]))
        #expect(throws: Refusal.waiting) { try scene.act(kari, .editNote(note, text: "More")) }
        try scene.act(kari, .withdrawNote(note))
        #expect(scene.workshop.notes[note] == nil)
    }

    @Test("[W4] at a pace, a note is refused until its time has come; staff keep their own")
    func pace() throws {
        var scene = try Scene()
        let kari = try scene.join()
        _ = try scene.write(kari, "Before there was a pace")
        try scene.act(boss, .setPace(seconds: 30))
        _ = try scene.write(kari, "The first")
        scene.now += 29_999
        #expect(throws: Refusal.tooSoon) { try scene.write(kari, "The second") }
        scene.now += 1
        _ = try scene.write(kari, "The second")
        for text in ["One", "Two"] { _ = try scene.write(boss, text) }
        try scene.act(boss, .setPace(seconds: 0))
        _ = try scene.write(kari, "At once")
        for seconds in [-1, 601] {
            #expect(throws: Refusal.invalidValue) { try scene.act(boss, .setPace(seconds: seconds)) }
        }
    }

    @Test("the same from the log as live, and from a snapshot")
    func replayed() throws {
        var scene = try Scene()
        let kari = try scene.join(via: .remote)
        try scene.act(boss, .setPlaces(1))
        let ola = try scene.join()
        try scene.act(boss, .setApproval(true))
        let late = try scene.join()
        try scene.tick(.releasePlaces([kari]))
        try scene.act(boss, .turnAway([late]))
        try scene.act(boss, .setPace(seconds: 5))
        _ = try scene.write(ola, "At a pace")
        #expect(try scene.replayed().workshop == scene.workshop)
    }
}

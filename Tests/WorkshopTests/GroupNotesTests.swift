import TestKit
import Testing
import Workshop

@Suite("A group's own board, and what goes on from it")
struct GroupNotesTests {
    private let boss = ParticipantID(1)

    /// Alone, pairs, fours, all, each on a board of its own and going on by itself.
    private static let phases = [
        Phase(
            id: PhaseID(1), name: "Alone", minutes: 1, board: BoardID(1), participants: [.add, .editOwn],
            visibility: .own, advances: true),
        Phase(
            id: PhaseID(2), name: "Pairs", minutes: 2, board: BoardID(2), rhythm: .group,
            participants: [.add, .editOwn, .editAny], visibility: .group,
            grouping: Grouping(how: .random, size: 2),
            advances: true),
        Phase(
            id: PhaseID(3), name: "Fours", minutes: 4, board: BoardID(3), rhythm: .group,
            participants: [.add, .editOwn], visibility: .group, grouping: Grouping(how: .merge),
            advances: true),
        Phase(
            id: PhaseID(4), name: "All", minutes: 5, board: BoardID(4), rhythm: .plenary,
            participants: [.add, .editOwn, .cluster]),
    ]

    private func scene(_ count: Int = 8) throws -> (scene: Scene, people: [ParticipantID]) {
        let boards = (1...4).map { Board(id: BoardID($0), name: "B\($0)", structure: .list) }
        var scene = try Scene(phases: Self.phases, boards: boards)
        var people: [ParticipantID] = []
        for index in 0..<count { people.append(try scene.join(name: "N\(index)")) }
        return (scene, people)
    }

    private func group(of person: ParticipantID, _ scene: Scene) -> Group? {
        scene.workshop.participants[person]?.group.flatMap { scene.workshop.groups[$0] }
    }

    @Test(
        "[J3, E1] a group's note is in its group's channel and its author's, and nowhere else until the reveal"
    )
    func ownBoard() throws {
        var (scene, people) = try scene(4)
        let helper = try scene.join(.helper)
        let screen = try scene.join(.screen)
        try scene.act(boss, .openPhase(PhaseID(2)))
        let kari = people[0]
        let pair = try #require(group(of: kari, scene))
        let mate = try #require(pair.members.first { $0 != kari })
        let others = people.filter { !pair.members.contains($0) }
        let note = try scene.write(kari, "pair-secret")
        #expect(scene.workshop.notes[note]?.group == pair.id)
        for reader in [kari, mate] {
            #expect(scene.text(seenBy: reader, as: .participant).contains("pair-secret"))
        }
        for reader in others {
            #expect(!scene.text(seenBy: reader, as: .participant).contains("pair-secret"))
        }
        #expect(!scene.text(seenBy: boss, as: .facilitator).contains("pair-secret"))
        #expect(!scene.text(seenBy: helper, as: .helper).contains("pair-secret"))
        #expect(!scene.text(seenBy: screen, as: .screen).contains("pair-secret"))
        // What it may not see it may not change either, and whoever sees it may.
        #expect(throws: Refusal.notFound) { try scene.act(others[0], .editNote(note, text: "mine")) }
        #expect(throws: Refusal.notFound) { try scene.act(boss, .redactNote(note, .other)) }
        #expect(throws: Refusal.notYours) { try scene.act(mate, .withdrawNote(note)) }
        try scene.act(mate, .editNote(note, text: "pair-secret, ours"))
        try scene.act(boss, .revealPhase(PhaseID(2)))
        for reader in people { #expect(scene.text(seenBy: reader, as: .participant).contains("ours")) }
        #expect(
            scene.content(of: .group(pair.id))[.note(note)] == nil, "it has moved, and is not there twice")
        try scene.act(boss, .concealPhase(PhaseID(2)))
        #expect(!scene.text(seenBy: others[0], as: .participant).contains("ours"))
    }

    @Test("[J3] whoever is moved sees the new group's notes, and no more the old one's")
    func moved() throws {
        var (scene, people) = try scene(4)
        try scene.act(boss, .openPhase(PhaseID(2)))
        let pair = try #require(group(of: people[0], scene))
        let other = try #require(scene.workshop.groups(of: PhaseID(2)).first { $0.id != pair.id })
        _ = try scene.write(pair.members[0], "first-pair")
        _ = try scene.write(other.members[0], "other-pair")
        try scene.act(boss, .movePeople([pair.members[1]], to: other.id))
        #expect(scene.workshop.participants[pair.members[1]]?.channels.contains(.group(other.id)) == true)
        let seen = scene.text(seenBy: pair.members[1], as: .participant)
        #expect(seen.contains("other-pair") && !seen.contains("first-pair"))
    }

    @Test("[J3] what is written before a group is chosen belongs to the one that is")
    func beforeChoosing() throws {
        var scene = try Scene(phases: Scene.phases + Scene.groupPhases)
        let (kari, ola) = (try scene.join(), try scene.join())
        try scene.act(boss, .openPhase(PhaseID(6)))
        let table = try #require(scene.workshop.groups(of: PhaseID(6)).first)
        let note = try scene.write(kari, "before")
        try scene.act(ola, .chooseGroup(table.id))
        #expect(!scene.text(seenBy: ola, as: .participant).contains("before"))
        try scene.act(kari, .chooseGroup(table.id))
        #expect(scene.workshop.notes[note]?.group == table.id)
        #expect(scene.text(seenBy: ola, as: .participant).contains("before"))
        #expect(scene.workshop.groups[table.id]?.notes == 1)
    }

    @Test("[J5] one, two, four, all: four timers that run by themselves, and what was chosen goes on")
    func oneTwoFourAll() throws {
        var (scene, people) = try scene(8)
        try scene.act(boss, .startTimer(seconds: 60))
        let own = try people.map { try scene.write($0, "alone \($0)") }
        try scene.act(people[0], .raiseNotes([own[0]], true))
        scene.now += 59_999
        #expect(throws: Refusal.noTimer) { try scene.tick() }
        scene.now += 1
        try scene.tick()
        // Pairs.
        #expect(scene.workshop.currentPhaseID == PhaseID(2))
        #expect(scene.workshop.groups(of: PhaseID(2)).map(\.members.count) == [2, 2, 2, 2])
        #expect(scene.workshop.nextDeadline == scene.now + 120_000)
        let pair = try #require(group(of: people[0], scene))
        let brought = try #require(scene.workshop.notes.values.first { $0.phase == PhaseID(2) })
        #expect(brought.origins == [.note(own[0])] && brought.group == pair.id && brought.author == people[0])
        #expect(
            scene.text(seenBy: pair.members.first { $0 != people[0] } ?? boss, as: .participant).contains(
                "alone \(people[0])"))
        // The mate chooses: it is the group's note.
        let mate = try #require(pair.members.first { $0 != people[0] })
        try scene.act(mate, .raiseNotes([brought.id], true))
        scene.now += 120_000
        try scene.tick()
        #expect(throws: Refusal.noTimer) { try scene.tick() }
        // Fours.
        #expect(scene.workshop.currentPhaseID == PhaseID(3))
        let fours = scene.workshop.groups(of: PhaseID(3))
        #expect(fours.map(\.members.count) == [4, 4])
        #expect(fours.flatMap(\.parents) == scene.workshop.groups(of: PhaseID(2)).map(\.id))
        let four = try #require(group(of: people[0], scene))
        let second = try #require(scene.workshop.notes.values.first { $0.phase == PhaseID(3) })
        #expect(second.origins == [.note(brought.id)] && second.group == four.id)
        try scene.act(four.members[3], .raiseNotes([second.id], true))
        scene.now += 240_000
        try scene.tick()
        // All.
        #expect(scene.workshop.currentPhaseID == PhaseID(4))
        let last = try #require(scene.workshop.notes.values.first { $0.phase == PhaseID(4) })
        #expect(last.origins == [.note(second.id)] && last.group == four.id)
        for reader in people {
            #expect(scene.text(seenBy: reader, as: .participant).contains("alone \(people[0])"))
        }
        // What is there by three steps is not brought once more.
        #expect(throws: Refusal.notFound) { try scene.act(boss, .raisePhase(PhaseID(2))) }
        // The last does not go on: there is nothing after it.
        scene.now += 300_000
        try scene.tick()
        #expect(scene.workshop.currentPhaseID == PhaseID(4))
        #expect(scene.workshop.timer?.state == .ended)
        // The link outlives clusters, merges and what it came from.
        try scene.act(boss, .createCluster(name: "A", notes: [last.id]))
        try scene.act(people[0], .withdrawNote(own[0]))
        #expect(scene.workshop.notes[last.id]?.origins == [.note(second.id)])
        #expect(try scene.replayed().workshop == scene.workshop)
    }

    @Test("[J5] it can be paused, extended, stopped and hurried at any time")
    func timers() throws {
        var (scene, _) = try scene(4)
        try scene.act(boss, .startTimer(seconds: 60))
        scene.now += 10_000
        try scene.act(boss, .pauseTimer)
        scene.now += 500_000
        #expect(throws: Refusal.noTimer) { try scene.tick() }
        try scene.act(boss, .resumeTimer)
        try scene.act(boss, .extendTimer(seconds: 30))
        scene.now += 80_000
        try scene.tick()
        #expect(scene.workshop.currentPhaseID == PhaseID(2))
        // The next one by hand goes on by itself, as this one would have.
        try scene.act(boss, .openPhase(PhaseID(3)))
        #expect(scene.workshop.nextDeadline == scene.now + 240_000)
        try scene.act(boss, .stopTimer)
        scene.now += 1_000_000
        #expect(throws: Refusal.noTimer) { try scene.tick() }
        #expect(scene.workshop.currentPhaseID == PhaseID(3))
        // Backwards nothing starts.
        try scene.act(boss, .openPhase(PhaseID(2)))
        #expect(scene.workshop.timer == nil)
    }

    @Test("[J4] what was not chosen in time is carried on later, once, by its group or the facilitator")
    func late() throws {
        var (scene, _) = try scene(4)
        try scene.act(boss, .openPhase(PhaseID(2)))
        let pairs = scene.workshop.groups(of: PhaseID(2))
        let notes = try pairs.map { try scene.write($0.members[0], "of \($0.number)") }
        try scene.act(boss, .openPhase(PhaseID(4)))
        #expect(throws: Refusal.notFound) {
            try scene.act(pairs[0].members[0], .raiseNotes([notes[1]], true))
        }
        try scene.act(pairs[0].members[1], .raiseNotes([notes[0]], true))
        try scene.act(pairs[0].members[0], .raiseNotes([notes[0]], true))
        func carried() -> [Note] { scene.workshop.notes.values.filter { $0.phase == PhaseID(4) } }
        #expect(carried().map(\.origins) == [[.note(notes[0])]])
        #expect(carried()[0].author == pairs[0].members[0])
        try scene.act(boss, .raisePhase(PhaseID(2)))
        #expect(carried().map(\.origins) == [[.note(notes[0])], [.note(notes[1])]])
        #expect(carried().map(\.group) == pairs.map(\.id))
        #expect(throws: Refusal.invalidValue) {
            try scene.act(pairs[0].members[0], .raiseNotes([notes[0]], false))
        }
        // Copies do not count as what somebody wrote.
        #expect(scene.workshop.progress[PhaseID(4)]?.writers == 0)
        #expect(scene.workshop.progress[PhaseID(4)]?.notes == 2)
    }

    @Test("[E2] a copy never names its author: it may have been written where no name was to be told")
    func nameless() throws {
        var phases = Self.phases
        phases[3].anonymity = .none
        let boards = (1...4).map { Board(id: BoardID($0), name: "B\($0)", structure: .list) }
        var scene = try Scene(phases: phases, boards: boards)
        let people = [try scene.join(name: "Karianne"), try scene.join(name: "Olaf")]
        try scene.act(boss, .openPhase(PhaseID(2)))
        let note = try scene.write(people[0], "carried")
        try scene.act(boss, .openPhase(PhaseID(4)))
        try scene.act(people[0], .raiseNotes([note], true))
        _ = try scene.write(people[1], "written here")
        let seen = scene.text(seenBy: people[1], as: .participant)
        #expect(seen.contains("carried") && !seen.contains("Karianne"))
        #expect(scene.text(seenBy: people[0], as: .participant).contains(#""author":"Olaf""#))
    }

    @Test("[P3] what is erased takes its copies along, and what it was a copy of")
    func erased() throws {
        var (scene, _) = try scene(4)
        try scene.act(boss, .openPhase(PhaseID(2)))
        let pair = scene.workshop.groups(of: PhaseID(2))[0]
        let note = try scene.write(pair.members[0], "gone for good")
        try scene.act(pair.members[0], .raiseNotes([note], true))
        try scene.act(boss, .openPhase(PhaseID(4)))
        let copy = try #require(scene.workshop.notes.values.first { $0.phase == PhaseID(4) }).id
        try scene.act(boss, .eraseNote(copy))
        #expect(scene.workshop.notes.values.isEmpty)
        #expect(scene.workshop.groups[pair.id]?.notes == 0 && scene.workshop.groups[pair.id]?.raised == 0)
    }

    @Test("[J3] staff is told which group has written nothing yet, and of no text")
    func coverage() throws {
        var (scene, _) = try scene(4)
        try scene.act(boss, .openPhase(PhaseID(2)))
        let pairs = scene.workshop.groups(of: PhaseID(2))
        let note = try scene.write(pairs[1].members[0], "hidden")
        try scene.act(pairs[1].members[1], .raiseNotes([note], true))
        func entry(_ id: GroupID) -> String {
            String(decoding: scene.content(of: .staff)[.group(id)] ?? [], as: UTF8.self)
        }
        #expect(entry(pairs[0].id).contains(#""notes":0,"raised":0"#))
        #expect(entry(pairs[1].id).contains(#""notes":1,"raised":1"#))
        #expect(!scene.text(seenBy: boss, as: .facilitator).contains("hidden"))
    }
}

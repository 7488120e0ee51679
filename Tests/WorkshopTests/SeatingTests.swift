import TestKit
import Testing
import Workshop

@Suite("Who works with whom")
struct SeatingTests {
    private static let ways: [Grouping] =
        Grouping.sizes.flatMap { size in
            [Grouping(how: .random, size: size), Grouping(how: .channel, size: size)]
        }
        + [2, 3, 7, 30].flatMap { tables in
            [Grouping(how: .random, tables: tables), Grouping(how: .channel, tables: tables)]
        }

    /// A workshop with an open phase, one in these groups, and one where two groups come together.
    private func scene(_ grouping: Grouping) throws -> Scene {
        try Scene(phases: [
            Phase(id: PhaseID(1), name: "Open", board: BoardID(1), participants: [.add, .editOwn]),
            Phase(
                id: PhaseID(2), name: "Groups", board: BoardID(1), rhythm: .group,
                participants: [.add, .editOwn], visibility: .group, grouping: grouping),
            Phase(
                id: PhaseID(3), name: "Merged", board: BoardID(1), rhythm: .group,
                participants: [.add, .editOwn], visibility: .group, grouping: Grouping(how: .merge)),
        ])
    }

    private func people(_ scene: Scene) -> [ParticipantID] {
        scene.workshop.participants.values.filter { $0.role == .participant && !$0.isRemoved && !$0.isAway }
            .map(\.id)
    }

    /// Everybody is in exactly one group, nobody alone unless there is nobody else, and everybody knows theirs.
    private func check(_ scene: Scene, _ what: String) {
        let groups = scene.workshop.groups(of: scene.workshop.currentPhaseID)
        let seated = groups.flatMap(\.members)
        let people = people(scene)
        #expect(seated.sorted() == people, "\(what): everybody once")
        #expect(people.count < 2 || groups.allSatisfy { $0.members.count != 1 }, "\(what): nobody alone")
        for group in groups {
            for member in group.members {
                #expect(scene.workshop.participants[member]?.group == group.id, "\(what): \(member) knows")
            }
        }
        #expect(Set(groups.map(\.number)).count == groups.count, "\(what): each a number of its own")
    }

    @Test("[J1] everybody is in one group and nobody is alone, however many they are", arguments: ways)
    func everyNumber(_ grouping: Grouping) throws {
        for count in 1...60 {
            var scene = try scene(grouping)
            for index in 0..<count { try scene.join(via: index % 3 == 1 ? .remote : .room) }
            scene.now += Int64(count) * 977
            try scene.act(ParticipantID(1), .openPhase(PhaseID(2)))
            let what = "\(grouping.how) of \(grouping.size ?? 0)/\(grouping.tables ?? 0), \(count) people"
            check(scene, what)
            let sizes = scene.workshop.groups(of: PhaseID(2)).map(\.members.count)
            if grouping.how == .random {
                #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "\(what): as even as can be")
                if let size = grouping.size {
                    #expect(count < size || (sizes.max() ?? 0) <= size + size / 2, "\(what)")
                }
                if let tables = grouping.tables {
                    #expect(sizes.count == max(1, min(tables, count / 2)), "\(what)")
                }
            }
            if grouping.how == .channel { checkChannels(scene, what) }
            try scene.act(ParticipantID(1), .openPhase(PhaseID(3)))
            check(scene, "\(what), merged")
        }
    }

    private func checkChannels(_ scene: Scene, _ what: String) {
        let vias = people(scene).compactMap { scene.workshop.participants[$0]?.attendance }
        guard vias.count(where: { $0 == .room }) > 1, vias.count(where: { $0 == .remote }) > 1 else { return }
        for group in scene.workshop.groups(of: PhaseID(2)) {
            let here = Set(group.members.compactMap { scene.workshop.participants[$0]?.attendance })
            #expect(here.count == 1, "\(what): apart")
        }
    }

    @Test(
        "[J1] nobody is alone while people come, go, leave and return",
        arguments: 1...40 as ClosedRange<UInt64>)
    func comingAndGoing(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let grouping = Self.ways[Int(seed) % Self.ways.count]
        var scene = try scene(grouping)
        try scene.act(ParticipantID(1), .openPhase(PhaseID(2)))
        for step in 0..<80 {
            scene.now += 1_000
            let people = people(scene)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0...3: try scene.join(via: Bool.random(using: &generator) ? .room : .remote)
            case 4:
                guard let gone = people.randomElement(using: &generator) else { continue }
                try scene.act(ParticipantID(1), .removeParticipant(gone, withNotes: false))
            case 5:
                guard let gone = people.randomElement(using: &generator) else { continue }
                try scene.act(gone, .eraseMe)
            case 6:
                guard let gone = people.randomElement(using: &generator) else { continue }
                try scene.tick(.setAway([gone]))
            default:
                let away = scene.workshop.participants.values.filter(\.isAway).map(\.id)
                guard let back = away.randomElement(using: &generator) else { continue }
                try scene.tick(.setBack(back))
            }
            check(scene, "seed \(seed), step \(step), \(grouping)")
        }
        #expect(try scene.replayed().workshop == scene.workshop)
    }

    @Test("[J1] who comes late sits with the fewest, among equals where nothing is written yet")
    func lateComer() throws {
        var scene = try scene(Grouping(how: .random, tables: 2))
        for _ in 0..<4 { try scene.join() }
        try scene.act(ParticipantID(1), .openPhase(PhaseID(2)))
        let groups = scene.workshop.groups(of: PhaseID(2))
        _ = try scene.write(groups[0].members[0], "First")
        let late = try scene.join()
        #expect(scene.workshop.participants[late]?.group == groups[1].id)
    }

    @Test("[J1] a pair of three becomes two pairs when a fourth comes")
    func split() throws {
        var scene = try scene(Grouping(how: .random, size: 2))
        try scene.act(ParticipantID(1), .openPhase(PhaseID(2)))
        var sizes: [[Int]] = []
        for _ in 0..<6 {
            try scene.join()
            sizes.append(scene.workshop.groups(of: PhaseID(2)).map(\.members.count))
        }
        #expect(sizes == [[1], [2], [3], [2, 2], [3, 2], [3, 3]])
    }

    @Test("[J1] groups stay when a phase is opened again, and are others when they are made anew")
    func anew() throws {
        var scene = try scene(Grouping(how: .random, size: 2))
        for _ in 0..<20 { try scene.join() }
        try scene.act(ParticipantID(1), .openPhase(PhaseID(2)))
        let first = scene.workshop.groups(of: PhaseID(2))
        try scene.act(ParticipantID(1), .openPhase(PhaseID(1)))
        #expect(scene.workshop.participants.values.allSatisfy { $0.group == nil })
        scene.now += 1_000
        try scene.act(ParticipantID(1), .openPhase(PhaseID(2)))
        #expect(scene.workshop.groups(of: PhaseID(2)) == first)
        scene.now += 1_000
        try scene.act(ParticipantID(1), .mixGroups(everybody: true))
        let second = scene.workshop.groups(of: PhaseID(2))
        #expect(second.map(\.id) == first.map(\.id), "the tables stay")
        #expect(second.map(\.members) != first.map(\.members), "the people are others")
    }

    @Test("[J2] each chooses a group; one more than usual only when all are full")
    func choice() throws {
        var scene = try scene(Grouping(how: .choice, size: 2))
        let people = try (0..<5).map { _ in try scene.join() }
        try scene.act(ParticipantID(1), .openPhase(PhaseID(2)))
        let groups = scene.workshop.groups(of: PhaseID(2)).map(\.id)
        #expect(groups.count == 3)
        try scene.act(people[0], .chooseGroup(groups[0]))
        try scene.act(people[1], .chooseGroup(groups[0]))
        #expect(throws: Refusal.limitReached) { try scene.act(people[2], .chooseGroup(groups[0])) }
        try scene.act(people[2], .chooseGroup(groups[1]))
        #expect(throws: Refusal.notFound) { try scene.act(people[3], .chooseGroup(GroupID(99))) }
        #expect(throws: Refusal.notAllowed) { try scene.act(ParticipantID(1), .chooseGroup(groups[1])) }
        try scene.act(people[2], .chooseGroup(nil))
        #expect(scene.workshop.participants[people[2]]?.group == nil)
        // Those who have not chosen are put where there are fewest.
        try scene.act(ParticipantID(1), .mixGroups(everybody: false))
        check(scene, "the rest")
    }

    @Test("[J2] the facilitator places people by hand, names groups and makes more of them")
    func hand() throws {
        var scene = try scene(Grouping(how: .hand, tables: 2))
        let people = try (0..<3).map { _ in try scene.join() }
        try scene.act(ParticipantID(1), .openPhase(PhaseID(2)))
        let groups = scene.workshop.groups(of: PhaseID(2)).map(\.id)
        #expect(scene.workshop.groups(of: PhaseID(2)).map(\.members) == [[], []])
        try scene.act(ParticipantID(1), .movePeople(people, to: groups[0]))
        try scene.act(ParticipantID(1), .movePeople([people[2]], to: groups[1]))
        try scene.act(ParticipantID(1), .renameGroup(groups[1], "Elva"))
        try scene.act(ParticipantID(1), .addGroup)
        let now = scene.workshop.groups(of: PhaseID(2))
        #expect(now.map(\.members) == [[people[0], people[1]], [people[2]], []])
        #expect(now.map(\.name) == ["", "Elva", ""])
        #expect(now.map(\.number) == [1, 2, 3])
        #expect(throws: Refusal.notFound) {
            try scene.act(ParticipantID(1), .movePeople([ParticipantID(1)], to: nil))
        }
    }

    @Test("a grouping out of its ranges, or where there are no groups, is refused")
    func invalid() throws {
        let wrong: [(Rhythm, Visibility, Grouping?)] = [
            (.group, .group, Grouping(how: .random, size: 1)),
            (.group, .group, Grouping(how: .random, size: 13)),
            (.group, .group, Grouping(how: .choice, tables: 0)),
            (.group, .group, Grouping(how: .hand, tables: 201)),
            (.group, .group, Grouping(how: .random)), (.group, .group, Grouping(how: .merge, size: 4)),
            (.group, .group, Grouping(how: .random, size: 2, tables: 2)),
            (.plenary, .everyone, Grouping(how: .random, size: 2)), (.group, .group, nil),
        ]
        for (rhythm, visibility, grouping) in wrong {
            var scene = try Scene()
            var phase = Scene.phases[1]
            (phase.rhythm, phase.visibility, phase.grouping) = (rhythm, visibility, grouping)
            #expect(throws: Refusal.invalidValue) {
                try scene.act(ParticipantID(1), .addPhase(phase, after: nil))
            }
        }
    }
}

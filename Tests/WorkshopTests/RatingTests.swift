import TestKit
import Testing
import Wire
import Workshop

@Suite("Ratings")
struct RatingTests {
    private let facilitator = ParticipantID(1)
    private static let matrix = VoteKind.matrix(
        across: RatedAxis(Axis(name: "Strength", low: "weak", high: "strong"), steps: 5),
        up: RatedAxis(Axis(name: "Can we change it?"), steps: 3))

    /// Three notes that everybody sees, and voters, in a phase where they vote.
    private func scene(_ setup: VoteSetup, voters: Int = 4) throws -> (Scene, [ParticipantID]) {
        var scene = try Scene()
        let people = try (0..<voters).map { _ in try scene.join() }
        for text in ["One", "Two", "Three"] { _ = try scene.write(people[0], text) }
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .openPhase(PhaseID(3)))
        try scene.act(facilitator, .openRound(title: "How strong?", setup))
        return (scene, people)
    }

    private func counts(_ values: [Int]) -> [Tally.Count] {
        Dictionary(grouping: values) { $0 }.map { Tally.Count(value: $0.key, count: $0.value.count) }
            .sorted { $0.value < $1.value }
    }

    @Test("[E7] a matrix takes two numbers as one value, both on their scales or none")
    func values() throws {
        var (scene, people) = try scene(VoteSetup(kind: Self.matrix, targets: .notes))
        let target = Target.note(NoteID(1))
        for value in [11, 53, 32] {
            try scene.act(people[0], .castVote(RoundID(1), target, value: value))
            #expect(scene.workshop.ballot(of: people[0], in: RoundID(1)) == [target: value])
        }
        for value in [0, 1, 10, 14, 61, -11, 134, 111, Int.min, Int.max] {
            #expect(throws: Refusal.invalidValue, "\(value)") {
                try scene.act(people[0], .castVote(RoundID(1), target, value: value))
            }
            #expect(throws: Refusal.invalidValue) {
                try scene.act(facilitator, .recordHands(RoundID(1), target, value: value, count: 2))
            }
        }
        try scene.act(people[0], .castVote(RoundID(1), target, value: nil))
        #expect(scene.workshop.rounds[RoundID(1)]?.voters == 0)
    }

    @Test(
        "the two questions are checked: names, steps, and no axis beside them",
        arguments: [
            (RatedAxis(Axis(name: ""), steps: 5), Refusal.empty),
            (RatedAxis(Axis(name: String(repeating: "x", count: 81)), steps: 5), .tooLong),
            (RatedAxis(Axis(name: "x", low: String(repeating: "x", count: 81)), steps: 5), .tooLong),
            (RatedAxis(Axis(name: "x", high: String(repeating: "x", count: 81)), steps: 5), .tooLong),
            (RatedAxis(Axis(name: "x"), steps: 1), .invalidValue),
            (RatedAxis(Axis(name: "x"), steps: 9), .invalidValue),
        ])
    func setups(axis: RatedAxis, refusal: Refusal) throws {
        var scene = try Scene()
        let fine = RatedAxis(Axis(name: "y"), steps: 8)
        for kind in [VoteKind.matrix(across: axis, up: fine), .matrix(across: fine, up: axis)] {
            #expect(throws: refusal) {
                try scene.act(facilitator, .openRound(title: "x", VoteSetup(kind: kind, targets: .notes)))
            }
        }
        let setup = VoteSetup(kind: .matrix(across: fine, up: fine), targets: .notes, axis: .up)
        #expect(throws: Refusal.invalidValue) { try scene.act(facilitator, .openRound(title: "x", setup)) }
    }

    @Test("a second round is of the same kind, on the same board and targets, after a round that is there")
    func again() throws {
        let kind = VoteKind.scale(low: 1, high: 5)
        var (scene, people) = try scene(VoteSetup(kind: kind, targets: .notes))
        func open(_ setup: VoteSetup) throws { try scene.act(facilitator, .openRound(title: "Again", setup)) }
        #expect(throws: Refusal.roundOpen) {
            try open(VoteSetup(kind: kind, targets: .notes, again: RoundID(1)))
        }
        try scene.act(people[0], .castVote(RoundID(1), .note(NoteID(1)), value: 2))
        try scene.act(facilitator, .closeRound(RoundID(1)))
        #expect(throws: Refusal.notFound) {
            try open(VoteSetup(kind: kind, targets: .notes, again: RoundID(7)))
        }
        for other in [
            VoteSetup(kind: .scale(low: 1, high: 6), targets: .notes, again: RoundID(1)),
            VoteSetup(kind: kind, targets: .clusters, again: RoundID(1)),
            VoteSetup(kind: .stance, targets: .notes, again: RoundID(1)),
        ] { #expect(throws: Refusal.invalidValue) { try open(other) } }
        try open(VoteSetup(kind: kind, targets: .notes, again: RoundID(1)))
        #expect(scene.workshop.rounds[RoundID(2)]?.setup.again == RoundID(1))
        // A phase has no round to come back to.
        var phase = try #require(scene.workshop.phases[PhaseID(3)])
        phase.vote = VoteSetup(kind: kind, targets: .notes, again: RoundID(1))
        #expect(throws: Refusal.invalidValue) { try scene.act(facilitator, .changePhase(phase)) }
    }

    @Test("[E8] mean, standard deviation, reach and median of what was given")
    func figures() throws {
        #expect(RatingFigures([]) == nil)
        #expect(RatingFigures([.init(value: 3, count: 0)]) == nil)
        let figures = try #require(RatingFigures(counts([2, 4, 4, 4, 5, 5, 7, 9])))
        #expect(figures.mean == 5 && figures.deviation == 2 && figures.median == 4.5)
        #expect(figures.lowest == 2 && figures.highest == 9 && figures.answers == 8)
        let one = try #require(RatingFigures(counts([-3])))
        #expect(one.mean == -3 && one.deviation == 0 && one.median == -3)
        #expect(RatingFigures(counts([1, 2, 9]))?.median == 2)
        #expect(RatingFigures(counts([1, 2]))?.median == 1.5)
    }

    @Test(
        "[E8] what is worth talking about on a scale from 1 to 5",
        arguments: [
            ([1, 5], nil), ([1, 1, 5, 5], .divided), ([1, 3, 5], .divided), ([2, 2, 4, 4], .divided),
            ([3, 3, 3, 3], nil), ([3, 3, 4, 4], nil), ([2, 3, 4], nil),
            ([3, 3, 3, 3, 3, 3, 3, 5], .outlier), ([4, 4, 4, 4, 4, 4, 4, 4, 4, 1], .outlier),
            ([4, 4, 4, 4, 4, 4, 4, 4, 4, 3], nil), ([2, 2, 3, 3, 3, 4, 4, 5], nil),
        ] as [([Int], Disagreement?)])
    func disagreement(values: [Int], expected: Disagreement?) {
        #expect(RatingFigures(counts(values))?.disagreement(on: 1...5) == expected, "\(values)")
    }

    @Test(
        "[E8] at most five, the divided first and the most divided before, and on a matrix the axis that is divided most"
    )
    func topics() {
        func target(_ number: UInt32) -> Target { .note(NoteID(number)) }
        let divided = counts([1, 1, 5, 5])
        let less = counts([2, 2, 4, 4])
        let outlier = counts([3, 3, 3, 3, 3, 3, 3, 5])
        let scale = VoteKind.scale(low: 1, high: 5)
        let found = Discussion.topics(
            [(target(1), outlier), (target(2), less), (target(3), counts([3, 3, 3])), (target(4), divided)],
            scale)
        #expect(found.map(\.target) == [target(4), target(2), target(1)])
        #expect(found.map(\.why) == [.divided, .divided, .outlier])
        let many = (1...9).map { (target($0), divided) }
        #expect(Discussion.topics(many, scale).map(\.target) == (1...5).map { target($0) })
        #expect(Discussion.topics(many, .stance).isEmpty)
        // Agreed across, divided up.
        let up = Discussion.topics([(target(1), counts([31, 31, 33, 33]))], Self.matrix)
        #expect(up.map(\.direction) == [.up] && up.map(\.why) == [.divided])
    }

    @Test(
        "[E8] the entry tells figures and topics once the round is closed, to staff, and to all when it is revealed"
    )
    func entry() throws {
        var (scene, people) = try scene(VoteSetup(kind: Self.matrix, targets: .notes))
        for (person, value) in zip(people, [11, 11, 53, 53]) {
            try scene.act(person, .castVote(RoundID(1), .note(NoteID(2)), value: value))
        }
        for role in Role.allCases {
            let text = scene.text(seenBy: facilitator, as: role)
            #expect(!text.contains("figures") && !text.contains("discuss"))
        }
        try scene.act(facilitator, .closeRound(RoundID(1)))
        #expect(!scene.text(seenBy: people[0], as: .participant).contains("figures"))
        let told = #"""
            {"target":"n2","counts":{"11":2,"53":2},"hands":{},"figures":[{"axis":"across","answers":4,"mean":3.0,"deviation":2.0,"lowest":1,"highest":5},{"axis":"up","answers":4,"mean":2.0,"deviation":1.0,"lowest":1,"highest":3}],"discuss":{"place":1,"why":"divided","axis":"across"}}
            """#
        #expect(scene.text(seenBy: facilitator, as: .facilitator).contains(told))
        try scene.act(facilitator, .revealRound(RoundID(1)))
        #expect(scene.text(seenBy: people[0], as: .participant).contains(told))
    }
}

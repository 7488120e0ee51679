import TestKit
import Testing

@testable import Workshop

@Suite("Devices that a table shares, and how far votes have come")
struct TablesTests {
    private let boss = ParticipantID(1)

    /// A round on three notes: a table of four in the room, Kari in the room, Ola elsewhere.
    private func voting(_ kind: VoteKind) throws -> (Scene, table: ParticipantID, [ParticipantID]) {
        var scene = try Scene()
        let (table, kari, ola) = (try scene.join(), try scene.join(), try scene.join(via: .remote))
        try scene.act(table, .setTable(heads: 4))
        for text in ["a", "b", "c"] { _ = try scene.write(kari, text) }
        try scene.act(boss, .revealPhase(PhaseID(1)))
        try scene.act(boss, .openPhase(PhaseID(3)))
        try scene.act(boss, .openRound(title: "R", VoteSetup(kind: kind, targets: .notes)))
        return (scene, table, [kari, ola])
    }

    private func give(_ note: UInt32, _ counts: [Int: Int]) -> Command {
        .castTable(
            RoundID(1), .note(NoteID(note)),
            counts: counts.sorted { $0.key < $1.key }.map { .init(value: $0.key, count: $0.value) })
    }

    @Test("heads are counted, 1 to 30, for as long as the device takes part; places are devices'")
    func heads() throws {
        var scene = try Scene()
        let table = try scene.join()
        _ = try scene.join(via: .remote)
        try scene.act(table, .setTable(heads: 8))
        #expect(scene.workshop.headCount.peopleInRoom == 8)
        #expect(scene.workshop.headCount.peopleRemote == 1)
        #expect(scene.workshop.headCount.atTables == 8 && scene.workshop.headCount.tables == 1)
        #expect(scene.workshop.headCount.all == 2)
        try scene.act(table, .setTable(heads: 3))
        #expect(scene.workshop.headCount.peopleInRoom == 3)
        for heads in [0, 31, -1] {
            #expect(throws: Refusal.invalidValue) { try scene.act(table, .setTable(heads: heads)) }
        }
        try scene.act(table, .setTable(heads: nil))
        #expect(scene.workshop.headCount.peopleInRoom == 1 && scene.workshop.headCount.atTables == 0)
        try scene.act(table, .setTable(heads: 5))
        try scene.act(boss, .removeParticipant(table, withNotes: false))
        #expect(scene.workshop.headCount.peopleInRoom == 0 && scene.workshop.headCount.tables == 0)
        #expect(throws: Refusal.notAllowed) { try scene.act(boss, .setTable(heads: 5)) }
    }

    @Test("what is written on it is the table's, never with a name, and goes when the device is erased")
    func notes() throws {
        var scene = try Scene()
        let table = try scene.join(name: "Bord 4")
        try scene.act(table, .setTable(heads: 8))
        let note = try scene.write(table, "Flere benker")
        #expect(scene.workshop.notes[note]?.source == .table)
        try scene.act(table, .setTable(heads: nil))
        let own = try scene.write(table, "Min")
        #expect(scene.workshop.notes[own]?.source == .phone)
        try scene.act(table, .eraseMe)
        #expect(scene.workshop.notes.count == 0)
    }

    @Test("a table's vote is how many gave each value: apart, blind, and gone when the round is closed")
    func stance() throws {
        var (scene, table, people) = try voting(.stance)
        #expect(throws: Refusal.notAllowed) {
            try scene.act(table, .castVote(RoundID(1), .note(NoteID(1)), value: 1))
        }
        #expect(throws: Refusal.notAllowed) { try scene.act(people[0], give(1, [1: 1])) }
        #expect(throws: Refusal.capReached) { try scene.act(table, give(1, [1: 3, -1: 2])) }
        #expect(throws: Refusal.invalidValue) { try scene.act(table, give(1, [2: 1])) }
        #expect(throws: Refusal.invalidValue) { try scene.act(table, give(1, [1: -1])) }
        #expect(throws: Refusal.notFound) { try scene.act(table, give(9, [1: 1])) }
        try scene.act(table, give(1, [1: 3, -1: 1]))
        try scene.act(people[0], .castVote(RoundID(1), .note(NoteID(1)), value: 1))
        let round = try #require(scene.workshop.rounds[RoundID(1)])
        #expect(round.tables == 1 && round.voters == 1)
        #expect(!scene.text(seenBy: people[0], as: .participant).contains(#""tables":{"#))
        #expect(try scene.replayed().workshop == scene.workshop)
        try scene.act(boss, .closeRound(RoundID(1)))
        #expect(scene.workshop.tableBallots.isEmpty)
        #expect(scene.workshop.entry(for: .round(RoundID(1)), in: .own(table)) == nil)
        let closed = try #require(scene.workshop.rounds[RoundID(1)])
        #expect(closed.tableHeads == 4)
        let result = try #require(scene.workshop.results(of: closed).first)
        #expect(result.counts == [.init(value: 1, count: 1)] && result.hands == [])
        #expect(result.tables == [.init(value: -1, count: 1), .init(value: 1, count: 3)])
        let (workshop, _) = try scene.replayed()
        #expect(workshop == scene.workshop)
    }

    @Test("dots of a table: the budget and the cap of all its people together")
    func dots() throws {
        var (scene, table, _) = try voting(.dots(budget: 3, cap: 2))
        try scene.act(table, give(1, [1: 8]))
        #expect(throws: Refusal.capReached) { try scene.act(table, give(1, [1: 9])) }
        #expect(throws: Refusal.budgetSpent) { try scene.act(table, give(2, [1: 5])) }
        #expect(throws: Refusal.invalidValue) { try scene.act(table, give(2, [2: 1])) }
        try scene.act(table, give(2, [1: 4]))
        try scene.act(table, give(1, [:]))
        #expect(
            scene.workshop.tableBallot(of: table, in: RoundID(1)) == [
                .note(NoteID(2)): [.init(value: 1, count: 4)]
            ])
        // Fewer people cannot have given as much: they give anew.
        try scene.act(table, .setTable(heads: 6))
        #expect(scene.workshop.rounds[RoundID(1)]?.tables == 1)
        try scene.act(table, .setTable(heads: 2))
        #expect(scene.workshop.rounds[RoundID(1)]?.tables == 0)
        #expect(try scene.replayed().workshop == scene.workshop)
    }

    @Test("one who becomes a table takes the own votes back, and a table that goes takes its own")
    func change() throws {
        var (scene, table, people) = try voting(.dots(budget: 1, cap: 1))
        try scene.act(people[0], .castVote(RoundID(1), .note(NoteID(1)), value: 1))
        try scene.act(table, give(1, [1: 2]))
        let before = scene.workshop.rounds[RoundID(1)]
        #expect(before?.voters == 1 && before?.done == 1 && before?.tables == 1)
        try scene.act(people[0], .setTable(heads: 2))
        try scene.act(table, .eraseMe)
        let after = scene.workshop.rounds[RoundID(1)]
        #expect(after?.voters == 0 && after?.done == 0 && after?.tables == 0)
        #expect(try scene.replayed().workshop == scene.workshop)
    }

    @Test("how many have given all they have: every dot, or an answer to all there was at the start")
    func done() throws {
        var (scene, _, people) = try voting(.dots(budget: 2, cap: 1))
        try scene.act(people[0], .castVote(RoundID(1), .note(NoteID(1)), value: 1))
        #expect(scene.workshop.rounds[RoundID(1)]?.done == 0)
        try scene.act(people[0], .castVote(RoundID(1), .note(NoteID(2)), value: 1))
        #expect(scene.workshop.rounds[RoundID(1)]?.done == 1)
        try scene.act(people[0], .castVote(RoundID(1), .note(NoteID(2)), value: nil))
        #expect(scene.workshop.rounds[RoundID(1)]?.done == 0)
        (scene, _, people) = try voting(.stance)
        for note in UInt32(1)...3 {
            try scene.act(people[1], .castVote(RoundID(1), .note(NoteID(note)), value: 0))
        }
        #expect(scene.workshop.rounds[RoundID(1)]?.done == 1)
        #expect(scene.workshop.hasVoted(people[1], in: RoundID(1)))
        #expect(!scene.workshop.hasVoted(people[0], in: RoundID(1)))
    }
}

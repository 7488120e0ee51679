import TestKit
import Testing
import Wire
import Workshop

@Suite("Votes")
struct VotesTests {
    private let facilitator = ParticipantID(1)

    /// Two notes in a cluster and one alone, in the phase for votes, with two voters.
    private func scene(_ setup: VoteSetup) throws -> (Scene, ParticipantID, ParticipantID) {
        var scene = try Scene()
        let (kari, ola) = (try scene.join(), try scene.join())
        for text in ["One", "Two", "Three"] { _ = try scene.write(kari, text) }
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .createCluster(name: "Pair", notes: [NoteID(1), NoteID(2)]))
        try scene.act(facilitator, .openPhase(PhaseID(3)))
        try scene.act(facilitator, .openRound(title: "What matters?", setup))
        return (scene, kari, ola)
    }

    private func vote(_ target: Target, _ value: Int?) -> Command {
        .castVote(RoundID(1), target, value: value)
    }

    @Test("dots keep to budget and cap, and can be taken back")
    func dots() throws {
        var (scene, kari, _) = try scene(VoteSetup(kind: .dots(budget: 3, cap: 2), targets: .clusters))
        let (pair, single) = (Target.cluster(ClusterID(1)), Target.note(NoteID(3)))
        #expect(throws: Refusal.capReached) { try scene.act(kari, vote(pair, 3)) }
        try scene.act(kari, vote(pair, 2))
        #expect(throws: Refusal.budgetSpent) { try scene.act(kari, vote(single, 2)) }
        try scene.act(kari, vote(single, 1))
        #expect(throws: Refusal.notFound) { try scene.act(kari, vote(.note(NoteID(1)), 1)) }
        #expect(throws: Refusal.invalidValue) { try scene.act(kari, vote(single, -1)) }
        try scene.act(kari, vote(pair, nil))
        try scene.act(kari, vote(single, 0))
        #expect(scene.workshop.rounds[RoundID(1)]?.voters == 0)
    }

    @Test(
        "[E3] totals are known to nobody before the round is closed, to all when revealed; a cluster counts its notes"
    )
    func blind() throws {
        var (scene, kari, ola) = try scene(VoteSetup(kind: .stance, targets: .notes))
        try scene.act(kari, vote(.note(NoteID(1)), 1))
        try scene.act(ola, vote(.note(NoteID(1)), -1))
        try scene.act(ola, vote(.note(NoteID(2)), 1))
        for role in Role.allCases { #expect(!scene.text(seenBy: facilitator, as: role).contains("results")) }
        #expect(scene.workshop.rounds[RoundID(1)]?.voters == 2)
        #expect(throws: Refusal.roundOpen) { try scene.act(facilitator, .revealRound(RoundID(1))) }
        try scene.act(facilitator, .closeRound(RoundID(1)))
        #expect(scene.text(seenBy: facilitator, as: .facilitator).contains("results"))
        #expect(!scene.text(seenBy: kari, as: .participant).contains("results"))
        #expect(throws: Refusal.roundClosed) { try scene.act(kari, vote(.note(NoteID(1)), 1)) }
        try scene.act(facilitator, .revealRound(RoundID(1)))
        #expect(scene.text(seenBy: kari, as: .participant).contains("results"))
        let round = try #require(scene.workshop.rounds[RoundID(1)])
        let cluster = try #require(scene.workshop.results(of: round).first)
        #expect(cluster.target == .cluster(ClusterID(1)))
        #expect(cluster.counts == [.init(value: -1, count: 1), .init(value: 1, count: 2)])
    }

    @Test("[E4] no record ever holds a ballot, and none is left when the round is closed")
    func erasable() throws {
        var (scene, kari, _) = try scene(VoteSetup(kind: .scale(low: 1, high: 5), targets: .clusters))
        try scene.act(kari, vote(.cluster(ClusterID(1)), 5))
        let record = try #require(scene.records.last)
        #expect(record.actor == nil)
        #expect(record.events.filter(\.isErasable).count == 1)
        #expect(record.events.filter { !$0.isErasable } == [.votersCounted(RoundID(1), 1)])
        try scene.act(facilitator, .closeRound(RoundID(1)))
        #expect(scene.workshop.ballot(of: kari, in: RoundID(1)).isEmpty)
        #expect(scene.content(of: .own(kari))[.round(RoundID(1))] == nil)
    }

    @Test("[R5] a vote sent twice sets the same value")
    func absolute() throws {
        var (scene, kari, _) = try scene(VoteSetup(kind: .dots(budget: 3, cap: 2), targets: .clusters))
        try scene.act(kari, vote(.cluster(ClusterID(1)), 2), ref: 9)
        try scene.act(kari, vote(.cluster(ClusterID(1)), 2), ref: 9)
        #expect(scene.workshop.ballot(of: kari, in: RoundID(1)) == [.cluster(ClusterID(1)): 2])
        #expect(scene.workshop.participants[kari]?.accepted.last == 3)
    }

    @Test("a show of hands is recorded apart, by staff, and replaces an earlier count")
    func hands() throws {
        var (scene, kari, _) = try scene(VoteSetup(kind: .dots(budget: 3, cap: 2), targets: .clusters))
        let target = Target.cluster(ClusterID(1))
        let hands = { (count: Int) in Command.recordHands(RoundID(1), target, value: 1, count: count) }
        #expect(throws: Refusal.notAllowed) { try scene.act(kari, hands(4)) }
        try scene.act(facilitator, hands(4))
        try scene.act(facilitator, hands(7))
        try scene.act(kari, vote(target, 1))
        try scene.act(facilitator, .closeRound(RoundID(1)))
        let round = try #require(scene.workshop.rounds[RoundID(1)])
        #expect(round.hands == [Tally(target: target, counts: [.init(value: 1, count: 7)])])
        #expect(round.tallies == [Tally(target: target, counts: [.init(value: 1, count: 1)])])
    }

    @Test("options stay what they are while people vote on them")
    func frozen() throws {
        var (scene, _, _) = try scene(VoteSetup(kind: .stance, targets: .notes))
        #expect(throws: Refusal.roundOpen) { try scene.act(facilitator, .dissolveCluster(ClusterID(1))) }
        #expect(throws: Refusal.roundOpen) {
            try scene.act(facilitator, .openRound(title: "Again", VoteSetup(kind: .stance, targets: .notes)))
        }
    }

    @Test("who is taken out takes the votes along")
    func removal() throws {
        var (scene, kari, ola) = try scene(VoteSetup(kind: .stance, targets: .notes))
        try scene.act(kari, vote(.note(NoteID(1)), 1))
        try scene.act(ola, vote(.note(NoteID(1)), 1))
        try scene.act(facilitator, .removeParticipant(ola, withNotes: true))
        #expect(scene.workshop.rounds[RoundID(1)]?.voters == 1)
        #expect(throws: Refusal.removed) { try scene.act(ola, vote(.note(NoteID(1)), 1)) }
        try scene.act(facilitator, .closeRound(RoundID(1)))
        #expect(scene.workshop.rounds[RoundID(1)]?.tallies.first?.votes == 1)
    }
}

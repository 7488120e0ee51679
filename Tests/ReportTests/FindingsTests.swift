import Report
import TestKit
import Testing
import Workshop

struct FindingsTests {
    @Test("what is private, waits or was taken off is counted by reason and stands in no document")
    func withheld() throws {
        var phases = Scene.phases
        phases[1].participants = [.add]
        phases[1].isModerated = true
        phases[2].participants = [.add]
        var scene = try Scene(phases: phases)
        let anna = try scene.join()
        _ = try scene.write(anna, "PRIVATE-TEXT")
        try scene.act(facilitator, .openPhase(PhaseID(2)))
        _ = try scene.write(anna, "HELD-TEXT")
        try scene.act(facilitator, .openPhase(PhaseID(3)))
        let rude = try scene.write(anna, "REDACTED-TEXT")
        _ = try scene.write(anna, "open text")
        try scene.act(facilitator, .redactNote(rude, .offensive))

        let findings = Findings(of: scene.workshop)
        #expect(findings.sources.all == 1)
        #expect(findings.withheld.unrevealed == 1)
        #expect(findings.withheld.held == 1)
        #expect(findings.withheld.redacted == [.offensive: 1])
        #expect(findings.withheld.all == 3)
        for (name, text) in try documents(of: scene.workshop, in: "en") {
            for secret in ["PRIVATE-TEXT", "HELD-TEXT", "REDACTED-TEXT"] {
                #expect(!text.contains(secret), "\(name)")
            }
        }

        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        #expect(Findings(of: scene.workshop).sources.all == 2)
        #expect(Findings(of: scene.workshop).withheld.unrevealed == 0)
    }

    @Test(
        "no document names or numbers a participant, even where names are shown on the board",
        arguments: languages)
    func nameless(language: String) throws {
        var scene = try Scene(phases: openPhases)
        let anna = try scene.join(name: "Anna Nameless")
        let note = try scene.write(anna, "a note")
        #expect(scene.text(seenBy: anna, as: .observer).contains("Anna Nameless"))
        let round = try scene.vote(.stance, on: .notes, [(anna, .note(note), 1)])
        try scene.act(facilitator, .revealRound(round))
        for (name, text) in try documents(of: scene.workshop, in: language) {
            #expect(!text.contains("Nameless"), "\(name)")
            #expect(!text.contains("\"\(anna)\""), "\(name)")
            #expect(!text.contains("author"), "\(name)")
        }
    }

    @Test("participants are counted by where they are; staff, observers and removed ones are not")
    func participation() throws {
        var scene = try Scene(phases: openPhases)
        try scene.join()
        try scene.join()
        try scene.join(via: .remote)
        try scene.join(.helper)
        try scene.join(.observer)
        try scene.join(.screen)
        let gone = try scene.join()
        try scene.act(facilitator, .removeParticipant(gone, withNotes: true))
        let findings = Findings(of: scene.workshop)
        #expect(findings.participation.room == 2)
        #expect(findings.participation.remote == 1)
    }

    @Test("notes entered on behalf of others are totalled apart")
    func sources() throws {
        var scene = try Scene(phases: openPhases)
        let anna = try scene.join()
        let host = try scene.join(.helper)
        _ = try scene.write(anna, "own")
        for source in [Source.table, .paper, .paper, .imported] {
            try scene.act(
                host, .addNote(text: "for others", column: nil, paper: nil, language: nil, source: source))
        }
        let sources = Findings(of: scene.workshop).sources
        #expect(sources.phone == 1)
        #expect(sources.table == 1)
        #expect(sources.paper == 2)
        #expect(sources.imported == 1)
        #expect(sources.proxy == 4)
        #expect(sources.all == 5)
    }

    /// Three clusters of 1, 2 and 2 notes and a note alone, four participants.
    private func clustered() throws -> (scene: Scene, people: [ParticipantID], alone: NoteID) {
        var scene = try Scene(phases: openPhases)
        var people: [ParticipantID] = []
        for _ in 1...4 { people.append(try scene.join()) }
        var notes: [NoteID] = []
        for number in 1...6 { notes.append(try scene.write(people[number % 4], "note \(number)")) }
        try scene.act(facilitator, .createCluster(name: "one", notes: [notes[0]]))
        try scene.act(facilitator, .createCluster(name: "two", notes: [notes[1], notes[2]]))
        try scene.act(facilitator, .createCluster(name: "three", notes: [notes[3], notes[4]]))
        return (scene, people, notes[5])
    }

    @Test("without votes clusters stand by size, then age; with votes by those first")
    func order() throws {
        var (scene, people, alone) = try clustered()
        func names() -> [String] {
            Findings(of: scene.workshop).boards[0].columns[0].clusters.map(\.name)
        }
        #expect(names() == ["two", "three", "one"])
        let round = try scene.vote(
            .dots(budget: 3, cap: 2), on: .clusters,
            [
                (people[0], .cluster(ClusterID(1)), 2), (people[0], .cluster(ClusterID(3)), 1),
                (people[1], .cluster(ClusterID(1)), 1), (people[2], .note(alone), 1),
            ])
        #expect(names() == ["two", "three", "one"])
        try scene.act(facilitator, .revealRound(round))
        #expect(names() == ["one", "three", "two"])

        let told = try #require(Findings(of: scene.workshop).rounds.first)
        #expect(told.voters == 3)
        #expect(told.results.map(\.label) == ["one", "three", "note 6", "two"])
        #expect(told.results.map(\.rank) == [1, 2, 2, nil])
        #expect(told.results.map(\.outcome.personal.total) == [3, 1, 1, 0])
        #expect(told.withoutVotes == 0)
        #expect(told.votesElsewhere == 0)
    }

    @Test(
        "a round's result is told when it is revealed, or closed and the workshop has ended; an open one never"
    )
    func blind() throws {
        var (scene, people, _) = try clustered()
        _ = try scene.vote(.dots(budget: 1, cap: 1), on: .clusters, [(people[0], .cluster(ClusterID(2)), 1)])
        var round = try #require(Findings(of: scene.workshop).rounds.first)
        #expect(!round.isReported)
        #expect(round.results.isEmpty)
        try scene.act(facilitator, .openRound(title: "Vote", VoteSetup(kind: .stance, targets: .notes)))
        try scene.act(people[1], .castVote(RoundID(2), .note(NoteID(1)), value: -1), ref: 0)
        #expect(Findings(of: scene.workshop).rounds.allSatisfy { !$0.isReported && $0.results.isEmpty })
        #expect(Findings(of: scene.workshop).rounds[1].voters == 1)

        try scene.act(facilitator, .closeRound(RoundID(2)))
        try scene.act(facilitator, .end)
        round = try #require(Findings(of: scene.workshop).rounds.first)
        #expect(round.isReported)
        #expect(round.results.first?.label == "two")
        #expect(Findings(of: scene.workshop).endedAt == scene.now)
    }

    @Test("shows of hands are told apart and change no sum, mean or rank")
    func hands() throws {
        var (scene, people, _) = try clustered()
        let round = try scene.vote(
            .scale(low: 1, high: 5), on: .clusters,
            [
                (people[0], .cluster(ClusterID(1)), 2), (people[1], .cluster(ClusterID(1)), 4),
                (people[0], .cluster(ClusterID(2)), 5),
            ],
            hands: [
                (.cluster(ClusterID(1)), value: 5, count: 40), (.cluster(ClusterID(3)), value: 1, count: 2),
            ])
        try scene.act(facilitator, .revealRound(round))
        let told = try #require(Findings(of: scene.workshop).rounds.first)
        #expect(told.results.prefix(3).map(\.label) == ["two", "one", "three"])
        let one = told.results[1].outcome
        #expect(one.personal.mean == 3)
        #expect(one.personal.spread == 1)
        #expect(one.personal.votes == 2)
        #expect(one.hands.votes == 40)
        #expect(told.results[2].rank == nil)
        #expect(told.results[2].outcome.personal.mean == nil)
    }

    @Test("what was given to a note that was taken off later is a total without its text")
    func elsewhere() throws {
        var scene = try Scene(phases: openPhases)
        let anna = try scene.join()
        let bo = try scene.join()
        let kept = try scene.write(anna, "kept")
        let gone = try scene.write(anna, "GONE-TEXT")
        let silent = try scene.write(anna, "no votes")
        let round = try scene.vote(
            .stance, on: .notes, [(anna, .note(kept), 1), (bo, .note(kept), -1), (bo, .note(gone), 1)])
        try scene.act(facilitator, .revealRound(round))
        try scene.act(facilitator, .redactNote(gone, .personal))
        let told = try #require(Findings(of: scene.workshop).rounds.first)
        #expect(told.results.map(\.target) == [.note(kept)])
        #expect(told.results[0].outcome.personal.agree == 1)
        #expect(told.results[0].outcome.personal.disagree == 1)
        #expect(told.results[0].outcome.personal.pass == 0)
        #expect(told.votesElsewhere == 1)
        #expect(told.withoutVotes == 1)
        #expect(!told.results.contains { $0.target == .note(silent) })
        for (name, text) in try documents(of: scene.workshop, in: "nb") {
            #expect(!text.contains("GONE"), "\(name)")
        }
    }

    @Test("a note that was voted on alone keeps its votes in the cluster it comes into later")
    func laterCluster() throws {
        var (scene, people, alone) = try clustered()
        let round = try scene.vote(.dots(budget: 2, cap: 2), on: .clusters, [(people[0], .note(alone), 2)])
        try scene.act(facilitator, .revealRound(round))
        try scene.act(facilitator, .moveNotes([alone], to: ClusterID(2)))
        let findings = Findings(of: scene.workshop)
        let told = try #require(findings.rounds.first)
        #expect(told.results.first?.target == .note(alone))
        #expect(told.results.first?.outcome.personal.total == 2)
        #expect(told.votesElsewhere == 0)
    }

    @Test("notes stand in their columns; a column without notes is told too")
    func columns() throws {
        let board = Board(
            id: BoardID(1), name: "Forces", structure: .columns,
            columns: [
                Column(id: "against", name: "Against", group: "System"),
                Column(id: "for", name: "For", group: "User"),
            ])
        var scene = try Scene(phases: openPhases, boards: [board])
        let anna = try scene.join()
        _ = try scene.write(anna, "helps", column: "for")
        let columns = Findings(of: scene.workshop).boards[0].columns
        #expect(columns.map(\.id) == ["against", "for"])
        #expect(columns.map(\.noteCount) == [0, 1])
        #expect(columns.map(\.group) == ["System", "User"])
    }

    @Test("a workshop in which nothing has happened gives documents", arguments: languages)
    func empty(language: String) throws {
        for (name, text) in try documents(of: try Scene().workshop, in: language) {
            #expect(!text.isEmpty, "\(name)")
        }
        for (name, text) in try documents(of: Workshop(), in: language) { #expect(!text.isEmpty, "\(name)") }
    }
}

import Proposals
import TestKit
import Testing
import Workshop

@Suite("Proposals for a board")
struct BoardProposalTests {
    private let facilitator = ParticipantID(1)

    /// A workshop whose first phase is private, with notes of one participant.
    private func scene(_ texts: [String]) throws -> Scene {
        var scene = try Scene()
        let kari = try scene.join()
        for text in texts { _ = try scene.write(kari, text) }
        return scene
    }

    private let texts = [
        "Flere benker langs elva", "Benkene i gågata", "Trygg sykkelvei", "Sykkelparkering", "Vet ikke",
    ]

    @Test("[E1] what is written privately has no part in a proposal before it is revealed")
    func isPrivate() throws {
        var scene = try scene(texts)
        #expect(BoardProposal(for: scene.workshop).clusters.isEmpty)
        #expect(BoardProposal(for: scene.workshop).alone.isEmpty)
        let hidden = BoardProposal(for: scene.workshop).document
        #expect(!String(decoding: hidden, as: UTF8.self).contains("n1"))
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        #expect(
            BoardProposal(for: scene.workshop).clusters.map(\.notes)
                == [[1, 2], [3, 4]].map { $0.map(NoteID.init) })
        #expect(BoardProposal(for: scene.workshop).alone == [NoteID(5)])
    }

    @Test("[E1] what somebody writes for themself changes nothing in what is proposed for the others")
    func noInfluence() throws {
        let phases = [
            Phase(id: PhaseID(1), name: "Openly", board: BoardID(1), participants: [.add]),
            Phase(
                id: PhaseID(2), name: "Alone", board: BoardID(1), participants: [.add], visibility: .own),
        ]
        var scene = try Scene(phases: phases)
        let kari = try scene.join()
        for text in texts { _ = try scene.write(kari, text) }
        let before = BoardProposal(for: scene.workshop)
        #expect(before.clusters.count == 2)
        try scene.act(facilitator, .openPhase(PhaseID(2)))
        for _ in 0..<20 { _ = try scene.write(kari, "benker sykkelvei elva gågata vet") }
        let after = BoardProposal(for: scene.workshop)
        #expect(after.clusters == before.clusters)
        #expect(after.alone == before.alone)
        try scene.act(facilitator, .revealPhase(PhaseID(2)))
        #expect(BoardProposal(for: scene.workshop).clusters != before.clusters)
    }

    @Test("notes that are in a cluster, taken off or withdrawn are left out")
    func leftOut() throws {
        var scene = try scene(texts)
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .createCluster(name: "Benker", notes: [NoteID(1), NoteID(2)]))
        try scene.act(facilitator, .redactNote(NoteID(5), .offTopic))
        let proposal = BoardProposal(for: scene.workshop)
        #expect(proposal.clusters.map(\.notes) == [[NoteID(3), NoteID(4)]])
        #expect(proposal.alone.isEmpty)
    }

    @Test("what is accepted is made by the ordinary commands, and taken back by the ordinary step")
    func accepted() throws {
        var scene = try scene(texts)
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        let proposal = BoardProposal(for: scene.workshop)
        for cluster in proposal.clusters {
            try scene.act(facilitator, .createCluster(name: cluster.name, notes: cluster.notes))
        }
        #expect(scene.workshop.clusters.values.map(\.name) == proposal.clusters.map(\.name))
        #expect(BoardProposal(for: scene.workshop).clusters.isEmpty)
        for _ in proposal.clusters { try scene.act(facilitator, .undoClustering) }
        #expect(scene.workshop.clusters.values.isEmpty)
        #expect(BoardProposal(for: scene.workshop).clusters == proposal.clusters)
    }

    @Test("notes of different columns stay apart")
    func columns() throws {
        let board = Board(
            id: BoardID(1), name: "Forces", structure: .columns,
            columns: [Column(id: "for", name: "For"), Column(id: "against", name: "Against")])
        var scene = try Scene(boards: [board])
        let kari = try scene.join()
        for column in ["for", "against"] {
            _ = try scene.write(kari, "Flere benker", column: column)
            _ = try scene.write(kari, "Benk ved kirka", column: column)
            _ = try scene.write(kari, "Noe om lys", column: column)
        }
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        let proposal = BoardProposal(for: scene.workshop)
        #expect(proposal.clusters.map(\.column) == ["for", "against"])
        #expect(proposal.clusters.map(\.notes) == [[NoteID(1), NoteID(2)], [NoteID(4), NoteID(5)]])
    }

    @Test("at most 1,000 notes are looked at, the oldest; the rest is counted")
    func noteLimit() throws {
        var limits = Limits()
        limits.notesPerParticipant = 2_000
        var scene = try Scene(limits: limits)
        let kari = try scene.join()
        for number in 0..<1_003 { _ = try scene.write(kari, "benk\(number)") }
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        let proposal = BoardProposal(for: scene.workshop)
        #expect(proposal.beyond == 3)
        #expect(proposal.clusters.flatMap(\.notes).count + proposal.alone.count == BoardProposal.noteLimit)
        #expect(!proposal.alone.contains(NoteID(1_001)))
        #expect(BoardProposal.noteLimit <= limits.notesPerCommand)
    }
}

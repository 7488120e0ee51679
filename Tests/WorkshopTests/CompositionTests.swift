import TestKit
import Testing
import Workshop

@Suite("Composing a session")
struct CompositionTests {
    private let facilitator = ParticipantID(1)

    private let columns = Board(
        id: BoardID(1), name: "For and against", structure: .columns,
        columns: [Column(id: "for", name: "For"), Column(id: "against", name: "Against")])

    private func phase(_ name: String, on board: UInt32, vote: VoteSetup? = nil, isBreak: Bool = false)
        -> Phase
    {
        Phase(id: PhaseID(9), name: name, board: BoardID(board), vote: vote, isBreak: isBreak)
    }

    @Test(
        "[B1] boards, their clusters and phases come in one step, numbered on, after the phase that was named"
    )
    func insertion() throws {
        var scene = try Scene()
        let insertion = Insertion(
            boards: [columns, Board(id: BoardID(2), name: "Principles", structure: .list)],
            clusters: [
                Cluster(id: ClusterID(1), board: BoardID(2), name: "We listen", notes: []),
                Cluster(id: ClusterID(2), board: BoardID(1), column: "for", name: "Health", notes: []),
            ],
            phases: [phase("Write", on: 1), phase("Rate", on: 2), phase("Coffee", on: 1, isBreak: true)],
            existing: [2: BoardID(1)])
        try scene.act(facilitator, .insertPhases(insertion, after: PhaseID(1)))
        #expect(scene.workshop.runSheet.map(\.number) == [1, 4, 5, 6, 2, 3])
        #expect(scene.workshop.boards.ids.map(\.number) == [1, 2, 3])
        #expect(scene.workshop.phases[PhaseID(4)]?.board == BoardID(2))
        #expect(scene.workshop.phases[PhaseID(5)]?.board == BoardID(3))
        #expect(scene.workshop.phases[PhaseID(6)]?.board == BoardID(1))
        #expect(scene.workshop.clusters.values.map(\.name) == ["Health", "We listen"])
        #expect(scene.workshop.clusters.values.map(\.board.number) == [2, 3])
        #expect(!scene.workshop.clusters.values.contains { !$0.isGiven })
        #expect(scene.content(of: .room)[.board(BoardID(2))] != nil)
        #expect(scene.content(of: .room)[.cluster(ClusterID(2))] != nil)
        let replayed = try scene.replayed()
        #expect(replayed.workshop == scene.workshop)
    }

    @Test("[B1] first in the run sheet, and a board without phases")
    func first() throws {
        var scene = try Scene()
        try scene.act(facilitator, .insertPhases(Insertion(boards: [columns], phases: []), after: nil))
        #expect(scene.workshop.runSheet.count == 3)
        try scene.act(
            facilitator,
            .insertPhases(
                Insertion(boards: [], phases: [phase("In", on: 1)], existing: [0: BoardID(2)]), after: nil))
        #expect(scene.workshop.runSheet.map(\.number) == [4, 1, 2, 3])
    }

    @Test("[B1] all or nothing: one fault refuses the whole, and nothing has changed")
    func allOrNothing() throws {
        var scene = try Scene()
        let axis = VoteSetup(kind: .scale(low: 1, high: 5), targets: .notes, axis: .up)
        let wrong: [(Insertion, Refusal)] = [
            (Insertion(boards: [], phases: []), .invalidValue),
            (Insertion(boards: [columns], phases: [phase("A", on: 1), phase("B", on: 2)]), .invalidValue),
            (Insertion(boards: [columns], phases: [phase("A", on: 1), phase("", on: 1)]), .empty),
            (Insertion(boards: [columns], phases: [phase("A", on: 1, vote: axis)]), .invalidValue),
            (Insertion(boards: [columns], phases: [phase("A", on: 1)], existing: [0: BoardID(7)]), .notFound),
            (
                Insertion(
                    boards: [columns],
                    clusters: [
                        Cluster(id: ClusterID(1), board: BoardID(1), column: "no", name: "C", notes: [])
                    ],
                    phases: []), .invalidValue
            ),
            (
                Insertion(
                    boards: [columns],
                    clusters: [Cluster(id: ClusterID(1), board: BoardID(2), name: "C", notes: [])], phases: []
                ),
                .invalidValue
            ),
            (
                Insertion(boards: [Board(id: BoardID(1), name: "L", structure: .sequence)], phases: []),
                .invalidValue
            ),
            (Insertion(boards: Array(repeating: columns, count: 30), phases: []), .limitReached),
            (
                Insertion(boards: [columns], phases: Array(repeating: phase("A", on: 1), count: 58)),
                .limitReached
            ),
        ]
        let before = scene.workshop
        for (insertion, refusal) in wrong {
            #expect(throws: refusal) {
                try scene.act(facilitator, .insertPhases(insertion, after: PhaseID(1)))
            }
        }
        #expect(throws: Refusal.notFound) {
            try scene.act(
                facilitator, .insertPhases(Insertion(boards: [columns], phases: []), after: PhaseID(9)))
        }
        #expect(scene.workshop == before)
        // Just as many as there is room for.
        try scene.act(
            facilitator,
            .insertPhases(
                Insertion(
                    boards: Array(repeating: columns, count: 29),
                    phases: Array(repeating: phase("A", on: 29), count: 57)), after: PhaseID(3)))
        #expect(scene.workshop.runSheet.count == 60)
    }

    @Test("a phase that was taken out makes room for another")
    func roomAgain() throws {
        var scene = try Scene()
        try scene.act(
            facilitator,
            .insertPhases(
                Insertion(boards: [columns], phases: Array(repeating: phase("A", on: 1), count: 57)),
                after: nil))
        #expect(throws: Refusal.limitReached) {
            try scene.act(facilitator, .addPhase(phase("B", on: 1), after: nil))
        }
        try scene.act(facilitator, .removePhase(PhaseID(4)))
        try scene.act(facilitator, .addPhase(phase("B", on: 1), after: nil))
        #expect(scene.workshop.phases[PhaseID(61)]?.name == "B")
    }

    @Test("[B2] a board's name and places change; a place with something in it stays")
    func changeBoard() throws {
        var scene = try Scene(boards: [columns])
        let kari = try scene.join()
        let note = try scene.write(kari, "Bench", column: "for")
        var board = columns
        board.name = "Pros and cons"
        board.columns[0].name = "Pro"
        board.columns.swapAt(0, 1)
        board.columns.append(Column(id: "maybe", name: "Perhaps"))
        try scene.act(facilitator, .changeBoard(board))
        #expect(scene.workshop.boards[BoardID(1)] == board)
        board.columns.remove(at: 0)
        try scene.act(facilitator, .changeBoard(board))
        var without = board
        without.columns.removeFirst()
        #expect(throws: Refusal.boardInUse) { try scene.act(facilitator, .changeBoard(without)) }
        var other = board
        other.structure = .sequence
        #expect(throws: Refusal.boardInUse) { try scene.act(facilitator, .changeBoard(other)) }
        var wrong = board
        wrong.columns[1].name = ""
        #expect(throws: Refusal.empty) { try scene.act(facilitator, .changeBoard(wrong)) }
        wrong.columns[1].name = String(repeating: "x", count: 81)
        #expect(throws: Refusal.tooLong) { try scene.act(facilitator, .changeBoard(wrong)) }
        try scene.act(kari, .withdrawNote(note))
        try scene.act(facilitator, .changeBoard(other))
        #expect(scene.workshop.boards[BoardID(1)]?.structure == .sequence)
        let replayed = try scene.replayed()
        #expect(replayed.workshop == scene.workshop)
    }

    @Test("[B2] what could be undone in a place that is gone cannot be undone any more")
    func undoAfterChange() throws {
        var scene = try Scene(boards: [columns])
        let kari = try scene.join()
        let note = try scene.write(kari, "Bench", column: "against")
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .placeNotes([note], column: "for"))
        var board = columns
        board.columns.removeLast()
        try scene.act(facilitator, .changeBoard(board))
        #expect(throws: Refusal.nothingToUndo) { try scene.act(facilitator, .undoClustering) }
        #expect(scene.workshop.notes[note]?.column == "for")
    }

    @Test("[B2] a board goes when nothing needs it, with the clusters that came with it")
    func removeBoard() throws {
        var scene = try Scene()
        try scene.act(
            facilitator,
            .insertPhases(
                Insertion(
                    boards: [columns],
                    clusters: [
                        Cluster(id: ClusterID(1), board: BoardID(1), column: "for", name: "C", notes: [])
                    ],
                    phases: [phase("A", on: 1)]), after: nil))
        #expect(throws: Refusal.boardInUse) { try scene.act(facilitator, .removeBoard(BoardID(2))) }
        try scene.act(facilitator, .spotlight(.cluster(ClusterID(1))))
        try scene.act(facilitator, .removePhase(PhaseID(4)))
        try scene.act(facilitator, .removeBoard(BoardID(2)))
        #expect(scene.workshop.boards.count == 1 && scene.workshop.clusters.count == 0)
        #expect(scene.workshop.spotlight == nil)
        #expect(scene.content(of: .room)[.board(BoardID(2))] == nil)
        #expect(throws: Refusal.notFound) { try scene.act(facilitator, .removeBoard(BoardID(2))) }
    }

    @Test("[B3] a promise may become stronger, for the notes that are there too, and never weaker")
    func promise() throws {
        var phases = Scene.phases
        phases[0].anonymity = .none
        phases[0].visibility = .everyone
        var scene = try Scene(phases: phases)
        let kari = try scene.join(name: "Kari")
        let note = try scene.write(kari, "Bench")
        func named() -> Bool {
            String(decoding: scene.content(of: .room)[.note(note)] ?? [], as: UTF8.self).contains("Kari")
        }
        #expect(named())
        var phase = scene.workshop.currentPhase
        phase.anonymity = .all
        try scene.act(facilitator, .changePhase(phase))
        #expect(!named())
        phase.anonymity = .none
        #expect(throws: Refusal.promiseGiven) { try scene.act(facilitator, .changePhase(phase)) }
        // Taken off and put back, it is still there.
        try scene.act(facilitator, .redactNote(note, .other))
        #expect(throws: Refusal.promiseGiven) { try scene.act(facilitator, .changePhase(phase)) }
        try scene.act(kari, .withdrawNote(note))
        // Kari reads the promise, and may be writing under it.
        #expect(throws: Refusal.promiseGiven) { try scene.act(facilitator, .changePhase(phase)) }
        try scene.act(facilitator, .openPhase(PhaseID(2)))
        try scene.act(facilitator, .changePhase(phase))
    }

    @Test("while nobody is there, a promise may be changed to any other")
    func noPromiseYet() throws {
        var scene = try Scene()
        var phase = scene.workshop.currentPhase
        for anonymity in [Anonymity.none, .all, .peers] {
            phase.anonymity = anonymity
            try scene.act(facilitator, .changePhase(phase))
        }
    }

    @Test("in a break participants do nothing")
    func breaks() throws {
        var scene = try Scene()
        var phase = scene.workshop.currentPhase
        phase.isBreak = true
        #expect(throws: Refusal.invalidValue) { try scene.act(facilitator, .changePhase(phase)) }
        phase.participants = []
        try scene.act(facilitator, .changePhase(phase))
        phase.vote = VoteSetup(kind: .stance, targets: .notes)
        #expect(throws: Refusal.invalidValue) { try scene.act(facilitator, .changePhase(phase)) }
        let room = String(decoding: scene.content(of: .room)[.phase] ?? [], as: UTF8.self)
        #expect(room.contains("\"break\":true"))
    }

    @Test(
        "the title and the planned start are set; staff see when it is to begin and when each phase was opened"
    )
    func plan() throws {
        var scene = try Scene()
        try scene.act(facilitator, .setTitle("Elva"))
        #expect(scene.workshop.title == "Elva")
        #expect(throws: Refusal.empty) { try scene.act(facilitator, .setTitle("")) }
        try scene.act(facilitator, .planStart(scene.now + 1))
        #expect(throws: Refusal.invalidValue) { try scene.act(facilitator, .planStart(-1)) }
        #expect(scene.content(of: .staff)[.plan] == Array("{\"startAt\":\(scene.now + 1)}".utf8))
        let opened = scene.now + 60_000
        scene.now = opened
        try scene.act(facilitator, .openPhase(PhaseID(2)))
        scene.now += 60_000
        try scene.act(facilitator, .openPhase(PhaseID(1)))
        scene.now += 60_000
        try scene.act(facilitator, .openPhase(PhaseID(2)))
        #expect(scene.workshop.progress[PhaseID(2)]?.firstOpenedAt == opened)
        #expect(scene.workshop.progress[PhaseID(2)]?.openedAt == opened + 120_000)
        #expect(scene.workshop.progress[PhaseID(3)]?.openedAt == nil)
        try scene.act(facilitator, .planStart(nil))
        #expect(scene.content(of: .staff)[.plan] == nil)
    }
}

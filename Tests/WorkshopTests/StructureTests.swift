import TestKit
import Testing
import Workshop

/// A board with these places, written `row/name` or `name`.
private func board(_ structure: Structure, _ places: [String], axes: Axes? = nil) -> Board {
    let columns = places.enumerated().map { index, place in
        let parts = place.split(separator: "/").map(String.init)
        return Column(
            id: "c\(index)", name: parts.last ?? "", group: parts.count > 1 ? parts[0] : "")
    }
    return Board(id: BoardID(1), name: "B", structure: structure, columns: columns, axes: axes)
}

private let axes = Axes(across: Axis(name: "Effort", low: "little", high: "much"), up: Axis(name: "Benefit"))
private let square = ["2/x1", "2/x2", "1/x1", "1/x2"]

@Suite("[E6] The seven structures")
struct StructureTests {
    static let right: [Board] = [
        board(.list, []), board(.columns, ["A"]), board(.columns, ["G/A", "G/B", "H/A"]),
        board(.grid, ["R/A", "R/B", "S/A", "S/B"]), board(.grid, ["R/A"]),
        board(.matrix, square, axes: axes), board(.fields, ["What?"]),
        board(.fields, ["Card 1/Name", "Card 1/Why", "Card 2/Name"]), board(.sequence, ["1", "2"]),
        board(.ring, ["Middle", "Inner", "Outer"]),
        board(.ring, ["Middle", "In/Says", "In/Does", "Out/Pains"]),
    ]

    @Test("places that make their structure can begin a workshop", arguments: right.indices)
    func makes(index: Int) throws {
        try Self.right[index].checkStructure()
        var scene = try Scene(boards: [Self.right[index]])
        let kari = try scene.join()
        for place in Self.right[index].columns {
            try scene.act(
                kari,
                .addNote(text: "In \(place.id)", column: place.id, paper: nil, language: nil, source: .phone))
        }
        #expect(scene.workshop.notes.values.map(\.column) == Self.right[index].columns.map { $0.id })
    }

    static let wrong: [(Board, StructureFault)] = [
        (board(.list, ["A"]), .placesNotTaken), (board(.columns, []), .placesMissing(least: 1)),
        (board(.fields, []), .placesMissing(least: 1)), (board(.grid, []), .placesMissing(least: 1)),
        (board(.sequence, ["1"]), .placesMissing(least: 2)), (board(.ring, ["M"]), .placesMissing(least: 2)),
        (board(.matrix, ["2/x1"], axes: axes), .placesMissing(least: 4)),
        (board(.matrix, square), .axesMissing), (board(.columns, ["A"], axes: axes), .axesNotTaken),
        (board(.matrix, ["1/x1", "1/x2", "1/x3", "1/x4"], axes: axes), .axesMissing),
        (board(.grid, ["R/A", "B"]), .rowMissing(1)),
        (board(.grid, ["R/A", "R/B", "S/B", "S/A"]), .rowUneven(2)),
        (board(.grid, ["R/A", "R/B", "S/A"]), .rowUneven(2)),
        (board(.columns, ["G/A", "H/A", "G/B"]), .groupApart(2)),
        (board(.ring, ["G/M", "A"]), .centreGrouped),
    ]

    @Test("places that do not are refused, and the fault says which", arguments: wrong.indices)
    func refused(index: Int) throws {
        let (board, fault) = Self.wrong[index]
        #expect(throws: fault) { try board.checkStructure() }
        #expect(throws: Refusal.invalidValue) { _ = try Scene(boards: [board]) }
    }

    @Test("each place is called what it is")
    func kinds() {
        func kinds(_ board: Board) -> [PlaceKind?] { board.columns.indices.map { board.kind(ofPlace: $0) } }
        #expect(kinds(board(.columns, ["A"])) == [.column])
        #expect(kinds(board(.grid, ["R/A"])) == [.cell])
        #expect(kinds(board(.fields, ["A"])) == [.field])
        #expect(kinds(board(.sequence, ["A", "B"])) == [.step(1), .step(2)])
        #expect(
            kinds(board(.ring, ["M", "In/A", "In/B", "Out"])) == [.centre, .ring(1), .ring(1), .ring(2)])
        #expect(board(.list, []).kind(ofPlace: 0) == nil)
    }

    @Test("a matrix' places are steps from the lower left")
    func positions() {
        let matrix = board(.matrix, square, axes: axes)
        #expect(
            matrix.columns.indices.map { matrix.position(ofPlace: $0) } == [
                Position(across: 1, up: 2), Position(across: 2, up: 2), Position(across: 1, up: 1),
                Position(across: 2, up: 1),
            ])
        #expect(board(.grid, ["R/A"]).position(ofPlace: 0) == nil)
    }

    @Test("clusters that are there from the start can be voted on and filled; one without a place is refused")
    func clusters() throws {
        func begin(_ clusters: [Cluster], on board: Board) throws(Refusal) -> Workshop {
            let phase = Phase(id: PhaseID(1), name: "F", board: BoardID(1), participants: [.add, .vote])
            let creation = Creation(
                id: "w", title: "T", language: "nb", code: "KRTMPX", links: [], boards: [board],
                phases: [phase],
                clusters: clusters)
            var workshop = Workshop()
            workshop.apply(try Workshop.begin(creation, at: 0))
            return workshop
        }
        func cluster(_ name: String, _ column: ColumnID? = nil, board: UInt32 = 1) -> Cluster {
            Cluster(id: ClusterID(1), board: BoardID(board), column: column, name: name, notes: [])
        }
        let list = board(.list, [])
        let workshop = try begin([cluster("Listen"), cluster("Share")], on: list)
        #expect(workshop.clusters.values.map(\.name) == ["Listen", "Share"])
        #expect(workshop.clusters.values.map(\.id) == [ClusterID(1), ClusterID(2)])
        #expect(try begin([cluster("A", "c0")], on: board(.columns, ["A"])).clusters.count == 1)
        for wrong in [cluster("A", "c0"), cluster("A", board: 2)] {
            #expect(throws: Refusal.invalidValue) { _ = try begin([wrong], on: list) }
        }
        #expect(throws: Refusal.empty) { _ = try begin([cluster("")], on: list) }
    }

    @Test("a vote on an axis needs a matrix and a scale")
    func axisVotes() throws {
        let scale = VoteSetup(kind: .scale(low: 1, high: 5), targets: .notes, axis: .up)
        var scene = try Scene(boards: [board(.matrix, square, axes: axes)])
        try scene.act(ParticipantID(1), .openRound(title: "Benefit", scale))
        #expect(scene.workshop.rounds.values.first?.setup.axis == .up)
        var plain = try Scene(boards: [board(.columns, ["A"])])
        #expect(throws: Refusal.invalidValue) {
            try plain.act(ParticipantID(1), .openRound(title: "Benefit", scale))
        }
        var other = try Scene(boards: [board(.matrix, square, axes: axes)])
        let dots = VoteSetup(kind: .dots(budget: 3, cap: 1), targets: .notes, axis: .across)
        #expect(throws: Refusal.invalidValue) {
            try other.act(ParticipantID(1), .openRound(title: "x", dots))
        }
    }
}

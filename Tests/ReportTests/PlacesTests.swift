import TestKit
import Testing
import Wire
import Workshop

@testable import Report

/// What the documents say of the places of each structure.
struct PlacesTests {
    private static let axes = Axes(
        across: Axis(name: "Effort", low: "little", high: "much"), up: Axis(name: "Benefit"))

    private static func board(_ structure: Structure, _ places: [(group: String, name: String)]) -> Board {
        Board(
            id: BoardID(1), name: "Board", structure: structure,
            columns: places.enumerated().map { index, place in
                Column(id: "c\(index)", name: place.name, group: place.group)
            }, axes: structure == .matrix ? axes : nil)
    }

    /// A board, the place that is written in, its heading in bokmål, what a spreadsheet's row says of it, and of what kind it is.
    static let cases:
        [(board: Board, place: ColumnID?, heading: String, full: String, kind: Vocabulary.Key?)] = [
            (board(.list, []), nil, "Board", "", nil),
            (board(.columns, [("System", "Hinders")]), "c0", "Hinders", "System: Hinders", .kindColumn),
            (board(.grid, [("Does", "Before"), ("Does", "After")]), "c1", "After", "Does: After", .kindCell),
            (
                board(
                    .matrix,
                    [
                        ("Benefit 2", "Effort 1"), ("Benefit 2", "Effort 2"), ("Benefit 1", "Effort 1"),
                        ("Benefit 1", "Effort 2"),
                    ]),
                "c1", "Effort 2", "Benefit 2: Effort 2", .kindPosition
            ),
            (
                board(.fields, [("", "Name"), ("", "First step")]), "c1", "First step", "First step",
                .kindField
            ),
            (
                board(.sequence, [("", "Morning"), ("", "Evening")]), "c1", "Steg 2: Evening",
                "Steg 2: Evening", .kindStep
            ),
            (
                board(.ring, [("", "Person"), ("", "Near")]), "c0", "I midten: Person", "I midten: Person",
                .kindCentre
            ),
            (
                board(.ring, [("", "Person"), ("Near", "Says"), ("Near", "Does"), ("", "Far")]), "c2",
                "Ring 1: Does",
                "Near: Ring 1: Does", .kindRing
            ),
        ]

    @Test("each document names the place of a note", arguments: cases.indices)
    func named(index: Int) throws {
        let (board, place, heading, full, kind) = Self.cases[index]
        var scene = try Scene(phases: openPhases, boards: [board])
        let anna = try scene.join()
        _ = try scene.write(anna, "A note of Anna's", column: place)
        let documents = Dictionary(
            uniqueKeysWithValues: try documents(of: scene.workshop, in: "nb").map { ($0.name, $0.text) })
        let html = try #require(documents["html"])
        #expect(html.contains(">\(heading)</span>"))
        #expect(try #require(documents["markdown"]).contains(" \(heading)\n") || place == nil)
        let row = try #require(documents["notes.csv"]?.split(separator: "\r\n").last).split(
            separator: ";", omittingEmptySubsequences: false)
        #expect(row[2] == full)
        #expect(row[3] == (try kind.map { try vocabulary("nb")($0) } ?? ""))
        #expect(documents["json"]?.contains("\"structure\":\"\(board.structure.rawValue)\"") == true)
    }

    @Test("of a map only places that hold something are told of, and its axes are", arguments: languages)
    func map(language: String) throws {
        let (board, place, _, _, _) = Self.cases[3]
        var scene = try Scene(phases: openPhases, boards: [board])
        let anna = try scene.join()
        let note = try scene.write(anna, "A note", column: place)
        let words = try vocabulary(language)
        let setup = VoteSetup(kind: .scale(low: 1, high: 5), targets: .notes, axis: .up)
        try scene.act(facilitator, .openRound(title: "Benefit?", setup))
        try scene.act(anna, .castVote(RoundID(1), .note(note), value: 4), ref: 0)
        try scene.act(facilitator, .closeRound(RoundID(1)))
        try scene.act(facilitator, .revealRound(RoundID(1)))
        let findings = Findings(of: scene.workshop)
        for (name, text) in try documents(of: scene.workshop, in: language)
        where ["html", "markdown"].contains(name) {
            #expect(text.contains("Effort 2") && !text.contains("Effort 1"), "\(name)")
            #expect(text.contains("little") && text.contains("much"), "\(name)")
            #expect(text.contains(words(.roundAxis, ["axis": "Benefit"])), "\(name)")
        }
        let json = try JSONReader.read(JSONReport.document(findings), limits: .trusted)
        let report = try #require(json["boards"]?.array?.first)
        #expect(report["axes"]?["across"]?["high"]?.string == "much")
        #expect(report["columns"]?.array?.compactMap { $0["position"]?["across"]?.int } == [1, 2, 1, 2])
        #expect(report["columns"]?.array?.compactMap { $0["position"]?["up"]?.int } == [2, 2, 1, 1])
        #expect(json["rounds"]?.array?.first?["vote"]?["axis"]?.string == "up")
        #expect(try Schema("docs/results.schema.json").faults(json) == [])
    }
}

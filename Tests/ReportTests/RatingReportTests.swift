import TestKit
import Testing
import Wire
import Workshop

@testable import Report

/// What a rating leaves in every document: figures, what to talk about, and before and after.
struct RatingReportTests {
    static let matrix = VoteKind.matrix(
        across: RatedAxis(Axis(name: "Strength <b>", low: "weak", high: "strong"), steps: 5),
        up: RatedAxis(Axis(name: "Can change", low: "no", high: "yes"), steps: 5))

    /// Three notes, four voters, a round of numbers told.
    private func scene(_ kind: VoteKind, _ given: [[Int]]) throws -> (Scene, [ParticipantID]) {
        var scene = try Scene(phases: openPhases)
        let people = try (0..<4).map { try scene.join(name: "Name-\($0)") }
        for text in ["Agreed", "Divided", "Alone"] { _ = try scene.write(people[0], text) }
        let round = try scene.vote(kind, on: .notes, title: "First", votes(people, given))
        try scene.act(facilitator, .revealRound(round))
        return (scene, people)
    }

    private func votes(_ people: [ParticipantID], _ given: [[Int]]) -> [(ParticipantID, Target, Int)] {
        given.enumerated().flatMap { note, values in
            zip(people, values).map { person, value in
                (person, Target.note(NoteID(UInt32(note + 1))), value)
            }
        }
    }

    @Test("a scale: mean, spread, reach, columns of how many, and what to talk about", arguments: languages)
    func scale(language: String) throws {
        let (scene, _) = try scene(.scale(low: 1, high: 5), [[4, 4, 4, 5], [1, 1, 5, 5], [3]])
        let words = try vocabulary(language)
        let round = try #require(Findings(of: scene.workshop).rounds.first)
        #expect(round.topics.map(\.target) == [.note(NoteID(2))])
        let texts = Dictionary(
            uniqueKeysWithValues: try documents(of: scene.workshop, in: language).map { ($0.name, $0.text) })
        for name in ["html", "markdown"] {
            let text = try #require(texts[name])
            #expect(text.contains(words(.discussHeading)), "\(name)")
            #expect(text.contains("1–5"), "\(name)")
            #expect(text.contains(words(.tableRange)), "\(name)")
            #expect(
                !text.contains("Name-") && !text.contains("discuss.") && !text.contains("{range}"), "\(name)")
        }
        let html = try #require(texts["html"])
        let reader = try HTMLReader(html)
        #expect(reader.elements.count { $0.attributes["class"] == "column" } == 5)
        #expect(texts["results.csv"]?.contains("4…5") == true)
        let json = try JSONReader.read(JSONReport.document(Findings(of: scene.workshop)), limits: .trusted)
        #expect(try Schema("docs/results.schema.json").faults(json) == [])
        let told = try #require(json["rounds"]?.array?.first)
        #expect(told["discuss"]?.array?.first?["why"]?.string == "divided")
        #expect(told["results"]?.array?.first?["votes"]?["lowest"]?.int == 4)
    }

    @Test("a matrix: a map, both means, and neither joined to anybody", arguments: languages)
    func matrix(language: String) throws {
        let (scene, _) = try scene(Self.matrix, [[55, 55, 54, 55], [11, 15, 11, 15], [33]])
        let words = try vocabulary(language)
        let texts = Dictionary(
            uniqueKeysWithValues: try documents(of: scene.workshop, in: language).map { ($0.name, $0.text) })
        let html = try #require(texts["html"])
        let reader = try HTMLReader(html)
        #expect(reader.elements.count { $0.attributes["class"] == "mark" } == 3)
        #expect(reader.elements.contains { $0.name == "ol" && $0.attributes["class"] == "key" })
        #expect(html.contains("Strength &lt;b&gt;") && !html.contains("<b>"))
        #expect(html.contains(words(.chartMatrix)))
        let notes = try #require(texts["notes.csv"])
        #expect(notes.contains(words(.tableOfAxis, ["axis": "Can change", "measure": words(.tableMean)])))
        // How many gave each number, an axis each; never the two together as one figure.
        let csv = try #require(texts["results.csv"])
        let given = words(.tableGiven, ["value": "5"])
        #expect(csv.contains(words(.tableOfAxis, ["axis": "Can change", "measure": given])))
        #expect(!csv.contains(words(.tableGiven, ["value": "55"])))
        let findings = Findings(of: scene.workshop)
        #expect(findings.rounds.first?.topics.map(\.direction) == [.up])
        let json = try JSONReader.read(JSONReport.document(findings), limits: .trusted)
        #expect(try Schema("docs/results.schema.json").faults(json) == [])
        let first = try #require(json["rounds"]?.array?.first?["results"]?.array?.first)
        #expect(first["target"]?.string == "n1")
        #expect(
            first["votes"]?["across"]?["mean"] == .double(5) || first["votes"]?["across"]?["mean"] == .int(5))
        #expect(first["votes"]?["counts"]?["55"]?.int == 3)
    }

    @Test("a second round stands beside the first", arguments: languages)
    func again(language: String) throws {
        let kind = VoteKind.scale(low: 1, high: 5)
        var (scene, people) = try scene(kind, [[4, 4, 4, 5], [1, 1, 5, 5]])
        let setup = VoteSetup(kind: kind, targets: .notes, again: RoundID(1))
        try scene.act(facilitator, .openRound(title: "Second", setup))
        for (person, target, value) in votes(people, [[4, 4, 4, 4], [4, 4, 5, 5], [2]]) {
            try scene.act(person, .castVote(RoundID(2), target, value: value), ref: 0)
        }
        try scene.act(facilitator, .closeRound(RoundID(2)))
        let words = try vocabulary(language)
        let caption = words(.captionAgain, ["round": "Second", "before": "First"])
        // Not before it is told.
        for (name, text) in try documents(of: scene.workshop, in: language) {
            #expect(!text.contains(caption), "\(name)")
        }
        try scene.act(facilitator, .revealRound(RoundID(2)))
        let texts = Dictionary(
            uniqueKeysWithValues: try documents(of: scene.workshop, in: language).map { ($0.name, $0.text) })
        for name in ["html", "markdown"] { #expect(texts[name]?.contains(caption) == true, "\(name)") }
        let row =
            "| Divided | \(words.decimal(3)) | \(words.decimal(4.5)) | \(words.decimal(2)) | \(words.decimal(0.5)) |"
        let markdown = try #require(texts["markdown"]).replacing("\\.", with: ".")
        #expect(markdown.contains(row))
        #expect(
            markdown.contains("| Alone | – | \(words.decimal(2)) | – | \(words.decimal(0)) |"))
        #expect(texts["json"]?.contains("\"again\":\"r1\"") == true)
    }
}

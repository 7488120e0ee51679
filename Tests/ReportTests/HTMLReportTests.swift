import TestKit
import Testing
import Workshop

@testable import Report

struct HTMLReportTests {
    /// A workshop with columns, clusters, every kind of vote, hands, papers, languages and all payloads.
    static func full() throws -> Workshop {
        let boards = [
            Board(
                id: BoardID(1), name: "Board <1>", structure: .columns,
                columns: [
                    Column(id: "a", name: "A & B", hint: "Hint <i>", paper: .coral, group: "Group \"1\""),
                    Column(id: "b", name: "</section>", group: "Group \"1\""),
                    Column(id: "c", name: "C", group: ""),
                ]), Board(id: BoardID(2), name: "Empty", structure: .list),
        ]
        var phases = openPhases
        phases[0].name = "Phase </table>"
        phases[0].instruction = "Do <b>this</b>\nand that"
        var scene = try Scene(phases: phases, boards: boards)
        let anna = try scene.join(name: "Anna")
        let bo = try scene.join(.participant, via: .remote)
        let host = try scene.join(.helper)
        var notes: [NoteID] = []
        for (number, text) in payloads.enumerated() {
            notes.append(scene.workshop.notes.nextID)
            try scene.act(
                number % 3 == 0 ? host : anna,
                .addNote(
                    text: text, column: ["a", "b"][number % 2], paper: Paper.allCases[number % 6],
                    language: number == 4 ? "se" : number == 5 ? "nb" : nil,
                    source: number % 3 == 0 ? .paper : .phone))
        }
        try scene.act(facilitator, .createCluster(name: "<u>Cluster</u> \"x\"", notes: [notes[0], notes[2]]))
        try scene.act(facilitator, .createCluster(name: "", notes: [notes[1]]))
        let kinds: [VoteKind] = [
            .dots(budget: 3, cap: 2), .stance, .scale(low: 1, high: 5), .scale(low: -10, high: 10),
        ]
        for (index, kind) in kinds.enumerated() {
            for targets in VoteTargets.allCases {
                let target: Target = targets == .clusters ? .cluster(ClusterID(1)) : .note(notes[index])
                let other: Target = targets == .clusters ? .note(notes[5]) : .note(notes[index + 1])
                let round = try scene.vote(
                    kind, on: targets, title: "Vote <\(index)> \(targets)",
                    [(anna, target, 1), (bo, target, 1), (bo, other, 1)],
                    hands: [(target, value: 1, count: 9)])
                if index != 3 { try scene.act(facilitator, .revealRound(round)) }
            }
        }
        try scene.act(facilitator, .redactNote(notes[3], .personal))
        return scene.workshop
    }

    private func html(_ workshop: Workshop, _ language: String) throws -> String {
        try #require(documents(of: workshop, in: language).first { $0.name == "html" }).text
    }

    @Test(
        "the document is well-formed, in every language, for a full and an empty workshop",
        arguments: languages)
    func wellFormed(language: String) throws {
        for workshop in [try HTMLReportTests.full(), try Scene().workshop, Workshop()] {
            let reader = try HTMLReader(html(workshop, language))
            #expect(reader.elements.first?.name == "html")
            #expect(reader.elements.first?.attributes["lang"] == language)
            let ids = reader.elements.compactMap { $0.attributes["id"] }
            #expect(Set(ids).count == ids.count)
            for element in reader.elements {
                if let id = element.attributes["aria-labelledby"] { #expect(ids.contains(id)) }
                if let link = element.attributes["href"] { #expect(ids.contains(String(link.dropFirst()))) }
            }
        }
    }

    @Test("it runs nothing, asks for nothing and styles by one sheet only")
    func selfContained() throws {
        let reader = try HTMLReader(html(HTMLReportTests.full(), "nb"))
        let names = Set(reader.elements.map(\.name))
        #expect(
            names.isDisjoint(with: [
                "script", "img", "link", "iframe", "object", "form", "base", "b", "u", "i",
            ]))
        for element in reader.elements {
            #expect(element.attributes["style"] == nil)
            #expect(element.attributes["src"] == nil)
            #expect(!element.attributes.keys.contains { $0.hasPrefix("on") })
            #expect(element.attributes["href"]?.hasPrefix("#") ?? true)
        }
        #expect(reader.elements.filter { $0.name == "style" }.map(\.text) == [HTMLReport.styleSheet])
        #expect(!HTMLReport.styleSheet.contains("<"))
        #expect(!HTMLReport.styleSheet.contains("://"))
        #expect(!HTMLReport.styleSheet.contains("@import"))
    }

    @Test("every note stands in it as it was written, whatever it says")
    func payloadsAsText() throws {
        let reader = try HTMLReader(html(HTMLReportTests.full(), "en"))
        let texts = reader.elements.filter { $0.attributes["class"] == "text" }.map(\.text)
        for (number, payload) in payloads.enumerated() {
            let visible = payload.unicodeScalars.filter {
                $0.value >= 0x20 && $0.value < 0xFFFE || $0 == "\n"
            }
            let text = String(String.UnicodeScalarView(visible))
            #expect(texts.contains(text) == (number != 3), "\(payload)")
        }
    }

    @Test("headings go down one level at a time, under one first heading")
    func headings() throws {
        let reader = try HTMLReader(html(HTMLReportTests.full(), "en"))
        let levels = reader.elements.compactMap { element -> Int? in
            element.name.first == "h" ? element.name.dropFirst().first?.wholeNumberValue : nil
        }
        #expect(levels.first == 1)
        #expect(levels.filter { $0 == 1 }.count == 1)
        #expect(levels.contains(6))
        for (before, level) in zip(levels, levels.dropFirst()) { #expect(level <= before + 1) }
    }

    @Test(
        "every table has a caption and every heading cell its scope; every table can be scrolled by keyboard")
    func tables() throws {
        let reader = try HTMLReader(html(HTMLReportTests.full(), "en"))
        let tables = reader.elements.filter { $0.name == "table" }
        #expect(tables.count > 10)
        for table in tables { #expect(table.children.first == "caption") }
        for cell in reader.elements where cell.name == "th" {
            #expect(cell.attributes["scope"] == (cell.path.contains("thead") ? "col" : "row"))
        }
        let regions = reader.elements.filter { $0.attributes["class"] == "scroll" }
        #expect(regions.count == tables.count)
        #expect(regions.allSatisfy { $0.attributes["tabindex"] == "0" && $0.attributes["aria-label"] != nil })
    }

    @Test("every chart is an image with a title that says its finding, and its figures stand in a table")
    func charts() throws {
        let workshop = try HTMLReportTests.full()
        let reader = try HTMLReader(html(workshop, "en"))
        let charts = reader.elements.filter { $0.name == "svg" }
        #expect(charts.count == 6)
        for chart in charts {
            #expect(chart.attributes["role"] == "img")
            #expect(chart.children.first == "title")
        }
        let titles = reader.elements.filter { $0.name == "title" && $0.path.contains("svg") }.map(\.text)
        #expect(titles.allSatisfy { $0.hasPrefix("Chart: ") && $0.contains("(") })
        let cells = Set(reader.elements.filter { $0.name == "td" }.map(\.text))
        for figure in reader.elements where figure.attributes["class"] == "figure" && figure.name == "text" {
            #expect(cells.contains(figure.text), "\(figure.text)")
        }
    }

    @Test(
        "what is no language tag is not written as one",
        arguments: ["", "\"><b>", "n b", String(repeating: "n", count: 36)])
    func badTag(tag: String) { #expect(!isLanguageTag(tag)) }

    @Test("a note in another language says so")
    func language() throws {
        let reader = try HTMLReader(html(HTMLReportTests.full(), "nb"))
        let texts = reader.elements.filter { $0.attributes["class"] == "text" }
        #expect(texts.filter { $0.attributes["lang"] == "se" }.count == 1)
        #expect(texts.allSatisfy { $0.attributes["dir"] == "auto" })
        #expect(texts.allSatisfy { ["se", nil].contains($0.attributes["lang"]) })
        // The workshop is in Norwegian; an English report marks its content.
        let english = try HTMLReader(html(HTMLReportTests.full(), "en"))
        #expect(english.elements.first { $0.name == "h1" }?.attributes["lang"] == "nb")
    }

    @Test("the same findings give the same bytes")
    func deterministic() throws {
        let first = try documents(of: HTMLReportTests.full(), in: "nb")
        let second = try documents(of: HTMLReportTests.full(), in: "nb")
        #expect(first.map(\.text) == second.map(\.text))
    }
}

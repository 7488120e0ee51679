import Foundation
import TestKit
import Testing
import Wire
import Workshop

@Suite("A session as a template (A5)")
struct TemplateDocumentTests {
    private func workshop(_ content: Definition.Content, _ language: String, title: String = "Sentrum i 2050")
        throws
        -> Workshop
    {
        let creation = Creation(
            id: "w", title: title, language: language, code: "ABCDEF", links: [], boards: content.boards,
            phases: content.phases, clusters: content.clusters)
        var workshop = Workshop()
        workshop.apply(try Workshop.begin(creation, at: 0))
        return workshop
    }

    @Test(
        "every template, begun in a language, saved, checked and begun again, is the same session",
        arguments: languages)
    func roundTrip(language: String) throws {
        let schema = try Schema("docs/template.schema.json")
        for name in try TemplatesTests.names() {
            let content = try Definition(Files.read("web/templates/\(name)")).content(in: language)
            let begun = try workshop(content, language)
            let document = try #require(TemplateDocument(of: begun), "\(name)")
            #expect(Definition.faults(in: document.bytes) == [], "\(name)")
            #expect(schema.faults(try JSONReader.read(document.bytes, limits: .trusted)) == [], "\(name)")
            let definition = try Definition(document.bytes)
            #expect(definition.content(in: language) == content, "\(name)")
            #expect(definition.id == "sentrum-i-2050")
            #expect(definition.name.map(\.language) == [language])
            let again = try workshop(definition.content(in: language), language)
            #expect(again.boards == begun.boards && again.phases == begun.phases, "\(name)")
            #expect(again.runSheet == begun.runSheet && again.clusters == begun.clusters, "\(name)")
        }
    }

    @Test("what was composed and changed while running is saved in the order of the run sheet")
    func composed() throws {
        var scene = try Scene()
        let facilitator = ParticipantID(1)
        for name in ["nytte-innsats.json", "utsjekk.json", "brukerreise.json"] {
            let content = try Definition(Files.read("web/templates/\(name)")).content(in: "nb")
            let insertion = Insertion(
                boards: content.boards, clusters: content.clusters, phases: content.phases)
            try scene.act(facilitator, .insertPhases(insertion, after: PhaseID(1)))
        }
        try scene.act(facilitator, .movePhase(PhaseID(1), after: PhaseID(3)))
        try scene.act(
            facilitator,
            .addPhase(Phase(id: PhaseID(1), name: "Kaffe", board: BoardID(1), isBreak: true), after: nil))
        let before = scene.workshop
        let document = try #require(TemplateDocument(of: before))
        let content = try Definition(document.bytes).content(in: "nb")
        #expect(content.boards.map(\.name) == before.boards.values.map(\.name))
        #expect(content.phases.map(\.name) == before.runSheet.compactMap { before.phases[$0]?.name })
        #expect(content.phases.first?.isBreak == true)
        #expect(content.clusters.count == 6)
    }

    @Test("no note, no person and no cluster of notes is in it")
    func nothingPersonal() throws {
        var scene = try Scene()
        let facilitator = ParticipantID(1)
        let kari = try scene.join(name: "Kariname")
        let notes = [try scene.write(kari, "Secretbench"), try scene.write(kari, "Secretpath")]
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .createCluster(name: "Secrettheme", notes: notes))
        try scene.act(
            facilitator, .openRound(title: "Secretround", VoteSetup(kind: .stance, targets: .notes)))
        let text = String(decoding: try #require(TemplateDocument(of: scene.workshop)).bytes, as: UTF8.self)
        #expect(!text.contains("Secret") && !text.contains("Kari") && !text.contains("KRTMPX"))
    }

    @Test("its id comes from the title")
    func identifier() throws {
        let content = try Definition(Files.read("web/templates/igp.json")).content(in: "nb")
        for (title, id) in [
            ("Ærlig og ÅPENT: øving 3!", "aerlig-og-apent-oving-3"), ("–", "samskap"),
            (String(repeating: "ab ", count: 20), "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab"),
        ] {
            let named = try workshop(content, "nb", title: title)
            #expect(TemplateDocument(of: named)?.id == id)
        }
    }

    @Test("more than a template may hold is not written")
    func tooMuch() throws {
        let text = String(repeating: "x", count: 2000)
        let board = Board(id: BoardID(1), name: "B", structure: .list)
        let phases = (1...40).map {
            Phase(id: PhaseID($0), name: "P", instruction: text, hint: text, board: BoardID(1))
        }
        let content = Definition.Content(boards: [board], phases: phases, clusters: [])
        let long = try workshop(content, "nb")
        #expect(TemplateDocument(of: long) == nil)
    }
}

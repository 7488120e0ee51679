import Foundation
import Testing
import Wire
import Workshop

struct TemplatesTests {
    static func names() throws -> [String] {
        let folder = Files.root.appendingPathComponent("web/templates")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".json")
        }.sorted()
    }

    @Test("there are the built-in templates")
    func present() throws {
        #expect(
            try TemplatesTests.names() == [
                "affinitet.json", "aktorkart.json", "brukerreise.json", "empatikart.json",
                "en-to-fire-alle.json",
                "fem-hvorfor.json", "hemmere-fremmere.json", "hvordan-kan-vi.json", "idedugnad.json",
                "idekort.json",
                "igp.json", "innsjekk.json", "intervjunotater.json", "laeringskort.json", "meningsrunde.json",
                "nytte-innsats.json", "persona.json", "prikkstemming.json", "problemramme.json",
                "storyboard.json",
                "testkort.json", "tilbakemelding.json", "utsjekk.json",
            ])
    }

    @Test("each of the five steps has templates, and each of the seven structures is used by one")
    func range() throws {
        let definitions = try TemplatesTests.names().map { try Definition(Files.read("web/templates/\($0)")) }
        #expect(Set(definitions.map(\.step)) == [1, 2, 3, 4, 5])
        let structures = definitions.flatMap { $0.content(in: "nb").boards.map(\.structure) }
        #expect(Set(structures) == Set(Structure.allCases))
    }

    @Test("each template is what docs/template.schema.json describes")
    func schema() throws {
        let schema = try Schema("docs/template.schema.json")
        for name in try TemplatesTests.names() {
            let value = try JSONReader.read(Files.read("web/templates/\(name)"), limits: .trusted)
            #expect(schema.faults(value) == [], "\(name)")
        }
    }

    /// What replaces the board of a template that is right.
    static let wrongBoards = [
        #"{"key":"b","name":"B"}"#, #"{"key":"b","name":"B","structure":"heap"}"#,
        #"{"key":"B","name":"B","structure":"list"}"#, #"{"key":"b","name":" ","structure":"list"}"#,
        #"{"key":"b","name":"B","structure":"list","colour":"red"}"#,
        #"{"key":"b","name":"B","structure":"list","columns":[{"id":"c","name":"C"}]}"#,
        #"{"key":"b","name":"B","structure":"columns"}"#,
        #"{"key":"b","name":"B","structure":"ring","columns":[{"id":"c","name":"C"}]}"#,
        #"{"key":"b","name":"B","structure":"columns","columns":[{"id":"c","name":"C","paper":"red"}]}"#,
        #"{"key":"b","name":"B","structure":"sequence","columns":[{"id":"c","name":"C"},{"id":"d","name":"D"}],"rows":[{"id":"r","name":"R"}]}"#,
        #"{"key":"b","name":"B","structure":"matrix"}"#,
        #"{"key":"b","name":"B","structure":"matrix","axes":{"across":{"name":"X"}}}"#,
        #"{"key":"b","name":"B","structure":"matrix","axes":{"across":{"name":"X","steps":9},"up":{"name":"Y"}}}"#,
        #"{"key":"b","name":"B","structure":"list","axes":{"across":{"name":"X"},"up":{"name":"Y"}}}"#,
        #"{"key":"b","name":"B","structure":"list","clusters":[{}]}"#,
    ]

    @Test("what the schema refuses, the server refuses too", arguments: wrongBoards.indices)
    func schemaRefuses(index: Int) throws {
        let schema = try Schema("docs/template.schema.json")
        func faults(_ board: String) throws -> (schema: [String], server: [DefinitionError]) {
            let text = Array(
                #"{"id":"a","name":"A","boards":[\#(board)],"phases":[{"name":"F","board":"b"}]}"#.utf8)
            return (schema.faults(try JSONReader.read(text, limits: .trusted)), Definition.faults(in: text))
        }
        #expect(try faults(#"{"key":"b","name":"B","structure":"list"}"#).schema == [])
        let (schemas, server) = try faults(Self.wrongBoards[index])
        #expect(!schemas.isEmpty)
        #expect(!server.isEmpty)
    }

    @Test("each template begins a workshop in each language", arguments: languages)
    func begins(language: String) throws {
        for name in try TemplatesTests.names() {
            let definition = try Definition(Files.read("web/templates/\(name)"))
            #expect("\(definition.id).json" == name)
            let content = definition.content(in: language)
            let creation = Creation(
                id: "w", title: "T", language: language, code: "ABCDEF", links: [], boards: content.boards,
                phases: content.phases, clusters: content.clusters)
            var workshop = Workshop()
            workshop.apply(try Workshop.begin(creation, at: 0))
            #expect(workshop.runSheet.count == content.phases.count)
            #expect(content.phases.reduce(0) { $0 + $1.minutes } == definition.minutes, "\(name)")
            for phase in content.phases {
                #expect(!phase.instruction.isEmpty, "\(name): \(phase.name)")
                #expect(!phase.hint.isEmpty, "\(name): \(phase.name)")
                #expect(phase.vote == nil || phase.participants.contains(.vote), "\(name): \(phase.name)")
            }
        }
    }

    @Test("each text of a template is there in three languages")
    func languagesComplete() throws {
        for name in try TemplatesTests.names() {
            let value = try JSONReader.read(Files.read("web/templates/\(name)"), limits: .trusted)
            var texts = 0
            check(value, &texts, "\(name)")
            #expect(texts >= 10)
        }
    }

    private func check(_ value: JSONValue, _ texts: inout Int, _ place: String) {
        for element in value.array ?? [] { check(element, &texts, place) }
        guard let members = value.members else { return }
        if members.contains(where: { $0.name == "nb" }) {
            texts += 1
            #expect(Set(members.map(\.name)) == Set(languages), "\(place)")
            #expect(members.allSatisfy { $0.value.string?.isEmpty == false }, "\(place)")
        } else {
            for member in members {
                if ["name", "description", "instruction", "hint"].contains(member.name) {
                    #expect(member.value.members != nil, "\(place)/\(member.name)")
                }
                check(member.value, &texts, "\(place)/\(member.name)")
            }
        }
    }
}

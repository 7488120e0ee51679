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
            try Set(TemplatesTests.names()).isSuperset(of: [
                "idedugnad.json", "hemmere-fremmere.json", "meningsrunde.json",
            ]))
    }

    @Test("each template begins a workshop in each language", arguments: languages)
    func begins(language: String) throws {
        for name in try TemplatesTests.names() {
            let definition = try Definition(Files.read("web/templates/\(name)"))
            #expect("\(definition.id).json" == name)
            let content = try definition.content(in: language)
            let creation = Creation(
                id: "w", title: "T", language: language, code: "ABCDEF", links: [], boards: content.boards,
                phases: content.phases)
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

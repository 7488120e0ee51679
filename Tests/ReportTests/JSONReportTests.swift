import Report
import TestKit
import Testing
import Wire
import Workshop

struct JSONReportTests {
    private func schema() throws -> Schema { try Schema("docs/results.schema.json") }

    @Test("the document is what its schema describes, and every member of it is described")
    func valid() throws {
        let schema = try schema()
        for workshop in [try HTMLReportTests.full(), try Scene().workshop, Workshop()] {
            let value = try JSONReader.read(JSONReport.document(Findings(of: workshop)), limits: .trusted)
            #expect(schema.faults(value) == [])
            #expect(value["samskap"] == .int(1))
        }
    }

    @Test("[Z2] a manifest is what its schema describes, while a workshop goes on and after its end")
    func manifest() throws {
        let schema = try Schema("docs/manifest.schema.json")
        var scene = try Scene()
        for _ in 0..<2 {
            let bytes = Manifest.document(
                Findings(of: scene.workshop),
                files: [
                    .init(
                        name: "report.html", mediaType: "text/html", byteCount: 12,
                        sha256: String(repeating: "0a", count: 32))
                ], software: ("Samskap", "1.0"))
            #expect(schema.faults(try JSONReader.read(bytes)) == [])
            if scene.workshop.endedAt == nil { try scene.act(facilitator, .end) }
        }
    }

    @Test("the check finds what is missing, wrong or not described")
    func checkWorks() throws {
        let schema = try schema()
        let value = try JSONReader.read(
            JSONReport.document(Findings(of: HTMLReportTests.full())), limits: .trusted)
        var members = try #require(value.members)
        members[0].value = .int(2)
        members.append(.init(name: "author", value: .string("p1")))
        members.removeAll { $0.name == "boards" }
        #expect(
            schema.faults(.object(members)) == [
                ": no boards", "/samskap: const", ": author is not described",
            ])
    }

    @Test("texts come back as they were written, and figures by target")
    func content() throws {
        let workshop = try HTMLReportTests.full()
        let value = try JSONReader.read(JSONReport.document(Findings(of: workshop)), limits: .trusted)
        var texts: [String] = []
        for column in value["boards"]?.array?.first?["columns"]?.array ?? [] {
            let clusters = column["clusters"]?.array ?? []
            for note in (column["notes"]?.array ?? []) + clusters.flatMap({ $0["notes"]?.array ?? [] }) {
                texts += [note["text"]?.string].compactMap { $0 }
            }
        }
        for note in workshop.notes.values where workshop.isVisibleToAll(note) {
            #expect(texts.contains(note.text))
        }
        let first = try #require(value["rounds"]?.array?.first)
        #expect(first["voters"] == .int(2))
        #expect(first["results"]?.array?.first?["votes"]?["dots"] == .int(2))
        #expect(first["results"]?.array?.first?["hands"]?["answers"] == .int(9))
    }
}

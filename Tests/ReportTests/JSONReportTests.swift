import Report
import TestKit
import Testing
import Wire
import Workshop

/// Checks a value against the parts of JSON Schema that `docs/results.schema.json` uses, patterns but for their first character.
private struct Schema {
    let root: JSONValue

    func faults(_ value: JSONValue, _ schema: JSONValue, at place: String = "") -> [String] {
        var faults: [String] = []
        if let reference = schema["$ref"]?.string, let name = reference.split(separator: "/").last {
            guard let target = root["$defs"]?[String(name)] else { return ["\(place): no \(reference)"] }
            faults += self.faults(value, target, at: place)
        }
        if let choices = schema["anyOf"]?.array {
            if choices.allSatisfy({ !self.faults(value, $0, at: place).isEmpty }) {
                faults.append("\(place): anyOf")
            }
        }
        if let constant = schema["const"], constant != value { faults.append("\(place): const") }
        if let allowed = schema["enum"]?.array, !allowed.contains(value) { faults.append("\(place): enum") }
        let types =
            schema["type"].map { $0.array?.compactMap(\.string) ?? [$0.string].compactMap { $0 } } ?? []
        if !types.isEmpty, !types.contains(where: { isOf($0, value) }) { faults.append("\(place): \(types)") }
        if let least = schema["minimum"]?.int, let number = value.int, number < least {
            faults.append("\(place): min")
        }
        if let items = schema["items"], let elements = value.array {
            for (index, element) in elements.enumerated() {
                faults += self.faults(element, items, at: "\(place)/\(index)")
            }
        }
        if let members = value.members {
            for name in schema["required"]?.array?.compactMap(\.string) ?? [] where value[name] == nil {
                faults.append("\(place): no \(name)")
            }
            for member in members {
                if let known = schema["properties"]?[member.name] {
                    faults += self.faults(member.value, known, at: "\(place)/\(member.name)")
                } else if let other = schema["additionalProperties"] {
                    faults += self.faults(member.value, other, at: "\(place)/\(member.name)")
                } else if schema["properties"] != nil {
                    faults.append("\(place): \(member.name) is not described")
                }
            }
        }
        return faults
    }

    private func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch type {
        case "object": value.members != nil
        case "array": value.array != nil
        case "string": value.string != nil
        case "integer": value.int != nil
        case "number": if case .double = value { true } else { value.int != nil }
        case "boolean": value.bool != nil
        case "null": value.isNull
        default: false
        }
    }
}

struct JSONReportTests {
    private func schema() throws -> Schema {
        Schema(root: try JSONReader.read(Files.read("docs/results.schema.json"), limits: .trusted))
    }

    @Test("the document is what its schema describes, and every member of it is described")
    func valid() throws {
        let schema = try schema()
        for workshop in [try HTMLReportTests.full(), try Scene().workshop, Workshop()] {
            let value = try JSONReader.read(JSONReport.document(Findings(of: workshop)), limits: .trusted)
            #expect(schema.faults(value, schema.root) == [])
            #expect(value["samskap"] == .int(1))
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
            schema.faults(.object(members), schema.root) == [
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

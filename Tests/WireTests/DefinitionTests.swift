import Foundation
import Testing
import Wire
import Workshop

private let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

private func definition(_ text: String) throws(DefinitionError) -> Definition {
    try Definition(Array(text.utf8))
}

private let smallest =
    #"{"id":"a","name":"A","boards":[{"key":"b","name":"B","structure":"list"}],"phases":[{"name":"F","board":"b"}]}"#

@Suite("Templates (docs/templates.md)")
struct DefinitionTests {
    @Test("the examples of the description are templates")
    func examples() throws {
        let text = try String(contentsOf: repository.appending(path: "docs/templates.md"), encoding: .utf8)
        let parts = text.components(separatedBy: "```json template\n").dropFirst()
        #expect(parts.count == 2)
        for part in parts {
            let body = try #require(part.components(separatedBy: "```").first)
            _ = try definition(body).content(in: "nb")
        }
    }

    @Test("the templates that ship are templates, and can begin a workshop in each language")
    func shipped() throws {
        let folder = repository.appending(path: "web/templates")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
        #expect(!files.isEmpty)
        for file in files {
            let definition = try Definition([UInt8](Data(contentsOf: file)))
            #expect(definition.id == file.deletingPathExtension().lastPathComponent)
            #expect(Set(definition.name.map(\.language)) == ["nb", "nn", "en"], "\(definition.id)")
            for language in ["nb", "nn", "en"] {
                let (boards, phases) = try definition.content(in: language)
                let creation = Creation(
                    id: "w", title: "T", language: language, code: "KRTMPX", links: [], boards: boards,
                    phases: phases)
                let record = try Workshop.begin(creation, at: 1)
                #expect(try RecordCodec.decode(RecordCodec.encode(record)) == record, "\(definition.id)")
            }
        }
    }

    @Test("what is left out has its usual value")
    func usualValues() throws {
        let definition = try definition(smallest)
        #expect(definition.id == "a")
        #expect(definition.minutes == 0)
        #expect(definition.description.isEmpty)
        let (boards, phases) = try definition.content(in: "nb")
        #expect(boards == [Board(id: BoardID(1), name: "B", structure: .list)])
        #expect(phases == [Phase(id: PhaseID(1), name: "F", board: BoardID(1))])
    }

    @Test("everything that can be said is kept")
    func everything() throws {
        let text = """
            {"id":"a-1","minutes":90,"name":{"nb":"A"},"description":" D ","boards":[{"key":"x","name":"X","structure":"list"},
            {"key":"b","name":"B","structure":"grid","columns":[{"id":"c1","name":" C ","hint":"H","paper":"moss","group":"G"},
            {"id":"c2","name":"C2","paper":null}]}],"phases":[{"name":"F","instruction":"I\\n","hint":"H","minutes":5,"board":"b",
            "rhythm":"group","participants":["add","vote"],"helpers":["editAny"],"visibility":"own","anonymity":"peers","notesEach":2,
            "moderated":true,"timerClosesInput":true,"vote":{"kind":"scale","low":1,"high":5,"targets":"notes"}}]}
            """
        let (boards, phases) = try definition(text).content(in: "nb")
        #expect(
            boards[1]
                == Board(
                    id: BoardID(2), name: "B", structure: .grid,
                    columns: [
                        Column(id: "c1", name: "C", hint: "H", paper: .moss, group: "G"),
                        Column(id: "c2", name: "C2"),
                    ]))
        #expect(
            phases == [
                Phase(
                    id: PhaseID(1), name: "F", instruction: "I", hint: "H", minutes: 5, board: BoardID(2),
                    rhythm: .group,
                    participants: [.add, .vote], helpers: [.editAny], visibility: .own, anonymity: .peers,
                    notesEach: 2,
                    isModerated: true, timerClosesInput: true,
                    vote: VoteSetup(kind: .scale(low: 1, high: 5), targets: .notes))
            ])
    }

    @Test(
        "a text in the workshop's language, else in nb, nn or en, else in any",
        arguments: [
            (#""F""#, "se", "F"), (#"{"nb":"B","nn":"N","en":"E"}"#, "nn", "N"),
            (#"{"en":"E","nb":"B"}"#, "se", "B"),
            (#"{"en":"E","nn":"N"}"#, "nb", "N"), (#"{"se":"S","en":"E"}"#, "nb", "E"),
            (#"{"sma":"M","se":"S"}"#, "nb", "M"),
            (#"{"se":"S","en":"E"}"#, "se", "S"),
        ])
    func languages(name: String, language: String, expected: String) throws {
        let text = smallest.replacing(#""name":"F""#, with: #""name":\#(name)"#)
        #expect(try definition(text).content(in: language).phases.first?.name == expected)
    }

    /// A part of the smallest template, what stands there instead, and the place that the error names.
    static let wrong: [(part: String, instead: String, place: String)] = [
        (#""id":"a""#, #""id":"A""#, "/id"), (#""id":"a""#, #""id":"""#, "/id"), (#""id":"a","#, "", "/id"),
        (#""id":"a""#, #""id":"\#(String(repeating: "a", count: 33))""#, "/id"),
        (#""id":"a""#, #""id":"a","minuts":5"#, "/minuts"),
        (#""id":"a""#, #""id":"a","minutes":1441"#, "/minutes"),
        (#""id":"a""#, #""id":"a","minutes":-1"#, "/minutes"),
        (#""id":"a""#, #""id":"a","minutes":1.5"#, "/minutes"),
        (#""id":"a""#, #""id":"a","description":7"#, "/description"),
        (#""name":"A""#, #""name":" ""#, "/name"), (#""name":"A""#, #""name":{}"#, "/name"),
        (#""name":"A""#, #""name":{"nb":1}"#, "/name/nb"),
        (#""name":"A""#, #""name":{"nb":"A","en":""}"#, "/name/en"),
        (#""name":"A""#, #""name":"\#(String(repeating: "å", count: 81))""#, "/name"),
        (#""boards":["#, #""boards":[7,"#, "/boards/0"),
        (#""structure":"list""#, #""structure":"heap""#, "/boards/0/structure"),
        (#","structure":"list""#, "", "/boards/0/structure"),
        (#""key":"b""#, #""key":"b!""#, "/boards/0/key"),
        (#""structure":"list""#, #""structure":"list","columns":{}"#, "/boards/0/columns"),
        (#""structure":"list""#, #""structure":"list","columns":[{"id":"c"}]"#, "/boards/0/columns/0/name"),
        (
            #""structure":"list""#,
            #""structure":"list","columns":[{"id":"c","name":"C"},{"id":"c","name":"D"}]"#,
            "/boards/0/columns/1/id"
        ),
        (
            #""structure":"list""#, #""structure":"list","columns":[{"id":"c","name":"C","paper":"red"}]"#,
            "/boards/0/columns/0/paper"
        ),
        (#"{"key":"b","name":"B","structure":"list"}"#, "", "/boards"),
        (#"{"key":"b""#, #"{"key":"b","name":"B","structure":"list"},{"key":"b""#, "/boards/1/key"),
        (#"{"name":"F","board":"b"}"#, "", "/phases"), (#""name":"F","#, "", "/phases/0/name"),
        (#""board":"b""#, #""board":"c""#, "/phases/0/board"),
        (#","board":"b""#, "", "/phases/0/board"),
        (#""board":"b""#, #""board":"b","visability":"own""#, "/phases/0/visability"),
        (#""board":"b""#, #""board":"b","visibility":"all""#, "/phases/0/visibility"),
        (#""board":"b""#, #""board":"b","rhythm":1"#, "/phases/0/rhythm"),
        (#""board":"b""#, #""board":"b","participants":["ad"]"#, "/phases/0/participants"),
        (#""board":"b""#, #""board":"b","participants":"add""#, "/phases/0/participants"),
        (#""board":"b""#, #""board":"b","moderated":1"#, "/phases/0/moderated"),
        (#""board":"b""#, #""board":"b","notesEach":201"#, "/phases/0/notesEach"),
        (
            #""board":"b""#, #""board":"b","hint":"\#(String(repeating: "h", count: 2_001))""#,
            "/phases/0/hint"
        ),
        (#""board":"b""#, #""board":"b","vote":[]"#, "/phases/0/vote"),
        (#""board":"b""#, #""board":"b","vote":{"kind":"yes","targets":"notes"}"#, "/phases/0/vote/kind"),
        (
            #""board":"b""#, #""board":"b","vote":{"kind":"dots","budget":3,"cap":4,"targets":"notes"}"#,
            "/phases/0/vote/cap"
        ),
        (
            #""board":"b""#, #""board":"b","vote":{"kind":"dots","budget":100,"cap":4,"targets":"notes"}"#,
            "/phases/0/vote/budget"
        ),
        (
            #""board":"b""#, #""board":"b","vote":{"kind":"dots","budget":3,"cap":2}"#,
            "/phases/0/vote/targets"
        ),
        (
            #""board":"b""#, #""board":"b","vote":{"kind":"scale","low":5,"high":5,"targets":"notes"}"#,
            "/phases/0/vote/high"
        ),
        (
            #""board":"b""#, #""board":"b","vote":{"kind":"scale","low":99,"high":101,"targets":"notes"}"#,
            "/phases/0/vote/high"
        ),
        (
            #""board":"b""#, #""board":"b","vote":{"kind":"scale","low":1,"high":22,"targets":"notes"}"#,
            "/phases/0/vote/high"
        ),
        (
            #""board":"b""#,
            #""board":"b","vote":{"kind":"scale","low":9007199254740991,"high":22,"targets":"notes"}"#,
            "/phases/0/vote/low"
        ),
    ]

    @Test("what is wrong is named with its place", arguments: wrong.indices)
    func wrongPlaces(index: Int) throws {
        let (part, instead, place) = Self.wrong[index]
        try #require(smallest.contains(part))
        let error = #expect(throws: DefinitionError.self) {
            try definition(smallest.replacing(part, with: instead))
        }
        #expect(error?.place == place, "\(String(describing: error))")
        #expect(error?.expectation.isEmpty == false)
    }

    @Test("too many boards, columns or phases are refused")
    func tooMany() throws {
        func repeated(_ item: String, _ count: Int) -> String {
            (0..<count).map { item.replacing("#", with: "\($0)") }.joined(separator: ",")
        }
        func text(boards: Int = 1, columns: Int = 0, phases: Int = 1) -> String {
            let columns = repeated(##"{"id":"c#","name":"C"}"##, columns)
            let boards = repeated(
                ##"{"key":"b#","name":"B","structure":"columns","columns":[\##(columns)]}"##, boards)
            return
                #"{"id":"a","name":"A","boards":[\#(boards)],"phases":[\#(repeated(##"{"name":"F","board":"b0"}"##, phases))]}"#
        }
        _ = try definition(text(boards: 30, phases: 60))
        _ = try definition(text(columns: 64))
        for (wrong, place) in [
            (text(boards: 31), "/boards"), (text(columns: 65), "/boards/0/columns"),
            (text(phases: 61), "/phases"),
        ] {
            #expect(#expect(throws: DefinitionError.self) { try definition(wrong) }?.place == place)
        }
    }

    @Test("an error reads as a sentence for a person")
    func description() {
        let vote = #"{"kind":"dots","budget":3,"cap":4,"targets":"notes"}"#
        let wrong = smallest.replacing(#""board":"b""#, with: #""board":"b","vote":\#(vote)"#)
        let error = #expect(throws: DefinitionError.self) { try definition(wrong) }
        #expect(error?.description == "/phases/0/vote/cap: 1 to 3")
        #expect(#expect(throws: DefinitionError.self) { try definition("{") }?.place == "")
    }
}

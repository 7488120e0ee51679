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
            #expect(try !definition(body).content(in: "nb").boards.isEmpty)
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
                let content = definition.content(in: language)
                let creation = Creation(
                    id: "w", title: "T", language: language, code: "KRTMPX", links: [],
                    boards: content.boards, phases: content.phases, clusters: content.clusters)
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
        let content = definition.content(in: "nb")
        #expect(content.boards == [Board(id: BoardID(1), name: "B", structure: .list)])
        #expect(content.clusters.isEmpty)
        #expect(content.phases == [Phase(id: PhaseID(1), name: "F", board: BoardID(1))])
    }

    @Test("everything that can be said is kept")
    func everything() throws {
        let text = """
            {"id":"a-1","minutes":90,"name":{"nb":"A"},"description":" D ","boards":[{"key":"x","name":"X","structure":"list"},
            {"key":"b","name":"B","structure":"grid","columns":[{"id":"c1","name":" C ","hint":"H","paper":"moss","group":"G"},
            {"id":"c2","name":"C2","paper":null,"group":"G"}],"clusters":[{"name":" K ","column":"c2"}]}],"phases":[{"name":"F","instruction":"I\\n","hint":"H","minutes":5,"board":"b",
            "rhythm":"group","participants":["add","vote"],"helpers":["editAny"],"visibility":"own","anonymity":"peers","notesEach":2,
            "moderated":true,"timerClosesInput":true,"vote":{"kind":"scale","low":1,"high":5,"targets":"notes"}}]}
            """
        let content = try definition(text).content(in: "nb")
        #expect(
            content.boards[1]
                == Board(
                    id: BoardID(2), name: "B", structure: .grid,
                    columns: [
                        Column(id: "c1", name: "C", hint: "H", paper: .moss, group: "G"),
                        Column(id: "c2", name: "C2", group: "G"),
                    ]))
        #expect(
            content.clusters == [
                Cluster(id: ClusterID(1), board: BoardID(2), column: "c2", name: "K", notes: [])
            ])
        #expect(
            content.phases == [
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
        (#""id":"a""#, #""id":"a","step":-1"#, "/step"),
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

    /// What stands after the name of the smallest template's board instead of its structure, and the place that the error names.
    static let wrongStructures: [(instead: String, place: String)] = [
        (#""structure":"list","columns":[{"id":"c","name":"C"}]"#, "/columns"),
        (#""structure":"columns""#, "/columns"),
        (#""structure":"sequence","columns":[{"id":"c","name":"C"}]"#, "/columns"),
        (#""structure":"ring","columns":[{"id":"c","name":"C"}]"#, "/columns"),
        (
            #""structure":"ring","columns":[{"id":"c","name":"C","group":"G"},{"id":"d","name":"D"}]"#,
            "/columns/0/group"
        ),
        (#""structure":"grid","columns":[{"id":"c","name":"C"}]"#, "/columns/0/group"),
        (
            #""structure":"grid","columns":[{"id":"c","name":"C","group":"R"},{"id":"d","name":"D","group":"S"}]"#,
            "/columns/1"
        ),
        (
            #""structure":"columns","columns":[{"id":"c","name":"C","group":"G"},{"id":"d","name":"D"},{"id":"e","name":"E","group":"G"}]"#,
            "/columns/2/group"
        ),
        (
            #""structure":"grid","columns":[{"id":"c","name":"C","group":"G"}],"rows":[{"id":"r","name":"R"}]"#,
            "/columns/0/group"
        ),
        (#""structure":"grid","rows":[{"id":"r","name":"R"}]"#, "/columns"),
        (#""structure":"grid","columns":[{"id":"c","name":"C"}],"rows":[]"#, "/rows"),
        (
            #""structure":"grid","columns":[{"id":"c","name":"C"}],"rows":[{"id":"r","name":"R","group":"G"}]"#,
            "/rows/0/group"
        ),
        (
            #""structure":"grid","columns":[{"id":"c","name":"C"}],"rows":[{"id":"r","name":"R"},{"id":"s","name":"R"}]"#,
            "/rows/1/name"
        ),
        (
            #""structure":"grid","columns":[{"id":"c","name":"C"}],"rows":[{"id":"r2345678901234567890123456789012","name":"R"}]"#,
            "/rows"
        ),
        (
            #""structure":"grid","columns":[{"id":"b-c","name":"A"},{"id":"c","name":"B"}],"rows":[{"id":"a","name":"R"},{"id":"a-b","name":"S"}]"#,
            "/rows"
        ),
        (
            #""structure":"sequence","columns":[{"id":"c","name":"C"}],"rows":[{"id":"r","name":"R"}]"#,
            "/rows"
        ),
        (#""structure":"matrix""#, "/axes"), (#""structure":"matrix","axes":[]"#, "/axes"),
        (#""structure":"matrix","axes":{"across":{"name":"X"}}"#, "/axes/up"),
        (#""structure":"matrix","axes":{"across":{"name":"X"},"up":{}}"#, "/axes/up/name"),
        (
            #""structure":"matrix","axes":{"across":{"name":"X","steps":9},"up":{"name":"Y"}}"#,
            "/axes/across/steps"
        ),
        (
            #""structure":"matrix","axes":{"across":{"name":"X","steps":1},"up":{"name":"Y"}}"#,
            "/axes/across/steps"
        ),
        (
            #""structure":"matrix","axes":{"across":{"name":"X","width":1},"up":{"name":"Y"}}"#,
            "/axes/across/width"
        ),
        (
            #""structure":"matrix","columns":[{"id":"c","name":"C"}],"axes":{"across":{"name":"X"},"up":{"name":"Y"}}"#,
            "/columns"
        ),
        (#""structure":"list","axes":{"across":{"name":"X"},"up":{"name":"Y"}}"#, "/axes"),
        (#""structure":"list","clusters":[{"name":""}]"#, "/clusters/0/name"),
        (#""structure":"list","clusters":[{"name":"K","column":"c"}]"#, "/clusters/0/column"),
        (
            #""structure":"columns","columns":[{"id":"c","name":"C"}],"clusters":[{"name":"K"}]"#,
            "/clusters/0/column"
        ),
        (
            #""structure":"columns","columns":[{"id":"c","name":"C"}],"clusters":[{"name":"K","column":"d"}]"#,
            "/clusters/0/column"
        ),
    ]

    @Test(
        "a board that is not of its structure is named with its place, and nothing else is",
        arguments: wrongStructures.indices)
    func wrongStructure(index: Int) throws {
        let (instead, place) = Self.wrongStructures[index]
        let text = smallest.replacing(#""structure":"list""#, with: instead)
        let faults = Definition.faults(in: Array(text.utf8))
        #expect(faults.map(\.place) == ["/boards/0\(place)"], "\(faults)")
        #expect(faults.allSatisfy { !$0.expectation.isEmpty })
    }

    @Test("all that is wrong is told at once, each place once")
    func allFaults() throws {
        let text = """
            {"id":"A","steps":1,"step":6,"name":{"nb":"A","en":7},"boards":[{"key":"b","name":"","structure":"heap"},9],
            "phases":[{"name":"F","board":"c","participants":["fly"],"vote":{"kind":"dots","budget":0,"cap":1,"targets":"all"}},
            {"name":"G","board":"b","a/b~c":1}]}
            """
        #expect(
            Definition.faults(in: Array(text.utf8)).map(\.place).sorted()
                == [
                    "/steps", "/id", "/step", "/name/en", "/boards/0/structure", "/boards/0/name",
                    "/boards/1",
                    "/phases/0/board", "/phases/0/participants", "/phases/0/vote/budget",
                    "/phases/0/vote/targets",
                    "/phases/1/a~1b~0c",
                ].sorted())
        #expect(Definition.faults(in: Array(smallest.utf8)) == [])
        #expect(Definition.faults(in: Array("{".utf8)).map(\.place) == [""])
    }

    @Test(
        "rows and columns make a cell of each pair, row by row; axes make a place of each pair of steps, from the top"
    )
    func madePlaces() throws {
        func board(_ instead: String) throws -> Board {
            let text = smallest.replacing(#""structure":"list""#, with: instead)
            let boards = try definition(text).content(in: "nb").boards
            return try #require(boards.first)
        }
        let grid = try board(
            #""structure":"grid","columns":[{"id":"a","name":"A","hint":"Ha","paper":"sky"},{"id":"b","name":"B"}],"rows":[{"id":"r","name":"R","hint":"Hr"},{"id":"s","name":"S","paper":"sun"}]"#
        )
        #expect(
            grid.columns == [
                Column(id: "r-a", name: "A", hint: "Hr Ha", paper: .sky, group: "R"),
                Column(id: "r-b", name: "B", hint: "Hr", group: "R"),
                Column(id: "s-a", name: "A", hint: "Ha", paper: .sun, group: "S"),
                Column(id: "s-b", name: "B", paper: .sun, group: "S"),
            ])
        let matrix = try board(
            #""structure":"matrix","axes":{"across":{"name":"X","low":"little","high":"much","steps":3},"up":{"name":{"nb":"Y"},"steps":2}}"#
        )
        #expect(
            matrix.axes == Axes(across: Axis(name: "X", low: "little", high: "much"), up: Axis(name: "Y")))
        #expect(matrix.columns.map(\.id) == ["x1-y2", "x2-y2", "x3-y2", "x1-y1", "x2-y1", "x3-y1"])
        #expect(matrix.columns[0].name == "X 1" && matrix.columns[0].group == "Y 2")
        #expect(matrix.position(ofPlace: 5) == Position(across: 3, up: 1))
    }

    @Test("an axis belongs to a scale on a matrix")
    func axes() throws {
        func faults(_ structure: String, _ vote: String) -> [String] {
            let text = smallest.replacing(#""structure":"list""#, with: structure)
                .replacing(
                    #""board":"b""#, with: #""board":"b","vote":{\#(vote),"targets":"notes","axis":"up"}"#)
            return Definition.faults(in: Array(text.utf8)).map(\.place)
        }
        let matrix = #""structure":"matrix","axes":{"across":{"name":"X"},"up":{"name":"Y"}}"#
        let scale = #""kind":"scale","low":1,"high":5"#
        #expect(faults(matrix, scale) == [])
        #expect(faults(#""structure":"list""#, scale) == ["/phases/0/vote/axis"])
        #expect(faults(matrix, #""kind":"stance""#) == ["/phases/0/vote/axis"])
    }

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
            let structure = columns.isEmpty ? "list" : "columns"
            let boards = repeated(
                ##"{"key":"b#","name":"B","structure":"\##(structure)","columns":[\##(columns)]}"##, boards)
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

    @Test("more languages than are checked are refused")
    func tooManyLanguages() throws {
        func text(_ count: Int) -> String {
            let names = (0..<count).map { "\"l\($0)\":\"A\"" }.joined(separator: ",")
            return smallest.replacing(#""name":"A""#, with: #""name":{\#(names)}"#)
        }
        #expect(Definition.faults(in: Array(text(Definition.languages).utf8)) == [])
        let faults = Definition.faults(in: Array(text(Definition.languages + 1).utf8))
        #expect(faults.map(\.description) == ["/name: at most 20 languages"])
    }

    @Test("in a break participants do nothing, and nothing is voted on")
    func breaks() throws {
        let text = smallest.replacing(
            #""board":"b""#,
            with:
                #""board":"b","break":true,"participants":["add"],"vote":{"kind":"stance","targets":"notes"}"#
        )
        #expect(
            Definition.faults(in: Array(text.utf8)).map(\.place) == [
                "/phases/0/participants", "/phases/0/vote",
            ])
        let right = smallest.replacing(#""board":"b""#, with: #""board":"b","break":true"#)
        #expect(try definition(right).content(in: "nb").phases[0].isBreak)
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

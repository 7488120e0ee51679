public import Workshop

/// What is wrong with a template, and where.
public struct DefinitionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A JSON Pointer (RFC 6901) to the place.
    public var place: String
    /// What is expected there.
    public var expectation: String
    /// Both, for a person: `/phases/2/vote/cap: 1 to 3`.
    public var description: String { "\(place): \(expectation)" }
}

/// A template: how a workshop may begin, with texts in several languages (docs/templates.md).
public struct Definition: Sendable {
    /// What `POST /api/workshops` names it by.
    public let id: String
    /// How long it usually takes; 0 when that is not said.
    public let minutes: Int
    /// Its name, by language.
    public let name: [(language: String, text: String)]
    /// What it is good for, by language.
    public let description: [(language: String, text: String)]
    private let value: JSONValue

    /// Reads a template and checks all of it, in every language it has.
    ///
    /// - Parameter bytes: A JSON object in UTF-8.
    /// - Throws: ``DefinitionError`` for the first thing that is wrong.
    public init(_ bytes: [UInt8]) throws(DefinitionError) {
        do { try self.init(JSONReader.read(bytes, limits: .body)) } catch let error as DefinitionError {
            throw error
        } catch { throw DefinitionError(place: "", expectation: "JSON (\(error))") }
    }

    /// Reads a template that is part of something else.
    public init(_ value: JSONValue) throws(DefinitionError) {
        let root = try DefinitionObject(
            value, at: "", members: ["id", "minutes", "name", "description", "boards", "phases"])
        self.value = value
        id = try root.identifier("id")
        minutes = try root.int("minutes", in: 0...1440, otherwise: 0)
        name = try root.texts("name", 1...Limits().nameCharacters)
        description = try root.texts("description", 0...Limits().instructionCharacters, isOptional: true)
        for language in name.map(\.language) { _ = try content(in: language) }
    }

    /// The boards and phases in one language, numbered from 1 in order.
    ///
    /// - Parameter language: A BCP 47 tag; where a text lacks it, another language of the text is taken.
    /// - Returns: What a ``Creation`` needs.
    /// - Throws: ``DefinitionError``.
    public func content(in language: String) throws(DefinitionError) -> (boards: [Board], phases: [Phase]) {
        let root = try DefinitionObject(value, at: "", members: nil)
        var boards: [Board] = []
        var boardByKey: [String: BoardID] = [:]
        for object in try root.objects(
            "boards", 1...Limits().boards, ["key", "name", "structure", "columns"])
        {
            let key = try object.identifier("key")
            guard boardByKey[key] == nil else { throw object.error("key", "a key of its own") }
            let id = BoardID(UInt32(boards.count) + 1)
            boardByKey[key] = id
            boards.append(try board(object, id: id, language))
        }
        var phases: [Phase] = []
        for object in try root.objects("phases", 1...Limits().phases, DefinitionObject.phaseMembers) {
            guard let board = boardByKey[try object.string("board")] else {
                throw object.error("board", "the key of a board")
            }
            phases.append(try phase(object, id: PhaseID(UInt32(phases.count) + 1), board: board, language))
        }
        return (boards, phases)
    }

    private func board(
        _ object: DefinitionObject, id: BoardID, _ language: String
    ) throws(DefinitionError) -> Board {
        var columns: [Column] = []
        for column in try object.objects(
            "columns", 0...Limits().columns, ["id", "name", "hint", "paper", "group"], isOptional: true)
        {
            let id = try column.identifier("id")
            guard !columns.contains(where: { $0.id == id }) else {
                throw column.error("id", "an id of its own")
            }
            columns.append(
                Column(
                    id: id, name: try column.text("name", 1...Limits().nameCharacters, language),
                    hint: try column.text(
                        "hint", 0...Limits().instructionCharacters, language, isOptional: true),
                    paper: try column.optionalWord("paper"),
                    group: try column.text("group", 0...Limits().nameCharacters, language, isOptional: true)))
        }
        return Board(
            id: id, name: try object.text("name", 1...Limits().nameCharacters, language),
            structure: try object.word("structure"), columns: columns)
    }

    private func phase(
        _ object: DefinitionObject, id: PhaseID, board: BoardID, _ language: String
    ) throws(DefinitionError) -> Phase {
        let limits = Limits()
        return Phase(
            id: id, name: try object.text("name", 1...limits.nameCharacters, language),
            instruction: try object.text(
                "instruction", 0...limits.instructionCharacters, language, isOptional: true),
            hint: try object.text("hint", 0...limits.instructionCharacters, language, isOptional: true),
            minutes: try object.int("minutes", in: 0...1440, otherwise: 0), board: board,
            rhythm: try object.optionalWord("rhythm") ?? .individual,
            participants: try object.acts("participants"), helpers: try object.acts("helpers"),
            visibility: try object.optionalWord("visibility") ?? .everyone,
            anonymity: try object.optionalWord("anonymity") ?? .all,
            notesEach: try object.int("notesEach", in: 0...limits.notesPerParticipant, otherwise: 0),
            isModerated: try object.bool("moderated"), timerClosesInput: try object.bool("timerClosesInput"),
            vote: try object.vote("vote"))
    }
}

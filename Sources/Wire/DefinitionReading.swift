internal import Workshop

/// Reads a template's boards and phases in one language. What is wrong goes to the objects' faults.
struct DefinitionReading {
    private static let boardMembers = [
        "key", "name", "structure", "columns", "rows", "axes", "clusters",
    ]
    private static let columnMembers = ["id", "name", "hint", "paper", "group"]
    private static let rowMembers = ["id", "name", "hint", "paper"]
    private static let phaseMembers = [
        "name", "instruction", "hint", "minutes", "board", "rhythm", "participants", "helpers", "visibility",
        "anonymity", "notesEach", "moderated", "timerClosesInput", "vote", "break",
        "grouping", "advances",
    ]

    private let root: DefinitionObject
    private let language: String
    private let limits = Limits()

    init(_ root: DefinitionObject, _ language: String) {
        self.root = root
        self.language = language
    }

    /// A whole session: at least one board and one phase.
    func content() -> Definition.Content {
        let all = read(least: 1)
        return Definition.Content(boards: all.boards, phases: all.phases, clusters: all.clusters)
    }

    /// What is added to a session. A phase may work on a board that is there, named by its identifier.
    func insertion() -> Insertion { read(least: 0) }

    /// One board of its own, as the session's board `id`.
    func board(id: BoardID) -> Board { board(root, id: id) }

    private func read(least: Int) -> Insertion {
        var content = Insertion(boards: [], phases: [])
        var boardByKey: [String: BoardID] = [:]
        for object in root.objects("boards", least...limits.boards, Self.boardMembers) {
            let id = BoardID(UInt32(content.boards.count) + 1)
            let key = object.identifier("key")
            if boardByKey[key] != nil { object.fault("key", "a key of its own") }
            boardByKey[key] = id
            let board = board(object, id: id)
            content.boards.append(board)
            for cluster in object.objects("clusters", 0...64, ["name", "column"], isOptional: true) {
                let id = ClusterID(UInt32(content.clusters.count) + 1)
                content.clusters.append(self.cluster(cluster, id: id, on: board))
            }
        }
        for object in root.objects("phases", least...limits.phases, Self.phaseMembers) {
            let key = object.string("board")
            let board = key.flatMap { boardByKey[$0] }
            if board == nil, least == 0, let there = key.flatMap({ BoardID(wire: $0) }) {
                content.existing[content.phases.count] = there
            } else if board == nil, least == 0 || !boardByKey.isEmpty {
                // Without boards that complaint is enough.
                object.fault("board", "the key of a board")
            }
            let id = PhaseID(UInt32(content.phases.count) + 1)
            content.phases.append(
                phase(
                    object, id: id,
                    board: board.flatMap { id in
                        content.boards.first { $0.id == id }
                    }))
        }
        return content
    }

    // MARK: Boards

    private func board(_ object: DefinitionObject, id: BoardID) -> Board {
        let structure: Structure = object.word("structure", otherwise: .list)
        var board = Board(
            id: id, name: object.text("name", 1...limits.nameCharacters, language), structure: structure)
        if structure == .matrix {
            for name in ["columns", "rows"] where object.has(name) {
                object.fault(name, "not on a matrix: its axes make its places")
            }
            guard let axes = object.object("axes", ["across", "up"]) else {
                object.fault("axes", "an object with across and up")
                return board
            }
            (board.axes, board.columns) = matrix(axes)
        } else {
            if object.has("axes") { object.fault("axes", "only on a matrix") }
            // Places that could not be made have been complained of.
            guard let columns = object.has("rows") ? cells(object, structure) : places(object) else {
                return board
            }
            board.columns = columns
            if object.has("structure") { check(board, object) }
        }
        return board
    }

    private func places(_ object: DefinitionObject) -> [Column] {
        var columns: [Column] = []
        for column in object.objects("columns", 0...limits.columns, Self.columnMembers, isOptional: true) {
            columns.append(self.column(column, among: columns))
        }
        return columns
    }

    private func column(_ object: DefinitionObject, among others: [Column]) -> Column {
        let id = object.identifier("id")
        if others.contains(where: { $0.id == id }) { object.fault("id", "an id of its own") }
        return Column(
            id: id, name: object.text("name", 1...limits.nameCharacters, language),
            hint: object.text("hint", 0...limits.instructionCharacters, language, isOptional: true),
            paper: object.optionalWord("paper"),
            group: object.text("group", 0...limits.nameCharacters, language, isOptional: true))
    }

    /// A place for each pair of a row and a column, row by row.
    private func cells(_ object: DefinitionObject, _ structure: Structure) -> [Column]? {
        guard structure == .grid || structure == .fields else {
            object.fault("rows", "only on a grid or on fields")
            return nil
        }
        var columns: [Column] = []
        for column in object.objects("columns", 1...limits.columns, Self.columnMembers) {
            if column.has("group") { column.fault("group", "none, where the board has rows") }
            columns.append(self.column(column, among: columns))
        }
        var rows: [Column] = []
        for row in object.objects("rows", 1...limits.columns, Self.rowMembers) {
            let column = self.column(row, among: rows)
            if rows.contains(where: { $0.name == column.name }) { row.fault("name", "a name of its own") }
            rows.append(column)
        }
        guard !rows.isEmpty, !columns.isEmpty else { return nil }
        guard rows.count * columns.count <= limits.columns else {
            object.fault("rows", "rows × columns at most \(limits.columns)")
            return nil
        }
        var cells: [Column] = []
        for row in rows {
            for column in columns {
                cells.append(
                    Column(
                        id: "\(row.id)-\(column.id)", name: column.name,
                        hint: [row.hint, column.hint].filter { !$0.isEmpty }.joined(separator: " "),
                        paper: row.paper ?? column.paper, group: row.name))
            }
        }
        if cells.contains(where: { $0.id.utf8.count > 32 }) || Set(cells.map(\.id)).count < cells.count {
            object.fault(
                "rows", "ids that make ids of their own, of at most 32 characters, with the columns'")
        }
        if cells.contains(where: { $0.hint.unicodeScalars.count > limits.instructionCharacters }) {
            object.fault(
                "rows", "hints of at most \(limits.instructionCharacters) characters, with the columns'")
        }
        return cells
    }

    /// A place for each pair of steps, row by row from the top.
    private func matrix(_ object: DefinitionObject) -> (Axes, [Column]) {
        // So that a step's number has room beside the name.
        let length = 1...limits.nameCharacters - 4
        func read(_ name: String) -> (axis: Axis, steps: Int) {
            guard let axis = object.object(name, ["name", "low", "high", "steps"]) else {
                object.fault(name, "an axis")
                return (Axis(name: ""), 2)
            }
            return (
                Axis(
                    name: axis.text("name", length, language),
                    low: axis.text("low", 0...limits.nameCharacters, language, isOptional: true),
                    high: axis.text("high", 0...limits.nameCharacters, language, isOptional: true)),
                axis.int("steps", in: Axes.steps, otherwise: 5)
            )
        }
        let (across, up) = (read("across"), read("up"))
        var places: [Column] = []
        for row in (1...up.steps).reversed() {
            for step in 1...across.steps {
                places.append(
                    Column(
                        id: "x\(step)-y\(row)", name: "\(across.axis.name) \(step)",
                        group: "\(up.axis.name) \(row)"))
            }
        }
        return (Axes(across: across.axis, up: up.axis), places)
    }

    private func check(_ board: Board, _ object: DefinitionObject) {
        do throws(StructureFault) { try board.checkStructure() } catch {
            switch error {
            case .placesNotTaken: object.fault("columns", "none: a list has no places")
            case .placesMissing(let least):
                object.fault("columns", "\(least) or more places, since it is \(board.structure.rawValue)")
            case .rowMissing(let index): object.fault("columns/\(index)/group", "the name of its row")
            case .rowUneven(let index):
                object.fault(
                    "columns/\(index)", "a row with the same columns as the first, in the same order")
            case .groupApart(let index):
                object.fault("columns/\(index)/group", "beside the others of its group")
            case .centreGrouped: object.fault("columns/0/group", "none: the first place is the centre")
            case .axesMissing, .axesNotTaken: object.fault("axes", "only on a matrix")
            }
        }
    }

    private func cluster(_ object: DefinitionObject, id: ClusterID, on board: Board) -> Cluster {
        let place = object.has("column") ? object.string("column") : nil
        if board.columns.isEmpty {
            if place != nil { object.fault("column", "none: the board has no places") }
        } else if !board.columns.contains(where: { $0.id == place }) {
            object.fault("column", "the id of one of the board's places")
        }
        return Cluster(
            id: id, board: board.id, column: place,
            name: object.text("name", 1...limits.nameCharacters, language), notes: [])
    }

    // MARK: Phases

    private func phase(_ object: DefinitionObject, id: PhaseID, board: Board?) -> Phase {
        let participants = object.acts("participants")
        let vote = vote(object, on: board)
        let isBreak = object.bool("break")
        if isBreak, !participants.isEmpty { object.fault("participants", "none in a break") }
        if isBreak, vote != nil { object.fault("vote", "none in a break") }
        let phase = Phase(
            id: id, name: object.text("name", 1...limits.nameCharacters, language),
            instruction: object.text(
                "instruction", 0...limits.instructionCharacters, language, isOptional: true),
            hint: object.text("hint", 0...limits.instructionCharacters, language, isOptional: true),
            minutes: object.int("minutes", in: 0...1440, otherwise: 0), board: board?.id ?? BoardID(1),
            rhythm: object.optionalWord("rhythm") ?? .individual,
            participants: participants, helpers: object.acts("helpers"),
            visibility: object.optionalWord("visibility") ?? .everyone,
            anonymity: object.optionalWord("anonymity") ?? .all,
            notesEach: object.int("notesEach", in: 0...limits.notesPerParticipant, otherwise: 0),
            isModerated: object.bool("moderated"), timerClosesInput: object.bool("timerClosesInput"),
            vote: vote, isBreak: isBreak, grouping: grouping(object), advances: object.bool("advances"))
        if phase.visibility == .group, phase.grouping == nil {
            object.fault("visibility", "group only in a phase with a grouping")
        }
        return phase
    }

    private func grouping(_ phase: DefinitionObject) -> Grouping? {
        guard let object = phase.object("grouping", ["how", "size", "tables"]) else { return nil }
        if phase.optionalWord("rhythm") != Rhythm.group {
            phase.fault("rhythm", "group, where there is a grouping")
        }
        let how: Grouping.How = object.word("how", otherwise: .random)
        if how == .merge {
            for name in ["size", "tables"] where object.has(name) {
                object.fault(name, "none, where groups come together")
            }
            return Grouping(how: .merge)
        }
        if object.has("tables") {
            if object.has("size") { object.fault("size", "not together with tables") }
            return Grouping(how: how, tables: object.int("tables", in: Grouping.tableCounts, otherwise: nil))
        }
        return Grouping(how: how, size: object.int("size", in: Grouping.sizes, otherwise: nil))
    }

    /// The axes of a rating in two directions: its own, or those of its board when that is a matrix.
    private func ratedAxes(_ vote: DefinitionObject, on board: Board?) -> VoteKind? {
        if !vote.has("across"), !vote.has("up"), let board, let axes = board.axes,
            let row = board.groups.first
        {
            return .matrix(
                across: RatedAxis(axes.across, steps: row.count),
                up: RatedAxis(axes.up, steps: board.groups.count))
        }
        func read(_ name: String) -> RatedAxis? {
            guard let axis = vote.object(name, ["name", "low", "high", "steps"]) else {
                vote.fault(name, "an axis, unless the board is a matrix")
                return nil
            }
            return RatedAxis(
                Axis(
                    name: axis.text("name", 1...limits.nameCharacters, language),
                    low: axis.text("low", 0...limits.nameCharacters, language, isOptional: true),
                    high: axis.text("high", 0...limits.nameCharacters, language, isOptional: true)),
                steps: axis.int("steps", in: Axes.steps, otherwise: 5))
        }
        guard let across = read("across"), let up = read("up") else { return nil }
        return .matrix(across: across, up: up)
    }

    private func vote(_ phase: DefinitionObject, on board: Board?) -> VoteSetup? {
        let members = ["kind", "budget", "cap", "low", "high", "targets", "axis", "across", "up"]
        guard let vote = phase.object("vote", members), let word = vote.string("kind") else { return nil }
        let kind: VoteKind
        switch word {
        case "dots":
            let budget = vote.int("budget", in: 1...limits.voteBudget, otherwise: nil)
            kind = .dots(budget: budget, cap: vote.int("cap", in: 1...budget, otherwise: nil))
        case "stance": kind = .stance
        case "scale":
            let low = vote.int("low", in: -100...99, otherwise: nil)
            kind = .scale(low: low, high: vote.int("high", in: low + 1...min(100, low + 20), otherwise: nil))
        case "matrix":
            guard let rated = ratedAxes(vote, on: board) else { return nil }
            kind = rated
        default:
            vote.fault("kind", "one of dots, stance, scale, matrix")
            return nil
        }
        if word != "matrix" {
            for name in ["across", "up"] where vote.has(name) { vote.fault(name, "only on a matrix vote") }
        }
        let axis: Axes.Direction? = vote.optionalWord("axis")
        if axis != nil {
            if word != "scale" { vote.fault("axis", "only on a scale") }
            if let board, board.structure != .matrix { vote.fault("axis", "only on a matrix") }
        }
        return VoteSetup(kind: kind, targets: vote.word("targets", otherwise: .notes), axis: axis)
    }
}

/// The paper a note is written on: a colour with a label and an edge mark of its own, so that colour is never alone.
public enum Paper: String, Hashable, Sendable, Codable, CaseIterable {
    case sun, sky, moss, heather, coral, stone
}

/// A named place on a board: a column, a row's cell, a field, a step or a zone; ``Structure`` says which.
public struct Column: Hashable, Sendable, Codable {
    /// Unique within its board.
    public var id: ColumnID
    /// What people read, in the workshop's language.
    public var name: String
    /// One sentence that says what belongs here; may be empty.
    public var hint: String
    /// The paper that notes here get unless the writer picks another.
    public var paper: Paper?
    /// A heading that several neighbouring columns share, such as a level, a row or a card; may be empty.
    public var group: String

    /// Makes a column.
    public init(id: ColumnID, name: String, hint: String = "", paper: Paper? = nil, group: String = "") {
        self.id = id
        self.name = name
        self.hint = hint
        self.paper = paper
        self.group = group
    }
}

/// One form that notes are written on. Several phases may work on the same board.
public struct Board: Hashable, Sendable, Codable {
    /// Its identifier.
    public var id: BoardID
    /// What people read.
    public var name: String
    /// Its structure.
    public var structure: Structure
    /// Its places, in order; empty for a plain list. A grid's and a matrix' stand row by row from the top left.
    public var columns: [Column]
    /// What a matrix measures; nil on every other board.
    public var axes: Axes?

    /// Whether something may stand there: a place of the board, or nowhere on a board without places.
    func hasPlace(_ column: ColumnID?) -> Bool {
        columns.isEmpty ? column == nil : columns.contains { $0.id == column }
    }

    /// Makes a board.
    public init(id: BoardID, name: String, structure: Structure, columns: [Column] = [], axes: Axes? = nil) {
        self.id = id
        self.name = name
        self.structure = structure
        self.columns = columns
        self.axes = axes
    }
}

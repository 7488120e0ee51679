/// The structure of a board. A method is a template of one of these seven.
public enum Structure: String, Hashable, Sendable, Codable, CaseIterable {
    case list, columns, grid, matrix, fields, sequence, ring
}

/// The paper a note is written on: a colour with a label and an edge mark of its own, so that colour is never alone.
public enum Paper: String, Hashable, Sendable, Codable, CaseIterable {
    case sun, sky, moss, heather, coral, stone
}

/// A named place on a board: a column, a row's cell, a field or a zone.
public struct Column: Hashable, Sendable, Codable {
    /// Unique within its board.
    public var id: ColumnID
    /// What people read, in the workshop's language.
    public var name: String
    /// One sentence that says what belongs here; may be empty.
    public var hint: String
    /// The paper that notes here get unless the writer picks another.
    public var paper: Paper?
    /// A heading that several neighbouring columns share, such as a level; may be empty.
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
    /// Its places, in order; empty for a plain list.
    public var columns: [Column]

    /// Makes a board.
    public init(id: BoardID, name: String, structure: Structure, columns: [Column] = []) {
        self.id = id
        self.name = name
        self.structure = structure
        self.columns = columns
    }
}

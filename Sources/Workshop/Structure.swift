/// The structure of a board. A method is a template of one of these seven.
public enum Structure: String, Hashable, Sendable, Codable, CaseIterable {
    /// Notes, and no places.
    case list
    /// Places beside one another.
    case columns
    /// Rows of cells: a place is a cell, its ``Column/group`` the row, its name the column.
    case grid
    /// A grid whose rows and columns are steps on two axes with numbers.
    case matrix
    /// Cards with named fields: a place is a field, its group the card.
    case fields
    /// Steps in their order.
    case sequence
    /// A centre, the first place, and rings around it from the inside out. Neighbours of one group are parts of one ring.
    case ring
}

/// One of a matrix' two directions.
public struct Axis: Hashable, Sendable, Codable {
    /// What it measures.
    public var name: String
    /// What its low end means; may be empty.
    public var low: String
    /// What its high end means; may be empty.
    public var high: String

    /// Makes an axis.
    public init(name: String, low: String = "", high: String = "") {
        self.name = name
        self.low = low
        self.high = high
    }
}

/// What a matrix' places mean: steps from 1, to the right and upwards.
public struct Axes: Hashable, Sendable, Codable {
    /// One of the two.
    public enum Direction: String, Hashable, Sendable, Codable, CaseIterable {
        case across, up
    }

    /// How many steps an axis may have; 8 × 8 places fill a board.
    public static let steps = 2...8

    /// From the left to the right.
    public var across: Axis
    /// From the bottom up.
    public var up: Axis

    /// Makes a pair of axes.
    public init(across: Axis, up: Axis) {
        self.across = across
        self.up = up
    }
}

/// A step on each of a matrix' axes, from 1.
public struct Position: Hashable, Sendable {
    /// From the left.
    public var across: Int
    /// From the bottom.
    public var up: Int

    /// Makes a position.
    public init(across: Int, up: Int) {
        self.across = across
        self.up = up
    }
}

/// What a place is, in the words of its structure.
public enum PlaceKind: Hashable, Sendable {
    case column, cell, position, field
    /// A step of a sequence, counted from 1.
    case step(Int)
    case centre
    /// A ring or a part of one, counted from the innermost, 1.
    case ring(Int)
}

/// Why places do not make a structure. An index is that of the place at which it shows.
public enum StructureFault: Error, Hashable, Sendable {
    /// A list has none.
    case placesNotTaken
    /// There are fewer than it needs.
    case placesMissing(least: Int)
    /// A cell names no row.
    case rowMissing(Int)
    /// A row has other columns than the first.
    case rowUneven(Int)
    /// Its group stands elsewhere already: those of a group stand together.
    case groupApart(Int)
    /// The centre of a ring belongs to no group.
    case centreGrouped
    /// A matrix needs axes, of 2 to 8 steps.
    case axesMissing
    /// Only a matrix has axes.
    case axesNotTaken
}

extension Board {
    /// The places of each group, in order; a place without a group is alone.
    public var groups: [Range<Int>] {
        var groups: [Range<Int>] = []
        for (index, column) in columns.enumerated() {
            if let last = groups.last, !column.group.isEmpty, columns[last.lowerBound].group == column.group {
                groups[groups.count - 1] = last.lowerBound..<index + 1
            } else {
                groups.append(index..<index + 1)
            }
        }
        return groups
    }

    /// What a place is.
    public func kind(ofPlace index: Int) -> PlaceKind? {
        guard columns.indices.contains(index) else { return nil }
        switch structure {
        case .list, .columns: return .column
        case .grid: return .cell
        case .matrix: return .position
        case .fields: return .field
        case .sequence: return .step(index + 1)
        case .ring:
            return index == 0 ? .centre : .ring(groups.firstIndex { $0.contains(index) } ?? 1)
        }
    }

    /// Where on the two axes a place of a matrix is; nil on any other board.
    public func position(ofPlace index: Int) -> Position? {
        guard axes != nil, columns.indices.contains(index), let row = groups.first, !row.isEmpty else {
            return nil
        }
        return Position(across: index % row.count + 1, up: groups.count - index / row.count)
    }

    /// Checks that the places make the structure.
    ///
    /// - Throws: The first ``StructureFault``.
    public func checkStructure() throws(StructureFault) {
        if structure == .matrix, axes == nil { throw .axesMissing }
        if structure != .matrix, axes != nil { throw .axesNotTaken }
        let least =
            switch structure {
            case .list: 0
            case .columns, .grid, .fields: 1
            case .sequence, .ring: 2
            case .matrix: 4
            }
        if structure == .list, !columns.isEmpty { throw .placesNotTaken }
        if columns.count < least { throw .placesMissing(least: least) }
        if structure == .ring, columns.first?.group.isEmpty == false { throw .centreGrouped }
        var seen: Set<String> = []
        for group in groups where !columns[group.lowerBound].group.isEmpty {
            guard seen.insert(columns[group.lowerBound].group).inserted else {
                throw .groupApart(group.lowerBound)
            }
        }
        switch structure {
        case .grid, .matrix: try checkRows()
        case .list, .columns, .fields, .sequence, .ring: break
        }
    }

    private func checkRows() throws(StructureFault) {
        if let index = columns.firstIndex(where: { $0.group.isEmpty }) { throw .rowMissing(index) }
        let rows = groups
        let first = rows.first.map { columns[$0].map(\.name) } ?? []
        for row in rows where columns[row].map(\.name) != first { throw .rowUneven(row.lowerBound) }
        guard structure == .matrix else { return }
        guard Axes.steps.contains(rows.count), Axes.steps.contains(first.count) else { throw .axesMissing }
    }
}

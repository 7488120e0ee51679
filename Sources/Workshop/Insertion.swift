/// What is added to a run sheet in one step: boards with the clusters that come with them, and phases.
public struct Insertion: Hashable, Sendable {
    /// New boards; here they are numbered from 1, and get their identifiers when they are added.
    public var boards: [Board]
    /// Named, empty clusters on these boards.
    public var clusters: [Cluster]
    /// New phases in their order; their own identifiers are ignored.
    public var phases: [Phase]
    /// By a phase's index: the board of the workshop that it works on. Those that are not here work on a new one.
    public var existing: [Int: BoardID]

    /// Makes an insertion.
    public init(boards: [Board], clusters: [Cluster] = [], phases: [Phase], existing: [Int: BoardID] = [:]) {
        self.boards = boards
        self.clusters = clusters
        self.phases = phases
        self.existing = existing
    }
}

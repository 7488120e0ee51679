/// How a session is put together: boards, several phases at once, its title and when it is to begin.
extension Workshop {
    /// Decides what a session is made of. What is written never loses its place.
    func decideComposition(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .insertPhases(let insertion, let after): return try events(of: insertion, after: after)
        case .changeBoard(let board):
            guard let old = boards[board.id] else { throw .notFound }
            try limits.checkWhole(board)
            if board.structure != old.structure {
                guard isEmpty(board.id) else { throw .boardInUse }
                guard
                    board.axes != nil
                        || !phases.values.contains(where: { $0.board == board.id && $0.vote?.axis != nil })
                else { throw .boardInUse }
            }
            guard notes.values.allSatisfy({ $0.board != board.id || board.hasPlace($0.column) }),
                clusters.values.allSatisfy({ $0.board != board.id || board.hasPlace($0.column) })
            else { throw .boardInUse }
            return [.boardChanged(board)]
        case .removeBoard(let id):
            guard boards[id] != nil else { throw .notFound }
            guard isEmpty(id), !phases.values.contains(where: { $0.board == id }) else {
                throw .boardInUse
            }
            return [.boardRemoved(id)]
        case .planStart(let time):
            if let time { guard Limits.plannedStarts.contains(time) else { throw .invalidValue } }
            return [.startPlanned(time)]
        case .setTitle(let title):
            try limits.checkName(title)
            return [.titleSet(title)]
        default: throw .notAllowed
        }
    }

    /// Whether nothing but what came with it stands on a board, and nothing on it was ever voted on.
    private func isEmpty(_ id: BoardID) -> Bool {
        !notes.values.contains { $0.board == id } && !rounds.values.contains { $0.board == id }
            && !clusters.values.contains { $0.board == id && !$0.isGiven }
    }

    /// All that an insertion adds, with the identifiers that it gets; the limits hold for all of it together.
    private func events(of insertion: Insertion, after: PhaseID?) throws(Refusal) -> [Event] {
        guard !insertion.boards.isEmpty || !insertion.phases.isEmpty else { throw .invalidValue }
        if let after { _ = try phase(after) }
        guard boards.count + insertion.boards.count <= limits.boards,
            phases.count + insertion.phases.count <= limits.phases,
            Int(clusters.nextID.number) - 1 + insertion.clusters.count <= limits.clusters
        else { throw .limitReached }
        var events: [Event] = []
        var cluster = clusters.nextID.number
        for (index, given) in insertion.boards.enumerated() {
            try limits.checkWhole(given)
            var board = given
            board.id = BoardID(boards.nextID.number + UInt32(index))
            var own: [Cluster] = []
            for var item in insertion.clusters where item.board == BoardID(UInt32(index) + 1) {
                try limits.checkName(item.name)
                guard board.hasPlace(item.column) else { throw .invalidValue }
                (item.id, item.board, item.notes) = (ClusterID(cluster), board.id, [])
                own.append(item)
                cluster += 1
            }
            events.append(.boardAdded(board, clusters: own))
        }
        guard cluster == clusters.nextID.number + UInt32(insertion.clusters.count) else {
            throw .invalidValue
        }
        var before = after
        for (index, given) in insertion.phases.enumerated() {
            var phase = given
            phase.id = PhaseID(phases.nextID.number + UInt32(index))
            try limits.check(phase)
            let board: Board
            if let id = insertion.existing[index] {
                guard let there = boards[id] else { throw .notFound }
                (board, phase.board) = (there, id)
            } else {
                let number = Int(given.board.number) - 1
                guard insertion.boards.indices.contains(number) else { throw .invalidValue }
                board = insertion.boards[number]
                phase.board = BoardID(boards.nextID.number + UInt32(number))
            }
            guard phase.vote?.axis == nil || board.axes != nil else { throw .invalidValue }
            events.append(.phaseAdded(phase, after: before))
            before = phase.id
        }
        return events
    }

    /// Applies what a session is made of.
    mutating func applyComposition(_ event: Event, touching touched: inout Touched) {
        switch event {
        case .boardAdded(let board, let given):
            boards[board.id] = board
            touched.insert(.room, .board(board.id))
            for var cluster in given {
                cluster.isGiven = true
                clusters[cluster.id] = cluster
                touched.insert(.room, .cluster(cluster.id))
            }
        case .boardChanged(let board):
            let kept = Set(board.columns.map(\.id))
            if boards[board.id]?.columns.contains(where: { !kept.contains($0.id) }) == true {
                // What would be taken back may have stood in a place that is gone.
                undo[board.id] = nil
                touched.insert(.staff, .undo)
            }
            boards[board.id] = board
            touched.insert(.room, .board(board.id))
        case .boardRemoved(let id):
            boards[id] = nil
            undo[id] = nil
            touched.insert(.room, .board(id))
            for cluster in clusters.values where cluster.board == id {
                clusters[cluster.id] = nil
                touched.insert(.room, .cluster(cluster.id))
                if spotlight == .cluster(cluster.id) {
                    spotlight = nil
                    touched.insert(.room, .spotlight)
                }
            }
        case .startPlanned(let time):
            plannedStart = time
            touched.insert(.staff, .plan)
        case .titleSet(let title):
            self.title = title
            touched.insert(.room, .session)
        default: break
        }
    }
}

extension Limits {
    /// When a session may be planned to begin: until the year 2100, in milliseconds since 1970-01-01T00:00:00Z.
    public static let plannedStarts: ClosedRange<Int64> = 0...4_102_444_800_000

    /// Checks all that a board says, as a template's is checked.
    func checkWhole(_ board: Board) throws(Refusal) {
        try check(board)
        for column in board.columns {
            try checkName(column.name)
            guard column.group.unicodeScalars.count <= nameCharacters,
                column.hint.unicodeScalars.count <= instructionCharacters
            else { throw .tooLong }
        }
    }
}

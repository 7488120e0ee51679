extension Workshop {
    /// Decides how notes are put together.
    func decideClusters(_ command: Command) throws(Refusal) -> [Event] {
        let board = currentPhase.board
        // Options stay what they are while people vote on them.
        if rounds.values.contains(where: { $0.state == .open && $0.board == board }) { throw .roundOpen }
        switch command {
        case .createCluster(let name, let ids):
            return [try newCluster(name, of: ids)]
        case .renameCluster(let id, let name):
            _ = try cluster(id)
            if name.unicodeScalars.count > limits.nameCharacters { throw .tooLong }
            return [.clusterRenamed(id, name)]
        case .moveNotes(let ids, let target):
            try checkNotes(ids)
            if let target { _ = try cluster(target) }
            return [.notesMoved(ids, to: target)]
        case .placeNotes(let ids, let column):
            try checkNotes(ids)
            guard try place(column, on: board) != nil else { throw .invalidValue }
            return [.notesPlaced(ids, column: column)]
        case .mergeClusters(let from, let into):
            guard from != into else { throw .invalidValue }
            _ = try cluster(from)
            _ = try cluster(into)
            return [.clustersMerged(from, into: into)]
        case .splitCluster(let id, let ids, let name):
            let cluster = try cluster(id)
            guard ids.allSatisfy({ cluster.notes.contains($0) }) else { throw .notFound }
            return [try newCluster(name, of: ids)]
        case .dissolveCluster(let id):
            _ = try cluster(id)
            return [.clusterDissolved(id)]
        case .undoClustering:
            guard undo[board]?.isEmpty == false else { throw .nothingToUndo }
            return [.clusteringUndone(board)]
        default: throw .notAllowed
        }
    }

    private func newCluster(_ name: String, of ids: [NoteID]) throws(Refusal) -> Event {
        if name.unicodeScalars.count > limits.nameCharacters { throw .tooLong }
        try checkNotes(ids)
        guard clusters.nextID.number <= UInt32(limits.clusters) else { throw .limitReached }
        return .clusterCreated(clusters.nextID, name: name, notes: ids)
    }

    /// Checks that notes are there to be moved: some, each once, on the current board, seen by everybody.
    private func checkNotes(_ ids: [NoteID]) throws(Refusal) {
        guard !ids.isEmpty, ids.count <= limits.notesPerCommand, Set(ids).count == ids.count else {
            throw .invalidValue
        }
        for id in ids {
            guard let note = notes[id], note.board == currentPhase.board, isVisibleToAll(note) else {
                throw .notFound
            }
        }
    }

    private func cluster(_ id: ClusterID) throws(Refusal) -> Cluster {
        guard let cluster = clusters[id], cluster.board == currentPhase.board else { throw .notFound }
        return cluster
    }

    /// Applies how notes were put together, and keeps what is needed to take it back.
    mutating func applyClusters(_ event: Event, touching touched: inout Touched) {
        switch event {
        case .clusterCreated(let id, let name, let ids):
            guard let first = firstNote(of: ids) else { return }
            remember(on: first.board, notes: ids, clusters: [id], touching: &touched)
            clusters[id] = Cluster(id: id, board: first.board, column: first.column, name: name, notes: [])
            move(ids, to: id, touching: &touched)
        case .clusterRenamed(let id, let name):
            guard let board = clusters[id]?.board else { return }
            remember(on: board, notes: [], clusters: [id], touching: &touched)
            clusters.update(id) { $0.name = name }
            touched.insert(.room, .cluster(id))
        case .notesMoved(let ids, let target):
            guard let board = firstNote(of: ids)?.board else { return }
            remember(on: board, notes: ids, clusters: target.map { [$0] } ?? [], touching: &touched)
            move(ids, to: target, touching: &touched)
        case .notesPlaced(let ids, let column):
            guard let board = firstNote(of: ids)?.board else { return }
            remember(on: board, notes: ids, clusters: [], touching: &touched)
            move(ids, to: nil, touching: &touched)
            for id in ids { notes.update(id) { $0.column = column } }
        case .clustersMerged(let from, let into):
            guard let cluster = clusters[from] else { return }
            remember(on: cluster.board, notes: cluster.notes, clusters: [from, into], touching: &touched)
            move(cluster.notes, to: into, touching: &touched)
            remove(from, touching: &touched)
        case .clusterDissolved(let id):
            guard let cluster = clusters[id] else { return }
            remember(on: cluster.board, notes: cluster.notes, clusters: [id], touching: &touched)
            move(cluster.notes, to: nil, touching: &touched)
            remove(id, touching: &touched)
        case .clusteringUndone(let board): takeBack(on: board, touching: &touched)
        default: break
        }
    }

    private func firstNote(of ids: [NoteID]) -> Note? {
        for id in ids { if let note = notes[id] { return note } }
        return nil
    }

    private mutating func move(_ ids: [NoteID], to target: ClusterID?, touching touched: inout Touched) {
        let column = target.flatMap { clusters[$0]?.column }
        for id in ids {
            guard let note = notes[id] else { continue }
            touched.insert(note)
            if let old = note.cluster { clusters.update(old) { $0.notes.removeAll { $0 == id } } }
            notes.update(id) {
                $0.cluster = target
                if let column { $0.column = column }
            }
            if let target { clusters.update(target) { $0.notes.append(id) } }
        }
        if let target { touched.insert(.room, .cluster(target)) }
    }

    private mutating func remove(_ id: ClusterID, touching touched: inout Touched) {
        clusters[id] = nil
        touched.insert(.room, .cluster(id))
        if spotlight == .cluster(id) {
            spotlight = nil
            touched.insert(.room, .spotlight)
        }
    }

    /// Keeps how the named notes and clusters, and the clusters the notes leave, are now.
    private mutating func remember(
        on board: BoardID, notes ids: [NoteID], clusters changed: [ClusterID], touching touched: inout Touched
    ) {
        var step = ClusteringStep()
        var named = changed
        for note in ids.compactMap({ notes[$0] }) {
            step.places.append(.init(note: note.id, cluster: note.cluster, column: note.column))
            if let cluster = note.cluster, !named.contains(cluster) { named.append(cluster) }
        }
        step.clusters = named.map { .init(id: $0, cluster: clusters[$0]) }
        var steps = undo[board] ?? []
        steps.append(step)
        if steps.count > limits.undoSteps { steps.removeFirst() }
        undo[board] = steps
        touched.insert(.staff, .undo)
    }

    /// Puts back what the last step changed. Notes withdrawn since then stay away.
    private mutating func takeBack(on board: BoardID, touching touched: inout Touched) {
        var steps = undo[board] ?? []
        guard let step = steps.popLast() else { return }
        undo[board] = steps
        touched.insert(.staff, .undo)
        for place in step.places {
            guard let note = notes[place.note] else { continue }
            touched.insert(note)
            notes.update(place.note) {
                $0.cluster = place.cluster
                $0.column = place.column
            }
        }
        for before in step.clusters {
            clusters[before.id] = before.cluster
            let present = before.cluster?.notes.filter { notes[$0] != nil } ?? []
            clusters.update(before.id) { $0.notes = present }
            touched.insert(.room, .cluster(before.id))
        }
        if case .cluster(let id) = spotlight, clusters[id] == nil {
            spotlight = nil
            touched.insert(.room, .spotlight)
        }
    }
}

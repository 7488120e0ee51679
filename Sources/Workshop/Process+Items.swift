extension Process {
    /// Decides what is made of items.
    func decideItems(_ command: ProcessCommand) throws(Refusal) -> ProcessEvent {
        switch command {
        case .addItem(let kind, let step, let text, let fields, let sources):
            guard items.nextID.number <= UInt32(Limits.items) else { throw .limitReached }
            try check(kind, step, text, fields)
            let joined = try joined([], sources, of: nil)
            return .itemAdded(items.nextID, kind, step: step, text: text, fields: fields, from: joined)
        case .changeItem(let id, let kind, let step, let text, let fields):
            let item = try present(id)
            try check(kind ?? item.kind, step ?? item.step, text, fields)
            return .itemChanged(id, kind ?? item.kind, step: step ?? item.step, text: text, fields: fields)
        case .linkItem(let id, let sources):
            return .itemLinked(id, from: try joined(try present(id).sources, sources, of: id))
        case .unlinkItem(let id, let sources):
            let item = try present(id)
            let left = item.sources.filter { source in
                !sources.contains { source.isSamePlace(as: $0) }
            }
            guard left.count < item.sources.count else { throw .notFound }
            return .itemLinked(id, from: left)
        case .moveItem(let id, let after):
            let item = try present(id)
            if let after {
                guard after != id, try present(after).kind == item.kind else { throw .invalidValue }
            }
            return .itemMoved(id, after: after)
        case .setItemState(let id, let state):
            _ = try present(id)
            return .itemStateSet(id, state)
        case .publishItem(let id, let isPublished):
            _ = try present(id)
            return .itemPublished(id, isPublished)
        case .removeItem(let id):
            _ = try present(id)
            return .itemRemoved(id)
        case .mergeItems(let id, let into):
            let (item, target) = (try present(id), try present(into))
            guard id != into, item.kind == target.kind else { throw .invalidValue }
            // One that came of the other would come of itself; two of a chain are not the same thing.
            guard !ancestors(of: into).contains(id), !ancestors(of: id).contains(into) else {
                throw .invalidValue
            }
            guard union(target.sources, item.sources).count <= Limits.sourcesEach else { throw .limitReached }
            return .itemsMerged(id, into: into)
        case .splitItem(let id, let text, let fields):
            let item = try present(id)
            guard items.nextID.number <= UInt32(Limits.items) else { throw .limitReached }
            try check(item.kind, item.step, text, fields)
            return .itemSplit(id, items.nextID, text: text, fields: fields)
        default: throw .notAllowed
        }
    }

    private func present(_ id: ItemID) throws(Refusal) -> Item {
        guard let item = items[id] else { throw .notFound }
        return item
    }

    private func check(
        _ kind: Item.Kind, _ step: Int, _ text: String, _ fields: [String]
    ) throws(Refusal) {
        guard Self.steps.contains(step), fields.isEmpty || fields.count == kind.fields.count else {
            throw .invalidValue
        }
        if text.isEmpty, fields.allSatisfy(\.isEmpty) { throw .empty }
        for text in [text] + fields where text.unicodeScalars.count > Limits.itemCharacters { throw .tooLong }
        if kind == .decision, let outcome = fields.first {
            guard ["continue", "change", "stop"].contains(outcome) else { throw .invalidValue }
        }
    }

    /// Adds sources to an item's, each place once, or refuses one that is not there or would make a ring.
    private func joined(
        _ old: [Item.Source], _ new: [Item.Source], of id: ItemID?
    ) throws(Refusal) -> [Item.Source] {
        for source in new {
            switch source {
            case .item(let other):
                guard items[other] != nil else { throw .notFound }
                if let id, other == id || ancestors(of: other).contains(id) { throw .invalidValue }
            case .note(let session, _): guard sessions[session] != nil else { throw .notFound }
            case .cluster(let session, _, let notes):
                guard sessions[session] != nil else { throw .notFound }
                guard notes.count <= Limits().notesPerCommand, Set(notes).count == notes.count else {
                    throw .invalidValue
                }
            }
        }
        let joined = union(old, new)
        guard joined.count <= Limits.sourcesEach else { throw .limitReached }
        return joined
    }

    private func union(_ old: [Item.Source], _ new: [Item.Source]) -> [Item.Source] {
        var union = old
        for source in new where !union.contains(where: { $0.isSamePlace(as: source) }) {
            union.append(source)
        }
        return union
    }

    /// The items that an item came from, near and far.
    public func ancestors(of id: ItemID) -> Set<ItemID> {
        var (found, left): (Set<ItemID>, [ItemID]) = ([], [id])
        while let next = left.popLast() {
            for case .item(let source) in items[next]?.sources ?? [] where found.insert(source).inserted {
                left.append(source)
            }
        }
        return found
    }

    /// The items that came of some, near and far, those that were asked about left out.
    public func descendants(of ids: Set<ItemID>) -> Set<ItemID> {
        var (found, grew): (Set<ItemID>, Bool) = ([], true)
        while grew {
            grew = false
            for item in items.values where !found.contains(item.id) && !ids.contains(item.id) {
                let isOne = item.sources.contains { source in
                    if case .item(let id) = source { ids.contains(id) || found.contains(id) } else { false }
                }
                if isOne {
                    found.insert(item.id)
                    grew = true
                }
            }
        }
        return found
    }

    /// Applies what was made of items, and tells which entries show it.
    mutating func applyItems(_ event: ProcessEvent) -> [EntryKey] {
        switch event {
        case .itemAdded(let id, let kind, let step, let text, let fields, let sources):
            items[id] = Item(
                id: id, kind: kind, step: step, text: text, fields: fields, sources: sources,
                rank: lastRank(of: kind) + 1)
            return [.item(id)]
        case .itemChanged(let id, let kind, let step, let text, let fields):
            let rank = items[id]?.kind == kind ? items[id]?.rank : lastRank(of: kind) + 1
            items.update(id) {
                ($0.kind, $0.step, $0.text, $0.fields) = (kind, step, text, fields)
                $0.rank = rank ?? $0.rank
            }
            return [.item(id)]
        case .itemLinked(let id, let sources):
            items.update(id) { $0.sources = sources }
            return [.item(id)]
        case .itemMoved(let id, let after): return place(id, after: after)
        case .itemStateSet(let id, let state):
            items.update(id) { $0.state = state }
            return [.item(id)]
        case .itemPublished(let id, let isPublished):
            items.update(id) { $0.isPublished = isPublished }
            return [.item(id)]
        case .itemRemoved(let id):
            let sources = items[id]?.sources ?? []
            items[id] = nil
            return [.item(id)] + replace(id, with: sources)
        case .itemsMerged(let id, let into):
            let sources = items[id]?.sources ?? []
            items[id] = nil
            merged[id] = into
            let joined = union(items[into]?.sources ?? [], sources)
            items.update(into) { $0.sources = joined }
            return [.item(id), .item(into)] + replace(id, with: [.item(into)])
        case .itemSplit(let id, let new, let text, let fields):
            guard let item = items[id] else { return [] }
            items[new] = Item(
                id: new, kind: item.kind, step: item.step, text: text, fields: fields, sources: item.sources,
                rank: lastRank(of: item.kind) + 1)
            return place(new, after: id)
        default: return []
        }
    }

    private func lastRank(of kind: Item.Kind) -> Int {
        items.values.filter { $0.kind == kind }.map(\.rank).max() ?? 0
    }

    /// Puts an item in its place, and gives those of its kind new numbers where they change.
    private mutating func place(_ id: ItemID, after: ItemID?) -> [EntryKey] {
        guard let kind = items[id]?.kind else { return [] }
        var order = items.values.filter { $0.kind == kind && $0.id != id }
            .sorted { ($0.rank, $0.id) < ($1.rank, $1.id) }.map(\.id)
        let index = after.flatMap { order.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        order.insert(id, at: index)
        var keys: [EntryKey] = [.item(id)]
        for (index, other) in order.enumerated() where items[other]?.rank != index + 1 {
            items.update(other) { $0.rank = index + 1 }
            if other != id { keys.append(.item(other)) }
        }
        return keys
    }

    /// Has what came of an item come from something else.
    private mutating func replace(_ id: ItemID, with sources: [Item.Source]) -> [EntryKey] {
        var keys: [EntryKey] = []
        for item in items.values where item.sources.contains(.item(id)) {
            let left = item.sources.filter { $0 != .item(id) }
            let joined = union(left, sources.filter { $0 != .item(item.id) })
            items.update(item.id) { $0.sources = Array(joined.prefix(Limits.sourcesEach)) }
            keys.append(.item(item.id))
        }
        return keys
    }
}

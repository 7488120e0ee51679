internal import Workshop

/// A note of a session, as a process knows it.
struct NotePlace: Hashable {
    var session: SessionID
    var note: NoteID
}

/// Notes and items that hang together.
struct ProcessThread {
    var places: Set<NotePlace> = []
    var items: Set<ItemID> = []
}

/// The way back and forth. Items say what they came from, sessions which of their notes were carried from where; what came of
/// something is found by asking all of them. A process holds at most 2,000 items and a few thousand carried notes, so each
/// question looks at all, until nothing more is found.
extension Process {
    /// Everything that came of some notes and items, near and far, those themselves among it.
    func onward(from start: ProcessThread) -> ProcessThread {
        var (thread, grew) = (start, true)
        while grew {
            grew = false
            for session in sessions.values {
                for carried in session.report.carried {
                    let place = NotePlace(session: session.id, note: carried.note)
                    guard !thread.places.contains(place), carried.comes(from: thread, in: session.id, self)
                    else {
                        continue
                    }
                    thread.places.insert(place)
                    grew = true
                }
            }
            for item in items.values where !thread.items.contains(item.id) {
                guard item.sources.contains(where: { $0.isAmong(thread) }) else { continue }
                thread.items.insert(item.id)
                grew = true
            }
        }
        return thread
    }

    /// Everything that some notes and items came from, near and far, those themselves among it.
    func back(from start: ProcessThread) -> ProcessThread {
        var thread = start
        var (places, ids) = (Array(start.places), Array(start.items))
        let carried = carriedByPlace
        func meet(_ place: NotePlace) { if thread.places.insert(place).inserted { places.append(place) } }
        func meet(_ id: ItemID) {
            guard let id = item(id)?.id else { return }
            if thread.items.insert(id).inserted { ids.append(id) }
        }
        while true {
            if let id = ids.popLast() {
                for source in items[id]?.sources ?? [] {
                    if case .item(let other) = source { meet(other) }
                    for place in source.places { meet(place) }
                }
            } else if let place = places.popLast() {
                for origin in carried[place] ?? [] {
                    if case .item(let id) = origin { meet(id) }
                    if let original = origin.place(in: place.session) { meet(original) }
                }
            } else {
                return thread
            }
        }
    }

    /// Where each carried note came from.
    var carriedByPlace: [NotePlace: [Origin]] {
        var origins: [NotePlace: [Origin]] = [:]
        for session in sessions.values {
            for carried in session.report.carried {
                origins[NotePlace(session: session.id, note: carried.note)] = carried.origins
            }
        }
        return origins
    }
}

extension ProcessSession.Carried {
    fileprivate func comes(from thread: ProcessThread, in session: SessionID, _ process: Process) -> Bool {
        origins.contains { origin in
            if case .item(let id) = origin {
                return process.item(id).map { thread.items.contains($0.id) } ?? false
            }
            return origin.place(in: session).map(thread.places.contains) ?? false
        }
    }
}

extension Origin {
    /// The note it names, when it lies in a session.
    func place(in session: SessionID) -> NotePlace? {
        switch self {
        case .note(let note): NotePlace(session: session, note: note)
        case .session(let other, .note(let note)): NotePlace(session: other, note: note)
        case .cluster, .session(_, .cluster), .item: nil
        }
    }
}

extension Item.Source {
    /// The notes it names.
    var places: [NotePlace] {
        session.map { session in notes.map { NotePlace(session: session, note: $0) } } ?? []
    }

    fileprivate func isAmong(_ thread: ProcessThread) -> Bool {
        if case .item(let id) = self { return thread.items.contains(id) }
        return places.contains(where: thread.places.contains)
    }
}

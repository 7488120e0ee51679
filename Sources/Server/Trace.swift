internal import Wire
internal import Workshop

/// Where an item or a note came from, down to the notes as they are now, and what became of it. For the process' staff.
struct Trace {
    private let process: Process
    private let start: (name: String, value: String)
    private let startSession: SessionID?
    private let back: ProcessThread
    private let onward: ProcessThread
    private let looked: [SessionID: Looked]

    /// Traces an item.
    init(of item: ItemID, in process: Process, _ shared: Shared) async {
        await self.init(
            ("item", item.description), nil, ProcessThread(items: [item]), in: process, shared)
    }

    /// Traces a note of a session.
    init(of note: NoteID, of session: SessionID, in process: Process, _ shared: Shared) async {
        let place = NotePlace(session: session, note: note)
        await self.init(
            ("note", note.description), session, ProcessThread(places: [place]), in: process, shared)
    }

    private init(
        _ start: (name: String, value: String), _ session: SessionID?, _ thread: ProcessThread,
        in process: Process, _ shared: Shared
    ) async {
        (self.process, self.start, startSession) = (process, start, session)
        (back, onward) = (process.back(from: thread), process.onward(from: thread))
        var needed = Set(back.places.map(\.session)).union(onward.places.map(\.session))
        for item in back.items {
            for source in process.items[item]?.sources ?? [] { source.session.map { _ = needed.insert($0) } }
        }
        var looked: [SessionID: Looked] = [:]
        // One after the other: each may have to be read from the store.
        for id in needed {
            guard let session = process.sessions[id] else { continue }
            looked[id] = await shared.worker(for: session.workshop).look(at: session.workshop)
        }
        self.looked = looked
    }

    /// The trace as JSON.
    var document: [UInt8] {
        var json = JSONWriter(capacity: 8_192)
        json.object { json in
            json.member(start.name, start.value)
            if let startSession { json.member("session", startSession.description) }
            json.member("items") { json in
                json.array { json in
                    for item in process.items.values
                    where back.items.contains(item.id) || onward.items.contains(item.id) {
                        json.raw(ItemDocument(item).bytes)
                    }
                }
            }
            json.member("sessions") { json in
                json.array { json in for id in looked.keys.sorted() { writeSession(id, &json) } }
            }
            json.member("clusters") { json in json.array { json in writeClusters(&json) } }
            json.member("notes") { json in
                json.array { json in for place in sorted(back.places) { writeNote(place, &json) } }
            }
            json.member("carried") { json in
                json.array { json in
                    for place in sorted(onward.places.subtracting(back.places)) { writeNote(place, &json) }
                }
            }
        }
        return json.bytes
    }

    private func sorted(_ places: Set<NotePlace>) -> [NotePlace] {
        places.sorted { ($0.session, $0.note) < ($1.session, $1.note) }
    }

    private func writeSession(_ id: SessionID, _ json: inout JSONWriter) {
        guard let session = process.sessions[id], let looked = looked[id] else { return }
        json.object { json in
            json.member("session", id.description)
            json.member("step", session.step)
            json.member("title", session.title)
            json.member("workshop", session.workshop)
            json.member("state", looked.word)
        }
    }

    /// The clusters that items came from; one that has been merged or dissolved since has no name any more.
    private func writeClusters(_ json: inout JSONWriter) {
        var written: Set<[UInt32]> = []
        for item in process.items.values where back.items.contains(item.id) {
            for case .cluster(let session, let cluster, _) in item.sources
            where written.insert([session.number, cluster.number]).inserted {
                var name: String?
                if case .there(let workshop)? = looked[session] { name = workshop.clusters[cluster]?.name }
                json.object { json in
                    json.member("session", session.description)
                    json.member("cluster", cluster.description)
                    json.member("name", name)
                }
            }
        }
    }

    private func writeNote(_ place: NotePlace, _ json: inout JSONWriter) {
        json.object { json in
            json.member("session", place.session.description)
            json.member("note", place.note.description)
            writeState(of: place, &json)
            guard let origins = process.carriedByPlace[place] else { return }
            json.member("from") { json in json.raw(OriginsDocument(origins).bytes) }
        }
    }

    private func writeState(of place: NotePlace, _ json: inout JSONWriter) {
        guard case .there(let workshop)? = looked[place.session] else {
            return json.member("state", looked[place.session]?.word ?? "unavailable")
        }
        guard let note = workshop.notes[place.note] else {
            return json.member("state", workshop.wasErased(place.note) ? "erased" : "withdrawn")
        }
        switch note.publication {
        case .redacted(let reason):
            json.member("state", "redacted")
            json.member("reason", reason.rawValue)
        case .held: json.member("state", "held")
        case .published:
            guard workshop.isVisibleToAll(note) else { return json.member("state", "private") }
            json.member("state", "there")
            json.member("text", note.text)
        }
        json.member("cluster", note.cluster?.description)
    }
}

extension Workshop {
    /// Whether a facilitator erased a note for good.
    fileprivate func wasErased(_ note: NoteID) -> Bool {
        let name = note.description
        return acts.contains { $0.kind == .noteErased && $0.object == name }
    }
}

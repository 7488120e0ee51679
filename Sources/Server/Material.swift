internal import Wire
internal import Workshop

/// What can be picked from a session: its notes that everybody there may see, and its clusters.
struct Material {
    let session: SessionID
    let looked: Looked

    /// As JSON.
    var document: [UInt8] {
        var json = JSONWriter(capacity: 4_096)
        json.object { json in
            json.member("session", session.description)
            json.member("state", looked.word)
            guard case .there(let workshop) = looked else { return }
            let votes = workshop.lastTold
            json.member("clusters") { json in
                json.array { json in
                    for cluster in workshop.clusters.values { write(cluster, workshop, votes, &json) }
                }
            }
            json.member("notes") { json in
                json.array { json in
                    for note in workshop.notes.values where workshop.isVisibleToAll(note) {
                        write(note, workshop, votes, &json)
                    }
                }
            }
        }
        return json.bytes
    }

    private func write(
        _ note: Note, _ workshop: Workshop, _ votes: [Target: Int], _ json: inout JSONWriter
    ) {
        json.object { json in
            json.member("note", note.id.description)
            json.member("text", note.text)
            json.member("cluster", note.cluster?.description)
            if workshop.boards.count > 1, let board = workshop.boards[note.board] {
                json.member("board", board.name)
            }
            if let place = workshop.place(of: note) { json.member("place", place) }
            if note.source != .phone { json.member("source", note.source.rawValue) }
            if let count = votes[.note(note.id)] { json.member("votes", count) }
        }
    }

    private func write(
        _ cluster: Cluster, _ workshop: Workshop, _ votes: [Target: Int], _ json: inout JSONWriter
    ) {
        json.object { json in
            json.member("cluster", cluster.id.description)
            json.member("name", cluster.name)
            json.member(
                "notes",
                cluster.notes.filter { workshop.notes[$0].map(workshop.isVisibleToAll) ?? false }
                    .map(\.description))
            if let count = votes[.cluster(cluster.id)] { json.member("votes", count) }
        }
    }
}

extension Workshop {
    /// What each target got in the last round that everybody has been told of: dots, or for another vote how many answered.
    fileprivate var lastTold: [Target: Int] {
        guard let round = rounds.values.last(where: { $0.state == .revealed }) else { return [:] }
        var votes: [Target: Int] = [:]
        for result in results(of: round) {
            votes[result.target] = result.counts.reduce(0) { sum, line in
                if case .dots = round.setup.kind { sum + line.value * line.count } else { sum + line.count }
            }
        }
        return votes
    }

    /// The name of the place that a note is in, with its heading; nil on a list.
    fileprivate func place(of note: Note) -> String? {
        guard let column = boards[note.board]?.columns.first(where: { $0.id == note.column }) else {
            return nil
        }
        return column.group.isEmpty ? column.name : "\(column.group): \(column.name)"
    }
}

extension Looked {
    /// As the protocol has it.
    var word: String {
        switch self {
        case .there: "there"
        case .unknown: "erased"
        case .unavailable: "unavailable"
        }
    }
}

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
            json.member("clusters") { json in
                json.array { json in
                    for cluster in workshop.clusters.values { write(cluster, workshop, &json) }
                }
            }
            json.member("notes") { json in
                json.array { json in
                    for note in workshop.notes.values where workshop.isVisibleToAll(note) {
                        json.object { json in
                            json.member("note", note.id.description)
                            json.member("text", note.text)
                            json.member("cluster", note.cluster?.description)
                        }
                    }
                }
            }
        }
        return json.bytes
    }

    private func write(_ cluster: Cluster, _ workshop: Workshop, _ json: inout JSONWriter) {
        json.object { json in
            json.member("cluster", cluster.id.description)
            json.member("name", cluster.name)
            json.member(
                "notes",
                cluster.notes.filter { workshop.notes[$0].map(workshop.isVisibleToAll) ?? false }
                    .map(\.description))
        }
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

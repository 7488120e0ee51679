internal import Wire
internal import Workshop

/// What became of one person's own notes, for the device that wrote them. It tells of published items only, and of nobody
/// else's notes.
struct OwnTrace {
    private let workshop: Workshop
    private let part: Part
    private let title: String
    private let process: Process
    private let notes: [Note]

    /// Nil when the workshop is no session of that process.
    init?(of participant: ParticipantID, in workshop: Workshop, _ owner: Workshop) {
        guard let part = workshop.part, let process = owner.process,
            process.sessions[part.session]?.isDetached == false
        else { return nil }
        (self.workshop, self.part, self.process, title) = (workshop, part, process, owner.title)
        notes = workshop.notes.values.filter {
            $0.author == participant && !$0.source.isProxy && $0.origins.isEmpty
        }
    }

    /// The trace as JSON.
    var document: [UInt8] {
        var all: Set<ItemID> = []
        let traced = notes.map { note in
            let own = NotePlace(session: part.session, note: note.id)
            let onward = process.onward(from: ProcessThread(places: [own]))
            let items = shown(onward.items)
            all.formUnion(items)
            return (note, items, onward.places.contains { $0.session != part.session })
        }
        var json = JSONWriter(capacity: 2_048)
        json.object { json in
            json.member("process") { json in
                json.object { json in
                    json.member("workshop", part.process)
                    json.member("title", title)
                    json.member("published", process.isPublished)
                }
            }
            json.member("session", part.session.description)
            json.member("notes") { json in
                json.array { json in
                    for (note, items, isCarried) in traced {
                        json.object { json in
                            json.member("note", note.id.description)
                            json.member("text", note.text)
                            json.member("items", items.map(\.description))
                            json.member("carried", isCarried)
                        }
                    }
                }
            }
            json.member("items") { json in
                json.array { json in
                    for item in process.published where all.contains(item.id) {
                        json.object { json in process.writePublished(item, &json) }
                    }
                }
            }
        }
        return json.bytes
    }

    private func shown(_ items: Set<ItemID>) -> [ItemID] {
        guard process.isPublished else { return [] }
        return items.filter { process.items[$0]?.isPublished == true }.sorted()
    }
}

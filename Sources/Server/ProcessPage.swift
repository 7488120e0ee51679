internal import Wire
internal import Workshop

/// What everybody may read of a process: what was heard and what is done with it. No author, no secret, nothing that is not
/// published.
struct ProcessPage {
    private let workshop: Workshop
    private let process: Process

    /// Nil unless it is a process that is published.
    init?(of workshop: Workshop) {
        guard let process = workshop.process, process.isPublished else { return nil }
        self.workshop = workshop
        self.process = process
    }

    /// The page as JSON.
    var document: [UInt8] {
        var json = JSONWriter(capacity: 4_096)
        json.object { json in
            json.member("workshop", workshop.id)
            json.member("title", workshop.title)
            json.member("language", workshop.language)
            json.member("challenge", process.challenge)
            json.member("principles", process.principles)
            json.member("step", process.step)
            json.member("ended", workshop.endedAt != nil)
            json.member("steps") { json in
                json.array { json in for step in Process.steps { write(step, &json) } }
            }
            json.member("items") { json in
                json.array { json in for item in process.published { write(item, &json) } }
            }
        }
        return json.bytes
    }

    private func write(_ step: Int, _ json: inout JSONWriter) {
        json.object { json in
            json.member("step", step)
            json.member("state", process.state(of: step).rawValue)
            json.member("heard", process.summaries[step - 1].heard)
            json.member("done", process.summaries[step - 1].done)
            json.member("sessions") { json in
                json.array { json in
                    for session in process.shownSessions where session.step == step {
                        json.object { json in
                            json.member("title", session.title)
                            json.member("kind", session.kind.rawValue)
                            json.member("state", session.report.state.rawValue)
                            json.member("people") { json in
                                json.object { json in
                                    json.member("room", session.report.room)
                                    json.member("remote", session.report.remote)
                                }
                            }
                            json.member("notes", session.report.notes)
                        }
                    }
                }
            }
        }
    }

    private func write(_ item: Item, _ json: inout JSONWriter) {
        json.object { json in
            process.writePublished(item, &json)
            json.member("rank", item.rank)
            json.member("notes", process.back(from: ProcessThread(items: [item.id])).places.count)
        }
    }
}

extension Process {
    /// The sessions that have not been taken out, in the order of their steps.
    var shownSessions: [ProcessSession] {
        sessions.values.filter { !$0.isDetached }.sorted { ($0.step, $0.position) < ($1.step, $1.position) }
    }

    /// The items that the public page shows, kind by kind in their order.
    var published: [Item] {
        let order = Item.Kind.allCases
        return items.values.filter(\.isPublished).sorted { left, right in
            let (first, second) = (
                order.firstIndex(of: left.kind) ?? 0, order.firstIndex(of: right.kind) ?? 0
            )
            return (first, left.rank, left.id.number) < (second, right.rank, right.id.number)
        }
    }

    /// The published items that one came from: those it names, and behind one that is not published, those that it names.
    func publishedSources(of id: ItemID) -> [ItemID] {
        var (found, seen, left): ([ItemID], Set<ItemID>, [ItemID]) = ([], [id], [id])
        while !left.isEmpty {
            for case .item(let source) in items[left.removeFirst()]?.sources ?? []
            where seen.insert(source).inserted {
                if items[source]?.isPublished == true { found.append(source) } else { left.append(source) }
            }
        }
        return found
    }

    /// Writes what everybody may know of a published item.
    func writePublished(_ item: Item, _ json: inout JSONWriter) {
        json.member("item", item.id.description)
        json.member("kind", item.kind.rawValue)
        json.member("step", item.step)
        json.member("text", item.text)
        if !item.fields.isEmpty {
            json.member("fields") { json in
                json.object { json in
                    for (name, text) in zip(item.kind.fields, item.fields) { json.member(name, text) }
                }
            }
        }
        json.member("state", item.state.rawValue)
        json.member("from", publishedSources(of: item.id).map(\.description))
    }
}

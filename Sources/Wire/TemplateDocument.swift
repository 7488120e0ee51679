public import Workshop

/// A workshop's boards and run sheet as a template: what it could begin from again. No note, no name of anybody and no
/// cluster that was made of notes is in it.
public struct TemplateDocument: Sendable {
    /// The template's id: the title, as far as `a-z`, `0-9` and `-` go; the file is called `id.json`.
    public let id: String
    /// The file: JSON in UTF-8.
    public let bytes: [UInt8]

    /// Writes a workshop.
    ///
    /// - Returns: Nil when it is more than a template may hold, 64 KiB.
    public init?(of workshop: Workshop) {
        id = Self.identifier(workshop.title)
        var json = JSONWriter(capacity: 8 << 10)
        json.object { [id] json in
            json.member("id", id)
            json.member("minutes", Self.minutes(workshop))
            json.member("name") { json in
                json.object { json in json.member(workshop.language, workshop.title) }
            }
            json.member("boards") { json in
                json.array { json in
                    for board in workshop.boards.values { Self.write(board, of: workshop, &json) }
                }
            }
            json.member("phases") { json in
                json.array { json in
                    for phase in workshop.runSheet.compactMap({ workshop.phases[$0] }) {
                        json.object { json in PhaseCodec.write(Self.fit(phase, workshop), &json) }
                    }
                }
            }
        }
        bytes = json.bytes
        if !Definition.faults(in: bytes).isEmpty { return nil }
    }

    private static func minutes(_ workshop: Workshop) -> Int {
        let sum = workshop.runSheet.reduce(0) { $0 + (workshop.phases[$1]?.minutes ?? 0) }
        return sum <= 1440 ? sum : 0
    }

    /// A phase from an older version may have a vote for an axis that its board does not have.
    private static func fit(_ phase: Phase, _ workshop: Workshop) -> Phase {
        var phase = phase
        if workshop.boards[phase.board]?.axes == nil { phase.vote?.axis = nil }
        return phase
    }

    private static func write(_ board: Board, of workshop: Workshop, _ json: inout JSONWriter) {
        json.object { json in
            json.member("key", board.id.description)
            if let axes = board.axes {
                json.member("name", board.name)
                json.member("structure", board.structure.rawValue)
                json.member("axes") { json in
                    json.object { json in
                        let rows = board.groups
                        json.member("across") { json in
                            write(axes.across, steps: rows.first?.count ?? 2, &json)
                        }
                        json.member("up") { json in write(axes.up, steps: rows.count, &json) }
                    }
                }
            } else {
                EntryCodec.write(board, &json)
            }
            let given = workshop.clusters.values.filter {
                $0.board == board.id && $0.isGiven && !$0.name.isEmpty
            }
            if given.isEmpty { return }
            json.member("clusters") { json in
                json.array { json in
                    for cluster in given.prefix(64) {
                        json.object { json in
                            json.member("name", cluster.name)
                            json.member("column", cluster.column)
                        }
                    }
                }
            }
        }
    }

    private static func write(_ axis: Axis, steps: Int, _ json: inout JSONWriter) {
        json.object { json in
            json.member("name", axis.name)
            json.member("low", axis.low)
            json.member("high", axis.high)
            json.member("steps", steps)
        }
    }

    private static func identifier(_ title: String) -> String {
        var id = ""
        for scalar in title.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": id.unicodeScalars.append(scalar)
            case "æ", "ä": id += "ae"
            case "ø", "ö": id += "o"
            case "å", "á", "à": id += "a"
            case "é", "è": id += "e"
            default: if !id.isEmpty, !id.hasSuffix("-") { id += "-" }
            }
        }
        id = String(id.prefix(32))
        while id.hasSuffix("-") { id.removeLast() }
        return id.isEmpty ? "samskap" : id
    }
}

internal import Wire
internal import Workshop

/// A process, or one step of it, as a document.
public enum ProcessReport {
    /// A table of the items, a row each, for a spreadsheet.
    public static func csv(_ findings: ProcessFindings, in words: Vocabulary) -> [UInt8] {
        let wording = ProcessWording(words: words)
        var table = CSVTable()
        table.row(
            [
                .csvId, .processStep, .processItemKind, .processItemText, .processItemState,
                .processPublished,
                .processFrom, .processTo,
            ].map { .text(words($0)) })
        for step in findings.steps {
            for item in step.items {
                let remarks = wording.remarks(item).map {
                    words(.processField, ["name": $0.name, "text": $0.text])
                }
                table.row([
                    .plain(item.id.description), .plain(String(step.number)), .text(wording.name(item.kind)),
                    .text(([wording.text(item)] + remarks).joined(separator: ". ")),
                    .text(wording.name(item.state)), .text(words(item.isPublished ? .csvYes : .csvNo)),
                    .text(wording.origins(item, in: findings)), .text(wording.became(item, in: findings)),
                ])
            }
        }
        return table.bytes
    }

    /// Everything, for programs.
    public static func json(_ findings: ProcessFindings) -> [UInt8] {
        var json = JSONWriter(capacity: 8_192)
        json.object { json in
            json.member("format", "samskap.process.v1")
            json.member("process", findings.id)
            json.member("title", findings.title)
            json.member("language", findings.language)
            json.member("createdAt", findings.createdAt)
            if let endedAt = findings.endedAt { json.member("endedAt", endedAt) }
            json.member("asOf", findings.asOf)
            json.member("challenge", findings.process.challenge)
            json.member("principles", findings.process.principles)
            json.member("step", findings.process.step)
            json.member("published", findings.process.isPublished)
            json.member("steps") { json in
                json.array { json in for step in findings.steps { write(step, findings, &json) } }
            }
        }
        return json.bytes
    }

    private static func write(
        _ step: ProcessFindings.Step, _ findings: ProcessFindings, _ json: inout JSONWriter
    ) {
        json.object { json in
            json.member("step", step.number)
            json.member("state", step.state.rawValue)
            json.member("heard", step.summary.heard)
            json.member("done", step.summary.done)
            json.member("sessions") { json in
                json.array { json in
                    for session in step.sessions {
                        json.object { json in
                            json.member("session", session.id.description)
                            json.member("title", session.title)
                            json.member("kind", session.kind.rawValue)
                            json.member("workshop", session.workshop)
                            json.member("state", session.report.state.rawValue)
                            json.member("room", session.report.room)
                            json.member("remote", session.report.remote)
                            json.member("notes", session.report.notes)
                        }
                    }
                }
            }
            json.member("items") { json in
                json.array { json in
                    for item in step.items {
                        json.object { json in
                            json.member("item") { json in json.raw(ItemDocument(item).bytes) }
                            json.member("to", findings.became(item.id).map(\.id.description))
                        }
                    }
                }
            }
        }
    }

    /// Markdown (CommonMark with tables); text from people is escaped.
    public static func markdown(
        _ findings: ProcessFindings, in words: Vocabulary, utcOffsetMinutes: Int
    ) -> [UInt8] {
        let wording = ProcessWording(words: words)
        var lines = ["# \(inline(findings.title))", "", inline(words(.processKind)) + ".", ""]
        func add(_ heading: String, _ text: String) {
            guard !text.isEmpty else { return }
            lines += [heading, "", inline(text), ""]
        }
        add("## \(inline(words(.processChallenge)))", findings.process.challenge)
        if !findings.process.principles.isEmpty {
            lines += ["## \(inline(words(.processPrinciples)))", ""]
            lines += findings.process.principles.map { "- \(inline($0))" } + [""]
        }
        for step in findings.steps {
            lines += ["## \(inline(wording.name(ofStep: step.number)))", ""]
            add("### \(inline(words(.processHeard)))", step.summary.heard)
            add("### \(inline(words(.processDone)))", step.summary.done)
            if !step.sessions.isEmpty {
                lines += ["### \(inline(words(.processSessions)))", ""]
                lines += rows(ProcessTable.sessions(step, wording)) + [""]
            }
            for kind in step.kinds {
                lines += ["### \(inline(wording.name(kind)))", ""]
                lines += rows(ProcessTable.items(of: kind, step, findings, wording)) + [""]
            }
            if step.isEmpty { lines += [inline(words(.processEmpty)), ""] }
        }
        lines += [inline(words(.processAbout)), ""]
        return Array(lines.joined(separator: "\n").utf8)
    }

    private static func rows(_ table: ProcessTable) -> [String] {
        func row(_ cells: [String]) -> String {
            "| \(cells.map { inline($0).replacing("\n", with: " ") }.joined(separator: " | ")) |"
        }
        return [row(table.headings), "|\(String(repeating: " --- |", count: table.headings.count))"]
            + table.rows.map(row)
    }
}

/// A table of a step, for people.
struct ProcessTable {
    var headings: [String]
    var rows: [[String]]

    static func sessions(_ step: ProcessFindings.Step, _ wording: ProcessWording) -> ProcessTable {
        let words = wording.words
        return ProcessTable(
            headings: [
                Vocabulary.Key.processSession, .processSessionKind, .processState, .processRoom,
                .processRemote,
                .processNotes,
            ].map { words($0) },
            rows: step.sessions.map { session in
                [
                    session.title, wording.name(session.kind), wording.name(session.report.state),
                    words.integer(session.report.room), words.integer(session.report.remote),
                    words.integer(session.report.notes),
                ]
            })
    }

    static func items(
        of kind: Item.Kind, _ step: ProcessFindings.Step, _ findings: ProcessFindings,
        _ wording: ProcessWording
    ) -> ProcessTable {
        let words = wording.words
        return ProcessTable(
            headings: [
                Vocabulary.Key.processItemNumber, .processItemText, .processItemState, .processFrom,
                .processTo,
            ].map { words($0) },
            rows: step.items.filter { $0.kind == kind }.map { item in
                let remarks = wording.remarks(item).map {
                    words(.processField, ["name": $0.name, "text": $0.text])
                }
                return [
                    item.id.description, ([wording.text(item)] + remarks).joined(separator: ". "),
                    wording.name(item.state), wording.origins(item, in: findings),
                    wording.became(item, in: findings),
                ]
            })
    }
}

extension ProcessFindings.Step {
    /// The kinds that there are items of.
    var kinds: [Item.Kind] { Item.Kind.allCases.filter { kind in items.contains { $0.kind == kind } } }
    var isEmpty: Bool { items.isEmpty && sessions.isEmpty && summary.heard.isEmpty && summary.done.isEmpty }
}

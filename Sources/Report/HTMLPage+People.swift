internal import Workshop

/// Who took part, what is not in the report, and how the workshop went.
extension HTMLPage {
    func participation(_ page: inout Markup) {
        section(&page, "participation", .participationHeading) { section in
            let people = findings.participation
            section.element("div", [("class", "tables")]) { tables in
                countTable(
                    &tables, caption: words(.participationCaption),
                    headings: (words(.participationWhere), words(.participationCount)),
                    rows: [
                        (words(.participationRoom), people.room, false),
                        (words(.participationRemote), people.remote, false),
                    ]
                        + (people.tables == 0
                            ? [] : [(words(.participationTables), people.atTables, true)]),
                    total: people.all)
                if !wording.spoken.isEmpty { spoken(&tables) }
                let sources = findings.sources
                countTable(
                    &tables, caption: words(.sourcesCaption),
                    headings: (words(.sourcesHow), words(.sourcesCount)),
                    rows: [
                        (words(.sourcePhone), sources.phone, false),
                        (words(.sourceProxy), sources.proxy, false),
                    ]
                        + Source.allCases.filter { $0.isProxy && sources[$0] > 0 }.map {
                            (wording.name($0), sources[$0], true)
                        }, total: sources.all)
                let reasons = wording.reasons(findings.withheld)
                if !reasons.isEmpty {
                    countTable(
                        &tables, caption: words(.withheldCaption),
                        headings: (words(.withheldWhy), words(.sourcesCount)),
                        rows: reasons.map { ($0.name, $0.count, false) }, total: findings.withheld.all)
                }
            }
            section.line()
            if findings.withheld.all == 0 {
                section.element("p", text: words(.withheldNone))
                section.line()
            }
            section.element("p", [("class", "remark")], text: words(.participationStaff))
            section.line()
        }
    }

    /// How many had the word, by kind and by where they were.
    private func spoken(_ page: inout Markup) {
        table(&page, caption: words(.spokenCaption), class: "counts") { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    row.element("th", [("scope", "col")], text: words(.spokenKind))
                    for key in [Vocabulary.Key.participationRoom, .participationRemote, .total] {
                        row.element("th", [("scope", "col"), ("class", "number")], text: words(key))
                    }
                }
            }
            table.line()
            table.element("tbody") { body in
                for line in wording.spoken {
                    body.element("tr") { row in
                        row.element("th", [("scope", "row")], text: line.name)
                        for count in line.counts {
                            row.element("td", [("class", "number")], text: words.integer(count))
                        }
                    }
                    body.line()
                }
            }
        }
    }

    func method(_ page: inout Markup) {
        section(&page, "method", .methodHeading) { section in
            table(&section, caption: words(.methodCaption), class: "method") { table in
                table.element("thead") { head in
                    head.element("tr") { row in
                        row.element("th", [("scope", "col")], text: words(.methodPhase))
                        row.element("th", [("scope", "col")], text: words(.methodRhythm))
                        for key in [Vocabulary.Key.methodMinutes, .methodNotes, .methodWriters] {
                            row.element("th", [("scope", "col"), ("class", "number")], text: words(key))
                        }
                    }
                }
                table.line()
                table.element("tbody") { body in
                    for phase in findings.phases { self.phase(&body, phase) }
                }
            }
        }
    }

    private func phase(_ page: inout Markup, _ phase: ReportedPhase) {
        page.element("tr") { row in
            row.element("th", [("scope", "row")]) { cell in
                cell.element("span", own(), text: phase.name)
                if !phase.instruction.isEmpty {
                    cell.element("span", own() + [("class", "instruction")], text: phase.instruction)
                }
            }
            row.element("td", text: wording.name(phase.rhythm))
            for count in [phase.minutes, phase.notes, phase.writers] {
                row.element("td", [("class", "number")], text: count == 0 ? "–" : words.integer(count))
            }
        }
        page.line()
    }
}

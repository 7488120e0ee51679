internal import Workshop

/// A process as one HTML document that needs nothing else; as ``HTMLReport``, with the same sheet.
extension ProcessReport {
    /// Writes the document.
    public static func html(
        _ findings: ProcessFindings, in words: Vocabulary, utcOffsetMinutes: Int
    ) -> [UInt8] {
        var markup = Markup()
        ProcessPage(findings: findings, wording: ProcessWording(words: words), offset: utcOffsetMinutes)
            .write(to: &markup)
        return Array(markup.html.utf8)
    }
}

private struct ProcessPage {
    let findings: ProcessFindings
    let wording: ProcessWording
    let offset: Int
    var words: Vocabulary { wording.words }

    private var own: [(name: StaticString, value: String)] {
        HTMLReport.own(findings.language, in: words)
    }

    func write(to page: inout Markup) {
        HTMLReport.shell(&page, title: "\(findings.title) – \(words(.processKind))", in: words) { body in
            header(&body)
            body.element("main") { main in
                main.line()
                for step in findings.steps { self.step(&main, step) }
            }
            body.element("footer") { footer in
                for key in [Vocabulary.Key.processAbout, .aboutMade] {
                    footer.element("p", text: words(key))
                }
            }
        }
    }

    private func header(_ page: inout Markup) {
        page.element("header") { header in
            header.line()
            header.element("p", [("class", "kind")], text: words(.processKind))
            header.element("h1", own, text: findings.title)
            header.line()
            header.element("dl", [("class", "dates")]) { dates in
                date(&dates, .documentCreated, findings.createdAt)
                date(
                    &dates, findings.endedAt == nil ? .documentAsOf : .documentEnded,
                    findings.endedAt ?? findings.asOf)
            }
            header.line()
            if !findings.process.challenge.isEmpty {
                header.element("h2", text: words(.processChallenge))
                header.element("p", own, text: findings.process.challenge)
                header.line()
            }
            if !findings.process.principles.isEmpty {
                header.element("h2", text: words(.processPrinciples))
                header.element("ul") { list in
                    for principle in findings.process.principles { list.element("li", own, text: principle) }
                }
                header.line()
            }
        }
        page.line()
    }

    private func date(_ page: inout Markup, _ key: Vocabulary.Key, _ milliseconds: Int64) {
        HTMLReport.date(&page, key, LocalTime(milliseconds, offset: offset), in: words)
    }

    private func step(_ page: inout Markup, _ step: ProcessFindings.Step) {
        let id = "step-\(step.number)"
        page.element("section", [("id", id), ("aria-labelledby", "\(id)-heading")]) { section in
            section.line()
            section.element("h2", [("id", "\(id)-heading")], text: wording.name(ofStep: step.number))
            section.line()
            for (key, text) in [
                (Vocabulary.Key.processHeard, step.summary.heard), (.processDone, step.summary.done),
            ]
            where !text.isEmpty {
                section.element("h3", text: words(key))
                section.element("p", own, text: text)
                section.line()
            }
            if !step.sessions.isEmpty {
                section.element("h3", text: words(.processSessions))
                table(
                    &section, words(.processSessions), class: "method", ProcessTable.sessions(step, wording))
            }
            for kind in step.kinds {
                section.element("h3", text: wording.name(kind))
                table(
                    &section, wording.name(kind), class: "items",
                    ProcessTable.items(of: kind, step, findings, wording))
            }
            if step.isEmpty { section.element("p", [("class", "remark")], text: words(.processEmpty)) }
        }
        page.line()
    }

    /// A table that scrolls by itself, by keyboard too, where the screen is too narrow for it.
    private func table(
        _ page: inout Markup, _ caption: String, class name: String, _ table: ProcessTable
    ) {
        page.element(
            "div", [("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", caption)]
        ) {
            $0.element("table", [("class", name), ("aria-label", caption)]) { markup in
                markup.element("thead") { head in
                    head.element("tr") { row in
                        for heading in table.headings { row.element("th", [("scope", "col")], text: heading) }
                    }
                }
                markup.line()
                markup.element("tbody") { body in
                    for cells in table.rows {
                        body.element("tr") { row in
                            row.element("th", [("scope", "row")] + own, text: cells.first ?? "")
                            for cell in cells.dropFirst() { row.element("td", own, text: cell) }
                        }
                        body.line()
                    }
                }
            }
        }
        page.line()
    }
}

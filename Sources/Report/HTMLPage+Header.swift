internal import Workshop

/// The beginning and the end: title, what matters most, contents; and what the report is.
extension HTMLPage {
    func header(_ page: inout Markup) {
        page.element("header") { header in
            header.line()
            header.element("p", [("class", "kind")], text: words(.documentKind))
            header.line()
            header.element("h1", own(), text: findings.title)
            header.line()
            header.element("dl", [("class", "dates")]) { dates in
                date(&dates, .documentCreated, findings.createdAt)
                if let endedAt = findings.endedAt {
                    date(&dates, .documentEnded, endedAt)
                } else {
                    date(&dates, .documentAsOf, findings.asOf)
                }
            }
            header.line()
            if findings.endedAt == nil {
                header.element("p", [("class", "notice")], text: words(.documentGoesOn))
                header.line()
            }
            summary(&header)
            contents(&header)
        }
        page.line()
    }

    private func date(_ page: inout Markup, _ key: Vocabulary.Key, _ milliseconds: Int64) {
        HTMLReport.date(&page, key, wording.local(milliseconds), in: words)
    }

    private func summary(_ page: inout Markup) {
        section(&page, "summary", .summaryHeading) { section in
            section.element("dl", [("class", "facts")]) { facts in
                let people = findings.participation
                let attendance =
                    people.all == 0
                    ? nil
                    : words(
                        .summaryAttendance,
                        ["room": words.integer(people.room), "remote": words.integer(people.remote)])
                let tables =
                    people.tables == 0
                    ? nil : words(.summaryTables, ["heads": words.integer(people.atTables)])
                fact(
                    &facts, .summaryParticipants, people.all,
                    [attendance, tables].compactMap { $0 }.joined(separator: " "))
                let proxy = findings.sources.proxy
                fact(
                    &facts, .summaryNotes, findings.sources.all,
                    proxy == 0 ? nil : words(.summaryProxy, ["proxy": words.integer(proxy)]))
                if findings.clusterCount > 0 { fact(&facts, .summaryClusters, findings.clusterCount, nil) }
                if !findings.rounds.isEmpty { fact(&facts, .summaryRounds, findings.rounds.count, nil) }
            }
            section.line()
            let said = findings.rounds.compactMap { round in wording.finding(round).map { (round, $0) } }
            if !said.isEmpty {
                section.element("ul", [("class", "said")]) { list in
                    for (round, finding) in said {
                        list.element("li") { item in
                            item.element("strong", own(), text: wording.title(round))
                            item.text(": \(finding)")
                        }
                        list.line()
                    }
                }
                section.line()
            }
            if findings.withheld.all > 0 {
                section.element("p") { line in
                    line.element(
                        "a", [("href", "#participation")],
                        text: words(.summaryWithheld, count: findings.withheld.all))
                }
                section.line()
            }
        }
    }

    private func fact(_ page: inout Markup, _ key: Vocabulary.Key, _ count: Int, _ remark: String?) {
        // The number comes first to the eye; a description list wants the term first, so the style turns them.
        page.element("div") { fact in
            fact.element("dt", text: words(key, count: count))
            fact.element("dd", [("class", "figure")], text: words.integer(count))
            if let remark, !remark.isEmpty { fact.element("dd", text: remark) }
        }
        page.line()
    }

    private func contents(_ page: inout Markup) {
        page.element("nav", [("aria-label", words(.documentContents))]) { nav in
            nav.element("ul") { list in
                func link(_ id: String, _ text: String) {
                    list.element("li") { $0.element("a", [("href", "#\(id)")], text: text) }
                }
                if !findings.rounds.isEmpty { link("rounds", words(.roundsHeading)) }
                link("notes", words(.notesHeading))
                link("participation", words(.participationHeading))
                link("method", words(.methodHeading))
                link("about", words(.aboutHeading))
            }
        }
        page.line()
    }

    func about(_ page: inout Markup) {
        page.element("footer", [("id", "about")]) { footer in
            footer.line()
            footer.element("h2", text: words(.aboutHeading))
            for key in [Vocabulary.Key.aboutSeen, .aboutPrivacy, .aboutMade] {
                footer.line()
                footer.element("p", text: words(key))
            }
            footer.line()
        }
        page.line()
    }
}

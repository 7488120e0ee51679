internal import Workshop

/// What a rating leaves to talk about, and what a second round changed.
extension HTMLPage {
    func discussion(_ page: inout Markup, _ round: ReportedRound) {
        let topics = wording.topics(round)
        guard !topics.isEmpty else { return }
        page.element("section", [("class", "discuss"), ("aria-labelledby", "discuss-\(round.id)")]) {
            section in
            section.element("h4", [("id", "discuss-\(round.id)")], text: words(.discussHeading))
            section.line()
            section.element("ul") { list in
                for topic in topics {
                    list.element("li", text: topic)
                    list.line()
                }
            }
            section.element("p", [("class", "remark")], text: words(.discussRule))
        }
        page.line()
    }

    func comparison(_ page: inout Markup, _ round: ReportedRound) {
        guard let comparison = Comparison(round, wording) else { return }
        table(&page, caption: comparison.caption, class: "results") { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    row.element("th", [("scope", "col")], text: comparison.headings[0])
                    for heading in comparison.headings.dropFirst() {
                        row.element("th", [("scope", "col"), ("class", "number")], text: heading)
                    }
                }
            }
            table.line()
            table.element("tbody") { body in
                for line in comparison.rows {
                    body.element("tr") { row in
                        row.element("th", own(line.language) + [("scope", "row")], text: line.cells[0])
                        for cell in line.cells.dropFirst() {
                            row.element("td", [("class", "number")], text: cell)
                        }
                    }
                    body.line()
                }
            }
        }
    }
}

/// Two rounds on the same things side by side: each figure before and after.
struct Comparison {
    let caption: String
    let headings: [String]
    private(set) var rows: [(cells: [String], language: String?)] = []

    /// Compares a round with the one that it is a second round of; nil when there is none, or nobody is told of it.
    init?(_ round: ReportedRound, _ wording: Wording) {
        let words = wording.words
        guard round.isReported, let again = round.setup.again,
            let before = wording.findings.rounds.first(where: { $0.id == again }), before.isReported
        else { return nil }
        caption = words(
            .captionAgain, ["round": wording.title(round), "before": wording.title(before)])
        let columns = RoundColumn.telling(of: round.setup.kind)
        headings =
            [words(round.setup.targets == .clusters ? .tableCluster : .tableNote)]
            + columns.flatMap { column in
                [Vocabulary.Key.tableBefore, .tableAfter].map {
                    words($0, ["measure": column.heading(words)])
                }
            }
        for result in round.results where result.outcome.personal.votes > 0 {
            let earlier =
                before.results.first { $0.target == result.target }?.outcome.personal
                ?? Outcome.Counts(counts: [])
            rows.append(
                (
                    [wording.label(result)]
                        + columns.flatMap { column in
                            [earlier, result.outcome.personal].map {
                                $0.votes == 0 ? "–" : column.text($0, total: 0, words)
                            }
                        }, result.language
                ))
        }
        if rows.isEmpty { return nil }
    }
}

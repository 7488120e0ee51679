internal import Workshop

/// The rounds of voting: a sentence, a chart, the table with all figures, and apart from it shows of hands and what tables gave.
extension HTMLPage {
    func rounds(_ page: inout Markup) {
        guard !findings.rounds.isEmpty else { return }
        section(&page, "rounds", .roundsHeading) { section in
            for round in findings.rounds { self.round(&section, round) }
        }
    }

    private func round(_ page: inout Markup, _ round: ReportedRound) {
        page.element("section", [("class", "round"), ("aria-labelledby", "round-\(round.id)")]) { section in
            section.line()
            section.element("h3", own() + [("id", "round-\(round.id)")], text: wording.title(round))
            section.line()
            section.element("p", text: wording.method(round).joined(separator: " "))
            section.line()
            guard round.isReported else { return }
            if let finding = wording.finding(round) {
                section.element("p", [("class", "finding")], text: finding)
                section.line()
            }
            let voted = round.results.filter { $0.outcome.personal.votes > 0 }
            if !voted.isEmpty {
                Chart(round: round, results: voted, wording: wording).write(to: &section)
                results(
                    &section, round, round.results,
                    caption: words(.captionPersonal, ["round": wording.title(round)]), \.personal)
            }
            for (caption, counts) in round.apart {
                results(
                    &section, round, round.results.filter { $0.outcome[keyPath: counts].votes > 0 },
                    caption: words(caption, ["round": wording.title(round)]), counts)
            }
            for remark in wording.remarks(round) {
                section.element("p", [("class", "remark")], text: remark)
                section.line()
            }
        }
        page.line()
    }

    private func results(
        _ page: inout Markup, _ round: ReportedRound, _ results: [ReportedRound.Result], caption: String,
        _ counts: KeyPath<Outcome, Outcome.Counts>
    ) {
        let columns = RoundColumn.all(of: round.setup.kind)
        let total = results.reduce(0) { $0 + $1.outcome[keyPath: counts].total }
        let isRanked = counts == \.personal
        table(&page, caption: caption, class: "results") { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    if isRanked {
                        row.element(
                            "th", [("scope", "col"), ("class", "number rank")], text: words(.tableRank))
                    }
                    row.element(
                        "th", [("scope", "col")],
                        text: words(round.setup.targets == .clusters ? .tableCluster : .tableNote))
                    for column in columns {
                        row.element(
                            "th", [("scope", "col"), ("class", "number")], text: column.heading(words))
                    }
                }
            }
            table.line()
            table.element("tbody") { body in
                for result in results {
                    body.element("tr") { row in
                        if isRanked {
                            let rank = result.rank.map { words.integer($0) } ?? "–"
                            row.element("td", [("class", "number rank")], text: rank)
                        }
                        row.element(
                            "th", own(result.language) + [("scope", "row")], text: wording.label(result))
                        for column in columns {
                            row.element(
                                "td", [("class", "number")],
                                text: column.text(result.outcome[keyPath: counts], total: total, words))
                        }
                    }
                    body.line()
                }
            }
        }
    }
}

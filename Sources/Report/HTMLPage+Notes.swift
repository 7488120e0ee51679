internal import Workshop

/// The boards: columns, clusters and notes, in real headings and lists.
extension HTMLPage {
    func notes(_ page: inout Markup) {
        section(&page, "notes", .notesHeading) { section in
            for board in findings.boards { self.board(&section, board) }
        }
    }

    private func board(_ page: inout Markup, _ board: ReportedBoard) {
        page.element("section", [("class", "board"), ("aria-labelledby", "board-\(board.id)")]) { section in
            heading(&section, 3, [("id", "board-\(board.id)")]) { heading in
                heading.element("span", own(), text: board.name)
                tally(&heading, words(.countNotes, count: board.sources.all))
            }
            if board.sources.all == 0, board.columns.allSatisfy({ $0.clusters.isEmpty }) {
                section.element("p", [("class", "empty")], text: words(.boardEmpty))
                section.line()
                return
            }
            for axis in wording.axes(board) {
                section.element("p", own() + [("class", "hint")], text: axis)
                section.line()
            }
            var level = 4
            var group = ""
            for column in wording.places(board) {
                if column.group != group {
                    group = column.group
                    level = group.isEmpty ? 4 : 5
                    if !group.isEmpty {
                        heading(&section, 4, own() + [("class", "group")]) { $0.text(group) }
                    }
                }
                self.column(&section, column, of: board, level: level)
            }
        }
        page.line()
    }

    private func column(_ page: inout Markup, _ column: ReportedColumn, of board: ReportedBoard, level: Int) {
        var level = level
        if column.id != nil || board.columns.count > 1 {
            heading(&page, level) { heading in
                if column.id == nil {
                    heading.text(words(.columnNone))
                } else {
                    heading.element("span", own(), text: wording.heading(column))
                }
                tally(&heading, words(.countNotes, count: column.noteCount))
            }
            if !column.hint.isEmpty {
                page.element("p", own() + [("class", "hint")], text: column.hint)
                page.line()
            }
            level += 1
        }
        if column.noteCount == 0, column.clusters.isEmpty {
            page.element("p", [("class", "empty")], text: words(.boardEmpty))
            page.line()
            return
        }
        let usual = wording.usualPaper(column)
        for cluster in column.clusters {
            page.element("section", [("class", "cluster")]) { section in
                heading(&section, level) { heading in
                    if cluster.name.isEmpty {
                        heading.text(words(.clusterUnnamed))
                    } else {
                        heading.element("span", own(), text: cluster.name)
                    }
                    tally(
                        &heading,
                        ([words(.countNotes, count: cluster.notes.count)] + got(cluster.outcomes)).joined(
                            separator: " · "))
                }
                cards(&section, cluster.notes, usual: usual)
            }
            page.line()
        }
        guard !column.loose.isEmpty else { return }
        if column.clusters.isEmpty {
            cards(&page, column.loose, usual: usual)
        } else {
            page.element("section", [("class", "cluster")]) { section in
                heading(&section, level) { heading in
                    heading.text(words(.looseHeading))
                    tally(&heading, words(.countNotes, count: column.loose.count))
                }
                cards(&section, column.loose, usual: usual)
            }
            page.line()
        }
    }

    /// The quiet figure that follows a heading.
    private func tally(_ page: inout Markup, _ text: String) {
        page.text(" ")
        page.element("span", [("class", "tally")], text: text)
    }

    private func cards(_ page: inout Markup, _ notes: [ReportedNote], usual: Paper?) {
        guard !notes.isEmpty else { return }
        page.element("ul", [("class", "cards")]) { list in
            list.line()
            for note in notes { card(&list, note, usual: usual) }
        }
        page.line()
    }

    private func card(_ page: inout Markup, _ note: ReportedNote, usual: Paper?) {
        page.element("li", [("class", "card \(note.paper.rawValue)")]) { card in
            card.element("p", own(note.language) + [("class", "text")], text: note.text)
            var marks = got(note.outcomes)
            if note.source.isProxy { marks.append(wording.name(note.source)) }
            marks += wording.whence(note)
            if note.paper != usual { marks.append(words(.notePaper, ["paper": wording.name(note.paper)])) }
            if !marks.isEmpty {
                card.element("p", [("class", "marks")], text: marks.joined(separator: " · "))
            }
        }
        page.line()
    }

    /// What a note or cluster got in each round, oldest round first.
    private func got(_ outcomes: [RoundID: Outcome]) -> [String] {
        findings.rounds.compactMap { round in
            outcomes[round.id].flatMap { wording.value($0.personal, round.setup.kind) }
        }
    }
}

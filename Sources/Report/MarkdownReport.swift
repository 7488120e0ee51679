internal import Workshop

/// The report as Markdown (CommonMark with tables), for a municipality's own pages or a case file.
///
/// Text from people is escaped: it shows as it was written, and makes no heading, list, link, image, table or HTML.
public enum MarkdownReport {
    /// Its media type (RFC 7763).
    public static let mediaType = "text/markdown; charset=utf-8"

    /// Writes the document.
    ///
    /// - Parameters:
    ///   - findings: What there is to say.
    ///   - words: In which words.
    ///   - utcOffsetMinutes: The local time's distance from UTC, east positive.
    /// - Returns: The document in UTF-8.
    public static func document(
        _ findings: Findings, in words: Vocabulary, utcOffsetMinutes: Int
    ) -> [UInt8] {
        var page = MarkdownPage(
            wording: Wording(findings: findings, words: words, utcOffsetMinutes: utcOffsetMinutes))
        page.write()
        return Array(page.text.utf8)
    }
}

struct MarkdownPage {
    let wording: Wording
    private(set) var text = ""
    private var findings: Findings { wording.findings }
    private var words: Vocabulary { wording.words }

    init(wording: Wording) { self.wording = wording }

    mutating func write() {
        heading(1, inline(findings.title))
        let began = words.moment(wording.local(findings.createdAt))
        let stood = words.moment(wording.local(findings.endedAt ?? findings.asOf))
        let key: Vocabulary.Key = findings.endedAt == nil ? .documentAsOf : .documentEnded
        paragraph(
            inline("\(words(.documentKind)). \(words(.documentCreated)): \(began). \(words(key)): \(stood)."))
        if findings.endedAt == nil { paragraph(inline(words(.documentGoesOn))) }
        rounds()
        heading(2, inline(words(.notesHeading)))
        for board in findings.boards { self.board(board) }
        participation()
        method()
        heading(2, inline(words(.aboutHeading)))
        for key in [Vocabulary.Key.aboutSeen, .aboutPrivacy, .aboutMade] { paragraph(inline(words(key))) }
    }

    private mutating func rounds() {
        guard !findings.rounds.isEmpty else { return }
        heading(2, inline(words(.roundsHeading)))
        for round in findings.rounds {
            heading(3, inline(wording.title(round)))
            paragraph(inline(wording.method(round).joined(separator: " ")))
            guard round.isReported else { continue }
            if let finding = wording.finding(round) { paragraph(inline(finding)) }
            results(round, words(.captionPersonal, ["round": wording.title(round)]), \.personal)
            let topics = wording.topics(round)
            if !topics.isEmpty {
                paragraph("**\(inline(words(.discussHeading)))**")
                text += topics.map { "- \(inline($0))\n" }.joined() + "\n"
                paragraph(inline(words(.discussRule)))
            }
            if let comparison = Comparison(round, wording) {
                paragraph(inline(comparison.caption))
                table(comparison.headings, comparison.rows.map(\.cells))
            }
            for (caption, counts) in round.apart {
                results(round, words(caption, ["round": wording.title(round)]), counts)
            }
            for remark in wording.remarks(round) { paragraph(inline(remark)) }
        }
    }

    private mutating func results(
        _ round: ReportedRound, _ caption: String, _ counts: KeyPath<Outcome, Outcome.Counts>
    ) {
        let results = round.results.filter { $0.outcome[keyPath: counts].votes > 0 || counts == \.personal }
        guard results.contains(where: { $0.outcome[keyPath: counts].votes > 0 }) else { return }
        let columns = RoundColumn.all(of: round.setup.kind)
        let total = results.reduce(0) { $0 + $1.outcome[keyPath: counts].total }
        paragraph(inline(caption))
        let name = words(round.setup.targets == .clusters ? .tableCluster : .tableNote)
        table(
            [name] + columns.map { $0.heading(words) },
            results.map { result in
                [wording.label(result)]
                    + columns.map { $0.text(result.outcome[keyPath: counts], total: total, words) }
            })
    }

    private mutating func board(_ board: ReportedBoard) {
        heading(3, "\(inline(board.name)) (\(words(.countNotes, count: board.sources.all)))")
        for axis in wording.axes(board) { paragraph(inline(axis)) }
        var group = ""
        for column in wording.places(board) {
            if column.group != group {
                group = column.group
                if !group.isEmpty { heading(4, inline(group)) }
            }
            var level = group.isEmpty ? 4 : 5
            if column.id != nil || board.columns.count > 1 {
                heading(level, inline(column.id == nil ? words(.columnNone) : wording.heading(column)))
                level += 1
            }
            if column.noteCount == 0, column.clusters.isEmpty { paragraph(inline(words(.boardEmpty))) }
            for cluster in column.clusters {
                let marks = [words(.countNotes, count: cluster.notes.count)] + got(cluster.outcomes)
                heading(level, "\(inline(wording.label(cluster))) (\(inline(marks.joined(separator: ", "))))")
                list(cluster.notes)
            }
            if !column.clusters.isEmpty, !column.loose.isEmpty {
                heading(level, inline(words(.looseHeading)))
            }
            list(column.loose)
        }
    }

    private mutating func list(_ notes: [ReportedNote]) {
        guard !notes.isEmpty else { return }
        for note in notes {
            let marks =
                got(note.outcomes) + (note.source.isProxy ? [wording.name(note.source)] : [])
                + wording.whence(note)
            let tail = marks.isEmpty ? "" : " (\(inline(marks.joined(separator: ", "))))"
            text += "- \(block(note.text))\(tail)\n"
        }
        text += "\n"
    }

    private func got(_ outcomes: [RoundID: Outcome]) -> [String] {
        findings.rounds.compactMap { round in
            outcomes[round.id].flatMap { wording.value($0.personal, round.setup.kind) }
        }
    }

    private mutating func participation() {
        heading(2, inline(words(.participationHeading)))
        let people = findings.participation
        table(
            [words(.participationWhere), words(.participationCount)],
            [
                [words(.participationRoom), words.integer(people.room)],
                [words(.participationRemote), words.integer(people.remote)],
                [words(.total), words.integer(people.all)],
            ]
                + (people.tables == 0
                    ? [] : [["– \(words(.participationTables))", words.integer(people.atTables)]]))
        if !wording.spoken.isEmpty {
            table(
                [
                    words(.spokenCaption), words(.participationRoom), words(.participationRemote),
                    words(.total),
                ],
                wording.spoken.map { [$0.name] + $0.counts.map { words.integer($0) } })
        }
        let sources = findings.sources
        table(
            [words(.sourcesHow), words(.sourcesCount)],
            [
                [words(.sourcePhone), words.integer(sources.phone)],
                [words(.sourceProxy), words.integer(sources.proxy)],
            ]
                + Source.allCases.filter { $0.isProxy && sources[$0] > 0 }.map {
                    ["– \(wording.name($0))", words.integer(sources[$0])]
                } + [[words(.total), words.integer(sources.all)]])
        let reasons = wording.reasons(findings.withheld)
        if reasons.isEmpty {
            paragraph(inline(words(.withheldNone)))
        } else {
            table(
                [words(.withheldCaption), words(.sourcesCount)],
                reasons.map { [$0.name, words.integer($0.count)] }
                    + [[words(.total), words.integer(findings.withheld.all)]])
        }
        paragraph(inline(words(.participationStaff)))
    }

    private mutating func method() {
        heading(2, inline(words(.methodHeading)))
        table(
            [.methodPhase, .methodRhythm, .methodMinutes, .methodNotes, .methodWriters].map { words($0) },
            findings.phases.map { phase in
                [phase.name, wording.name(phase.rhythm)]
                    + [phase.minutes, phase.notes, phase.writers].map { $0 == 0 ? "–" : words.integer($0) }
            })
    }

    private mutating func heading(_ level: Int, _ line: String) {
        text += "\(String(repeating: "#", count: min(level, 6))) \(line)\n\n"
    }

    private mutating func paragraph(_ line: String) { text += "\(line)\n\n" }

    /// A table: the first column to the left, figures to the right.
    private mutating func table(_ headings: [String], _ rows: [[String]]) {
        text += "| \(headings.map(inline).joined(separator: " | ")) |\n"
        text += "| --- |\(String(repeating: " ---: |", count: headings.count - 1))\n"
        for row in rows { text += "| \(row.map(inline).joined(separator: " | ")) |\n" }
        text += "\n"
    }
}

/// Text on one line, escaped.
func inline(_ text: String) -> String {
    escapedMarkdown(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
}

/// Text in a list item, escaped; its line breaks stay.
private func block(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { inline(String($0)) }.filter { !$0.isEmpty }
        .joined(separator: "\\\n  ")
}

/// One line of text as Markdown that shows it as it is.
///
/// What means something anywhere is escaped anywhere, what means something at the beginning of a line only there: the
/// source stays readable.
func escapedMarkdown(_ line: String) -> String {
    var escaped = ""
    var isDigitsSoFar = true
    var isFirst = true
    let scalars = line.unicodeScalars.filter { !isControl($0) }
    for (index, scalar) in scalars.enumerated() {
        let needsEscape =
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "$", "{", "}": true
            case "#", "+", "-", "=": isFirst
            case ".", ")": isDigitsSoFar && !isFirst
            // Without these a bare address would become a link.
            case ":": scalars.dropFirst(index + 1).first == "/"
            case "@": true
            default: false
            }
        if needsEscape { escaped += "\\" }
        escaped.unicodeScalars.append(scalar)
        isDigitsSoFar = isDigitsSoFar && ("0"..."9").contains(scalar)
        isFirst = false
    }
    return escaped
}

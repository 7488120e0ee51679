internal import Workshop

/// The report as tables for a spreadsheet.
///
/// The dialect is that of RFC 4180 (CRLF, quotation marks doubled) with two changes: a byte order mark, without which Excel
/// does not take the file for UTF-8, and a semicolon between cells, which Excel and LibreOffice expect where the decimal mark
/// is a comma, as it is in Norway. There is no `sep=` line: it would be a row of rubbish for every other reader.
/// Decimals are written as the vocabulary says.
///
/// A cell of text from people that begins with `=`, `+`, `-`, `@`, a tab or a line break, whatever space stands before it,
/// gets an apostrophe in front, so that no spreadsheet runs it as a formula.
public enum CSVReport {
    /// Its media type.
    public static let mediaType = "text/csv; charset=utf-8; header=present"

    /// Writes a row for each note that everybody may see, in the order of the report.
    ///
    /// Columns: identifier, board, place, what the place is (a column, a cell, a field, a step, …), cluster, text, paper, language, source, on behalf of others or not, time of writing
    /// (ISO 8601, UTC), and for each reported round what the note got; in a round on clusters, what its cluster got, and the
    /// heading says so. Shows of hands, and tables, have columns of their own. Where notes come from groups, two more columns
    /// before those: the group, and what the note was carried on from.
    ///
    /// - Parameters:
    ///   - findings: What there is to say.
    ///   - words: In which words.
    /// - Returns: The file.
    public static func notes(_ findings: Findings, in words: Vocabulary) -> [UInt8] {
        let wording = Wording(findings: findings, words: words, utcOffsetMinutes: 0)
        let rounds = findings.rounds.filter(\.isReported).map { RoundCells($0, wording) }
        var table = CSVTable()
        let fixed: [Vocabulary.Key] = [
            .csvId, .csvBoard, .csvColumn, .csvPlace, .csvCluster, .csvText, .csvPaper, .csvLanguage,
            .csvSource,
            .csvProxy,
            .csvWrittenAt,
        ]
        let notes = findings.boards.flatMap(\.columns).flatMap { $0.clusters.flatMap(\.notes) + $0.loose }
        let hasGroups = notes.contains { $0.group != nil || !$0.origins.isEmpty }
        let ofGroups: [Vocabulary.Key] = hasGroups ? [.csvGroup, .csvFrom] : []
        table.row((fixed + ofGroups).map { .text(words($0)) } + rounds.flatMap(\.headings))
        for board in findings.boards {
            for column in board.columns {
                func write(_ notes: [ReportedNote], in cluster: ReportedCluster?) {
                    for note in notes {
                        let cells: [CSVTable.Cell] = [
                            .plain("\(note.id)"), .text(board.name), .text(wording.fullName(column)),
                            .text(wording.kind(column)),
                            .text(cluster.map(wording.label) ?? ""), .text(note.text),
                            .text(wording.name(note.paper)),
                            .text(note.language ?? findings.language), .text(wording.name(note.source)),
                            .text(words(note.source.isProxy ? .csvYes : .csvNo)),
                            .plain(LocalTime(note.writtenAt, offset: 0).iso8601),
                        ]
                        let ofGroup: [CSVTable.Cell] =
                            hasGroups
                            ? [.text(note.group.map(wording.name) ?? ""), .plain(wording.origins(note))] : []
                        table.row(cells + ofGroup + rounds.flatMap { $0.cells(board.id, note, cluster) })
                    }
                }
                for cluster in column.clusters { write(cluster.notes, in: cluster) }
                write(column.loose, in: nil)
            }
        }
        return table.bytes
    }

    /// Writes a row for each target of each reported round and for each way of voting, personal votes, shows of
    /// hands and tables apart.
    ///
    /// Columns: round, title, target's identifier, its name or text, way of voting, place, number of answers, and a figure
    /// for each value that somebody gave.
    ///
    /// - Parameters:
    ///   - findings: What there is to say.
    ///   - words: In which words.
    /// - Returns: The file.
    public static func results(_ findings: Findings, in words: Vocabulary) -> [UInt8] {
        let wording = Wording(findings: findings, words: words, utcOffsetMinutes: 0)
        let rounds = findings.rounds.filter(\.isReported)
        var values: Set<Int> = []
        var figures: [RoundColumn] = []
        for round in rounds {
            for column in RoundColumn.all(of: round.setup.kind) {
                if case .given = column { continue }
                if column != .answers, !figures.contains(column) { figures.append(column) }
            }
            // A matrix' values are two numbers each: they have columns of their own, an axis each.
            if case .matrix = round.setup.kind {
                for scale in RoundColumn.Scale.all(of: round.setup.kind) {
                    for value in scale.scale.range where !figures.contains(.given(scale, value)) {
                        figures.append(.given(scale, value))
                    }
                }
                continue
            }
            for counts in round.results.flatMap({
                [$0.outcome.personal, $0.outcome.hands, $0.outcome.tables]
            }) {
                values.formUnion(counts.counts.map(\.value))
            }
        }
        var table = CSVTable()
        let fixed: [Vocabulary.Key] = [
            .csvId, .csvRound, .csvId, .csvTarget, .csvChannel, .tableRank, .csvAnswers,
        ]
        table.row(
            fixed.map { .text(words($0)) } + figures.map { .text($0.heading(words)) }
                + values.sorted().map { .text(words(.tableGiven, ["value": String($0)])) })
        for round in rounds {
            let channels: [(Vocabulary.Key, KeyPath<Outcome, Outcome.Counts>)] = [
                (.csvPersonal, \.personal), (.csvHands, \.hands), (.csvTables, \.tables),
            ]
            for (name, counts) in channels {
                let total = round.results.reduce(0) { $0 + $1.outcome[keyPath: counts].total }
                for result in round.results where result.outcome[keyPath: counts].votes > 0 {
                    let got = result.outcome[keyPath: counts]
                    let scales = RoundColumn.Scale.all(of: round.setup.kind)
                    let own = RoundColumn.all(of: round.setup.kind)
                    let isMatrix = if case .matrix = round.setup.kind { true } else { false }
                    let rank = counts == \.personal ? result.rank.map { String($0) } : nil
                    table.row(
                        [
                            .plain("\(round.id)"), .text(wording.title(round)), .plain(result.target.name),
                            .text(wording.label(result)), .text(words(name)), .plain(rank ?? ""),
                            .plain(String(got.votes)),
                        ]
                            + figures.map {
                                own.contains($0) || $0.isGiven(on: scales)
                                    ? $0.cell(got, total: total, words) : .plain("")
                            }
                            + values.sorted().map {
                                .plain(isMatrix ? "" : String(got.count(of: $0)))
                            })
                }
            }
        }
        return table.bytes
    }
}

/// What one round adds to the row of a note.
private struct RoundCells {
    let round: ReportedRound
    let headings: [CSVTable.Cell]
    private let columns: [RoundColumn]
    private let totals: (personal: Int, hands: Int, tables: Int)
    private let words: Vocabulary

    init(_ round: ReportedRound, _ wording: Wording) {
        self.round = round
        words = wording.words
        columns = RoundColumn.all(of: round.setup.kind)
        totals = (
            round.results.reduce(0) { $0 + $1.outcome.personal.total },
            round.results.reduce(0) { $0 + $1.outcome.hands.total },
            round.results.reduce(0) { $0 + $1.outcome.tables.total }
        )
        let key: Vocabulary.Key = round.setup.targets == .clusters ? .csvOfCluster : .csvMeasure
        let names = columns.map { [words] column in
            words(key, ["round": wording.title(round), "measure": column.heading(words)])
        }
        let hands = round.hasHands ? names.map { [words] in words(.csvOfHands, ["column": $0]) } : []
        let tables = round.hasTables ? names.map { [words] in words(.csvOfTables, ["column": $0]) } : []
        headings = (names + hands + tables).map { .text($0) }
    }

    func cells(_ board: BoardID, _ note: ReportedNote, _ cluster: ReportedCluster?) -> [CSVTable.Cell] {
        guard board == round.board else { return headings.map { _ in .plain("") } }
        // A note that was voted on by itself before it came into its cluster keeps what it got.
        let own = note.outcomes[round.id] ?? Outcome()
        let outcome =
            round.setup.targets == .clusters && own.isEmpty ? cluster?.outcomes[round.id] ?? own : own
        return columns.map { $0.cell(outcome.personal, total: totals.personal, words) }
            + (round.hasHands ? columns.map { $0.cell(outcome.hands, total: totals.hands, words) } : [])
            + (round.hasTables ? columns.map { $0.cell(outcome.tables, total: totals.tables, words) } : [])
    }
}

extension RoundColumn {
    /// The figure as a spreadsheet reads it: no grouping, no unit; empty where nobody answered.
    fileprivate func cell(_ counts: Outcome.Counts, total: Int, _ words: Vocabulary) -> CSVTable.Cell {
        switch self {
        case .dots: .plain(String(counts.total))
        case .share: .plain(total == 0 ? "" : number(Double(counts.total) / Double(total), words))
        case .answers: .plain(String(counts.votes))
        case .agree: .plain(String(counts.agree))
        case .disagree: .plain(String(counts.disagree))
        case .pass: .plain(String(counts.pass))
        case .agreeShare:
            .plain(counts.votes == 0 ? "" : number(Double(counts.agree) / Double(counts.votes), words))
        case .mean(let scale):
            .plain(counts.figures(on: scale.scale).map { number($0.mean, words) } ?? "")
        case .spread(let scale):
            .plain(counts.figures(on: scale.scale).map { number($0.deviation, words) } ?? "")
        // As text: a spreadsheet would take 2–5 for a date.
        case .range(let scale):
            .text(counts.figures(on: scale.scale).map { "\($0.lowest)…\($0.highest)" } ?? "")
        case .given(let scale, let value): .plain(String(counts.count(of: value, on: scale.scale)))
        }
    }

    /// Whether it says how many gave a number on one of these scales.
    fileprivate func isGiven(on scales: [Scale]) -> Bool {
        if case .given(let scale, _) = self { scales.contains(scale) } else { false }
    }

    /// A number with three decimals.
    private func number(_ value: Double, _ words: Vocabulary) -> String {
        guard let thousandths = Int(exactly: (value * 1_000).rounded()) else { return "" }
        let magnitude = thousandths.magnitude
        let fraction = String(1_000 + magnitude % 1_000).dropFirst()
        return "\(thousandths < 0 ? "-" : "")\(magnitude / 1_000)\(words(.numberDecimal))\(fraction)"
    }
}

extension Target {
    /// The written form of its identifier.
    var name: String {
        switch self {
        case .note(let id): id.description
        case .cluster(let id): id.description
        }
    }
}

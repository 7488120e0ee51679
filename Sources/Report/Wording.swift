internal import Workshop

/// What the documents for people have in common: the sentences and labels that findings become.
struct Wording {
    let findings: Findings
    let words: Vocabulary
    let utcOffsetMinutes: Int

    /// A point in time as people there read it.
    func local(_ milliseconds: Int64) -> LocalTime { LocalTime(milliseconds, offset: utcOffsetMinutes) }

    /// A round's title, or its number when it has none.
    func title(_ round: ReportedRound) -> String {
        round.title.isEmpty ? words(.roundUntitled, ["number": String(round.id.number)]) : round.title
    }

    /// What a target is called.
    func label(_ result: ReportedRound.Result) -> String {
        guard result.label.isEmpty else { return result.label }
        return "\(words(.clusterUnnamed)) (\(words(.countNotes, count: result.noteCount)))"
    }

    /// A cluster's heading.
    func label(_ cluster: ReportedCluster) -> String {
        cluster.name.isEmpty ? words(.clusterUnnamed) : cluster.name
    }

    /// What one target got, in a few words; nil when nobody voted on it in person.
    func value(_ counts: Outcome.Counts, _ kind: VoteKind) -> String? {
        guard counts.votes > 0 else { return nil }
        switch kind {
        case .dots: return words(.countDots, count: counts.total)
        case .stance:
            return words(
                .findingStanceValue,
                ["agree": words.integer(counts.agree), "disagree": words.integer(counts.disagree)])
        case .scale: return counts.mean.map { words(.findingMeanValue, ["mean": words.decimal($0)]) }
        case .matrix:
            return RoundColumn.Scale.all(of: kind).compactMap { scale in
                counts.figures(on: scale.scale).map { "\(scale.name) \(words.decimal($0.mean))" }
            }.joined(separator: ", ")
        }
    }

    /// What is worth talking about after a rating, a sentence each.
    func topics(_ round: ReportedRound) -> [String] {
        round.topics.compactMap { topic in
            guard let result = round.results.first(where: { $0.target == topic.target }),
                let scale = RoundColumn.Scale.all(of: round.setup.kind).first(where: {
                    $0.scale.direction == topic.direction
                }), let figures = result.outcome.personal.figures(on: scale.scale)
            else { return nil }
            let values = [
                "label": quoted(label(result)), "mean": words.decimal(figures.mean),
                "spread": words.decimal(figures.deviation), "range": words.range(figures),
            ]
            let said = words(topic.why == .divided ? .discussDivided : .discussOutlier, values)
            return scale.name.isEmpty
                ? said : words(.tableOfAxis, ["axis": scale.name, "measure": said])
        }
    }

    /// How a round was done and where it stands, a sentence each.
    func method(_ round: ReportedRound) -> [String] {
        var sentences: [String] = []
        switch round.setup.kind {
        case .dots(let budget, let cap):
            sentences.append(words(.roundDots, count: budget, ["cap": words.integer(cap)]))
        case .stance: sentences.append(words(.roundStance))
        case .scale(let low, let high):
            sentences.append(words(.roundScale, ["low": words.integer(low), "high": words.integer(high)]))
        case .matrix(let across, let up):
            sentences.append(
                words(
                    .roundMatrix,
                    [
                        "across": across.axis.name, "acrossHigh": words.integer(across.steps),
                        "up": up.axis.name, "upHigh": words.integer(up.steps),
                    ]))
        }
        if round.setup.targets == .clusters { sentences.append(words(.roundOnClusters)) }
        if let direction = round.setup.axis,
            let axes = findings.boards.first(where: { $0.id == round.board })?.axes
        {
            let axis = direction == .across ? axes.across : axes.up
            sentences.append(words(.roundAxis, ["axis": axis.name]))
        }
        if let again = round.setup.again, let before = findings.rounds.first(where: { $0.id == again }) {
            sentences.append(words(.roundAgain, ["round": title(before)]))
        }
        sentences.append(words(.roundVoters, count: round.voters))
        if round.tableHeads > 0 {
            sentences.append(
                words(.roundTables, count: round.tables, ["heads": words.integer(round.tableHeads)]))
        }
        switch round.state {
        case .open: sentences.append(words(.roundOpen))
        case .closed where !round.isReported: sentences.append(words(.roundUnrevealed))
        case .closed, .revealed: break
        }
        return sentences
    }

    /// What a round says, in a sentence or two; nil when it says nothing yet.
    func finding(_ round: ReportedRound) -> String? {
        guard round.isReported else { return nil }
        let voted = round.results.filter { $0.outcome.personal.votes > 0 }
        guard !voted.isEmpty else { return round.apart.isEmpty ? words(.roundEmpty) : nil }
        // The first three, and all that share the third place, unless that is a crowd.
        let leaders = voted.filter { ($0.rank ?? .max) <= 3 }
        let best = words.list((leaders.count <= 5 ? leaders : Array(voted.prefix(3))).map { item($0, round) })
        switch round.setup.kind {
        case .dots: return words(.findingDots, ["best": best])
        case .scale: return words(.findingScale, ["best": best])
        case .matrix(_, let up):
            return words(.findingMatrix, ["axis": up.axis.name, "best": best])
        case .stance:
            var finding = words(.findingStance, ["best": best])
            if let divided = mostDivided(voted) {
                finding +=
                    " "
                    + words(
                        .findingDivided,
                        [
                            "label": quoted(label(divided)),
                            "agree": words.integer(divided.outcome.personal.agree),
                            "disagree": words.integer(divided.outcome.personal.disagree),
                        ])
            }
            return finding
        }
    }

    /// How many had the word: speeches and replies, each from the room, from elsewhere and in all; then those of both whom staff
    /// put in. Nothing when nobody had it.
    var spoken: [(name: String, counts: [Int])] {
        let (speeches, replies) = (findings.speeches, findings.replies)
        guard speeches.all + replies.all > 0 else { return [] }
        return [
            (words(.spokenSpeeches), [speeches.room, speeches.remote, speeches.all]),
            (words(.spokenReplies), [replies.room, replies.remote, replies.all]),
        ]
    }

    /// What a table leaves out, a sentence each.
    func remarks(_ round: ReportedRound) -> [String] {
        guard round.isReported else { return [] }
        var sentences: [String] = []
        if !round.setup.kind.scales.isEmpty { sentences.append(words(.roundSpread)) }
        if round.withoutVotes > 0 { sentences.append(words(.roundWithoutVotes, count: round.withoutVotes)) }
        if round.votesElsewhere > 0 { sentences.append(words(.roundElsewhere, count: round.votesElsewhere)) }
        if round.hasHands { sentences.append(words(.handsApart)) }
        if round.hasTables { sentences.append(words(.tablesApart)) }
        return sentences
    }

    private func item(_ result: ReportedRound.Result, _ round: ReportedRound) -> String {
        words(
            .findingItem,
            [
                "label": quoted(label(result)),
                "value": value(result.outcome.personal, round.setup.kind) ?? "",
            ])
    }

    /// The one with the largest minority; nil when nobody was in one.
    private func mostDivided(_ results: [ReportedRound.Result]) -> ReportedRound.Result? {
        func minority(_ result: ReportedRound.Result) -> Int {
            min(result.outcome.personal.agree, result.outcome.personal.disagree)
        }
        guard let divided = results.max(by: { minority($0) < minority($1) }) else { return nil }
        return minority(divided) > 0 ? divided : nil
    }

    /// A text in quotation marks, on one line, cut where it gets long.
    func quoted(_ text: String) -> String { words(.quoted, ["text": shortened(text, to: 70)]) }

    /// A place's heading: its name, and where the order matters, its number.
    func heading(_ column: ReportedColumn) -> String {
        switch column.kind {
        case .step(let number): words(.placeStep, ["number": words.integer(number), "name": column.name])
        case .centre: words(.placeCentre, ["name": column.name])
        case .ring(let number): words(.placeRing, ["number": words.integer(number), "name": column.name])
        case .column, .cell, .position, .field, nil: column.name
        }
    }

    /// A place's heading where none above it says which row, card, ring or level it is of.
    func fullName(_ column: ReportedColumn) -> String {
        guard !column.group.isEmpty else { return heading(column) }
        return words(.columnGrouped, ["group": column.group, "column": heading(column)])
    }

    /// What a place is, in one word; empty where there are no places.
    func kind(_ column: ReportedColumn) -> String {
        switch column.kind {
        case .column: words(.kindColumn)
        case .cell: words(.kindCell)
        case .position: words(.kindPosition)
        case .field: words(.kindField)
        case .step: words(.kindStep)
        case .centre: words(.kindCentre)
        case .ring: words(.kindRing)
        case nil: ""
        }
    }

    /// What a matrix measures, a sentence for each axis; none for any other board.
    func axes(_ board: ReportedBoard) -> [String] {
        guard let axes = board.axes else { return [] }
        return [(Vocabulary.Key.placeAcross, axes.across), (.placeUp, axes.up)].map { key, axis in
            let ends =
                axis.low.isEmpty || axis.high.isEmpty
                ? "" : " " + words(.placeEnds, ["low": axis.low, "high": axis.high])
            return words(key, ["axis": axis.name + ends])
        }
    }

    /// The places that are told of: of a matrix only those that hold something.
    func places(_ board: ReportedBoard) -> [ReportedColumn] {
        guard board.structure == .matrix else { return board.columns }
        return board.columns.filter { $0.noteCount > 0 || !$0.clusters.isEmpty }
    }

    /// The words for a paper, a source, a rhythm and a reason.
    func name(_ paper: Paper) -> String {
        switch paper {
        case .sun: words(.paperSun)
        case .sky: words(.paperSky)
        case .moss: words(.paperMoss)
        case .heather: words(.paperHeather)
        case .coral: words(.paperCoral)
        case .stone: words(.paperStone)
        }
    }

    func name(_ group: GroupLabel) -> String {
        group.name.isEmpty ? words(.noteGroup, ["number": String(group.number)]) : group.name
    }

    /// Which group a note comes from, and what it was carried on from.
    func whence(_ note: ReportedNote) -> [String] {
        (note.group.map { [name($0)] } ?? [])
            + (note.origins.isEmpty ? [] : [words(.noteFrom, ["note": origins(note)])])
    }

    /// The identifiers of what a note was carried on from.
    func origins(_ note: ReportedNote) -> String {
        note.origins.map { origin in
            switch origin {
            case .note(let id): "\(id)"
            case .cluster(let id): "\(id)"
            case .session(let session, .note(let id)): "\(session)/\(id)"
            case .session(let session, .cluster(let id)): "\(session)/\(id)"
            case .item(let id): "\(id)"
            }
        }.joined(separator: " ")
    }

    func name(_ source: Source) -> String {
        switch source {
        case .phone: words(.sourcePhone)
        case .table: words(.sourceTable)
        case .paper: words(.sourcePaper)
        case .imported: words(.sourceImport)
        }
    }

    func name(_ rhythm: Rhythm) -> String {
        switch rhythm {
        case .individual: words(.rhythmIndividual)
        case .group: words(.rhythmGroup)
        case .plenary: words(.rhythmPlenary)
        }
    }

    func name(_ reason: RedactionReason) -> String {
        switch reason {
        case .personal: words(.withheldPersonal)
        case .offensive: words(.withheldOffensive)
        case .offTopic: words(.withheldOffTopic)
        case .duplicate: words(.withheldDuplicate)
        case .other: words(.withheldOther)
        }
    }

    /// What was withheld, each reason with its count, most general first; reasons that do not occur are left out.
    func reasons(_ withheld: Withheld) -> [(name: String, count: Int)] {
        var reasons = [
            (words(.withheldUnrevealed), withheld.unrevealed), (words(.withheldHeld), withheld.held),
        ]
        for reason in RedactionReason.allCases {
            reasons.append((name(reason), withheld.redacted[reason] ?? 0))
        }
        return reasons.filter { $0.1 > 0 }
    }

    /// The paper that most of a column's notes are on: only a note on another one needs to say which. nil without notes.
    func usualPaper(_ column: ReportedColumn) -> Paper? {
        var counts: [Paper: Int] = [:]
        for note in column.loose + column.clusters.flatMap(\.notes) { counts[note.paper, default: 0] += 1 }
        return Paper.allCases.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) }.flatMap {
            counts[$0] == nil ? nil : $0
        }
    }
}

/// One line of text, at most so many characters; an ellipsis marks the cut, at a space where there is one near.
func shortened(_ text: String, to limit: Int) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard line.count > limit else { return line }
    let cut = line.prefix(limit - 1)
    guard let space = cut.lastIndex(of: " "), cut.distance(from: space, to: cut.endIndex) < 16 else {
        return cut + "…"
    }
    return cut[..<space] + "…"
}

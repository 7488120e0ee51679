internal import Workshop

/// One figure of what a target got: a column in the tables of all documents.
enum RoundColumn: Hashable {
    case dots, share, answers, agree, disagree, pass, agreeShare
    /// The mean, the standard deviation, and the lowest and highest number given, on one scale.
    case mean(Scale), spread(Scale), range(Scale)
    case given(Scale, Int)

    /// A scale with what it is called; that of a round on one scale needs no name.
    struct Scale: Hashable {
        var scale: RatingScale
        var name: String
    }

    /// The columns for a kind of vote, most telling first. A long scale has no column for each value, and a matrix neither.
    static func all(of kind: VoteKind) -> [RoundColumn] {
        switch kind {
        case .dots: return [.dots, .share]
        case .stance: return [.agree, .disagree, .pass, .agreeShare]
        case .scale, .matrix:
            let scales = Scale.all(of: kind)
            var columns = scales.flatMap { [RoundColumn.mean($0), .spread($0), .range($0)] } + [.answers]
            if case .scale(let low, let high) = kind, high - low < 7 {
                columns += (low...high).map { .given(scales[0], $0) }
            }
            return columns
        }
    }

    /// Those that say in few words what a target got: what two rounds are compared by.
    static func telling(of kind: VoteKind) -> [RoundColumn] {
        switch kind {
        case .dots: [.dots]
        case .stance: [.agree, .disagree]
        case .scale, .matrix: Scale.all(of: kind).flatMap { [RoundColumn.mean($0), .spread($0)] }
        }
    }

    /// Its heading.
    func heading(_ words: Vocabulary) -> String {
        func named(_ key: Vocabulary.Key, _ scale: Scale, _ values: [String: String] = [:]) -> String {
            let measure = words(key, values)
            return scale.name.isEmpty
                ? measure : words(.tableOfAxis, ["axis": scale.name, "measure": measure])
        }
        return switch self {
        case .dots: words(.tableDots)
        case .share: words(.tableShare)
        case .answers: words(.tableVotes)
        case .agree: words(.stanceAgree)
        case .disagree: words(.stanceDisagree)
        case .pass: words(.stancePass)
        case .agreeShare: words(.tableAgreeShare)
        case .mean(let scale): named(.tableMean, scale)
        case .spread(let scale): named(.tableSpread, scale)
        case .range(let scale): named(.tableRange, scale)
        case .given(let scale, let value): named(.tableGiven, scale, ["value": words.integer(value)])
        }
    }

    /// The figure as people read it; a dash where there is none.
    ///
    /// - Parameters:
    ///   - counts: What one target got.
    ///   - total: All dots of the round, for shares.
    ///   - words: In which words.
    /// - Returns: The figure.
    func text(_ counts: Outcome.Counts, total: Int, _ words: Vocabulary) -> String {
        switch self {
        case .dots: words.integer(counts.total)
        case .share: words.percent(counts.total, of: total)
        case .answers: words.integer(counts.votes)
        case .agree: words.integer(counts.agree)
        case .disagree: words.integer(counts.disagree)
        case .pass: words.integer(counts.pass)
        case .agreeShare: counts.votes == 0 ? "–" : words.percent(counts.agree, of: counts.votes)
        case .mean(let scale): counts.figures(on: scale.scale).map { words.decimal($0.mean) } ?? "–"
        case .spread(let scale): counts.figures(on: scale.scale).map { words.decimal($0.deviation) } ?? "–"
        case .range(let scale): counts.figures(on: scale.scale).map { words.range($0) } ?? "–"
        case .given(let scale, let value): words.integer(counts.count(of: value, on: scale.scale))
        }
    }
}

extension RoundColumn.Scale {
    /// The scales of a kind of vote.
    static func all(of kind: VoteKind) -> [RoundColumn.Scale] {
        kind.scales.map { scale in
            guard case .matrix(let across, let up) = kind else { return Self(scale: scale, name: "") }
            return Self(scale: scale, name: scale.direction == .across ? across.axis.name : up.axis.name)
        }
    }
}

extension Outcome.Counts {
    /// What the numbers on one scale come to; nil without any.
    func figures(on scale: RatingScale) -> RatingFigures? { RatingFigures(scale.counts(in: counts)) }

    /// How many gave a number on one scale.
    func count(of value: Int, on scale: RatingScale) -> Int {
        scale.counts(in: counts).first { $0.value == value }?.count ?? 0
    }
}

extension Vocabulary {
    /// The lowest and the highest number that somebody gave: `2–5`, or `3` when all gave the same.
    func range(_ figures: RatingFigures) -> String {
        figures.lowest == figures.highest
            ? integer(figures.lowest) : "\(integer(figures.lowest))–\(integer(figures.highest))"
    }
}

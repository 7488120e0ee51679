internal import Workshop

/// One figure of what a target got: a column in the tables of all documents.
enum RoundColumn: Hashable {
    case dots, share, answers, agree, disagree, pass, agreeShare, mean, spread
    case given(Int)

    /// The columns for a kind of vote, most telling first. A long scale has no column for each value.
    static func all(of kind: VoteKind) -> [RoundColumn] {
        switch kind {
        case .dots: [.dots, .share]
        case .stance: [.agree, .disagree, .pass, .agreeShare]
        case .scale(let low, let high):
            [.mean, .spread, .answers] + (high - low < 7 ? (low...high).map(RoundColumn.given) : [])
        }
    }

    /// Its heading.
    func heading(_ words: Vocabulary) -> String {
        switch self {
        case .dots: words(.tableDots)
        case .share: words(.tableShare)
        case .answers: words(.tableVotes)
        case .agree: words(.stanceAgree)
        case .disagree: words(.stanceDisagree)
        case .pass: words(.stancePass)
        case .agreeShare: words(.tableAgreeShare)
        case .mean: words(.tableMean)
        case .spread: words(.tableSpread)
        case .given(let value): words(.tableGiven, ["value": words.integer(value)])
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
        case .mean: counts.mean.map(words.decimal) ?? "–"
        case .spread: counts.spread.map(words.decimal) ?? "–"
        case .given(let value): words.integer(counts.count(of: value))
        }
    }
}

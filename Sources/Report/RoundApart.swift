extension ReportedRound {
    /// What was counted beside the personal votes, each with its caption: it is told apart, and never added to them.
    var apart: [(caption: Vocabulary.Key, counts: KeyPath<Outcome, Outcome.Counts>)] {
        var apart: [(Vocabulary.Key, KeyPath<Outcome, Outcome.Counts>)] = []
        if hasHands { apart.append((.captionHands, \.hands)) }
        if hasTables { apart.append((.captionTables, \.tables)) }
        return apart
    }
}

public import Workshop

extension CSVReport {
    /// Writes the moderation log: a row for each act of letting a note in, taking it off, putting it back or erasing it, and
    /// for each person taken out, oldest first.
    ///
    /// Columns: time (ISO 8601, UTC), the note's identifier, what was done, why, the phase it was written in, and how many
    /// notes went with a person. Never a text, never whose note it was, never who was taken out: a log is passed on and
    /// kept, and the console shows the facilitator what was taken off for as long as it is there.
    ///
    /// - Parameters:
    ///   - workshop: The workshop.
    ///   - words: In which words.
    /// - Returns: The file.
    public static func moderation(_ workshop: Workshop, in words: Vocabulary) -> [UInt8] {
        var table = CSVTable()
        let headings: [Vocabulary.Key] = [.csvAt, .csvId, .csvAct, .csvReason, .csvPhase, .csvCount]
        table.row(headings.map { .text(words($0)) })
        for act in workshop.acts {
            guard let what = name(of: act.kind) else { continue }
            let isPerson = act.kind == .participantRemoved || act.kind == .participantErased
            table.row([
                .plain(LocalTime(act.at, offset: 0).iso8601), .plain(isPerson ? "" : act.object ?? ""),
                .text(words(what)), .text(act.reason.map { words(name(of: $0)) } ?? ""),
                .text(act.phase.flatMap { workshop.phases[$0]?.name } ?? ""),
                .plain(act.notes.map(String.init) ?? ""),
            ])
        }
        return table.bytes
    }

    private static func name(of kind: StaffAct.Kind) -> Vocabulary.Key? {
        switch kind {
        case .notePublished: .actPublish
        case .noteRedacted: .actRedact
        case .noteRestored: .actRestore
        case .noteErased: .actErase
        case .participantRemoved: .actRemovePerson
        case .participantErased: .actErasePerson
        case .deviceJoined, .admitted, .turnedAway, .approvalSet, .placesSet, .paceSet, .roundOpened,
            .roundClosed, .roundRevealed, .speakersOpened, .speakersDrawn, .speakersClosed, .speechAdded,
            .speechCalled, .speechFinished, .speechRemoved, .speechMoved, .phaseOpened, .phaseRevealed,
            .phaseConcealed, .inputOpened, .inputClosed, .phaseChanged, .phaseAdded, .phaseRemoved,
            .phaseMoved, .boardAdded, .boardChanged, .boardRemoved, .startPlanned, .titleSet,
            .timerSet, .doorOpened, .doorClosed, .codeChanged, .linkReplaced, .locked, .unlocked,
            .spotlightSet, .ended,
            .retentionSet, .processChanged, .processPublished, .processHidden, .stepOpened, .stepSummarised,
            .sessionRenamed, .sessionDetached, .linkAdded, .linkRevoked, .itemAdded, .itemChanged,
            .itemLinked, .itemMoved, .itemStateSet, .itemPublished, .itemHidden, .itemRemoved, .itemsMerged,
            .itemSplit, .notesCarried, .closingSet, .notesRaised,
            .groupsMixed, .groupAdded, .groupMoved, .groupRenamed:
            nil
        }
    }

    private static func name(of reason: RedactionReason) -> Vocabulary.Key {
        switch reason {
        case .personal: .reasonPersonal
        case .offensive: .reasonOffensive
        case .offTopic: .reasonOffTopic
        case .duplicate: .reasonDuplicate
        case .other: .reasonOther
        }
    }
}

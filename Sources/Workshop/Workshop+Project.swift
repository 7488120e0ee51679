extension Workshop {
    /// What a channel shows under a key now; nil when it shows nothing.
    ///
    /// This alone decides who sees what (protocol rules E1 to E4).
    public func entry(for key: EntryKey, in channel: ChannelName) -> Entry? {
        switch channel {
        case .room: roomEntry(for: key)
        case .own(let reader): ownEntry(for: key, of: reader)
        case .group(let group): groupEntry(for: key, of: group)
        case .staff: staffEntry(for: key)
        case .door:
            switch key {
            case .door: endedAt == nil && process == nil ? doorEntry : nil
            case .group(let id): currentGroup(id).map { .group(entry(for: $0)) }
            default: nil
            }
        }
    }

    private var doorEntry: Entry {
        .door(DoorEntry(code: code, isOpen: isDoorOpen, needsApproval: needsApproval, places: places))
    }

    private func groupEntry(for key: EntryKey, of group: GroupID) -> Entry? {
        switch key {
        case .group(group): return groups[group].map { .group(entry(for: $0)) }
        case .note(let id):
            guard let note = notes[id], note.group == group, isVisibleToGroup(note) else { return nil }
            return .note(NoteEntry(note: note, author: shownAuthor(of: note), group: label(of: note)))
        default: return nil
        }
    }

    private func currentGroup(_ id: GroupID) -> Group? {
        groups[id].flatMap { $0.phase == currentPhaseID ? $0 : nil }
    }

    private func entry(for group: Group) -> GroupEntry {
        let showsNames = phases[group.phase]?.anonymity == Anonymity.none
        let names = group.members.compactMap { participants[$0]?.name }.filter { !$0.isEmpty }
        return GroupEntry(
            label: group.label, phase: group.phase, size: group.members.count, isEmpty: group.notes == 0,
            names: showsNames ? names : nil)
    }

    private func label(of note: Note) -> GroupLabel? { note.group.flatMap { groups[$0]?.label } }

    private func roomEntry(for key: EntryKey) -> Entry? {
        switch key {
        case .session:
            return .session(
                SessionEntry(
                    title: title, language: language, isLocked: isLocked, isEnded: endedAt != nil,
                    paceSeconds: paceSeconds))
        case .retention:
            return .retention(
                RetentionEntry(
                    days: retention.days,
                    eraseAt: endedAt == nil || part?.isKeptWithProcess == true ? nil : retention.eraseAt,
                    erasedNotes: retention.erasedNotes, isWithProcess: part?.isKeptWithProcess ?? false))
        case .phase:
            let position = (runSheet.firstIndex(of: currentPhaseID) ?? 0) + 1
            return .phase(
                PhaseEntry(
                    phase: currentPhase, progress: progress[currentPhaseID] ?? PhaseProgress(),
                    position: position,
                    count: runSheet.count))
        case .board(let id): return boards[id].map { .board($0) }
        case .timer: return timer.map { .timer($0) }
        case .totals:
            let progress = progress[currentPhaseID] ?? PhaseProgress()
            return .totals(
                TotalsEntry(
                    headCount: headCount, notes: progress.notes, writers: progress.writers,
                    withheld: withheld,
                    proxies: progress.proxies))
        case .speakers: return speakersEntry.map { .speakers($0) }
        case .spotlight: return spotlight.flatMap { isShowable($0) ? .spotlight($0) : nil }
        case .note(let id):
            guard let note = notes[id], isVisibleToAll(note) else { return nil }
            return .note(NoteEntry(note: note, author: shownAuthor(of: note), group: label(of: note)))
        case .group(let id):
            guard currentPhase.grouping?.how == .choice, let group = currentGroup(id) else { return nil }
            return .group(entry(for: group))
        case .cluster(let id):
            guard var cluster = clusters[id] else { return nil }
            cluster.notes = cluster.notes.filter { notes[$0].map(isVisibleToAll) ?? false }
            return .cluster(cluster)
        case .round(let id): return roundEntry(id, from: .revealed)
        case .runSheetPhase, .me, .door, .undo, .plan, .participant, .cofacilitator: return nil
        case .process, .step, .processSession, .item, .part: return processEntry(for: key)
        }
    }

    private func ownEntry(for key: EntryKey, of reader: ParticipantID) -> Entry? {
        switch key {
        case .me:
            guard let participant = participants[reader], !participant.isRemoved else { return nil }
            return .me(
                MeEntry(
                    id: reader, role: participant.role, name: participant.name,
                    attendance: participant.attendance,
                    isReady: participant.isReady, isHandRaised: participant.isHandRaised,
                    wait: participant.wait, tableHeads: participant.tableHeads,
                    requests: speakers.requests(of: reader),
                    group: participant.wait == nil ? participant.group : nil))
        case .note(let id):
            guard let note = notes[id], note.author == reader else { return nil }
            return .ownNote(
                OwnNoteEntry(note: note, isVisible: isVisibleToAll(note), group: label(of: note)))
        case .round(let id):
            if let table = tableBallots[id]?[reader] { return .ownTableBallot(table) }
            let ballot = ballot(of: reader, in: id)
            return ballot.isEmpty ? nil : .ownBallot(OwnBallotEntry(ballot: ballot))
        case .session, .retention, .phase, .runSheetPhase, .board, .timer, .totals, .spotlight, .speakers,
            .cluster, .door, .undo, .plan,
            .participant, .group, .process, .step, .processSession, .item, .part, .cofacilitator:
            return nil
        }
    }

    private func staffEntry(for key: EntryKey) -> Entry? {
        switch key {
        case .runSheetPhase(let id):
            guard let phase = phases[id], let index = runSheet.firstIndex(of: id) else { return nil }
            return .runSheetPhase(
                RunSheetEntry(
                    phase: phase, progress: progress[id] ?? PhaseProgress(), position: index + 1,
                    isCurrent: id == currentPhaseID))
        case .undo: return .undo(steps: undo[currentPhase.board]?.count ?? 0)
        case .plan: return plannedStart.map { .plan(startAt: $0) }
        case .participant(let id):
            guard let participant = participants[id], !participant.isRemoved else { return nil }
            return .participant(
                ParticipantEntry(
                    role: participant.role, name: participant.name, attendance: participant.attendance,
                    isHandRaised: participant.isHandRaised, wait: participant.wait,
                    tableHeads: participant.tableHeads, isAway: participant.isAway))
        case .group(let id):
            guard let group = currentGroup(id) else { return nil }
            return .staffGroup(StaffGroupEntry(group: group))
        case .note(let id):
            guard let note = notes[id], note.publication != .published, isOpen(note) else { return nil }
            return .staffNote(StaffNoteEntry(note: note, group: label(of: note)))
        case .round(let id): return rounds[id]?.state == .open ? nil : roundEntry(id, from: .closed)
        case .cofacilitator(let id): return process?.cofacilitators[id].map { .cofacilitator(name: $0.name) }
        case .session, .retention, .phase, .board, .timer, .totals, .spotlight, .speakers, .cluster, .me,
            .door,
            .process, .step, .processSession, .item, .part:
            return nil
        }
    }

    private func roundEntry(_ id: RoundID, from state: RoundState) -> Entry? {
        guard let round = rounds[id] else { return nil }
        let isKnown = round.state == .revealed || round.state == state
        return .round(RoundEntry(round: round, results: isKnown ? results(of: round) : nil))
    }

    private func shownAuthor(of note: Note) -> String? {
        // What was carried on may have been written where no name was to be told.
        guard phases[note.phase]?.anonymity == Anonymity.none, !note.source.isProxy, !note.isCarriedOn,
            let author = participants[note.author], !author.name.isEmpty
        else { return nil }
        return author.name
    }

    /// Every place that can show something: what a channel is built from when a workshop is loaded.
    public var allPlaces: Touched {
        var touched = Touched()
        for key in [EntryKey.session, .retention, .phase, .timer, .totals, .spotlight, .speakers] {
            touched.insert(.room, key)
        }
        for id in boards.ids { touched.insert(.room, .board(id)) }
        for id in runSheet { touched.insert(.staff, .runSheetPhase(id)) }
        touched.insert(.staff, .undo)
        touched.insert(.staff, .plan)
        touched.insert(.door, .door)
        for id in participants.ids {
            touched.insert(.own(id), .me)
            touched.insert(.staff, .participant(id))
            for round in rounds.ids { touched.insert(.own(id), .round(round)) }
        }
        for group in groups.values { touched.insert(group) }
        for note in notes.values { touched.insert(note) }
        for id in clusters.ids { touched.insert(.room, .cluster(id)) }
        for id in rounds.ids { touched.insert(id) }
        for key in placesOfProcess { touched.insert(.room, key) }
        for id in process?.cofacilitators.ids ?? [] { touched.insert(.staff, .cofacilitator(id)) }
        return touched
    }
}

extension Workshop {
    /// Decides which notes go on: from the group to plenary or to the next group, from the author to the group.
    ///
    /// A note of the phase that is open is chosen to go on, and does so when the next phase opens. A note of another phase goes
    /// on at once. Going on makes a copy in the phase that is open, with its origin; it stays its author's.
    func decideRaising(_ command: Command, by actor: Actor, at time: Int64) throws(Refusal) -> [Event] {
        switch command {
        case .raiseNotes(let ids, let isRaised):
            guard case .participant(let asker) = actor, let participant = participants[asker] else {
                throw .notAllowed
            }
            guard !ids.isEmpty, Set(ids).count == ids.count else { throw .invalidValue }
            guard ids.count <= limits.notesPerCommand else { throw .limitReached }
            var chosen: [Note] = []
            for id in ids { chosen.append(try noteToRaise(id, by: participant)) }
            return try raise(chosen, isRaised, at: time)
        case .raisePhase(let phase):
            guard phases[phase] != nil else { throw .notFound }
            let all = notes.values.filter { $0.phase == phase && $0.publication == .published }
            let events = try raise(Array(all.prefix(limits.notesPerCommand)), true, at: time)
            guard !events.isEmpty else { throw .notFound }
            return events
        default: throw .notAllowed
        }
    }

    private func noteToRaise(_ id: NoteID, by participant: Participant) throws(Refusal) -> Note {
        guard let note = notes[id], isKnown(note, to: participant) else { throw .notFound }
        guard note.publication == .published else { throw .notFound }
        if participant.role == .facilitator || note.author == participant.id
            || isOfGroup(note, of: participant)
        {
            return note
        }
        throw .notYours
    }

    /// Whether somebody is, or was, in the group that a note belongs to.
    private func isOfGroup(_ note: Note, of participant: Participant) -> Bool {
        note.group.flatMap { groups[$0] }?.members.contains(participant.id) ?? false
    }

    private func raise(_ chosen: [Note], _ isRaised: Bool, at time: Int64) throws(Refusal) -> [Event] {
        let changed = chosen.filter { $0.isRaised != isRaised }.map(\.id)
        let marks: [Event] = changed.isEmpty ? [] : [.notesRaised(changed, isRaised)]
        let earlier = chosen.filter { $0.phase != currentPhaseID }
        guard !earlier.isEmpty else { return marks }
        guard isRaised else { throw .invalidValue }
        let copies = self.copies(of: earlier, in: currentPhase, groups: groups(of: currentPhaseID), at: time)
        guard Int(notes.nextID.number) + copies.count - 1 <= limits.notes else { throw .limitReached }
        return marks + copies.map { .noteAdded($0) }
    }

    /// What goes on by itself as a phase opens: the notes that were chosen in the phase before.
    ///
    /// - Parameters:
    ///   - phase: The phase that opens.
    ///   - formed: Its groups, as they will be.
    ///   - time: The server's clock.
    /// - Returns: An event for each copy.
    func raising(to phase: Phase, groups formed: [Group], at time: Int64) -> [Event] {
        guard phase.id != currentPhaseID else { return [] }
        let chosen = notes.values.filter {
            $0.phase == currentPhaseID && $0.isRaised && $0.publication == .published
        }
        let room = max(0, limits.notes + 1 - Int(notes.nextID.number))
        return copies(of: chosen, in: phase, groups: formed, at: time).prefix(room).map { .noteAdded($0) }
    }

    /// Copies of those notes that are not there already.
    private func copies(of chosen: [Note], in phase: Phase, groups formed: [Group], at time: Int64) -> [Note]
    {
        guard !chosen.isEmpty else { return [] }
        // What is there, and all it was carried from, by however many steps: a copy is younger than what it is of.
        var there: Set<NoteID> = []
        for note in notes.values.reversed() where note.phase == phase.id || there.contains(note.id) {
            for case .note(let origin) in note.origins { there.insert(origin) }
        }
        var seats: [ParticipantID: GroupID] = [:]
        var heirs: [GroupID: GroupID] = [:]
        for group in formed {
            for id in group.members { seats[id] = group.id }
            for parent in group.parents { heirs[parent] = group.id }
        }
        let columns = boards[phase.board]?.columns ?? []
        var copies: [Note] = []
        for note in chosen
        where !there.contains(note.id) && !(note.board == phase.board && isVisibleToAll(note)) {
            let group =
                phase.grouping == nil ? note.group : note.group.flatMap { heirs[$0] } ?? seats[note.author]
            // Without a group to go to it would be lost to the one it was for.
            if phase.visibility == .group, group == nil { continue }
            let place = columns.first { $0.id == note.column } ?? columns.first
            var copy = Note(
                id: NoteID(notes.nextID.number + UInt32(copies.count)), board: phase.board, phase: phase.id,
                column: place?.id, text: note.text, paper: note.paper, language: note.language,
                source: note.source, author: note.author, ref: 0,
                publication: phase.isModerated ? .held : .published, writtenAt: time)
            copy.origins = [.note(note.id)]
            copy.group = group
            copies.append(copy)
        }
        return copies
    }

    /// A note, what it was carried from and where it was carried on to: what says the same, and is erased with it.
    func lineage(of id: NoteID) -> [NoteID] {
        var root = id
        // A note that was made of several is the end of it: the others are not its own. What a copy is of may have been
        // taken back; its other copies are found all the same.
        while let note = notes[root], note.origins.count == 1, case .note(let origin) = note.origins[0] {
            root = origin
        }
        var found: [NoteID] = [root]
        // A copy is always younger than what it is of.
        for note in notes.values {
            for case .note(let origin) in note.origins
            where found.contains(origin) && !found.contains(note.id) {
                found.append(note.id)
            }
        }
        return found.filter { notes[$0] != nil }
    }

    /// Applies which notes were chosen to go on.
    mutating func applyRaising(_ event: Event, touching touched: inout Touched) {
        guard case .notesRaised(let ids, let isRaised) = event else { return }
        for id in ids {
            guard let note = notes[id], note.isRaised != isRaised else { continue }
            notes.update(id) { $0.isRaised = isRaised }
            touched.insert(note)
            if let group = note.group, note.phase == groups[group]?.phase {
                groups.update(group) { $0.raised += isRaised ? 1 : -1 }
            }
        }
    }
}

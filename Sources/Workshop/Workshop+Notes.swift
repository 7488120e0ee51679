extension Workshop {
    /// Decides what is written, changed and taken away.
    func decideNotes(_ command: Command, by actor: Actor, at time: Int64) throws(Refusal) -> [Event] {
        guard case .participant(let id) = actor, let participant = participants[id] else { throw .notAllowed }
        switch command {
        case .addNote(let text, let column, let paper, let language, let source):
            let note = try newNote(
                text, column: column, paper: paper, language: language, source: source, by: participant,
                at: time)
            return [.noteAdded(note)]
        case .editNote(let noteID, let text):
            try limits.checkNote(text)
            let note = try noteVisible(noteID, to: participant)
            try checkMayEdit(note, participant)
            return [.noteEdited(noteID, text: text)]
        case .withdrawNote(let noteID):
            guard let note = notes[noteID] else { throw .notFound }
            guard note.author == id else { throw isKnown(note, to: participant) ? .notYours : .notFound }
            return [.noteWithdrawn(noteID)]
        case .shareNote(let noteID):
            let note = try noteVisible(noteID, to: participant)
            guard note.author == id else { throw .notYours }
            return [.noteShared(noteID)]
        case .publishNote(let noteID), .restoreNote(let noteID):
            guard let note = notes[noteID], isOpen(note) else { throw .notFound }
            guard note.publication != .published else { throw .invalidValue }
            return [.notePublished(noteID)]
        case .redactNote(let noteID, let reason):
            guard let note = notes[noteID], isOpen(note) else { throw .notFound }
            return [.noteRedacted(noteID, reason)]
        default: throw .notAllowed
        }
    }

    private func newNote(
        _ text: String, column: ColumnID?, paper: Paper?, language: String?, source: Source,
        by participant: Participant, at time: Int64
    ) throws(Refusal) -> Note {
        try limits.checkNote(text)
        let phase = currentPhase
        guard source == .phone || participant.role.isStaff else { throw .notAllowed }
        guard notes.nextID.number <= UInt32(limits.notes) else { throw .limitReached }
        if participant.role == .participant {
            if paceSeconds > 0, time < participant.wroteAt + Int64(paceSeconds) * 1_000 { throw .tooSoon }
            if phase.notesEach > 0, participant.notes[phase.id, default: 0] >= phase.notesEach {
                throw .tooManyNotes
            }
            let all = participant.notes.values.reduce(0, +)
            if all >= limits.notesPerParticipant { throw .tooManyNotes }
        }
        if let language, !isLanguageTag(language) { throw .invalidValue }
        let place = try place(column, on: phase.board)
        // What is written on a table's device is the table's, whoever holds it.
        let source = participant.tableHeads != nil && source == .phone ? Source.table : source
        var note = Note(
            id: notes.nextID, board: phase.board, phase: phase.id, column: place?.id, text: text,
            paper: paper ?? place?.paper ?? .sun, language: language, source: source, author: participant.id,
            ref: 0,
            publication: phase.isModerated && participant.role != .facilitator ? .held : .published,
            writtenAt: time)
        if phase.grouping != nil { note.group = participant.group }
        return note
    }

    /// The column a note goes to; nil on a board without columns.
    func place(_ column: ColumnID?, on board: BoardID) throws(Refusal) -> Column? {
        let columns = boards[board]?.columns ?? []
        guard let column else {
            if columns.isEmpty { return nil }
            throw .invalidValue
        }
        guard let place = columns.first(where: { $0.id == column }) else { throw .invalidValue }
        return place
    }

    /// Whether the phase a note was written in lets anybody but its author know its text.
    func isOpen(_ note: Note) -> Bool {
        phases[note.phase]?.visibility == .everyone || progress[note.phase]?.isRevealed == true
    }

    private func noteVisible(_ id: NoteID, to participant: Participant) throws(Refusal) -> Note {
        guard let note = notes[id], isKnown(note, to: participant) else {
            throw .notFound
        }
        return note
    }

    private func checkMayEdit(_ note: Note, _ participant: Participant) throws(Refusal) {
        let isAuthor = note.author == participant.id
        let acts =
            switch participant.role {
            case .facilitator: Acts([.editOwn, .editAny])
            case .helper: currentPhase.helpers
            case .participant, .screen, .observer: currentPhase.participants
            }
        if isAuthor, acts.contains(.editOwn) || acts.contains(.editAny) { return }
        if acts.contains(.editAny) || note.isShared && acts.contains(.editOwn) { return }
        throw isAuthor ? .wrongPhase : .notYours
    }

    private func isLanguageTag(_ tag: String) -> Bool {
        (2...35).contains(tag.utf8.count)
            && tag.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// Applies what was written, changed and taken away.
    mutating func applyNotes(_ event: Event, touching touched: inout Touched) {
        switch event {
        case .noteAdded(let note):
            notes[note.id] = note
            if paceSeconds > 0, !note.isCarriedOn {
                participants.update(note.author) { $0.wroteAt = note.writtenAt }
            }
            count(note, by: 1)
            touchAll(of: note, &touched)
        case .noteEdited(let id, let text):
            notes.update(id) { $0.text = text }
            if let note = notes[id] { touched.insert(note) }
        case .noteWithdrawn(let id):
            guard let note = notes[id] else { return }
            touchAll(of: note, &touched)
            if let cluster = note.cluster { clusters.update(cluster) { $0.notes.removeAll { $0 == id } } }
            if spotlight == .note(id) {
                spotlight = nil
                touched.insert(.room, .spotlight)
            }
            notes[id] = nil
            part?.goneNotes += 1
            count(note, by: -1)
        case .noteShared(let id):
            notes.update(id) { $0.isShared = true }
            if let note = notes[id] { touched.insert(note) }
        case .notePublished(let id): setPublication(.published, of: id, touching: &touched)
        case .noteRedacted(let id, let reason): setPublication(.redacted(reason), of: id, touching: &touched)
        default: break
        }
    }

    private mutating func setPublication(
        _ publication: Publication, of id: NoteID, touching touched: inout Touched
    ) {
        guard let note = notes[id] else { return }
        withheld += (publication == .published ? 0 : 1) - (note.publication == .published ? 0 : 1)
        notes.update(id) { $0.publication = publication }
        touchAll(of: note, &touched)
        touched.insert(.room, .spotlight)
    }

    private func touchAll(of note: Note, _ touched: inout Touched) {
        touched.insert(note)
        // Whether it has written anything is shown wherever the group is.
        if let group = note.group.flatMap({ groups[$0] }) { touched.insert(group) }
        touched.insert(.room, .totals)
        touched.insert(.staff, .runSheetPhase(note.phase))
    }

    private mutating func count(_ note: Note, by change: Int) {
        if note.publication != .published { withheld += change }
        if let group = note.group, note.phase == groups[group]?.phase {
            groups.update(group) {
                $0.notes += change
                if note.isRaised { $0.raised += change }
            }
        }
        var notesNow = 0
        // A copy that was carried on is nobody's writing.
        let isWritten = !note.isCarriedOn
        if isWritten {
            participants.update(note.author) {
                $0.notes[note.phase, default: 0] += change
                notesNow = $0.notes[note.phase, default: 0]
                if notesNow == 0 { $0.notes[note.phase] = nil }
            }
        }
        let isParticipant = participants[note.author]?.role == .participant
        progress.update(note.phase) {
            $0.notes += change
            // Older snapshots did not count these.
            if note.source.isProxy { $0.proxies = max(0, $0.proxies + change) }
            guard isParticipant, isWritten else { return }
            if change > 0, notesNow == 1 { $0.writers += 1 }
            if change < 0, notesNow == 0 { $0.writers -= 1 }
        }
    }
}

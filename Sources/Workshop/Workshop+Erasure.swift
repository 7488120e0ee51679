extension Workshop {
    /// Decides what is erased for good: from the state at once, and from the journal with the same append (see
    /// ``Event/demandsCompaction``).
    func decideErasure(_ command: Command, by actor: Actor) throws(Refusal) -> [Event] {
        switch command {
        case .eraseNote(let id):
            guard let note = notes[id], isOpen(note) else { throw .notFound }
            // What was carried on says the same, and what it was carried from.
            return lineage(of: id).map { .noteErased($0) }
        case .eraseParticipant(let id):
            guard let participant = participants[id] else { throw .notFound }
            guard participant.role != .facilitator else { throw .notAllowed }
            return erasure(of: id) { .noteErased($0) }
        case .eraseMe:
            guard case .participant(let id) = actor, participants[id] != nil else { throw .notFound }
            return erasure(of: id) { .noteWithdrawn($0) }
        default: throw .notAllowed
        }
    }

    /// Everything that somebody contributed; the device of a table is the table's, with what was written on it. What a helper
    /// typed for others is not theirs, and stays.
    private func erasure(of id: ParticipantID, _ event: (NoteID) -> Event) -> [Event] {
        var events = withdrawnBallots(of: id)
        let isParticipant = participants[id]?.role == .participant
        events += notes.values.filter { $0.author == id && (isParticipant || !$0.source.isProxy) }
            .map { event($0.id) }
        return events + [.participantErased(id)] + promotion(without: id)
    }

    /// Applies what is erased. The identifiers stay given; nothing else remembers what was there.
    mutating func applyErasure(_ event: Event, touching touched: inout Touched) {
        switch event {
        case .noteErased(let id):
            guard notes[id] != nil else { return }
            applyNotes(.noteWithdrawn(id), touching: &touched)
            retention.erasedNotes += 1
            touched.insert(.room, .retention)
        case .participantErased(let id):
            guard let participant = participants[id] else { return }
            applyPeople(.participantRemoved(id), touching: &touched)
            participantBySecret[participant.secret] = nil
            participants[id] = nil
            grants?.removeAll { $0.participant == id }
            touched.insert(.own(id), .me)
            touched.insert(.staff, .participant(id))
        default: break
        }
    }
}

/// A workshop as a session of a process.
extension Workshop {
    /// When the clock has to close a collection; nil when it need not.
    var closingDeadline: Int64? {
        guard let part, !part.isClosed, endedAt == nil else { return nil }
        return part.closesAt
    }

    /// Decides what happens to a session of a process, and who comes by a link of it.
    func decidePart(
        _ command: ProcessCommand, by actor: Actor, at time: Int64
    ) throws(Refusal) -> [Event] {
        switch command {
        case .carry(let texts, let column):
            guard case .participant(let id) = actor else { throw .notAllowed }
            return try carried(texts, to: column, by: id, at: time)
        case .setClosing(let at):
            if let at {
                guard at > time, at - time <= Int64(Limits.collectionDays) * 86_400_000 else {
                    throw .invalidValue
                }
            }
            return [.process(.closingSet(at: at))] + (part?.isClosed == true ? opening(true) : [])
        case .close:
            guard let deadline = closingDeadline, deadline <= time else { throw .noTimer }
            return [.process(.closed)] + opening(false)
        case .joinByLink(let role, let secret, let name, let attendance, let link):
            let joined = try decidePeople(
                .join(role: role, secret: secret, name: name, attendance: attendance), by: .newcomer)
            guard case .joined(let id, _, _, _, _)? = joined.first else { throw .notAllowed }
            return joined + [.process(.cameByLink(id, link))]
        case .checkGrants(let valid):
            let gone = revocations { !valid.contains($0) }
            guard !gone.isEmpty else { throw .notFound }
            return gone
        case .rekey(let new):
            guard !new.allSatisfy({ link in links.contains { $0.secret == link.secret } }) else {
                throw .notFound
            }
            let roles = Set(new.map(\.role))
            let gone = participants.values.filter {
                roles.contains($0.role) && !$0.isRemoved && grant(of: $0.id) == nil
            }
            return new.map { .linkReplaced($0) } + gone.map { .accessRevoked($0.id) }
        case .eraseCopies(let ids):
            let gone = ids.filter { notes[$0]?.copied != nil }
            guard !gone.isEmpty else { throw .notFound }
            // What was carried on from a copy within the session repeats it too.
            var all: [NoteID] = []
            for id in gone.flatMap({ lineage(of: $0) }) where !all.contains(id) { all.append(id) }
            return all.map { .noteErased($0) }
        case .stayWithProcess:
            guard part?.isKeptWithProcess == true, retention.eraseAt.map({ $0 <= time }) == true else {
                throw .noTimer
            }
            // It is looked at again in a week; meanwhile the process may have gone, and takes it along.
            return [.retentionSet(days: retention.days, eraseAt: time + Retention.milliseconds(7))]
        default: throw .notAllowed
        }
    }

    /// Opens or closes the door and the input of the current phase.
    private func opening(_ isOpen: Bool) -> [Event] {
        [.doorSet(isOpen: isOpen), .inputSet(currentPhaseID, isOpen: isOpen)]
    }

    /// Notes of texts that were picked elsewhere, without those that are on the board already.
    private func carried(
        _ texts: [CarriedText], to column: ColumnID?, by author: ParticipantID, at time: Int64
    ) throws(Refusal) -> [Event] {
        // Nothing of what was picked is there, or may be seen.
        guard !texts.isEmpty else { throw .notFound }
        guard texts.count <= Limits.carriedPerCommand else { throw .limitReached }
        let phase = currentPhase
        let place = try place(column, on: phase.board)
        let there = Set(notes.values.filter { $0.board == phase.board }.compactMap(\.origins.first))
        var (added, id): ([Event], NoteID) = ([], notes.nextID)
        for text in texts {
            guard let origin = text.origins.first, !there.contains(origin) else { continue }
            try limits.checkNote(text.text)
            guard id.number <= UInt32(limits.notes) else { throw .limitReached }
            var note = Note(
                id: id, board: phase.board, phase: phase.id, column: place?.id, text: text.text,
                paper: place?.paper ?? .sun, language: text.language, source: .imported, author: author,
                ref: 0,
                publication: .published, writtenAt: time)
            note.origins = text.origins
            added.append(.noteAdded(note))
            id = NoteID(id.number + 1)
        }
        return [.process(.carried(added.count))] + added
    }

    /// Applies what happened to a session of a process, and who came by a link of it.
    mutating func applyPart(_ event: ProcessEvent, touching touched: inout Touched) {
        switch event {
        case .closingSet(let at):
            part?.closesAt = at
            part?.isClosed = false
            touched.insert(.room, .part)
        case .closed:
            part?.isClosed = true
            touched.insert(.room, .part)
        case .cameByLink(let participant, let link):
            grants = (grants ?? []) + [Grant(participant: participant, link: link)]
        case .keptWithProcess(let isKept):
            part?.isKeptWithProcess = isKept
            touched.insert(.room, .retention)
        default: break
        }
    }

    /// What this session tells its process of itself.
    public var report: ProcessSession.Report {
        var report = ProcessSession.Report()
        report.title = title
        report.closesAt = part?.closesAt
        report.room = headCount.room
        report.remote = headCount.remote
        report.notes = notes.count
        var left = Limits.reportedOrigins
        for note in notes.values where !note.origins.isEmpty {
            left -= note.origins.count
            guard left >= 0 else { break }
            report.carried.append(.init(note: note.id, origins: note.origins))
        }
        report.state =
            if endedAt != nil { .ended } else if part?.isClosed == true {
                .closed
            } else if headCount.all > 0
                || notes.count > 0 || part?.kind == .collection
            { .open } else { .planned }
        return report
    }
}

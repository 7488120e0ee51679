internal import Workshop

/// Notes that repeat another session's word for word go with what they repeat, for good: what somebody has erased is to be
/// nowhere, and what they took back is not to stay elsewhere.
struct Copies {
    let shared: Shared

    init(_ shared: Shared) { self.shared = shared }

    /// Erases everything in other sessions that repeats some notes, and what repeats that.
    ///
    /// - Parameters:
    ///   - notes: Notes of that session.
    ///   - part: The session.
    /// - Returns: Whether that is sure; false when somewhere nobody can tell just now.
    func erase(of notes: Set<NoteID>, in part: Part) async -> Bool {
        var seen: Set<SessionID> = []
        return await erase(of: notes, in: part, &seen)
    }

    private func erase(of notes: Set<NoteID>, in part: Part, _ seen: inout Set<SessionID>) async -> Bool {
        guard !notes.isEmpty, seen.insert(part.session).inserted else { return true }
        guard let sessions = await others(than: part) else { return false }
        var isSure = true
        for session in sessions {
            switch await shared.worker(for: session.workshop).look(at: session.workshop) {
            case .unknown: continue
            case .unavailable: isSure = false
            case .there(let workshop):
                let copies = workshop.notes.values.filter { note in
                    note.copied.map { $0.session == part.session && notes.contains($0.note) } ?? false
                }.map(\.id)
                guard !copies.isEmpty, let other = workshop.part else { continue }
                if await !erase(of: Set(copies), in: other, &seen) { isSure = false }
                if await !erase(copies, in: session.workshop) { isSure = false }
            }
        }
        return isSure
    }

    /// Erases copies in one session; false when nobody can tell just now.
    private func erase(_ copies: [NoteID], in id: String) async -> Bool {
        switch await shared.worker(for: id).tick(.process(.eraseCopies(copies)), in: id) {
        case .done, .refused, .unknown: true
        case .unreadable, .unavailable: false
        }
    }

    /// The other sessions of a session's process; none when the process is no more, nil when nobody can tell just now.
    private func others(than part: Part) async -> [ProcessSession]? {
        switch await shared.worker(for: part.process).look(at: part.process) {
        case .there(let process): process.process?.sessions.values.filter { $0.id != part.session } ?? []
        case .unknown: []
        case .unavailable: nil
        }
    }

    /// Erases what repeats notes of a session that are no more. Every other session is looked at: what the process has been told of
    /// them may be older than what they hold.
    ///
    /// - Returns: Whether that is sure; false when somewhere nobody can tell just now.
    func followWithdrawals(in workshop: Workshop) async -> Bool {
        guard let part = workshop.part else { return true }
        guard let sessions = await others(than: part) else { return false }
        var (gone, isSure): (Set<NoteID>, Bool) = ([], true)
        for session in sessions {
            switch await shared.worker(for: session.workshop).look(at: session.workshop) {
            case .unknown: continue
            case .unavailable: isSure = false
            case .there(let other):
                for case let copied? in other.notes.values.map(\.copied)
                where copied.session == part.session && workshop.notes[copied.note] == nil {
                    gone.insert(copied.note)
                }
            }
        }
        return await erase(of: gone, in: part) && isSure
    }

    /// Erases the copies in a session whose originals are no more: one may have gone while it was being carried.
    ///
    /// - Returns: As ``followWithdrawals(in:)``.
    func checkOriginals(of workshop: Workshop) async -> Bool {
        guard let part = workshop.part else { return true }
        guard let sessions = await others(than: part) else { return false }
        let copies = workshop.notes.values.compactMap { note in note.copied.map { (note.id, $0) } }
        var (gone, isSure): ([NoteID], Bool) = ([], true)
        for session in sessions {
            let here = copies.filter { $0.1.session == session.id }
            guard !here.isEmpty else { continue }
            switch await shared.worker(for: session.workshop).look(at: session.workshop) {
            case .there(let original):
                gone += here.filter { original.notes[$0.1.note] == nil }.map(\.0)
            case .unknown: gone += here.map(\.0)
            case .unavailable: isSure = false
            }
        }
        guard !gone.isEmpty else { return isSure }
        if await !erase(of: Set(gone), in: part) { isSure = false }
        return await erase(gone, in: workshop.id) && isSure
    }
}

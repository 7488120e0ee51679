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
        let process: Workshop
        switch await shared.worker(for: part.process).look(at: part.process) {
        case .there(let workshop): process = workshop
        case .unknown: return true
        case .unavailable: return false
        }
        var isSure = true
        for session in process.process?.sessions.values ?? [] where session.id != part.session {
            let worker = shared.worker(for: session.workshop)
            switch await worker.look(at: session.workshop) {
            case .unknown: continue
            case .unavailable: isSure = false
            case .there(let workshop):
                let copies = workshop.notes.values.filter { note in
                    note.copied.map { $0.session == part.session && notes.contains($0.note) } ?? false
                }.map(\.id)
                guard !copies.isEmpty, let other = workshop.part else { continue }
                if await !erase(of: Set(copies), in: other, &seen) { isSure = false }
                switch await worker.tick(.process(.eraseCopies(copies)), in: session.workshop) {
                case .done, .refused, .unknown: break
                case .unreadable, .unavailable: isSure = false
                }
            }
        }
        return isSure
    }

    /// Erases what repeats notes of a session that are no more. Every other session is looked at: what the process has been told of
    /// them may be older than what they hold.
    ///
    /// - Returns: Whether that is sure; false when somewhere nobody can tell just now.
    func followWithdrawals(in workshop: Workshop) async -> Bool {
        guard let part = workshop.part else { return true }
        let process: Workshop
        switch await shared.worker(for: part.process).look(at: part.process) {
        case .there(let there): process = there
        case .unknown: return true
        case .unavailable: return false
        }
        var (gone, isSure): (Set<NoteID>, Bool) = ([], true)
        for session in process.process?.sessions.values ?? [] where session.id != part.session {
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
        let process: Workshop
        switch await shared.worker(for: part.process).look(at: part.process) {
        case .there(let there): process = there
        case .unknown: return true
        case .unavailable: return false
        }
        let copies = workshop.notes.values.compactMap { note in note.copied.map { (note.id, $0) } }
        var (gone, isSure): ([NoteID], Bool) = ([], true)
        for source in Set(copies.map(\.1.session)) {
            guard let session = process.process?.sessions[source] else { continue }
            let here = copies.filter { $0.1.session == source }
            switch await shared.worker(for: session.workshop).look(at: session.workshop) {
            case .there(let original):
                gone += here.filter { original.notes[$0.1.note] == nil }.map(\.0)
            case .unknown: gone += here.map(\.0)
            case .unavailable: isSure = false
            }
        }
        guard !gone.isEmpty else { return isSure }
        if await !erase(of: Set(gone), in: part) { isSure = false }
        switch await shared.worker(for: workshop.id).tick(.process(.eraseCopies(gone)), in: workshop.id) {
        case .done, .refused, .unknown: return isSure
        case .unreadable, .unavailable: return false
        }
    }
}

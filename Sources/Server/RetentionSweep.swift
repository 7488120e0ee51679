internal import Journal
internal import Logging
internal import RoomCore
internal import Workshop

/// Erases workshops whose date has come, now and then, and when the server starts.
///
/// The journal's directory has a key for each workshop's date, in order: a look costs one range of it, however many
/// workshops are stored. Nothing is remembered here, so nothing is lost with the process.
struct RetentionSweep: Sendable {
    let shared: Shared

    func run() async {
        while !Task.isCancelled {
            await sweep()
            try? await Task.sleep(for: .seconds(shared.options.retentionSweepSeconds))
        }
    }

    /// Looks once.
    private func sweep() async {
        let now = shared.options.clock()
        var keys = DirectoryKey.erasures(through: now)
        while !Task.isCancelled {
            let due: [DirectoryEntry]
            do throws(JournalError) { due = try await shared.journal.directory(keys, limit: 100) } catch {
                if error != .closed {
                    shared.log.error("Dates cannot be looked up", metadata: ["error": "\(error)"])
                }
                return
            }
            for entry in due where !Task.isCancelled {
                let begun = ContinuousClock.now
                await carryOut(entry.stream, at: now)
                // An erasure holds the journal's writer for a tenth of a second or two. After a long pause thousands may be
                // due: the workshops that live have most of the time all the same.
                try? await Task.sleep(for: (ContinuousClock.now - begun) * 4)
            }
            // The next key that there can be.
            guard due.count == 100, let last = due.last, last.key + "!" <= keys.upperBound else { return }
            keys = (last.key + "!")...keys.upperBound
        }
    }

    private func carryOut(_ id: String, at now: Int64) async {
        let worker = shared.worker(for: id)
        guard let workshop = await worker.workshop(id) else { return }
        guard workshop.isToBeErased(at: now) else {
            _ = await worker.tick(.postponeErasure, in: id)
            return
        }
        if let part = workshop.part {
            if part.isKeptWithProcess {
                switch await shared.worker(for: part.process).look(at: part.process) {
                case .there:
                    // It is kept as long as its process, which takes it along.
                    _ = await worker.tick(.process(.stayWithProcess), in: id)
                    return
                case .unavailable: return
                case .unknown: break
                }
            }
            guard await ProcessErasure(shared).eraseCopies(of: workshop) else { return }
        }
        if workshop.process != nil {
            let sessions = await ProcessErasure(shared).eraseSessions(of: workshop) { session in
                guard session.part?.isKeptWithProcess == true else { return false }
                return keep(session) ? true : nil
            }
            guard sessions.isSure else { return }
        }
        guard keep(workshop) else { return }
        if case .done = await worker.erase(id, if: { $0.isToBeErased(at: now) }) {
            shared.log.notice("A workshop was erased on its date", metadata: ["workshop": "\(id)"])
            await ProcessErasure(shared).tell(of: workshop)
        }
    }

    /// Keeps a workshop's documents, where they are to be kept; false when that cannot be done.
    private func keep(_ workshop: Workshop) -> Bool {
        guard let folder = shared.options.archiveFolder else { return true }
        do { try Archive(folder: folder).keep(workshop, shared.vocabularies) } catch {
            shared.log.error(
                "A workshop is kept on, since its results cannot be archived",
                metadata: ["workshop": "\(workshop.id)", "error": "\(error)"])
            return false
        }
        return true
    }
}

internal import Logging
internal import Workshop

/// How a process goes with its sessions, and a session from its process.
struct ProcessErasure {
    let shared: Shared

    init(_ shared: Shared) { self.shared = shared }

    /// Erases the sessions of a process that is about to be erased; those that were taken out stay, on their own.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - isToGo: Decides for each; also keeps its documents, where they are to be kept.
    /// - Returns: How many went, and whether none is left that was to go.
    func eraseSessions(
        of process: Workshop, if isToGo: @Sendable (Workshop) -> Bool?
    ) async -> (count: Int, isSure: Bool) {
        var (count, isSure) = (0, true)
        for session in process.process?.shownSessions ?? [] {
            let worker = shared.worker(for: session.workshop)
            switch await worker.look(at: session.workshop) {
            case .unknown: continue
            case .unavailable: isSure = false
            case .there(let workshop):
                switch isToGo(workshop) {
                case false: continue
                case nil: isSure = false
                case true:
                    switch await worker.erase(session.workshop, if: { _ in true }) {
                    case .done: count += 1
                    case .unknown: break
                    case .refused, .unreadable, .unavailable: isSure = false
                    }
                }
            }
        }
        return (count, isSure)
    }

    /// Erases what repeats a session's notes elsewhere.
    func eraseCopies(of workshop: Workshop) async -> Bool {
        guard let part = workshop.part else { return true }
        return await Copies(shared).erase(of: Set(workshop.notes.ids), in: part)
    }

    /// Tells the process of a session that has been erased: its counts stay there, and nothing else.
    func tell(of workshop: Workshop) async {
        guard let part = workshop.part else { return }
        var report = workshop.report
        report.state = .erased
        report.carried = []
        _ = await shared.worker(for: part.process)
            .tick(.process(.report(part.session, report)), in: part.process)
    }
}

extension Workshop {
    /// Whether a secret is the owner's of a process: not that of somebody who leads it together with them.
    func isOwner(_ secret: SecretHash) -> Bool {
        if isOwnersLink(secret) { return true }
        guard let participant = participant(holding: secret) else { return false }
        return participant.role == .facilitator && !participant.isRemoved && grant(of: participant.id) == nil
    }
}

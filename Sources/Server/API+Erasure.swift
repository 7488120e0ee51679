internal import Journal
internal import WebCodec
internal import Wire
internal import Workshop

/// What somebody may ask of what the server holds about them, and how a whole workshop goes (protocol section P).
extension API {
    /// Everything that is held about the device that asks.
    func holdings(_ head: RequestHead, of id: String) async -> Response {
        guard let hash = bearerHash(head),
            let workshop = await shared.worker(for: id).workshop(id),
            let participant = workshop.participant(holding: hash), !participant.isRevoked
        else { return .nobody }
        guard shared.holdingsAtOnce.take() else {
            return .busy(afterSeconds: 2, "Too many ask for this just now")
        }
        defer { shared.holdingsAtOnce.leave() }
        var holdings = Holdings(of: participant.id, in: workshop)
        do throws(JournalError) {
            var last: UInt64 = 0
            while true {
                let page: [Journal::Record]
                do throws(JournalError) {
                    page = try await shared.journal.records(of: id, after: last, limit: JournalLimits.page)
                } catch {
                    // What came before has been replaced by the state, which is told as it is.
                    guard case .purged(let through) = error, through > last else { throw error }
                    last = through
                    continue
                }
                guard let end = page.last?.sequence else { break }
                for record in page {
                    if let decoded = try? RecordCodec.decode(record.bytes) { holdings.take(decoded) }
                }
                last = end
            }
        } catch { return .unavailable }
        var response = Response.json(.ok, holdings.document(at: shared.options.clock()))
        _ = response.fields.append("Content-Disposition", "attachment; filename=\"samskap.json\"")
        return response
    }

    /// Erases the device that asks and all it contributed.
    func eraseMe(_ head: RequestHead, in id: String) async -> Response {
        guard let hash = bearerHash(head) else { return .nobody }
        let worker = shared.worker(for: id)
        if let workshop = await worker.workshop(id), let part = workshop.part,
            let participant = workshop.participant(holding: hash)
        {
            // First what repeats their notes elsewhere, then those: once this is answered, they are nowhere.
            guard await Copies(shared).erase(of: Set(workshop.ownNotes(of: participant.id)), in: part) else {
                return .unavailable
            }
        }
        return response(to: await worker.ask(.eraseMe, byHolderOf: hash, in: id))
    }

    /// Erases a workshop, for its facilitator.
    func eraseWorkshop(_ head: RequestHead, _ id: String) async -> Response {
        guard let hash = bearerHash(head), let workshop = await workshop(id, forFacilitator: head) else {
            return .nobody
        }
        if workshop.process != nil {
            guard workshop.isOwner(hash) else { return .nobody }
            let (count, isSure) = await ProcessErasure(shared).eraseSessions(of: workshop, if: { _ in true })
            guard isSure else { return .unavailable }
            guard case .done = await shared.worker(for: id).erase(id, if: { $0.isOwner(hash) }) else {
                return .unavailable
            }
            return .json(.ok, Array("{\"erased\":true,\"sessions\":\(count)}".utf8))
        }
        guard await ProcessErasure(shared).eraseCopies(of: workshop) else { return .unavailable }
        let asked = await shared.worker(for: id).erase(id) { _ in true }
        if case .done = asked { await ProcessErasure(shared).tell(of: workshop) }
        return response(to: asked)
    }

    private func response(to asked: Asked) -> Response {
        switch asked {
        case .done: .json(.ok, Array("{\"erased\":true}".utf8))
        case .refused, .unknown: .nobody
        case .unreadable, .unavailable: .unavailable
        }
    }
}

extension Response {
    /// Nobody with that secret may ask this here; the same answer whether the workshop exists or not.
    static var nobody: Response {
        error(.unauthorized, code: "not-allowed", message: "Nobody here has this secret")
    }
}

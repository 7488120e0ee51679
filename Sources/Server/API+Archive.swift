internal import WebCodec
internal import Workshop

/// All of a workshop's documents in one file, for the facilitator (protocol section Z).
extension API {
    /// Packs the documents, off the workers: as each of them is made, from a copy of the state.
    func archive(_ head: RequestHead, of id: String) async -> Response {
        guard let workshop = await workshop(id, forFacilitator: head) else { return .noFacilitator }
        guard shared.archivesAtOnce.take() else {
            return .busy(afterSeconds: 1, "Too many archives are being packed just now")
        }
        defer { shared.archivesAtOnce.leave() }
        let sessions = await packagedSessions(of: workshop)
        guard let bytes = shared.vocabularies.archive(of: workshop, with: sessions) else {
            return .error(.notFound, code: "not-found", message: "No such document")
        }
        return Vocabularies.file(bytes, "application/zip", "archive.zip")
    }

    /// The sessions of a process that are there, as they are now; an erased one has left its counts in the process' own documents.
    private func packagedSessions(of workshop: Workshop) async -> [PackagedSession] {
        var found: [PackagedSession] = []
        for session in workshop.process?.sessions.values ?? [] where session.report.state != .erased {
            guard let own = await shared.worker(for: session.workshop).workshop(session.workshop) else {
                continue
            }
            found.append(PackagedSession(id: session.id, workshop: own))
        }
        return found
    }
}

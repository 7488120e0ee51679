internal import Digests
internal import Journal
internal import RoomCore
internal import WebCodec
internal import Wire
internal import Workshop

/// Processes: how one begins, its sessions, and what everybody and its staff may read of it (protocol section Q).
extension API {
    /// Finds the answer to a request below `/api/processes`.
    func answerProcess(_ head: RequestHead, _ segments: [String], body: [UInt8]) -> Answer {
        if segments.isEmpty {
            guard head.method == .post else { return .now(.methodNotAllowed([.post])) }
            return .later { await createProcess(head, body: body) }
        }
        guard head.method == .get || head.method == .head else {
            return .now(.methodNotAllowed([.get, .head]))
        }
        let id = segments[0]
        switch (segments.count, segments.dropFirst().first) {
        case (2, "public"): return .later { await publicPage(of: id) }
        case (3, "material"): return .later { await material(head, of: id, segments[2]) }
        case (3, "trace"): return .later { await trace(head, in: id, item: segments[2]) }
        case (4, "trace"):
            return .later { await trace(head, in: id, session: segments[2], note: segments[3]) }
        case (2, let name?): return .later { await processResults(head, of: id, named: name) }
        default: return .now(.notFound)
        }
    }

    private func createProcess(_ head: RequestHead, body: [UInt8]) async -> Response {
        guard mayCreate(head) else { return .noStartSecret }
        let request: ProcessRequest
        do throws(CreationRequest.Failure) {
            request = try ProcessRequest(body, keepDays: shared.options.keepDays)
        } catch { return .error(.badRequest, code: error.code, message: error.message) }
        let links = Links.make()
        // Nobody writes in a process itself. One board and one phase are there, since every workshop has them.
        let creation = Creation(
            id: Self.newID(), title: request.title, language: request.language, code: "",
            links: links.hashes.filter { $0.role != .screen },
            boards: [Board(id: BoardID(1), name: request.title, structure: .list)],
            phases: [Phase(id: PhaseID(1), name: request.title, board: BoardID(1))],
            keepDays: request.keepDays, process: request.brief)
        switch await store(creation) {
        case .stored: return .json(.created, created(creation.id, nil, links))
        case .refused(let refusal): return .brokenLimit(refusal)
        case .isThere, .unavailable: return .unavailable
        }
    }

    /// Makes a session: first its place in the process, then its workshop. So one that was asked for twice, or whose answer was
    /// lost, is made once; and there is never a workshop that no process knows.
    func createSession(_ session: SessionRequest, _ head: RequestHead, body: [UInt8]) async -> Response {
        guard let secret = bearer(head), let hash = bearerHash(head),
            let workshop = await shared.worker(for: session.process).workshop(session.process),
            let process = workshop.process, workshop.isFacilitator(hash)
        else { return .noFacilitator }
        let request: CreationRequest
        do throws(CreationRequest.Failure) {
            request = try CreationRequest(
                body, templates: shared.templates, keepDays: workshop.retention.days)
        } catch { return .error(.badRequest, code: error.code, message: error.message) }
        let maker = process.maker(by: hash, in: workshop)
        var creation = Creation(
            id: Self.newID(), title: request.title, language: request.language, code: "KRTMPX", links: [],
            boards: request.boards, phases: request.phases, clusters: request.clusters,
            keepDays: workshop.retention.days,
            part: Part(
                process: session.process, session: SessionID(1), step: session.step, kind: session.kind))
        // What can never become a workshop gets no place.
        do throws(Refusal) { _ = try Workshop.begin(creation, at: shared.options.clock()) } catch {
            return .brokenLimit(error)
        }
        let key = session.request ?? Base64URL.encode(SecureRandom.bytes(12))
        let place: ProcessSession
        switch await attach(session, key, as: maker, title: request.title, workshop: creation.id) {
        case .success(let found): place = found
        case .failure(let failure): return failure.response
        }
        let links =
            maker == .device
            ? Links.make()
            : Links(facilitator: secret).links(ofSession: place.id)
        creation.id = place.workshop
        creation.links = links.hashes
        creation.part = Part(
            process: session.process, session: place.id, step: place.step, kind: place.kind,
            closesAt: session.closesAt)
        switch await store(creation) {
        case .stored(let code):
            return .json(.created, created(place.workshop, code, links, session: place.id))
        case .isThere:
            guard let child = await shared.worker(for: place.workshop).workshop(place.workshop) else {
                return .unavailable
            }
            let shown =
                SecretHash(SHA256.hash(links.facilitator)).map { child.role(ofLink: $0) } == .facilitator
            return .json(
                .ok, created(place.workshop, child.code, shown ? links : nil, session: place.id))
        case .refused(let refusal): return .brokenLimit(refusal)
        case .unavailable: return .unavailable
        }
    }

    private struct NoPlace: Error {
        var response: Response
    }

    /// The place that a session has, or gets, in its process.
    private func attach(
        _ session: SessionRequest, _ key: String, as maker: ProcessSession.Maker, title: String,
        workshop: String
    ) async -> Result<ProcessSession, NoPlace> {
        let worker = shared.worker(for: session.process)
        let asked = await worker.tick(
            .process(
                .attachSession(
                    step: session.step, kind: session.kind, title: title, workshop: workshop, request: key,
                    maker: maker)), in: session.process)
        // Refused when there is one of that key: then that is the place.
        let process = await worker.workshop(session.process)?.process
        if let place = process?.sessions.values.first(where: { $0.request == key }) {
            guard place.report.state != .erased else {
                return .failure(
                    NoPlace(response: .error(.notFound, code: "not-found", message: "It has been erased")))
            }
            return .success(place)
        }
        switch asked {
        case .refused(let refusal):
            return .failure(
                NoPlace(
                    response: .error(
                        .badRequest, code: refusal.rawValue, message: "The process takes no more sessions")))
        case .done, .unknown, .unreadable, .unavailable: return .failure(NoPlace(response: .unavailable))
        }
    }

    /// A process as it is durable, when its staff asks.
    func process(_ id: String, forStaff head: RequestHead) async -> (Workshop, Process)? {
        guard let workshop = await workshop(id, forStaff: head), let process = workshop.process else {
            return nil
        }
        return (workshop, process)
    }

    /// What anybody may read: the same answer for a process that is not published, for another workshop, and for none.
    private func publicPage(of id: String) async -> Response {
        guard let workshop = await shared.worker(for: id).workshop(id),
            let page = ProcessPage(of: workshop)
        else { return .notFound }
        return .json(.ok, page.document)
    }

    /// What can be picked from a session.
    private func material(_ head: RequestHead, of id: String, _ session: String) async -> Response {
        guard let (_, process) = await process(id, forStaff: head) else { return .noStaff }
        guard let session = SessionID(session).flatMap({ process.sessions[$0] }) else { return .notFound }
        let looked = await shared.worker(for: session.workshop).look(at: session.workshop)
        return .json(.ok, Material(session: session.id, looked: looked).document)
    }

    private func trace(_ head: RequestHead, in id: String, item text: String) async -> Response {
        guard let (_, process) = await process(id, forStaff: head) else { return .noStaff }
        guard let item = ItemID(text).flatMap({ process.item($0) }) else { return .notFound }
        return .json(.ok, await Trace(of: item.id, in: process, shared).document)
    }

    private func trace(
        _ head: RequestHead, in id: String, session: String, note: String
    ) async -> Response {
        guard let (_, process) = await process(id, forStaff: head) else { return .noStaff }
        guard let session = SessionID(session), process.sessions[session] != nil, let note = NoteID(note)
        else {
            return .notFound
        }
        return .json(.ok, await Trace(of: note, of: session, in: process, shared).document)
    }

    /// What became of one device's own notes; nothing about anybody else's.
    func ownTrace(_ head: RequestHead, in id: String) async -> Response {
        guard let hash = bearerHash(head), let workshop = await shared.worker(for: id).workshop(id),
            let participant = workshop.participant(holding: hash), !participant.isRevoked
        else { return .nobody }
        guard let part = workshop.part else { return .notFound }
        guard shared.tracesAtOnce.take() else {
            return .busy(afterSeconds: 1, "Too many ask for this just now")
        }
        defer { shared.tracesAtOnce.leave() }
        switch await shared.worker(for: part.process).look(at: part.process) {
        case .unavailable: return .unavailable
        case .unknown: return .notFound
        case .there(let process):
            guard let trace = OwnTrace(of: participant.id, in: workshop, process) else { return .notFound }
            return .json(.ok, trace.document)
        }
    }

    /// The whole process, or one step of it, as a document.
    private func processResults(_ head: RequestHead, of id: String, named name: String) async -> Response {
        guard let (workshop, _) = await process(id, forStaff: head) else { return .noStaff }
        var step: Int?
        if let text = head.target.queryValue("step") {
            guard let number = Int(text), Process.steps.contains(number) else {
                return .error(.badRequest, code: "invalid-value", message: "step: 1 to 5")
            }
            step = number
        }
        return shared.vocabularies.document(named: name, ofProcess: workshop, step: step) ?? .notFound
    }
}

extension Process {
    /// Who makes a session, by the secret that was shown.
    fileprivate func maker(by secret: SecretHash, in workshop: Workshop) -> ProcessSession.Maker {
        if let link = cofacilitators.ids.first(where: { cofacilitators[$0]?.secret == secret }) {
            return .cofacilitator(link)
        }
        return workshop.role(ofLink: secret) == .facilitator ? .owner : .device
    }
}

extension Response {
    /// There is no such thing, or it is not for everybody: answered alike.
    static var notFound: Response { error(.notFound, code: "not-found", message: "No such resource") }
}

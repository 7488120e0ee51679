internal import Digests
internal import EventLoop
internal import Journal
internal import QRCode
internal import Report
internal import RoomCore
internal import WebCodec
internal import Wire
internal import Workshop

/// What is not live: creating workshops, what stands behind a door, and results (protocol section A).
struct API: Sendable {
    let shared: Shared

    /// Finds the answer to a request below `/api/`.
    func answer(_ head: RequestHead, path: String, body: [UInt8]) -> Answer {
        let segments = path.split(separator: "/").dropFirst().map(String.init)
        switch (segments.first, segments.count) {
        case ("workshops", 1):
            guard head.method == .post else { return .now(.methodNotAllowed([.post])) }
            return .later { await create(head, body: body) }
        case ("processes", _): return answerProcess(head, Array(segments.dropFirst()), body: body)
        case ("workshops", 4) where segments[2] == "me" && segments[3] == "trace":
            guard head.method == .get || head.method == .head else {
                return .now(.methodNotAllowed([.get, .head]))
            }
            return .later { await ownTrace(head, in: segments[1]) }
        case ("templates", 1):
            guard head.method == .get || head.method == .head else {
                return .now(.methodNotAllowed([.get, .head]))
            }
            return .now(.json(.ok, shared.templates.listing))
        case ("doors", 2):
            guard head.method == .get || head.method == .head else {
                return .now(.methodNotAllowed([.get, .head]))
            }
            return .later { await door(segments[1], proof: head.fields["samskap-proof"]) }
        case ("workshops", 2):
            guard head.method == .delete else { return .now(.methodNotAllowed([.delete])) }
            return .later { await eraseWorkshop(head, segments[1]) }
        case ("workshops", 3) where segments[2] == "me":
            switch head.method {
            case .get, .head: return .later { await holdings(head, of: segments[1]) }
            case .delete: return .later { await eraseMe(head, in: segments[1]) }
            default: return .now(.methodNotAllowed([.get, .head, .delete]))
            }
        case ("templates", 2) where segments[1] == "check":
            guard head.method == .post else { return .now(.methodNotAllowed([.post])) }
            return .now(check(body, by: head))
        case ("workshops", 4) where segments[2] == "template" && segments[3] == "check":
            guard head.method == .post else { return .now(.methodNotAllowed([.post])) }
            return .later { await check(body, by: head, of: segments[1]) }
        case ("workshops", 3):
            guard head.method == .get || head.method == .head else {
                return .now(.methodNotAllowed([.get, .head]))
            }
            switch segments[2] {
            case "moderation.csv", "audit.jsonl":
                return .later { await records(head, of: segments[1], named: segments[2]) }
            case "template.json": return .later { await template(head, of: segments[1]) }
            case "archive.zip": return .later { await archive(head, of: segments[1]) }
            case "replay": return .later { await replay(head, of: segments[1]) }
            case "proposal": return .later { await proposal(head, for: segments[1]) }
            default: return .later { await results(head, of: segments[1], named: segments[2]) }
            }
        default: return .now(.error(.notFound, code: "not-found", message: "No such resource"))
        }
    }

    // MARK: Creating

    private func create(_ head: RequestHead, body: [UInt8]) async -> Response {
        do throws(CreationRequest.Failure) {
            if let session = try SessionRequest(body, at: shared.options.clock()) {
                return await createSession(session, head, body: body)
            }
        } catch { return .error(.badRequest, code: error.code, message: error.message) }
        guard mayCreate(head) else { return .noStartSecret }
        let request: CreationRequest
        do throws(CreationRequest.Failure) {
            request = try CreationRequest(
                body, templates: shared.templates, keepDays: shared.options.keepDays)
        } catch { return .faulty(error) }
        let links = Links.make()
        let creation = Creation(
            id: Self.newID(), title: request.title, language: request.language, code: "",
            links: links.hashes, boards: request.boards, phases: request.phases, clusters: request.clusters,
            keepDays: request.keepDays)
        switch await store(creation) {
        case .stored(let code): return .json(.created, created(creation.id, code, links))
        case .refused(let refusal): return .brokenLimit(refusal)
        case .isThere, .unavailable: return .unavailable
        }
    }

    /// Whether who asks knows the start link's secret.
    func mayCreate(_ head: RequestHead) -> Bool {
        guard let secret = bearer(head) else { return false }
        return constantTimeEqual(secret, shared.options.startSecret)
    }

    /// 72 bits name a workshop; what protects it are the links and the code.
    static func newID() -> String { "w" + Base64URL.encode(SecureRandom.bytes(9)) }

    /// What came of storing a new workshop.
    enum Stored {
        case stored(code: String)
        case refused(Refusal)
        /// There is one of that identifier.
        case isThere
        case unavailable
    }

    /// Stores a new workshop under a code that nobody else has; a process, which nobody joins by a code, without one.
    func store(_ creation: Creation) async -> Stored {
        var creation = creation
        for _ in 0..<20 {
            creation.code = creation.process == nil ? JoinCode.make() : ""
            let record: Workshop::Record
            do throws(Refusal) {
                record = try Workshop.begin(creation, at: shared.options.clock())
            } catch { return .refused(error) }
            var workshop = Workshop()
            workshop.apply(record)
            let code: [DirectoryChange] =
                creation.code.isEmpty ? [] : [.put(key: DirectoryKey.code(creation.code))]
            let first = Append(
                stream: creation.id, expected: 0, records: [RecordCodec.encode(record)],
                directory: code
                    + DirectoryKey.changes(from: nil, to: workshop.retention.eraseAt, of: creation.id))
            do throws(JournalError) {
                _ = try await shared.journal.create(first, epoch: Hex.encode(SecureRandom.bytes(8)))
                return .stored(code: creation.code)
            } catch {
                if case .directoryTaken = error { continue }
                if case .conflict = error { return .isThere }
                if error.consequence == .stop { shared.fail(error) }
                return .unavailable
            }
        }
        return .unavailable
    }

    /// The answer that shows a new workshop's links, this once.
    func created(_ id: String, _ code: String?, _ links: Links?, session: SessionID? = nil) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("workshop", id)
            if let code { json.member("code", code) }
            if let session { json.member("session", session.description) }
            guard let links else { return }
            let roles: [Role] =
                code == nil
                ? [.facilitator, .helper, .observer] : [.facilitator, .helper, .screen, .observer]
            json.member("links") { json in
                json.object { json in
                    for role in roles {
                        if let secret = links.secret(for: role) {
                            json.member(role.rawValue, Base64URL.encode(secret))
                        }
                    }
                }
            }
        }
        return json.bytes
    }

    // MARK: Doors

    private func door(_ text: String, proof: String?) async -> Response {
        let arrived = MonotonicClock.nowMilliseconds()
        guard let code = JoinCode.plain(text) else { return await unknownCode(.uncounted, since: arrived) }
        let ticket: Doorkeeper.Ticket
        switch shared.door.judge(code: code, proof: proof) {
        case .look(let given): ticket = given
        case .work(let challenge): return .busy(afterSeconds: 10, orWork: challenge)
        }
        guard let id = try? await shared.journal.lookUp(DirectoryKey.code(code)),
            let workshop = await shared.worker(for: id).workshop(id), workshop.code == code,
            workshop.isDoorOpen
        else { return await unknownCode(ticket, since: arrived) }
        var json = JSONWriter()
        json.object { json in
            json.member("workshop", id)
            json.member("title", workshop.title)
            json.member("language", workshop.language)
            json.member("anonymity", workshop.currentPhase.anonymity.rawValue)
            json.member("visibility", workshop.currentPhase.visibility.rawValue)
            json.member("keepDays", workshop.retention.days)
        }
        return .json(.ok, json.bytes)
    }

    /// Wrong and closed alike, after the same time (rule H5).
    private func unknownCode(_ ticket: Doorkeeper.Ticket, since arrived: Int64) async -> Response {
        shared.door.failed(ticket)
        let wait = Doorkeeper.answerTime(arrived) - MonotonicClock.nowMilliseconds()
        try? await Task.sleep(for: .milliseconds(wait))
        return .error(.notFound, code: "unknown-code", message: "No open door has this code")
    }

    /// A code as a QR code, for the room screen: `/qr/KRTMPX.svg`. It tells nothing that the address does not.
    func qrCode(_ head: RequestHead, path: String) -> Answer {
        let name = path.dropFirst("/qr/".count)
        guard name.hasSuffix(".svg"), let code = JoinCode.plain(String(name.dropLast(4))),
            let host = head.authority,
            let matrix = try? QRMatrix("\(shared.tls == nil ? "http" : "https")://\(host)/j/\(code)")
        else { return .now(.error(.notFound, code: "not-found", message: "No such code")) }
        return .now(
            Response(
                .ok, ["Content-Type": "image/svg+xml; charset=utf-8", "Cache-Control": "max-age=3600"],
                body: Array(matrix.svg().utf8)))
    }

    // MARK: Results

    private func results(_ head: RequestHead, of id: String, named name: String) async -> Response {
        guard let workshop = await workshop(id, forStaff: head) else { return .noStaff }
        return shared.vocabularies.document(named: name, of: workshop)
            ?? .error(.notFound, code: "not-found", message: "No such document")
    }

    /// What staff did, for the facilitator.
    private func records(_ head: RequestHead, of id: String, named name: String) async -> Response {
        guard let workshop = await workshop(id, forFacilitator: head) else { return .noFacilitator }
        if name == "audit.jsonl" {
            let trail = AuditTrail.document(of: workshop, hash: SHA256.hash)
            return Vocabularies.file(trail, "application/jsonl; charset=utf-8", name)
        }
        return shared.vocabularies.document(named: name, of: workshop)
            ?? .error(.notFound, code: "not-found", message: "No such document")
    }

    /// A workshop as it is durable, when a facilitator of it asks.
    func workshop(_ id: String, forFacilitator head: RequestHead) async -> Workshop? {
        guard let hash = bearerHash(head), let workshop = await shared.worker(for: id).workshop(id) else {
            return nil
        }
        if workshop.isFacilitator(hash) { return workshop }
        return await roleByProcess(hash, workshop) == .facilitator ? workshop : nil
    }

    /// A workshop as it is durable, when a facilitator or helper of it asks.
    func workshop(_ id: String, forStaff head: RequestHead) async -> Workshop? {
        guard let hash = bearerHash(head), let workshop = await shared.worker(for: id).workshop(id) else {
            return nil
        }
        if workshop.isStaff(hash) { return workshop }
        return await roleByProcess(hash, workshop) == nil ? nil : workshop
    }

    /// What a secret gives as a link of the process that a workshop is part of.
    private func roleByProcess(_ secret: SecretHash, _ workshop: Workshop) async -> Role? {
        guard let part = workshop.part else { return nil }
        return await Ties(shared).role(ofLink: secret, in: part)
    }

    /// The hash of the secret that proves who asks.
    func bearerHash(_ head: RequestHead) -> SecretHash? {
        bearer(head).flatMap { SecretHash(SHA256.hash($0)) }
    }

    /// The secret that proves who asks.
    func bearer(_ head: RequestHead) -> [UInt8]? {
        guard let value = head.fields["authorization"], value.hasPrefix("Bearer ") else { return nil }
        return Base64URL.decode(String(value.dropFirst(7)))
    }
}

extension Workshop {
    /// Whether a secret is a facilitator's or a helper's: the link's, or that of a device that came in by it.
    func isStaff(_ secret: SecretHash) -> Bool {
        role(ofLink: secret)?.isStaff ?? false
            || participant(holding: secret).map { $0.role.isStaff && !$0.isRemoved } ?? false
    }

    /// Whether a secret is a facilitator's: the link's, or that of a device that came in by it.
    func isFacilitator(_ secret: SecretHash) -> Bool {
        role(ofLink: secret) == .facilitator
            || participant(holding: secret).map { $0.role == .facilitator && !$0.isRemoved } ?? false
    }
}

extension Response {
    /// An error as JSON: a stable code for programs, a sentence for people who write them.
    static func error(_ status: Status, code: String, message: String) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("error", code)
            json.member("message", message)
        }
        return .json(status, json.bytes)
    }

    /// The method is not for this resource (RFC 9110 §15.5.6).
    static func methodNotAllowed(_ allowed: [HTTPMethod]) -> Response {
        var response = error(.methodNotAllowed, code: "method-not-allowed", message: "Not with this method")
        _ = response.fields.append("Allow", allowed.map(\.description).joined(separator: ", "))
        return response
    }

    /// Who asks is not a facilitator here, or there is no such workshop: answered alike.
    static var noFacilitator: Response {
        error(.unauthorized, code: "not-allowed", message: "A facilitator's secret is needed")
    }

    /// Who asks is neither facilitator nor helper here, or there is no such workshop: answered alike.
    static var noStaff: Response {
        error(.unauthorized, code: "not-allowed", message: "A facilitator's or helper's secret is needed")
    }

    /// Who asks does not know the start link's secret.
    static var noStartSecret: Response {
        error(
            .unauthorized, code: "not-allowed",
            message: "The start link's secret is needed to create a workshop")
    }

    /// What was asked for breaks a limit.
    static func brokenLimit(_ refusal: Refusal) -> Response {
        error(.badRequest, code: refusal.rawValue, message: "The definition breaks a limit")
    }

    /// The journal cannot store just now.
    static var unavailable: Response {
        var response = error(
            .serviceUnavailable, code: "unavailable", message: "The server cannot store just now")
        _ = response.fields.append("Retry-After", "5")
        return response
    }

    /// Too many wrong codes, over the whole server: wait, or work.
    static func busy(afterSeconds seconds: Int, orWork challenge: DoorChallenge) -> Response {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("error", "busy")
            json.member("message", "Too many wrong codes just now")
            challenge.write(to: &json)
        }
        var response = Response.json(.tooManyRequests, json.bytes)
        _ = response.fields.append("Retry-After", String(seconds))
        return response
    }

    /// Too many at the same time, over the whole server.
    static func busy(afterSeconds seconds: Int, _ message: String) -> Response {
        var response = error(.tooManyRequests, code: "busy", message: message)
        _ = response.fields.append("Retry-After", String(seconds))
        return response
    }
}

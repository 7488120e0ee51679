internal import Digests
internal import EventLoop
internal import Site
internal import Synchronization
internal import WebCodec
internal import Wire

/// An answer that is there, or the work that makes one.
enum Answer {
    case now(Response)
    case later(@Sendable () async -> Response)
}

/// A handshake that was accepted: the bytes to send, and what speaks from then on.
struct Upgrade {
    var response: [UInt8]
    var stage: WebSocketStage
}

extension WorkerCore {
    /// Whether a path takes WebSockets and nothing else.
    func isWebSocketPath(_ path: String) -> Bool { shared.options.mode == .workshops && path == "/ws" }

    /// Answers a handshake.
    func upgrade(_ head: RequestHead, of connection: Connection) -> Result<Upgrade, HandshakeRefusal> {
        let policy = shared.webSocketPolicy
        do throws(HandshakeRefusal) {
            let accepted = try WebSocketHandshake.validate(head, policy: policy)
            let application: any WebSocketApplication
            var limit = 64 << 10
            switch shared.options.mode {
            case .echo:
                application = EchoApplication()
                limit = 16 << 20
            case .relay: application = RelayApplication(relay(head.target.path))
            case .workshops:
                guard isWebSocketPath(head.target.path) else { throw .upgradeMissing }
                guard accepted.subprotocol != nil else { throw .badSubprotocols }
                application = Member()
                limit = WireLimits.messageByteCount
            }
            let stage = WebSocketStage(
                application: application, messageByteCountLimit: limit,
                compression: accepted.deflate.map(CompressionTerms.init))
            return .success(
                Upgrade(
                    response: WebSocketHandshake.response(to: accepted, sha1: SHA1.hash).encoded(),
                    stage: stage))
        } catch { return .failure(error) }
    }

    /// Adds to a head what every answer has.
    func complete(_ head: ResponseHead) -> [UInt8] {
        var head = head
        _ = head.fields.append("Date", shared.date.current())
        for (name, value) in shared.securityFields { _ = head.fields.append(name, value) }
        return head.encoded()
    }

    /// Turns an answer into bytes.
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - head: The request; nil when it could not be read.
    ///   - isLast: Whether the connection ends after it.
    /// - Returns: Head and body.
    func encode(_ response: Response, to head: RequestHead?, isLast: Bool) -> [UInt8] {
        var fields = response.fields
        if response.status != .notModified {
            _ = fields.append("Content-Length", String(response.body.count))
        }
        _ = fields.append("Date", shared.date.current())
        if isLast { _ = fields.append("Connection", "close") }
        let security =
            response.styleHash.map { SecurityHeaders.fields(isSecure: shared.tls != nil, styleHash: $0) }
            ?? shared.securityFields
        for (name, value) in security { _ = fields.append(name, value) }
        var bytes = ResponseHead(response.status, fields).encoded()
        if head?.method != .head, response.status != .notModified { bytes.append(contentsOf: response.body) }
        return bytes
    }

    /// Finds the answer to a request that is not a handshake.
    func route(_ head: RequestHead, body: [UInt8]) -> Answer {
        let path = head.target.path
        switch path {
        case "/healthz": return only([.get, .head], head) { .now(.text(.ok, "ok")) }
        case "/readyz":
            return only([.get, .head], head) {
                if isDraining { return .now(.text(.serviceUnavailable, "draining")) }
                guard shared.canStore.load(ordering: .relaxed) else {
                    return .now(.text(.serviceUnavailable, "unable to store"))
                }
                return .now(.text(.ok, "ready"))
            }
        default: break
        }
        guard shared.options.mode == .workshops else {
            return .now(.error(.notFound, code: "not-found", message: "No such page"))
        }
        if path.hasPrefix("/api/") { return API(shared: shared).answer(head, path: path, body: body) }
        if path.hasPrefix("/qr/") {
            return only([.get, .head], head) { API(shared: shared).qrCode(head, path: path) }
        }
        guard let site = shared.site, let file = site.file(at: path) else {
            return .now(.error(.notFound, code: "not-found", message: "No such page"))
        }
        return only([.get, .head], head) {
            let (status, fields, body) = site.answer(to: head, with: file)
            return .now(Response(status, fields, body: body))
        }
    }

    private func only(_ methods: [HTTPMethod], _ head: RequestHead, _ answer: () -> Answer) -> Answer {
        guard methods.contains(head.method) else { return .now(.methodNotAllowed(methods)) }
        return answer()
    }
}

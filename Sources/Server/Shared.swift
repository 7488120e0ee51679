internal import Journal
internal import Logging
internal import Site
internal import Synchronization
internal import TLS
internal import WebCodec

/// What all workers share: immutable, or guarded.
final class Shared: Sendable {
    let options: ServerOptions
    let journal: any Journal
    let log: Logger
    let site: Site?
    let templates: Templates
    let vocabularies: Vocabularies
    let tls: TLSContext?
    let door: Doorkeeper
    let liveCodes = LiveCodes()
    let workerCount: Int
    let date = DateField()
    let securityFields: [(name: String, value: String)]

    /// Whether the last append could be stored; false while the disk is full, so that `/readyz` says so.
    let canStore = Atomic<Bool>(true)

    /// For answers about what is held; each reads a workshop's whole log.
    let holdingsAtOnce = ConcurrencyLimit(4)
    /// For answers about what became of somebody's notes; each looks through a whole process.
    let tracesAtOnce = ConcurrencyLimit(8)
    /// For proposals of clusters; each takes a processor for a fraction of a second.
    let proposalsAtOnce = ConcurrencyLimit(2)
    /// For archive packages; each takes a processor for some tenths of a second when the workshop is large.
    let archivesAtOnce = ConcurrencyLimit(2)

    /// For histories gone through again; each works its way through a workshop's whole log.
    let replaysAtOnce = ConcurrencyLimit(2)

    private let workers = Mutex<[Worker]>([])
    private let connectionCounter = Atomic<UInt64>(0)
    private let failure = Mutex<(@Sendable (JournalError) -> Void)?>(nil)

    init(
        options: ServerOptions, journal: any Journal, log: Logger, site: Site?, templates: Templates,
        vocabularies: Vocabularies, tls: TLSContext?, workerCount: Int
    ) {
        self.options = options
        door = Doorkeeper(options.door)
        self.journal = journal
        self.log = log
        self.site = site
        self.templates = templates
        self.vocabularies = vocabularies
        self.tls = tls
        self.workerCount = workerCount
        securityFields = SecurityHeaders.fields(isSecure: tls != nil)
    }

    func set(workers: [Worker], onFailure: @escaping @Sendable (JournalError) -> Void) {
        self.workers.withLock { $0 = workers }
        failure.withLock { $0 = onFailure }
    }

    /// The worker that a workshop lives on.
    func worker(for id: String) -> Worker {
        workers.withLock { workers in
            // FNV-1a: the same in every process, unlike `Hasher`.
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            return workers[Int(hash % UInt64(workers.count))]
        }
    }

    /// A number for a new connection.
    func nextConnectionID() -> UInt64 { connectionCounter.add(1, ordering: .relaxed).newValue }

    /// Ends the process: the journal can no longer be trusted to keep what it is given.
    ///
    /// One that is closed was closed by us, who stop already: what comes too late is not answered, and comes again.
    func fail(_ error: JournalError) {
        guard error != .closed else { return }
        failure.withLock { $0 }?(error)
    }
}

extension Shared {
    /// Under which schemes pages of this server are fetched: without TLS of our own there may be a proxy with it.
    private var ownSchemes: Set<OriginPolicy.Scheme> { tls == nil ? [.http, .https] : [.https] }

    /// What a handshake is measured by.
    var webSocketPolicy: WebSocketPolicy {
        switch options.mode {
        case .workshops:
            WebSocketPolicy(
                origin: OriginPolicy(
                    allowed: Set(options.allowedOrigins), sameOrigin: ownSchemes, allowsAbsent: true),
                subprotocols: ["samskap.v1"], deflate: DeflatePolicy())
        case .echo:
            WebSocketPolicy(
                origin: OriginPolicy(sameOrigin: ownSchemes, allowsAbsent: true),
                deflate: DeflatePolicy(clientNoContextTakeover: false))
        case .relay:
            WebSocketPolicy(origin: OriginPolicy(sameOrigin: ownSchemes, allowsAbsent: true))
        }
    }
}

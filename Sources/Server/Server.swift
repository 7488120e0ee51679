public import EventLoop
internal import Foundation
public import Journal
public import Logging
internal import Site
internal import TLS

/// Why a server cannot start; each text tells an operator what to do.
public enum StartFailure: Error, CustomStringConvertible {
    /// The address cannot be listened on.
    case listen(ListenError)
    /// The kernel gives no event queue.
    case system(SystemError)
    /// Certificate or key are no good.
    case certificate(String)
    /// The web folder is no client.
    case site(String)
    /// A template or a vocabulary of the web folder cannot be read.
    case template(String)

    /// English, for the command line.
    public var description: String {
        switch self {
        case .listen(let error): "\(error)"
        case .system(let error): "\(error)"
        case .certificate(let text), .site(let text), .template(let text): text
        }
    }
}

/// The whole server: workers, what they share, and where they listen.
public final class Server: Sendable {
    /// Where it listens; the port is the real one also when 0 was asked for.
    public let address: SocketAddress
    /// Whether it speaks TLS.
    public var isSecure: Bool { shared.tls != nil }

    /// Visible to the tests of this module.
    let shared: Shared
    private let workers: [Worker]
    private let retention: Task<Void, Never>

    /// What is read before anything is served: all that can be wrong with the files of a new version.
    public struct Preparation: Sendable {
        let site: Site?
        let templates: Templates
        let vocabularies: Vocabularies
        let tls: TLSContext?
    }

    /// Reads client, templates, texts, certificate and key; touches neither port nor journal.
    ///
    /// - Throws: ``StartFailure``.
    public static func prepare(_ options: ServerOptions, log: Logger) throws(StartFailure) -> Preparation {
        let site = try loadSite(options)
        let templates: Templates
        do { templates = try Templates(site, keepDays: options.keepDays) } catch {
            throw .template("\(error)")
        }
        let vocabularies: Vocabularies
        do { vocabularies = try Vocabularies(site, utcOffsetMinutes: options.utcOffsetMinutes) } catch {
            throw .template("\(error)")
        }
        return Preparation(
            site: site, templates: templates, vocabularies: vocabularies, tls: try loadTLS(options, log))
    }

    /// Starts to listen and serve.
    ///
    /// - Parameters:
    ///   - options: How to run.
    ///   - preparation: What ``prepare(_:log:)`` gave; nil to do that now.
    ///   - journal: Where everything is kept; closed by the caller after ``stop()``.
    ///   - log: Where to tell what happens; never gets a person's words, a secret or an address.
    ///   - onFailure: Called when the journal can no longer be trusted: the process is to end at once.
    /// - Returns: The running server.
    /// - Throws: ``StartFailure``.
    public static func start(
        _ options: ServerOptions, _ preparation: Preparation? = nil, journal: any Journal, log: Logger,
        onFailure: @escaping @Sendable (JournalError) -> Void
    ) async throws(StartFailure) -> Server {
        let prepared = if let preparation { preparation } else { try prepare(options, log: log) }
        let count = workerCount(options)
        let shared = Shared(
            options: options, journal: journal, log: log, site: prepared.site, templates: prepared.templates,
            vocabularies: prepared.vocabularies, tls: prepared.tls, workerCount: count)
        _ = try? DescriptorLimit.raise(to: options.connectionLimit + 256)

        let first: Listener
        do {
            first = try firstListener(options, sharesPort: count > 1)
        } catch { throw .listen(error) }
        let address = first.localAddress
        let workers = (0..<count).map(Worker.init(number:))
        shared.set(workers: workers, onFailure: onFailure)
        do throws(SystemError) { try await workers[0].start(first, shared) } catch { throw .system(error) }
        for (index, worker) in workers.enumerated().dropFirst() {
            let listener: Listener
            do {
                listener =
                    if options.listeners.isEmpty {
                        try Listener(host: options.host, port: address.port, sharesPort: true)
                    } else {
                        try Listener(adopting: options.listeners[index])
                    }
            } catch { throw .listen(error) }
            do throws(SystemError) { try await worker.start(listener, shared) } catch { throw .system(error) }
        }
        return Server(address: address, shared: shared, workers: workers)
    }

    private init(address: SocketAddress, shared: Shared, workers: [Worker]) {
        self.address = address
        self.shared = shared
        self.workers = workers
        retention = Task.detached(priority: .utility) { await RetentionSweep(shared: shared).run() }
    }

    private static func workerCount(_ options: ServerOptions) -> Int {
        if !options.listeners.isEmpty { return options.listeners.count }
        return options.workers > 0 ? options.workers : ProcessInfo.processInfo.activeProcessorCount
    }

    private static func firstListener(
        _ options: ServerOptions, sharesPort: Bool
    ) throws(ListenError) -> Listener {
        if let handedOver = options.listeners.first { return try Listener(adopting: handedOver) }
        // Workers share the port, and another process of this user could share it too and take half the phones. A
        // listener that shares with nobody finds out, and is closed again.
        if options.port != 0 { _ = try Listener(host: options.host, port: options.port) }
        return try Listener(host: options.host, port: options.port, sharesPort: sharesPort)
    }

    /// The sockets that listen, one for each worker, to hand them over (``ListenerOffer``); they stay the server's.
    public var listeners: [Int32] {
        get async {
            var descriptors: [Int32] = []
            for worker in workers {
                if let descriptor = await worker.listeningDescriptor { descriptors.append(descriptor) }
            }
            return descriptors
        }
    }

    /// Accepts nobody more, answers what is under way within 5 s, and tells every client to come back. From then on nothing
    /// is decided, so the journal may be closed and another process may open it.
    public func settle() async {
        retention.cancel()
        await withTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { await worker.settle() } }
        }
    }

    /// Waits for the clients to hang up, 2 s at most, and ends. After ``settle()``.
    public func finish() async {
        await withTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { await worker.finish() } }
        }
    }

    /// ``settle()`` and ``finish()``.
    public func stop() async {
        await settle()
        await finish()
    }

    /// Reads certificate and key again, for connections from now on.
    public func reloadCertificate() throws(StartFailure) {
        do { try shared.tls?.reload() } catch { throw .certificate("\(error)") }
    }

    private static func loadSite(_ options: ServerOptions) throws(StartFailure) -> Site? {
        guard let folder = options.webFolder else { return nil }
        do { return try Site(folder: folder) } catch {
            switch error {
            case .notAClient(let path):
                throw .site("\(path) holds no index.html: give the web folder with --web")
            case .unreadable(let path): throw .site("\(path) cannot be read")
            case .tooLarge(let path): throw .site("\(path) is larger than 2 MiB")
            }
        }
    }

    private static func loadTLS(_ options: ServerOptions, _ log: Logger) throws(StartFailure) -> TLSContext? {
        switch (options.certificatePath, options.keyPath) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
            do {
                let context = try TLSContext(TLSServerFiles(certificateChain: certificate, privateKey: key))
                if let warning = context.validity.warning(at: WallClock.nowMilliseconds() / 1000) {
                    log.warning("The certificate needs a look", metadata: ["warning": "\(warning)"])
                }
                return context
            } catch { throw .certificate("\(error)") }
        default: throw .certificate("--tls-certificate and --tls-key go together")
        }
    }
}

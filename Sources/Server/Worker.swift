internal import Dispatch
internal import EventLoop
internal import Journal
internal import WebCodec
internal import Workshop

/// One core's share of the server: an actor on a serial queue of its own that owns its connections and rooms.
///
/// A workshop lives on one worker, chosen by its identifier; its connections are brought there. So nothing is shared
/// between workers but what is immutable or guarded in ``Shared``.
actor Worker {
    nonisolated let executor: LoopExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private(set) var core: WorkerCore?

    init(number: Int) { executor = LoopExecutor(label: "samskap.worker.\(number)") }

    /// Begins to listen and serve.
    func start(_ listener: consuming Listener, _ shared: Shared) throws(SystemError) {
        let core = try WorkerCore(worker: self, executor: executor, shared: shared, listener: listener)
        self.core = core
        core.start()
    }

    /// The socket that listens; nil when it has ended.
    var listeningDescriptor: Int32? { core?.listeningDescriptor }

    /// Returns when every command is answered and every client told to come back.
    func settle() async {
        await withCheckedContinuation { continuation in
            guard let core else { return continuation.resume() }
            core.settle { continuation.resume() }
        }
    }

    /// Returns when everybody has hung up, or 2 s later. After ``settle()``.
    func finish() async {
        await withCheckedContinuation { continuation in
            guard let core else { return continuation.resume() }
            core.finish { continuation.resume() }
        }
        core = nil
    }

    /// Runs a block inside this worker, from any thread, after what its queue holds already.
    nonisolated func enter(_ body: @escaping @Sendable (isolated Worker) -> Void) {
        executor.queue.async { self.assumeIsolated { body($0) } }
    }

    // What is done through that door.
    func turn() { core?.loop.turn() }
    func stored(_ result: Result<UInt64, JournalError>, _ id: String) { core?.stored(result, id) }
    func loaded(_ result: Result<LoadedWorkshop, LoadedWorkshop.Failure>, _ id: String) {
        core?.loaded(result, id)
    }
    func answer(_ response: Response, _ id: UInt64) { core?.answer(response, id) }
    func handOver(
        _ id: UInt64, to target: Worker, _ arrived: @escaping @Sendable (WorkerCore, Connection) -> Void
    ) {
        core?.handOver(id, to: target, arrived)
    }
    func adopt(_ parcel: ConnectionParcel, _ arrived: @Sendable (WorkerCore, Connection) -> Void) {
        core?.adopt(parcel, arrived)
    }
    func erased(_ result: Result<Void, JournalError>, _ id: String, _ tell: @Sendable (Bool) -> Void) {
        core?.erased(result, id, tell)
    }
    func found(_ workshop: String?, for id: UInt64) { core?.found(workshop, for: id) }
    func prepared(_ result: any Sendable, for id: UInt64) { core?.prepared(result, for: id) }
    func told(_ answer: Asked, _ report: ProcessSession.Report, isSure: Bool, by id: String) {
        core?.rooms[id]?.told(answer, report, isSure: isSure)
    }

    /// A workshop of this worker as it is durable; nil when there is none.
    func workshop(_ id: String) async -> Workshop? {
        if case .there(let workshop) = await look(at: id) { workshop } else { nil }
    }

    /// A workshop of this worker as it is durable, or why there is none to be had.
    func look(at id: String) async -> Looked {
        await withCheckedContinuation { continuation in
            guard let core else { return continuation.resume(returning: .unavailable) }
            core.withRoom(id) { result in
                switch result {
                case .success(let room):
                    room.read { continuation.resume(returning: $0.map { .there($0) } ?? .unavailable) }
                case .failure(.journal(.unknownStream)): continuation.resume(returning: .unknown)
                case .failure: continuation.resume(returning: .unavailable)
                }
            }
        }
    }
}

/// What came of looking at a workshop.
enum Looked: Sendable {
    case there(Workshop)
    /// There is none: it has been erased, or never was.
    case unknown
    /// Nobody can tell just now.
    case unavailable
}

internal import Deflate
internal import Digests
internal import EventLoop
internal import Journal
internal import Logging
internal import Synchronization
internal import TLS
internal import WebCodec
internal import Workshop

/// What one worker owns: its loop, its connections and its rooms, as plain objects that never leave it.
///
/// The actor ``Worker`` is its only door. Everything here runs on the worker's queue.
final class WorkerCore {
    /// Room for one read from a socket; shared by all connections of the worker.
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    /// Room for one read from TLS.
    let plainBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32 << 10, alignment: 16)

    /// What the connection that is being served sends.
    let output = OutputBuffer()
    /// Inflates messages of clients that keep no window.
    var sharedInflater: InflateStream?
    /// What its rooms cost.
    var load = LoadMeter()

    let loop: EventLoop
    let shared: Shared
    var log: Logger { shared.log }
    /// The door back into this worker, for tasks and other workers.
    unowned let worker: Worker
    private(set) var isDraining = false

    private var listener: Listener
    /// The socket that listens, to hand it over; it stays this worker's.
    var listeningDescriptor: Int32 { listener.descriptor }
    private var listening: Registration?
    private var acceptor: Acceptor?
    private var connections: [UInt64: Connection] = [:]
    private(set) var rooms: [String: Room] = [:]
    /// Those who wait for a room that is being loaded.
    private var loading: [String: [(Result<Room, LoadedWorkshop.Failure>) -> Void]] = [:]
    /// What goes on with a connection when its look-up is done.
    private var finding: [UInt64: (String?) -> Void] = [:]
    /// What goes on with a connection when something has been done for it elsewhere.
    private var preparing: [UInt64: (any Sendable) -> Void] = [:]
    private var toTurn: [Room] = []
    private var toRelay: [RelayGroup] = []
    private var relays: [String: RelayGroup] = [:]

    init(
        worker: Worker, executor: LoopExecutor, shared: Shared, listener: consuming Listener
    ) throws(SystemError) {
        self.worker = worker
        self.shared = shared
        self.listener = listener
        loop = try EventLoop(executor: executor)
    }

    deinit {
        readBuffer.deallocate()
        plainBuffer.deallocate()
    }

    // MARK: Life

    func start() {
        let door = worker
        loop.onTurnEnd = { [unowned self] in self.endTurn() }
        loop.start { [weak door] in door?.assumeIsolated { $0.turn() } }
        acceptor = Acceptor(self)
        startListening()
        scheduleSweep()
    }

    private func startListening() {
        guard let acceptor, !isDraining else { return }
        do {
            listening = try loop.register(listener.descriptor, interest: .readable, handler: acceptor)
        } catch {
            log.critical("The listening socket cannot be watched", metadata: ["error": "\(error)"])
        }
    }

    private func stopListening() {
        if let listening { loop.deregister(listening) }
        listening = nil
    }

    fileprivate func accept() {
        let outcome = listener.accept { [self] socket in
            guard connections.count < shared.options.connectionLimit / shared.workerCount else { return }
            do {
                let engine = try makeEngine()
                let connection = Connection(
                    id: shared.nextConnectionID(), socket: socket, engine: engine, worker: self)
                connections[connection.id] = connection
                connection.register()
            } catch { log.error("No TLS for a new connection", metadata: ["error": "\(error)"]) }
        }
        guard outcome.mustPause else { return }
        stopListening()
        loop.schedule(afterMilliseconds: 100) { [weak self] in self?.startListening() }
    }

    private func makeEngine() throws(TLSError) -> TLSEngine? {
        guard let context = shared.tls else { return nil }
        return try TLSEngine(server: context)
    }

    /// Forgets a connection that has closed.
    func forget(_ connection: Connection) { connections[connection.id] = nil }

    private func scheduleSweep() {
        loop.schedule(afterMilliseconds: 1_000) { [weak self] in
            guard let self else { return }
            self.sweep()
            self.scheduleSweep()
        }
    }

    private func sweep() {
        let now = MonotonicClock.nowMilliseconds()
        for connection in Array(connections.values) { connection.sweep(at: now) }
        for room in rooms.values { room.tidy(at: now) }
        for room in rooms.values where room.isIdle && !isDraining {
            if let emptySince = room.emptySince, now - emptySince > 300_000 {
                room.retire()
                rooms[room.id] = nil
            }
        }
    }

    // MARK: Turns

    /// Has a room decide what waits, at the end of this turn or when its pace allows.
    func touch(_ room: Room) {
        guard !room.isToTurn else { return }
        room.isToTurn = true
        toTurn.append(room)
        loop.requestTurnEnd()
    }

    /// Has a group's messages sent at the end of this turn.
    func flushSoon(_ group: RelayGroup) {
        toRelay.append(group)
        loop.requestTurnEnd()
    }

    private func endTurn() {
        for group in toRelay { group.flush() }
        toRelay.removeAll(keepingCapacity: true)
        while !toTurn.isEmpty {
            let turning = toTurn
            toTurn = []
            for room in turning {
                room.isToTurn = false
                room.turnWhenDue()
            }
        }
        loop.restNanoseconds = load.rest(at: MonotonicClock.nowNanoseconds())
    }

    // MARK: The journal

    /// Makes a room's batch durable; ``Room/stored(_:)`` gets the answer, on this worker.
    ///
    /// When it is to be compacted, the state after the batch takes the place of the log; it is put into bytes off the worker.
    func store(_ append: Append, for room: Room, compacting: Bool) {
        let (door, id, journal) = (worker, room.id, shared.journal)
        let answer: @Sendable (Result<UInt64, JournalError>) -> Void = { result in
            door.enter { $0.stored(result, id) }
        }
        guard compacting else { return journal.append(append, completion: answer) }
        let workshop = room.workshop
        Task.detached {
            var append = append
            do { append.compaction = try SnapshotCodec.encode(workshop) } catch {
                return answer(.failure(.limit(.snapshot(byteCount: 0))))
            }
            journal.append(append, completion: answer)
            ProcessMemory.returnFree()
        }
    }

    func stored(_ result: Result<UInt64, JournalError>, _ id: String) {
        if case .success = result, !shared.canStore.load(ordering: .relaxed) {
            shared.canStore.store(true, ordering: .relaxed)
        }
        rooms[id]?.stored(result)
        loop.requestTurnEnd()
    }

    /// What follows when a batch could not be stored.
    func appendFailed(_ error: JournalError, in room: Room) {
        log.error("A batch could not be stored", metadata: ["workshop": "\(room.id)", "error": "\(error)"])
        if error.consequence == .stop { shared.fail(error) }
        if error.consequence == .retryLater { shared.canStore.store(false, ordering: .relaxed) }
        let members = room.abandon(retryAfterSeconds: error.consequence == .retryLater ? 5 : 1)
        room.retire()
        rooms[room.id] = nil
        for member in members { member.comeBack() }
    }

    /// Keeps the state as of now, in the background.
    func saveSnapshot(of room: Room) {
        let (workshop, shared, journal, log) = (room.workshop, shared, shared.journal, log)
        Task.detached(priority: .utility) {
            do { try await journal.saveSnapshot(try SnapshotCodec.encode(workshop), of: workshop.id) } catch {
                log.warning("No snapshot", metadata: ["workshop": "\(workshop.id)", "error": "\(error)"])
                if let error = error as? JournalError, case .failed = error { shared.fail(error) }
            }
            // Making a snapshot takes many times its size for a moment; the allocator would keep that for good.
            ProcessMemory.returnFree()
        }
    }

    // MARK: Rooms

    /// Looks a directory key up; calls back on this worker while the connection lives.
    func find(_ key: String, for id: UInt64, _ body: @escaping (String?) -> Void) {
        finding[id] = body
        let (door, journal) = (worker, shared.journal)
        Task.detached {
            let found = try? await journal.lookUp(key)
            door.enter { $0.found(found, for: id) }
        }
    }

    func found(_ workshop: String?, for id: UInt64) {
        guard let body = finding.removeValue(forKey: id), connections[id] != nil else { return }
        body(workshop)
        loop.requestTurnEnd()
    }

    /// Does work off this worker; goes on here while the connection lives. One at a time for each connection.
    func prepare<Result: Sendable>(
        for id: UInt64, _ work: @escaping @Sendable () async -> Result, _ then: @escaping (Result) -> Void
    ) {
        preparing[id] = { if let result = $0 as? Result { then(result) } }
        let door = worker
        Task.detached {
            let result = await work()
            door.enter { $0.prepared(result, for: id) }
        }
    }

    func prepared(_ result: any Sendable, for id: UInt64) {
        guard let then = preparing.removeValue(forKey: id), connections[id] != nil else { return }
        then(result)
        loop.requestTurnEnd()
    }

    /// Gives a room of this worker, loading it if need be.
    func withRoom(_ id: String, _ body: @escaping (Result<Room, LoadedWorkshop.Failure>) -> Void) {
        if let room = rooms[id] { return body(.success(room)) }
        if loading[id] != nil {
            loading[id]?.append(body)
            return
        }
        loading[id] = [body]
        let (door, journal) = (worker, shared.journal)
        Task.detached {
            let result: Result<LoadedWorkshop, LoadedWorkshop.Failure>
            do throws(LoadedWorkshop.Failure) {
                result = .success(try await LoadedWorkshop(id, from: journal))
            } catch { result = .failure(error) }
            door.enter { $0.loaded(result, id) }
        }
    }

    /// Forgets a room that is no more.
    func forget(_ room: Room) {
        room.retire()
        rooms[room.id] = nil
    }

    func loaded(_ result: Result<LoadedWorkshop, LoadedWorkshop.Failure>, _ id: String) {
        let room = result.map { Room($0, worker: self) }
        if case .success(let room) = room { rooms[id] = room }
        if case .failure(let failure) = room {
            switch failure {
            case .journal(.unknownStream): break
            case .journal(let error):
                log.error(
                    "A workshop cannot be loaded", metadata: ["workshop": "\(id)", "error": "\(error)"])
                if error.consequence == .stop { shared.fail(error) }
            case .unreadable(let reason):
                log.error(
                    "A workshop cannot be read", metadata: ["workshop": "\(id)", "reason": "\(reason)"])
            }
        }
        for body in loading.removeValue(forKey: id) ?? [] { body(room) }
        loop.requestTurnEnd()
    }

    /// Tells a room's members how many are connected, at most once a second; a full hall every three seconds.
    func presenceChanged(in room: Room) {
        guard !room.fanOut.isPresenceScheduled else { return }
        room.fanOut.isPresenceScheduled = true
        let wait = min(max(1_000, Int64(room.members.count) * 2), 3_000)
        loop.schedule(afterMilliseconds: wait) { [weak room] in
            room?.fanOut.isPresenceScheduled = false
            room?.tellPresence()
        }
    }

    // MARK: Moving a connection to its room's worker

    /// Runs a member's hello on the worker that its workshop lives on, moving the connection there first if need be.
    func bring(
        _ connection: Connection, to id: String,
        _ arrived: @escaping @Sendable (WorkerCore, Connection) -> Void
    ) {
        let target = shared.worker(for: id)
        guard target !== worker else { return arrived(self, connection) }
        // After what calls this has unwound: it still holds the connection, and output that is gathered has not left.
        let number = connection.id
        worker.enter { $0.handOver(number, to: target, arrived) }
    }

    func handOver(
        _ id: UInt64, to target: Worker, _ arrived: @escaping @Sendable (WorkerCore, Connection) -> Void
    ) {
        guard let connection = connections[id] else { return }
        connection.unregister()
        connections[connection.id] = nil
        let parcel = ConnectionParcel(connection)
        target.enter { $0.adopt(parcel, arrived) }
    }

    func adopt(_ parcel: ConnectionParcel, _ arrived: @Sendable (WorkerCore, Connection) -> Void) {
        let connection = parcel.connection
        connection.worker = self
        connections[connection.id] = connection
        connection.register()
        arrived(self, connection)
    }

    // MARK: Answers made elsewhere

    /// Finds a connection that a task worked for.
    func connection(_ id: UInt64) -> Connection? { connections[id] }

    /// Does work off the worker, and sends its answer.
    func perform(_ work: @escaping @Sendable () async -> Response, for id: UInt64) {
        let door = worker
        Task.detached {
            let response = await work()
            door.enter { $0.answer(response, id) }
        }
    }

    func answer(_ response: Response, _ id: UInt64) {
        guard let connection = connections[id], case .http(let http) = connection.stage else { return }
        http.answer(response, on: connection)
    }

    /// The group of connections that a relay path names.
    func relay(_ path: String) -> RelayGroup {
        let group = relays[path] ?? RelayGroup()
        relays[path] = group
        return group
    }

    // MARK: Going down

    /// Answers what is under way and tells everybody to come back. Calls back when nothing is decided here any more: the
    /// journal may close then, and another process open it, while the good-byes are still on their way.
    func settle(_ settled: @escaping @Sendable () -> Void) {
        isDraining = true
        stopListening()
        for room in rooms.values { room.turn() }
        waitUntilSettled(until: MonotonicClock.nowMilliseconds() + 5_000, settled)
    }

    private func waitUntilSettled(until deadline: Int64, _ settled: @escaping @Sendable () -> Void) {
        let now = MonotonicClock.nowMilliseconds()
        guard rooms.values.allSatisfy(\.isSettled) || now >= deadline else {
            loop.schedule(afterMilliseconds: 2) { [weak self] in
                self?.waitUntilSettled(until: deadline, settled)
            }
            return
        }
        for connection in Array(connections.values) {
            switch connection.stage {
            case .webSocket(let stage): stage.goAway(connection)
            case .http, .closing: connection.close()
            }
        }
        for room in rooms.values { room.retire() }
        rooms = [:]
        settled()
    }

    /// Gives peers 2 s to answer the good-bye, then hangs up. After ``settle(_:)``; calls back when nothing is left.
    func finish(_ finished: @escaping @Sendable () -> Void) {
        waitUntilEmpty(until: MonotonicClock.nowMilliseconds() + 2_000, finished)
    }

    private func waitUntilEmpty(until deadline: Int64, _ finished: @escaping @Sendable () -> Void) {
        guard connections.isEmpty || MonotonicClock.nowMilliseconds() >= deadline else {
            loop.schedule(afterMilliseconds: 10) { [weak self] in
                self?.waitUntilEmpty(until: deadline, finished)
            }
            return
        }
        for connection in Array(connections.values) { connection.close() }
        loop.stop()
        finished()
    }
}

/// Hears that somebody wants to connect.
private final class Acceptor: ReadinessHandler {
    private unowned let core: WorkerCore
    init(_ core: WorkerCore) { self.core = core }
    func ready(_ readiness: Readiness) { core.accept() }
}

/// A connection on its way to another worker.
///
/// Unchecked, because its sender has unregistered and forgotten it: only the receiver holds it.
struct ConnectionParcel: @unchecked Sendable {
    let connection: Connection
    init(_ connection: Connection) { self.connection = connection }
}

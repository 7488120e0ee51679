internal import Digests
internal import EventLoop
internal import TLS
internal import Wire

/// Drives all connections of a replay, on one event loop.
actor Stage {
    /// Somebody on a connection.
    final class Seat {
        var attendee = Attendee()
        var socket: WebSocketClient?
        /// What it says first, without an answer to a challenge.
        var hello: [JSONValue.Member] = []
    }

    nonisolated let executor: LoopExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private struct Waiter {
        let isDone: () -> Bool
        let continuation: CheckedContinuation<DemoError?, Never>
    }

    /// Longest time without any answer to what was asked, in milliseconds.
    private static let stallLimit: Int64 = 60_000
    /// Connections that are being opened at the same time; a listening socket's queue is finite.
    private static let joiningLimit = 32

    private let loop: EventLoop
    private let endpoint: Endpoint
    private let address: SocketAddress
    private let tls: TLSClientContext?
    private var progress: Progress
    private var progressOf: (() -> Int)?

    private var call = HTTPCall()
    private var callLink: Link?
    private var answer: HTTPCall.Answer?

    private var waiter: Waiter?
    private var failure: DemoError?
    private var lastAnswerAt = MonotonicClock.nowMilliseconds()
    private var recent: (bytes: [UInt8], message: Message)?

    /// The facilitator's.
    private(set) var lead = Seat()
    /// Everybody else's, in the plan's order.
    private(set) var seats: [Seat] = []
    /// Commands done for good.
    private(set) var doneCount = 0
    /// The note that each comment became.
    private(set) var notes: [Int: String] = [:]
    /// Times the server asked to wait.
    private(set) var busyCount = 0
    private var joinedCount = 0

    /// Opens the loop; no connection yet.
    ///
    /// - Parameters:
    ///   - endpoint: The server.
    ///   - address: Its address, looked up before.
    ///   - tls: What TLS connections share; nil for none.
    ///   - style: How to show how far it has come.
    ///   - write: Takes what is shown.
    /// - Throws: ``DemoError/connection(_:)`` when the system gives no descriptors.
    init(
        endpoint: Endpoint, address: SocketAddress, tls: TLSClientContext?, style: Progress.Style,
        write: @escaping @Sendable (String) -> Void
    ) throws(DemoError) {
        executor = LoopExecutor(label: "demo")
        do {
            _ = try DescriptorLimit.raise(to: DemoOptions.peopleLimit + 64)
            loop = try EventLoop(executor: executor)
        } catch {
            throw .connection("\(error)")
        }
        self.endpoint = endpoint
        self.address = address
        self.tls = tls
        progress = Progress(style: style, write: write)
    }

    /// Begins to deliver what the sockets say.
    func open() {
        loop.onTurnEnd = { [unowned self] in assumeIsolated { $0.endTurn() } }
        loop.start { [weak self] in self?.assumeIsolated { $0.loop.turn() } }
        tick()
    }

    /// Ends all connections.
    func close() {
        for seat in seats + [lead] { seat.socket?.cancel() }
        loop.stop()
    }

    /// Shows a line.
    func say(_ text: String) { progress.say(text) }

    // MARK: Creating

    /// Makes a workshop, or whatever is made at that path.
    ///
    /// - Parameters:
    ///   - body: The request's JSON.
    ///   - bearer: The secret of the start link, or of the process that it is to be a session of.
    ///   - path: Where.
    /// - Returns: The answer's JSON.
    /// - Throws: ``DemoError/notCreated(status:reason:)``, or that the connection failed.
    func create(
        _ body: JSONValue, bearer: String, at path: String = "/api/workshops"
    ) async throws(DemoError) -> JSONValue {
        let request = HTTPCall.post(path, to: endpoint, bearer: bearer, body: body.encoded)
        call = HTTPCall()
        answer = nil
        callLink = try Link(to: address, tls: tls, host: endpoint.host, loop: loop) { event in
            self.takeCall(event, request: request)
        }
        try await wait(for: "the workshop to be created") { self.answer != nil }
        callLink?.cancel()
        callLink = nil
        guard let answer else { throw .connection("no answer") }
        let json = answer.body.withUnsafeBytes { JSONValue(reading: $0) }
        guard answer.status == 201, let json else {
            throw .notCreated(status: answer.status, reason: json?["message"]?.string ?? "")
        }
        return json
    }

    private func takeCall(_ event: Link.Event, request: [UInt8]) {
        switch event {
        case .opened: callLink?.send(request)
        case .received(let bytes):
            do { answer = try call.receive(UnsafeRawBufferPointer(bytes)) ?? answer } catch {
                fail(.connection("no HTTP there: \(error)"))
            }
        case .ended(let reason):
            answer = answer ?? call.answerAtEnd
            if answer == nil { fail(.connection(reason ?? "the server closed it without an answer")) }
        }
    }

    // MARK: Joining

    /// Opens the facilitator's connection.
    ///
    /// - Parameters:
    ///   - workshop: The workshop's identifier.
    ///   - link: The facilitator link's secret.
    /// - Throws: When the server does not let us in.
    func joinLead(workshop: String, link: String) async throws(DemoError) {
        try connect(lead, hello: .with(["workshop": .string(workshop), "link": .string(link)]))
        try await wait(for: "the facilitator to be let in") { self.lead.attendee.hasJoined }
    }

    /// Opens a connection for each person.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - workshop: The workshop's identifier.
    ///   - code: The join code.
    /// - Throws: When the server does not let somebody in.
    func join(_ count: Int, workshop: String, code: String) async throws(DemoError) {
        begin("Joining", total: count) { self.joinedCount }
        seats = (0..<count).map { _ in Seat() }
        for index in seats.indices {
            if index - joinedCount >= Self.joiningLimit {
                try await wait(for: "people to be let in") { index - self.joinedCount < Self.joiningLimit }
            }
            let via = index.isMultiple(of: 3) ? "remote" : "room"
            try connect(
                seats[index],
                hello: .with(["workshop": .string(workshop), "code": .string(code), "via": .string(via)]))
        }
        try await wait(for: "everybody to be let in") { self.joinedCount == count }
    }

    private func connect(_ seat: Seat, hello: JSONValue) throws(DemoError) {
        let secret = Base64URL.encode(SecureRandom.bytes(32))
        seat.hello =
            [.init(name: "type", value: .string("hello")), .init(name: "secret", value: .string(secret))]
            + (hello.members ?? [])
        let message = JSONValue.object(seat.hello).encoded
        seat.socket = try WebSocketClient(to: endpoint, at: address, tls: tls, loop: loop) {
            [unowned seat] event in
            switch event {
            case .opened: seat.socket?.send(message)
            case .text(let bytes): self.take(bytes, for: seat)
            case .ended(let code, let reason):
                self.fail(.connection("a connection ended\(code.map { " with code \($0)" } ?? "") \(reason)"))
            }
        }
    }

    // MARK: Acting

    /// Lets the facilitator do something, and waits until it is done.
    func lead(_ type: String, _ members: JSONValue = .with([:])) async throws(DemoError) {
        lead.attendee.add(.lead(type: type, members: members.members ?? []))
        pump(lead)
        try await wait(for: type) { self.lead.attendee.isIdle }
    }

    /// Lets people act, each in their own order, and waits until all is done.
    ///
    /// - Parameters:
    ///   - label: What it is.
    ///   - acts: Who does what, and when after the first, in milliseconds; in the order of time.
    ///   - speed: How many times faster than that; nil for at once.
    /// - Throws: When a command is refused for good or a connection ends.
    func perform(
        _ label: String, _ acts: [(person: Int, after: Int64, act: Act)], speed: Double?
    ) async throws(DemoError) {
        let before = doneCount
        begin(label, total: acts.count) { self.doneCount - before }
        let begun = MonotonicClock.nowMilliseconds()
        var next = 0
        while next < acts.count {
            let elapsed = MonotonicClock.nowMilliseconds() - begun
            let now = speed.map { Double(elapsed) * $0 } ?? .infinity
            var touched: Set<Int> = []
            while next < acts.count, Double(acts[next].after) <= now {
                seats[acts[next].person].attendee.add(acts[next].act)
                touched.insert(acts[next].person)
                next += 1
            }
            for person in touched.sorted() { pump(seats[person]) }
            guard next < acts.count, let speed else { break }
            lastAnswerAt = MonotonicClock.nowMilliseconds()
            try await sleep(milliseconds: max(1, Int64((Double(acts[next].after) - now) / speed)))
        }
        try await wait(for: label) { self.doneCount - before == acts.count }
    }

    /// Waits until something has come about.
    ///
    /// - Parameters:
    ///   - what: For the error.
    ///   - isDone: Asked after each turn of the loop.
    /// - Throws: The failure of any connection, or ``DemoError/timeout(_:)`` when nothing is answered for a minute.
    func wait(for what: String, until isDone: @escaping () -> Bool) async throws(DemoError) {
        lastAnswerAt = MonotonicClock.nowMilliseconds()
        let error: DemoError? = await withCheckedContinuation { continuation in
            waiter = Waiter(isDone: isDone, continuation: continuation)
            loop.requestTurnEnd()
        }
        guard let error else { return }
        if case .timeout = error { throw .timeout(what) }
        throw error
    }

    private func sleep(milliseconds: Int64) async throws(DemoError) {
        var isOver = false
        loop.schedule(afterMilliseconds: min(milliseconds, 3_600_000)) { isOver = true }
        try await wait(for: "the next moment") { isOver }
    }

    // MARK: The loop

    private func take(_ bytes: UnsafeRawBufferPointer, for seat: Seat) {
        lastAnswerAt = MonotonicClock.nowMilliseconds()
        guard let message = decode(bytes) else {
            return fail(.server("a message that is none of the protocol"))
        }
        switch seat.attendee.receive(message) {
        case .nothing: break
        case .joined: if seat !== lead { joinedCount += 1 }
        case .asked(let challenge): work(challenge, for: seat)
        case .done(let count, let written):
            doneCount += count
            if let written { notes[written.comment] = written.note }
        case .busy(let seconds):
            busyCount += 1
            loop.schedule(afterMilliseconds: Int64(max(1, min(seconds, 3_600))) * 1_000) {
                seat.attendee.resume()
                self.pump(seat)
            }
        case .failed(let reason): fail(.server(reason))
        }
        pump(seat)
    }

    /// Does what the door asks for, off the loop, and says hello again.
    private func work(_ challenge: DoorChallenge, for seat: Seat) {
        guard let index = seats.firstIndex(where: { $0 === seat }) else {
            return fail(.server("a challenge to one who came by a link"))
        }
        Task.detached {
            let proof = challenge.prove()
            await self.sayHelloAgain(index, proof)
        }
    }

    private func sayHelloAgain(_ index: Int, _ proof: String?) {
        guard let proof else { return fail(.server("a challenge that is none of the protocol")) }
        let seat = seats[index]
        seat.socket?.send(
            JSONValue.object(seat.hello + [.init(name: "proof", value: .string(proof))]).encoded)
        seat.socket?.flush()
        loop.requestTurnEnd()
    }

    /// All connections are sent the same bytes for the same news: what was decoded last is often what comes next.
    private func decode(_ bytes: UnsafeRawBufferPointer) -> Message? {
        if let recent, recent.bytes.count == bytes.count, recent.bytes.elementsEqual(bytes) {
            return recent.message
        }
        guard let message = Message(bytes) else { return nil }
        if case .changes = message { recent = (Array(bytes), message) }
        return message
    }

    private func pump(_ seat: Seat) {
        let messages = seat.attendee.takeMessages()
        guard !messages.isEmpty else { return }
        for message in messages { seat.socket?.send(message) }
        seat.socket?.flush()
    }

    private func fail(_ error: DemoError) { failure = failure ?? error }

    private func endTurn() {
        if let progressOf { progress.update(progressOf(), now: MonotonicClock.nowMilliseconds()) }
        guard let waiter else { return }
        let isLate = MonotonicClock.nowMilliseconds() - lastAnswerAt > Self.stallLimit
        if failure == nil, !waiter.isDone(), !isLate { return }
        self.waiter = nil
        waiter.continuation.resume(returning: failure ?? (waiter.isDone() ? nil : .timeout("")))
    }

    private func begin(_ label: String, total: Int, _ done: @escaping () -> Int) {
        progress.begin(label, total: total)
        progressOf = done
    }

    /// Wakes the loop once a second, so that a silent server is noticed.
    private func tick() { loop.schedule(afterMilliseconds: 1_000) { self.tick() } }
}

internal import Digests
internal import EventLoop
internal import Foundation
internal import Glibc
internal import Histogram
internal import TLS
internal import WebCodec
internal import Wire

/// Drives all connections of a load on one event loop.
actor BenchLoad {
    nonisolated let executor: LoopExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let loop: EventLoop
    private let options: BenchOptions
    private let address: SocketAddress
    private let tls: TLSClientContext?
    private let codes: [String]
    private let say: @Sendable (String) -> Void
    private let server: ServerProcess?

    private var phones: [BenchPhone] = []
    private var writers: [BenchPhone] = []
    private var report = BenchReport()
    private var liveCount = 0
    private var lost: String?
    private var stormRefused = 0
    private var isStorming = false

    /// From here to there deliveries are counted, in monotonic nanoseconds.
    private var window: Range<Int64> = 0..<0
    private var begun: Int64 = 0
    private var sent = 0
    private var storedInRoom: [Int] = []
    private var shown = Histogram<UInt32>(numberOfSignificantValueDigits: .two)
    private var stored = Histogram<UInt32>(numberOfSignificantValueDigits: .two)
    private var slices: [Histogram<UInt32>] = []
    private static let sliceCount = 40
    /// Members who will stop reading get a small buffer, so that it is soon full and the server meets them: 48 KiB.
    private static let sleeperByteCount: Int32 = 48 << 10

    init(
        options: BenchOptions, address: SocketAddress, tls: TLSClientContext?, codes: [String],
        say: @escaping @Sendable (String) -> Void
    ) throws(DemoError) {
        executor = LoopExecutor(label: "bench")
        do {
            let people = options.rooms * options.members
            let limit = try DescriptorLimit.raise(to: people + 64)
            guard limit >= people + 64 else {
                throw DemoError.connection("only \(limit) descriptors are allowed")
            }
            loop = try EventLoop(executor: executor)
        } catch { throw .connection("\(error)") }
        self.options = options
        self.address = address
        self.tls = tls
        self.codes = codes
        self.say = say
        server = options.serverProcess.map(ServerProcess.init)
    }

    func open() { loop.start { [weak self] in self?.assumeIsolated { $0.loop.turn() } } }

    func close() {
        for phone in phones { phone.socket?.cancel() }
        loop.stop()
    }

    // MARK: The course of a load

    func run() async throws(DemoError) -> BenchReport {
        (report.rooms, report.members, report.seconds) = (options.rooms, options.members, options.seconds)
        storedInRoom = Array(repeating: 0, count: options.rooms)
        try await joinAll()
        if options.notesPerSecond > 0 { try await write() }
        if options.storm > 0 { try await storm() }
        report.serverResidentBytes = server?.residentBytes
        return report
    }

    private func joinAll() async throws(DemoError) {
        let (cpu, memory, started) = (server?.processorNanoseconds, server?.residentBytes, now())
        for index in 0..<(options.rooms * options.members) {
            let phone = BenchPhone(
                room: index % options.rooms, index: index, secret: Base64URL.encode(SecureRandom.bytes(32)))
            phone.willStall = index >= options.rooms * options.members - options.stalled
            phones.append(phone)
            try dial(phone)
            if index - liveCount >= options.dialling {
                try await wait(seconds: 60, "people to be let in") {
                    index - self.liveCount < self.options.dialling
                }
            }
        }
        try await wait(seconds: 60, "everybody to be let in") { self.liveCount == self.phones.count }
        report.joinSeconds = Double(now() - started) / 1e9
        if let cpu, let server {
            report.joinProcessorMicroseconds =
                Double(server.processorNanoseconds - cpu) / 1e3 / Double(phones.count)
        }
        say("All \(phones.count) are in.")
        try await pause(seconds: 4)
        if let memory, let server {
            report.residentBytesEach = Double(server.residentBytes - memory) / Double(phones.count)
        }
    }

    private func write() async throws(DemoError) {
        writers = Array(phones.dropLast(options.stalled))
        let sleepers = phones.suffix(options.stalled)
        begun = now()
        let from = begun + Int64(options.warmUp * 1e9)
        window = from..<(from + Int64(options.seconds * 1e9))
        slices = (0..<Self.sliceCount).map { _ in Histogram<UInt32>(numberOfSignificantValueDigits: .two) }
        var marks: (server: Int64?, own: Double, at: Int64)?
        while now() < window.upperBound {
            sendWhatIsDue()
            if marks == nil, now() >= window.lowerBound {
                marks = (server?.processorNanoseconds, ownSeconds(), now())
            }
            if options.stalled > 0, !(sleepers.first?.isStalled ?? true), now() >= middle {
                for phone in sleepers {
                    phone.isStalled = true
                    phone.socket?.setReading(false)
                }
                report.residentBytesBeforeStall = self.server?.residentBytes
                say("\(options.stalled) members stop reading.")
            }
            try await pause(seconds: 0.001)
        }
        let (server, own, ended) = (self.server?.processorNanoseconds, ownSeconds(), now())
        if options.stalled > 0 { report.residentBytesAfterStall = self.server?.residentBytes }
        finish(marks, server, own, ended)
        let woken = now()
        for phone in sleepers { phone.socket?.setReading(true) }
        try await wait(seconds: 20, "answers", mayFail: true) {
            self.storedInRoom.reduce(self.report.refused, +) >= self.sent
        }
        try await wait(seconds: 20, "everybody to be shown everything", mayFail: true) { self.missing == 0 }
        if options.stalled > 0 { report.wakeSeconds = Double(now() - woken) / 1e9 }
        report.notesSent = sent
        report.notesStored = storedInRoom.reduce(0, +)
        report.missing = missing
    }

    private var middle: Int64 { (window.lowerBound + window.upperBound) / 2 }
    private var missing: Int { phones.reduce(0) { $0 + storedInRoom[$1.room] - $1.seen } }

    private func sendWhatIsDue() {
        let gap = 1e9 / options.notesPerSecond
        let due = Int(Double(now() - begun) / gap)
        while sent < due {
            let phone = writers[sent % writers.count]
            phone.socket?.send(phone.note(due: begun + Int64(Double(sent + 1) * gap)))
            phone.socket?.flush()
            sent += 1
        }
    }

    private func finish(
        _ marks: (server: Int64?, own: Double, at: Int64)?, _ server: Int64?, _ own: Double, _ ended: Int64
    ) {
        guard let marks else { return }
        let seconds = Double(ended - marks.at) / 1e9
        report.shown = latency(shown)
        report.stored = latency(stored)
        report.deliveries = Int(shown.totalCount)
        report.deliveriesPerSecond = Double(report.deliveries) / seconds
        report.generatorProcessorShare = (own - marks.own) / seconds
        if let first = marks.server, let server {
            let microseconds = Double(server - first) / 1e3
            report.serverProcessorShare = microseconds / 1e6 / seconds
            report.serverMicrosecondsPerDelivery = microseconds / Double(max(1, report.deliveries))
            report.serverMicrosecondsPerNote = microseconds / Double(max(1, Int(stored.totalCount)))
        }
        let length = options.seconds / Double(Self.sliceCount)
        report.slices = slices.enumerated().filter { $0.element.totalCount > 0 }.map { index, slice in
            .init(
                at: Double(index) * length, p50: Int(slice.valueAtPercentile(50)),
                p99: Int(slice.valueAtPercentile(99)))
        }
        guard options.stalled > 0 else { return }
        report.shownBeforeStall = latency(merged(slices.prefix(Self.sliceCount / 2)))
        // The slice in which they stop belongs to neither half.
        report.shownDuringStall = latency(merged(slices.suffix(Self.sliceCount / 2 - 1)))
    }

    private func merged(_ parts: ArraySlice<Histogram<UInt32>>) -> Histogram<UInt32> {
        var sum = Histogram<UInt32>(numberOfSignificantValueDigits: .two)
        for part in parts { sum.add(part) }
        return sum
    }

    private func latency(_ histogram: Histogram<UInt32>) -> BenchReport.Latency {
        guard histogram.totalCount > 0 else { return .init() }
        return .init(
            count: Int(histogram.totalCount), p50: Int(histogram.valueAtPercentile(50)),
            p90: Int(histogram.valueAtPercentile(90)), p99: Int(histogram.valueAtPercentile(99)),
            p999: Int(histogram.valueAtPercentile(99.9)), max: Int(histogram.max))
    }

    private func storm() async throws(DemoError) {
        say("Everybody loses the line.")
        isStorming = true
        let started = now()
        var next = 0
        while next < phones.count {
            let due = Int(Double(now() - started) / 1e9 / options.storm * Double(phones.count))
            while next < min(due, phones.count) {
                let phone = phones[next]
                if phone.isLive { liveCount -= 1 }
                phone.lose()
                try dial(phone)
                next += 1
            }
            try await pause(seconds: 0.001)
        }
        try await wait(seconds: 60, "everybody to be back") { self.liveCount == self.phones.count }
        report.stormSeconds = Double(now() - started) / 1e9
        report.stormRefused = stormRefused
    }

    // MARK: One connection

    private func dial(_ phone: BenchPhone) throws(DemoError) {
        phone.socket = try WebSocketClient(
            to: options.endpoint, at: address, tls: tls,
            receiveByteCount: phone.willStall ? Self.sleeperByteCount : nil, loop: loop
        ) { [unowned phone] event in self.take(event, phone) }
    }

    private func take(_ event: WebSocketClient.Event, _ phone: BenchPhone) {
        switch event {
        case .opened: phone.socket?.send(hello(phone))
        case .text(let bytes): take(bytes, phone)
        case .ended(let code, let reason):
            if phone.isLive { liveCount -= 1 }
            // Who is not in yet may try again, unless told why not; another process may be taking over.
            let mayRetry = isStorming || !phone.hasWelcome && (code ?? 0) < 4_500
            let pause = phone.pause.map(Int64.init) ?? (mayRetry ? 200 : nil)
            phone.lose()
            guard let pause else {
                lost = "a connection ended\(code.map { " with code \($0)" } ?? "") \(reason)"
                return
            }
            if isStorming { stormRefused += 1 } else { report.sentAway += 1 }
            loop.schedule(afterMilliseconds: pause) { try? self.dial(phone) }
        }
    }

    private func hello(_ phone: BenchPhone, proof: String? = nil) -> [UInt8] {
        var text = "{\"type\":\"hello\",\"secret\":\"\(phone.secret)\",\"code\":\"\(codes[phone.room])\""
        if !phone.epoch.isEmpty {
            text +=
                ",\"epoch\":\"\(phone.epoch)\",\"since\":{\"room\":\(phone.roomSequence),\"own\":\(phone.ownSequence)}"
        }
        if let proof { text += ",\"proof\":\"\(proof)\"" }
        return Array((text + "}").utf8)
    }

    private func take(_ bytes: UnsafeRawBufferPointer, _ phone: BenchPhone) {
        let (time, wasLive) = (now(), phone.isLive)
        let news = phone.read(bytes) { due in
            guard window.contains(due), !phone.isStalled else { return }
            let wait = UInt64(max(0, time - due) / 1_000)
            shown.record(wait)
            let slice = Int((due - window.lowerBound) * Int64(Self.sliceCount) / Int64(window.count))
            slices[min(slice, Self.sliceCount - 1)].record(wait)
        }
        if phone.isLive, !wasLive { liveCount += 1 }
        switch news {
        case .ack(let due):
            storedInRoom[phone.room] += 1
            if window.contains(due) { stored.record(UInt64(max(0, time - due) / 1_000)) }
        case .refused: report.refused += 1
        case .challenge(let challenge):
            let index = phone.index
            Task.detached { await self.sayHelloAgain(index, challenge.prove()) }
        case .welcome, .other: break
        }
    }

    /// Somebody guesses codes at the same time: the door asked for work (protocol rule H7).
    private func sayHelloAgain(_ index: Int, _ proof: String?) {
        phones[index].socket?.send(hello(phones[index], proof: proof))
        phones[index].socket?.flush()
    }

    // MARK: Time

    private func now() -> Int64 { MonotonicClock.nowNanoseconds() }

    private func ownSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    private func pause(seconds: Double) async throws(DemoError) {
        if let lost { throw .connection(lost) }
        let nanoseconds = now() + Int64(seconds * 1e9)
        await withCheckedContinuation { continuation in
            loop.schedule(atNanoseconds: nanoseconds) { continuation.resume() }
        }
    }

    private func wait(
        seconds: Int64, _ what: String, mayFail: Bool = false, _ isDone: () -> Bool
    ) async throws(DemoError) {
        let deadline = now() + seconds * 1_000_000_000
        while !isDone() {
            guard now() < deadline else {
                if mayFail { return }
                throw .connection("waited \(seconds) s for \(what): \(liveCount) of \(phones.count) are live")
            }
            try await pause(seconds: 0.002)
        }
    }
}

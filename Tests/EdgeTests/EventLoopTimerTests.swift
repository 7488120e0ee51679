import Testing

@testable import EventLoop

@Suite("Timers", .timeLimit(.minutes(1)))
struct EventLoopTimerTests {
    @Test("timers fire in order of deadline, equal ones as scheduled; cancelled ones never; none early")
    func order() async throws {
        let worker = try LoopWorker()
        await worker.start()
        let fired = Signal<(name: String, early: Bool)>()
        await worker.with { loop in
            let start = MonotonicClock.nowMilliseconds()
            func timer(_ name: String, _ delay: Int64) -> TimerToken {
                loop.schedule(atMilliseconds: start + delay) {
                    fired.send((name, MonotonicClock.nowMilliseconds() < start + delay))
                }
            }
            _ = timer("last", 40)
            _ = timer("tie 1", 20)
            _ = timer("tie 2", 20)
            let cancelled = timer("cancelled", 5)
            _ = timer("past", -10)
            loop.cancel(cancelled)
            loop.cancel(cancelled)
            #expect(loop.timerCount == 4)
        }
        let heard = await fired.take(4)
        #expect(heard.map(\.name) == ["past", "tie 1", "tie 2", "last"])
        #expect(!heard.contains { $0.early })
        #expect(await worker.with { $0.timerCount } == 0)
        await worker.stop()
    }

    @Test("a nearer timer set later comes first, also when the kernel's timer was set for the later one")
    func nearer() async throws {
        let worker = try LoopWorker()
        await worker.start()
        let fired = Signal<String>()
        await worker.with { loop in _ = loop.schedule(afterMilliseconds: 60_000) { fired.send("far") } }
        await worker.with { loop in _ = loop.schedule(afterMilliseconds: 5) { fired.send("near") } }
        #expect(await fired.take(1) == ["near"])
        #expect(await worker.with { $0.timerCount } == 1)
        await worker.stop()
    }

    @Test("a timer that schedules itself for now lets other events and jobs through")
    func selfScheduling() async throws {
        let worker = try LoopWorker()
        await worker.start()
        let (client, server) = try SocketPair().split()
        let heard = Signal<Transfer>()
        try await worker.with { loop in
            func again() { loop.schedule(afterMilliseconds: 0) { again() } }
            again()
            let reader = SocketHandler(OwnedSocket(adopting: server)) { handler, _ in
                heard.send(handler.read().transfer)
                handler.end(on: loop)
            }
            try reader.register(on: loop, .readable)
        }
        let socket = OwnedSocket(adopting: client)
        #expect(socket.write([1, 2]) == .bytes(2))
        #expect(await heard.take(1) == [.bytes(2)])
        await worker.stop()
    }

    @Test("delays no clock can hold neither trap nor fire")
    func extremes() async throws {
        let worker = try LoopWorker()
        await worker.start()
        let fired = Signal<String>()
        await worker.with { loop in
            loop.schedule(afterMilliseconds: .max) { fired.send("for ever") }
            loop.schedule(atMilliseconds: .max) { fired.send("the end of time") }
            loop.schedule(afterMilliseconds: .min) { fired.send("long ago") }
        }
        #expect(await fired.take(1) == ["long ago"])
        #expect(await worker.with { $0.timerCount } == 2)
        await worker.stop()
    }

    @Test("a timer moved ten thousand times leaves no ten thousand keys behind")
    func cancelledKeysAreDropped() {
        var queue = TimerQueue()
        let steady = (0..<10).map { queue.insert(deadline: Int64($0), action: {}) }
        var moved = queue.insert(deadline: 1000, action: {})
        for deadline in 0..<10_000 {
            queue.cancel(moved)
            moved = queue.insert(deadline: Int64(1000 + deadline), action: {})
        }
        #expect(queue.count == 11)
        #expect(queue.keyCount <= 65)
        for token in steady { queue.cancel(token) }
        #expect(queue.earliestDeadline() == 10_999)
    }

    @Test("a place used anew does not answer to its former tenant's token")
    func slotGenerations() {
        var table = SlotTable<String>()
        let first = table.insert("first")
        #expect(table.remove(first) == "first")
        let second = table.insert("second")
        #expect(second.index == first.index && second != first)
        #expect(table[first] == nil && table.remove(first) == nil)
        table.replace(first, with: "intruder")
        #expect(table[SlotToken(packed: second.packed)] == "second")
        #expect(table[SlotToken(packed: .max)] == nil)
        #expect(table.count == 1)
    }
}

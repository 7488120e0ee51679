import Synchronization
import Testing

@testable import EventLoop

@Suite("The loop", .timeLimit(.minutes(1)))
struct EventLoopTests {
    @Test("200 connections are each echoed what they sent, in order")
    func echo() async throws {
        let (server, clients) = (try LoopWorker("server"), try LoopWorker("clients"))
        await server.start()
        await clients.start()
        let address = try await server.with { loop in
            try Acceptor.open(on: loop) { socket in
                let echo = SocketHandler(socket) { handler, _ in
                    let (transfer, bytes) = handler.read()
                    switch transfer {
                    case .bytes: _ = handler.socket.write(bytes)
                    case .wouldBlock: break
                    case .closed, .failed: handler.end(on: loop)
                    }
                }
                do { try echo.register(on: loop, .readable) } catch { Issue.record(error) }
            }
        }
        let finished = Signal<Bool>()
        try await clients.with { loop in
            for client in 0..<200 {
                var round = 0
                func message() -> [UInt8] { Array("client \(client) says \(round)".utf8) }
                let handler = SocketHandler(try OwnedSocket.connect(to: address)) { handler, readiness in
                    if readiness.contains(.writable), round == 0, let registration = handler.registration {
                        try? loop.modify(registration, interest: .readable)
                        _ = handler.socket.write(message())
                        return
                    }
                    guard readiness.contains(.readable) else { return }
                    let answer = handler.read().bytes
                    guard answer == message() else {
                        handler.end(on: loop)
                        return finished.send(false)
                    }
                    round += 1
                    guard round < 20 else {
                        handler.end(on: loop)
                        return finished.send(true)
                    }
                    _ = handler.socket.write(message())
                }
                try handler.register(on: loop, .writable)
            }
        }
        let results = await finished.take(200)
        #expect(results.count == 200 && results.allSatisfy { $0 })
        #expect(await clients.with { $0.registrationCount } == 0)
        await server.stop()
        await clients.stop()
    }

    @Test("a reader that sleeps makes the writer wait; when it reads, the writer is told and nothing is lost")
    func slowReader() async throws {
        let worker = try LoopWorker()
        await worker.start()
        let (client, server) = try SocketPair().split()
        let total = 8 << 20
        let blocked = Signal<Bool>()
        let received = Signal<Int>()
        try await worker.with { loop in
            var sent = 0
            let chunk = [UInt8](repeating: 7, count: 1 << 16)
            let writer = SocketHandler(OwnedSocket(adopting: server)) { handler, _ in
                while sent < total {
                    switch handler.socket.write(chunk) {
                    case .bytes(let count): sent += count
                    case .wouldBlock: return blocked.send(true)
                    case .closed, .failed: return received.send(-1)
                    }
                }
                handler.socket.shutdownWrite()
                handler.end(on: loop)
            }
            try writer.register(on: loop, .writable)
        }
        #expect(await blocked.take(1) == [true])
        try await worker.with { loop in
            var count = 0
            let reader = SocketHandler(OwnedSocket(adopting: client)) { handler, _ in
                let (transfer, bytes) = handler.read()
                switch transfer {
                case .bytes: count += bytes.allSatisfy { $0 == 7 } ? bytes.count : 0
                case .wouldBlock: break
                case .closed, .failed:
                    handler.end(on: loop)
                    received.send(count)
                }
            }
            try reader.register(on: loop, .readable)
        }
        let count = await received.take(1)[0]
        #expect(count >= total && count < total + 1 << 16)
        await worker.stop()
    }

    @Test(
        "an event of a watch that another handler just ended reaches nobody, not even its place's next tenant"
    )
    func staleEvents() async throws {
        let worker = try LoopWorker()
        let (firstClient, firstServer) = try SocketPair().split()
        let (secondClient, secondServer) = try SocketPair().split()
        let (quietClient, quietServer) = try SocketPair().split()
        let clients = Mutex<[Int32]>([firstClient, secondClient, quietClient])
        let calls = Signal<String>()
        try await worker.with { loop in
            var ends: [SocketHandler] = []
            let quiet = SocketHandler(OwnedSocket(adopting: quietServer)) { _, _ in calls.send("quiet") }
            for (name, descriptor) in [("first", firstServer), ("second", secondServer)] {
                let handler = SocketHandler(OwnedSocket(adopting: descriptor)) { handler, _ in
                    calls.send(name)
                    _ = handler.read()
                    // Whoever is called first ends the other and gives its place to the quiet one.
                    for other in ends where other !== handler { other.end(on: loop) }
                    if quiet.registration == nil { try? quiet.register(on: loop, .readable) }
                }
                try handler.register(on: loop, .readable)
                ends.append(handler)
            }
            // Both are ready before the loop looks, so both events come in one batch.
            for client in clients.withLock({ $0.prefix(2) }) {
                let socket = OwnedSocket(adopting: client)
                #expect(socket.write([1]) == .bytes(1))
                _ = socket.release()
            }
            loop.onTurnEnd = { calls.send("turn end") }
        }
        await worker.start()
        let heard = await calls.take(2)
        #expect(heard.last == "turn end")
        #expect(heard.first == "first" || heard.first == "second")
        #expect(await worker.with { $0.registrationCount } == 2)
        await worker.stop()
        for client in clients.withLock({ $0 }) { _ = OwnedSocket(adopting: client) }
    }

    @Test("the turn end runs once after a batch, and once for several jobs that asked")
    func turnEnds() async throws {
        let worker = try LoopWorker()
        let events = Signal<String>()
        let pairs = Mutex<[(client: Int32, server: Int32)]>([])
        for _ in 0..<3 {
            let pair = try SocketPair().split()
            pairs.withLock { $0.append(pair) }
        }
        try await worker.with { loop in
            loop.onTurnEnd = { events.send("end") }
            for pair in pairs.withLock({ $0 }) {
                let handler = SocketHandler(OwnedSocket(adopting: pair.server)) { handler, _ in
                    events.send("event")
                    loop.requestTurnEnd()
                    handler.end(on: loop)
                }
                try handler.register(on: loop, .writable)
            }
        }
        await worker.start()
        #expect(await events.take(4) == ["event", "event", "event", "end"])
        // Blocks already queued run first; then one turn end for both.
        await worker.with { loop in
            loop.requestTurnEnd()
            loop.requestTurnEnd()
            events.send("job")
        }
        #expect(await events.take(2) == ["job", "end"])
        await worker.with { _ in events.send("last") }
        #expect(await events.take(1) == ["last"])
        await worker.stop()
        for pair in pairs.withLock({ $0 }) { _ = OwnedSocket(adopting: pair.client) }
    }

    @Test("stopping lets go of every handler and timer")
    func stopReleases() async throws {
        final class Watched: ReadinessHandler {
            let onEnd: Signal<Bool>
            init(_ onEnd: Signal<Bool>) { self.onEnd = onEnd }
            deinit { onEnd.send(true) }
            func ready(_ readiness: Readiness) {}
        }
        let worker = try LoopWorker()
        await worker.start()
        let (client, server) = try SocketPair().split()
        let ended = Signal<Bool>()
        try await worker.with { loop in
            let watched = Watched(ended)
            _ = try loop.register(server, interest: .readable, handler: watched)
            loop.schedule(afterMilliseconds: 3_600_000) { watched.ready([]) }
        }
        await worker.stop()
        #expect(await ended.take(1) == [true])
        await worker.with { loop in
            #expect(loop.registrationCount == 0 && loop.timerCount == 0)
            #expect(throws: SystemError.self) {
                try loop.register(server, interest: .readable, handler: Watched(ended))
            }
        }
        _ = OwnedSocket(adopting: client)
        _ = OwnedSocket(adopting: server)
    }

    @Test("a value is handed over once, and a socket that nobody takes is closed")
    func handOver() async throws {
        let worker = try LoopWorker()
        let pair = try SocketPair()
        let (client, server) = pair.split()
        let echoed = Signal<Transfer>()
        worker.executor.handOver(OwnedSocket(adopting: server)) { socket in
            worker.assumeIsolated { _ in echoed.send(socket.write([42])) }
        }
        #expect(await echoed.take(1) == [.bytes(1)])
        let ends = Signal<Transfer>()
        await worker.start()
        try await worker.with { loop in
            let reader = SocketHandler(OwnedSocket(adopting: client)) { handler, _ in
                let (transfer, _) = handler.read()
                if transfer != .bytes(1) { handler.end(on: loop) }
                ends.send(transfer)
            }
            try reader.register(on: loop, .readable)
        }
        // The block let go of its socket, so the peer reads one byte and then the end.
        let first = await ends.take(1)
        #expect(first == [.bytes(1)])
        #expect(await ends.take(1) == [.closed])
        await worker.stop()
    }
}

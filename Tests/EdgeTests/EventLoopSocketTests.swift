import Foundation
import Testing

@testable import EventLoop

@Suite("Sockets", .timeLimit(.minutes(1)))
struct EventLoopSocketTests {
    @Test("a port in use is named, and the text says what to do")
    func portInUse() throws {
        let first = try Listener(host: "127.0.0.1", port: 0)
        let port = first.localAddress.port
        #expect(port != 0)
        let error = #expect(throws: ListenError.addressInUse("127.0.0.1:\(port)")) {
            _ = try Listener(host: "127.0.0.1", port: port)
        }
        #expect(error?.description.contains("127.0.0.1:\(port) is in use") == true)
    }

    @Test("an address of another machine, and a host that is none, are told apart")
    func foreignAddresses() {
        // TEST-NET-1 (RFC 5737) is nobody's.
        #expect(throws: ListenError.noSuchAddress("192.0.2.1:0")) {
            _ = try Listener(host: "192.0.2.1", port: 0)
        }
        let error = #expect(throws: ListenError.self) { _ = try Listener(host: "no host at all", port: 0) }
        guard case .unknownHost(.notFound("no host at all", _)) = error else {
            Issue.record("not an unknown host: \(String(describing: error))")
            return
        }
        #expect(SystemError(operation: "bind", code: EACCES).description == "bind: Permission denied")
        #expect(
            ListenError(SystemError(operation: "bind", code: EACCES), place: "[::]:80")
                == .permissionDenied("[::]:80"))
    }

    @Test("two listeners share a port when both ask for it")
    func sharedPort() throws {
        let first = try Listener(host: "127.0.0.1", port: 0, sharesPort: true)
        let second = try Listener(host: "127.0.0.1", port: first.localAddress.port, sharesPort: true)
        #expect(second.localAddress == first.localAddress)
    }

    @Test("a listener on :: takes IPv4 as well as IPv6", .enabled(if: hasIPv6, "this machine has no IPv6"))
    func dualStack() throws {
        var listener = try Listener(host: "::", port: 0)
        #expect(listener.localAddress.description.hasPrefix("[::]:"))
        for host in ["127.0.0.1", "[::1]"] {
            let address = try #require(
                SocketAddress.resolve(host: host, port: listener.localAddress.port).first)
            let client = try OwnedSocket.connect(to: address)
            let outcome = listener.accept { _ in }
            #expect(outcome.accepted == 1)
            #expect(client.takeError() == nil)
        }
    }

    @Test("options are accepted on a real connection")
    func options() throws {
        let pair = try SocketPair()
        try pair.server.disableDelay()
        try pair.server.enableKeepAlive(idleSeconds: 30, intervalSeconds: 10, probes: 3)
        try pair.server.setUserTimeout(milliseconds: 20_000)
        try pair.server.setBuffers(sendBytes: 65_536, receiveBytes: 65_536)
        #expect(pair.server.localAddress?.host == "127.0.0.1")
    }

    @Test("a gathering write sends its pieces in order, the empty ones too, and no more than its limit")
    func gathering() async throws {
        let pair = try SocketPair()
        let bytes = Array("abcdefghij".utf8)
        let count = bytes.withUnsafeBytes { raw in
            let pieces = [3..<5, 0..<0, 0..<3, 9..<10].map { UnsafeRawBufferPointer(rebasing: raw[$0]) }
            return pieces.withUnsafeBufferPointer { pair.client.write(pieces: $0) }
        }
        #expect(count == .bytes(6))
        let many = bytes.withUnsafeBytes { raw in
            let pieces = Array(repeating: UnsafeRawBufferPointer(rebasing: raw[0..<1]), count: 100)
            return pieces.withUnsafeBufferPointer { pair.client.write(pieces: $0) }
        }
        #expect(many == .bytes(OwnedSocket.piecesPerWrite))
        let (_, server) = pair.split()
        let worker = try LoopWorker()
        await worker.start()
        let heard = Signal<UInt8>()
        try await worker.with { loop in
            let reader = SocketHandler(OwnedSocket(adopting: server)) { handler, _ in
                for byte in handler.read().bytes { heard.send(byte) }
            }
            try reader.register(on: loop, .readable)
        }
        #expect(await heard.take(7) == Array("deabcja".utf8))
        await worker.stop()
    }

    @Test("nothing to read, a peer that left, and writing to it: each has its own answer and no signal")
    func transferResults() throws {
        let pair = try SocketPair()
        var byte: [UInt8] = [0]
        #expect(byte.withUnsafeMutableBytes { pair.server.read(into: $0) } == .wouldBlock)
        let (client, server) = pair.split()
        let left = OwnedSocket(adopting: server)
        _ = OwnedSocket(adopting: client)
        #expect(byte.withUnsafeMutableBytes { left.read(into: $0) } == .closed)
        // The first write is answered by a reset; one after that finds a closed pipe.
        var last = left.write([1])
        for _ in 0..<1000 where last == .bytes(1) { last = left.write([1]) }
        #expect(last == .closed)
    }

    @Test("a refused connection says so when it becomes writable")
    func refusedConnection() async throws {
        // Bound but not listening: refuses, and keeps the port from everybody else meanwhile.
        let taken = OwnedSocket(adopting: socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        let anyPort = try #require(SocketAddress.resolve(host: "127.0.0.1", port: 0).first)
        let bound = anyPort.bytes.withUnsafeBytes { raw in
            raw.withMemoryRebound(to: sockaddr.self) { bind(taken.descriptor, $0.baseAddress, 16) }
        }
        #expect(bound == 0)
        let local = taken.localAddress
        let address = try #require(local)
        let worker = try LoopWorker()
        await worker.start()
        let heard = Signal<Int32>()
        try await worker.with { loop in
            let handler = SocketHandler(try OwnedSocket.connect(to: address)) { handler, _ in
                heard.send(handler.socket.takeError()?.code ?? 0)
                handler.end(on: loop)
            }
            try handler.register(on: loop, .writable)
        }
        #expect(await heard.take(1) == [ECONNREFUSED])
        await worker.stop()
    }

    @Test("without descriptors left, callers are refused, the listener goes quiet, and later ones are served")
    func outOfDescriptors() async {
        await #expect(processExitsWith: .success) {
            var listener = try Listener(host: "127.0.0.1", port: 0)
            let callers = try (0..<10).map { _ in try OwnedSocket.connect(to: listener.localAddress).release()
            }
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            limit.rlim_cur = rlim_t((callers.max() ?? 0) + 3)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            var served: [Int32] = []
            let first = listener.accept { served.append($0.release()) }
            precondition(first.accepted > 0 && first.refused > 0, "\(first)")
            precondition(first.accepted + first.refused == 10 && !first.mustPause, "\(first)")
            // The queue is empty: a level-triggered loop is not woken again.
            precondition(listener.accept { _ in } == Listener.Outcome(), "the listener is still ready")
            close(served.removeLast())
            close(callers[0])
            let late = try OwnedSocket.connect(to: listener.localAddress)
            let second = listener.accept { served.append($0.release()) }
            precondition(second.accepted == 1 && second.refused == 0, "\(second)")
            precondition(late.takeError() == nil)
        }
    }

    @Test("the limit on descriptors is never lowered")
    func descriptorLimit() throws {
        let before = try DescriptorLimit.raise(to: 0)
        #expect(before > 0)
        #expect(try DescriptorLimit.raise(to: before) == before)
        #expect(try DescriptorLimit.raise(to: -1) == before)
    }

    @Test("the machine's own addresses hold neither loopback nor a zone, IPv4 first")
    func interfaces() {
        let addresses = InterfaceAddress.current()
        #expect(
            !addresses.contains { $0.host == "::1" || $0.host.hasPrefix("127.") || $0.host.contains("%") })
        #expect(addresses == addresses.filter { !$0.isIPv6 } + addresses.filter(\.isIPv6))
        // Each can be listened on, so each is real.
        for address in addresses {
            #expect(throws: Never.self) { _ = try Listener(host: address.host, port: 0) }
        }
    }

    @Test("the monotonic clock goes on, the wall clock is after this was written")
    func clocks() {
        let before = MonotonicClock.nowNanoseconds()
        #expect(MonotonicClock.nowNanoseconds() >= before)
        #expect(WallClock.nowMilliseconds() > 1_760_000_000_000)
    }
}

/// Whether `::1` can be listened on here.
private let hasIPv6: Bool = {
    do {
        _ = try Listener(host: "::1", port: 0)
        return true
    } catch { return false }
}()

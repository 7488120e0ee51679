import EventLoop
import Glibc
import Synchronization
import Testing

/// Listening sockets that go from one owner to another. Both ends are in this process; the kernel does not mind.
@Suite struct ListenerHandOverTests {
    private static func freshName() -> String {
        "samskap.test.\(getpid()).\(UInt64.random(in: 0...UInt64.max))"
    }

    /// How many sockets are offered, without taking them; nil when nobody offers.
    private func look(_ name: String) throws -> Int? {
        guard let gift = try ListenerGift(name: name) else { return nil }
        return gift.descriptors.count
    }

    @Test("Whoever waits in the queue is found there by the new owner")
    func queueGoesAlong() throws {
        let old = try Listener(host: "127.0.0.1", port: 0, sharesPort: true)
        let other = try Listener(host: "127.0.0.1", port: old.localAddress.port, sharesPort: true)
        let name = Self.freshName()
        let taken = Atomic<Int>(0)
        let offer = try ListenerOffer(name: name, descriptors: [old.descriptor, other.descriptor]) {
            taken.add(1, ordering: .sequentiallyConsistent)
        }
        var waiting: [Int32] = []
        for _ in 0..<8 { waiting.append(try OwnedSocket.connect(to: old.localAddress).release()) }
        defer { for descriptor in waiting { close(descriptor) } }

        guard var gift = try ListenerGift(name: name) else {
            Issue.record("nobody offers")
            return
        }
        let descriptors = try gift.accept()
        #expect(descriptors.count == 2)
        let port = old.localAddress.port
        // The old owner closes its own; the sockets live on.
        _ = consume old
        _ = consume other
        var first = try Listener(adopting: descriptors[0])
        var second = try Listener(adopting: descriptors[1])
        #expect(first.localAddress.port == port && second.localAddress.port == port)
        let found = first.accept { _ in }.accepted + second.accept { _ in }.accepted
        #expect(found == 8)
        for _ in 0..<500 where taken.load(ordering: .sequentiallyConsistent) == 0 { usleep(10_000) }
        #expect(taken.load(ordering: .sequentiallyConsistent) == 1)
        offer.withdraw()
    }

    @Test("Somebody who takes a look and goes away has not taken over")
    func lookingIsNotTaking() throws {
        let listener = try Listener(host: "127.0.0.1", port: 0)
        let name = Self.freshName()
        let taken = Atomic<Int>(0)
        let offer = try ListenerOffer(name: name, descriptors: [listener.descriptor]) {
            taken.add(1, ordering: .sequentiallyConsistent)
        }
        #expect(try look(name) == 1)
        // Served one after the other: when the second is answered, the first has been judged.
        #expect(try look(name) == 1)
        #expect(taken.load(ordering: .sequentiallyConsistent) == 0)
        offer.withdraw()
    }

    @Test("Nobody there is no error; a name is one process's at a time")
    func names() throws {
        let name = Self.freshName()
        #expect(try look(name) == nil)
        let offer = try ListenerOffer(name: name, descriptors: []) {}
        #expect(throws: SystemError.self) { _ = try ListenerOffer(name: name, descriptors: []) {} }
        #expect(throws: SystemError.self) { _ = try look(name) }
        offer.withdraw()
        for _ in 0..<500 {
            if (try? ListenerOffer(name: name, descriptors: []) {})?.withdraw() != nil { return }
            usleep(10_000)
        }
        Issue.record("the name is still taken")
    }
}

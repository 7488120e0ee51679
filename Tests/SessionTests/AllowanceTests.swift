import Session
import Testing

@Suite("What a workshop as a whole may take")
struct AllowanceTests {
    @Test("so much at once, then so much a second, and it says when to come again")
    func rate() {
        var allowance = Allowance(perSecond: 100, burst: 1_000)
        for _ in 0..<1_000 { #expect(allowance.take(at: 0) == nil) }
        #expect(allowance.take(at: 0) == 1)
        #expect(allowance.take(500, at: 0) == 5)
        #expect(allowance.take(at: 9) == 1)
        #expect(allowance.take(at: 10) == nil)
        var granted = 0
        for now in stride(from: Int64(10), to: 10_010, by: 5) where allowance.take(at: now) == nil {
            granted += 1
        }
        #expect((999...1_001).contains(granted))
    }

    @Test("a clock that stands still or jumps far harms nothing")
    func clocks() {
        var allowance = Allowance(perSecond: 1, burst: 2)
        #expect(allowance.take(at: .max) == nil)
        #expect(allowance.take(at: 0) == nil)
        #expect(allowance.take(at: 0) != nil)
    }
}

@Suite("What a message counts for")
struct MessageCostTests {
    @Test("one for each 4 KiB begun", arguments: [(0, 1), (1, 1), (4_096, 1), (4_097, 2), (16_384, 4)])
    func cost(bytes: Int, cost: Int) { #expect(TokenBucket.cost(ofBytes: bytes) == cost) }

    @Test("what one may send is shared among its connections")
    func connections() {
        var session = Session()
        let hello = #"{"type":"hello","secret":"\#(String(repeating: "A", count: 43))","code":"KRTMPX"}"#
        _ = Array(hello.utf8).withUnsafeBytes { session.receive($0, at: 5) }
        session.joined()
        var taken = 0
        for ref in 1...25 {
            let command = #"{"type":"vote.cast","ref":\#(ref),"round":"r1","target":"n1","value":1}"#
            let action = Array(command.utf8).withUnsafeBytes { session.receive($0, at: 5, connections: 3) }
            if case .command = action { taken += 1 }
        }
        #expect(taken == 20)
    }
}

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

    @Test("looks at the clock are not answered beyond what one may send, and then end it")
    func clock() {
        var session = Session()
        var answered = 0
        var closed: UInt16?
        for _ in 0..<2_000 {
            switch Array(#"{"type":"time","t":1}"#.utf8).withUnsafeBytes({ session.receive($0, at: 5) }) {
            case .tellTime: answered += 1
            case .close(let code): closed = closed ?? code
            default: break
            }
        }
        #expect(answered == 60)
        #expect(closed == 4429)
    }

    @Test("what one may send is shared among its connections")
    func connections() {
        var session = Session()
        var answered = 0
        for _ in 0..<100 {
            let action = Array(#"{"type":"time","t":1}"#.utf8).withUnsafeBytes {
                session.receive($0, at: 5, connections: 3)
            }
            if action == .tellTime(t: 1) { answered += 1 }
        }
        #expect(answered == 20)
    }
}

import Session
import TestKit
import Testing
import Wire
import Workshop

private let secret = String(repeating: "B", count: 42) + "A"
private let hello = #"{"type":"hello","secret":"\#(secret)","workshop":"w1","epoch":"e","since":{"room":4}}"#

private func note(_ ref: UInt32) -> String { #"{"type":"note.add","ref":\#(ref),"text":"a"}"# }

private func vote(_ ref: UInt32) -> String {
    #"{"type":"vote.cast","ref":\#(ref),"round":"r1","target":"n1","value":1}"#
}

extension Session {
    fileprivate mutating func receive(_ text: String, at now: Int64 = 0) -> Action {
        Array(text.utf8).withUnsafeBytes { receive($0, at: now) }
    }

    /// A conversation that is live.
    fileprivate static func live() -> Session {
        var session = Session()
        _ = session.receive(hello)
        session.joined()
        return session
    }
}

extension Session.Action {
    /// The counter of a command that is handed on.
    fileprivate var taken: UInt32? { if case .command(let ref, _) = self { ref } else { nil } }
    /// The counter of a command that is refused with `busy`.
    fileprivate var busy: UInt32? { if case .refuse(let ref, "busy", .some) = self { ref } else { nil } }
}

@Suite("One device's conversation")
struct SessionTests {
    @Test("[H1] the client speaks first, and says hello")
    func helloFirst() {
        var session = Session()
        guard case .join(let asked) = session.receive(hello) else {
            Issue.record("not asked to join")
            return
        }
        #expect(asked.workshop == "w1")
        #expect(asked.since == ["room": 4])
        #expect(!session.isLive)
        session.joined()
        #expect(session.isLive)
    }

    @Test(
        "[H1] anything but hello and a look at the clock closes with 4400",
        arguments: [
            note(1), #"{"type":"paint","ref":1}"#, "{}", "x", "",
        ])
    func notHello(text: String) {
        var session = Session()
        #expect(session.receive(#"{"type":"time","t":7}"#) == .tellTime(t: 7))
        #expect(session.receive(text) == .close(4400))
        #expect(session.receive(hello) == .nothing)
    }

    @Test("[H5] until it is let in nothing is taken")
    func joining() {
        var session = Session()
        _ = session.receive(hello)
        #expect(session.receive(note(1)) == .close(4400))
    }

    @Test("[H2] a second hello closes with 4400")
    func secondHello() {
        var session = Session.live()
        #expect(session.receive(hello) == .close(4400))
    }

    @Test("[L1] the clock is told at once, sixty times a second for as long as one likes")
    func clock() {
        var session = Session.live()
        for t in 0..<600 {
            #expect(session.receive(#"{"type":"time","t":\#(t)}"#) == .tellTime(t: Int64(t)))
        }
        for t in 0..<6_000 {
            #expect(
                session.receive(#"{"type":"time","t":\#(t)}"#, at: 10_000 + Int64(t) * 17)
                    == .tellTime(t: Int64(t)))
        }
    }

    @Test(
        "[L1] who asks the clock, or says what nobody understands, as fast as the line goes is cut off: answers would pile up",
        arguments: [#"{"type":"time","t":1}"#, #"{"type":"paint","ref":1}"#, #"{"type":"note.add","ref":1}"#])
    func flood(_ text: String) {
        var session = Session.live()
        var answers = 0
        while answers < 10_000 {
            if case .close(4429) = session.receive(text) { break }
            answers += 1
        }
        #expect(answers == 600)
        var silent = Session()
        for _ in 0..<600 { _ = silent.receive(#"{"type":"time","t":1}"#) }
        #expect(silent.receive(#"{"type":"time","t":1}"#) == .close(4429))
    }

    @Test("[H7] who is asked for work may say hello once more")
    func challenged() {
        var session = Session()
        let early = session.challenged()
        #expect(!early)
        _ = session.receive(hello)
        let first = session.challenged()
        #expect(first)
        #expect(session.receive(#"{"type":"time","t":7}"#) == .tellTime(t: 7))
        guard case .join = session.receive(hello) else {
            Issue.record("not heard again")
            return
        }
        let second = session.challenged()
        #expect(!second)
        session.joined()
        #expect(session.receive(note(1)).taken == 1)
        let late = session.challenged()
        #expect(!late)
    }

    @Test("[G3] what cannot be understood is refused, and the connection stays")
    func refused() {
        var session = Session.live()
        #expect(
            session.receive(#"{"type":"paint","ref":1}"#)
                == .refuse(ref: 1, code: "unknown-type", retryAfterSeconds: nil))
        #expect(
            session.receive(#"{"type":"note.add","ref":2}"#)
                == .refuse(ref: 2, code: "malformed", retryAfterSeconds: nil))
        #expect(session.receive(note(3)).taken == 3)
        #expect(session.unanswered == 1)
    }

    @Test("[G2] what is no message closes, and nothing is heard after that")
    func broken() {
        var session = Session.live()
        #expect(session.receive("{\"type\":\"note.add\"") == .close(4400))
        #expect(session.receive("{") == .nothing)
        #expect(session.receive(note(1)) == .nothing)
    }

    @Test("[R4] 32 commands may be unanswered; the next closes with 4429")
    func unanswered() {
        var session = Session.live()
        for ref in UInt32(1)...32 { #expect(session.receive(note(ref)).taken == ref) }
        session.answered()
        #expect(session.receive(note(33)).taken == 33)
        #expect(session.unanswered == 32)
        #expect(session.receive(note(34)) == .close(4429))
    }

    @Test("answers that nobody asked for do no harm")
    func tooManyAnswers() {
        var session = Session.live()
        session.answered()
        #expect(session.unanswered == 0)
    }

    @Test("[C3] a socket that drains is brought up, once")
    func behind() {
        var session = Session.live()
        #expect(session.drained() == .nothing)
        session.blocked()
        session.blocked()
        #expect(session.isBehind)
        #expect(session.receive(note(1)).taken == 1, "commands are still taken")
        #expect(session.drained() == .catchUp)
        #expect(!session.isBehind)
        #expect(session.drained() == .nothing)
    }

    @Test("a socket that drains before or after the conversation brings nothing up")
    func behindAtTheEdges() {
        var early = Session()
        early.blocked()
        #expect(early.drained() == .nothing)
        var late = Session.live()
        late.blocked()
        late.end()
        #expect(late.drained() == .nothing)
        #expect(late.receive(note(1)) == .nothing)
    }

    @Test("[H4] a number for each channel, from where the device says")
    func sequences() {
        var sent = SentSequences(
            ["room": 41, "own": 40, "staff": 7, "later": 9], of: [.room, .own(ParticipantID(1))])
        #expect(sent[.staff] == 0, "what the welcome does not name begins anew")
        #expect(sent[.room] == 41)
        #expect(sent[.own(ParticipantID(7))] == 40)
        #expect(sent[.staff] == 0)
        sent[.staff] = 1
        sent[.door] = 2
        sent[.own(ParticipantID(7))] = 3
        sent[.room] = 4
        #expect([sent[.room], sent[.own(ParticipantID(7))], sent[.staff], sent[.door]] == [4, 3, 1, 2])
    }

    @Test("ten thousand idle conversations stay small")
    func size() { #expect(MemoryLayout<Session>.stride <= 150) }

    @Test("random bytes, inputs in any order: no trap, and closed is closed", arguments: 1...20)
    func anyOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var session = Session()
        var isClosed = false
        var now: Int64 = 0
        for step in 0..<300 {
            now += Int64.random(in: -50...2_000, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0: session.blocked()
            case 1:
                let action = session.drained()
                if isClosed { #expect(action == .nothing, "seed \(seed), step \(step)") }
            case 2: session.answered()
            case 3: session.answered(toComeAgain: UInt32.random(in: 1...50, using: &random))
            case 4 where !isClosed: session.joined()
            default:
                let texts = [
                    hello, note(UInt32.random(in: 1...60, using: &random)), vote(3),
                    #"{"type":"time","t":1}"#, note(7),
                ]
                let text = step % 97 == 96 ? "{" : texts.randomElement(using: &random) ?? ""
                let action = session.receive(text, at: now)
                if isClosed { #expect(action == .nothing, "seed \(seed), step \(step)") }
                if case .close = action { isClosed = true }
                #expect(session.unanswered <= WireLimits.unanswered)
            }
        }
    }
}

@Suite("Commands that have to come again (rule R6)")
struct ComeAgainTests {
    /// A conversation whose bucket is empty, with the last counter used.
    private func exhausted() -> (Session, UInt32) {
        var session = Session.live()
        for ref in UInt32(1)...60 {
            _ = session.receive(note(ref))
            session.answered()
        }
        return (session, 60)
    }

    @Test("[R6] too fast: refused with busy, and the connection stays")
    func busy() {
        var (session, _) = exhausted()
        #expect(session.receive(note(61)) == .refuse(ref: 61, code: "busy", retryAfterSeconds: 1))
        #expect(session.unanswered == 0)
    }

    @Test("[R3] [R6] a later command does not pass one that has to come again")
    func order() {
        var (session, _) = exhausted()
        #expect(session.receive(note(61), at: 0).busy == 61)
        // A token is there again, but 62 before 61 would make 61 stale.
        #expect(session.receive(note(62), at: 100).busy == 62)
        #expect(session.receive(note(63), at: 900).busy == 63)
        #expect(session.receive(note(61), at: 1_000).taken == 61)
        #expect(session.receive(note(62), at: 1_000).taken == 62)
        #expect(session.receive(note(63), at: 1_000).taken == 63)
    }

    @Test("[R3] older ones sent again may come before it")
    func older() {
        var (session, _) = exhausted()
        #expect(session.receive(note(61), at: 0).busy == 61)
        #expect(session.receive(note(40), at: 500).taken == 40)
        #expect(session.receive(note(62), at: 500).busy == 62)
        #expect(session.receive(note(61), at: 500).taken == 61)
        #expect(session.receive(note(62), at: 500).taken == 62)
    }

    @Test("[R6] what the room could not take has to come again as well")
    func unavailable() {
        var session = Session.live()
        for ref in UInt32(1)...3 { #expect(session.receive(note(ref)).taken == ref) }
        session.answered(toComeAgain: 2)
        session.answered(toComeAgain: 1)
        #expect(session.receive(note(4)).busy == 4)
        #expect(session.receive(note(2)).busy == 2)
        #expect(session.receive(note(1)).taken == 1)
        #expect(session.receive(note(2)).taken == 2)
        #expect(session.unanswered == 3)
    }

    @Test("[R5] votes are not counted: they neither wait nor are waited for")
    func votes() {
        var (session, _) = exhausted()
        #expect(session.receive(vote(61), at: 0).busy == 61)
        #expect(session.receive(note(62), at: 100).taken == 62)
        var (other, _) = exhausted()
        #expect(other.receive(note(61), at: 0).busy == 61)
        #expect(other.receive(vote(62), at: 100).taken == 62)
    }

    @Test("a command that its sender has given up is not waited for longer than half a minute")
    func givenUp() {
        var (session, _) = exhausted()
        #expect(session.receive(note(61), at: 0).busy == 61)
        #expect(session.receive(note(62), at: 30_000).busy == 62)
        #expect(session.receive(note(62), at: 30_001).taken == 62)
    }
}

import Testing
import Wire

@testable import Demo

@Suite("One person's side of the conversation")
struct AttendeeTests {
    private func message(_ text: String) throws -> Message {
        try #require(Array(text.utf8).withUnsafeBytes { Message($0) })
    }

    private func joined(lastRef: Int = 0) throws -> Attendee {
        var attendee = Attendee()
        #expect(
            attendee.receive(try message(#"{"type":"welcome","participant":"p1","lastRef":\#(lastRef)}"#))
                == .joined)
        return attendee
    }

    private func refs(_ messages: [[UInt8]]) -> [Int] {
        messages.compactMap { $0.withUnsafeBytes { JSONValue(reading: $0) }?["ref"]?.number }
    }

    private func vote(_ note: String, _ value: Int) -> Act { .vote(round: "r1", note: note, value: value) }

    @Test("nothing is sent before welcome")
    func early() {
        var attendee = Attendee()
        attendee.add(vote("n1", 1))
        #expect(attendee.takeMessages().isEmpty)
    }

    @Test("[R1] counters go on from lastRef, one more for each command")
    func counters() throws {
        var attendee = try joined(lastRef: 4)
        attendee.add(vote("n1", 1))
        attendee.add(vote("n2", 1))
        #expect(refs(attendee.takeMessages()) == [5, 6])
    }

    @Test("[R4] at most 32 commands are unanswered; each answer lets one more go")
    func window() throws {
        var attendee = try joined()
        for number in 1...40 { attendee.add(vote("n\(number)", 1)) }
        #expect(attendee.takeMessages().count == 32)
        #expect(attendee.takeMessages().isEmpty)
        #expect(
            attendee.receive(try message(#"{"type":"ack","ref":1,"sequence":9}"#))
                == .done(count: 1, written: nil))
        #expect(refs(attendee.takeMessages()) == [33])
    }

    @Test("[R2] an acknowledged note is known by the counter that its author's channel shows")
    func written() throws {
        var attendee = try joined()
        attendee.add(.write(comment: 7, text: "a \"b\"\n"))
        let sent = try #require(attendee.takeMessages().first)
        #expect(sent.withUnsafeBytes { JSONValue(reading: $0) }?["text"]?.string == "a \"b\"\n")
        let own =
            #"{"type":"changes","channel":"own","sequence":3,"set":{"note/n12":{"ref":1,"text":"a"}},"drop":[]}"#
        #expect(attendee.receive(try message(own)) == .nothing)
        #expect(
            attendee.receive(try message(#"{"type":"ack","ref":1}"#)) == .done(count: 1, written: (7, "n12")))
        #expect(attendee.isIdle)
    }

    @Test("[C1] changes put and drop entries and move the sequence")
    func changes() throws {
        var attendee = try joined()
        _ = attendee.receive(
            try message(
                #"{"type":"changes","channel":"room","sequence":3,"set":{"a":1,"b":{"c":null}},"drop":[]}"#))
        _ = attendee.receive(
            try message(#"{"type":"changes","channel":"room","sequence":5,"set":{"b":2},"drop":["a","x"]}"#))
        #expect(attendee.room == ["b": .number(2)])
        #expect(attendee.sequences["room"] == 5)
    }

    @Test("[R6] what was refused as busy is sent again after the pause, in order, before anything new")
    func busy() throws {
        var attendee = try joined()
        for note in ["n1", "n2", "n3"] { attendee.add(vote(note, 1)) }
        _ = attendee.takeMessages()
        let refusal = { (ref: Int) in #"{"type":"refused","ref":\#(ref),"code":"busy","retryAfterSeconds":2}"#
        }
        #expect(attendee.receive(try message(refusal(1))) == .busy(seconds: 2))
        #expect(attendee.receive(try message(refusal(2))) == .nothing)
        attendee.add(vote("n4", 1))
        #expect(attendee.takeMessages().isEmpty)
        attendee.resume()
        let again = attendee.takeMessages().map { String(decoding: $0, as: UTF8.self) }
        #expect(again.count == 3)
        #expect(zip(again, ["n1", "n2", "n4"]).allSatisfy { $0.contains($1) })
    }

    @Test("a vote refused as busy is let go when a later one on the same note is on its way")
    func busyVoteIsReplaced() throws {
        var attendee = try joined()
        attendee.add(vote("n1", 1))
        attendee.add(vote("n1", -1))
        _ = attendee.takeMessages()
        let refused = try message(#"{"type":"refused","ref":1,"code":"busy","retryAfterSeconds":2}"#)
        #expect(attendee.receive(refused) == .done(count: 1, written: nil))
        #expect(attendee.receive(try message(#"{"type":"ack","ref":2}"#)) == .done(count: 1, written: nil))
        #expect(attendee.isIdle)
    }

    @Test("a refusal that is final, and an answer to nothing, are failures")
    func failures() throws {
        var attendee = try joined()
        attendee.add(vote("n1", 1))
        _ = attendee.takeMessages()
        for text in [#"{"type":"refused","ref":1,"code":"round-closed"}"#, #"{"type":"ack","ref":9}"#] {
            guard case .failed = attendee.receive(try message(text)) else {
                Issue.record("\(text) was taken")
                continue
            }
        }
    }

    @Test("[G3] unknown types are ignored, what is no message is none")
    func unknown() throws {
        #expect(try message(#"{"type":"later","x":1}"#) == .other)
        for text in ["", "[]", "{}", #"{"type":1}"#, #"{"type":"ack"}"#, "{\"type\":\"ack\",\"ref\":1"] {
            #expect(Array(text.utf8).withUnsafeBytes { Message($0) } == nil)
        }
    }
}

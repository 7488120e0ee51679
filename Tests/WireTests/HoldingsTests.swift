import TestKit
import Testing
import Wire
import Workshop

@Suite("What is held about one participant")
struct HoldingsTests {
    private func holdings(of id: ParticipantID, in scene: Scene) -> String {
        var holdings = Holdings(of: id, in: scene.workshop)
        for record in scene.records { holdings.take(record) }
        return String(decoding: holdings.document(at: 1_795_478_700_000), as: UTF8.self)
    }

    @Test("[P1] the example of the protocol is what the server writes, byte for byte")
    func example() throws {
        var scene = try Scene()
        let kari = try scene.join(name: "Kari")
        _ = try scene.write(kari, "Flere benker langs elva")
        let text = holdings(of: kari, in: scene).replacing(
            #""workshop":"w1","title":"Town centre""#,
            with: #""workshop":"w7Qm2c0tq4","title":"Sentrum i 2050""#)
        #expect(try ProtocolDocument().examples("json http holdings") == [text])
    }

    @Test(
        "[P1] own notes in every state, the own votes while a round is open, and what others did to it, unnamed"
    )
    func complete() throws {
        var scene = try Scene()
        let facilitator = ParticipantID(1)
        let kari = try scene.join(name: "Kari", via: .remote)
        let ola = try scene.join(name: "Ola-navn")
        for (author, text) in [
            (kari, "open"), (ola, "ola-tekst"), (kari, "taken off"), (kari, "withdrawn-1"),
        ] {
            _ = try scene.write(author, text)
        }
        try scene.act(kari, .withdrawNote(NoteID(4)))
        try scene.act(kari, .rename("Kari N"))
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .editNote(NoteID(1), text: "open, edited"))
        try scene.act(facilitator, .redactNote(NoteID(3), .personal))
        try scene.act(facilitator, .redactNote(NoteID(2), .duplicate))
        try scene.act(facilitator, .openPhase(PhaseID(3)))
        try scene.act(facilitator, .openRound(title: "R", VoteSetup(kind: .stance, targets: .notes)))
        try scene.act(kari, .castVote(RoundID(1), .note(NoteID(1)), value: -1))
        try scene.act(ola, .castVote(RoundID(1), .note(NoteID(1)), value: 1))
        let open = holdings(of: kari, in: scene)
        for mark in [
            "Kari", "Kari N", "remote", "open, edited", "taken off", "withdrawn-1", #""votes":{"n1":-1}"#,
            #""reason":"personal""#, "noteEdited", "noteRedacted", "noteWithdrawn",
        ] { #expect(open.contains(mark), "\(mark)") }
        for mark in [
            "Ola-navn", "ola-tekst", #""p3""#, "p1", #""n1":1"#, #""n2""#, "0303030303", "duplicate",
        ] {
            #expect(!open.contains(mark), "\(mark)")
        }
        try scene.act(facilitator, .closeRound(RoundID(1)))
        #expect(holdings(of: kari, in: scene).contains(#""votes":[],"#))
        // Everything in the state that names this participant is told.
        let told = try #require(try JSONReader.read(Array(open.utf8), limits: .trusted)["notes"]?.array)
        let held = scene.workshop.notes.values.filter { $0.author == kari }
        #expect(told.map { $0["text"]?.string } == held.map(\.text))
        #expect(told.map { $0["at"]?.int } == held.map(\.writtenAt))
    }

    @Test("[P1] what the log holds of others' acts on a whole random run names nobody else")
    func random() throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var scene = try Scene()
            var people: [ParticipantID] = []
            for number in 0..<4 { people.append(try scene.join(name: "NAME\(number)X")) }
            for step in 0..<120 {
                guard let person = people.randomElement(using: &generator) else { continue }
                do {
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: try scene.act(person, .rename("NAME\(Int(person.number) - 2)X"))
                    case 1: try scene.act(person, .setHand(step % 2 == 0))
                    default: _ = try scene.write(person, "TEXT\(Int(person.number) - 2)X")
                    }
                } catch {}
            }
            for (number, person) in people.enumerated() {
                let text = holdings(of: person, in: scene)
                for other in 0..<4 {
                    #expect(text.contains("NAME\(other)X") == (other == number), "seed \(seed)")
                    if other != number { #expect(!text.contains("TEXT\(other)X"), "seed \(seed)") }
                }
            }
        }
    }
}

import TestKit
import Testing
import Workshop

@testable import Wire

@Suite("Whether all votes are in")
struct TurnoutTests {
    private let boss = ParticipantID(1)

    @Test("[L3] of those who are there with a vote, how many have yet to use it; one is told as two")
    func missing() throws {
        var scene = try Scene()
        let people = try (0..<4).map { _ in try scene.join() }
        let (table, screen) = (people[3], try scene.join(.screen))
        try scene.act(table, .setTable(heads: 9))
        let note = try scene.write(people[0], "a")
        try scene.act(boss, .revealPhase(PhaseID(1)))
        try scene.act(boss, .openPhase(PhaseID(3)))
        let connected = people + [people[0], screen, boss]
        #expect(Turnout(of: connected, in: scene.workshop) == nil)
        try scene.act(
            boss, .openRound(title: "R", VoteSetup(kind: .dots(budget: 1, cap: 1), targets: .notes)))
        func turnout(_ who: [ParticipantID]) -> [Int]? {
            Turnout(of: who, in: scene.workshop).map { [$0.present, $0.missing] }
        }
        #expect(turnout(connected) == [4, 4])
        for id in people[0...1] {
            try scene.act(id, .castVote(RoundID(1), .note(note), value: 1))
        }
        #expect(turnout(connected) == [4, 2])
        // One is absent: the votes of those present are in when the table's is.
        #expect(turnout([people[0], people[1], table]) == [3, 2], "one is told as two")
        try scene.act(table, .castTable(RoundID(1), .note(note), counts: [.init(value: 1, count: 5)]))
        #expect(turnout([people[0], people[1], table]) == [3, 0])
        #expect(turnout(connected) == [4, 2])
        try scene.act(boss, .closeRound(RoundID(1)))
        #expect(turnout(connected) == nil)
    }

    @Test("[E4] what a table gave is kept in a cell as a ballot is; a ballot's value is no table's")
    func cells() throws {
        let ballot: TableBallot = [
            .note(NoteID(1)): [.init(value: -1, count: 2), .init(value: 1, count: 5)],
            .cluster(ClusterID(2)): [.init(value: 1, count: 8)],
        ]
        let key = CellCodec.key(RoundID(1), ParticipantID(7))
        let bytes = CellCodec.encode(ballot)
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"n1":{"-1":2,"1":5},"c2":{"1":8}}"#)
        let (round, table, read) = try CellCodec.decodeTable(key: key, value: bytes)
        #expect(round == RoundID(1) && table == ParticipantID(7) && read == ballot)
        #expect(throws: CellCodec.Failure.shape) { _ = try CellCodec.decode(key: key, value: bytes) }
        for value in [#"{"n1":2}"#, #"{"x1":{"1":1}}"#, #"{"n1":{"01":1}}"#, #"{"n1":{"1":"1"}}"#, "[]"] {
            #expect(throws: CellCodec.Failure.shape) {
                _ = try CellCodec.decodeTable(key: key, value: Array(value.utf8))
            }
        }
    }
}

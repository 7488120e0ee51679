import Testing
import Wire

@testable import Demo

@Suite("The check at the end of a replay")
struct VerdictTests {
    private let plan = Plan(
        Consultation(
            topic: "T",
            comments: [
                .init(id: 7, author: 1, at: 0, text: "a", agrees: 2, disagrees: 0),
                .init(id: 8, author: 1, at: 1, text: "b", agrees: 0, disagrees: 0),
            ],
            votes: [
                .init(comment: 7, voter: 1, at: 5, value: 1), .init(comment: 7, voter: 2, at: 6, value: 1),
                .init(comment: 7, voter: 2, at: 7, value: 0),
            ]), noteCharacters: 500)

    private func json(_ text: String) throws -> JSONValue { try JSONReader.read(Array(text.utf8)) }

    private func board() throws -> [String: JSONValue] {
        let round = #"{"state":"revealed","voters":2,"results":[{"target":"n1","counts":{"0":1,"1":1}}]}"#
        return [
            "note/n1": try json(#"{"text":"a"}"#), "note/n2": try json(#"{"text":"b"}"#),
            "round/r1": try json(round),
        ]
    }

    private func differences(_ boards: [[String: JSONValue]]) -> Int {
        Verdict(plan: plan, boards: boards, notes: [7: "n1", 8: "n2"], round: "r1").differences.count
    }

    @Test("equal boards with the plan's notes and tallies are well")
    func well() throws {
        let board = try board()
        let verdict = Verdict(plan: plan, boards: [board, board], notes: [7: "n1", 8: "n2"], round: "r1")
        #expect(verdict.differences.isEmpty)
        #expect(verdict.equalTallyCount == 2)
        #expect(verdict.entryCount == 3)
    }

    @Test("somebody who sees something else is told")
    func otherBoard() throws {
        let board = try board()
        var other = board
        other["note/n2"] = try json(#"{"text":"b","cluster":"c1"}"#)
        #expect(differences([board, other]) == 1)
        other["note/n2"] = nil
        #expect(differences([board, board, other]) == 1)
    }

    @Test("a missing note, another text and a note too many are told")
    func notes() throws {
        var other = try board()
        other["note/n2"] = try json(#"{"text":"c"}"#)
        #expect(differences([other]) == 1)
        other["note/n2"] = nil
        #expect(differences([other]) == 2)
        other = try board()
        other["note/n3"] = try json(#"{"text":"b"}"#)
        #expect(differences([other]) == 1)
    }

    @Test("another tally, another number of voters and a round that is not revealed are told")
    func tallies() throws {
        for round in [
            #"{"state":"revealed","voters":3,"results":[{"target":"n1","counts":{"0":1,"1":1}}]}"#,
            #"{"state":"closed","voters":2,"results":[{"target":"n1","counts":{"0":1,"1":1}}]}"#,
            #"{"state":"revealed","voters":2,"results":[{"target":"n1","counts":{"1":2}}]}"#,
            #"{"state":"revealed","voters":2,"results":[]}"#,
        ] {
            var other = try board()
            other["round/r1"] = try json(round)
            #expect(differences([other]) == 1, "\(round)")
        }
    }
}

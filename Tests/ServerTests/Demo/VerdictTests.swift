import Testing

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

    private var board: [String: JSON] {
        [
            "note/n1": .object(["text": "a"]), "note/n2": .object(["text": "b"]),
            "round/r1": .object([
                "state": "revealed", "voters": .integer(2),
                "results": .array([
                    .object(["target": "n1", "counts": .object(["1": .integer(1), "0": .integer(1)])])
                ]),
            ]),
        ]
    }

    private func differences(_ boards: [[String: JSON]]) -> Int {
        Verdict(plan: plan, boards: boards, notes: [7: "n1", 8: "n2"], round: "r1").differences.count
    }

    @Test("equal boards with the plan's notes and tallies are well")
    func well() {
        let verdict = Verdict(plan: plan, boards: [board, board], notes: [7: "n1", 8: "n2"], round: "r1")
        #expect(verdict.differences.isEmpty)
        #expect(verdict.equalTallyCount == 2)
        #expect(verdict.entryCount == 3)
    }

    @Test("somebody who sees something else is told")
    func otherBoard() {
        var other = board
        other["note/n2"] = .object(["text": "b", "cluster": "c1"])
        #expect(differences([board, other]) == 1)
        other["note/n2"] = nil
        #expect(differences([board, board, other]) == 1)
    }

    @Test("a missing note, another text and a note too many are told")
    func notes() {
        var other = board
        other["note/n2"] = .object(["text": "c"])
        #expect(differences([other]) == 1)
        other["note/n2"] = nil
        #expect(differences([other]) == 2)
        other = board
        other["note/n3"] = .object(["text": "b"])
        #expect(differences([other]) == 1)
    }

    @Test("another tally, another number of voters and a round that is not revealed are told")
    func tallies() {
        for (member, value) in [
            ("voters", JSON.integer(3)), ("state", "closed"),
            ("results", .array([.object(["target": "n1", "counts": .object(["1": .integer(2)])])])),
        ] {
            var other = board
            var round = other["round/r1"]?.object ?? [:]
            round[member] = value
            other["round/r1"] = .object(round)
            #expect(differences([other]) == 1, "\(member)")
        }
    }
}

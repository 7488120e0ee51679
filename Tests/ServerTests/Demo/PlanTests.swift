import Testing

@testable import Demo

@Suite("The plan of a replay")
struct PlanTests {
    private func comment(
        _ id: Int, by author: Int, at: Int64 = 0, _ text: String, _ agrees: Int = 0, _ disagrees: Int = 0
    )
        -> Consultation.Comment
    {
        .init(id: id, author: author, at: at, text: text, agrees: agrees, disagrees: disagrees)
    }

    private func vote(_ comment: Int, by voter: Int, at: Int64, _ value: Int) -> Consultation.Vote {
        .init(comment: comment, voter: voter, at: at, value: value)
    }

    private func plan(_ comments: [Consultation.Comment], _ votes: [Consultation.Vote] = [], limit: Int = 500)
        -> Plan
    {
        Plan(Consultation(topic: "T", comments: comments, votes: votes), noteCharacters: limit)
    }

    @Test("authors and voters are people, each once, and write in the order of time")
    func people() {
        let plan = plan(
            [comment(7, by: 3, at: 20, "b"), comment(9, by: 1, at: 15, "a")], [vote(7, by: 2, at: 5, 1)])
        #expect(plan.people == [1, 2, 3])
        #expect(plan.writings.map(\.comment) == [9, 7])
        #expect(plan.writings.map(\.after) == [0, 5])
        #expect(plan.writings.map(\.person) == [0, 2])
    }

    @Test("a person's last answer counts; what it replaced is kept apart, and both make the file's columns")
    func replaced() {
        let plan = plan(
            [comment(1, by: 1, "a", 2, 1)],
            [
                vote(1, by: 2, at: 9, -1), vote(1, by: 2, at: 3, 1), vote(1, by: 3, at: 4, 1),
                vote(1, by: 4, at: 4, 0),
            ])
        #expect(plan.castings.map(\.after) == [0, 1, 1, 6])
        #expect(plan.tallies[1] == Plan.Counts(agree: 1, pass: 1, disagree: 1))
        #expect(plan.replaced[1] == Plan.Counts(agree: 1))
        #expect(plan.replacedCount == 1)
        #expect(plan.contradictions.isEmpty)
    }

    @Test("of two answers in the same millisecond the later line counts")
    func sameTime() {
        let plan = plan(
            [comment(1, by: 1, "a", 1, 1)], [vote(1, by: 2, at: 3, 1), vote(1, by: 2, at: 3, -1)])
        #expect(plan.tallies[1] == Plan.Counts(disagree: 1))
    }

    @Test("columns that votes.csv does not bear out are told")
    func contradiction() {
        #expect(plan([comment(1, by: 1, "a", 2, 0)], [vote(1, by: 2, at: 3, 1)]).contradictions.count == 1)
    }

    @Test("a comment without text makes no note and takes no votes")
    func empty() {
        let plan = plan([comment(1, by: 1, " \n"), comment(2, by: 1, "a")], [vote(1, by: 2, at: 3, 1)])
        #expect(plan.emptyCount == 1)
        #expect(plan.writings.map(\.comment) == [2])
        #expect(plan.castings.isEmpty)
    }

    @Test(
        "[G7] a text is cleaned as the server cleans it, and cut with an ellipsis at the limit",
        arguments: [
            (" a\r\nb\t \n", "a\nb", false), ("12345", "12345", false), ("123456", "1234…", true),
            ("123 56", "123…", true), ("æøåæøå", "æøåæ…", true),
        ])
    func text(raw: String, kept: String, isCut: Bool) {
        let result = noteText(raw, limit: 5)
        #expect(result.text == kept)
        #expect(result.isCut == isCut)
    }
}

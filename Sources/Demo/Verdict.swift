internal import Wire

/// What a replay came to: what everybody sees at the end, against the plan. Pure.
struct Verdict: Hashable, Sendable {
    /// What is not as it should be, a sentence each; empty when all is well.
    let differences: [String]
    /// Keys that everybody has in `room`.
    let entryCount: Int
    /// Notes with the right tally.
    let equalTallyCount: Int

    /// Compares.
    ///
    /// - Parameters:
    ///   - plan: What was replayed.
    ///   - boards: For each connection, the facilitator's first, its entries of the channel `room`.
    ///   - notes: The note that each comment became.
    ///   - round: The round's identifier.
    init(plan: Plan, boards: [[String: JSONValue]], notes: [Int: String], round: String) {
        let reference = boards.first ?? [:]
        var differences: [String] = []

        for (index, board) in boards.enumerated() where board != reference {
            let keys = Set(board.keys).union(reference.keys).filter { board[$0] != reference[$0] }.sorted()
            differences.append(
                "connection \(index) sees \(keys.count) entries otherwise than the facilitator: "
                    + keys.prefix(3).joined(separator: ", "))
        }

        let shown = reference.keys.filter { $0.hasPrefix("note/") }.count
        if shown != plan.writings.count {
            differences.append("\(plan.writings.count) notes were written, the board has \(shown)")
        }
        for writing in plan.writings {
            guard let note = notes[writing.comment], let entry = reference["note/\(note)"] else {
                differences.append("comment \(writing.comment) is not on the board")
                continue
            }
            if entry["text"]?.string != writing.text {
                differences.append("\(note) has not the text of comment \(writing.comment)")
            }
        }

        let entry = reference["round/\(round)"]
        if entry?["state"]?.string != "revealed" { differences.append("the round \(round) is not revealed") }
        let voters = Set(plan.castings.map(\.person)).count
        if entry?["voters"]?.number != voters {
            differences.append("\(voters) people voted, the round says \(entry?["voters"]?.number ?? 0)")
        }
        var counted: [String: Plan.Counts] = [:]
        for result in entry?["results"]?.array ?? [] {
            guard let target = result["target"]?.string else { continue }
            counted[target] = Plan.Counts(result["counts"]?.dictionary ?? [:])
        }
        var equal = 0
        for writing in plan.writings {
            guard let note = notes[writing.comment] else { continue }
            let (wanted, found) = (
                plan.tallies[writing.comment] ?? Plan.Counts(), counted[note] ?? Plan.Counts()
            )
            if wanted == found {
                equal += 1
            } else {
                differences.append("comment \(writing.comment): \(wanted) in the file, \(found) counted")
            }
        }

        self.differences = differences + plan.contradictions
        entryCount = reference.count
        equalTallyCount = equal
    }
}

extension Plan.Counts: CustomStringConvertible {
    /// Reads a round's `counts`: value → how many.
    init(_ counts: [String: JSONValue]) {
        agree = counts["1"]?.number ?? 0
        pass = counts["0"]?.number ?? 0
        disagree = counts["-1"]?.number ?? 0
    }

    var description: String { "\(agree) agree, \(pass) pass, \(disagree) disagree" }
}

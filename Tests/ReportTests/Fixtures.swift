import Foundation
import Report
import TestKit
import Wire
import Workshop

/// The repository's files.
enum Files {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func read(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
    }
}

let languages = ["nb", "nn", "en"]

func vocabulary(_ language: String) throws -> Vocabulary {
    try Vocabulary(json: Files.read("web/i18n/report.\(language).json"), language: language)
}

/// Every document of a workshop, by name, in one language.
func documents(of workshop: Workshop, in language: String) throws -> [(name: String, text: String)] {
    let findings = Findings(of: workshop)
    let words = try vocabulary(language)
    return [
        ("html", HTMLReport.document(findings, in: words, utcOffsetMinutes: 60)),
        ("markdown", MarkdownReport.document(findings, in: words, utcOffsetMinutes: 60)),
        ("notes.csv", CSVReport.notes(findings, in: words)),
        ("results.csv", CSVReport.results(findings, in: words)),
        ("json", JSONReport.document(findings)),
    ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
}

/// Texts that mean something to a browser, a spreadsheet or a Markdown reader.
let payloads = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</style><script>1</script>",
    "'-alert(1)-'",
    "</title></svg><b>", "&lt;b&gt;", "{count} {label}", "=HYPERLINK(\"http://evil.example\")", "]]>",
    "[a](javascript:alert(1))", "a | b\n| - | - |", "# not a heading", "a\u{0}b\u{8}c\u{FFFE}d",
]

/// A board that everybody writes on openly, votes on in one phase after the other, and may name themselves.
let openPhases = [
    Phase(
        id: PhaseID(1), name: "Write", instruction: "One thing on each note.", minutes: 5, board: BoardID(1),
        participants: [.add, .editOwn, .vote], helpers: [.add], anonymity: .none)
]

let facilitator = ParticipantID(1)

extension Scene {
    /// Opens a round, casts votes (by voter, target and value), and closes it.
    mutating func vote(
        _ kind: VoteKind, on targets: VoteTargets, title: String = "Vote",
        _ votes: [(ParticipantID, Target, Int)], hands: [(Target, value: Int, count: Int)] = []
    ) throws -> RoundID {
        let round = workshop.rounds.nextID
        try act(facilitator, .openRound(title: title, VoteSetup(kind: kind, targets: targets)))
        for (voter, target, value) in votes { try act(voter, .castVote(round, target, value: value), ref: 0) }
        for hand in hands {
            try act(facilitator, .recordHands(round, hand.0, value: hand.value, count: hand.count), ref: 0)
        }
        try act(facilitator, .closeRound(round))
        return round
    }
}

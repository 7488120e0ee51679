import Foundation
import ProposalScore
import Proposals

// Compares cluster proposals with what a person would put together, beside two naive ways, as a Markdown table.
//
//     proposal-bench FILE…        files in the form of LabelledWorkshop
//     proposal-bench --show NAME FILE…        what is proposed for one of the workshops
//
// script/proposals runs it on the notes in Tests/Fixtures/Proposals and on recorded consultations.

var files = Array(CommandLine.arguments.dropFirst())
var shown: String?
if files.first == "--show", files.count > 1 {
    shown = files[1]
    files.removeFirst(2)
}
guard !files.isEmpty else {
    print("proposal-bench [--show NAME] FILE…")
    exit(64)
}
let workshops = try files.flatMap { file in
    try LabelledWorkshop.all(in: [UInt8](Data(contentsOf: URL(fileURLWithPath: file))))
}

if let shown {
    for workshop in workshops where workshop.name == shown {
        let proposal = Proposal(of: workshop.notes)
        for cluster in proposal.clusters {
            print("\n## \(cluster.name)\n")
            for note in cluster.notes { print("- \(workshop.notes[note].text)") }
        }
        print("\n## –\n")
        for note in proposal.alone { print("- \(workshop.notes[note].text)") }
    }
    exit(0)
}

func number(_ value: Double) -> String { String(format: "%.2f", value).replacing("-", with: "−") }

/// The milliseconds that the proposal takes: the least of several runs, as other work on the machine only adds.
func milliseconds(_ notes: [WrittenNote]) -> Double {
    let clock = ContinuousClock()
    return (0..<7).map { _ in clock.measure { _ = Proposal(of: notes) } / .milliseconds(1) }.min() ?? 0
}

print(
    "| notes of | used before | notes | themes | ARI | precision | recall | clusters | placed | ARI k-means | ARI shared word | ms |"
)
print("|---|---|---|---|---|---|---|---|---|---|---|---|")
for workshop in workshops {
    let notes = workshop.notes
    let proposal = Proposal(of: notes)
    let agreement = Agreement(
        of: LabelledWorkshop.groups(proposal, of: notes.count), with: workshop.themes)
    let themeCount = Set(workshop.themes).count
    let kMeans = (0..<10).map { seed in
        Agreement(
            of: Baselines.kMeans(notes, count: themeCount, seed: UInt64(seed)), with: workshop.themes
        ).adjustedRandIndex
    }
    let shared = Agreement(of: Baselines.mostSharedWord(notes), with: workshop.themes)
    let placed = Double(notes.count - proposal.alone.count) / Double(notes.count)
    let columns = [
        workshop.name, workshop.use, String(notes.count), String(themeCount),
        number(agreement.adjustedRandIndex), number(agreement.precision), number(agreement.recall),
        String(proposal.clusters.count), "\(Int((placed * 100).rounded())) %",
        number(kMeans.reduce(0, +) / Double(kMeans.count)), number(shared.adjustedRandIndex),
        String(format: "%.1f", milliseconds(notes)),
    ]
    print("| " + columns.joined(separator: " | ") + " |")
}

// How long a whole board takes: real notes, repeated with a mark of their own so that no two are the same.
let pool = workshops.flatMap(\.notes)
for count in [100, 400, 1_000] {
    let notes = (0..<count).map { index in
        WrittenNote(
            "\(pool[index % pool.count].text) x\(index / pool.count)",
            language: pool[index % pool.count].language
        )
    }
    print("\n\(count) notes: \(String(format: "%.0f", milliseconds(notes))) ms", terminator: "")
}
print()

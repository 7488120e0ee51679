import Foundation
import ProposalScore
import Testing

@testable import Proposals

@Suite("Proposals")
struct ProposalTests {
    private static let notes = [
        "Flere benker langs elva", "Trygg sykkelvei til skolen", "Benkene i gågata er råtne", "Vet ikke",
        "Sykkelparkering med tak ved stasjonen", "En benk ved busstoppet i Storgata",
        "Lån ut elsykler og sykler",
    ]

    static func labelled() throws -> [LabelledWorkshop] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("Fixtures/Proposals/notes.json")
        return try LabelledWorkshop.all(in: [UInt8](Data(contentsOf: file)))
    }

    private func proposal(_ texts: [String], _ language: String = "nb") -> Proposal {
        Proposal(of: texts.map { WrittenNote($0, language: language) })
    }

    @Test("puts together what has words in common, names it by them, and leaves the rest alone")
    func whole() {
        let proposal = proposal(Self.notes)
        #expect(proposal.clusters.map(\.notes) == [[0, 2, 5], [1, 4, 6]])
        // As written here, so that a change between processes or machines is found.
        #expect(proposal.clusters.map(\.name) == ["Benker, Storgata", "Sykler, elsykler"])
        #expect(proposal.alone == [3])
    }

    @Test("the same notes give the same proposal, however often")
    func deterministic() throws {
        for workshop in try Self.labelled() {
            let first = Proposal(of: workshop.notes)
            for _ in 0..<3 { #expect(Proposal(of: workshop.notes) == first) }
        }
    }

    @Test("each note stands in one place; clusters come by size, then by their first note")
    func partition() throws {
        for workshop in try Self.labelled() {
            let proposal = Proposal(of: workshop.notes)
            let all = (proposal.clusters.flatMap(\.notes) + proposal.alone).sorted()
            #expect(all == Array(workshop.notes.indices))
            for cluster in proposal.clusters {
                #expect(cluster.notes.count > 1)
                #expect(cluster.notes == cluster.notes.sorted())
                #expect(!cluster.name.isEmpty)
            }
            let order = proposal.clusters.map { (-$0.notes.count, $0.notes[0]) }
            for (one, next) in zip(order, order.dropFirst()) { #expect(one < next) }
            #expect(Set(proposal.clusters.map(\.name)).count == proposal.clusters.count)
        }
    }

    @Test("a name has only words that stand in the cluster's notes")
    func clusterNames() throws {
        for workshop in try Self.labelled() {
            for cluster in Proposal(of: workshop.notes).clusters {
                let text = cluster.notes.map { workshop.notes[$0].text.lowercased() }.joined(separator: " ")
                for word in cluster.name.lowercased().split(separator: ", ") {
                    #expect(
                        text.contains(word.replacing("'", with: "’")) || text.contains(word),
                        "\(cluster.name)")
                }
            }
        }
    }

    @Test("a name is cut at its limit")
    func nameLimit() {
        let long = String(repeating: "ø", count: 100)
        let proposal = Proposal(
            of: [
                WrittenNote("\(long) a", language: "nb"), WrittenNote("\(long) b", language: "nb"),
                WrittenNote("noe helt annet", language: "nb"),
            ], nameCharacters: 80)
        #expect(proposal.clusters.map(\.name.unicodeScalars.count) == [80])
    }

    @Test("the note's own language decides: Norwegian endings are none in English")
    func languages() {
        let texts = ["benkar her", "benken der", "støy fra veien"]
        #expect(proposal(texts, "nb").clusters.map(\.notes) == [[0, 1]])
        #expect(proposal(texts, "en").clusters.isEmpty)
        let mixed = [
            WrittenNote("Svømmehallen må åpne", language: "nb"),
            WrittenNote("Symjehallen treng tak", language: "nn"),
            WrittenNote("Reopen the swimming pool", language: "en"), WrittenNote("Hundepark", language: "nb"),
        ]
        #expect(Proposal(of: mixed).clusters.map(\.notes) == [[0, 1, 2]])
    }

    @Test("a town's name is no theme")
    func names() {
        let town = [
            "I love Bowling Green", "In 2050 Bowling Green will be known", "bowling green needs buses",
            "More trees and flowers",
        ]
        let terms = NoteTerms(of: town.map { WrittenNote($0, language: "en") })
        let themes = terms.occurrences.map { note in note.filter { $0.stem == "green" }.flatMap(\.themes) }
        #expect(themes == [[], [], [], []])
        let colour = NoteTerms(of: [
            WrittenNote("Green roofs", language: "en"), WrittenNote("a green roof", language: "en"),
        ])
        #expect(
            colour.occurrences.allSatisfy { note in note.contains { $0.stem == "green" && !$0.themes.isEmpty }
            })
    }

    @Test("no notes, one note, notes without words, the same note many times")
    func edges() {
        #expect(proposal([]).clusters.isEmpty && proposal([]).alone.isEmpty)
        #expect(proposal(["Benker"]).alone == [0])
        #expect(proposal(["…", "🙂🙂", "og så det", "!"]).alone == [0, 1, 2, 3])
        let same = proposal(Array(repeating: "Flere benker", count: 5) + ["Lys på stien"])
        #expect(same.clusters.map(\.notes) == [[0, 1, 2, 3, 4]])
    }

    @Test("at most 40 clusters; what is beyond stands alone")
    func clusterLimit() {
        let words = (0..<60).map {
            "ord\(String(UnicodeScalar(UInt8(97 + $0 / 26))))\(String(UnicodeScalar(UInt8(97 + $0 % 26))))zq"
        }
        let proposal = proposal(words + words, "xx")
        #expect(proposal.clusters.count == Proposal.clusterLimit)
        #expect(proposal.clusters.map(\.notes).first == [0, 60])
        #expect(proposal.alone.count == 40)
    }

    @Test(
        "agrees with people better than naive ways do, on each set of labelled notes; the last figures stand in docs/proposals.md"
    )
    func agreement() throws {
        var sum = 0.0
        let workshops = try Self.labelled()
        for workshop in workshops {
            let proposal = Proposal(of: workshop.notes)
            let groups = LabelledWorkshop.groups(proposal, of: workshop.notes.count)
            let own = Agreement(of: groups, with: workshop.themes).adjustedRandIndex
            let naive = [
                Agreement(of: Baselines.mostSharedWord(workshop.notes), with: workshop.themes),
                Agreement(
                    of: Baselines.kMeans(workshop.notes, count: Set(workshop.themes).count, seed: 1),
                    with: workshop.themes),
            ].map(\.adjustedRandIndex)
            #expect(own > naive[0] && own > naive[1], "\(workshop.name): \(own), naive \(naive)")
            sum += own
        }
        #expect(sum / Double(workshops.count) > 0.3)
    }

    @Test("the index is 1 for the same grouping under other names, 0 for one that says nothing")
    func index() {
        #expect(Agreement(of: [7, 7, 1, 1], with: [0, 0, 1, 1]).adjustedRandIndex == 1)
        #expect(Agreement(of: [0, 0, 0, 0], with: [0, 0, 1, 1]).adjustedRandIndex == 0)
        // Worked out by hand: one pair of two in common, 2 and 2 wanted of 6.
        let half = Agreement(of: [0, 0, 1, 2], with: [0, 0, 1, 1])
        #expect(half.precision == 1 && half.recall == 0.5)
        #expect(abs(half.adjustedRandIndex - (1 - 2.0 / 6) / (1.5 - 2.0 / 6)) < 1e-12)
    }
}

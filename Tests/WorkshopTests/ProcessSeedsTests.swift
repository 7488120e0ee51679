import TestKit
import Testing
import Wire

@testable import Workshop

@Suite("Items, whatever is done to them (Q)")
struct ProcessSeedsTests {
    private func source(_ random: inout SeededGenerator) -> Item.Source {
        let note = NoteID(.random(in: 1...9, using: &random))
        let session = SessionID(.random(in: 1...4, using: &random))
        return switch Int.random(in: 0..<4, using: &random) {
        case 0: .note(session, note)
        case 1: .cluster(session, ClusterID(.random(in: 1...3, using: &random)), notes: [note, NoteID(20)])
        default: .item(ItemID(.random(in: 1...30, using: &random)))
        }
    }

    private func command(_ random: inout SeededGenerator) -> ProcessCommand {
        let (item, other) = (
            ItemID(.random(in: 1...30, using: &random)), ItemID(.random(in: 1...30, using: &random))
        )
        let sources = (0..<Int.random(in: 0...3, using: &random)).map { _ in source(&random) }
        let kind: Item.Kind = [.need, .idea, .decision].randomElement(using: &random) ?? .idea
        return switch Int.random(in: 0..<12, using: &random) {
        case 0...3:
            .addItem(kind, step: .random(in: 1...5, using: &random), text: "t", fields: [], from: sources)
        case 4: .changeItem(item, kind, step: nil, text: "u", fields: [])
        case 5: .linkItem(item, from: sources)
        case 6: .unlinkItem(item, from: sources)
        case 7: .moveItem(item, after: Bool.random(using: &random) ? other : nil)
        case 8: .removeItem(item)
        case 9: .mergeItems(item, into: other)
        case 10: .splitItem(item, text: "v", fields: [])
        default: .detachSession(SessionID(.random(in: 1...3, using: &random)))
        }
    }

    @Test(
        "no ring, no loose end, no place twice, and the journal gives the same state",
        arguments: 1...30 as ClosedRange<UInt64>)
    func seeds(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var scene = try ProcessScene()
        for request in ["a", "b", "c"] { try scene.attach(request) }
        var done = 0
        for _ in 0..<400 {
            let command = command(&random)
            let before = scene.workshop
            do throws(Refusal) {
                try scene.act(command)
                done += 1
            } catch {
                #expect(scene.workshop == before, "refused, and yet something changed")
                continue
            }
            check(scene.process)
        }
        #expect(done > 50)
        #expect(try scene.isSame())
    }

    private func check(_ process: Process) {
        for item in process.items.values {
            #expect(!process.ancestors(of: item.id).contains(item.id), "\(item.id) comes from itself")
            #expect(item.sources.count <= Limits.sourcesEach)
            for (index, source) in item.sources.enumerated() {
                if case .item(let id) = source {
                    #expect(process.items[id] != nil, "\(item.id) comes from \(id)")
                }
                if let session = source.session { #expect(process.sessions[session] != nil) }
                #expect(!item.sources[..<index].contains { $0.isSamePlace(as: source) }, "\(item.id) twice")
            }
        }
        for kind in Item.Kind.allCases {
            let ranks = process.items.values.filter { $0.kind == kind }.map(\.rank)
            #expect(Set(ranks).count == ranks.count, "\(kind) ranks")
        }
    }
}

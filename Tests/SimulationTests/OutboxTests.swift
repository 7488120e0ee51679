import Foundation
import Simulation
import Testing

/// The simulation's outbox does what web/app/outbox.js does: Tests/Web runs the same fixtures against that one.
@Suite("The simulated outbox")
struct OutboxTests {
    /// Steps that one phone's outbox takes.
    struct Script: Decodable {
        var name: String
        var steps: [Step]
    }

    /// What is done, and what came of it.
    struct Step: Decodable {
        var `do`: String
        var id: Int?
        var type: String?
        var members: String?
        var times: Int?
        var ref: UInt32?
        var lastRef: UInt32?
        var unanswered: Int?
        var gives: String
        var holds: String
    }

    /// More commands than this are only counted.
    static let listed = 10

    @Test("[R1] [R3] [R4] [R5] [R6] it does what the shared fixtures say")
    func fixtures() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "Fixtures/outbox.json"))
        let scripts = try JSONDecoder().decode([Script].self, from: data)
        #expect(scripts.count == 40)
        for script in scripts {
            var outbox = Outbox()
            for (index, step) in script.steps.enumerated() {
                let gives = try take(step, by: &outbox)
                let place = "\(script.name), step \(index + 1): \(step.do)"
                #expect(gives == step.gives, "\(place)")
                #expect(holds(outbox) == step.holds, "\(place)")
            }
        }
    }

    private func take(_ step: Step, by outbox: inout Outbox) throws -> String {
        switch step.do {
        case "begin":
            outbox.begin(lastRef: try #require(step.lastRef))
            return ""
        case "add":
            var added: Outbox.Pending?
            for more in 0..<(step.times ?? 1) {
                let id = try #require(step.id) + more
                added = outbox.add(id, try #require(step.type), try #require(step.members))
            }
            return added.map { "\($0.id)" } ?? "full"
        case "next":
            return outbox.next(unanswered: try #require(step.unanswered))
                .map { "\($0.id)#\($0.ref.map(String.init) ?? "-") \($0.members)" }.joined(separator: "; ")
        case "leave and reload", "reload":
            outbox = outbox.stored
            return ""
        default: break
        }
        let ref = try #require(step.ref)
        guard let command = outbox.find(ref) else { return "unknown" }
        switch step.do {
        case "answered": outbox.remove(ref)
        case "postpone": outbox.postpone(ref)
        case "renumber": return "\(outbox.renumber(ref))"
        default: Issue.record("no such step: \(step.do)")
        }
        return "\(command.id)"
    }

    private func holds(_ outbox: Outbox) -> String {
        if outbox.commands.count > Self.listed { return "\(outbox.commands.count) commands" }
        return outbox.commands.map { command in
            "\(command.id)#\(command.ref.map(String.init) ?? "-") \(command.isSent ? "sent" : "unsent")"
        }.joined(separator: ", ")
    }
}

import Digests
import Foundation
import Journal
import JournalSQLite
import Server
import Testing
import WebCodec
import Wire

@Suite("Links over real sockets")
struct LinksServerTests {
    private struct Stage {
        let running: Running
        let id: String
        var links: [String: String]
        let facilitator: Phone

        init(_ running: Running) async throws {
            self.running = running
            let workshop = try await running.create()
            id = workshop["workshop"]?.string ?? ""
            links = [:]
            for role in ["facilitator", "helper", "screen", "observer"] {
                links[role] = workshop["links"]?[role]?.string
            }
            facilitator = try await Phone(
                running, "\"workshop\":\"\(id)\",\"link\":\"\(links["facilitator"] ?? "")\"")
            try await facilitator.until { $0.welcome != nil && $0.channels["door"] != nil }
        }

        func knock(_ link: String?, secret: String = Base64URL.encode(SecureRandom.bytes(32))) async throws
            -> Phone
        {
            try await Phone(running, secret: secret, "\"workshop\":\"\(id)\",\"link\":\"\(link ?? "")\"")
        }

        func enter(_ role: String) async throws -> Phone {
            let phone = try await knock(links[role])
            try await phone.until { $0.welcome != nil }
            return phone
        }

        func results(_ secret: String) async throws -> Int {
            try await running.ask(.get, "/api/workshops/\(id)/results.json", secret: secret).status
        }
    }

    @Test("after the end a new device comes in by each link, and nobody by the code")
    func afterTheEnd() async throws {
        let stage = try await Stage(try await Running.start())
        let code = stage.facilitator.channels["door"]?["door"]?["code"]?.string ?? ""
        #expect(try await stage.facilitator.act("workshop.end") == "ack")
        for role in ["facilitator", "helper", "screen", "observer"] {
            let late = try await stage.enter(role)
            try await late.until { $0.channels["room"]?["session"]?["ended"]?.bool == true }
        }
        let newcomer = try await Phone(stage.running, "\"workshop\":\"\(stage.id)\",\"code\":\"\(code)\"")
        #expect(try await newcomer.untilClosed() == 4504)
        await stage.running.server.stop()
    }

    @Test(
        "[K1, K2, K3] a replaced link and its devices are out within 5 s, for good; the new link lets in",
        arguments: ["helper", "screen", "observer"])
    func replaced(role: String) async throws {
        let stage = try await Stage(try await Running.start())
        let (old, other) = (
            try await stage.enter(role), try await stage.enter(role == "helper" ? "screen" : "helper")
        )
        let begun = ContinuousClock.now
        let root = stage.links["facilitator"] ?? ""
        #expect(
            try await stage.facilitator.act("link.replace", "\"role\":\"\(role)\",\"link\":\"\(root)\"")
                == "ack")
        #expect(try await old.untilClosed() == 4505)
        #expect(ContinuousClock.now - begun < .seconds(5))
        // Neither the device nor the link comes back.
        #expect(try await stage.knock(stage.links[role], secret: old.secret).untilClosed() == 4505)
        #expect(try await stage.knock(stage.links[role]).untilClosed() == 4504)
        #expect(try await stage.results(old.secret) == 401)
        #expect(try await stage.results(stage.links[role] ?? "") == 401)
        for method in [HTTPMethod.get, .delete] {
            let path = "/api/workshops/\(stage.id)/me"
            #expect(try await stage.running.ask(method, path, secret: old.secret).status == 401)
        }
        // Others stay, and are told nothing of the new link.
        try await other.settle()
        #expect(other.closeCode == nil)
        #expect(!other.messages.contains { $0["type"]?.string == "links" })
        // The new one is derived as the protocol says, and lets in.
        let shown = stage.facilitator.messages.last { $0["type"]?.string == "links" }
        let derived = Base64URL.encode(
            HMACSHA256.authenticate(Array("\(role)/1".utf8), key: Base64URL.decode(root) ?? []))
        #expect(shown?["links"]?[role]?.string == derived)
        #expect(shown?["links"]?["facilitator"]?.string == root)
        let new = try await stage.knock(derived)
        try await new.until { $0.welcome != nil }
        #expect(new.welcome?["role"]?.string == role)
        // A facilitator's device that comes now is shown the link that holds.
        #expect(try await stage.enter("facilitator").welcome?["links"]?[role]?.string == derived)
        await stage.running.server.stop()
    }

    @Test("[K2, R3] the facilitator's own link is replaced, also when the answer was lost; a thief is out")
    func facilitatorReplaced() async throws {
        let stage = try await Stage(try await Running.start())
        let (thief, helper) = (try await stage.enter("facilitator"), try await stage.enter("helper"))
        let new = Base64URL.encode(SecureRandom.bytes(32))
        let members = "\"role\":\"facilitator\",\"link\":\"\(new)\""
        // The first answer is not waited for; the same command comes again on another connection.
        let ref = stage.facilitator.command("link.replace", members)
        stage.facilitator.client.close()
        let again = try await stage.knock(stage.links["facilitator"], secret: stage.facilitator.secret)
        again.send("{\"type\":\"link.replace\",\"ref\":\(ref),\(members)}")
        #expect(try await again.answer(to: ref) == "ack")
        #expect(
            again.messages.last { $0["type"]?.string == "links" }?["links"]?["facilitator"]?.string == new)
        // Whichever of the two was taken, the counter goes on from there.
        _ = try await again.act("link.replace", members)
        #expect(try await thief.untilClosed() == 4505)
        #expect(try await helper.untilClosed() == 4505)
        for role in ["facilitator", "helper", "screen", "observer"] {
            #expect(try await stage.knock(stage.links[role]).untilClosed() == 4504)
            #expect(try await stage.results(stage.links[role] ?? "") == 401)
        }
        #expect(try await stage.results(thief.secret) == 401)
        #expect(try await stage.results(new) == 200)
        // The old link gives nothing to derive from.
        #expect(
            try await again.act(
                "link.replace", "\"role\":\"screen\",\"link\":\"\(stage.links["facilitator"] ?? "")\"")
                == "not-allowed")
        #expect(
            try await again.act("link.replace", "\"role\":\"participant\",\"link\":\"\(new)\"") == "malformed"
        )
        await stage.running.server.stop()
    }

    @Test("[K3] who was away when the link was replaced, and a server that was restarted, know it too")
    func restarted() async throws {
        let journal = MemoryJournal()
        let running = try await Running.start(journal)
        let stage = try await Stage(running)
        let away = try await stage.enter("helper")
        away.client.close()
        let root = stage.links["facilitator"] ?? ""
        #expect(
            try await stage.facilitator.act("link.replace", "\"role\":\"helper\",\"link\":\"\(root)\"")
                == "ack"
        )
        await running.server.stop()
        let next = try await Running.start(journal)
        let hello = "\"workshop\":\"\(stage.id)\",\"link\":\"\(stage.links["helper"] ?? "")\""
        #expect(try await Phone(next, secret: away.secret, hello).untilClosed() == 4505)
        #expect(try await Phone(next, hello).untilClosed() == 4504)
        await next.server.stop()
    }
}

import TestKit
import Testing

@testable import Workshop

@Suite("Replacing links")
struct LinksTests {
    private let facilitator = ParticipantID(1)

    private func link(_ role: Role, _ secret: UInt8, generation: Int = 0) -> Creation.Link {
        Creation.Link(role: role, secret: Scene.secret(secret), generation: generation)
    }

    private func all(_ first: UInt8) -> [Creation.Link] {
        [
            link(.facilitator, first), link(.helper, first + 1), link(.screen, first + 2),
            link(.observer, first + 3),
        ]
    }

    @Test("[K3] a replaced link sends its role away and nobody else, and the log replays to the same")
    func replaced() throws {
        var scene = try Scene()
        let (helper, kari) = (try scene.join(.helper), try scene.join())
        let screen = try scene.join(.screen)
        let note = try scene.write(helper, "Typed for Ola")
        try scene.act(
            facilitator,
            .replaceLinks([link(.helper, 210, generation: 1)], holder: Scene.secret(200)))
        #expect(scene.workshop.participants[helper]?.isRevoked == true)
        #expect(scene.workshop.participants[kari]?.isRemoved == false)
        #expect(scene.workshop.participants[screen]?.isRemoved == false)
        #expect(scene.workshop.notes[note] != nil)
        #expect(scene.workshop.role(ofLink: Scene.secret(210)) == .helper)
        #expect(scene.workshop.generation(ofLinkFor: .helper) == 1)
        #expect(throws: Refusal.removed) { try scene.act(helper, .rename("Still here")) }
        let replayed = try scene.replayed()
        #expect(replayed.workshop == scene.workshop)
    }

    @Test("[K2] replacing the facilitator's link replaces all, and only who asks stays")
    func facilitatorReplaced() throws {
        var scene = try Scene()
        let (thief, helper) = (try scene.join(.facilitator), try scene.join(.helper))
        let kari = try scene.join()
        try scene.act(facilitator, .replaceLinks(all(210), holder: Scene.secret(210)))
        #expect(scene.workshop.role(ofLink: Scene.secret(200)) == nil)
        #expect(scene.workshop.role(ofLink: Scene.secret(210)) == .facilitator)
        #expect(scene.workshop.participants[thief]?.isRevoked == true)
        #expect(scene.workshop.participants[helper]?.isRevoked == true)
        #expect(scene.workshop.participants[kari]?.isRevoked == false)
        #expect(scene.workshop.participants[facilitator]?.isRevoked == false)
        #expect(throws: Refusal.removed) { try scene.act(thief, .end) }
    }

    @Test("after the end whoever comes by a link may come in, nobody by the code, and nothing is written")
    func comingAfterTheEnd() throws {
        var scene = try Scene()
        try scene.act(facilitator, .end)
        for role in [Role.facilitator, .helper, .screen, .observer] {
            let late = try scene.join(role)
            #expect(scene.workshop.participants[late]?.role == role)
        }
        let late = try scene.join(.facilitator)
        #expect(throws: Refusal.ended) { try scene.write(late, "Too late") }
        #expect(throws: Refusal.ended) { try scene.join() }
        #expect(try scene.replayed().workshop == scene.workshop)
    }

    @Test("[K2] also after the end, since the results are still there to be had")
    func ended() throws {
        var scene = try Scene()
        let helper = try scene.join(.helper)
        try scene.act(facilitator, .end)
        try scene.act(facilitator, .replaceLinks(all(210), holder: Scene.secret(210)))
        #expect(scene.workshop.role(ofLink: Scene.secret(200)) == nil)
        #expect(scene.workshop.participants[helper]?.isRevoked == true)
    }

    @Test("[K2] a link that does not hold, a generation out of turn and a part of the whole are refused")
    func refused() throws {
        var scene = try Scene()
        let before = scene.workshop.links
        #expect(throws: Refusal.notAllowed) {
            try scene.act(
                facilitator, .replaceLinks([link(.helper, 210, generation: 1)], holder: Scene.secret(99)))
        }
        let wrong: [[Creation.Link]] = [
            [], [link(.helper, 210, generation: 2)], [link(.participant, 210, generation: 1)],
            [link(.facilitator, 210)], [link(.screen, 200, generation: 1)],
        ]
        for links in wrong {
            #expect(throws: Refusal.invalidValue) {
                try scene.act(facilitator, .replaceLinks(links, holder: Scene.secret(200)))
            }
        }
        #expect(scene.workshop.links == before)
    }
}

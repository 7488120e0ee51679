import RoomCore
import TestKit
import Testing

@testable import Workshop

/// Newcomers stand in a queue with everybody's commands: what they came by must still hold when it is their turn.
@Suite("At the door")
struct EntranceTests {
    private let facilitator = ParticipantID(1)

    /// What becomes of a newcomer who stands behind a command in one batch.
    private func outcome(
        by entrance: Entrance, as role: Role, behind command: Command?
    ) throws -> RoomCore<String>.Outcome? {
        let scene = try Scene()
        var core = RoomCore<String>(workshop: scene.workshop, channels: Channels())
        var isTaken = true
        if let command {
            isTaken = core.submit(
                .init(command: command, origin: .member(facilitator, ref: 1), asker: "facilitator"))
        }
        let secret = Scene.secret(99)
        let join = Command.join(role: role, secret: secret, name: "Late", attendance: .room)
        isTaken =
            core.submit(
                .init(command: join, origin: .newcomer(secret), asker: "newcomer", entrance: entrance))
            && isTaken
        #expect(isTaken)
        guard case .store = core.turn(at: scene.now) else { return nil }
        let outcome = core.settle().first { $0.asker == "newcomer" }?.outcome
        #expect((core.workshop.participant(holding: secret) != nil) == (outcome == .accepted))
        return outcome
    }

    @Test("[K2] by a link that a command ahead in the queue replaced, nobody is let in")
    func link() throws {
        let new = [Role.facilitator, .helper, .screen, .observer].enumerated().map { index, role in
            Creation.Link(role: role, secret: Scene.secret(UInt8(210 + index)))
        }
        let replaced = Command.replaceLinks(new, holder: Scene.secret(210))
        let old = Entrance.link(Scene.secret(200))
        #expect(try outcome(by: old, as: .facilitator, behind: replaced) == .refused(.notAllowed))
        #expect(try outcome(by: old, as: .facilitator, behind: .setLock(true)) == .accepted)
    }

    @Test("[H5] nor by a code that was changed, nor through a door that was closed")
    func code() throws {
        let code = Entrance.code("KRTMPX")
        #expect(try outcome(by: code, as: .participant, behind: .setLock(true)) == .accepted)
        #expect(
            try outcome(by: code, as: .participant, behind: .changeCode("ABDEFG")) == .refused(.notAllowed))
        #expect(
            try outcome(by: code, as: .participant, behind: .setDoor(isOpen: false))
                == .refused(.notAllowed))
    }

    @Test("a secret's hash is compared as long whichever byte is wrong, and when none is")
    func constantTime() throws {
        let stored = Scene.secret(7)
        let hashes = try [nil, 0, 15, 31].map { wrong in
            var bytes = stored.bytes
            if let wrong { bytes[wrong] ^= 0x80 }
            return try #require(SecretHash(bytes))
        }
        #expect(hashes.map { $0 == stored } == [true, false, false, false])
        // The quickest of many turns in which nothing else ran; one that gives up at the first wrong byte is ten times quicker.
        var quickest = [Duration](repeating: .seconds(1), count: hashes.count)
        for _ in 0..<60 {
            for (index, hash) in hashes.enumerated() {
                var found = 0
                let time = ContinuousClock().measure {
                    for _ in 0..<1_000 where hash == stored { found += 1 }
                }
                #expect(found == (index == 0 ? 1_000 : 0))
                quickest[index] = min(quickest[index], time)
            }
        }
        let (least, most) = (try #require(quickest.min()), try #require(quickest.max()))
        #expect(most < least * 1.5, "\(quickest)")
    }
}

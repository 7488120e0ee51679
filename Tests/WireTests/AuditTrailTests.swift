import TestKit
import Testing
import Workshop

@testable import Wire

@Suite("The audit trail")
struct AuditTrailTests {
    /// Stands for SHA-256, which this target does not know; the real one is used by the test over the wire.
    private static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var lanes: [UInt64] = [
            0xcbf2_9ce4_8422_2325, 0x9e37_79b9_7f4a_7c15, 0x1234_5678_9abc_def0, 0x0fed_cba9,
        ]
        for byte in bytes {
            for index in lanes.indices {
                lanes[index] = (lanes[index] ^ (UInt64(byte) &+ UInt64(index))) &* 0x100_0000_01b3
                lanes[index] ^= lanes[index] >> 29
            }
        }
        return lanes.flatMap { lane in (0..<8).map { UInt8(truncatingIfNeeded: lane >> ($0 * 8)) } }
    }

    private static func joined(_ lines: [[UInt8]]) -> [UInt8] {
        var file: [UInt8] = []
        for line in lines { file += line + [0x0A] }
        return file
    }

    private func scene() throws -> Scene {
        var scene = try Scene()
        let kari = try scene.join(name: "Karianne")
        try scene.act(ParticipantID(1), .openPhase(PhaseID(2)))
        try scene.act(ParticipantID(1), .openPhase(PhaseID(1)))
        _ = try scene.write(kari, "what she wrote")
        try scene.act(ParticipantID(1), .revealPhase(PhaseID(1)))
        try scene.act(ParticipantID(1), .redactNote(NoteID(1), .offTopic))
        try scene.act(ParticipantID(1), .setLock(true))
        return scene
    }

    private func trail(_ scene: Scene) -> [UInt8] { AuditTrail.document(of: scene.workshop, hash: Self.hash) }

    @Test("[T2] a line for each act, without texts and names; it verifies")
    func whole() throws {
        let file = trail(try scene())
        #expect(try AuditTrail.verify(file, hash: Self.hash) == 6)
        let text = String(decoding: file, as: UTF8.self)
        #expect(text.split(separator: "\n").count == 8)
        #expect(
            text.contains(
                "\"role\":\"facilitator\",\"device\":\"p1\",\"act\":\"note.redact\",\"object\":\"n1\",\"phase\":\"f1\",\"reason\":\"off-topic\""
            ))
        for secret in ["what she wrote", "Karianne", "Town centre"] { #expect(!text.contains(secret)) }
    }

    @Test("[T1] a line is as protocol.md shows it")
    func example() throws {
        let line = try #require(ProtocolDocument().examples("json http audit").first)
        let members = try #require(JSONReader.read(Array(line.utf8), limits: .trusted).members).map(\.name)
        let redaction = try #require(
            String(decoding: trail(try scene()), as: UTF8.self).split(separator: "\n").first {
                $0.contains("note.redact")
            })
        #expect(try JSONReader.read(Array(redaction.utf8), limits: .trusted).members?.map(\.name) == members)
    }

    @Test("[T2] every byte that is changed, added or left out is found")
    func everyByte() throws {
        let file = trail(try scene())
        for index in file.indices {
            for change in [1, 0x20, 0x80] as [UInt8] {
                var changed = file
                changed[index] ^= change
                #expect(throws: AuditTrail.Fault.self) { try AuditTrail.verify(changed, hash: Self.hash) }
            }
            var shorter = file
            shorter.remove(at: index)
            #expect(throws: AuditTrail.Fault.self) { try AuditTrail.verify(shorter, hash: Self.hash) }
            var longer = file
            longer.insert(file[index] ^ 1, at: index)
            #expect(throws: AuditTrail.Fault.self) { try AuditTrail.verify(longer, hash: Self.hash) }
            #expect(throws: AuditTrail.Fault.self) {
                try AuditTrail.verify(Array(file[..<index]), hash: Self.hash)
            }
        }
    }

    @Test("[T2] every line that is removed, doubled, swapped with another or cut off is found")
    func everyLine() throws {
        let lines = trail(try scene()).split(separator: 0x0A).map(Array.init)
        func expectFound(_ lines: [[UInt8]]) {
            let file = Self.joined(lines)
            #expect(throws: AuditTrail.Fault.self) { try AuditTrail.verify(file, hash: Self.hash) }
        }
        for first in lines.indices {
            var less = lines
            less.remove(at: first)
            expectFound(less)
            var more = lines
            more.insert(lines[first], at: first)
            expectFound(more)
            expectFound(Array(lines[..<first]))
            for second in lines.indices where second > first {
                var swapped = lines
                swapped.swapAt(first, second)
                expectFound(swapped)
            }
        }
        #expect(throws: AuditTrail.Fault.broken(line: 4)) {
            var less = lines
            less.remove(at: 3)
            try AuditTrail.verify(Self.joined(less), hash: Self.hash)
        }
    }

    @Test("[T2] an earlier copy stands at the beginning of a later one; another history is found against it")
    func earlierCopy() throws {
        var scene = try scene()
        let earlier = trail(scene)
        #expect(try AuditTrail.verify(earlier, since: earlier, hash: Self.hash) == 6)
        try scene.act(ParticipantID(1), .setLock(false))
        let later = trail(scene)
        #expect(try AuditTrail.verify(later, since: earlier, hash: Self.hash) == 7)
        #expect(throws: AuditTrail.Fault.shorter(lines: 8)) {
            try AuditTrail.verify(earlier, since: later, hash: Self.hash)
        }
        // Whoever rewrites everything makes a chain that holds, and is found out by the copy.
        let rewritten = try forged(later)
        #expect(try AuditTrail.verify(rewritten, hash: Self.hash) == 7)
        #expect(throws: AuditTrail.Fault.rewritten(line: 2)) {
            try AuditTrail.verify(rewritten, since: earlier, hash: Self.hash)
        }
    }

    /// A file whose acts were all done by another device, with a chain made anew.
    private func forged(_ file: [UInt8]) throws -> [UInt8] {
        var last: [UInt8] = []
        var forged: [UInt8] = []
        for line in String(decoding: file, as: UTF8.self).split(separator: "\n") {
            let body = Array(line.dropLast(76)).map(String.init).joined()
                .split(separator: "\"device\":\"p1\"", omittingEmptySubsequences: false)
                .joined(separator: "\"device\":\"p9\"")
            last = Self.hash(last + Array(body.utf8))
            forged += Array("\(body),\"chain\":\"\(EventCodec.hex(last))\"}\n".utf8)
        }
        return forged
    }
}

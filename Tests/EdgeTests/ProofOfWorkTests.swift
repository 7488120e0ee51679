import Digests
import Foundation
import Testing

@Suite("Work that is asked for at a door")
struct ProofOfWorkTests {
    private let challenge = Array(UInt8(0)..<26)

    @Test("[H8] what is solved is done, to the bit, and bound to its challenge")
    func solved() throws {
        let proof = try #require(ProofOfWork.solve(challenge: challenge, solutions: 4, bits: 8))
        #expect(proof.isDone(bits: 8))
        for (place, number) in proof.numbers.enumerated() {
            let message =
                challenge + [UInt8(place)]
                + (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
            #expect(SHA256.hash(message)[0] == 0)
        }
        #expect(!proof.isDone(bits: 24))
        let other = try #require(ProofOfWork(challenge: challenge.reversed(), numbers: proof.numbers))
        #expect(!other.isDone(bits: 8))
        let moved = try #require(ProofOfWork(challenge: challenge, numbers: proof.numbers.reversed()))
        #expect(!moved.isDone(bits: 8))
        let one = try #require(
            ProofOfWork(challenge: challenge, numbers: Array(repeating: proof.numbers[0], count: 4)))
        #expect(!one.isDone(bits: 8))
    }

    @Test("[H8] the work that each bit costs doubles")
    func price() throws {
        func digests(_ bits: Int) throws -> Double {
            let proof = try #require(ProofOfWork.solve(challenge: challenge, solutions: 64, bits: bits))
            return proof.numbers.reduce(0) { $0 + Double($1) + 1 } / 64
        }
        // A fixed challenge, so fixed figures; each is the mean of 64 waits with mean 2^bits.
        for bits in [4, 6, 8] {
            let mean = try digests(bits)
            #expect(mean > exp2(Double(bits)) * 0.6 && mean < exp2(Double(bits)) * 1.5)
        }
    }

    @Test("[H8] as text and back; anything else is none")
    func text() throws {
        let proof = try #require(ProofOfWork(challenge: challenge, numbers: [0, 1, .max]))
        #expect(ProofOfWork(text: proof.text) == proof)
        let whole = proof.text
        for text in [
            "", ".", "AA", "AA.", ".AAAAAA", "AA.AAAAAA.", "AA..AAAAAA", whole + "=", whole + "A",
            " " + whole,
            "AA.AAAA", Base64URL.encode(Array(repeating: 0, count: 51)) + ".AAAAAA",
            "AA." + Base64URL.encode(Array(repeating: 0, count: 65 * 4)),
            String(repeating: "A", count: 600) + ".AAAAAA",
            "ÅÅ.AAAAAA",
        ] { #expect(ProofOfWork(text: text) == nil, "\(text)") }
    }

    @Test("work can be given up")
    func cancelled() {
        #expect(ProofOfWork.solve(challenge: challenge, solutions: 1, bits: 32, isCancelled: { true }) == nil)
    }

    @Test("[H8] the example of protocol.md is right")
    func example() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "protocol.md"), encoding: .utf8)
        let match = try #require(text.firstMatch(of: /"proof":"([^"]+)"/))
        let proof = try #require(ProofOfWork(text: String(match.1)))
        #expect(proof.numbers.count == 16 && proof.isDone(bits: 13))
        #expect(proof == ProofOfWork.solve(challenge: proof.challenge, solutions: 16, bits: 13))
    }
}

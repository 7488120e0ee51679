import Digests
import Testing
import Wire

@testable import Server

extension Doorkeeper.Verdict {
    fileprivate var challenge: DoorChallenge? {
        if case .work(let challenge) = self { challenge } else { nil }
    }
    fileprivate var ticket: Doorkeeper.Ticket? { if case .look(let ticket) = self { ticket } else { nil } }
    fileprivate var isByWork: Bool { if case .look(.worked) = self { true } else { false } }
}

extension DoorChallenge {
    /// Does the work.
    fileprivate func proof() throws -> String {
        let bytes = try #require(Base64URL.decode(challenge))
        return try #require(ProofOfWork.solve(challenge: bytes, solutions: solutions, bits: bits)).text
    }
}

@Suite("Who may ask whether a code is right")
struct DoorkeeperTests {
    private let terms: DoorTerms = {
        var terms = DoorTerms()
        terms.freePerMinute = 60
        terms.bits = 2
        terms.workedPerStep = 10
        return terms
    }()

    private func exhausted() -> Doorkeeper {
        let door = Doorkeeper(terms)
        for _ in 0..<60 { door.failed(.free, at: 0) }
        return door
    }

    @Test("[A3] so many wrong codes are free, then work is asked for; a minute later as many are free again")
    func budget() throws {
        let door = Doorkeeper(terms)
        for _ in 0..<60 {
            let ticket = try #require(door.judge(code: "KRTMPX", proof: nil, at: 0).ticket)
            door.failed(ticket, at: 0)
        }
        #expect(door.judge(code: "KRTMPX", proof: nil, at: 0).challenge != nil)
        #expect(door.judge(code: "KRTMPX", proof: nil, at: 900).challenge != nil)
        #expect(door.judge(code: "KRTMPX", proof: nil, at: 1_010).ticket != nil, "one a second comes back")
        #expect(door.judge(code: "KRTMPX", proof: nil, at: 60_000).ticket != nil)
        for _ in 0..<59 { door.failed(.free, at: 60_000) }
        #expect(door.judge(code: "KRTMPX", proof: nil, at: 60_000).ticket != nil)
    }

    @Test(
        "[A3] guesses that were on their way at the same time are paid back, but not for longer than a minute"
    )
    func debt() {
        let door = Doorkeeper(terms)
        for _ in 0..<10_000 { door.failed(.free, at: 0) }
        #expect(door.judge(code: "KRTMPX", proof: nil, at: 60_000).challenge != nil)
        #expect(door.judge(code: "KRTMPX", proof: nil, at: 61_010).ticket != nil)
    }

    @Test("[A3] right codes, links and what can be no code cost nothing")
    func uncounted() {
        let door = Doorkeeper(terms)
        for _ in 0..<10_000 { _ = door.judge(code: "KRTMPX", proof: nil, at: 0) }
        for _ in 0..<10_000 { door.failed(.uncounted, at: 0) }
        #expect(door.judge(code: "KRTMPX", proof: nil, at: 0).ticket != nil)
    }

    @Test("[H9] a proof serves for its code, for two minutes, on this server")
    func binding() throws {
        let door = exhausted()
        let proof = try #require(door.judge(code: "KRTMPX", proof: nil, at: 0).challenge).proof()
        #expect(door.judge(code: "KRTMPX", proof: proof, at: 0).isByWork)
        #expect(
            door.judge(code: "KRTMPX", proof: proof, at: 119_999).isByWork, "a right code's may be used again"
        )
        #expect(!door.judge(code: "KRTMPX", proof: proof, at: 120_000).isByWork)
        #expect(!door.judge(code: "KRTMPA", proof: proof, at: 0).isByWork)
        #expect(!exhausted().judge(code: "KRTMPX", proof: proof, at: 0).isByWork)
    }

    @Test("[H9] nothing in a challenge can be made easier, longer or another's")
    func sealed() throws {
        let door = exhausted()
        let challenge = try #require(door.judge(code: "KRTMPX", proof: nil, at: 0).challenge)
        let bytes = try #require(Base64URL.decode(challenge.challenge))
        #expect(bytes.count == 26)
        for index in bytes.indices {
            for bit in 0..<8 {
                var forged = bytes
                forged[index] ^= 1 << UInt8(bit)
                // Done for whatever it says now, so that only the seal can be what is wrong.
                let bits = min(12, max(2, Int(forged[8])))
                let proof = try #require(
                    ProofOfWork.solve(challenge: forged, solutions: 16, bits: bits)
                ).text
                #expect(
                    !door.judge(code: "KRTMPX", proof: proof, at: 0).isByWork, "byte \(index), bit \(bit)")
            }
        }
        for count in [1, 15, 17, 64] {
            let proof = try #require(ProofOfWork.solve(challenge: bytes, solutions: count, bits: 2)).text
            #expect(!door.judge(code: "KRTMPX", proof: proof, at: 0).isByWork, "\(count) numbers")
        }
        let undone = try #require(ProofOfWork(challenge: bytes, numbers: Array(0..<16))).text
        #expect(!door.judge(code: "KRTMPX", proof: undone, at: 0).isByWork)
        #expect(door.judge(code: "KRTMPX", proof: try challenge.proof(), at: 0).isByWork)
    }

    @Test("[H9] a wrong code's proof is taken once, and counted once")
    func once() throws {
        let door = exhausted()
        let proof = try #require(door.judge(code: "ABABAB", proof: nil, at: 0).challenge).proof()
        let ticket = try #require(door.judge(code: "ABABAB", proof: proof, at: 0).ticket)
        for _ in 0..<1_000 { door.failed(ticket, at: 0) }
        let next = door.judge(code: "ABABAB", proof: proof, at: 0)
        #expect(next.challenge?.bits == terms.bits, "asked anew, and no harder for what was shown again")
    }

    @Test("Wrong codes that were worked for make the work longer, at most sixteen times; and it fades")
    func harder() throws {
        let door = exhausted()
        var seen: [Int] = []
        for number in 0..<200 {
            door.failed(.worked(UInt64(number)), at: 0)
            seen.append(
                try #require(door.judge(code: "KRTMPX", proof: nil, at: 0).challenge).bits - terms.bits)
        }
        #expect(seen[9] == 0 && seen[10] == 1 && seen[20] == 2 && seen[40] == 3 && seen[80] == 4)
        #expect(seen.max() == 4)
        // One free guess has come back at a time; use them up to see the price.
        func price(at now: Int64) -> Int? {
            for _ in 0..<200 { door.failed(.free, at: now) }
            return door.judge(code: "KRTMPX", proof: nil, at: now).challenge.map { $0.bits - terms.bits }
        }
        #expect(price(at: 60_000) == 4)
        #expect(price(at: 120_000) == 3)
        #expect(price(at: 300_000) == 0)
    }

    @Test("What is remembered of strangers' proofs has an end: 4,096, the oldest forgotten first")
    func bounded() {
        var spent = SpentProofs(limit: Doorkeeper.spentLimit)
        var known = 0
        for seal in UInt64(0)..<100_000 where !spent.insert(seal) { known += 1 }
        #expect(known == 0)
        #expect(spent.count == 4_096)
        #expect(spent.contains(99_999) && spent.contains(95_904) && !spent.contains(95_903))
        let isNew = spent.insert(99_999)
        #expect(!isNew)
    }
}

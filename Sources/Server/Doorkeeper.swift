internal import Digests
internal import EventLoop
internal import Foundation
internal import Synchronization
internal import Wire

/// Who may ask whether a code is right (protocol rules A3 and H7–H9).
///
/// A code is short, so that it can be read aloud; what keeps it from being guessed is that guesses are few. The budget of
/// failures is one for the whole server: a hall behind one address is never throttled for sharing it, only wrong codes count.
/// When it is used up, the doors do not shut. Whoever comes by a code then is asked for work before the code is looked at, so
/// that being asked tells nothing; a phone has done it in about a second, and a guesser pays it for each guess. Wrong codes
/// that were worked for make the work longer, up to sixteen times.
///
/// Theory. A challenge is not remembered: its token is sealed with a key that is made when the server starts, and the seal
/// covers the code, the time until which it holds and how hard it is. So no work can be done ahead of time, for another code,
/// or at a price that the server did not name. What is remembered is which proofs of *wrong* codes have been used, up to a
/// fixed number of them, so that one proof cannot be counted many times. A proof of a right code may be used again, first
/// for the look-up and then for the hello: it says nothing that its holder does not know.
final class Doorkeeper: Sendable {
    /// What a guess gets.
    enum Verdict {
        /// Look the code up; hand the ticket back if it was wrong.
        case look(Ticket)
        /// Ask for work first.
        case work(DoorChallenge)
    }

    /// How a guess was let through.
    enum Ticket {
        /// Within the budget.
        case free
        /// By a proof; the first bytes of its seal.
        case worked(UInt64)
        /// By a link, or without a code that could be one: no guess at all.
        case uncounted
    }

    /// Proofs of wrong codes that are remembered: 4,096, which take 0.2 MiB at most.
    static let spentLimit = 4_096
    /// How long after its arrival a wrong guess is answered, in milliseconds: unknown code, closed door and unknown workshop alike,
    /// however long each took to be found out (protocol rule H5). Longer than a workshop takes to be loaded.
    static let answerMilliseconds: Int64 = 500

    /// One failure, and the milliseconds of a minute.
    private static let one: Int64 = 60_000

    private struct State {
        /// Failures that are free now, in sixty-thousandths: what a limit of so many a minute regains of each in a
        /// millisecond. Below zero when more were on their way than there were left.
        var free: Int64
        /// Worked-for failures, fading.
        var worked = 0.0
        /// When both were last brought up to now.
        var at: Int64 = 0
        var spent = SpentProofs(limit: Doorkeeper.spentLimit)
    }

    private let terms: DoorTerms
    private let key = SecureRandom.bytes(32)
    /// Times are counted from here, so that a challenge does not tell how long the machine has been up.
    private let began = MonotonicClock.nowMilliseconds()
    private let state: Mutex<State>

    init(_ terms: DoorTerms) {
        self.terms = terms
        state = Mutex(State(free: Int64(terms.freePerMinute) * Self.one))
    }

    /// Judges a guess before anything is looked up.
    ///
    /// - Parameters:
    ///   - code: In its plain form.
    ///   - proof: As the client sent it, if it did; from anybody.
    ///   - now: Milliseconds since the server began; nil for now.
    /// - Returns: Whether to look the code up, or what to ask for first.
    func judge(code: String, proof: String?, at now: Int64? = nil) -> Verdict {
        let now = now ?? age
        if let proof, let seal = check(proof, for: code, at: now),
            state.withLock({ !$0.spent.contains(seal) })
        {
            return .look(.worked(seal))
        }
        let bits: Int? = state.withLock { state in
            advance(&state, to: now)
            return state.free >= Self.one ? nil : terms.bits + steps(state.worked)
        }
        guard let bits else { return .look(.free) }
        return .work(challenge(for: code, bits: bits, at: now))
    }

    /// Counts a guess that was wrong.
    ///
    /// - Parameters:
    ///   - ticket: What ``judge(code:proof:at:)`` gave.
    ///   - now: Milliseconds since the server began; nil for now.
    func failed(_ ticket: Ticket, at now: Int64? = nil) {
        let now = now ?? age
        state.withLock { state in
            advance(&state, to: now)
            switch ticket {
            case .free: state.free = max(-Int64(terms.freePerMinute) * Self.one, state.free - Self.one)
            case .worked(let seal):
                if state.spent.insert(seal) { state.worked += 1 }
            case .uncounted: break
            }
        }
    }

    /// When to answer a guess that was wrong.
    ///
    /// - Parameter arrived: When it came, in monotonic milliseconds.
    /// - Returns: In monotonic milliseconds; not before now.
    static func answerTime(_ arrived: Int64) -> Int64 {
        let passed = max(0, MonotonicClock.nowMilliseconds() - arrived)
        return arrived + (passed / answerMilliseconds + 1) * answerMilliseconds
    }

    private var age: Int64 { MonotonicClock.nowMilliseconds() - began }

    private func advance(_ state: inout State, to now: Int64) {
        let passed = max(0, now - state.at)
        let perMinute = Int64(terms.freePerMinute)
        state.free = min(perMinute * Self.one, state.free + min(passed, 2 * Self.one) * perMinute)
        state.worked *= exp2(-Double(passed) / 60_000)
        state.at = max(state.at, now)
    }

    private func steps(_ worked: Double) -> Int {
        guard worked > terms.workedPerStep else { return 0 }
        return min(terms.stepLimit, Int(log2(worked / terms.workedPerStep).rounded(.up)))
    }

    // MARK: Challenges

    private func challenge(for code: String, bits: Int, at now: Int64) -> DoorChallenge {
        let token = Token(
            expires: now + terms.lifeMilliseconds, bits: UInt8(bits), solutions: UInt8(terms.solutions))
        let bytes = token.bytes + seal(token, code)
        return DoorChallenge(
            challenge: Base64URL.encode(bytes), solutions: terms.solutions, bits: bits,
            expiresInMilliseconds: terms.lifeMilliseconds)
    }

    /// The seal of a proof that is ours, for this code, in time, and done; nil for any other.
    private func check(_ text: String, for code: String, at now: Int64) -> UInt64? {
        guard let proof = ProofOfWork(text: text), let token = Token(proof.challenge), now < token.expires,
            proof.numbers.count == token.solutions,
            constantTimeEqual(Array(proof.challenge[Token.byteCount...]), seal(token, code)),
            proof.isDone(bits: Int(token.bits))
        else { return nil }
        return proof.challenge[Token.byteCount...].prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    private func seal(_ token: Token, _ code: String) -> [UInt8] {
        Array(HMACSHA256.authenticate(token.bytes + Array(code.utf8), key: key).prefix(Token.sealByteCount))
    }
}

/// The open part of a challenge: what the server has to know again when the proof comes.
private struct Token {
    static let byteCount = 10
    static let sealByteCount = 16

    /// In milliseconds since the server began.
    let expires: Int64
    let bits: UInt8
    let solutions: UInt8

    init(expires: Int64, bits: UInt8, solutions: UInt8) {
        self.expires = expires
        self.bits = bits
        self.solutions = solutions
    }

    init?(_ challenge: [UInt8]) {
        guard challenge.count == Self.byteCount + Self.sealByteCount else { return nil }
        expires = challenge[..<8].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        bits = challenge[8]
        solutions = challenge[9]
    }

    var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: expires >> (56 - 8 * $0)) } + [bits, solutions]
    }
}

/// The proofs that are used up, as many as there is room for: the oldest is forgotten first.
struct SpentProofs {
    private var seals: Set<UInt64> = []
    /// In the order of their coming; a ring once it is full.
    private var ring: [UInt64] = []
    private var next = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// How many are held.
    var count: Int { seals.count }

    func contains(_ seal: UInt64) -> Bool { seals.contains(seal) }

    /// Remembers a proof.
    ///
    /// - Returns: False when it was known.
    mutating func insert(_ seal: UInt64) -> Bool {
        guard seals.insert(seal).inserted else { return false }
        if ring.count < limit {
            ring.append(seal)
        } else {
            seals.remove(ring[next])
            ring[next] = seal
            next = (next + 1) % limit
        }
        return true
    }
}

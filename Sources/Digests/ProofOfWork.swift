internal import COpenSSL

/// Work with SHA-256 that takes time to do and none to check (protocol rule H8): for each place `i` a number, so that the
/// digest of challenge ‖ `i` as one byte ‖ number as four bytes, big-endian, begins with so many zero bits.
///
/// Many small searches and not one large: the time of one is spread as widely as waiting for a six, and somebody in a hall of
/// five hundred would wait eight times as long as most; the sum of sixteen is within a half of its mean for nearly everybody.
public struct ProofOfWork: Hashable, Sendable {
    /// Longest challenge, in bytes: with what is added it is one block of SHA-256.
    public static let challengeByteCountLimit = 50
    /// Most numbers; 64.
    public static let solutionLimit = 64

    /// What the work was done on.
    public let challenge: [UInt8]
    /// One number for each place.
    public let numbers: [UInt32]

    /// - Parameters:
    ///   - challenge: 1 to ``challengeByteCountLimit`` bytes.
    ///   - numbers: 1 to ``solutionLimit``; nil for anything else.
    public init?(challenge: [UInt8], numbers: [UInt32]) {
        guard (1...Self.challengeByteCountLimit).contains(challenge.count),
            (1...Self.solutionLimit).contains(numbers.count)
        else { return nil }
        self.challenge = challenge
        self.numbers = numbers
    }

    /// Reads a proof as it travels: two base64url texts with a full stop between.
    ///
    /// - Parameter text: From anybody; nil for anything else.
    public init?(text: String) {
        guard text.utf8.count <= 512 else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let challenge = Base64URL.decode(String(parts[0])),
            let bytes = Base64URL.decode(String(parts[1])), bytes.count % 4 == 0
        else { return nil }
        let numbers = stride(from: 0, to: bytes.count, by: 4).map { start in
            bytes[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        self.init(challenge: challenge, numbers: numbers)
    }

    /// As it travels.
    public var text: String {
        let bytes = numbers.flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
        }
        return Base64URL.encode(challenge) + "." + Base64URL.encode(bytes)
    }

    /// Whether the work is done: as many digests as there are numbers.
    ///
    /// - Parameter bits: Zero bits each; 0 to 32.
    /// - Returns: True when every digest begins with so many.
    public func isDone(bits: Int) -> Bool {
        let trial = Trial(challenge)
        return numbers.enumerated().allSatisfy { trial.zeroBits($0.element, at: UInt8($0.offset)) >= bits }
    }

    /// Does the work: about `solutions` × 2^`bits` digests.
    ///
    /// - Parameters:
    ///   - challenge: As ``init(challenge:numbers:)`` takes it.
    ///   - solutions: How many numbers; 1 to ``solutionLimit``.
    ///   - bits: Zero bits each; 0 to 32.
    ///   - isCancelled: Asked now and then; true gives the work up.
    /// - Returns: The proof; nil for a challenge outside these limits, or when it was given up.
    public static func solve(
        challenge: [UInt8], solutions: Int, bits: Int, isCancelled: () -> Bool = { false }
    ) -> ProofOfWork? {
        guard (1...challengeByteCountLimit).contains(challenge.count),
            (1...solutionLimit).contains(solutions), (0...32).contains(bits)
        else { return nil }
        let trial = Trial(challenge)
        var numbers: [UInt32] = []
        for place in 0..<solutions {
            var number: UInt32 = 0
            while trial.zeroBits(number, at: UInt8(place)) < bits {
                if number & 0x3FFF == 0x3FFF, isCancelled() { return nil }
                // All numbers without a hit: one chance in e^(2^(32-bits)).
                guard number < .max else { return nil }
                number += 1
            }
            numbers.append(number)
        }
        return ProofOfWork(challenge: challenge, numbers: numbers)
    }
}

/// One challenge, tried with many numbers in the same memory.
private final class Trial {
    private let context: OpaquePointer
    private var message: [UInt8]
    private var digest = [UInt8](repeating: 0, count: SHA256.byteCount)

    init(_ challenge: [UInt8]) {
        guard let context = EVP_MD_CTX_new() else {
            preconditionFailure("OpenSSL has no memory for a digest")
        }
        self.context = context
        let isReady = EVP_DigestInit_ex(context, EVP_sha256(), nil)
        precondition(isReady == 1, "OpenSSL has no SHA-256")
        message = challenge + [0, 0, 0, 0, 0]
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Zero bits at the beginning of the digest, 32 at most.
    func zeroBits(_ number: UInt32, at place: UInt8) -> Int {
        let end = message.count
        message[end - 5] = place
        message[end - 4] = UInt8(truncatingIfNeeded: number >> 24)
        message[end - 3] = UInt8(truncatingIfNeeded: number >> 16)
        message[end - 2] = UInt8(truncatingIfNeeded: number >> 8)
        message[end - 1] = UInt8(truncatingIfNeeded: number)
        // The same algorithm again: without a name it is not looked up anew.
        let isDone =
            EVP_DigestInit_ex(context, nil, nil) == 1
            && EVP_DigestUpdate(context, message, message.count) == 1
            && EVP_DigestFinal_ex(context, &digest, nil) == 1
        precondition(isDone, "OpenSSL could not compute a digest")
        let first = digest[..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return first.leadingZeroBitCount
    }
}

internal import COpenSSL

/// Random bytes fit for keys, codes and tokens.
public enum SecureRandom {
    /// Fresh bytes from the operating system's generator, by way of OpenSSL's.
    ///
    /// Traps when the generator fails: a guessable token would be worse than no server.
    ///
    /// - Parameter count: How many; not negative.
    /// - Returns: That many bytes.
    public static func bytes(_ count: Int) -> [UInt8] {
        precondition(count >= 0 && count <= Int(Int32.max), "\(count) random bytes were asked for")
        return [UInt8](unsafeUninitializedCapacity: count) { output, written in
            precondition(
                RAND_bytes(output.baseAddress, Int32(count)) == 1, "The random generator gave no bytes")
            written = count
        }
    }
}

/// A generator for the standard library's `random(in:using:)` and `shuffle(using:)`, fit for codes.
public struct SecureRandomNumberGenerator: RandomNumberGenerator, Sendable {
    /// Creates a generator; it has no state.
    public init() {}

    /// Eight fresh random bytes.
    public mutating func next() -> UInt64 {
        SecureRandom.bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// The check value of a record, chained from record to record.
///
/// The value of record *n* is SipHash-2-4 of its bytes under the key (value of record *n − 1*, *n*). So a
/// changed byte, a lost or doubled record and a record out of place each show, at the latest at the head,
/// whose value is stored apart. It finds accidents with a chance of 2⁻⁶⁴ of missing one; it is no signature,
/// since anybody can compute it. The function and this key order are part of the file format: they never
/// change.
public enum Checksum {
    /// The value before record 1, which binds the chain to its stream and history.
    ///
    /// - Parameters:
    ///   - stream: The stream's id.
    ///   - epoch: The name of its history.
    /// - Returns: The value that record 1 is chained to.
    public static func start(stream: String, epoch: String) -> UInt64 {
        sipHash(Array(stream.utf8) + [0] + Array(epoch.utf8), 0, 0)
    }

    /// The value of one record.
    ///
    /// - Parameters:
    ///   - previous: The value of the record before, or ``start(stream:epoch:)``.
    ///   - sequence: The record's place.
    ///   - record: The record's bytes.
    /// - Returns: The value to store with the record.
    public static func next(after previous: UInt64, sequence: UInt64, record: [UInt8]) -> UInt64 {
        sipHash(record, previous, sequence)
    }

    /// SipHash-2-4 with 64 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012).
    ///
    /// - Parameters:
    ///   - message: Any bytes.
    ///   - k0: The key's first eight bytes, read as a little-endian number.
    ///   - k1: The key's last eight bytes, read likewise.
    /// - Returns: The hash.
    public static func sipHash(_ message: [UInt8], _ k0: UInt64, _ k1: UInt64) -> UInt64 {
        var state = SipState(k0, k1)
        message.withUnsafeBytes { bytes in
            let whole = bytes.count & ~7
            for offset in stride(from: 0, to: whole, by: 8) {
                state.absorb(
                    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            }
            // The last word holds the bytes that are left and, on top, the length modulo 256.
            var last = UInt64(truncatingIfNeeded: bytes.count) << 56
            for offset in whole..<bytes.count {
                last |= UInt64(bytes[offset]) << UInt64(8 * (offset - whole))
            }
            state.absorb(last)
        }
        return state.finish()
    }
}

/// The four words that SipHash stirs.
private struct SipState {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64

    init(_ k0: UInt64, _ k1: UInt64) {
        a = k0 ^ 0x736f_6d65_7073_6575
        b = k1 ^ 0x646f_7261_6e64_6f6d
        c = k0 ^ 0x6c79_6765_6e65_7261
        d = k1 ^ 0x7465_6462_7974_6573
    }

    mutating func absorb(_ word: UInt64) {
        d ^= word
        stir()
        stir()
        a ^= word
    }

    mutating func finish() -> UInt64 {
        c ^= 0xff
        for _ in 0..<4 { stir() }
        return a ^ b ^ c ^ d
    }

    private mutating func stir() {
        a &+= b
        c &+= d
        b = rotate(b, 13) ^ a
        d = rotate(d, 16) ^ c
        a = rotate(a, 32)
        c &+= b
        a &+= d
        b = rotate(b, 17) ^ c
        d = rotate(d, 21) ^ a
        c = rotate(c, 32)
    }

    private func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word &<< bits | word &>> (64 - bits) }
}

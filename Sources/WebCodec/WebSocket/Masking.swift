/// The four bytes that a client's payload is XORed with (RFC 6455 §5.3).
public struct MaskingKey: Hashable, Sendable {
    /// The first byte on the wire is the lowest.
    var word: UInt32

    /// A key from 32 bits; a client must draw them anew for each frame from a strong source.
    public init(bits: UInt32) {
        word = bits
    }

    /// A key from its four bytes in wire order.
    public init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
        word = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16 | UInt32(fourth) << 24
    }

    /// The key as seen from a place `byteCount` bytes further into the payload.
    @inline(__always)
    func advanced(by byteCount: Int) -> MaskingKey {
        let shift = UInt32(truncatingIfNeeded: byteCount & 3) &* 8
        return MaskingKey(bits: word &>> shift | word &<< ((32 &- shift) & 31))
    }

    /// XORs bytes in place with the key, from the key's first byte on.
    ///
    /// - Returns: All resulting bytes ORed into one word, byte places mixed: its top bits tell whether
    ///   everything is ASCII, which spares text a second pass.
    @inline(__always)
    @discardableResult
    func apply(to base: UnsafeMutableRawPointer, count: Int) -> UInt64 {
        let half = UInt64(word.littleEndian)
        let wide = half | half << 32
        var seen: UInt64 = 0
        var index = 0
        if count >= 32 {
            let key = SIMD4<UInt64>(repeating: wide)
            var gathered = SIMD4<UInt64>()
            while index &+ 32 <= count {
                let block = base.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self) ^ key
                base.storeBytes(of: block, toByteOffset: index, as: SIMD4<UInt64>.self)
                gathered |= block
                index &+= 32
            }
            seen = gathered[0] | gathered[1] | gathered[2] | gathered[3]
        }
        while index &+ 8 <= count {
            let block = base.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ wide
            base.storeBytes(of: block, toByteOffset: index, as: UInt64.self)
            seen |= block
            index &+= 8
        }
        if index &+ 4 <= count {
            let block = base.loadUnaligned(fromByteOffset: index, as: UInt32.self) ^ word.littleEndian
            base.storeBytes(of: block, toByteOffset: index, as: UInt32.self)
            seen |= UInt64(block)
            index &+= 4
        }
        var rest = word
        while index < count {
            let octet = base.load(fromByteOffset: index, as: UInt8.self) ^ UInt8(truncatingIfNeeded: rest)
            base.storeBytes(of: octet, toByteOffset: index, as: UInt8.self)
            seen |= UInt64(octet)
            rest &>>= 8
            index &+= 1
        }
        return seen
    }
}

internal import CZlib

/// Compresses a whole file in the gzip format (RFC 1952), as small as zlib can. The same input gives the same bytes: no
/// name and no time are stored.
///
/// Meant for start-up: like any allocation in Swift it traps when memory is out.
public func gzip(_ bytes: [UInt8]) -> [UInt8] { deflated(bytes, windowBits: 15 + 16, level: 9) }

/// Compresses a whole file in one of zlib's formats: raw DEFLATE with negative window bits, gzip with 16 more (zlib.h).
func deflated(_ bytes: [UInt8], windowBits: Int, level: Int) -> [UInt8] {
    guard let stream = try? ZStream.deflate(level: level, windowBits: windowBits, memoryLevel: 9) else {
        preconditionFailure("zlib could not allocate its state")
    }
    let z = stream.pointer
    return bytes.withUnsafeBytes { input in
        [UInt8](unsafeUninitializedCapacity: Int(deflateBound(z, UInt(input.count)))) { buffer, count in
            let output = UnsafeMutableRawBufferPointer(buffer)
            var taken = 0
            var result = Z_OK
            // zlib counts in 32 bits.
            while result == Z_OK {
                let inputCount = min(input.count - taken, 1 << 30)
                let room = min(output.count - count, 1 << 30)
                z.pointee.next_in = UnsafeMutablePointer(
                    mutating: input.baseAddress.map { ($0 + taken).assumingMemoryBound(to: UInt8.self) })
                z.pointee.avail_in = UInt32(inputCount)
                z.pointee.next_out = output.baseAddress.map {
                    ($0 + count).assumingMemoryBound(to: UInt8.self)
                }
                z.pointee.avail_out = UInt32(room)
                let isLast = taken + inputCount == input.count
                result = deflate(z, isLast ? Z_FINISH : Z_NO_FLUSH)
                taken += inputCount - Int(z.pointee.avail_in)
                count += room - Int(z.pointee.avail_out)
            }
            precondition(result == Z_STREAM_END, "deflateBound gave too little room")
        }
    }
}

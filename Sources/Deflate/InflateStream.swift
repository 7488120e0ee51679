internal import CZlib

/// Inflates messages of permessage-deflate (RFC 7692 §7.2.2), up to a limit.
///
/// zlib takes its window (2^windowBits bytes) when the first message needs it. Not `Sendable`: it belongs to one worker.
public final class InflateStream {
    private let stream: ZStream
    private let limit: Int
    /// Whether the last thing seen was the end of a final block.
    private var hasJustEnded = false
    /// How much is inflated at a time, on the stack.
    private static let stepByteCount = 16 << 10

    /// Starts with an empty window.
    ///
    /// - Parameters:
    ///   - windowBits: The agreed window of the peer, brought into 8...15.
    ///   - messageByteCountLimit: The longest message, in bytes after inflating.
    /// - Throws: ``DeflateError/outOfMemory``.
    public init(windowBits: Int = 15, messageByteCountLimit: Int = 64 << 10) throws(DeflateError) {
        stream = try ZStream.inflate(windowBits: -min(max(windowBits, 8), 15))
        limit = max(messageByteCountLimit, 0)
    }

    /// Inflates one message against what the window holds.
    ///
    /// - Parameter payload: All fragments of the message, joined.
    /// - Returns: The message; at most the limit. A text's UTF-8 is yet to be checked.
    /// - Throws: ``DeflateError/corrupt`` or ``DeflateError/tooLong(limit:)``, having written no more than one byte
    ///   beyond the limit; the stream is of no use then.
    public func decompress(_ payload: UnsafeRawBufferPointer) throws(DeflateError) -> [UInt8] {
        var message: [UInt8] = []
        // Some senders leave out the one byte that RFC 7692 §7.2.3.6 gives an empty message.
        guard !payload.isEmpty else { return message }
        try feed(payload, into: &message)
        // A sender that ends with a final block should add a byte to carry the tail (§7.2.3.4); without it there is
        // nothing left to flush.
        if !hasJustEnded {
            let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]
            try tail.withUnsafeBufferPointer { (bytes) throws(DeflateError) in
                try feed(UnsafeRawBufferPointer(bytes), into: &message)
            }
        }
        // zlib adds 128 when it stands between two blocks; else the message was cut short (zlib.h, inflate).
        guard hasJustEnded || stream.pointer.pointee.data_type & 128 != 0 else { throw .corrupt }
        return message
    }

    private func feed(
        _ input: UnsafeRawBufferPointer, into message: inout [UInt8]
    ) throws(DeflateError) {
        guard let inputCount = UInt32(exactly: input.count) else { throw .tooLong(limit: limit) }
        let z = stream.pointer
        z.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        z.pointee.avail_in = inputCount
        defer {
            z.pointee.next_in = nil
            z.pointee.avail_in = 0
            z.pointee.next_out = nil
        }
        var isFull = true
        while z.pointee.avail_in > 0 || isFull {
            let room = min(Self.stepByteCount, limit - message.count + 1)
            let result = withUnsafeTemporaryAllocation(byteCount: room, alignment: 16) { scratch in
                z.pointee.next_out = scratch.baseAddress?.assumingMemoryBound(to: UInt8.self)
                z.pointee.avail_out = UInt32(room)
                let result = CZlib.inflate(z, Z_SYNC_FLUSH)
                message.append(contentsOf: scratch[..<(room - Int(z.pointee.avail_out))])
                return result
            }
            isFull = z.pointee.avail_out == 0
            guard message.count <= limit else { throw .tooLong(limit: limit) }
            hasJustEnded = result == Z_STREAM_END
            switch result {
            case Z_OK: break
            case Z_STREAM_END:
                try keepWindow()
                isFull = false
            case Z_BUF_ERROR: return  // Nothing was left to do when the room was used up.
            case Z_MEM_ERROR: throw .outOfMemory
            default: throw .corrupt
            }
        }
    }

    /// Begins a new stream of blocks after a final one, with the same window (RFC 7692 §7.2.3.4).
    private func keepWindow() throws(DeflateError) {
        let z = stream.pointer
        var window = [UInt8](repeating: 0, count: 1 << 15)
        var count: UInt32 = 0
        guard inflateGetDictionary(z, &window, &count) == Z_OK, inflateReset(z) == Z_OK,
            inflateSetDictionary(z, window, count) == Z_OK
        else { throw .corrupt }
    }

    /// As ``decompress(_:)`` above, for an array.
    public func decompress(_ payload: [UInt8]) throws(DeflateError) -> [UInt8] {
        try payload.withUnsafeBufferPointer { (bytes) throws(DeflateError) in
            try decompress(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Empties the window: after each message under `no_context_takeover`.
    public func reset() {
        hasJustEnded = false
        inflateReset(stream.pointer)
    }
}

internal import CZlib

/// Compresses messages for permessage-deflate (RFC 7692 §7.2.1): raw DEFLATE, each message ending at a byte, without
/// the `00 00 ff ff` that says so.
///
/// One stream holds one window: about 2^(windowBits+2) + 2^(memoryLevel+9) bytes, 256 KiB with the defaults.
/// Not `Sendable`: it belongs to one worker.
public final class DeflateStream {
    private let stream: ZStream

    /// Starts with an empty window.
    ///
    /// - Parameters:
    ///   - windowBits: The agreed `server_max_window_bits` (or the client's, for a client), brought into 8...15. zlib has
    ///     no raw window of 256 bytes; 9 stands in for 8. It is as good: zlib never looks farther back than
    ///     its window less 262 bytes (`MIN_LOOKAHEAD`), which is 250.
    ///   - level: 1 (fast) ... 9 (small), brought into that range.
    ///   - memoryLevel: 1...9, zlib's `memLevel`, brought into that range.
    /// - Throws: ``DeflateError/outOfMemory``.
    public init(windowBits: Int = 15, level: Int = 6, memoryLevel: Int = 8) throws(DeflateError) {
        stream = try ZStream.deflate(
            level: min(max(level, 1), 9), windowBits: -min(max(windowBits, 9), 15),
            memoryLevel: min(max(memoryLevel, 1), 9))
    }

    /// Compresses one message against what the window holds.
    ///
    /// - Parameter message: The payload; at most 4 GiB less one byte.
    /// - Returns: The payload of a frame with RSV1 set. For an empty message one byte, 0x00 (RFC 7692 §7.2.3.6).
    /// - Throws: ``DeflateError/outOfMemory``; the stream is of no use then.
    public func compress(_ message: UnsafeRawBufferPointer) throws(DeflateError) -> [UInt8] {
        // zlib answers a flush with nothing to do by an error, and an empty message has a form of its own.
        guard !message.isEmpty else { return [0x00] }
        guard let inputCount = UInt32(exactly: message.count) else { throw .outOfMemory }
        let z = stream.pointer
        z.pointee.next_in = UnsafeMutablePointer(
            mutating: message.baseAddress?.assumingMemoryBound(to: UInt8.self))
        z.pointee.avail_in = inputCount
        // The bound is that of a finished stream; a flush mark may take a few bytes more.
        var (payload, isFull) = try flush(room: Int(deflateBound(z, UInt(message.count))) + 16)
        while isFull {
            let (more, isFullAgain) = try flush(room: 4096)
            payload += more
            isFull = isFullAgain
        }
        z.pointee.next_in = nil
        z.pointee.next_out = nil
        // A sync flush always ends in 00 00 ff ff (RFC 7692 §7.2.1).
        payload.removeLast(min(4, payload.count))
        return payload
    }

    /// - Returns: What zlib wrote, and whether it may have more to write.
    private func flush(room: Int) throws(DeflateError) -> (written: [UInt8], isFull: Bool) {
        let z = stream.pointer
        var result = Z_OK
        let written = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            z.pointee.next_out = buffer.baseAddress
            z.pointee.avail_out = UInt32(clamping: room)
            result = deflate(z, Z_SYNC_FLUSH)
            count = Int(UInt32(clamping: room) - z.pointee.avail_out)
        }
        // A buffer error says that the flush was already done when the room was used up.
        guard result == Z_OK || result == Z_BUF_ERROR else { throw .outOfMemory }
        return (written, z.pointee.avail_out == 0)
    }

    /// As ``compress(_:)`` above, for an array.
    public func compress(_ message: [UInt8]) throws(DeflateError) -> [UInt8] {
        try message.withUnsafeBufferPointer { (bytes) throws(DeflateError) in
            try compress(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Empties the window: for `no_context_takeover`, or a new subscriber of a shared stream.
    public func reset() {
        deflateReset(stream.pointer)
    }
}

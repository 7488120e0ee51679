internal import Deflate
internal import EventLoop
internal import WebCodec

/// One deflate stream with context takeover for everybody who follows the room's channel: one compression a flush.
///
/// Theory. A receiver's window holds the last 32 KiB that it inflated (RFC 7692 §7.2.2), so frames compressed against
/// one history can go to all who inflated exactly that history. Members get no other compressed frames but a first
/// load, which begins with an empty window; so a member is *in step* when it has had every shared frame since the
/// stream last began afresh. The stream counts its frames; a member keeps the count of its last one. Who is not in
/// step gets plain frames until the stream begins afresh: then all are, since nothing before is referred to. That
/// happens when it is worth it: at most once a second for a few stragglers, at once for many.
struct SharedDeflate {
    /// The window we compress with; the state takes 2^(bits+2) + 2^(memory level+9) bytes, 128 KiB.
    static let windowBits: UInt8 = 14
    private static let memoryLevel = 7
    /// A first load shorter than this is not worth compressing, in bytes.
    static let leastLoad = 1_024
    /// Between two fresh beginnings for the sake of a few, in nanoseconds.
    private static let patience: Int64 = 1_000_000_000

    private var stream: DeflateStream?
    /// Frames compressed so far.
    private var step: UInt32 = 0
    private var isFresh = true
    private var begunAt: Int64 = 0
    /// The frame of this flush.
    private var current: (since: UInt64, before: UInt32, onFresh: Bool, frame: [UInt8])?
    private var inStep = 0
    private var stragglers = 0

    /// Begins a flush.
    mutating func begin(at now: Int64) {
        current = nil
        if stragglers > 0, stragglers * 4 >= inStep || now - begunAt >= Self.patience {
            stream?.reset()
            isFresh = true
            begunAt = now
        }
        (inStep, stragglers) = (0, 0)
    }

    /// The frame for a member, if it is in step.
    ///
    /// - Parameters:
    ///   - plain: The same frame, uncompressed.
    ///   - since: What sequence it starts from.
    ///   - last: The member's count; brought up when there is a frame.
    /// - Returns: Nil when the member is to get the plain one.
    mutating func frame(of plain: [UInt8], since: UInt64, last: inout UInt32) -> [UInt8]? {
        if current == nil, isFresh || last == step { compress(plain, since) }
        guard let current, current.since == since, current.onFresh || last == current.before else {
            stragglers += 1
            return nil
        }
        inStep += 1
        last = step
        return current.frame
    }

    private mutating func compress(_ plain: [UInt8], _ since: UInt64) {
        do throws(DeflateError) {
            if stream == nil { stream = try Self.makeStream() }
            guard let stream else { return }
            let frame = try Self.compress(plain, with: stream)
            current = (since, step, isFresh, frame)
            step &+= 1
            isFresh = false
        } catch {
            // No memory: everybody gets plain frames, and the next attempt begins afresh.
            rest()
        }
    }

    /// Gives the stream's memory back; the next frame begins afresh.
    mutating func rest() {
        stream = nil
        current = nil
        isFresh = true
    }

    private static func makeStream() throws(DeflateError) -> DeflateStream {
        try DeflateStream(windowBits: Int(windowBits), level: 6, memoryLevel: memoryLevel)
    }

    /// A frame by itself, compressed with an empty window; nil without memory.
    static func load(_ plain: [UInt8]) -> [UInt8]? {
        guard let stream = try? makeStream() else { return nil }
        return try? compress(plain, with: stream)
    }

    private static func compress(_ plain: [UInt8], with stream: DeflateStream) throws(DeflateError) -> [UInt8]
    {
        let headByteCount = plain.count < 128 ? 2 : plain.count < 65_540 ? 4 : 10
        let payload = try stream.compress(Array(plain[headByteCount...]))
        return FrameEncoder.frame(.text, payload, isCompressed: true)
    }
}

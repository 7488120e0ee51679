/// Whether a message is text or bytes (RFC 6455 §5.6).
public enum MessageKind: Hashable, Sendable {
    /// UTF-8.
    case text
    /// Any bytes.
    case binary
}

/// A payload, unmasked.
public enum FramePayload {
    /// A part of the caller's input, unmasked in place. Valid until the caller touches that buffer again.
    case input(UnsafeRawBufferPointer)
    /// Gathered from several pieces; the receiver owns it.
    case gathered([UInt8])

    /// The number of bytes.
    public var count: Int {
        switch self {
        case .input(let bytes): bytes.count
        case .gathered(let bytes): bytes.count
        }
    }

    /// Calls the closure with the bytes, which must not leave it.
    @inlinable
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch self {
        case .input(let bytes):
            try body(bytes)
        case .gathered(let bytes):
            try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
                try body(UnsafeRawBufferPointer(bytes))
            }
        }
    }

    /// The bytes as an array of their own.
    public var bytes: [UInt8] {
        switch self {
        case .input(let bytes): [UInt8](bytes)
        case .gathered(let bytes): bytes
        }
    }

    /// The bytes as text; those of an uncompressed text message are known to be UTF-8.
    public var text: String {
        withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}

/// What a close frame says (RFC 6455 §5.5.1).
public struct CloseFrame: Hashable, Sendable {
    /// Nil when the frame has no payload.
    public let code: UInt16?
    /// At most 123 bytes of UTF-8.
    public let reason: String

    /// A close frame with this content.
    public init(code: UInt16?, reason: String = "") {
        self.code = code
        self.reason = reason
    }
}

/// What a peer sent.
public enum FrameEvent {
    /// A whole message. Compressed: the payload is to be inflated by RFC 7692 §7.2.2, and a text's UTF-8 checked
    /// after that with ``UTF8Validator``.
    case message(MessageKind, FramePayload, compressed: Bool)
    /// To be answered by a pong with the same payload.
    case ping(FramePayload)
    /// The answer to a ping.
    case pong(FramePayload)
    /// The peer sends nothing after this; answer with a close frame unless we sent one first.
    case close(CloseFrame)
}

/// A cursor over bytes that the caller owns and lets the decoder unmask in place.
public struct FrameInput {
    var next: UnsafeMutableRawPointer?
    /// How many bytes are left.
    public internal(set) var count: Int

    /// Starts at the first byte of the buffer, which must stay valid while the cursor is used.
    public init(_ buffer: UnsafeMutableRawBufferPointer) {
        next = buffer.baseAddress
        count = buffer.count
    }

    @inline(__always)
    mutating func skip(_ byteCount: Int) {
        next = next.map { $0 + byteCount }
        count &-= byteCount
    }
}

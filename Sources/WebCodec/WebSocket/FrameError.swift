/// How the peer broke the framing. After any of them: send a close frame with ``closeCode``, read no more.
public enum FrameError: UInt8, Error, Hashable, Sendable, CaseIterable {
    /// A reserved bit without an extension that gives it a meaning here (RFC 6455 §5.2, RFC 7692 §6).
    case reservedBits
    /// An opcode that nobody has defined (RFC 6455 §5.2).
    case unknownOpcode
    /// A client's frame without a mask (RFC 6455 §5.1).
    case unmaskedFrame
    /// A server's frame with a mask (RFC 6455 §5.1).
    case maskedFrame
    /// A control frame that says it is a fragment (RFC 6455 §5.5).
    case fragmentedControl
    /// A control frame longer than 125 bytes (RFC 6455 §5.5).
    case controlTooLong
    /// A length in more bytes than it needs (RFC 6455 §5.2).
    case nonMinimalLength
    /// A 64-bit length with its top bit set (RFC 6455 §5.2).
    case lengthOutOfRange
    /// A continuation frame with no message to continue (RFC 6455 §5.4).
    case unexpectedContinuation
    /// A new message inside a fragmented one (RFC 6455 §5.4).
    case interleavedMessage
    /// A message longer than the limit, over all its fragments (RFC 6455 §7.4.1).
    case messageTooLong
    /// Text, or the reason of a close frame, that is not UTF-8 (RFC 6455 §8.1).
    case invalidUTF8
    /// A close frame with one byte of payload (RFC 6455 §5.5.1).
    case truncatedCloseCode
    /// A close frame with a code that is not for the wire (RFC 6455 §7.4).
    case invalidCloseCode

    /// The status to send in the close frame (RFC 6455 §7.4.1).
    public var closeCode: UInt16 {
        switch self {
        case .reservedBits, .unknownOpcode, .unmaskedFrame, .maskedFrame, .fragmentedControl, .controlTooLong,
            .nonMinimalLength, .lengthOutOfRange, .unexpectedContinuation, .interleavedMessage,
            .truncatedCloseCode, .invalidCloseCode:
            CloseCode.protocolError
        case .invalidUTF8: CloseCode.invalidPayload
        case .messageTooLong: CloseCode.messageTooBig
        }
    }
}

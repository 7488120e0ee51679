/// What a frame is (RFC 6455 §5.2).
public enum Opcode: UInt8, Hashable, Sendable {
    /// The next fragment of a message.
    case continuation = 0x0
    /// A text message or its first fragment.
    case text = 0x1
    /// A binary message or its first fragment.
    case binary = 0x2
    /// The closing handshake.
    case close = 0x8
    /// Asks for a pong with the same payload.
    case ping = 0x9
    /// Answers a ping, or comes unasked.
    case pong = 0xA

    /// Control frames are at most 125 bytes and never fragmented (RFC 6455 §5.5).
    public var isControl: Bool { rawValue & 0x8 != 0 }
}

/// The longest payload of a control frame, in bytes (RFC 6455 §5.5).
public let controlPayloadByteCountLimit = 125

/// A status code of a close frame (RFC 6455 §7.4).
public enum CloseCode {
    /// 1000, done.
    public static let normal: UInt16 = 1000
    /// 1001, the server stops or the page is left.
    public static let goingAway: UInt16 = 1001
    /// 1002.
    public static let protocolError: UInt16 = 1002
    /// 1003, a kind of message that is not accepted here.
    public static let unsupportedData: UInt16 = 1003
    /// 1007, text that is not UTF-8, or data that does not inflate.
    public static let invalidPayload: UInt16 = 1007
    /// 1008.
    public static let policyViolation: UInt16 = 1008
    /// 1009.
    public static let messageTooBig: UInt16 = 1009
    /// 1011, a fault of ours.
    public static let internalError: UInt16 = 1011
    /// 1012, come back soon (IANA registry).
    public static let serviceRestart: UInt16 = 1012
    /// 1013, overloaded, come back later (IANA registry).
    public static let tryAgainLater: UInt16 = 1013

    /// Whether an endpoint may put this code in a close frame: 1004, 1005, 1006, 1015 and what nobody has
    /// registered are not for the wire (RFC 6455 §7.4.1, §7.4.2, IANA WebSocket close code registry).
    public static func isSendable(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

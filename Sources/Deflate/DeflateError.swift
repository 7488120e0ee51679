/// Why compressed data was not accepted, or a stream could not be made.
public enum DeflateError: Error, Hashable, Sendable {
    /// zlib could not allocate its state.
    case outOfMemory
    /// What the peer sent does not inflate (RFC 1951).
    case corrupt
    /// It inflates to more than the limit, in bytes: a bomb, or just too long.
    case tooLong(limit: Int)

    /// The status of the close frame to send (RFC 6455 §7.4.1).
    public var closeCode: UInt16 {
        switch self {
        case .outOfMemory: 1011
        case .corrupt: 1007
        case .tooLong: 1009
        }
    }
}

/// How much of one HTTP message we are ready to hold; everything beyond is refused while it arrives.
public struct HTTPLimits: Hashable, Sendable {
    /// Longest request line without its line end, in bytes; beyond it 414 (default 8 KiB).
    public var requestLineByteCount: Int
    /// Longest head, from the request line to the empty line, in bytes; beyond it 431 (default 16 KiB).
    public var headByteCount: Int
    /// Most field lines in a head, and in a trailer section; beyond it 431 (default 64).
    public var fieldCount: Int
    /// Longest body, in bytes after the transfer coding is removed; beyond it 413 (default 64 KiB).
    public var bodyByteCount: Int

    /// Sets each limit; what is left out has its default.
    public init(
        requestLineByteCount: Int = 8 << 10, headByteCount: Int = 16 << 10, fieldCount: Int = 64,
        bodyByteCount: Int = 64 << 10
    ) {
        self.requestLineByteCount = requestLineByteCount
        self.headByteCount = headByteCount
        self.fieldCount = fieldCount
        self.bodyByteCount = bodyByteCount
    }
}

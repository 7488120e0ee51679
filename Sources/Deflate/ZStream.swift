internal import CZlib

/// Owns one zlib state. zlib keeps a pointer back to its `z_stream`, so that lives at a fixed address.
struct ZStream: ~Copyable {
    enum Direction { case deflate, inflate }

    let pointer: UnsafeMutablePointer<z_stream>
    private let direction: Direction

    /// Raw DEFLATE has negative window bits for zlib, gzip adds 16 (zlib.h).
    static func deflate(level: Int, windowBits: Int, memoryLevel: Int) throws(DeflateError) -> ZStream {
        let pointer = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        pointer.initialize(to: z_stream())
        let result = czlib_deflateInit2(pointer, Int32(level), Int32(windowBits), Int32(memoryLevel))
        guard result == Z_OK else {
            pointer.deallocate()
            throw .outOfMemory
        }
        return ZStream(pointer: pointer, direction: .deflate)
    }

    static func inflate(windowBits: Int) throws(DeflateError) -> ZStream {
        let pointer = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        pointer.initialize(to: z_stream())
        guard czlib_inflateInit2(pointer, Int32(windowBits)) == Z_OK else {
            pointer.deallocate()
            throw .outOfMemory
        }
        return ZStream(pointer: pointer, direction: .inflate)
    }

    private init(pointer: UnsafeMutablePointer<z_stream>, direction: Direction) {
        self.pointer = pointer
        self.direction = direction
    }

    deinit {
        switch direction {
        case .deflate: deflateEnd(pointer)
        case .inflate: inflateEnd(pointer)
        }
        pointer.deallocate()
    }
}

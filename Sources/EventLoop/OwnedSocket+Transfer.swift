internal import CLinux
internal import Glibc

/// How a read or write went.
public enum Transfer: Hashable, Sendable {
    /// So many bytes moved; at least 1, perhaps fewer than asked for. (A write of nothing gives 0.)
    case bytes(Int)
    /// Nothing can move now; wait for readiness.
    case wouldBlock
    /// The peer is gone: the end of the stream when reading, a reset or a closed pipe.
    case closed
    /// Anything else the kernel said, a timeout or an unreachable network for example; the connection is lost.
    case failed(SystemError)

    init(_ result: Int, operation: String) {
        switch result {
        case 0...: self = .bytes(result)
        case -Int(EAGAIN): self = .wouldBlock
        case -Int(ECONNRESET), -Int(EPIPE): self = .closed
        default: self = .failed(SystemError(operation: operation, code: Int32(clamping: -result)))
        }
    }
}

extension OwnedSocket {
    /// The most pieces that one gathering write takes; the rest waits for the next call.
    public static let piecesPerWrite = 64

    /// Reads what is there, once, up to the buffer's size. Fewer bytes than that mean that no more were there.
    ///
    /// - Parameter buffer: Where to; not empty (an empty one would read as ``Transfer/closed``).
    /// - Returns: How it went.
    public func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        let count = clinux_receive(descriptor, buffer.baseAddress, buffer.count)
        return count == 0 ? .closed : Transfer(count, operation: "recv")
    }

    /// Writes once; never raises SIGPIPE.
    ///
    /// - Parameter bytes: What to send.
    /// - Returns: How it went; fewer bytes than given mean that the kernel's buffer is full.
    public func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        Transfer(clinux_send(descriptor, bytes.baseAddress, bytes.count), operation: "send")
    }

    /// Writes once; never raises SIGPIPE.
    ///
    /// - Parameter bytes: What to send.
    /// - Returns: How it went; fewer bytes than given mean that the kernel's buffer is full.
    public func write(_ bytes: RawSpan) -> Transfer { bytes.withUnsafeBytes { write($0) } }

    /// Writes once; never raises SIGPIPE.
    ///
    /// - Parameter bytes: What to send.
    /// - Returns: How it went; fewer bytes than given mean that the kernel's buffer is full.
    public func write(_ bytes: [UInt8]) -> Transfer { bytes.withUnsafeBytes { write($0) } }

    /// Writes several pieces in one system call; never raises SIGPIPE. A copy into one buffer is cheaper for
    /// pieces under about 200 bytes.
    ///
    /// - Parameter pieces: In order; those after the first ``piecesPerWrite`` are left for a next call.
    /// - Returns: How it went, counted over all pieces.
    public func write(pieces: UnsafeBufferPointer<UnsafeRawBufferPointer>) -> Transfer {
        let count = min(pieces.count, Self.piecesPerWrite)
        return withUnsafeTemporaryAllocation(of: iovec.self, capacity: max(1, count)) { vectors in
            for index in 0..<count {
                let piece = pieces[index]
                vectors.initializeElement(
                    at: index,
                    to: iovec(
                        iov_base: UnsafeMutableRawPointer(mutating: piece.baseAddress), iov_len: piece.count))
            }
            return Transfer(clinux_send_pieces(descriptor, vectors.baseAddress, count), operation: "sendmsg")
        }
    }
}

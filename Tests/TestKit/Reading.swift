public import Foundation
import Glibc

extension FileHandle {
    /// Everything until the other end closes. Foundation's own reading traps when a signal comes in between, as one does when
    /// a child of another test ends.
    public func everything() -> [UInt8] {
        var bytes: [UInt8] = []
        while case let more = some(), !more.isEmpty { bytes += more }
        return bytes
    }

    /// What there is next; nothing when the other end has closed.
    public func some() -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(fileDescriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            return Array(chunk[..<max(0, count)])
        }
    }
}

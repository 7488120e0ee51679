import Foundation
import Glibc

/// A stream socket that only this machine's user can reach: a file of mode 0600 in a folder (unix(7)).
struct LocalSocket: ~Copyable {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }

    /// Makes the file and listens; one that an ended process has left is replaced.
    ///
    /// - Throws: The system's error.
    static func listen(in folder: String, named name: String) throws -> LocalSocket {
        let socket = try make()
        try withAddress(folder, name) { path, address, length in
            unlink(path)
            // Nobody gets in before `listen`, so the mode is right when somebody can. It does not wait in `accept`, since whoever
            // knocked may be gone.
            guard bind(socket.descriptor, address, length) == 0, chmod(path, 0o600) == 0,
                fcntl(socket.descriptor, F_SETFL, O_NONBLOCK) == 0, Glibc.listen(socket.descriptor, 4) == 0
            else { throw POSIXError.current }
        }
        return socket
    }

    /// Connects to a file that somebody listens on.
    ///
    /// - Throws: The system's error; `ENOENT` or `ECONNREFUSED` if nobody listens.
    static func connect(in folder: String, named name: String) throws -> LocalSocket {
        let socket = try make()
        try withAddress(folder, name) { _, address, length in
            guard Glibc.connect(socket.descriptor, address, length) == 0 else { throw POSIXError.current }
        }
        return socket
    }

    /// Takes the next connection.
    ///
    /// - Parameter listener: The descriptor of a socket that listens.
    /// - Returns: A descriptor for a ``LocalSocket`` to own; nil if nobody waits.
    static func accept(from listener: Int32) -> Int32? {
        let peer = Glibc.accept(listener, nil, nil)
        guard peer >= 0 else { return nil }
        _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
        return peer
    }

    /// Reads up to a line's end, or the end of what is sent.
    ///
    /// - Parameter seconds: How long to wait for each piece; 0 for ever.
    /// - Returns: The line; nil if it does not come in time or is longer than 8,192 bytes.
    func readLine(waitingSeconds seconds: Int) -> String? {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 8_192 {
            let count = read(descriptor, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 || byte == 0x0A { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    /// Sends a line; nobody may be there to read it any more.
    func writeLine(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private static func make() throws -> LocalSocket {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError.current }
        return LocalSocket(descriptor)
    }

    /// An address holds 107 bytes at most, and a folder's path may be longer: so it is named by a descriptor.
    private static func withAddress(
        _ folder: String, _ name: String,
        _ body: (String, UnsafePointer<sockaddr>, socklen_t) throws -> Void
    ) throws {
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw POSIXError.current }
        defer { close(directory) }
        let path = "/proc/self/fd/\(directory)/\(name)"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try body(path, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

extension POSIXError {
    /// What `errno` says.
    fileprivate static var current: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}

import Foundation
import Glibc
import WebCodec

/// A blocking TCP client on loopback, so that a test says exactly which bytes go out and sees exactly which come back.
final class RawClient {
    private let descriptor: Int32
    private(set) var buffer: [UInt8] = []

    init(port: UInt16, receiveBytes: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBytes { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure.notConnected(errno) }
    }

    deinit { close() }

    enum Failure: Error { case notConnected(Int32), timeout, ended }

    private var isClosed = false
    func close() {
        guard !isClosed else { return }
        isClosed = true
        _ = Glibc.close(descriptor)
    }

    func send(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes {
            _ = Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }
    func send(_ text: String) { send(Array(text.utf8)) }

    /// Reads once more into the buffer. Waits on a thread of its own, since the server
    /// needs those of the pools.
    func fill(milliseconds: Int32 = 10_000) async throws {
        let descriptor = descriptor
        let chunk: [UInt8] = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.receive(descriptor, milliseconds) })
            }
        }
        buffer.append(contentsOf: chunk)
    }

    private static func receive(_ descriptor: Int32, _ milliseconds: Int32) throws -> [UInt8] {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, milliseconds) > 0 else { throw Failure.timeout }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { throw Failure.ended }
        return Array(chunk[..<count])
    }

    func take(_ count: Int) { buffer.removeFirst(count) }

    /// Reads until the server closes.
    func readToEnd() async -> [UInt8] {
        while (try? await fill()) != nil {}
        return buffer
    }

    /// One answer to a request with that method.
    func response(to method: HTTPMethod = .get) async throws -> (head: ResponseHead, body: [UInt8]) {
        while true {
            var decoder = ResponseHeadDecoder()
            if !buffer.isEmpty, case .head(let head, let count) = try decoder.decode(buffer) {
                take(count)
                var body = BodyDecoder(
                    framing: try head.body(answering: method, limits: .init(bodyByteCount: 8 << 20)),
                    limits: .init(bodyByteCount: 8 << 20))
                while !body.isComplete {
                    take(try body.decode(buffer))
                    if !body.isComplete { try await fill() }
                }
                return (head, body.bytes)
            }
            try await fill()
        }
    }
}

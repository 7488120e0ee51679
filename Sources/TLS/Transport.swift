internal import COpenSSL

/// The bytes on both sides of one SSL object, and the BIO through which OpenSSL reaches them.
///
/// A `BIO_s_mem` would keep the largest buffer it ever had; these arrays go when they are empty.
final class Transport {
    private var input: [UInt8] = []
    private var inputStart = 0
    private var output: [UInt8] = []
    private var outputStart = 0

    /// No more input comes.
    var hasEnded = false

    var inputByteCount: Int { input.count - inputStart }
    var outputByteCount: Int { output.count - outputStart }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        if inputStart > 0 {
            input.removeFirst(inputStart)
            inputStart = 0
        }
        input.append(contentsOf: bytes)
    }

    func takeOutput() -> [UInt8] {
        defer {
            output = []
            outputStart = 0
        }
        return outputStart == 0 ? output : Array(output[outputStart...])
    }

    func withOutput(_ send: (UnsafeRawBufferPointer) -> Int) {
        guard outputByteCount > 0 else { return }
        let sent = output.withUnsafeBytes { send(UnsafeRawBufferPointer(rebasing: $0[outputStart...])) }
        outputStart += max(0, min(sent, outputByteCount))
        if outputByteCount == 0 {
            output = []
            outputStart = 0
        } else if outputStart > 1 << 16 {
            output.removeFirst(outputStart)
            outputStart = 0
        }
    }

    /// Copies input to OpenSSL; nil when it has to wait.
    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let count = min(buffer.count, inputByteCount)
        guard count > 0 else { return hasEnded ? 0 : nil }
        input.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[inputStart...].prefix(count)))
        }
        inputStart += count
        if inputByteCount == 0 {
            input = []
            inputStart = 0
        }
        return count
    }

    fileprivate func write(_ bytes: UnsafeRawBufferPointer) { output.append(contentsOf: bytes) }

    // MARK: The BIO

    /// Creates a BIO that refers to this object without holding it: whoever frees the BIO must outlive it.
    func makeBIO() -> OpaquePointer? {
        guard let method = Self.method.pointer, let bio = BIO_new(method) else { return nil }
        BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
        BIO_set_init(bio, 1)
        return bio
    }

    fileprivate static func of(_ bio: OpaquePointer?) -> Transport? {
        BIO_get_data(bio).map { Unmanaged<Transport>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let method = Method()

    /// Unchecked, because the table of functions is made once, by a static initialiser, and never changed or freed.
    private struct Method: @unchecked Sendable {
        let pointer: OpaquePointer?

        init() {
            let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "byte arrays")
            pointer = method
            guard let method else { return }
            BIO_meth_set_read_ex(method) { bio, buffer, capacity, count in
                copenssl_clear_retry(bio)
                guard let transport = Transport.of(bio), let buffer, let count else { return 0 }
                let target = UnsafeMutableRawBufferPointer(start: buffer, count: capacity)
                guard let moved = transport.read(into: target) else {
                    copenssl_retry_read(bio)
                    return 0
                }
                count.pointee = moved
                return moved > 0 ? 1 : 0
            }
            BIO_meth_set_write_ex(method) { bio, bytes, byteCount, count in
                copenssl_clear_retry(bio)
                guard let transport = Transport.of(bio), let bytes, let count else { return 0 }
                transport.write(UnsafeRawBufferPointer(start: bytes, count: byteCount))
                count.pointee = byteCount
                return 1
            }
            BIO_meth_set_ctrl(method) { bio, command, _, _ in
                switch command {
                case BIO_CTRL_FLUSH: 1
                case BIO_CTRL_EOF:
                    Transport.of(bio).map { $0.hasEnded && $0.inputByteCount == 0 ? 1 : 0 } ?? 1
                case BIO_CTRL_PENDING: Transport.of(bio)?.inputByteCount ?? 0
                case BIO_CTRL_WPENDING: Transport.of(bio)?.outputByteCount ?? 0
                default: 0
                }
            }
        }
    }
}

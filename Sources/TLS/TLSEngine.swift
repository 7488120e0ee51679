internal import COpenSSL

/// One connection's TLS: ciphertext in, plaintext out, and back. Holds no socket and never blocks.
///
/// A value with one owner, as large as a pointer; it can move to another thread with its socket. The loop is:
///
/// ```swift
/// engine.receive(ciphertext)                        // what the socket gave
/// while case .bytes(let count) = try engine.read(into: buffer) { … }  // drives the handshake too
/// try engine.write(answer)
/// engine.withOutput { socket.write($0) … }          // after each of the above, also after one that throws:
/// ```                                               // it may hold an alert for the peer
///
/// Theory: OpenSSL reads and writes through a BIO of our own that has two byte arrays behind it. Both are given
/// back to the allocator when they are empty, and OpenSSL does the same with its record buffers
/// (SSL_MODE_RELEASE_BUFFERS): an idle connection keeps only its keys and state.
///
/// Unchecked, because OpenSSL's objects are held by pointers. The value cannot be copied, so its owner alone reaches the
/// SSL object and the transport, and neither belongs to a thread.
public struct TLSEngine: ~Copyable, @unchecked Sendable {
    /// Where a handshake is.
    public enum Progress: Hashable, Sendable {
        /// More ciphertext from the peer is needed; there may be output.
        case inProgress
        /// Plaintext can be read and written.
        case complete
    }

    /// What a read gave.
    public enum ReadResult: Hashable, Sendable {
        /// So many bytes of plaintext; at least 1.
        case bytes(Int)
        /// No whole record is left, or the handshake is not complete.
        case needsInput
        /// The peer has said that it sends no more (`close_notify`).
        case closed
    }

    private let ssl: OpaquePointer
    private let transport: Transport
    private var hasClosed = false
    private var hasFailed = false

    /// Begins a server's side of a connection.
    ///
    /// - Parameter context: What to offer; a later reload does not change this connection.
    /// - Throws: ``TLSError/setup(reason:)``, without memory.
    public init(server context: TLSContext) throws(TLSError) {
        let (ssl, transport) = try Self.open(context.handle)
        SSL_set_accept_state(ssl)
        (self.ssl, self.transport) = (ssl, transport)
    }

    /// Begins a client's side of a connection. Call ``handshake()`` for the first output.
    ///
    /// - Parameters:
    ///   - context: Whom to believe.
    ///   - host: The server's name, or its numeric address, which its certificate must be for.
    /// - Throws: ``TLSError/setup(reason:)``, without memory or for a name that no certificate can hold.
    public init(client context: TLSClientContext, host: String) throws(TLSError) {
        let (ssl, transport) = try Self.open(context.handle)
        SSL_set_connect_state(ssl)
        ErrorQueue.clear()
        let isAddress = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1
        // No server name for an address (RFC 6066 §3).
        guard isAddress || (SSL_set1_host(ssl, host) == 1 && copenssl_set_server_name(ssl, host) == 1) else {
            let reason = ErrorQueue.takeReason()
            SSL_free(ssl)
            throw .setup(reason: reason)
        }
        (self.ssl, self.transport) = (ssl, transport)
    }

    deinit {
        // Frees the BIO too; the transport outlives it, because this value still holds it.
        SSL_free(ssl)
    }

    private static func open(_ context: ContextHandle) throws(TLSError) -> (OpaquePointer, Transport) {
        ErrorQueue.clear()
        let transport = Transport()
        guard let bio = transport.makeBIO() else { throw .setup(reason: ErrorQueue.takeReason()) }
        guard let ssl = SSL_new(context.pointer) else {
            BIO_free(bio)
            throw .setup(reason: ErrorQueue.takeReason())
        }
        // One reference serves both directions.
        SSL_set_bio(ssl, bio, bio)
        return (ssl, transport)
    }

    /// Whether the handshake is complete.
    public var isReady: Bool { SSL_is_init_finished(ssl) == 1 }

    /// `TLSv1.2` or `TLSv1.3`, once the handshake is complete.
    public var protocolVersion: String { String(cString: SSL_get_version(ssl)) }

    /// Whether the client came back with a ticket, which saved the certificate and its signature.
    public var isResumed: Bool { SSL_session_reused(ssl) == 1 }

    // MARK: Ciphertext

    /// Takes what the peer sent. Read until ``ReadResult/needsInput`` afterwards: only that bounds what is held.
    ///
    /// - Parameter ciphertext: Any number of bytes, cut anywhere; copied.
    public mutating func receive(_ ciphertext: UnsafeRawBufferPointer) { transport.receive(ciphertext) }

    /// Takes what the peer sent.
    ///
    /// - Parameter ciphertext: Any number of bytes, cut anywhere.
    public mutating func receive(_ ciphertext: [UInt8]) { ciphertext.withUnsafeBytes { receive($0) } }

    /// Says that the transport has ended; reads then give what is left, and ``TLSError/truncated`` after it.
    public mutating func receiveEnd() { transport.hasEnded = true }

    /// Bytes waiting to be sent to the peer.
    public var outputByteCount: Int { transport.outputByteCount }

    /// Takes all bytes that wait to be sent to the peer.
    ///
    /// - Returns: Perhaps none.
    public mutating func takeOutput() -> [UInt8] { transport.takeOutput() }

    /// Lends the bytes that wait to be sent, so that they go to a socket without a copy.
    ///
    /// - Parameter send: Not called when there are none; returns how many bytes from the front were sent.
    public mutating func withOutput(_ send: (UnsafeRawBufferPointer) -> Int) { transport.withOutput(send) }

    // MARK: Plaintext

    /// Goes on with the handshake as far as the received bytes allow; ``read(into:)`` does so by itself.
    ///
    /// - Returns: Whether it is complete.
    /// - Throws: When it has failed; the connection is lost, and the output holds an alert for the peer.
    public mutating func handshake() throws(TLSError) -> Progress {
        guard !hasFailed else { throw .handshakeFailed(reason: "it failed before") }
        if isReady { return .complete }
        ErrorQueue.clear()
        let result = SSL_do_handshake(ssl)
        if result == 1 { return .complete }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .inProgress
        default: throw failure(inHandshake: true)
        }
    }

    /// Reads plaintext, after completing the handshake if need be.
    ///
    /// - Parameter buffer: Where to; not empty. A record holds at most 16 KiB.
    /// - Returns: What there was.
    /// - Throws: When the connection is lost; the output may hold an alert for the peer.
    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(TLSError) -> ReadResult {
        guard try handshake() == .complete else { return .needsInput }
        ErrorQueue.clear()
        var count = 0
        let result = SSL_read_ex(ssl, buffer.baseAddress, buffer.count, &count)
        if result == 1 { return .bytes(count) }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .needsInput
        case SSL_ERROR_ZERO_RETURN: return .closed
        default: throw failure(inHandshake: false)
        }
    }

    /// Encrypts plaintext into the output. It is all taken; the caller bounds how much output it lets wait.
    ///
    /// - Parameter plaintext: Any number of bytes; each record holds at most 16 KiB of them.
    /// - Throws: ``TLSError/notWritable`` before the handshake is complete and after ``close()``, or when the
    ///   connection is lost.
    public mutating func write(_ plaintext: UnsafeRawBufferPointer) throws(TLSError) {
        guard isReady, !hasClosed, !hasFailed else { throw .notWritable }
        ErrorQueue.clear()
        var rest = plaintext
        while !rest.isEmpty {
            var count = 0
            guard SSL_write_ex(ssl, rest.baseAddress, rest.count, &count) == 1 else {
                // The output always takes everything, so waiting is not a reason.
                throw failure(inHandshake: false)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Encrypts plaintext into the output.
    ///
    /// - Parameter plaintext: Any number of bytes.
    /// - Throws: As the other forms.
    public mutating func write(_ plaintext: RawSpan) throws(TLSError) {
        var failure: TLSError?
        plaintext.withUnsafeBytes { bytes in
            do throws(TLSError) { try write(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Encrypts plaintext into the output.
    ///
    /// - Parameter plaintext: Any number of bytes.
    /// - Throws: As the other forms.
    public mutating func write(_ plaintext: [UInt8]) throws(TLSError) { try write(plaintext.span.bytes) }

    /// Says that we send no more: puts `close_notify` into the output. Reading may go on until the peer closes.
    public mutating func close() {
        guard isReady, !hasClosed, !hasFailed else { return }
        hasClosed = true
        ErrorQueue.clear()
        _ = SSL_shutdown(ssl)
        ErrorQueue.clear()
    }

    /// Reads the thread's error queue, which the failed call has just filled.
    private mutating func failure(inHandshake: Bool) -> TLSError {
        hasFailed = true
        let verdict = SSL_get_verify_result(ssl)
        let reason = ErrorQueue.takeReason()
        if inHandshake, verdict != X509_V_OK, SSL_get_verify_mode(ssl) != SSL_VERIFY_NONE {
            return .certificateRejected(reason: String(cString: X509_verify_cert_error_string(Int(verdict))))
        }
        if transport.hasEnded, transport.inputByteCount == 0 { return .truncated }
        return inHandshake ? .handshakeFailed(reason: reason) : .protocolFailure(reason: reason)
    }
}

internal import COpenSSL
internal import Glibc
internal import Synchronization

/// Where a server's certificate and key are, both PEM.
public struct TLSServerFiles: Hashable, Sendable {
    /// The server's certificate first, then the intermediates in order.
    public let certificateChain: String
    /// The key of the first certificate, without a passphrase.
    public let privateKey: String

    /// Names the files.
    ///
    /// - Parameters:
    ///   - certificateChain: The server's certificate first, then the intermediates in order.
    ///   - privateKey: The key of the first certificate, without a passphrase.
    public init(certificateChain: String, privateKey: String) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }
}

/// What a server offers its callers; many connections share one, on any thread.
///
/// TLS 1.2 and 1.3 with forward-secret authenticated suites only, ALPN `http/1.1`, no renegotiation, no
/// compression, tickets without state on the server.
public final class TLSContext: Sendable {
    /// When a server's certificate holds, in seconds since 1970-01-01T00:00:00Z.
    public struct Validity: Hashable, Sendable {
        /// The first second.
        public let notBefore: Int64
        /// The last second.
        public let notAfter: Int64

        /// What to warn an operator of; a server runs with such a certificate all the same.
        public enum Warning: Hashable, Sendable {
            /// Valid only later: this machine's clock is wrong, or the certificate is early.
            case notYetValid
            /// Browsers refuse it.
            case expired
            /// Browsers will refuse it soon.
            case expires(inDays: Int64)
        }

        /// The warning due at a time.
        ///
        /// - Parameter now: Seconds since 1970-01-01T00:00:00Z.
        /// - Returns: Nil for a certificate that is valid for 14 more days or longer.
        public func warning(at now: Int64) -> Warning? {
            if now < notBefore { return .notYetValid }
            if now > notAfter { return .expired }
            let days = (notAfter - now) / 86_400
            return days < 14 ? .expires(inDays: days) : nil
        }
    }

    private struct State {
        var handle: ContextHandle
        var validity: Validity
    }

    private let files: TLSServerFiles
    private let state: Mutex<State>

    /// Loads certificate and key.
    ///
    /// - Parameter files: Read now, and again at each ``reload()``.
    /// - Throws: With a text for the operator.
    public init(_ files: TLSServerFiles) throws(TLSError) {
        self.files = files
        let loaded = try Self.load(files)
        state = Mutex(loaded)
    }

    /// When the certificate in use holds.
    public var validity: Validity { state.withLock { $0.validity } }

    /// Reads the files again. Connections made from now on use what they hold; those that are open go on.
    ///
    /// - Throws: When the new files are no good; the old certificate then stays in use.
    public func reload() throws(TLSError) {
        let loaded = try Self.load(files)
        state.withLock { $0 = loaded }
    }

    var handle: ContextHandle { state.withLock { $0.handle } }

    private static func load(_ files: TLSServerFiles) throws(TLSError) -> State {
        for path in [files.certificateChain, files.privateKey] {
            guard access(path, R_OK) == 0 else {
                throw .fileNotReadable(path: path, reason: String(cString: strerror(errno)))
            }
        }
        let handle = try ContextHandle(method: TLS_server_method())
        let context = handle.pointer
        ErrorQueue.clear()
        guard SSL_CTX_use_certificate_chain_file(context, files.certificateChain) == 1 else {
            throw .noCertificate(path: files.certificateChain, reason: ErrorQueue.takeReason())
        }
        // The check that key and certificate fit is part of loading the key, so ask which of the two failed.
        guard SSL_CTX_use_PrivateKey_file(context, files.privateKey, SSL_FILETYPE_PEM) == 1 else {
            let reason = ErrorQueue.takeReason()
            if reason.contains("mismatch") {
                throw .keyDoesNotMatch(keyPath: files.privateKey, certificatePath: files.certificateChain)
            }
            throw .noPrivateKey(path: files.privateKey, reason: reason)
        }
        guard SSL_CTX_check_private_key(context) == 1 else {
            ErrorQueue.clear()
            throw .keyDoesNotMatch(keyPath: files.privateKey, certificatePath: files.certificateChain)
        }
        copenssl_disable_session_cache(context)
        SSL_CTX_set_num_tickets(context, 1)
        SSL_CTX_set_alpn_select_cb(context, selectHTTP11, nil)
        let certificate = copenssl_own_certificate(context)
        let validity = Validity(
            notBefore: copenssl_seconds(X509_get0_notBefore(certificate)),
            notAfter: copenssl_seconds(X509_get0_notAfter(certificate)))
        return State(handle: handle, validity: validity)
    }
}

/// What a client asks of the servers it calls; many connections share one. For our own programs and tests.
public final class TLSClientContext: Sendable {
    /// Whom to believe.
    public enum Trust: Hashable, Sendable {
        /// The authorities that the operating system trusts.
        case system
        /// The authorities in one PEM file.
        case authorities(path: String)
        /// Anybody. Encrypts against onlookers and proves nothing: for tests on loopback.
        case anybodyWithoutVerification
    }

    let handle: ContextHandle
    let verifies: Bool

    /// Sets up a client.
    ///
    /// - Parameter trust: Whom to believe.
    /// - Throws: When the authorities cannot be read.
    public init(trust: Trust) throws(TLSError) {
        handle = try ContextHandle(method: TLS_client_method())
        verifies = trust != .anybodyWithoutVerification
        ErrorQueue.clear()
        switch trust {
        case .system:
            guard SSL_CTX_set_default_verify_paths(handle.pointer) == 1 else {
                throw .setup(reason: ErrorQueue.takeReason())
            }
        case .authorities(let path):
            guard access(path, R_OK) == 0 else {
                throw .fileNotReadable(path: path, reason: String(cString: strerror(errno)))
            }
            guard SSL_CTX_load_verify_file(handle.pointer, path) == 1 else {
                throw .noTrustedAuthority(path: path, reason: ErrorQueue.takeReason())
            }
        case .anybodyWithoutVerification: break
        }
        SSL_CTX_set_verify(handle.pointer, verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nil)
        // The protocol names of ALPN are each preceded by their length (RFC 7301 §3.1). 0 is success here.
        let names = [UInt8(http11.count)] + http11
        guard SSL_CTX_set_alpn_protos(handle.pointer, names, UInt32(names.count)) == 0 else {
            throw .setup(reason: ErrorQueue.takeReason())
        }
    }
}

/// A reference to an SSL_CTX with what both sides demand.
///
/// Unchecked, because nothing is set after the context is published, and OpenSSL counts references and guards
/// what connections share (ticket keys) by itself.
final class ContextHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(method: OpaquePointer?) throws(TLSError) {
        ErrorQueue.clear()
        guard let pointer = SSL_CTX_new(method) else { throw .setup(reason: ErrorQueue.takeReason()) }
        self.pointer = pointer
        guard copenssl_set_min_version(pointer, TLS1_2_VERSION) == 1,
            SSL_CTX_set_cipher_list(pointer, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1
        else { throw .setup(reason: ErrorQueue.takeReason()) }
        SSL_CTX_set_options(pointer, copenssl_context_options())
        // Partial writes and moving buffers: our output grows as needed, but the source of a write may move.
        copenssl_set_mode(pointer)
        // Without this OpenSSL would ask for a passphrase on the terminal and wait.
        SSL_CTX_set_default_passwd_cb(pointer) { _, _, _, _ in 0 }
    }

    deinit { SSL_CTX_free(pointer) }
}

private let http11 = Array("http/1.1".utf8)

/// Chooses `http/1.1` from the client's list; without it in the list the handshake fails, as RFC 7301 §3.2 asks.
/// A client that sends no list is served.
private func selectHTTP11(
    _: OpaquePointer?, chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    chosenCount: UnsafeMutablePointer<UInt8>?, list: UnsafePointer<UInt8>?, listCount: UInt32,
    _: UnsafeMutableRawPointer?
) -> Int32 {
    let offered = UnsafeBufferPointer(start: list, count: Int(listCount))
    var index = 0
    while index < offered.count {
        let end = index + 1 + Int(offered[index])
        guard end <= offered.count else { break }
        if offered[(index + 1)..<end].elementsEqual(http11) {
            chosen?.pointee = list.map { $0 + index + 1 }
            chosenCount?.pointee = UInt8(http11.count)
            return SSL_TLSEXT_ERR_OK
        }
        index = end
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}

internal import COpenSSL

/// What goes wrong with certificates, and on a connection.
public enum TLSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A certificate or key file cannot be opened; path and the system's reason.
    case fileNotReadable(path: String, reason: String)
    /// The file holds no PEM certificate, or a broken one.
    case noCertificate(path: String, reason: String)
    /// The file holds no PEM private key, a broken one, or one behind a passphrase (which nobody could type in).
    case noPrivateKey(path: String, reason: String)
    /// The key is not the one that the first certificate of the chain was made for.
    case keyDoesNotMatch(keyPath: String, certificatePath: String)
    /// The client's trust store has no usable authority.
    case noTrustedAuthority(path: String, reason: String)
    /// OpenSSL could not be set up, as a rule for want of memory.
    case setup(reason: String)

    /// The peer did not speak TLS, offered nothing that we accept, or sent an alert. The connection is lost.
    case handshakeFailed(reason: String)
    /// The peer's certificate was refused. The connection is lost.
    case certificateRejected(reason: String)
    /// A record was forged, damaged or out of order, or the peer sent an alert. The connection is lost.
    case protocolFailure(reason: String)
    /// The transport ended without the peer's `close_notify` (RFC 8446 §6.1): what was read may be incomplete.
    case truncated
    /// Our own use is wrong: nothing can be written before the handshake is complete or after we closed.
    case notWritable

    /// English, for logs and the command line.
    public var description: String {
        switch self {
        case .fileNotReadable(let path, let reason): "cannot read \(path): \(reason)"
        case .noCertificate(let path, let reason): "no usable certificate (PEM) in \(path): \(reason)"
        case .noPrivateKey(let path, let reason):
            "no usable private key (PEM without a passphrase) in \(path): \(reason)"
        case .keyDoesNotMatch(let keyPath, let certificatePath):
            "the key in \(keyPath) does not belong to the first certificate in \(certificatePath)"
        case .noTrustedAuthority(let path, let reason): "no usable authority (PEM) in \(path): \(reason)"
        case .setup(let reason): "OpenSSL could not be set up: \(reason)"
        case .handshakeFailed(let reason): "TLS handshake failed: \(reason)"
        case .certificateRejected(let reason): "the peer's certificate was refused: \(reason)"
        case .protocolFailure(let reason): "TLS failed: \(reason)"
        case .truncated: "the connection ended without a TLS close"
        case .notWritable: "the TLS connection is not open for writing"
        }
    }
}

/// OpenSSL's error queue. It belongs to the thread: clear it, call, and read it in one synchronous function.
enum ErrorQueue {
    static func clear() { ERR_clear_error() }

    /// Empties the queue; the oldest entry is the cause, later ones tell who passed it on.
    static func takeReason() -> String {
        var reason: String?
        while true {
            let code = copenssl_next_error()
            guard code != 0 else { return reason ?? "no reason given" }
            if reason == nil {
                reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            }
        }
    }
}

internal import COpenSSL

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
    /// Digest length in bytes.
    public static let byteCount = 32

    /// The digest of some bytes.
    ///
    /// - Parameter bytes: Any number.
    /// - Returns: 32 bytes.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        digest(bytes, count: byteCount) { COpenSSL.SHA256($0, $1, $2) != nil }
    }
}

/// SHA-1, only because the WebSocket handshake is defined with it (RFC 6455 §4.2.2); it protects nothing there.
public enum SHA1 {
    /// Digest length in bytes.
    public static let byteCount = 20

    /// The digest of some bytes.
    ///
    /// - Parameter bytes: Any number.
    /// - Returns: 20 bytes.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        digest(bytes, count: byteCount) { COpenSSL.SHA1($0, $1, $2) != nil }
    }
}

/// A keyed digest that only a holder of the key can make (RFC 2104 with SHA-256).
public enum HMACSHA256 {
    /// Code length in bytes.
    public static let byteCount = 32

    /// The code of some bytes under a key.
    ///
    /// - Parameters:
    ///   - bytes: Any number.
    ///   - key: Any number of bytes; 32 random ones are right for a new key.
    /// - Returns: 32 bytes.
    public static func authenticate(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        // OpenSSL takes a null key as "the key set before": an empty one needs an address.
        let keyOrNothing = key.isEmpty ? [0] : key
        return digest(bytes, count: byteCount) { start, count, output in
            keyOrNothing.withUnsafeBufferPointer { keyBytes in
                HMAC(
                    EVP_sha256(), keyBytes.baseAddress, Int32(clamping: key.count), start, count, output, nil)
                    != nil
            }
        }
    }

    /// Compares a code with the right one, in a time that tells nothing.
    ///
    /// - Parameters:
    ///   - code: The claimed code, of any length.
    ///   - bytes: What it is said to authenticate.
    ///   - key: The key.
    /// - Returns: Whether the code is the right one.
    public static func isValid(_ code: [UInt8], for bytes: [UInt8], key: [UInt8]) -> Bool {
        constantTimeEqual(code, authenticate(bytes, key: key))
    }
}

/// Runs a one-shot digest. These fail only without memory or without the algorithm, and then nothing that we
/// could answer would be safe.
private func digest(
    _ bytes: [UInt8], count: Int, _ run: (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<UInt8>?) -> Bool
) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { output, written in
        let done = bytes.withUnsafeBufferPointer { run($0.baseAddress, $0.count, output.baseAddress) }
        precondition(done, "OpenSSL could not compute a digest of \(bytes.count) bytes")
        written = count
    }
}

/// Whether two byte strings are equal, in a time that depends on their lengths alone.
///
/// - Parameters:
///   - left: Any bytes.
///   - right: Any bytes.
/// - Returns: False for different lengths.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return left.withUnsafeBytes { leftBytes in
        right.withUnsafeBytes { rightBytes in
            guard let leftStart = leftBytes.baseAddress, let rightStart = rightBytes.baseAddress else {
                return true
            }
            return CRYPTO_memcmp(leftStart, rightStart, leftBytes.count) == 0
        }
    }
}

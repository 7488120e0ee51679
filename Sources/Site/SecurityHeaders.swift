/// The fields that every answer carries so that a browser keeps our pages to themselves.
public enum SecurityHeaders {
    /// What pages may load and do: our own scripts and styles, nothing inline, no frames, no plug-ins, no foreign hosts.
    public static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'"

    /// The fields.
    ///
    /// - Parameters:
    ///   - isSecure: Whether the server speaks TLS; then browsers are told to stay with it for a year (RFC 6797).
    ///   - styleHash: The SHA-256 of the one style sheet inside a self-contained document, in base 64; nil for all other answers.
    /// - Returns: The fields in a fixed order.
    public static func fields(isSecure: Bool, styleHash: String? = nil) -> [(name: String, value: String)] {
        var policy = contentSecurityPolicy
        if let styleHash {
            policy =
                "default-src 'none'; style-src 'sha256-\(styleHash)'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'; sandbox"
        }
        var fields = [
            ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            (
                "Permissions-Policy",
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(), screen-wake-lock=(self)"
            ),
        ]
        if isSecure { fields.append(("Strict-Transport-Security", "max-age=31536000")) }
        return fields
    }
}

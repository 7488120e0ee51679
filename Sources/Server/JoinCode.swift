internal import Digests

/// The short code of a door: six letters that are told apart when read aloud and when written by hand.
enum JoinCode {
    /// Without I and O (digits), C and K/S, Q, W (two letters in Norwegian).
    static let alphabet = Array("ABDEFGHJKLMNPRSTUVXYZ")
    /// Letters in a code: 21⁶ = 85,766,121 codes.
    static let length = 6

    /// A new code.
    static func make() -> String {
        var generator = SecureRandomNumberGenerator()
        return String((0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
    }

    /// The plain form of what somebody typed: capitals without spaces and hyphens; nil for what can be no code.
    static func plain(_ text: String) -> String? {
        guard text.utf8.count <= 32 else { return nil }
        let letters = text.uppercased().filter { $0 != " " && $0 != "-" }
        return letters.count == length && letters.allSatisfy(alphabet.contains) ? letters : nil
    }

    /// How a code is shown: `KRT-MPX`.
    static func shown(_ code: String) -> String { "\(code.prefix(3))-\(code.suffix(3))" }
}

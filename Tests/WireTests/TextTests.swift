import Testing
import Wire

@Suite("Texts and secrets (rules G6, G7)")
struct TextTests {
    @Test(
        "[G7] white space goes from both ends, control characters from everywhere",
        arguments: [
            ("", ""), ("a", "a"), (" a ", "a"), ("\n\ta b\r\n", "a b"), ("\u{A0}a\u{3000}", "a"),
            ("\u{2003}", ""), ("   ", ""), ("å", "å"),
            (" å", "å"), ("a\u{0}b", "ab"), ("a\nb", "a\nb"), ("a\r\nb", "a\nb"), ("a\tb", "ab"),
            ("a\u{7F}b", "ab"),
            ("a\u{80}\u{9F}b", "ab"), ("a\u{A0}b", "a\u{A0}b"), ("\u{1} a", "a"), ("a \u{1}", "a"),
            ("\u{85}a\u{85}", "a"), ("\u{0}", ""),
            ("👩‍👩‍👧", "👩‍👩‍👧"), ("e\u{301}", "e\u{301}"), ("\u{200B}a", "\u{200B}a"), ("Ærlig talt  ", "Ærlig talt"),
            ("\u{1F}\n\u{1F}", ""),
            ("Čáhci", "Čáhci"),
        ])
    func cleaning(text: String, expected: String) {
        #expect(Array(cleaned(text).unicodeScalars) == Array(expected.unicodeScalars))
        #expect(
            Array(cleaned(expected).unicodeScalars) == Array(expected.unicodeScalars),
            "cleaning twice changes nothing")
    }

    @Test("[G6] a secret is 43 characters for 32 bytes")
    func secrets() {
        #expect(Secret(text: String(repeating: "A", count: 43))?.bytes == [UInt8](repeating: 0, count: 32))
        #expect(
            Secret(text: String(repeating: "_", count: 42) + "8")?.bytes == [UInt8](repeating: 255, count: 32)
        )
        #expect(Secret(text: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")?.bytes == Array(0..<32))
        #expect(Secret([1, 2]) == nil)
    }

    @Test(
        "[G6] anything else is no secret",
        arguments: [
            "", "A", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
            String(repeating: "A", count: 43) + "=",
            String(repeating: "A", count: 42) + "+", String(repeating: "A", count: 42) + "/",
            String(repeating: "A", count: 42) + "=",
            String(repeating: "A", count: 42) + "B", String(repeating: "A", count: 41) + "å",
            String(repeating: " ", count: 43),
        ])
    func noSecrets(text: String) { #expect(Secret(text: text) == nil) }
}

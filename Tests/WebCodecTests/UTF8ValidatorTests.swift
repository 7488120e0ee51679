import Testing
import WebCodec

@Suite struct UTF8ValidatorTests {
    private func isValid(_ pieces: [ArraySlice<UInt8>]) -> Bool {
        var validator = UTF8Validator()
        return pieces.allSatisfy { validator.append(Array($0)) } && validator.isComplete
    }

    private func isValid(_ bytes: [UInt8]) -> Bool { isValid([bytes[...]]) }

    @Test("[RFC 3629 §4] text of every length is valid, however it is cut")
    func valid() {
        for text in [
            "", "a", "κόσμε", "blåbærsyltetøy på brødskive",
            "\u{10FFFF}\u{10000}\u{FFFF}\u{800}\u{7FF}\u{80}\0", "日本語 🫐🇳🇴",
        ] {
            for pieces in everySplit(of: Array(text.utf8)) { #expect(isValid(pieces), "\(text)") }
        }
    }

    @Test(
        "[RFC 3629 §3] overlong forms, surrogates, values above U+10FFFF and stray octets are not",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xC2, 0xC2],
            [0xE0, 0x80, 0x80],
            [0xE0, 0x9F, 0xBF], [0xE1, 0x80], [0xE1, 0x80, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xF0, 0x90, 0x80], [0xF0, 0x90, 0x80, 0xC0],
        ] as [[UInt8]])
    func invalid(bytes: [UInt8]) {
        for prefix in ["", "0123456", "0123456789abcdefghæ"] {
            let text = Array(prefix.utf8) + bytes
            for pieces in everySplit(of: text) { #expect(!isValid(pieces)) }
            #expect(!isValid(text + Array(" and on it goes".utf8)))
        }
    }

    @Test("every pair and triple of octets is judged as the standard library judges it")
    func againstStandardLibrary() {
        var wrong: [[UInt8]] = []
        for first in UInt8.min ... .max {
            for second in UInt8.min ... .max {
                for third: UInt8 in [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF] {
                    for bytes in [[first, second], [first, second, third], [first, second, third, 0x80]]
                    where isValid(bytes) != (String(validating: bytes, as: UTF8.self) != nil) {
                        wrong.append(bytes)
                    }
                }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test("a wrong octet is noticed at once, not at the end of its sequence")
    func failsFast() {
        var validator = UTF8Validator()
        #expect(validator == UTF8Validator())
        let first = validator.append([0xE0])
        let second = validator.append([0x80])
        #expect(first && !second)
    }
}

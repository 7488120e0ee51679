import Testing
import Wire

/// Reads text with the limits of a client's message.
private func read(_ text: String) throws(JSONError) -> JSONValue { try JSONReader.read(Array(text.utf8)) }

private func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue { try JSONReader.read(bytes) }

@Suite("JSON as it is read (RFC 8259, rule G2)")
struct JSONReaderTests {
    @Test(
        "[G2] every kind of value, with white space wherever it may stand",
        arguments: [
            ("null", JSONValue.null), (" true ", .bool(true)), ("\t\r\nfalse\n", .bool(false)),
            ("0", .int(0)),
            ("-0", .int(0)), ("-1", .int(-1)), ("9007199254740991", .int(9_007_199_254_740_991)),
            ("-9007199254740991", .int(-9_007_199_254_740_991)), ("1.5", .double(1.5)), ("1e2", .double(100)),
            ("-2.5E-1", .double(-0.25)), ("0.0", .double(0)), ("1E+2", .double(100)), ("\"\"", .string("")),
            ("[]", .array([])), ("[ ]", .array([])), ("{}", .object([])), ("{ }", .object([])),
            ("[ 1 , [ ] ]", .array([.int(1), .array([])])),
            (" { \"a\" : { } } ", .object([.init(name: "a", value: .object([]))])),
        ])
    func values(text: String, value: JSONValue) throws { #expect(try read(text) == value) }

    @Test(
        "[G2] what is not JSON is refused",
        arguments: [
            "", " ", "nul", "nulll", "True", "[1,]", "[,1]", "[1 2]", "[1", "[", "]", "{\"a\":1,}", "{,}",
            "{\"a\"}", "{\"a\":}",
            "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\":1", "{1:1}", "{null:1}", "1 2", "{}x", "[]]", "\"a",
            "\"a\u{0}\"", "\"a\nb\"",
            "\"\t\"", "\"\\x41\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\", "\"\\u", "01", "-01", "00", "-", "+1",
            ".5", "1.", "1.e1", "1e", "1e+",
            "0x1", "1_000", "Infinity", "-Infinity", "NaN", "nan", "--1", "1a", "\u{FEFF}{}", "{}\u{0}",
            "// a\n1", "/**/1", "'a'",
            "\u{A0}1", "\u{0B}1", "[1,,2]", "{\"a\":1,,\"b\":2}", "{\"a\":1 \"b\":2}", "[\"a\":1]", "tru",
            "-x", "1.2.3", "1e1.5",
        ])
    func garbage(text: String) { #expect(throws: JSONError.self) { try read(text) } }

    @Test(
        "[G2] numbers that are not exact everywhere are refused",
        arguments: [
            "9007199254740992", "-9007199254740992", "9223372036854775807", "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616", "100000000000000000000000000000000000000", "1e999", "-1e999", "1e400",
            String(repeating: "1", count: 5_000), "0.\(String(repeating: "1", count: 100))",
        ])
    func inexactNumbers(text: String) { #expect(throws: JSONError.badNumber(at: 0)) { try read(text) } }

    @Test("a number too small for its kind is 0, as everywhere")
    func underflow() throws { #expect(try read("1e-999") == .double(0)) }

    @Test(
        "escapes are undone, surrogate pairs joined",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e6\u00D8å""#, "æØå"),
            (#""\u0000""#, "\u{0}"),
            (#""\ud83d\ude00""#, "😀"), (#""\uD834\uDD1E""#, "𝄞"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
            (#""\uFFFF""#, "\u{FFFF}"),
            (#""a\u0062c""#, "abc"), (#""\u2028""#, "\u{2028}"), ("\"\u{7F}\"", "\u{7F}"),
            ("\"\u{2028}\"", "\u{2028}"),
        ])
    func escapes(text: String, value: String) throws {
        #expect(try read(text).string.map { Array($0.unicodeScalars) } == Array(value.unicodeScalars))
    }

    @Test(
        "half a surrogate pair is refused",
        arguments: [
            #""\ud83d""#, #""\ud83dx""#, #""\ude00""#, #""\ud83d\u0041""#, #""\ud83d\ud83d""#,
            #""\ude00\ud83d""#, #""\ud83d\n""#,
        ])
    func loneSurrogates(text: String) {
        #expect(throws: JSONError.badText(at: 3)) { try read(text) }
    }

    @Test(
        "[G1] what is not UTF-8 is refused",
        arguments: [
            [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0xAF], [0xE2, 0x82], [0xED, 0xA0, 0x80],
            [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFF], [0xFE], [0xE0, 0x80, 0xAF],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.badText(at: 1)) { try read([0x22] + bytes + [0x22]) }
        // The other way through the reader, with an escape in the text.
        #expect(throws: JSONError.badText(at: 1)) { try read([0x22, 0x5C, 0x6E] + bytes + [0x22]) }
        #expect(throws: JSONError.self) { try read([0x7B, 0x22] + bytes + [0x22, 0x3A, 0x31, 0x7D]) }
        #expect(throws: JSONError.self) { try read(bytes) }
    }

    @Test("an escape does not complete a broken sequence")
    func brokenSequenceBeforeEscape() {
        #expect(throws: JSONError.badText(at: 1)) {
            try read([0x22, 0xC3] + Array(#"\u00a9"#.utf8) + [0x22])
        }
    }

    @Test(
        "[G2] a name stands once in an object, however many there are",
        arguments: [1, 2, 14, 15, 16, 17, 40, 500])
    func repeatedNames(count: Int) throws {
        let members = (0..<count).map { "\"m\($0)\":\($0)" }
        let all = try read("{\(members.joined(separator: ","))}")
        #expect(all.members?.map(\.name) == (0..<count).map { "m\($0)" })
        for index in Set([0, count / 2, count - 1]) {
            let text = "{\((members + ["\"m\(index)\":1"]).joined(separator: ","))}"
            let at = text.utf8.count - "\"m\(index)\":1}".utf8.count
            #expect(throws: JSONError.repeatedName(at: at)) { try read(text) }
        }
        #expect(try read(#"{"a":{"a":1},"b":{"a":2}}"#)["b"]?["a"] == .int(2))
    }

    @Test("[G2] 8 levels, and not 9")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try read(nested(8))
        #expect(throws: JSONError.tooMuch) { try read(nested(9)) }
        #expect(throws: JSONError.tooMuch) { try read(String(repeating: "[", count: 16_000)) }
        #expect(throws: JSONError.tooMuch) { try read(String(repeating: "{\"a\":", count: 3_000)) }
        _ = try read(String(repeating: "{\"a\":", count: 8) + "1" + String(repeating: "}", count: 8))
    }

    @Test("[G2] 1,100 members and elements in all, and not one more")
    func valueCount() throws {
        func elements(_ count: Int) -> String { "[\((0..<count).map { _ in "1" }.joined(separator: ","))]" }
        #expect(try read(elements(1_100)).array?.count == 1_100)
        #expect(throws: JSONError.tooMuch) { try read(elements(1_101)) }
        _ = try read("{\"a\":\(elements(1_099))}")
        #expect(throws: JSONError.tooMuch) { try read("{\"a\":\(elements(1_100))}") }
    }

    @Test("[G2] 16 KiB, and not a byte more")
    func byteCount() throws {
        func text(_ count: Int) -> String { "\"\(String(repeating: "a", count: count - 2))\"" }
        _ = try read(text(16_384))
        #expect(throws: JSONError.tooMuch) { try read(text(16_385)) }
    }

    @Test("errors say where")
    func positions() {
        #expect(throws: JSONError.unexpected(at: 5)) { try read("[1, 2x]") }
        #expect(throws: JSONError.unexpectedEnd) { try read("[1, 2") }
        #expect(throws: JSONError.unexpected(at: 1)) { try read("01") }
        #expect(throws: JSONError.badText(at: 6)) { try read(Array("[\"\", ".utf8) + [0x22, 0xFF, 0x22]) }
    }
}

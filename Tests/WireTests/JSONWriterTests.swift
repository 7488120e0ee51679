import TestKit
import Testing
import Wire

private func written(_ body: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    body(&json)
    return String(decoding: json.bytes, as: UTF8.self)
}

@Suite("JSON as it is written")
struct JSONWriterTests {
    @Test("commas stand between members and elements, and nowhere else")
    func commas() {
        let text = written { json in
            json.object { json in
                json.member("a") { json in json.object { _ in } }
                json.member("b") { json in json.array { _ in } }
                json.member("c") { json in
                    json.array { json in
                        json.value(1)
                        json.array { json in json.null() }
                        json.object { json in json.member("d", true) }
                        json.raw(Array("{\"e\":0}".utf8))
                        json.value("x")
                    }
                }
                json.member("f", nil as String?)
                json.member("g", ["h", "i"])
                json.member("j", [] as [String])
                json.member("k", false)
            }
        }
        #expect(
            text
                == #"{"a":{},"b":[],"c":[1,[null],{"d":true},{"e":0},"x"],"f":null,"g":["h","i"],"j":[],"k":false}"#
        )
    }

    @Test(
        "integers",
        arguments: [
            0, 1, -1, 9, 10, 11, 99, 100, 101, -100, 1_000_000, 1_795_478_460_000, 9_007_199_254_740_991,
            Int64.max, Int64.min,
        ])
    func integers(value: Int64) { #expect(written { $0.value(value) } == String(value)) }

    @Test("what a number cannot be in JSON is null")
    func doubles() {
        #expect(written { $0.value(1.5) } == "1.5")
        #expect(written { $0.value(Double.nan) } == "null")
        #expect(written { $0.value(-Double.infinity) } == "null")
    }

    @Test("every scalar comes back as it was written")
    func everyScalar() throws {
        for value in Array(UInt32(0)...0x30FF) + stride(from: 0x3100, through: 0x10FFFF, by: 997) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "a\(String(String.UnicodeScalarView([scalar])))b"
            var json = JSONWriter()
            json.value(text)
            guard try JSONReader.read(json.bytes).string?.utf8.elementsEqual(text.utf8) == true else {
                Issue.record("U+\(String(value, radix: 16)) does not come back")
                return
            }
        }
    }

    @Test("only what must be escaped is")
    func escapes() {
        #expect(
            written { $0.value("\"\\/\n\r\t\u{1}\u{1F}\u{7F}å😀") }
                == "\"\\\"\\\\/\\n\\r\\t\\u0001\\u001f\u{7F}å😀\"")
    }

    @Test("random trees come back as they were written", arguments: 1...50)
    func randomTrees(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let value = JSONValue.random(&random, depth: 5)
        var json = JSONWriter()
        json.write(value)
        #expect(try JSONReader.read(json.bytes, limits: .trusted) == value, "seed \(seed)")
    }
}

extension JSONWriter {
    /// Writes a tree, as the codecs never need to.
    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): self.value(value)
        case .int(let value): self.value(value)
        case .double(let value): self.value(value)
        case .string(let value): self.value(value)
        case .array(let values): array { json in for value in values { json.write(value) } }
        case .object(let members):
            object { json in
                for member in members { json.member(member.name) { json in json.write(member.value) } }
            }
        }
    }
}

extension JSONValue {
    /// A tree of all kinds of values.
    static func random(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int64.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &random))
        case 3: return .double(Double(Int.random(in: -9_999...9_999, using: &random)) + 0.5)
        case 4: return .string(text(&random))
        case 5:
            return .array(
                (0..<Int.random(in: 0...6, using: &random)).map { _ in .random(&random, depth: depth - 1) })
        default:
            return .object(
                (0..<Int.random(in: 0...20, using: &random)).map {
                    Member(name: "\($0)" + text(&random), value: .random(&random, depth: depth - 1))
                })
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let alphabet = Array("aæ😀\"\\/\n\u{0}\u{2028} é".unicodeScalars)
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            if let scalar = alphabet.randomElement(using: &random) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}

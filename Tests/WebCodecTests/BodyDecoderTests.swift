import Testing
import WebCodec

@Suite struct BodyDecoderTests {
    enum Result: Equatable {
        case body([UInt8], rest: Int)
        case needMore([UInt8])
        case failed(HTTPError)
    }

    private func decode(
        _ pieces: [ArraySlice<UInt8>], _ framing: BodyFraming, limits: HTTPLimits = HTTPLimits()
    ) -> Result {
        var decoder = BodyDecoder(framing: framing, limits: limits)
        var rest = 0
        for piece in pieces {
            do throws(HTTPError) {
                rest += piece.count - (try decoder.decode(Array(piece)))
            } catch {
                return .failed(error)
            }
        }
        return decoder.isComplete ? .body(decoder.bytes, rest: rest) : .needMore(decoder.bytes)
    }

    private func decode(
        _ text: String, _ framing: BodyFraming = .chunked, limits: HTTPLimits = HTTPLimits()
    ) -> Result {
        decode([Array(text.utf8)[...]], framing, limits: limits)
    }

    @Test("[RFC 9112 §6.2] a length takes that many bytes and leaves the next request alone")
    func length() {
        #expect(decode("helloGET", .length(5)) == .body(Array("hello".utf8), rest: 3))
        #expect(decode("hel", .length(5)) == .needMore(Array("hel".utf8)))
        #expect(decode("GET", .none) == .body([], rest: 3))
        #expect(decode("abc", .untilClose) == .needMore(Array("abc".utf8)))
        #expect(decode("abcd", .untilClose, limits: HTTPLimits(bodyByteCount: 3)) == .failed(.bodyTooLong))
    }

    @Test("[RFC 9112 §7.1] chunks are joined; extensions and trailers are dropped")
    func chunks() {
        #expect(decode("0\r\n\r\n") == .body([], rest: 0))
        #expect(
            decode("5\r\nhello\r\n00A;x=\"y z\";q\r\n0123456789\r\n0\r\nExpires: never\r\nX:\r\n\r\nGET")
                == .body(Array("hello0123456789".utf8), rest: 3))
    }

    @Test(
        "[RFC 9112 §7.1] chunk syntax is strict",
        arguments: [
            ("\r\n", HTTPError.badChunk), ("g\r\n", .badChunk), ("5 \r\nhello\r\n", .badChunk),
            ("0x5\r\n", .badChunk),
            (" 5\r\n", .badChunk), ("5\nhello\r\n", .badChunk), ("5\r\nhello\n", .badChunk),
            ("5\r\nhelloX\n", .badChunk),
            ("5\r\nhello\r\r", .badChunk), ("5\rX", .badChunk), ("-1\r\n", .badChunk), ("5;a\n", .badChunk),
            ("5;\0\r\n", .badChunk),
            ("0\r\n X: y\r\n\r\n", .foldedField), ("0\r\nX : y\r\n\r\n", .badFieldName),
            ("0\r\n: y\r\n\r\n", .badFieldName),
            ("0\r\nX: y\n\r\n", .bareLineFeed), ("0\r\nX: \u{7}\r\n", .controlCharacter),
            ("0\r\nX: y\r\r\n", .bareCarriageReturn),
            ("0\r\n\rX", .bareCarriageReturn),
            ("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\r\n", .bodyTooLong), ("7fffffffffffffff\r\n", .bodyTooLong),
            ("10001\r\n", .bodyTooLong),
        ])
    func strictChunks(text: String, error: HTTPError) {
        #expect(decode(text) == .failed(error))
        let bytes = Array(text.utf8)
        for pieces in everySplit(of: bytes) { #expect(decode(pieces, .chunked) == .failed(error)) }
    }

    @Test("chunk lines and trailers are bounded, so little data cannot cost much")
    func bounds() {
        let limits = HTTPLimits(headByteCount: 30, fieldCount: 2, bodyByteCount: 8)
        #expect(decode("5;\(String(repeating: "x", count: 300))\r\n") == .failed(.badChunk))
        #expect(decode(String(repeating: "0", count: 300)) == .failed(.badChunk))
        #expect(decode("4\r\nabcd\r\n5\r\n", limits: limits) == .failed(.bodyTooLong))
        #expect(decode("0\r\na: b\r\nc: d\r\ne: f\r\n\r\n", limits: limits) == .failed(.tooManyFields))
        #expect(
            decode("0\r\na: \(String(repeating: "x", count: 30))", limits: limits) == .failed(.headTooLong))
    }

    @Test("every split: a body gives the same however it is cut")
    func everySplitOfABody() {
        let chunked = Array("5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX: y\r\n\r\nrest".utf8)
        for pieces in everySplit(of: chunked) {
            #expect(decode(pieces, .chunked) == .body(Array("hello!".utf8), rest: 4))
        }
        for pieces in everySplit(of: Array("helloGET".utf8)) {
            #expect(decode(pieces, .length(5)) == .body(Array("hello".utf8), rest: 3))
        }
    }
}

import Digests
import Testing

@Suite("Digests")
struct DigestsTests {
    @Test(
        "SHA-256 of the examples of FIPS 180",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func sha256(text: String, digest: String) {
        #expect(Hex.encode(SHA256.hash(Array(text.utf8))) == digest)
    }

    @Test("SHA-1 of the example of FIPS 180, and the handshake of RFC 6455 §1.3")
    func sha1() {
        #expect(Hex.encode(SHA1.hash(Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        let key = "dGhlIHNhbXBsZSBub25jZQ==" + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        #expect(Base64.encode(SHA1.hash(Array(key.utf8))) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    @Test(
        "HMAC-SHA-256 of the cases of RFC 4231",
        arguments: [
            (
                [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func hmac(key: [UInt8], text: [UInt8], code: String) throws {
        #expect(Hex.encode(HMACSHA256.authenticate(text, key: key)) == code)
        var bytes = try #require(Hex.decode(code))
        #expect(HMACSHA256.isValid(bytes, for: text, key: key))
        bytes[31] ^= 1
        #expect(!HMACSHA256.isValid(bytes, for: text, key: key))
        #expect(!HMACSHA256.isValid([], for: text, key: key))
    }

    @Test("an empty key and an empty text are a key and a text")
    func emptyHMAC() {
        #expect(
            Hex.encode(HMACSHA256.authenticate([], key: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test("comparing looks at every byte and at the length")
    func comparing() {
        #expect(constantTimeEqual([], []))
        #expect(constantTimeEqual([1, 2], [1, 2]))
        #expect(!constantTimeEqual([1, 2], [1, 3]))
        #expect(!constantTimeEqual([1, 2], [0, 2]))
        #expect(!constantTimeEqual([1], [1, 2]))
    }

    @Test("random bytes are as many as asked for and do not repeat")
    func random() {
        #expect(SecureRandom.bytes(0).isEmpty)
        let drawn = Set((0..<100).map { _ in SecureRandom.bytes(16) })
        #expect(drawn.count == 100 && drawn.allSatisfy { $0.count == 16 })
        var generator = SecureRandomNumberGenerator()
        #expect(Set((0..<100).map { _ in generator.next() }).count == 100)
    }

    @Test(
        "base 64 of the examples of RFC 4648 §10, there and back",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func base64(text: String, encoded: String) {
        let bytes = Array(text.utf8)
        let bare = String(encoded.prefix { $0 != "=" })
        #expect(Base64.encode(bytes) == encoded && Base64.decode(encoded) == bytes)
        #expect(Base64URL.encode(bytes) == bare && Base64URL.decode(bare) == bytes)
    }

    @Test("every length and byte comes back, in letters that addresses allow")
    func roundTrips() {
        let bytes = (0...255).map { UInt8($0) }
        for count in 0...256 {
            let part = Array(bytes.reversed().prefix(count))
            let text = Base64URL.encode(part)
            #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
            #expect(Base64URL.decode(text) == part)
            #expect(Base64.decode(Base64.encode(part)) == part)
            #expect(Hex.decode(Hex.encode(part)) == part)
            #expect(Hex.decode(Hex.encode(part).uppercased()) == part)
        }
        #expect(Base64URL.encode([0xfb, 0xff]) == "-_8")
    }

    @Test(
        "text that is not the one encoding of some bytes is refused",
        arguments: ["Z", "Zg==", "Zh", "Zm9", "Zm 9v", "Zm9v\n", "Zm+v", "Zm/v", "Zmøv", "====", "="])
    func strictBase64URL(text: String) { #expect(Base64URL.decode(text) == nil) }

    @Test(
        "padded text wants its padding, once and at the end",
        arguments: ["Zg", "Zg=", "Zg===", "Z===", "=Zg=", "Zh==", "Zm-v", "Zg==Zg=="])
    func strictBase64(text: String) { #expect(Base64.decode(text) == nil) }

    @Test(
        "hexadecimal text has an even number of digits and nothing else",
        arguments: ["0", "0g", "0x", " 00", "øø"])
    func strictHex(text: String) { #expect(Hex.decode(text) == nil) }
}

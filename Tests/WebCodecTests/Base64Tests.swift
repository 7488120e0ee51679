import Testing
import WebCodec

@Suite struct Base64Tests {
    @Test(
        "[RFC 4648 §10] the test vectors are written as given",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(plain: String, encoded: String) {
        // The accept value is base 64 of whatever the digest gives.
        #expect(WebSocketHandshake.acceptValue(key: "") { _ in Array(plain.utf8) } == encoded)
    }
}

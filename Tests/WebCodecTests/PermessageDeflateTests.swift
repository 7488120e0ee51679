import Testing
import WebCodec

@Suite struct PermessageDeflateTests {
    private func negotiate(
        _ offers: String..., policy: DeflatePolicy = DeflatePolicy(clientNoContextTakeover: false)
    ) throws -> DeflateAgreement? {
        let lines =
            [
                "Host: a", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            ] + offers.map { "Sec-WebSocket-Extensions: \($0)" }
        let head = try #require(decodeRequest(get("/", lines)).head)
        return try WebSocketHandshake.validate(
            head, policy: WebSocketPolicy(origin: OriginPolicy(allowsAbsent: true), deflate: policy)
        ).deflate
    }

    @Test(
        "[RFC 7692 §7.1] valid offers are answered within what they allow",
        arguments: [
            ("permessage-deflate", "permessage-deflate"),
            ("permessage-deflate; client_max_window_bits", "permessage-deflate"),
            (
                "permessage-deflate; client_max_window_bits; server_max_window_bits=10",
                "permessage-deflate; server_max_window_bits=10"
            ),
            (
                "permessage-deflate; server_max_window_bits=\"9\"",
                "permessage-deflate; server_max_window_bits=9"
            ),
            (
                "permessage-deflate; server_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=15"
            ),
            ("permessage-deflate;client_max_window_bits=8", "permessage-deflate; client_max_window_bits=8"),
            (
                "permessage-deflate ; server_no_context_takeover ; client_no_context_takeover",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            ),
            (
                "permessage-deflate; client_max_window_bits=\"1\\0\"",
                "permessage-deflate; client_max_window_bits=10"
            ),
            ("x-other; a=b, permessage-deflate", "permessage-deflate"),
        ])
    func offers(offer: String, answer: String) throws {
        #expect(try negotiate(offer)?.headerValue == answer)
    }

    @Test(
        "[RFC 7692 §7.1] an offer with an invalid parameter is declined",
        arguments: [
            "permessage-deflate; unknown", "permessage-deflate; server_no_context_takeover=1",
            "permessage-deflate; client_no_context_takeover=true",
            "permessage-deflate; server_max_window_bits",
            "permessage-deflate; server_max_window_bits=7", "permessage-deflate; server_max_window_bits=16",
            "permessage-deflate; server_max_window_bits=08", "permessage-deflate; server_max_window_bits=1x",
            "permessage-deflate; client_max_window_bits=0",
            "permessage-deflate; client_max_window_bits=99999999999999999999",
            "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
            "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
            "Permessage-Deflate", "permessage-bzip2", "permessage-deflate; Server_No_Context_Takeover",
        ])
    func declined(offer: String) throws {
        #expect(try negotiate(offer) == nil)
        #expect(try negotiate("\(offer), permessage-deflate")?.headerValue == "permessage-deflate")
        #expect(try negotiate(offer, "permessage-deflate")?.headerValue == "permessage-deflate")
    }

    @Test("[RFC 7692 §5.2] the first valid offer wins")
    func preference() throws {
        let agreed = try negotiate("permessage-deflate; server_max_window_bits=10, permessage-deflate")
        #expect(agreed?.serverMaxWindowBits == 10)
    }

    @Test(
        "[RFC 6455 §9.1] a list that breaks its grammar is refused",
        arguments: [
            "", "permessage-deflate;", ";", "a,", ",a", "a b", "a; b=", "a; b=\"\"", "a; b=\"c d\"",
            "a; b=\"c", "a; b=\"c\\",
            "a; =c", "a; b=c d", "a; b==c", "(a)",
        ])
    func grammar(list: String) {
        #expect(throws: HandshakeRefusal.badExtensions) { try negotiate(list) }
    }

    @Test("[RFC 7692 §7.1] the server's policy narrows an offer, the client's window only where it may")
    func policies() throws {
        let policy = DeflatePolicy(
            serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 12,
            clientMaxWindowBits: 11)
        let plain = try #require(try negotiate("permessage-deflate", policy: policy))
        #expect(
            plain.headerValue
                == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12"
        )
        #expect(plain.serverNoContextTakeover && plain.clientNoContextTakeover)
        #expect(plain.serverMaxWindowBits == 12 && plain.clientMaxWindowBits == 15)
        let allowing = try #require(
            try negotiate("permessage-deflate; client_max_window_bits", policy: policy))
        #expect(
            allowing.clientMaxWindowBits == 11
                && allowing.headerValue.hasSuffix("; client_max_window_bits=11"))
        let narrower = try #require(
            try negotiate(
                "permessage-deflate; client_max_window_bits=9; server_max_window_bits=8", policy: policy))
        #expect(narrower.clientMaxWindowBits == 9 && narrower.serverMaxWindowBits == 8)
        #expect(DeflatePolicy(serverMaxWindowBits: 99, clientMaxWindowBits: -1).serverMaxWindowBits == 15)
        #expect(DeflatePolicy(serverMaxWindowBits: 99, clientMaxWindowBits: -1).clientMaxWindowBits == 8)
    }

    @Test("[RFC 7692 §5.1] a client refuses an answer it did not offer, or whose parameters are invalid")
    func clientSide() {
        let client = WebSocketClientHandshake(nonce: Array(repeating: 0, count: 16), offersDeflate: true)
        func check(_ value: String) throws -> DeflateAgreement? {
            let accept = WebSocketHandshake.acceptValue(key: client.key) { _ in [1] }
            let response = ResponseHead(
                .switchingProtocols,
                [
                    "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept,
                    "Sec-WebSocket-Extensions": value,
                ])
            return try client.check(response) { _ in [1] }.deflate
        }
        #expect(throws: Never.self) { try check("permessage-deflate; client_max_window_bits=9") }
        for value in [
            "permessage-deflate; client_max_window_bits", "permessage-deflate; x", "permessage-bzip2",
            "permessage-deflate, permessage-deflate", "permessage-deflate; server_max_window_bits=16", ";",
        ] {
            #expect(throws: WebSocketClientHandshake.Failure.unofferedExtension) { try check(value) }
        }
    }
}

import Testing
import WebCodec

/// SHA-1 of the one input that RFC 6455 §1.3 gives; any other input is a fault of the code.
private func sha1OfTheExample(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes == Array("dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8) else {
        return []
    }
    return [
        0xB3, 0x7A, 0x4F, 0x2C, 0xC0, 0x62, 0x4F, 0x16, 0x90, 0xF6, 0x46, 0x06, 0xCF, 0x38, 0x59, 0x45, 0xB2,
        0xBE,
        0xC4, 0xEA,
    ]
}

@Suite struct WebSocketHandshakeTests {
    private static let lines = [
        "Host: server.example.com", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
    ]

    /// The RFC's request with some lines left out or replaced by name, and some added.
    private func validate(
        without dropped: String? = nil, adding added: [String] = [], policy: WebSocketPolicy? = nil,
        request line: String = "GET /chat HTTP/1.1"
    ) throws -> WebSocketHandshake.Accepted {
        let kept = Self.lines.filter { line in dropped.map { !line.hasPrefix($0 + ":") } ?? true }
        let text = line + "\r\n" + (kept + added).map { $0 + "\r\n" }.joined() + "\r\n"
        let head = try #require(decodeRequest(text).head)
        let open = WebSocketPolicy(origin: OriginPolicy(allowsAbsent: true))
        return try WebSocketHandshake.validate(head, policy: policy ?? open)
    }

    @Test("[RFC 6455 §1.3] the example's key gives the example's answer")
    func example() throws {
        let accepted = try validate(adding: ["Sec-WebSocket-Protocol: chat, superchat"])
        #expect(accepted.key == "dGhlIHNhbXBsZSBub25jZQ==")
        #expect(accepted.offeredSubprotocols == ["chat", "superchat"])
        let response = WebSocketHandshake.response(to: accepted, sha1: sha1OfTheExample)
        #expect(
            String(decoding: response.encoded(), as: UTF8.self) == """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
                \r\n
                """)
    }

    @Test("[RFC 6455 §4.2.1] every broken rule is refused with its status")
    func refusals() {
        let cases: [(HandshakeRefusal, UInt16, () throws -> WebSocketHandshake.Accepted)] = [
            (.methodNotAllowed, 405, { try validate(request: "POST /chat HTTP/1.1") }),
            (.needsHTTP11, 400, { try validate(request: "GET /chat HTTP/1.0") }),
            (.upgradeMissing, 426, { try validate(without: "Upgrade") }),
            (.upgradeMissing, 426, { try validate(without: "Connection") }),
            (.upgradeMissing, 426, { try validate(without: "Upgrade", adding: ["Upgrade: h2c"]) }),
            (.bodyNotAllowed, 400, { try validate(adding: ["Content-Length: 3"]) }),
            (.unsupportedVersion, 426, { try validate(without: "Sec-WebSocket-Version") }),
            (.unsupportedVersion, 426, { try validate(adding: ["Sec-WebSocket-Version: 8"]) }),
            (
                .unsupportedVersion, 426,
                { try validate(without: "Sec-WebSocket-Version", adding: ["Sec-WebSocket-Version: 8"]) }
            ),
            (.badKey, 400, { try validate(without: "Sec-WebSocket-Key") }),
            (.badKey, 400, { try validate(adding: ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]) }),
            (.badSubprotocols, 400, { try validate(adding: ["Sec-WebSocket-Protocol: a, a"]) }),
            (.badSubprotocols, 400, { try validate(adding: ["Sec-WebSocket-Protocol: a b"]) }),
            (.badSubprotocols, 400, { try validate(adding: ["Sec-WebSocket-Protocol:"]) }),
            (.badExtensions, 400, { try validate(adding: ["Sec-WebSocket-Extensions: a=b"]) }),
        ]
        for (refusal, status, attempt) in cases {
            #expect(throws: refusal, "\(refusal)") { try attempt() }
            #expect(refusal.status.code == status && refusal.response.status.code == status)
        }
    }

    @Test(
        "[RFC 6455 §4.2.1 rule 5] a key is base 64 of 16 bytes",
        arguments: [
            "", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25j", "dGhlIHNhbXBsZSBub25jZQ=a",
            "dGhlIHNhbXBsZSBub25jZR==",
            "dGhlIHNhbXBsZSBub25jZSE=", "d-hlIHNhbXBsZSBub25jZQ==", "=GhlIHNhbXBsZSBub25jZQ==",
        ])
    func keys(key: String) {
        #expect(throws: HandshakeRefusal.badKey) {
            try validate(without: "Sec-WebSocket-Key", adding: ["Sec-WebSocket-Key: \(key)"])
        }
    }

    @Test("[RFC 6455 §4.4, RFC 9110 §15.5] refusals carry the fields their status demands")
    func refusalFields() {
        #expect(HandshakeRefusal.unsupportedVersion.response.fields["sec-websocket-version"] == "13")
        #expect(HandshakeRefusal.unsupportedVersion.response.fields["upgrade"] == "websocket")
        #expect(HandshakeRefusal.methodNotAllowed.response.fields["allow"] == "GET")
        for refusal in HandshakeRefusal.allCases {
            #expect(refusal.response.fields["content-length"] == "0")
            #expect(refusal.response.fields.list("connection", contains: "close"))
        }
    }

    @Test("[RFC 6455 §10.2] pages of our own host may connect, listed ones too, others may not")
    func origins() {
        func admits(
            _ origin: String?, host: String = "server.example.com", _ policy: OriginPolicy = OriginPolicy()
        ) -> Bool {
            let accepted = try? validate(
                without: "Host", adding: ["Host: \(host)"] + (origin.map { ["Origin: \($0)"] } ?? []),
                policy: WebSocketPolicy(origin: policy))
            return accepted != nil
        }
        #expect(admits("https://server.example.com"))
        #expect(admits("http://server.example.com"))
        #expect(!admits("https://SERVER.example.com"))
        #expect(!admits("https://server.example.com:443"))
        #expect(!admits("HTTPS://server.example.com"))
        #expect(!admits("http://server.example.com", OriginPolicy(sameOrigin: [.https])))
        #expect(admits("https://server.example.com", OriginPolicy(sameOrigin: [.https])))
        #expect(admits("https://server.example.com", host: "SERVER.example.com"))
        #expect(admits("http://[2001:db8::1]:8080", host: "[2001:db8::1]:8080"))
        #expect(admits("http://localhost:8080", host: "localhost:8080"))
        #expect(admits("https://server.example.com", host: "server.example.com:443"))
        #expect(!admits("http://server.example.com", host: "server.example.com:443"))
        #expect(!admits("https://server.example.com:8443"))
        #expect(!admits("https://server.example.com", host: "server.example.com:8443"))
        for origin in [
            "https://evil.example", "https://server.example.com.evil.example", "https://xserver.example.com",
            "null", "",
            "server.example.com", "ftp://server.example.com", "https://server.example.com/",
            "https://server.example.com@evil.example",
        ] {
            #expect(!admits(origin), "\(origin)")
        }
        #expect(!admits(nil))
        #expect(admits(nil, OriginPolicy(allowsAbsent: true)))
        let listed = OriginPolicy(allowed: ["https://board.example"], sameOrigin: [])
        #expect(admits("https://board.example", listed))
        #expect(!admits("https://server.example.com", listed))
        #expect(!admits("https://board.example:443", listed))
        #expect(throws: HandshakeRefusal.foreignOrigin) {
            try validate(
                adding: ["Origin: https://server.example.com", "Origin: https://server.example.com"],
                policy: WebSocketPolicy())
        }
    }

    @Test("[RFC 6455 §4.2.2] our first subprotocol that is offered is chosen and answered, or none")
    func subprotocols() throws {
        let policy = WebSocketPolicy(origin: OriginPolicy(allowsAbsent: true), subprotocols: ["b", "a"])
        let offered = ["Sec-WebSocket-Protocol: c, a", "sec-websocket-protocol: b"]
        let accepted = try validate(adding: offered, policy: policy)
        #expect(accepted.subprotocol == "b")
        #expect(
            WebSocketHandshake.response(to: accepted, sha1: sha1OfTheExample).fields["sec-websocket-protocol"]
                == "b")
        #expect(try validate(adding: ["Sec-WebSocket-Protocol: B"], policy: policy).subprotocol == nil)
        #expect(try validate(policy: policy).subprotocol == nil)
    }

    @Test("a client's request passes a server's check, and the server's answer passes the client's")
    func bothEnds() throws {
        let client = WebSocketClientHandshake(
            nonce: Array("the sample nonce".utf8), subprotocols: ["samskap"], offersDeflate: true)
        #expect(client.key == "dGhlIHNhbXBsZSBub25jZQ==")
        let bytes = client.request(host: "a.example:81", path: "/ws?x=\r\ny", origin: "http://a.example:81")
        let head = try #require(decodeRequest([bytes[...]]).head)
        #expect(head.target.rawQuery == "x=__y")
        let policy = WebSocketPolicy(
            subprotocols: ["samskap"],
            deflate: DeflatePolicy(serverMaxWindowBits: 11, clientMaxWindowBits: 10))
        let accepted = try WebSocketHandshake.validate(head, policy: policy)
        var decoder = ResponseHeadDecoder()
        let answer = WebSocketHandshake.response(to: accepted, sha1: sha1OfTheExample).encoded()
        guard case .head(let response, _) = try decoder.decode(answer) else {
            Issue.record("no head")
            return
        }
        let agreement = try client.check(response, sha1: sha1OfTheExample)
        #expect(agreement.subprotocol == "samskap")
        #expect(agreement.deflate == accepted.deflate)
        #expect(agreement.deflate?.serverMaxWindowBits == 11 && agreement.deflate?.clientMaxWindowBits == 10)
    }

    @Test("[RFC 6455 §4.1] a client refuses an answer that is not for it")
    func clientChecks() {
        let client = WebSocketClientHandshake(nonce: Array("the sample nonce".utf8), subprotocols: ["a"])
        func failure(_ changes: KeyValuePairs<String, String?>, status: Status = .switchingProtocols)
            -> WebSocketClientHandshake.Failure?
        {
            var pairs = [
                ("Upgrade", "WebSocket"), ("Connection", "upgrade"),
                ("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
            ]
            for (name, value) in changes {
                pairs.removeAll { $0.0 == name }
                if let value { pairs.append((name, value)) }
            }
            var fields = HTTPFields()
            for (name, value) in pairs { fields.append(name, value) }
            do throws(WebSocketClientHandshake.Failure) {
                _ = try client.check(ResponseHead(status, fields), sha1: sha1OfTheExample)
                return nil
            } catch {
                return error
            }
        }
        #expect(failure([:]) == nil)
        #expect(failure(["Sec-WebSocket-Protocol": "a"]) == nil)
        #expect(failure([:], status: .forbidden) == .status(.forbidden))
        #expect(failure(["Upgrade": nil]) == .upgradeMissing)
        #expect(failure(["Connection": "close"]) == .upgradeMissing)
        #expect(failure(["Sec-WebSocket-Accept": nil]) == .wrongAccept)
        #expect(failure(["Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOO="]) == .wrongAccept)
        #expect(failure(["Sec-WebSocket-Protocol": "b"]) == .unofferedSubprotocol)
        #expect(failure(["Sec-WebSocket-Extensions": "permessage-deflate"]) == .unofferedExtension)
    }
}

import Testing
import WebCodec

@Suite struct RequestHeadTests {
    @Test("a plain request gives its method, target and fields, and says how many bytes it took")
    func plain() throws {
        let text = "GET /hello.txt?a=1 HTTP/1.1\r\nUser-Agent: curl/7.64.1\r\nhOST:  www.Example.com \r\n\r\n"
        guard case .head(let head, let byteCount) = decodeRequest(text + "rest") else {
            Issue.record("no head")
            return
        }
        #expect(byteCount == text.utf8.count)
        #expect(head.method == .get)
        #expect(head.target.path == "/hello.txt")
        #expect(head.target.rawQuery == "a=1")
        #expect(head.fields.map(\.name) == ["User-Agent", "hOST"])
        #expect(head.fields["host"] == "www.Example.com")
        #expect(head.authority == "www.example.com")
        #expect(head.isKeepAlive && head.isHTTP11 && !head.expectsContinue && !head.asksForWebSocket)
        #expect(head.body == .none && head.contentLength == 0)
    }

    @Test(
        "[RFC 9112 §2.2] what may not stand in a head is refused",
        arguments: [
            ("GET / HTTP/1.1\nHost: a\r\n\r\n", HTTPError.bareLineFeed),
            ("GET / HTTP/1.1\r\nHost: a\n\r\n", .bareLineFeed),
            ("GET / HTTP/1.1\r\nHost: a\r\n\n", .bareLineFeed),
            ("GET / HTTP/1.1\rHost: a\r\n\r\n", .bareCarriageReturn),
            ("GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", .bareCarriageReturn),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", .bareCarriageReturn),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", .controlCharacter),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{1B}b\r\n\r\n", .controlCharacter),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{7F}b\r\n\r\n", .controlCharacter),
            ("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", .controlCharacter),
            ("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .foldedField),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", .foldedField),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n\tb\r\n\r\n", .foldedField),
            (" GET / HTTP/1.1\r\nHost: a\r\n\r\n", .foldedField),
            ("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .leadingEmptyLines),
        ])
    func forbiddenOctets(text: String, error: HTTPError) {
        #expect(decodeRequest(text) == .failed(error))
        #expect(error.status == .badRequest)
    }

    @Test("[RFC 9112 §2.2] one empty line before the request line is skipped and counted")
    func leadingEmptyLine() {
        let text = "\r\n" + get()
        guard case .head(_, let byteCount) = decodeRequest(text) else {
            Issue.record("no head")
            return
        }
        #expect(byteCount == text.utf8.count)
    }

    @Test(
        "[RFC 9112 §5.1] a field name is a token right before its colon",
        arguments: ["Host : a", ": a", "Ho st: a", "Hø: a", "Host", "Ho(st: a", "\"X\": a"])
    func fieldNames(line: String) {
        #expect(decodeRequest(get("/", ["Host: a", line])) == .failed(.badFieldName))
    }

    @Test("[RFC 9110 §5.5] a value keeps inner white space, tabs and octets above ASCII, and loses the outer")
    func fieldValues() throws {
        let head = try #require(decodeRequest(get("/", ["Host: a", "X:\t a \tø: \t", "Y:", "x: 2"])).head)
        #expect(head.fields["x"] == "a \tø:")
        #expect(head.fields["y"]?.isEmpty == true)
        #expect(head.fields.values(of: "X") == ["a \tø:", "2"])
        #expect(head.fields["z"] == nil)
    }

    @Test(
        "[RFC 9112 §3] a request line is three parts with one space between",
        arguments: [
            "GET  / HTTP/1.1", "GET / HTTP/1.1 ", "GET /", "GET", "GET / HTTP/1.1 x", "G(T / HTTP/1.1",
            "GET / http/1.1", "GET / HTTP/1", "GET / HTTP/11.1", "GET / HTTPS/1.1", "GET\t/\tHTTP/1.1",
            "GET /a b HTTP/1.1", "GET  HTTP/1.1",
        ])
    func requestLines(line: String) {
        #expect(decodeRequest("\(line)\r\nHost: a\r\n\r\n") == .failed(.badRequestLine))
    }

    @Test("[RFC 9110 §15.6.6] another major version, and the HTTP/2 preface, are answered by 505")
    func versions() {
        for version in ["HTTP/2.0", "HTTP/0.9", "HTTP/3.0"] {
            #expect(decodeRequest(get(version: version)) == .failed(.unsupportedVersion))
        }
        #expect(decodeRequest("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") == .failed(.unsupportedVersion))
        #expect(HTTPError.unsupportedVersion.status.code == 505)
        #expect(decodeRequest(get(version: "HTTP/1.2")).head?.isHTTP11 == true)
    }

    @Test("[RFC 9112 §3.2] HTTP/1.1 needs exactly one valid Host")
    func hosts() {
        #expect(decodeRequest(get("/", [])) == .failed(.missingHost))
        #expect(decodeRequest(get("/", ["Host: a", "Host: a"])) == .failed(.repeatedHost))
        for host in [
            "", "a b", "a,b", "u@a", "a:b", "a:65536", "a/", "[::1", "[]", "[::g]", "[::1]x", "a%zz", "é",
            ":80",
        ] {
            #expect(decodeRequest(get("/", ["Host: \(host)"])) == .failed(.badHost), "\(host)")
        }
        for (host, authority) in [
            ("A:80", "a:80"), ("[::1]:8443", "[::1]:8443"), ("a:", "a"), ("10.0.0.1", "10.0.0.1"),
        ] {
            #expect(decodeRequest(get("/", ["Host: \(host)"])).head?.authority == authority)
        }
    }

    @Test("[RFC 9112 §9.3] only HTTP/1.1 without `close` stays open; HTTP/1.0 needs no Host")
    func keepAlive() {
        #expect(decodeRequest(get("/", ["Host: a", "Connection: x, Close"])).head?.isKeepAlive == false)
        #expect(decodeRequest(get("/", ["Host: a", "Connection: closed"])).head?.isKeepAlive == true)
        let old = decodeRequest(get("/", ["Connection: keep-alive"], version: "HTTP/1.0")).head
        #expect(old?.isKeepAlive == false)
        #expect(old?.isHTTP11 == false)
    }

    @Test(
        "[RFC 9112 §6] lengths that could be read in two ways are refused",
        arguments: [
            (["Content-Length: 1", "Content-Length: 2"], HTTPError.repeatedContentLength),
            (["Content-Length: 1", "Content-Length: 1"], .repeatedContentLength),
            (["Content-Length: 1, 1"], .repeatedContentLength),
            (["Content-Length: +1"], .badContentLength), (["Content-Length: -1"], .badContentLength),
            (["Content-Length:"], .badContentLength), (["Content-Length: 1 2"], .badContentLength),
            (["Content-Length: 0x1"], .badContentLength), (["Content-Length: 1.0"], .badContentLength),
            (["Content-Length: 3", "Transfer-Encoding: chunked"], .conflictingBodyLength),
            (["Transfer-Encoding: chunked", "Content-Length: 3"], .conflictingBodyLength),
            (["Transfer-Encoding: chunked, chunked"], .badTransferEncoding),
            (["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], .badTransferEncoding),
            (["Transfer-Encoding: chunked, gzip"], .badTransferEncoding),
            (["Transfer-Encoding:"], .badTransferEncoding), (["Transfer-Encoding: ,"], .badTransferEncoding),
            (["Transfer-Encoding: gzip, chunked"], .unknownTransferCoding),
            (["Transfer-Encoding: gzip"], .unknownTransferCoding),
            (["Transfer-Encoding: identity"], .unknownTransferCoding),
            (["Transfer-Encoding: chunked;q=1"], .unknownTransferCoding),
            (["Transfer-Encoding: xchunked"], .unknownTransferCoding),
            (["Content-Length: 65537"], .bodyTooLong),
            (["Content-Length: 99999999999999999999999"], .bodyTooLong),
        ])
    func bodyLengths(lines: [String], error: HTTPError) {
        #expect(decodeRequest(get("/", ["Host: a"] + lines)) == .failed(error))
    }

    @Test("[RFC 9112 §6] a length, a chunked body and none are told apart")
    func framing() {
        #expect(decodeRequest(get("/", ["Host: a", "Content-Length: 65536"])).head?.body == .length(65536))
        #expect(decodeRequest(get("/", ["Host: a", "Content-Length: 0"])).head?.body == BodyFraming.none)
        #expect(decodeRequest(get("/", ["Host: a", "Transfer-Encoding: Chunked"])).head?.body == .chunked)
        #expect(
            decodeRequest(get("/", ["Host: a", "Transfer-Encoding: chunked"], version: "HTTP/1.0"))
                == .failed(.transferEncodingBeforeHTTP11))
    }

    @Test("[RFC 9110 §10.1.1] 100-continue is the only expectation; HTTP/1.0 has none")
    func expectations() {
        #expect(decodeRequest(get("/", ["Host: a", "Expect: 100-Continue"])).head?.expectsContinue == true)
        #expect(decodeRequest(get("/", ["Host: a", "Expect: beer"])) == .failed(.unknownExpectation))
        #expect(decodeRequest(get("/", ["Expect: beer"], version: "HTTP/1.0")).head?.expectsContinue == false)
        #expect(HTTPError.unknownExpectation.status.code == 417)
    }

    @Test("limits hold to the byte: request line 414, head and fields 431")
    func limits() {
        let limits = HTTPLimits(requestLineByteCount: 40, headByteCount: 100, fieldCount: 3)
        func result(_ text: String) -> HeadResult { decodeRequest(text, limits: limits) }
        let path = String(repeating: "a", count: 40 - "GET / HTTP/1.1".utf8.count)
        #expect(result(get("/\(path)")).head != nil)
        #expect(result(get("/\(path)a")) == .failed(.requestLineTooLong))
        #expect(result("GET /\(path)aaaaaaaaaaaaaaa") == .failed(.requestLineTooLong))

        let base = get("/", ["Host: a", "X: "]).utf8.count
        let value = String(repeating: "b", count: 100 - base)
        #expect(result(get("/", ["Host: a", "X: \(value)"])).head != nil)
        #expect(result(get("/", ["Host: a", "X: \(value)b"])) == .failed(.headTooLong))
        #expect(result(get("/", ["Host: a", "b: c", "d: e"])).head != nil)
        #expect(result(get("/", ["Host: a", "b: c", "d: e", "f: g"])) == .failed(.tooManyFields))
        #expect(HTTPError.requestLineTooLong.status.code == 414)
        #expect(HTTPError.headTooLong.status.code == 431 && HTTPError.tooManyFields.status.code == 431)
        #expect(
            HTTPError.bodyTooLong.status.code == 413 && HTTPError.unknownTransferCoding.status.code == 501)
    }

    @Test("[RFC 6455 §4.2.1] Upgrade and Connection together ask for a WebSocket")
    func upgrade() {
        func asks(_ lines: [String]) -> Bool? {
            decodeRequest(get("/", ["Host: a"] + lines)).head?.asksForWebSocket
        }
        #expect(asks(["Upgrade: WebSocket", "Connection: keep-alive, Upgrade"]) == true)
        #expect(asks(["Upgrade: h2c, websocket", "Connection: upgrade"]) == true)
        #expect(asks(["Upgrade: websocket"]) == false)
        #expect(asks(["Connection: upgrade"]) == false)
    }

    @Test(
        "every split: a head gives the same however it is cut",
        arguments: [
            get("/a%20b?c=d", ["Host: a.example:80", "X: y", "Content-Length: 12"]), "\r\n" + get(),
            "\r\n\r\n", get("/", ["Host : a"]), "GET / HTTP/1.1\r\nHost: a\r\nX: \r\r\n\r\n",
            "GET / HTTP/1.1\n",
            get("/", ["Host: a", " b"]), "PRI * HTTP/2.0\r\n\r\n", get("/../a"),
            get("/", ["Host: a", "X: \u{7F}"]),
            get("/", ["A: b", "C: d", "E: f", "G: h", "Host: a"]),
            get("/" + String(repeating: "x", count: 90)),
            get("/", ["Host: a", "X: " + String(repeating: "x", count: 300)]),
        ])
    func everySplitOfAHead(text: String) {
        let limits = HTTPLimits(requestLineByteCount: 80, headByteCount: 200, fieldCount: 4)
        let bytes = Array(text.utf8)
        let whole = decodeRequest([bytes[...]], limits: limits)
        #expect(whole != .needMore)
        for pieces in everySplit(of: bytes) {
            #expect(decodeRequest(pieces, limits: limits) == whole)
        }
    }

    @Test("garbage is refused or waited for, and never traps", arguments: UInt64(0)..<8)
    func garbage(seed: UInt64) {
        var random = Seeded(seed)
        let sample = Array(get("/a%2e/b?c", ["Host: a", "Content-Length: 3", "Upgrade: websocket"]).utf8)
        for _ in 0..<400 {
            var bytes = sample
            if Bool.random(using: &random) {
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
                        in: .min ... .max, using: &random)
                }
            } else {
                bytes = random.bytes(Int.random(in: 0...200, using: &random))
            }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            let whole = decodeRequest([bytes[...]])
            #expect(decodeRequest([bytes[..<cut], bytes[cut...]]) == whole, "seed \(seed), bytes \(bytes)")
        }
    }
}

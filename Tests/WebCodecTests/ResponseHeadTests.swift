import Testing
import WebCodec

@Suite struct ResponseHeadTests {
    @Test("[RFC 9112 §4] a head is a status line, fields and an empty line")
    func encoding() {
        let head = ResponseHead(.notFound, ["Content-Length": "0", "X-Æ": "dropped", "Vary": " Origin "])
        #expect(
            String(decoding: head.encoded(), as: UTF8.self)
                == "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nVary: Origin\r\n\r\n")
    }

    @Test("[RFC 9110 §5.5] no value can end its line, and no name can either")
    func injection() {
        var fields = HTTPFields()
        let isAdded = fields.append("Location", "/a\r\nSet-Cookie: b=c\0\n")
        #expect(isAdded)
        for name in ["X\r\nY", "", "A b", "A:"] {
            let isAdded = fields.append(name, "1")
            #expect(!isAdded)
        }
        #expect(
            String(decoding: ResponseHead(.found, fields).encoded(), as: UTF8.self)
                == "HTTP/1.1 302 Found\r\nLocation: /a  Set-Cookie: b=c  \r\n\r\n")
    }

    @Test("a status outside 100...999 becomes 500, and an unknown one has an empty phrase")
    func statuses() {
        #expect(Status(code: 99).code == 500 && Status(code: 1000).code == 500)
        #expect(ResponseHead(Status(code: 299)).encoded() == Array("HTTP/1.1 299 \r\n\r\n".utf8))
        #expect("\(Status.ok)" == "200 OK")
    }

    @Test(
        "every error of ours has a status with a phrase, of class 4xx or 5xx", arguments: HTTPError.allCases)
    func errorStatuses(error: HTTPError) {
        #expect((400...599).contains(error.status.code) && !error.status.reason.isEmpty)
    }

    private func decode(_ text: String) throws(HTTPError) -> ResponseHead? {
        var decoder = ResponseHeadDecoder()
        guard case .head(let head, let byteCount) = try decoder.decode(Array(text.utf8)) else { return nil }
        #expect(byteCount == text.utf8.count)
        return head
    }

    @Test("[RFC 9112 §4] an answer's head is read back; its phrase may be missing")
    func decoding() throws {
        let head = ResponseHead(.ok, ["Content-Length": "5", "ETag": "\"x\""])
        #expect(try decode(String(decoding: head.encoded(), as: UTF8.self)) == head)
        #expect(try decode("HTTP/1.1 200\r\n\r\n")?.status == .ok)
        #expect(try decode("HTTP/1.0 204 \r\n\r\n")?.status == .noContent)
        #expect(try decode("HTTP/1.1 200 OK\r\n") == nil)
        for line in [
            "HTTP/1.1", "HTTP/1.1 20 x", "HTTP/1.1 2000 x", "HTTP/1.1 099 x", "HTTP/1.1  200 x", "ICY 200 OK",
        ] {
            #expect(throws: HTTPError.badStatusLine) { try decode(line + "\r\n\r\n") }
        }
        #expect(throws: HTTPError.unsupportedVersion) { try decode("HTTP/2.0 200 OK\r\n\r\n") }
        #expect(throws: HTTPError.badFieldName) { try decode("HTTP/1.1 200 OK\r\na : b\r\n\r\n") }
    }

    @Test("[RFC 9112 §6.3] how an answer's body ends depends on status, method and fields")
    func bodies() throws {
        #expect(try ResponseHead(.ok, ["Content-Length": "5"]).body(answering: .get) == .length(5))
        #expect(try ResponseHead(.ok, ["Content-Length": "5"]).body(answering: .head) == BodyFraming.none)
        #expect(
            try ResponseHead(.notModified, ["Content-Length": "5"]).body(answering: .get) == BodyFraming.none)
        #expect(try ResponseHead(.ok, ["Transfer-Encoding": "chunked"]).body(answering: .get) == .chunked)
        #expect(try ResponseHead(.ok).body(answering: .get) == .untilClose)
        #expect(throws: HTTPError.bodyTooLong) {
            try ResponseHead(.ok, ["Content-Length": "9999999"]).body(answering: .get)
        }
    }
}

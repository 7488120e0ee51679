import Testing
import WebCodec

@Suite struct RequestTargetTests {
    private func path(_ target: String) -> String? { decodeRequest(get(target)).head?.target.path }
    private func error(_ target: String) -> HTTPError? { decodeRequest(get(target)).error }

    @Test(
        "[RFC 3986 §5.2.4, §6.2.2] a path is decoded once, then rid of dot segments",
        arguments: [
            ("/", "/"), ("/a", "/a"), ("/a/", "/a/"), ("/a/./b", "/a/b"), ("/a/../b", "/b"),
            ("/a/b/..", "/a/"),
            ("/a/.", "/a/"), ("/a/%2E%2e/b", "/b"), ("/a/b/..%2fc", "/a/c"), ("/%61", "/a"),
            ("/%2561", "/%61"),
            ("/bl%C3%A5b%C3%A6r", "/blåbær"), ("/a//b", "/a//b"), ("/...", "/..."), ("/a%20b", "/a b"),
            ("/.well-known/x", "/.well-known/x"), ("/a;b=c@d:e", "/a;b=c@d:e"), ("/%2fa", "//a"),
            ("/mid/content=5/../6", "/mid/6"),
        ])
    func decoding(raw: String, decoded: String) {
        #expect(path(raw) == decoded)
        #expect(decodeRequest(get(raw)).head?.target.rawPath == raw)
    }

    @Test(
        "a path that climbs above the root is refused, however it is written",
        arguments: [
            "/..", "/../a", "/a/../..", "/a/../../b", "/%2e%2e/a", "/%2e%2e%2fa",
            "/a/%2e%2e%2f%2E%2E%2Fetc/passwd",
            "/.%2e/", "/./..", "/a%2f..%2f..",
        ])
    func climbing(raw: String) {
        #expect(error(raw) == .pathAboveRoot)
    }

    @Test(
        "escapes that are malformed, or hide a control character or broken UTF-8, are refused",
        arguments: [
            "/%", "/%2", "/%zz", "/a%0", "/%00", "/a%00.png", "/%0d%0a", "/%7f", "/%ff", "/%c0%ae%c0%ae/",
            "/%ed%a0%80",
        ])
    func escapes(raw: String) {
        #expect(error(raw) == .badEscape)
    }

    @Test(
        "bytes that no path may hold are refused, the backslash in any form",
        arguments: [
            "/a\\b", "/..\\a", "/%5c..%5c", "/a%5Cb", "/a#b", "/a\"b", "/<a>", "/a|b", "/é", "/[a]", "a",
            "./a",
        ])
    func octets(raw: String) {
        #expect(error(raw) == .badTarget)
    }

    @Test("[RFC 9112 §3.2.2] the absolute form is read, and its host wins over Host")
    func absoluteForm() throws {
        let head = try #require(decodeRequest(get("HTTP://Www.Example.org:81/a/../b?c", ["Host: x"])).head)
        #expect(head.target.form == .absolute)
        #expect(head.target.path == "/b")
        #expect(head.target.rawQuery == "c")
        #expect(head.authority == "www.example.org:81")
        #expect(path("http://a") == "/")
        #expect(path("https://a?b") == "/")
        for target in [
            "http://", "http:///a", "ftp://a/", "http:a", "http://u@a/", "http://a:x/", "http://a\\b/",
        ] {
            #expect(error(target) == .badTarget)
        }
        #expect(error("http://a/../b") == .pathAboveRoot)
        #expect(decodeRequest(get("http://a/", [])) == .failed(.missingHost))
    }

    @Test("[RFC 9112 §3.2.3, §3.2.4] `*` belongs to OPTIONS; CONNECT and its authority form are refused")
    func otherForms() {
        #expect(decodeRequest("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").head?.target.form == .asterisk)
        #expect(error("*") == .badTarget)
        #expect(decodeRequest("OPTIONS *a HTTP/1.1\r\nHost: a\r\n\r\n") == .failed(.badTarget))
        #expect(decodeRequest("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n") == .failed(.connectUnsupported))
        #expect(error("a:443") == .badTarget)
    }

    @Test("query values are decoded as forms are, the first one wins")
    func query() throws {
        let target = try #require(decodeRequest(get("/?code=AB+C%2Bd&x&code=2&%6e=%C3%B8&bad=%f&y=a=b")).head)
            .target
        #expect(target.queryValue("code") == "AB C+d")
        #expect(target.queryValue("x")?.isEmpty == true)
        #expect(target.queryValue("n") == "ø")
        #expect(target.queryValue("y") == "a=b")
        #expect(target.queryValue("bad") == nil)
        #expect(target.queryValue("z") == nil)
        #expect(decodeRequest(get("/?")).head?.target.rawQuery?.isEmpty == true)
        #expect(decodeRequest(get("/a?../..")).head?.target.path == "/a")
    }
}

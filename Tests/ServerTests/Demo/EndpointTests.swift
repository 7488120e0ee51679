import Testing

@testable import Demo

@Suite("Where the server is")
struct EndpointTests {
    @Test(
        "a start link gives host, port and scheme",
        arguments: [
            ("http://127.0.0.1:8080/", "127.0.0.1", 8080, false, "127.0.0.1:8080"),
            ("https://samskap.example", "samskap.example", 443, true, "samskap.example"),
            ("http://[::1]:9", "::1", 9, false, "[::1]:9"),
            ("https://h:80/x?y", "h", 80, true, "h:80"),
        ])
    func addresses(text: String, host: String, port: UInt16, isSecure: Bool, authority: String) throws {
        let endpoint = try Endpoint(text)
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
        #expect(endpoint.isSecure == isSecure)
        #expect(endpoint.authority == authority)
    }

    @Test(
        "what is no address is refused",
        arguments: ["", "127.0.0.1:80", "http://", "http://h:0", "http://h:x", "http://[::1"])
    func faults(text: String) {
        #expect(throws: DemoError.self) { try Endpoint(text) }
    }

    @Test("the secret is what follows #start=, and an error never shows it")
    func startLink() throws {
        let options = try DemoOptions(folder: "d", startLink: "http://127.0.0.1:1/#start=abc")
        #expect(options.startSecret == "abc")
        #expect(options.endpoint.port == 1)
        #expect(throws: DemoError.badAddress("ftp://h/")) {
            try DemoOptions(folder: "d", startLink: "ftp://h/#start=abc")
        }
        #expect(throws: DemoError.badAddress("http://h/")) {
            try DemoOptions(folder: "d", startLink: "http://h/#abc")
        }
    }

    @Test("a certificate may go unchecked on this machine's own addresses alone")
    func loopback() throws {
        for host in ["127.0.0.1", "127.9.0.1", "[::1]", "localhost"] {
            #expect(try Endpoint("https://\(host)").tlsContext(.anyOnLoopback) != nil)
        }
        for host in ["127.0.0.1.example", "10.0.0.1", "samskap.example"] {
            #expect(throws: DemoError.insecureBeyondLoopback(host: host)) {
                try Endpoint("https://\(host)").tlsContext(.anyOnLoopback)
            }
        }
    }
}

import Testing

@testable import Demo

@Suite("One request and its answer")
struct HTTPCallTests {
    private let answer = Array("HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\n{\"\"}".utf8)

    @Test("an answer is the same however its bytes are cut")
    func cuts() throws {
        for cut in 0...answer.count {
            var call = HTTPCall()
            let first = try answer[..<cut].withUnsafeBytes { try call.receive($0) }
            let second = try answer[cut...].withUnsafeBytes { try call.receive($0) }
            #expect((first ?? second) == HTTPCall.Answer(status: 201, body: Array("{\"\"}".utf8)))
        }
    }

    @Test("a secret cannot end its line")
    func injection() throws {
        let bytes = HTTPCall.post("/x", to: try Endpoint("http://h"), bearer: "a\r\nX: y", body: [])
        #expect(!String(decoding: bytes, as: UTF8.self).contains("X: y"))
    }
}

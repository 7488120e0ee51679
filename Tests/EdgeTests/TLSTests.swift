import Foundation
import TLS
import Testing

@Suite(
    "TLS", .enabled(if: TLSFiles.program != nil, "the openssl program is not installed"),
    .timeLimit(.minutes(1)))
struct TLSTests {
    @Test(
        "our client and our server understand each other however the bytes are cut",
        arguments: [1, 7, 1000, 1 << 20])
    func bothSides(pieceSize: Int) throws {
        let folder = try TLSFiles()
        let files = try folder.make("server")
        var server = try TLSEngine(server: TLSContext(files))
        var client = try TLSEngine(
            client: TLSClientContext(trust: .authorities(path: files.certificateChain)), host: "localhost")
        #expect(throws: TLSError.notWritable) { try server.write([1]) }
        try shakeHands(&client, &server, pieceSize: pieceSize)
        #expect(server.protocolVersion == "TLSv1.3" && client.protocolVersion == "TLSv1.3")
        let question = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try client.write(question)
        try carry(from: &client, to: &server, pieceSize: pieceSize)
        #expect(try drain(&server) == (question, .needsInput))
        try server.write(Array("answer".utf8))
        try server.write([])
        try carry(from: &server, to: &client, pieceSize: pieceSize)
        #expect(try drain(&client) == (Array("answer".utf8), .needsInput))
        // Each side says goodbye, and hears the other's.
        server.close()
        #expect(throws: TLSError.notWritable) { try server.write([1]) }
        try carry(from: &server, to: &client, pieceSize: pieceSize)
        #expect(try drain(&client) == ([], .closed))
        try client.write([9])
        client.close()
        try carry(from: &client, to: &server, pieceSize: pieceSize)
        #expect(try drain(&server) == ([9], .closed))
    }

    @Test("a transport that ends without a TLS close is told apart from one that does")
    func truncation() throws {
        let folder = try TLSFiles()
        let files = try folder.make("server")
        var server = try TLSEngine(server: TLSContext(files))
        var client = try TLSEngine(
            client: TLSClientContext(trust: .anybodyWithoutVerification), host: "localhost")
        try shakeHands(&client, &server)
        try client.write([1, 2, 3])
        try carry(from: &client, to: &server, pieceSize: 1000)
        server.receiveEnd()
        #expect(try read(&server, 3) == [1, 2, 3])
        #expect(throws: TLSError.truncated) { try drain(&server) }
        #expect(throws: TLSError.self) { try drain(&server) }
        #expect(throws: TLSError.notWritable) { try server.write([1]) }
    }

    @Test("a forged byte ends the connection with an alert for the peer")
    func forgery() throws {
        let folder = try TLSFiles()
        let files = try folder.make("server")
        var server = try TLSEngine(server: TLSContext(files))
        var client = try TLSEngine(
            client: TLSClientContext(trust: .anybodyWithoutVerification), host: "localhost")
        try shakeHands(&client, &server)
        try client.write([1, 2, 3])
        var ciphertext = client.takeOutput()
        ciphertext[ciphertext.count - 1] ^= 1
        server.receive(ciphertext)
        let error = #expect(throws: TLSError.self) { try drain(&server) }
        guard case .protocolFailure = error else {
            Issue.record("not a protocol failure: \(String(describing: error))")
            return
        }
        #expect(server.outputByteCount > 0)
        server.receive(client.takeOutput())
        #expect(throws: TLSError.self) { try server.handshake() }
    }

    @Test("a plain HTTP request on the TLS port fails the handshake and nothing else")
    func plaintext() throws {
        let folder = try TLSFiles()
        var server = try TLSEngine(server: TLSContext(folder.make("server")))
        server.receive(Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
        let error = #expect(throws: TLSError.self) { try server.handshake() }
        #expect(error == .handshakeFailed(reason: "http request"))
    }

    @Test("a client refuses a stranger's certificate, and one for another name")
    func verification() throws {
        let folder = try TLSFiles()
        let (files, stranger) = (try folder.make("server"), try folder.make("stranger"))
        let cases = [
            (stranger.certificateChain, "localhost", false), (files.certificateChain, "example.no", false),
            (files.certificateChain, "127.0.0.2", false), (files.certificateChain, "127.0.0.1", true),
        ]
        for (authority, host, accepted) in cases {
            var server = try TLSEngine(server: TLSContext(files))
            var client = try TLSEngine(
                client: TLSClientContext(trust: .authorities(path: authority)), host: host)
            if accepted {
                try shakeHands(&client, &server)
                continue
            }
            let error = #expect(throws: TLSError.self) { try shakeHands(&client, &server) }
            guard case .certificateRejected = error else {
                Issue.record("not a rejected certificate: \(String(describing: error))")
                continue
            }
            // The server hears of it by the client's alert.
            server.receive(client.takeOutput())
            #expect(throws: TLSError.self) { try drain(&server) }
        }
    }

    @Test("files that are missing, wrong or do not belong together are each named")
    func badFiles() throws {
        let folder = try TLSFiles()
        let (first, second) = (try folder.make("first"), try folder.make("second"))
        let missing = folder.path("missing.crt")
        let error = #expect(throws: TLSError.self) {
            try TLSContext(TLSServerFiles(certificateChain: missing, privateKey: first.privateKey))
        }
        #expect(error == .fileNotReadable(path: missing, reason: "No such file or directory"))
        #expect(
            throws: TLSError.keyDoesNotMatch(
                keyPath: second.privateKey, certificatePath: first.certificateChain)
        ) {
            try TLSContext(
                TLSServerFiles(certificateChain: first.certificateChain, privateKey: second.privateKey))
        }
        let swapped = #expect(throws: TLSError.self) {
            try TLSContext(TLSServerFiles(certificateChain: first.privateKey, privateKey: first.privateKey))
        }
        guard case .noCertificate = swapped else { throw try #require(swapped) }
        let noKey = #expect(throws: TLSError.self) {
            try TLSContext(
                TLSServerFiles(certificateChain: first.certificateChain, privateKey: first.certificateChain))
        }
        guard case .noPrivateKey = noKey else { throw try #require(noKey) }
        // A key behind a passphrase is refused, and nobody is asked on the terminal.
        let locked = folder.path("locked.key")
        try TLSFiles.run([
            "ec", "-in", first.privateKey, "-aes128", "-passout", "pass:secret", "-out", locked,
        ])
        let lockedError = #expect(throws: TLSError.self) {
            try TLSContext(TLSServerFiles(certificateChain: first.certificateChain, privateKey: locked))
        }
        guard case .noPrivateKey = lockedError else { throw try #require(lockedError) }
        let noAuthority = #expect(throws: TLSError.self) {
            try TLSClientContext(trust: .authorities(path: first.privateKey))
        }
        guard case .noTrustedAuthority = noAuthority else { throw try #require(noAuthority) }
    }

    @Test(
        "a reload serves new callers the new certificate; a bad one changes nothing; open connections go on")
    func reload() throws {
        let folder = try TLSFiles()
        let (files, next) = (try folder.make("current"), try folder.make("next", days: 5))
        let context = try TLSContext(files)
        let before = context.validity
        var openServer = try TLSEngine(server: context)
        var openClient = try TLSEngine(
            client: TLSClientContext(trust: .authorities(path: files.certificateChain)), host: "localhost")
        try shakeHands(&openClient, &openServer)

        try FileManager.default.removeItem(atPath: files.privateKey)
        try FileManager.default.copyItem(atPath: next.privateKey, toPath: files.privateKey)
        #expect(throws: TLSError.self) { try context.reload() }
        #expect(context.validity == before)
        try FileManager.default.removeItem(atPath: files.certificateChain)
        try FileManager.default.copyItem(atPath: next.certificateChain, toPath: files.certificateChain)
        try context.reload()
        #expect(context.validity.notAfter < before.notAfter)

        var server = try TLSEngine(server: context)
        var client = try TLSEngine(
            client: TLSClientContext(trust: .authorities(path: next.certificateChain)), host: "localhost")
        try shakeHands(&client, &server)
        try openServer.write([5])
        try carry(from: &openServer, to: &openClient, pieceSize: 1000)
        #expect(try drain(&openClient) == ([5], .needsInput))
    }

    @Test("a certificate's dates warn before it ends, and only then")
    func warnings() throws {
        let folder = try TLSFiles()
        let validity = try TLSContext(folder.make("server", days: 90)).validity
        #expect(validity.notAfter - validity.notBefore == 90 * 86_400)
        #expect(validity.warning(at: validity.notBefore - 1) == .notYetValid)
        #expect(validity.warning(at: validity.notBefore) == nil)
        #expect(validity.warning(at: validity.notAfter - 14 * 86_400) == nil)
        #expect(validity.warning(at: validity.notAfter - 14 * 86_400 + 1) == .expires(inDays: 13))
        #expect(validity.warning(at: validity.notAfter) == .expires(inDays: 0))
        #expect(validity.warning(at: validity.notAfter + 1) == .expired)
    }

    @Test("a host name that no certificate can hold is refused before anything is sent")
    func badHost() throws {
        let context = try TLSClientContext(trust: .system)
        #expect(throws: TLSError.self) {
            _ = try TLSEngine(client: context, host: String(repeating: "a", count: 300))
        }
    }

    private func read(_ engine: inout TLSEngine, _ count: Int) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let result = try buffer.withUnsafeMutableBytes { try engine.read(into: $0) }
        #expect(result == .bytes(count))
        return buffer
    }
}

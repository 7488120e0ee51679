import Dispatch
import EventLoop
import Foundation
import TLS
import TestKit
import Testing

/// Our engine on a real socket against the `openssl s_client` program.
@Suite(
    "TLS with openssl s_client",
    .enabled(if: TLSFiles.program != nil, "the openssl program is not installed"),
    .timeLimit(.minutes(1)))
struct TLSOpenSSLTests {
    struct Answer { let status: Int32, text: String }

    @Test("TLS 1.2 and 1.3 echo a line, agree on http/1.1 and end cleanly", arguments: ["tls1_2", "tls1_3"])
    func accepted(version: String) async throws {
        let answer = try await call(["-\(version)", "-alpn", "h2,http/1.1"], says: "hallo på norsk\n")
        #expect(answer.status == 0, "\(answer.text)")
        #expect(answer.text.contains("hallo på norsk"))
        #expect(answer.text.contains("ALPN protocol: http/1.1"))
        #expect(answer.text.contains(version == "tls1_2" ? "TLSv1.2" : "TLSv1.3"))
        #expect(answer.text.contains("Verification: OK") || answer.text.contains("Verify return code: 0"))
        #expect(answer.text.contains("Compression: NONE"))
    }

    @Test("TLS 1.1 is refused, also to a client that would take weak suites")
    func oldVersion() async throws {
        let answer = try await call(["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], says: "x\n")
        #expect(answer.status != 0)
        #expect(answer.text.contains("alert protocol version"), "\(answer.text)")
    }

    @Test("a suite without forward secrecy is refused")
    func weakSuite() async throws {
        let answer = try await call(["-tls1_2", "-cipher", "AES128-SHA"], says: "x\n")
        #expect(answer.status != 0)
        #expect(answer.text.contains("handshake failure"), "\(answer.text)")
    }

    @Test("a client that speaks only h2 is told so")
    func otherProtocol() async throws {
        let answer = try await call(["-alpn", "h2"], says: "x\n")
        #expect(answer.status != 0)
        #expect(answer.text.contains("no application protocol"), "\(answer.text)")
    }

    @Test("a caller with a ticket comes back without a certificate", arguments: ["tls1_2", "tls1_3"])
    func resumption(version: String) async throws {
        let folder = try TLSFiles()
        let session = folder.path("session.pem")
        let server = try await EchoServer.start(folder)
        let first = try await server.call(["-\(version)", "-sess_out", session], says: "en\n")
        #expect(first.status == 0 && first.text.contains("New, "), "\(first.text)")
        let second = try await server.call(["-\(version)", "-sess_in", session], says: "to\n")
        #expect(second.status == 0 && second.text.contains("Reused, "), "\(second.text)")
        #expect(second.text.contains("to"))
        await server.worker.stop()
    }

    private func call(_ options: [String], says text: String) async throws -> Answer {
        let server = try await EchoServer.start(try TLSFiles())
        let answer = try await server.call(options, says: text)
        await server.worker.stop()
        return answer
    }

    /// Echoes until the caller closes, on a loop.
    struct EchoServer {
        let worker: LoopWorker
        let address: SocketAddress
        let folder: TLSFiles
        let files: TLSServerFiles

        static func start(_ folder: TLSFiles) async throws -> EchoServer {
            let worker = try LoopWorker("tls")
            await worker.start()
            let files = try folder.make("server")
            let context = try TLSContext(files)
            let address = try await worker.with { loop in
                try Acceptor.open(on: loop) { socket in
                    do {
                        var engine = try TLSEngine(server: context)
                        let handler = SocketHandler(socket) { handler, _ in
                            if !echo(&engine, handler) { handler.end(on: loop) }
                        }
                        try handler.register(on: loop, .readable)
                    } catch { Issue.record(error) }
                }
            }
            return EchoServer(worker: worker, address: address, folder: folder, files: files)
        }

        /// One step; false when the connection is over.
        private static func echo(_ engine: inout TLSEngine, _ handler: SocketHandler) -> Bool {
            let (transfer, bytes) = handler.read()
            switch transfer {
            case .bytes: engine.receive(bytes)
            case .wouldBlock: return true
            case .closed, .failed: return false
            }
            var goesOn = true
            do {
                let (plaintext, result) = try drain(&engine)
                if !plaintext.isEmpty { try engine.write(plaintext) }
                if result == .closed {
                    engine.close()
                    goesOn = false
                }
            } catch { goesOn = false }
            engine.withOutput { output in
                guard case .bytes(let count) = handler.socket.write(output) else { return 0 }
                return count
            }
            return goesOn
        }

        func call(_ options: [String], says text: String) async throws -> Answer {
            let process = Process()
            process.executableURL = URL(filePath: try #require(TLSFiles.program))
            process.arguments =
                [
                    "s_client", "-connect", address.description, "-servername", "localhost",
                    "-CAfile", files.certificateChain, "-verify_return_error",
                ] + options
            let (input, output) = (Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = output
            process.standardError = output
            try process.run()
            let limit = DispatchWorkItem { process.terminate() }
            DispatchQueue.global().asyncAfter(deadline: .now() + 20, execute: limit)
            defer { limit.cancel() }
            input.fileHandleForWriting.write(Data(text.utf8))
            return await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    var seen = Data()
                    // When the echo is there, end our side: s_client then says goodbye and exits.
                    while case let more = output.fileHandleForReading.some(), !more.isEmpty {
                        seen += more
                        if seen.range(of: Data(text.utf8)) != nil { try? input.fileHandleForWriting.close() }
                    }
                    process.waitUntilExit()
                    continuation.resume(
                        returning: Answer(
                            status: process.terminationStatus, text: String(decoding: seen, as: UTF8.self)))
                }
            }
        }
    }
}

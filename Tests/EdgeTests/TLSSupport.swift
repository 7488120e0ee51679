import Foundation
import TLS
import Testing

/// Certificates made for one test with the `openssl` program, in a folder that goes with this value.
final class TLSFiles {
    static let program = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// A self-signed P-256 certificate for localhost and 127.0.0.1.
    func make(_ name: String, days: Int = 90) throws -> TLSServerFiles {
        let files = TLSServerFiles(certificateChain: path("\(name).crt"), privateKey: path("\(name).key"))
        try Self.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
            "\(days)",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", files.privateKey, "-out", files.certificateChain,
        ])
        return files
    }

    static func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: try #require(program))
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}

/// Everything that can be read now, and how it ended.
func drain(_ engine: inout TLSEngine) throws(TLSError) -> (bytes: [UInt8], result: TLSEngine.ReadResult) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
        let result = try read(&engine, into: &buffer)
        guard case .bytes(let count) = result else { return (bytes, result) }
        bytes += buffer.prefix(count)
    }
}

private func read(
    _ engine: inout TLSEngine, into buffer: inout [UInt8]
) throws(TLSError) -> TLSEngine.ReadResult {
    let result = buffer.withUnsafeMutableBytes { raw -> Result<TLSEngine.ReadResult, TLSError> in
        do throws(TLSError) { return .success(try engine.read(into: raw)) } catch { return .failure(error) }
    }
    return try result.get()
}

/// Carries output from one engine to the other, cut into pieces, each followed by a handshake step.
func carry(
    from sender: inout TLSEngine, to receiver: inout TLSEngine, pieceSize: Int
) throws(TLSError) {
    let bytes = sender.takeOutput()
    for start in stride(from: 0, to: bytes.count, by: pieceSize) {
        receiver.receive(Array(bytes[start..<min(start + pieceSize, bytes.count)]))
        if !receiver.isReady { _ = try receiver.handshake() }
    }
}

/// Completes the handshake between two engines.
func shakeHands(
    _ client: inout TLSEngine, _ server: inout TLSEngine, pieceSize: Int = .max
) throws(TLSError) {
    _ = try client.handshake()
    for _ in 0..<8 {
        try carry(from: &client, to: &server, pieceSize: min(pieceSize, 1 << 20))
        try carry(from: &server, to: &client, pieceSize: min(pieceSize, 1 << 20))
        if client.isReady, server.isReady, client.outputByteCount == 0, server.outputByteCount == 0 { return }
    }
    Issue.record("no end to the handshake")
}

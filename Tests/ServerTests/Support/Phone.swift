import Digests
import WebCodec
import Wire

/// A client of the protocol: puts entries, drops keys, and nothing more (rule C1).
final class Phone {
    let client: RawClient
    let secret: String
    private var decoder = FrameDecoder(role: .client, messageByteCountLimit: 8 << 20)
    /// Everything received, in order.
    private(set) var messages: [JSONValue] = []
    /// What each channel shows.
    private(set) var channels: [String: [String: JSONValue]] = [:]
    private(set) var sequences: [String: Int64] = [:]
    private(set) var welcome: JSONValue?
    private(set) var closeCode: UInt16?
    private(set) var changesCount = 0
    /// Keeps every byte that comes, as it came, so that a test can search them.
    var isTapped = false
    var tapped: [UInt8] = []
    private var ref: Int64 = 0

    /// Connects and says hello with these members.
    init(
        _ running: Running, secret: String = Base64URL.encode(SecureRandom.bytes(32)), _ hello: String,
        receiveBytes: Int32? = nil
    ) async throws {
        client = try RawClient(port: running.port, receiveBytes: receiveBytes)
        self.secret = secret
        client.send(
            "GET /ws HTTP/1.1\r\nHost: localhost:\(running.port)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: samskap.v1\r\n\r\n")
        guard try await client.response().head.status == .switchingProtocols else {
            throw RawClient.Failure.ended
        }
        send("{\"type\":\"hello\",\"secret\":\"\(secret)\",\(hello)}")
    }

    func send(_ text: String) { client.send(FrameEncoder.text(text, key: MaskingKey(bits: 0x1234_5678))) }

    /// Sends a command and gives its counter.
    @discardableResult
    func command(_ type: String, _ members: String = "") -> Int64 {
        ref += 1
        send("{\"type\":\"\(type)\",\"ref\":\(ref)\(members.isEmpty ? "" : ",")\(members)}")
        return ref
    }

    /// Sends a command and waits for its answer: `ack`, or the refusal's code.
    func act(_ type: String, _ members: String = "") async throws -> String {
        try await answer(to: command(type, members))
    }

    /// Waits for an answer.
    func answer(to ref: Int64) async throws -> String {
        try await until { phone in
            phone.messages.contains {
                $0["ref"]?.int == ref && ["ack", "refused"].contains($0["type"]?.string)
            }
        }
        let message = messages.last {
            $0["ref"]?.int == ref && ["ack", "refused"].contains($0["type"]?.string)
        }
        return message?["code"]?.string ?? "ack"
    }

    /// Reads until something holds.
    func until(_ condition: (Phone) -> Bool) async throws {
        while !condition(self) {
            guard closeCode == nil else { throw RawClient.Failure.ended }
            try await client.fill()
            try read()
        }
    }

    /// Reads until the close frame.
    func untilClosed() async throws -> UInt16? {
        while closeCode == nil {
            try await client.fill()
            try read()
        }
        return closeCode
    }

    /// Reads what has come without waiting longer than that.
    func settle(milliseconds: Int32 = 150) async throws {
        while (try? await client.fill(milliseconds: milliseconds)) != nil { try read() }
    }

    private func read() throws {
        var bytes = client.buffer
        client.take(bytes.count)
        if isTapped { tapped += bytes }
        var texts: [[UInt8]] = []
        try bytes.withUnsafeMutableBytes { buffer in
            var input = FrameInput(buffer)
            while let event = try decoder.next(in: &input) {
                switch event {
                case .message(_, let payload, _): texts.append(payload.bytes)
                case .close(let frame): closeCode = frame.code
                case .ping, .pong: break
                }
            }
        }
        for text in texts { take(try JSONReader.read(text, limits: .trusted)) }
    }

    private func take(_ message: JSONValue) {
        messages.append(message)
        switch message["type"]?.string {
        case "welcome":
            welcome = message
            ref = max(ref, message["lastRef"]?.int ?? 0)
        case "changes":
            changesCount += 1
            let channel = message["channel"]?.string ?? ""
            for member in message["set"]?.members ?? [] {
                channels[channel, default: [:]][member.name] = member.value
            }
            for key in message["drop"]?.array ?? [] { channels[channel]?[key.string ?? ""] = nil }
            sequences[channel] = message["sequence"]?.int
        default: break
        }
    }

    /// The texts of notes a channel shows, in order of age.
    func notes(in channel: String = "room") -> [String] {
        (channels[channel] ?? [:]).filter { $0.key.hasPrefix("note/") }
            .sorted { (Int($0.key.dropFirst(6)) ?? 0) < (Int($1.key.dropFirst(6)) ?? 0) }
            .compactMap { $0.value["text"]?.string }
    }
}

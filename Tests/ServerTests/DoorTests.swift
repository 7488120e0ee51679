import Digests
import Journal
import Server
import Testing
import WebCodec
import Wire

extension DoorChallenge {
    /// Does the work.
    fileprivate func proof() throws -> String {
        let bytes = try #require(Base64URL.decode(challenge))
        return try #require(ProofOfWork.solve(challenge: bytes, solutions: solutions, bits: bits)).text
    }
}

/// Doors under attack, over real sockets.
@Suite("Doors while codes are guessed")
struct DoorTests {
    /// A server whose doors have seen all the wrong codes they put up with, and a workshop there.
    private func attacked(workers: Int = 2) async throws -> (Running, JSONValue) {
        let running = try await Running.start(workers: workers) {
            $0.door.freePerMinute = 3
            $0.door.bits = 4
            $0.door.lifeMilliseconds = 60_000
        }
        let workshop = try await running.create()
        try await exhaust(running)
        return (running, workshop)
    }

    private func exhaust(_ running: Running) async throws {
        for _ in 0..<6 {
            let guess = try await Phone(running, "\"code\":\"ABABAB\"")
            guard try await guess.challenge() == nil else { return }
        }
        Issue.record("never asked for work")
    }

    private func code(_ workshop: JSONValue) -> String { "\"code\":\"\(workshop["code"]?.string ?? "")\"" }
    private func name(_ workshop: JSONValue) -> String {
        "\"workshop\":\"\(workshop["workshop"]?.string ?? "")\""
    }

    @Test("[H7] a newcomer by code is asked for work, right or wrong alike, and then let in")
    func work() async throws {
        let (running, workshop) = try await attacked()
        for hello in [code(workshop), name(workshop) + "," + code(workshop)] {
            let kari = try await Phone(running, hello)
            let challenge = try #require(try await kari.challenge())
            #expect(
                challenge.bits == 4 && challenge.solutions == 16 && challenge.expiresInMilliseconds == 60_000)
            kari.send(
                "{\"type\":\"hello\",\"secret\":\"\(kari.secret)\",\(hello),\"proof\":\"\(try challenge.proof())\"}"
            )
            try await kari.until { $0.welcome != nil }
            #expect(try await kari.act("ready.set", "\"ready\":true") == "ack")
        }
        await running.server.stop()
    }

    @Test("[H7] the proof may come on another connection, which is not asked then")
    func anotherConnection() async throws {
        let (running, workshop) = try await attacked()
        let first = try await Phone(running, code(workshop))
        let proof = try #require(try await first.challenge()).proof()
        first.client.close()
        let second = try await Phone(
            running, secret: first.secret, code(workshop) + ",\"proof\":\"\(proof)\"")
        try await second.until { $0.welcome != nil }
        await running.server.stop()
    }

    @Test(
        "[H5, H7] wrong codes and unknown workshops are asked like right ones, and turned away after the work"
    )
    func wrong() async throws {
        let (running, workshop) = try await attacked()
        for hello in [
            "\"code\":\"ABABAB\"", name(workshop) + ",\"code\":\"ABABAB\"",
            "\"workshop\":\"wNobody\",\"code\":\"ABABAB\"",
        ] {
            let guess = try await Phone(running, hello)
            let proof = try #require(try await guess.challenge(), "\(hello)").proof()
            guess.send("{\"type\":\"hello\",\"secret\":\"\(guess.secret)\",\(hello),\"proof\":\"\(proof)\"}")
            #expect(try await guess.untilClosed() == 4504)
            // The same proof once more: it is used up.
            let again = try await Phone(running, hello + ",\"proof\":\"\(proof)\"")
            #expect(try await again.challenge() != nil)
        }
        await running.server.stop()
    }

    @Test(
        "[H7] a second hello without a right proof is closed with 4429",
        arguments: ["", ",\"proof\":\"\"", ",\"proof\":\"AAAA.AAAAAAAA\"", ",\"proof\":\"OTHER\""])
    func noProof(_ more: String) async throws {
        let (running, workshop) = try await attacked()
        let kari = try await Phone(running, code(workshop))
        _ = try #require(try await kari.challenge())
        let other = try #require(try await Phone(running, "\"code\":\"BABABA\"").challenge()).proof()
        kari.send(
            "{\"type\":\"hello\",\"secret\":\"\(kari.secret)\",\(code(workshop))\(more.replacing("OTHER", with: other))}"
        )
        #expect(try await kari.untilClosed() == 4429)
        await running.server.stop()
    }

    @Test("[H7] links and devices that are known are never asked; what they do wrong costs nobody anything")
    func links() async throws {
        let (running, workshop) = try await attacked()
        let known = try await Phone(running, code(workshop))
        let proof = try #require(try await known.challenge()).proof()
        known.send(
            "{\"type\":\"hello\",\"secret\":\"\(known.secret)\",\(code(workshop)),\"proof\":\"\(proof)\"}")
        try await known.until { $0.welcome != nil }
        let back = try await Phone(running, secret: known.secret, name(workshop) + "," + code(workshop))
        try await back.until { $0.welcome != nil }
        for role in ["facilitator", "helper", "screen", "observer"] {
            let link = workshop["links"]?[role]?.string ?? ""
            let phone = try await Phone(running, name(workshop) + ",\"link\":\"\(link)\"")
            try await phone.until { $0.welcome != nil }
        }
        let nobody = Base64URL.encode(SecureRandom.bytes(32))
        let wrong = try await Phone(running, name(workshop) + ",\"link\":\"\(nobody)\"")
        #expect(try await wrong.untilClosed() == 4504)
        await running.server.stop()
    }

    @Test("[A3] wrong links do not use up what wrong codes may")
    func wrongLinks() async throws {
        let running = try await Running.start { $0.door.freePerMinute = 3 }
        let workshop = try await running.create()
        for _ in 0..<10 {
            let nobody = Base64URL.encode(SecureRandom.bytes(32))
            let wrong = try await Phone(running, name(workshop) + ",\"link\":\"\(nobody)\"")
            #expect(try await wrong.untilClosed() == 4504)
        }
        let kari = try await Phone(running, code(workshop))
        try await kari.until { $0.welcome != nil }
        await running.server.stop()
    }

    @Test("[A3, H9] a look-up is asked too, and its proof serves for the hello")
    func lookUp() async throws {
        let (running, workshop) = try await attacked()
        let path = "/api/doors/\(workshop["code"]?.string ?? "")"
        let asked = try await get(running, path)
        #expect(asked.status == 429)
        let json = try JSONReader.read(asked.body, limits: .body)
        #expect(json["error"]?.string == "busy")
        let proof = try #require(DoorChallenge(json)).proof()
        let open = try await get(running, path, proof: proof)
        #expect(open.status == 200)
        #expect(try JSONReader.read(open.body, limits: .body)["workshop"] == workshop["workshop"])
        let kari = try await Phone(running, name(workshop) + "," + code(workshop) + ",\"proof\":\"\(proof)\"")
        try await kari.until { $0.welcome != nil }
        #expect(try await get(running, "/api/doors/ABABAB", proof: proof).status == 429)
        let wrong = try JSONReader.read(try await get(running, "/api/doors/ABABAB").body, limits: .body)
        let spent = try #require(DoorChallenge(wrong)).proof()
        #expect(try await get(running, "/api/doors/ABABAB", proof: spent).status == 404)
        #expect(try await get(running, "/api/doors/ABABAB", proof: spent).status == 429)
        await running.server.stop()
    }

    @Test("[H1] a hello that comes with the handshake, at a workshop of another worker, is answered after it")
    func together() async throws {
        let running = try await Running.start(workers: 4)
        for _ in 0..<12 {
            let workshop = try await running.create()
            let client = try running.client()
            let secret = Base64URL.encode(SecureRandom.bytes(32))
            let hello = "{\"type\":\"hello\",\"secret\":\"\(secret)\",\(code(workshop))}"
            client.send(
                Array(
                    ("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Protocol: samskap.v1\r\n\r\n").utf8)
                    + FrameEncoder.text(hello, key: MaskingKey(bits: 7)))
            #expect(try await client.response().head.status == .switchingProtocols)
            while client.buffer.count < 300 { try await client.fill() }
            #expect(String(decoding: client.buffer, as: UTF8.self).contains("welcome"))
            client.close()
        }
        await running.server.stop()
    }

    private func get(_ running: Running, _ path: String, proof: String? = nil) async throws -> (
        status: Int, body: [UInt8]
    ) {
        let client = try running.client()
        let field = proof.map { "Samskap-Proof: \($0)\r\n" } ?? ""
        client.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(field)\r\n")
        let answer = try await client.response()
        client.close()
        return (Int(answer.head.status.code), answer.body)
    }
}

extension Phone {
    /// Waits for what the door says first: nil when it is not a challenge.
    func challenge() async throws -> DoorChallenge? {
        do { try await until { !$0.messages.isEmpty } } catch RawClient.Failure.ended { return nil }
        return messages.first.flatMap(DoorChallenge.init)
    }
}

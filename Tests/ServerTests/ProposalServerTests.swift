import Digests
import Foundation
import Testing
import WebCodec
import Wire

@testable import Server

/// A proposal asked for over HTTP, accepted by the ordinary commands, and taken back.
@Suite("Proposed clusters over real sockets")
struct ProposalServerTests {
    private func ask(_ running: Running, _ id: String, _ secret: String) async throws -> JSONValue {
        let answer = try await running.ask(.get, "/api/workshops/\(id)/proposal", secret: secret)
        #expect(answer.status == 200)
        return try JSONReader.read(answer.body, limits: .trusted)
    }

    /// What is proposed, without the state that was looked at.
    private func content(_ proposal: JSONValue) -> [JSONValue?] { [proposal["clusters"], proposal["alone"]] }

    @Test(
        "[S1] [S3] the facilitator asks, accepts in part under another name, and takes it back; nobody else may ask"
    )
    func whole() async throws {
        let running = try await Running.start()
        let workshop = try await running.create("idedugnad")
        let id = workshop["workshop"]?.string ?? ""
        let links = workshop["links"]
        let facilitator = try await Phone(
            running, "\"workshop\":\"\(id)\",\"link\":\"\(links?["facilitator"]?.string ?? "")\"")
        try await facilitator.until { $0.channels["door"] != nil && $0.channels["room"]?["phase"] != nil }
        let kari = try await Phone(running, "\"code\":\"\(workshop["code"]?.string ?? "")\"")
        try await kari.until { $0.channels["room"]?["phase"] != nil }

        // To the phase where people write.
        var phase = facilitator.channels["room"]?["phase"]
        for number in 1...4 where phase?["may"]?.array?.contains(.string("add")) != true {
            #expect(try await facilitator.act("phase.open", "\"phase\":\"f\(number)\"") == "ack")
            try await facilitator.until { $0.channels["room"]?["phase"]?["id"]?.string == "f\(number)" }
            phase = facilitator.channels["room"]?["phase"]
        }
        let writing = try #require(phase?["id"]?.string)
        for text in [
            "Flere benker langs elva", "Trygg sykkelvei", "Benkene i gågata", "Sykkelparkering", "Vet ikke",
        ] {
            #expect(try await kari.act("note.add", "\"text\":\"\(text)\"") == "ack")
        }

        // What is private is in no proposal (E1).
        let hidden = try await ask(running, id, facilitator.secret)
        #expect(hidden["clusters"]?.array == [] && hidden["alone"]?.array == [])
        #expect(try await facilitator.act("phase.reveal", "\"phase\":\"\(writing)\"") == "ack")

        let proposal = try await ask(running, id, facilitator.secret)
        let clusters = try #require(proposal["clusters"]?.array)
        #expect(clusters.map { $0["notes"]?.array?.compactMap(\.string) } == [["n1", "n3"], ["n2", "n4"]])
        #expect(proposal["alone"]?.array == [.string("n5")])
        #expect(proposal["board"]?.string == phase?["board"]?.string)
        // The link asks too, and the same state gives the same bytes.
        let link = links?["facilitator"]?.string ?? ""
        #expect(try await ask(running, id, link) == proposal)

        for secret in [
            links?["helper"]?.string ?? "", kari.secret, Base64URL.encode(SecureRandom.bytes(32)), "",
        ] {
            #expect(
                try await running.ask(.get, "/api/workshops/\(id)/proposal", secret: secret).status == 401)
        }
        #expect(try await running.ask(.get, "/api/workshops/nowhere/proposal", secret: link).status == 401)
        #expect(try await running.ask(.post, "/api/workshops/\(id)/proposal", secret: link).status == 405)

        let create = "\"name\":\"Sitteplasser\",\"notes\":[\"n1\",\"n3\"]"
        #expect(try await facilitator.act("cluster.create", create) == "ack")
        let rest = try await ask(running, id, link)
        #expect(rest["clusters"]?.array?.map { $0["notes"]?.array?.compactMap(\.string) } == [["n2", "n4"]])
        #expect(try await facilitator.act("clustering.undo") == "ack")
        #expect(content(try await ask(running, id, link)) == content(proposal))
        await running.server.stop()
    }

    @Test(
        "[S4] two may be worked out at the same time; a third is told to come back, and changes nothing for the others"
    )
    func busy() async throws {
        let running = try await Running.start()
        let workshop = try await running.create("meningsrunde")
        let path = "/api/workshops/\(workshop["workshop"]?.string ?? "")/proposal"
        let link = workshop["links"]?["facilitator"]?.string ?? ""
        let places = running.server.shared.proposalsAtOnce
        #expect(places.limit == 2)
        #expect(places.take())
        #expect(try await running.ask(.get, path, secret: link).status == 200)
        #expect(places.take())
        for _ in 0..<3 {
            let answer = try await running.ask(.get, path, secret: link)
            #expect(answer.status == 429)
            #expect(try JSONReader.read(answer.body)["error"]?.string == "busy")
        }
        // Whoever may not ask is told so, and takes no place.
        #expect(try await running.ask(.get, path, secret: running.startSecret).status == 401)
        places.leave()
        #expect(try await running.ask(.get, path, secret: link).status == 200)
        #expect(try await running.ask(.get, path, secret: link).status == 200)
        places.leave()
        await running.server.stop()
    }
}

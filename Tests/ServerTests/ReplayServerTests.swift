import Foundation
import JournalSQLite
import Testing
import WebCodec
import Wire

@testable import Server

/// The history, asked for over HTTP.
@Suite("A history over real sockets", .timeLimit(.minutes(2)))
struct ReplayServerTests {
    private func page(_ running: Running, _ id: String, _ secret: String, _ query: String = "") async throws
        -> JSONValue
    {
        let answer = try await running.ask(.get, "/api/workshops/\(id)/replay\(query)", secret: secret)
        #expect(answer.status == 200)
        return try JSONReader.read(answer.body, limits: .trusted)
    }

    @Test(
        "[Y1] [Y3] the facilitator goes through it; after an erasure it begins later, and what is gone is gone"
    )
    func whole() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/replay-\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let journal = try SQLiteJournal(folder: folder)
        let running = try await Running.start(journal)
        let workshop = try await running.create()
        let id = workshop["workshop"]?.string ?? ""
        let link = workshop["links"]?["facilitator"]?.string ?? ""
        let facilitator = try await Phone(running, "\"workshop\":\"\(id)\",\"link\":\"\(link)\"")
        try await facilitator.until { $0.channels["door"] != nil }
        let kari = try await Phone(running, "\"code\":\"\(workshop["code"]?.string ?? "")\"")
        try await kari.until { $0.channels["room"]?["phase"] != nil }
        for text in ["first-mark", "second-mark"] {
            #expect(try await kari.act("note.add", "\"text\":\"\(text)\"") == "ack")
        }
        let whole = try await page(running, id, facilitator.secret)
        #expect(whole["begins"]?.int == 0 && whole["last"]?.int == whole["head"]?.int)
        let texts = whole["steps"]?.array?.compactMap { step in
            step["set"]?.members?.first { $0.name.hasPrefix("note/") }?.value["text"]?.string
        }
        #expect(texts == ["first-mark", "second-mark"])
        // From the middle on, and from beyond the end.
        let last = try #require(whole["last"]?.int)
        let tail = try await page(running, id, link, "?after=\(last - 1)")
        #expect(tail["base"] == nil && tail["steps"]?.array?.count == 1)
        #expect(try await page(running, id, link, "?after=\(last + 5)")["steps"]?.array == [])

        #expect(try await facilitator.act("note.erase", "\"note\":\"n1\"") == "ack")
        let cut = try await page(running, id, link)
        #expect((cut["begins"]?.int ?? 0) > 0)
        #expect(cut["base"]?["set"]?["note/n2"]?["text"]?.string == "second-mark")
        let answer = try await running.ask(.get, "/api/workshops/\(id)/replay", secret: link)
        #expect(!String(decoding: answer.body, as: UTF8.self).contains("first-mark"))
        await running.server.stop()
        try await journal.close()
    }

    @Test("[Y1] [Y4] nobody but the facilitator, a number for a page, and two at a time")
    func limits() async throws {
        let running = try await Running.start()
        let workshop = try await running.create()
        let path = "/api/workshops/\(workshop["workshop"]?.string ?? "")/replay"
        let links = workshop["links"]
        for secret in [
            links?["helper"]?.string ?? "", links?["observer"]?.string ?? "", running.startSecret, "",
        ] {
            #expect(try await running.ask(.get, path, secret: secret).status == 401)
        }
        let link = links?["facilitator"]?.string ?? ""
        #expect(try await running.ask(.get, "/api/workshops/nowhere/replay", secret: link).status == 401)
        #expect(try await running.ask(.post, path, secret: link).status == 405)
        for query in ["?after=-1", "?after=x", "?after=", "?after=99999999999999999999"] {
            #expect(try await running.ask(.get, path + query, secret: link).status == 400, "\(query)")
        }
        let places = running.server.shared.replaysAtOnce
        #expect(places.limit == 2)
        #expect(places.take() && places.take())
        #expect(try await running.ask(.get, path, secret: link).status == 429)
        places.leave()
        #expect(try await running.ask(.get, path, secret: link).status == 200)
        places.leave()
        await running.server.stop()
    }
}

import Deflate
import Digests
import Foundation
import Testing
import WebCodec
import Wire

@testable import Server

/// The archive package, asked for over HTTP and opened with other people's programs.
@Suite("The archive package over real sockets", .timeLimit(.minutes(2)))
struct ArchiveServerTests {
    static let names = [
        "README.txt", "report.html", "notes.csv", "votes.csv", "results.json", "results.md",
        "moderation.csv", "audit.jsonl", "template.json", "manifest.json", "SHA256SUMS",
    ]

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("archive-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test("[Z1] [Z2] everything is in it, its checksums hold, and the same state gives the same bytes")
    func whole() async throws {
        let running = try await Running.start()
        let workshop = try await running.create()
        let id = workshop["workshop"]?.string ?? ""
        let link = workshop["links"]?["facilitator"]?.string ?? ""
        let facilitator = try await Phone(running, "\"workshop\":\"\(id)\",\"link\":\"\(link)\"")
        try await facilitator.until { $0.channels["door"] != nil }
        let kari = try await Phone(
            running, "\"code\":\"\(workshop["code"]?.string ?? "")\",\"name\":\"Kari Nordmann\"")
        try await kari.until { $0.channels["room"]?["phase"] != nil }
        #expect(try await kari.act("note.add", "\"text\":\"Flere benker langs elva – æøå\"") == "ack")
        #expect(try await kari.act("note.add", "\"text\":\"Ta den bort\"") == "ack")
        let redact = "\"note\":\"n2\",\"reason\":\"personal\""
        #expect(try await facilitator.act("note.redact", redact) == "ack")

        let path = "/api/workshops/\(id)/archive.zip"
        let answer = try await running.ask(.get, path, secret: facilitator.secret)
        #expect(answer.status == 200)
        #expect(try await running.ask(.get, path, secret: link).body == answer.body)

        let files = try Unzipped(answer.body)
        #expect(files.files.map(\.name) == Self.names)
        func text(_ name: String) -> String { String(decoding: files[name] ?? [], as: UTF8.self) }
        for (inside, outside) in [
            ("report.html", "results.html"), ("notes.csv", "results.csv"), ("votes.csv", "votes.csv"),
            ("results.json", "results.json"), ("results.md", "results.md"),
            ("moderation.csv", "moderation.csv"), ("audit.jsonl", "audit.jsonl"),
            ("template.json", "template.json"),
        ] {
            let document = try await running.ask(.get, "/api/workshops/\(id)/\(outside)", secret: link)
            #expect(document.body == files[inside], "\(inside)")
        }
        for name in ["report.html", "notes.csv", "results.json", "results.md"] {
            #expect(text(name).contains("Flere benker langs elva – æøå"), "\(name)")
        }
        #expect(text("README.txt").hasPrefix("Sentrum\r\n\r\nDette er alt som tas vare på fra en samling"))
        #expect(!text("README.txt").contains("readme."))

        // What is nobody's to pass on: a name, what was taken off, what opens something.
        let all = files.files.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        for secret in ["Kari Nordmann", "Ta den bort", link, kari.secret, facilitator.secret, "127.0.0.1"] {
            #expect(!all.contains(secret), "\(secret)")
        }

        let manifest = try JSONReader.read(files["manifest.json"] ?? [], limits: .trusted)
        #expect(manifest["title"]?.string == "Sentrum" && manifest["package"]?.string == "workshop")
        #expect(manifest["software"]?["version"]?.string == Software.version)
        let lines = manifest["files"]?.array ?? []
        #expect(lines.compactMap { $0["name"]?.string } == Array(Self.names.dropLast(2)))
        for line in lines {
            let bytes = try #require(files[line["name"]?.string ?? ""])
            #expect(line["bytes"]?.int == Int64(bytes.count))
            #expect(line["sha256"]?.string == Hex.encode(SHA256.hash(bytes)))
        }
        await running.server.stop()
    }

    @Test(
        "[Z2] unzip, Python and sha256sum take it as it is",
        .enabled(if: Tool.exists("unzip") && Tool.exists("python3")))
    func otherPrograms() async throws {
        let running = try await Running.start()
        let workshop = try await running.create()
        let link = workshop["links"]?["facilitator"]?.string ?? ""
        let answer = try await running.ask(
            .get, "/api/workshops/\(workshop["workshop"]?.string ?? "")/archive.zip", secret: link)
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(answer.body).write(to: folder.appendingPathComponent("archive.zip"))

        let test = try Tool.run("unzip", ["-t", "archive.zip"], in: folder)
        #expect(test.status == 0 && test.output.contains("No errors detected"), "\(test.output)")
        let python = try Tool.run(
            "python3",
            [
                "-c",
                "import zipfile; z = zipfile.ZipFile('archive.zip'); assert z.testzip() is None; print('\\n'.join(z.namelist()))",
            ], in: folder)
        #expect(python.status == 0, "\(python.output)")
        #expect(python.output.split(separator: "\n").map(String.init) == Self.names)
        #expect(try Tool.run("unzip", ["-q", "archive.zip"], in: folder).status == 0)
        let sums = try Tool.run("sha256sum", ["-c", "--strict", "SHA256SUMS"], in: folder)
        #expect(sums.status == 0, "\(sums.output)")
        #expect(sums.output.split(separator: "\n").count == Self.names.count - 1)

        // A changed file is found.
        try Data("changed".utf8).write(to: folder.appendingPathComponent("results.md"))
        #expect(try Tool.run("sha256sum", ["-c", "--status", "SHA256SUMS"], in: folder).status != 0)
        await running.server.stop()
    }

    @Test("[Z1] a process with the documents of its sessions, each in a folder of its own")
    func process() async throws {
        let running = try await Running.start()
        let steps = try await Steps(running)
        let session = try await steps.session(2, "r1").session
        let kari = try await steps.participant(of: session)
        #expect(try await kari.act("note.add", "\"text\":\"Flere benker langs elva\"") == "ack")
        try await steps.act(
            "item.add",
            "\"kind\":\"need\",\"step\":2,\"text\":\"Hvile på veien\",\"from\":[{\"session\":\"s1\",\"note\":\"n1\"}]"
        )

        let path = "/api/workshops/\(steps.id)/archive.zip"
        let answer = try await running.ask(.get, path, secret: steps.link)
        #expect(answer.status == 200)
        let files = try Unzipped(answer.body)
        #expect(
            files.files.map(\.name) == [
                "README.txt", "report.html", "items.csv", "results.json", "results.md", "audit.jsonl",
            ]
                + Self.names.filter { !["README.txt", "manifest.json", "SHA256SUMS"].contains($0) }.map {
                    "sessions/s1/\($0)"
                }
                + ["manifest.json", "SHA256SUMS"])
        func text(_ name: String) -> String { String(decoding: files[name] ?? [], as: UTF8.self) }
        #expect(text("items.csv").contains("Hvile på veien"))
        #expect(text("sessions/s1/notes.csv").contains("Flere benker langs elva"))
        #expect(text("README.txt").contains("sessions/s1/\r\n      Steg 2"))
        let manifest = try JSONReader.read(files["manifest.json"] ?? [], limits: .trusted)
        #expect(manifest["package"]?.string == "process")
        #expect(manifest["files"]?.array?.count == files.files.count - 2)
        // A participant of a session is nobody here.
        #expect(try await running.ask(.get, path, secret: kari.secret).status == 401)
        await running.server.stop()
    }

    @Test("[Z1] [Z3] nobody but the facilitator, and two at a time")
    func limits() async throws {
        let running = try await Running.start()
        let workshop = try await running.create()
        let path = "/api/workshops/\(workshop["workshop"]?.string ?? "")/archive.zip"
        let links = workshop["links"]
        for secret in [
            links?["helper"]?.string ?? "", links?["screen"]?.string ?? "", running.startSecret, "",
        ] {
            #expect(try await running.ask(.get, path, secret: secret).status == 401)
        }
        let link = links?["facilitator"]?.string ?? ""
        #expect(try await running.ask(.get, "/api/workshops/nowhere/archive.zip", secret: link).status == 401)
        #expect(try await running.ask(.post, path, secret: link).status == 405)
        let places = running.server.shared.archivesAtOnce
        #expect(places.limit == 2)
        #expect(places.take() && places.take())
        let busy = try await running.ask(.get, path, secret: link)
        #expect(busy.status == 429)
        places.leave()
        #expect(try await running.ask(.get, path, secret: link).status == 200)
        places.leave()
        await running.server.stop()
    }
}

import Digests
import Foundation
import Journal
import JournalSQLite
import Server
import Testing
import WebCodec
import Wire

/// Once a round is closed, nothing that the server stores, sends or answers joins a vote to a person (rule E4).
@Suite("No trace of a ballot", .timeLimit(.minutes(2)))
struct BallotTraceTests {
    /// What a ballot looks like wherever one could be: its cell's key, the cell's value, the event, the entry.
    private let marks = ["ballot/r1/", "\"n7\":1", "ballotSet", "\"votes\":{\"n", "castVote", "vote.cast"]

    @Test(
        "[E4] not in database, log, snapshot, backup, exports, answers or frames; before that only in its cell"
    )
    func closed() async throws {
        let traces = Traces()
        defer { traces.remove() }
        let journal = try SQLiteJournal(folder: traces.folder)
        let running = try await Running.start(journal)
        let workshop = try await running.create()
        let (id, code) = (workshop["workshop"]?.string ?? "", workshop["code"]?.string ?? "")
        let link = workshop["links"]?["facilitator"]?.string ?? ""
        let console = try await Phone(running, "\"workshop\":\"\(id)\",\"link\":\"\(link)\"")
        try await console.until { $0.channels["door"] != nil }
        var voters: [Phone] = []
        for number in 1...10 {
            let voter = try await Phone(running, "\"code\":\"\(code)\",\"name\":\"Velger\(number)\"")
            try await voter.until { $0.channels["own"] != nil }
            #expect(try await voter.act("note.add", "\"text\":\"Utsagn \(number)\"") == "ack")
            voters.append(voter)
        }
        #expect(try await console.act("phase.open", "\"phase\":\"f2\"") == "ack")
        #expect(
            try await console.act(
                "round.open", "\"title\":\"Enig?\",\"vote\":{\"kind\":\"stance\",\"targets\":\"notes\"}")
                == "ack")
        for voter in voters {
            for note in 1...10 {
                let members = "\"round\":\"r1\",\"target\":\"n\(note)\",\"value\":1"
                #expect(try await voter.act("vote.cast", members) == "ack")
            }
        }
        #expect(try !traces.found(["ballot/r1/p3", "\"n7\":1"]).isEmpty)

        // A snapshot that takes the log's place while the round is open holds no ballot; the cells still do.
        #expect(try await console.act("note.erase", "\"note\":\"n10\"") == "ack")
        let compacted = try await journal.load(id)
        let snapshot = String(decoding: try #require(compacted.snapshot).bytes, as: UTF8.self)
        for mark in marks { #expect(!snapshot.contains(mark), "\(mark)") }
        #expect(compacted.cells.count == 10)
        let me = "/api/workshops/\(id)/me"
        let open = try await running.ask(.get, me, secret: voters[2].secret)
        #expect(String(decoding: open.body, as: UTF8.self).contains("\"votes\":{\"n1\":1"))

        // One of the voters goes in the middle: so does the vote.
        #expect(try await running.ask(.delete, me, secret: voters[9].secret).status == 200)
        #expect(try traces.found(["ballot/r1/p11"]) == [])
        try await console.until { $0.channels["room"]?["round/r1"]?["voters"]?.int == 9 }

        let begun = voters.map(\.messages.count)
        let consoleBegun = console.messages.count
        #expect(try await console.act("round.close", "\"round\":\"r1\"") == "ack")
        #expect(try traces.found(marks) == [])
        try await journal.backup(to: traces.folder + "/backup.sqlite")
        #expect(try traces.found(marks) == [])

        #expect(try await console.act("round.reveal", "\"round\":\"r1\"") == "ack")
        var answers = ""
        for name in ["results.html", "results.csv", "votes.csv", "results.json", "results.md"] {
            let answer = try await running.ask(.get, "/api/workshops/\(id)/\(name)", secret: link)
            #expect(answer.status == 200)
            answers += String(decoding: answer.body, as: UTF8.self)
        }
        let archive = try await running.ask(.get, "/api/workshops/\(id)/archive.zip", secret: link)
        answers += try Unzipped(archive.body).files.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        for voter in voters.dropLast() {
            let answer = try await running.ask(.get, me, secret: voter.secret)
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(text.contains("\"votes\":[]"))
            answers += text
        }
        answers += String(
            decoding: try await running.ask(.get, "/api/doors/\(code)", secret: "").body, as: UTF8.self)
        for mark in marks { #expect(!answers.contains(mark), "\(mark)") }

        // What came over the line since the close, to everybody: totals, and no vote of anybody's.
        for (index, voter) in voters.dropLast().enumerated() {
            try await voter.until { $0.channels["room"]?["round/r1"]?["state"]?.string == "revealed" }
            #expect(voter.channels["own"]?["round/r1"] == nil)
            let frames = voter.messages[begun[index]...].map { "\($0)" }.joined()
            #expect(!frames.contains("\"votes\""))
        }
        #expect(!console.messages[consoleBegun...].map { "\($0)" }.joined().contains("\"votes\""))

        // And to those who come afterwards, with nothing and with a secret that voted.
        let late = try await Phone(running, secret: voters[2].secret, "\"workshop\":\"\(id)\"")
        try await late.until { $0.channels["own"] != nil && $0.channels["room"] != nil }
        #expect(late.channels["own"]?["round/r1"] == nil)
        #expect(late.channels["room"]?["round/r1"]?["results"]?.array?.isEmpty == false)

        await running.server.stop()
        try await journal.close()
        #expect(try traces.found(marks) == [])
        let again = try SQLiteJournal(folder: traces.folder)
        #expect(try await again.load(id).cells == [])
        try await again.close()
        #expect(try traces.found(marks) == [])
    }
}

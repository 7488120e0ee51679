import Foundation
import Journal
import JournalSQLite
import Server
import Synchronization
import Testing
import WebCodec
import Wire

/// The clock that a test's server goes by.
private final class TestClock: Sendable {
    private let time = Mutex<Int64>(1_795_478_400_000)
    var now: Int64 { time.withLock { $0 } }
    func pass(days: Int64) { time.withLock { $0 += days * 86_400_000 } }
}

@Suite("A process and its sessions go on their date (Q10)", .timeLimit(.minutes(2)))
struct ProcessRetentionTests {
    private let clock = TestClock()

    private func stored(_ journal: SQLiteJournal) async throws -> Set<String> {
        Set(try await journal.streams(after: nil, limit: 100))
    }

    private func isGone(_ ids: [String], _ journal: SQLiteJournal) async throws -> Bool {
        for _ in 0..<100 {
            if try await stored(journal).isDisjoint(with: ids) { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    @Test(
        "[Q10] a session stays as long as its process, and goes with it; one with a date of its own goes on that"
    )
    func date() async throws {
        let traces = Traces()
        defer { traces.remove() }
        let journal = try SQLiteJournal(folder: traces.folder)
        let clock = clock
        let running = try await Running.start(journal) { options in
            options.clock = { clock.now }
            options.retentionSweepSeconds = 1
            options.keepDays = 30
        }
        let steps = try await Steps(running)
        let (kept, own) = (
            try await steps.session(2, "kept").session, try await steps.session(3, "own").session
        )
        let (first, second) = (try await steps.facilitator(of: kept), try await steps.facilitator(of: own))
        #expect(try await first.act("note.add", "\"text\":\"unik-prosess\"") == "ack")
        #expect(try await second.act("note.add", "\"text\":\"unik-egen\"") == "ack")
        #expect(first.channels["room"]?["retention"]?["withProcess"]?.bool == true)
        #expect(try await second.act("retention.set", "\"days\":20") == "ack")
        for phone in [first, second] { #expect(try await phone.act("workshop.end") == "ack") }
        clock.pass(days: 21)
        #expect(try await isGone([own["workshop"]?.string ?? ""], journal))
        #expect(try traces.found(["unik-egen"]) == [])
        try await steps.owner.until { $0.channels["room"]?["session/s2"]?["state"]?.string == "erased" }
        // The process is in use; its session's own date passes.
        try await steps.act("step.open", "\"step\":2")
        clock.pass(days: 20)
        try await Task.sleep(for: .milliseconds(2_500))
        #expect(try await stored(journal).contains(kept["workshop"]?.string ?? ""))
        #expect(try await steps.owner.act("workshop.end") == "ack")
        clock.pass(days: 31)
        #expect(try await isGone([steps.id, kept["workshop"]?.string ?? ""], journal))
        #expect(try traces.found(["unik-prosess"]) == [])
        #expect(try await steps.owner.untilClosed() == 4503)
        try await journal.verify()
        await running.server.stop()
        try await journal.close()
    }
}

import Testing

@testable import Demo

@Suite("Progress")
struct ProgressTests {
    @Test("in a file each tenth gives one line, however often it is told")
    func lines() {
        var written = ""
        var progress = Progress(style: .lines) { written += $0 }
        progress.begin("Notes", total: 40)
        for done in 0...40 { progress.update(done, now: Int64(done)) }
        #expect(written.split(separator: "\n").count == 10)
        #expect(written.hasPrefix("Notes        4/40\n"))
        #expect(written.hasSuffix("Notes        40/40\n"))
    }

    @Test("on a terminal one line is drawn anew at most ten times a second, and ended once when all is done")
    func bar() {
        var written = ""
        var progress = Progress(style: .bar) { written += $0 }
        progress.begin("Votes", total: 1000)
        for done in 1...1000 { progress.update(done, now: Int64(done)) }
        progress.update(1000, now: 2000)
        #expect(written.count { $0 == "\r" } == 11)
        #expect(written.count { $0 == "\n" } == 1)
    }
}

import Foundation
import Journal
import JournalSQLite
import TestKit
import Testing

/// Kills a process that writes, at moments nobody chose, and looks for everything that it had acknowledged.
///
/// This shows recovery after a crash of the process. It cannot show a missing sync, since the kernel keeps
/// what a dead process has written; `script/count-syncs` counts those.
@Suite("Kill", .timeLimit(.minutes(2)))
struct KillTests {
    /// The writer, beside the test bundle; nil if it was not built.
    static var writer: URL? {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<4 {
            let path = folder.appendingPathComponent("journal-writer")
            if FileManager.default.isExecutableFile(atPath: path.path) { return path }
            folder.deleteLastPathComponent()
        }
        return nil
    }

    @Test(
        "[1] nothing acknowledged is lost by kill -9",
        .enabled(if: writer != nil, "journal-writer is not built"))
    func kill9() async throws {
        let writer = try #require(Self.writer)
        try await withFolder { folder in
            var acknowledged: [String: [UInt64: String]] = [:]
            var random = SystemRandomNumberGenerator()
            for _ in 0..<6 {
                let process = Process()
                process.executableURL = writer
                process.arguments = [folder]
                let output = Pipe()
                process.standardOutput = output
                try process.run()
                let pid = process.processIdentifier
                let delay = UInt64.random(in: 50...400, using: &random)
                let killer = Task {
                    try await Task.sleep(for: .milliseconds(delay))
                    kill(pid, SIGKILL)
                }
                // Read while it runs, so that a full pipe does not stop it; ends when the process does.
                let text = String(decoding: output.fileHandleForReading.everything(), as: UTF8.self)
                process.waitUntilExit()
                try await killer.value
                #expect(process.terminationReason == .uncaughtSignal)
                for line in text.split(separator: "\n") {
                    let words = line.split(separator: " ").map(String.init)
                    guard words.count == 4, let sequence = UInt64(words[2]) else { continue }
                    acknowledged[words[1], default: [:]][sequence] = words[3]
                }
            }
            let journal = try SQLiteJournal(folder: folder)
            try await journal.verify()
            #expect(acknowledged.values.reduce(0) { $0 + $1.count } > 0)
            for (stream, acks) in acknowledged {
                let contents = try await journal.load(stream)
                #expect(contents.records.map(\.sequence) == Array(1...contents.head))
                for (sequence, text) in acks {
                    let record = contents.records.first { $0.sequence == sequence }
                    #expect(record?.bytes == bytes(text), "\(stream) \(sequence)")
                }
                #expect(
                    contents.cells.first?.value == contents.records.last?.bytes,
                    "the cell is of the same append")
            }
            try await journal.close()
        }
    }

    @Test(
        "[1] after a write that failed nothing is acknowledged any more, and what was is there",
        .enabled(if: writer != nil, "journal-writer is not built"))
    func failedWrite() async throws {
        let writer = try #require(Self.writer)
        try await withFolder { folder in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            // Beyond a file size of 2 MiB each write fails; a disk that is full would be reported otherwise.
            process.arguments = [
                "-c", "trap '' XFSZ; ulimit -f 4096; exec \"$0\" \"$1\" 1", writer.path, folder,
            ]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.everything(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 4)
            let lines = text.split(separator: "\n")
            #expect(lines.suffix(2) == ["refused stop", "refused stop"])
            let acknowledged = lines.count { $0.hasPrefix("ack ") }
            #expect(acknowledged > 0)
            let journal = try SQLiteJournal(folder: folder)
            try await journal.verify()
            let head = try await journal.load("w0").head
            // The last append's fate was unknown.
            #expect(head == UInt64(acknowledged) || head == UInt64(acknowledged) + 1)
            try await journal.close()
        }
    }
}

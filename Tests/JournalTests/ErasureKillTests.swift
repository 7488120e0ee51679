import Foundation
import Journal
import JournalSQLite
import TestKit
import Testing

/// Kills a process at each write, sync and truncation of an erasure in turn, and opens what it left.
@Suite("Kill while erasing", .timeLimit(.minutes(3)))
struct ErasureKillTests {
    static var hasTools: Bool {
        KillTests.writer != nil && FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")
    }

    /// A store in which stream `w` is to be erased from; it has a snapshot, cells, and neighbours in its part.
    private func prepare(_ folder: String) async throws {
        let journal = try SQLiteJournal(folder: folder)
        for stream in ["w", "x"] + (0..<63).map({ "f\($0)" }) + ["y"] {
            try await journal.create(Append(stream: stream, expected: 0), epoch: "e")
        }
        var heads: [String: UInt64] = [:]
        for turn in 0..<40 {
            for stream in ["w", "x", "y"] {
                let record =
                    bytes("MARK-\(stream)-\(turn)-") + [UInt8](repeating: 0x79, count: 40 * (turn % 20))
                heads[stream] = try await journal.append(
                    Append(
                        stream: stream, expected: heads[stream, default: 0], records: [record],
                        cells: [.put(key: "MARK-\(stream)-\(turn)", value: record)]))
            }
        }
        let state = bytes("MARK-w-") + [UInt8](repeating: 0x7A, count: 5_000)
        try await journal.saveSnapshot(Snapshot(sequence: 30, format: 1, bytes: state), of: "w")
        try await journal.close()
    }

    @Test(
        "[2, 4] killed at any write or sync, an erasure has either not begun or is complete",
        .enabled(if: hasTools, "journal-writer or strace is missing"), arguments: ["compact", "erase"])
    func eachPoint(act: String) async throws {
        let writer = try #require(KillTests.writer)
        try await withFolder { template in
            try await prepare(template)
            let before = try await contents(of: template)
            var (unbegun, complete) = (0, 0)
            for point in 1... {
                try #require(point < 1_000)
                let folder = template + "-\(point)"
                defer { try? FileManager.default.removeItem(atPath: folder) }
                try FileManager.default.copyItem(atPath: template, toPath: folder)
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/strace")
                let calls = "pwrite64,fdatasync,fsync,ftruncate"
                process.arguments = [
                    "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(calls)", "-e",
                    "inject=\(calls):signal=SIGKILL:when=\(point)", writer.path, folder, act,
                ]
                let output = Pipe()
                process.standardOutput = output
                try process.run()
                let text = String(decoding: output.fileHandleForReading.everything(), as: UTF8.self)
                process.waitUntilExit()
                let isDone = text == "done\n"
                // What was told to be done is gone before anybody opens the files.
                if isDone { #expect(try occurrences(of: "MARK-w-", in: folder) == 0, "point \(point)") }
                let after = try await contents(of: folder)
                #expect(after.filter { $0.stream != "w" } == before.filter { $0.stream != "w" })
                let now = after.first { $0.stream == "w" }
                if now == before.first(where: { $0.stream == "w" }) {
                    #expect(!isDone, "point \(point)")
                    unbegun += 1
                } else {
                    complete += 1
                    #expect(try occurrences(of: "MARK-w-", in: folder) == 0, "point \(point)")
                    if act == "compact" {
                        #expect(now?.snapshot?.bytes == bytes("without"))
                        #expect(now?.head == 41)
                        #expect(now?.records == [])
                        #expect(now?.cells == [])
                    } else {
                        #expect(now == nil)
                    }
                }
                if isDone { break }
            }
            print("\(act): \(unbegun) kills before, \(complete) after the erasure stood")
            #expect(unbegun > 5)
            #expect(complete > 5)
        }
    }

    /// Opens a folder, as the next process does, checks it, and reads the streams that matter.
    private func contents(of folder: String) async throws -> [StreamContents] {
        let journal = try SQLiteJournal(folder: folder)
        try await journal.verify()
        var contents: [StreamContents] = []
        for stream in ["w", "x", "y"] {
            do throws(JournalError) { contents.append(try await journal.load(stream)) } catch {
                guard error == .unknownStream else { throw error }
            }
        }
        try await journal.close()
        return contents
    }
}

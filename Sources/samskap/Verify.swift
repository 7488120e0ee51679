import ArgumentParser
import Foundation
import Journal
import JournalSQLite

/// `samskap verify`.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read everything that is stored against its check values, and tell what is wrong.",
        discussion: """
            Each record's check value covers the one before it, so a changed, lost, doubled or moved record shows. The
            server must not be running on the folder; to check a running one's, verify a copy. Ends with 0 if
            everything is right and with 1 if not.

              samskap verify --data ./data
            """)

    @Option(help: "The folder of the database. (default: ./data)")
    var data: String?
    @Flag(help: "Tell of every workshop, not only of those with damage.")
    var all = false

    func run() async throws {
        let folder = Setting.text(data, "DATA") ?? "./data"
        guard FileManager.default.fileExists(atPath: folder + "/samskap.sqlite") else {
            throw Missing(folder: folder)
        }
        let journal = try SQLiteJournal(folder: folder)
        var (workshops, records, damaged) = (0, 0, 0)
        var told = ContinuousClock.now
        var storeDamage: String?
        do throws(JournalError) {
            try await journal.verify { verdict in
                workshops += 1
                records += verdict.records
                let count = "\(verdict.records) records"
                if let reason = verdict.damage {
                    damaged += 1
                    print("Workshop \(verdict.stream): DAMAGED after \(count) that are right: \(reason)")
                } else if all {
                    print("Workshop \(verdict.stream): right, \(count)")
                }
                if told.duration(to: .now) > .seconds(2) {
                    told = .now
                    let line = "… \(workshops) workshops, \(records) records\n"
                    FileHandle.standardError.write(Data(line.utf8))
                }
            }
        } catch {
            guard case .damaged(let stream, let reason) = error else { throw error }
            storeDamage = stream.map { "workshop \($0): \(reason)" } ?? reason
        }
        if let storeDamage { print("The store itself: DAMAGED: \(storeDamage)") }
        print("\(workshops) workshops and \(records) records read; \(damaged) workshops damaged")
        try await journal.close()
        if damaged > 0 || storeDamage != nil { throw ExitCode.failure }
    }

    /// There is nothing to verify.
    private struct Missing: Error, CustomStringConvertible {
        var folder: String
        var description: String { "there is no database in \(folder)" }
    }
}

import ArgumentParser
import Foundation
import Journal
import JournalSQLite

/// `samskap backup`.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy everything that is stored into a new folder, also while the server runs.",
        discussion: """
            The copy holds everything that was acknowledged before this command began. It is a data folder itself: check it with
            `samskap verify`, and to restore it put it in the place of the server's. Run it as the user that the server runs as;
            the server writes the copy. Ends with 0 when the copy is complete and synced; otherwise nothing of it is left.

              samskap backup --data ./data ./backup-monday
            """)

    @Option(help: "The data folder of the server. (default: ./data)")
    var data: String?
    @Argument(help: "The folder to make; it must not exist.")
    var target: String

    func run() async throws {
        let folder = Setting.text(data, "DATA") ?? "./data"
        guard FileManager.default.fileExists(atPath: folder + "/samskap.sqlite") else {
            throw Failure(description: "there is no database in \(folder)")
        }
        let path = URL(fileURLWithPath: target).path
        guard mkdir(path, 0o700) == 0 else {
            throw Failure(description: "\(target) cannot be made: \(String(cString: strerror(errno)))")
        }
        do {
            try await copyDatabase(of: folder, to: path + "/samskap.sqlite")
            try StartSecret.copy(from: folder, to: path)
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
        let size =
            try FileManager.default.attributesOfItem(atPath: path + "/samskap.sqlite")[.size] as? Int ?? 0
        print("Backed up to \(path): \(size) bytes. To check it: samskap verify --data \(path)")
    }

    /// Copies it here if no server has the folder; otherwise has the server do it.
    private func copyDatabase(of folder: String, to path: String) async throws {
        let journal: SQLiteJournal
        do throws(SQLiteJournal.OpenError) { journal = try SQLiteJournal(folder: folder) } catch {
            guard case .inUse = error else { throw error }
            return try ask(folder, for: path)
        }
        try await journal.backup(to: path)
        try await journal.close()
    }

    private func ask(_ folder: String, for path: String) throws {
        let door: LocalSocket
        do { door = try LocalSocket.connect(in: folder, named: BackupDoor.name) } catch {
            throw Failure(
                description:
                    "the process that has \(folder) takes no request for a backup: \(error.localizedDescription)"
            )
        }
        door.writeLine("backup \(path)")
        let answer = door.readLine(waitingSeconds: 0) ?? ""
        guard answer == "done" else {
            throw Failure(
                description: answer.isEmpty
                    ? "the server ended before it was done" : "the server says: \(answer)")
        }
    }

    /// Why there is no backup.
    private struct Failure: Error, CustomStringConvertible {
        var description: String
    }
}

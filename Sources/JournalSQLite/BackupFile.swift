import Foundation
import GRDB

/// A database file that gets its name only when it is whole and synced.
struct BackupFile {
    let path: String

    /// Lets `fill` write to the new file; removes it if that fails.
    func write(_ fill: (Database) throws -> Void) throws {
        let draft = path + ".part"
        unlink(draft)
        let file = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SQLiteJournal.OpenError.folder(path: draft, reason: systemError()) }
        defer { close(file) }
        do {
            var configuration = Configuration()
            configuration.prepareDatabase { db in
                // The draft is thrown away if this fails half-way, so it needs no journal and one sync at the
                // end.
                try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            }
            let target = try DatabaseQueue(path: draft, configuration: configuration)
            try target.writeWithoutTransaction(fill)
            try target.close()
            guard fsync(file) == 0, rename(draft, path) == 0 else {
                throw SQLiteJournal.OpenError.folder(path: path, reason: systemError())
            }
            let folder = (path as NSString).deletingLastPathComponent
            try DataFolder.sync(folder: folder.isEmpty ? "." : folder)
        } catch {
            unlink(draft)
            throw error
        }
    }
}

import Foundation

/// The folder that holds the database, kept by one process at a time.
final class DataFolder: Sendable {
    /// The database's path.
    let database: String
    /// Open as long as the folder is kept: the kernel drops the lock when the process ends, however it ends.
    private let lock: Int32

    /// Makes the folder if needed (mode 0700) and takes its lock; waits for it for so many seconds.
    init(path: String, patience: Double = 0) throws(SQLiteJournal.OpenError) {
        if mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw .folder(path: path, reason: systemError())
        }
        database = path + "/samskap.sqlite"
        lock = open(path + "/samskap.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .folder(path: path, reason: systemError()) }
        guard Self.locks(lock, until: Date(timeIntervalSinceNow: patience)) else {
            let reason = errno == EWOULDBLOCK ? nil : systemError()
            close(lock)
            guard let reason else { throw .inUse(path: path) }
            throw .folder(path: path, reason: reason)
        }
        do throws(SQLiteJournal.OpenError) {
            // SQLite gives its other files the mode of this one.
            let file = open(database, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw .folder(path: path, reason: systemError()) }
            defer { close(file) }
            guard fchmod(file, 0o600) == 0 else {
                throw .folder(path: path, reason: systemError())
            }
            try Self.sync(folder: path)
        } catch {
            close(lock)
            throw error
        }
    }

    /// Polls, since a wait within `flock` has no limit. In a hand-over the phones are waiting too, so it looks often: each 2 ms.
    private static func locks(_ lock: Int32, until deadline: Date) -> Bool {
        while flock(lock, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK, Date() < deadline else { return false }
            usleep(2_000)
        }
        return true
    }

    /// Gives the folder back; called once.
    func unlock() { close(lock) }

    /// Makes new names in a folder durable.
    static func sync(folder: String) throws(SQLiteJournal.OpenError) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .folder(path: folder, reason: systemError()) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .folder(path: folder, reason: systemError()) }
    }
}

/// The words for `errno`.
func systemError() -> String { String(cString: strerror(errno)) }

extension SQLiteJournal {
    /// Why the journal cannot be opened.
    public enum OpenError: Error, Hashable, Sendable, CustomStringConvertible {
        /// Another process, or another journal of this one, has the folder.
        case inUse(path: String)
        /// The folder or a file in it cannot be made, opened or synced.
        case folder(path: String, reason: String)
        /// A newer version of the program has written the database.
        case newer
        /// SQLite did not take a setting that the promises rest on.
        case setting(name: String, value: String)
        /// The database cannot be read or brought up to date.
        case database(reason: String)
        /// The write-ahead log that a crash left was damaged afterwards; nothing has been changed.
        case log(reason: String)

        /// One sentence for the operator, with the path where that helps.
        public var description: String {
            switch self {
            case .inUse(let path): "the data folder \(path) is in use by another process"
            case .folder(let path, let reason): "the data folder \(path) cannot be used: \(reason)"
            case .newer: "the database was written by a newer version of this program"
            case .setting(let name, let value): "SQLite refuses a safe setting: \(name) is \(value)"
            case .database(let reason): "the database cannot be opened: \(reason)"
            case .log(let reason):
                "the write-ahead log samskap.sqlite-wal is damaged: \(reason). Nothing has been changed; restore a backup"
            }
        }
    }
}

internal import CLinux
import Foundation
import GRDB
public import Journal
import Synchronization

/// The journal in one SQLite file, `samskap.sqlite`, in a data folder that one process holds at a time.
///
/// **Group commit.** Whatever waits when the writer is free goes into one transaction and one sync. There is
/// one connection, used on its own queue, in SQLite's exclusive locking mode: no reader can hold back the
/// checkpoint that an erasure needs, no other program can look in or write, and there is no shared-memory
/// file. Reads take their turn between two commits and are cut into pages, so a commit waits for a page at
/// most.
///
/// **Durable** means write-ahead log with `synchronous=FULL`: one sync of the log a commit. The log is
/// carried over into the database file after the answers have gone out.
///
/// **Erased** means: the rows are deleted with `secure_delete`, the tables they were in are rewritten (see
/// `Schema`), and the write-ahead log is carried over and cut to nothing, before the call returns. What a
/// file system or a disk keeps of blocks that were overwritten is beyond a program's reach. Ids of erased
/// streams and freed directory keys may linger in unused bytes; they are random and lead nowhere.
public final class SQLiteJournal: Journal {
    /// The most records that share one transaction, so that no call waits for a very long one.
    private static let recordsPerCommit = 10_000

    private let folder: DataFolder
    private let queue: DatabaseQueue
    private let door = Mutex(Door())
    /// Unsafe, because the compiler cannot see that it is touched on the database's queue only, like the connection itself.
    private nonisolated(unsafe) let ledger = Ledger()
    /// Unsafe, because the compiler cannot see that it is touched on the database's queue only.
    private nonisolated(unsafe) let upkeep = Upkeep()
    /// After so long without a commit, SQLite's page cache is given back; 2 s.
    private static let restSeconds = 2.0

    /// What waits for the writer.
    private struct Door {
        var waiting: [Work] = []
        var isScheduled = false
        /// Set once: every later call gets it.
        var refusal: JournalError?
    }

    private enum Work: Sendable {
        case append(Append, epoch: String?, completion: @Sendable (Result<UInt64, JournalError>) -> Void)
        /// Anything else; gets nil if it may run, or the error that it answers.
        case job(@Sendable (Database, JournalError?) -> Void)
    }

    // MARK: Opening and closing

    /// Opens the data folder, and makes it if needed. Blocks for the disk; a log left by a crash is recovered
    /// first.
    ///
    /// - Parameters:
    ///   - path: The data folder; the one above it must exist.
    ///   - pageLimit: The most pages of 4 KiB that the file may grow to, beyond which calls answer
    ///     ``JournalError/full(reason:)``; nil for no limit but the disk's.
    ///   - patience: How long to wait for a process that has the folder and is about to give it back, in seconds.
    /// - Throws: ``OpenError``.
    public init(folder path: String, pageLimit: Int? = nil, patience: Double = 0) throws(OpenError) {
        let folder = try DataFolder(path: path, patience: patience)
        do {
            // Before SQLite looks: it would drop what comes after the damage.
            if let reason = try WriteAheadLog.damage(at: folder.database + "-wal") {
                throw OpenError.log(reason: reason)
            }
            queue = try DatabaseQueue(path: folder.database, configuration: Self.configuration(pageLimit))
            let migrator = Schema.migrator
            try queue.writeWithoutTransaction { db in
                try Self.checkSettings(db)
                if try migrator.hasBeenSuperseded(db) { throw OpenError.newer }
            }
            try migrator.migrate(queue)
            // A process that died between an erasure and its wiping has left that to us; a full disk leaves
            // it to the next erasure.
            try queue.writeWithoutTransaction { db in
                do { try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") } catch let error as DatabaseError
                    where error.resultCode == .SQLITE_FULL
                {}
            }
            try DataFolder.sync(folder: path)
        } catch let error as OpenError {
            folder.unlock()
            throw error
        } catch {
            folder.unlock()
            throw .database(reason: "\(error)")
        }
        self.folder = folder
    }

    private static func configuration(_ pageLimit: Int?) -> Configuration {
        var configuration = Configuration()
        configuration.label = "samskap.journal"
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            // Exclusive comes first: then the log's index lies in memory, and no other process gets in.
            try db.execute(
                sql: """
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = FULL;
                    PRAGMA fullfsync = ON;
                    PRAGMA checkpoint_fullfsync = ON;
                    PRAGMA secure_delete = ON;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cell_size_check = ON;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA cache_size = -32768;
                    """)
            if let pageLimit { try db.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
        }
        return configuration
    }

    /// Reads back what the promises rest on; SQLite ignores a setting that it does not know without a word.
    private static func checkSettings(_ db: Database) throws {
        let wanted = [
            ("journal_mode", "wal"), ("synchronous", "2"), ("secure_delete", "1"), ("foreign_keys", "1"),
            ("locking_mode", "exclusive"), ("temp_store", "2"),
        ]
        for (name, value) in wanted {
            let found = try String.fetchOne(db, sql: "PRAGMA \(name)") ?? "nothing"
            guard found == value else { throw OpenError.setting(name: name, value: found) }
        }
    }

    /// Answers what waits, refuses what comes later, empties the write-ahead log and gives the data folder
    /// back.
    public func close() async throws(JournalError) {
        do throws(JournalError) {
            try await run { db, _ in
                self.door.withLock { $0.refusal = .closed }
                try self.carryOver(db, "TRUNCATE")
            }
        } catch {
            if error == .closed { return }
            // After a failed sync the files are left as they are for the next process. SQLite would sync once more when the
            // connection goes, and be told that all is well: so it never goes, until the process does.
            _ = Unmanaged.passRetained(queue)
            throw error
        }
        // The log is empty, so nothing hangs on what SQLite still does with it.
        try? queue.close()
        folder.unlock()
    }

    // MARK: The door

    /// Stores one append; see ``Journal/append(_:completion:)`` for what it promises.
    public func append(
        _ append: Append, completion: @escaping @Sendable (Result<UInt64, JournalError>) -> Void
    ) {
        do throws(JournalError) {
            try JournalLimits.check(append)
        } catch {
            return completion(.failure(error))
        }
        enter(.append(append, epoch: nil, completion: completion))
    }

    /// Makes a stream and stores its first append, both or neither.
    @discardableResult
    public func create(_ first: Append, epoch: String) async throws(JournalError) -> UInt64 {
        try JournalLimits.check(first)
        try JournalLimits.check(epoch: epoch)
        let result: Result<UInt64, JournalError> = await withCheckedContinuation { continuation in
            enter(.append(first, epoch: epoch) { continuation.resume(returning: $0) })
        }
        return try result.get()
    }

    /// Puts work in line; wakes the writer unless it is awake.
    private func enter(_ work: Work) {
        let mustSchedule = door.withLock { door in
            door.waiting.append(work)
            defer { door.isScheduled = true }
            return !door.isScheduled
        }
        if mustSchedule { schedule() }
    }

    private func schedule() {
        queue.asyncWriteWithoutTransaction { db in
            self.serve(db)
            let isDone = self.door.withLock { door in
                door.isScheduled = !door.waiting.isEmpty
                return !door.isScheduled
            }
            if !isDone { self.schedule() }
        }
    }

    /// Does what waits now, in the order it came; neighbouring appends share a transaction.
    ///
    /// What comes meanwhile waits for the next call, so that a caller who has other things to do gets to
    /// them.
    private func serve(_ db: Database) {
        var remaining = door.withLock { $0.waiting.count }
        while remaining > 0 {
            let batch = next(atMost: remaining)
            remaining -= batch.count
            switch batch.first {
            case .append: commit(batch, db)
            case .job(let job): job(db, refusal)
            case nil: return
            }
        }
        restWhenQuiet()
        guard refusal == nil, upkeep.isCarryOverDue else { return }
        // The answers are out, so nobody waits for this. Without room the log just grows on; a failed sync is
        // final.
        do { try carryOver(db, "PASSIVE") } catch { note(error) }
    }

    /// Gives back what SQLite keeps of pages written, once nothing has been written for a while: an evening's workshops
    /// fill the cache, and nobody reads those pages again.
    private func restWhenQuiet() {
        guard refusal == nil, upkeep.mustLookForRest() else { return }
        let seen = upkeep.commitCount
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + Self.restSeconds) { [weak self] in
            guard let self else { return }
            self.enter(.job { db, refusal in self.rest(db, unlessMoreThan: seen, refusal) })
        }
    }

    private func rest(_ db: Database, unlessMoreThan seen: Int, _ refusal: JournalError?) {
        guard upkeep.rest(unlessMoreThan: seen), refusal == nil else { return }
        db.releaseMemory()
        // What is freed page by page leaves holes that the allocator would keep.
        clinux_return_free_memory()
    }

    /// Takes the appends at the head of the line, or one job; at once, since a job may serve what comes after
    /// it.
    private func next(atMost limit: Int) -> [Work] {
        door.withLock { door in
            var recordCount = 0
            var count = 0
            for work in door.waiting.prefix(limit) {
                guard case .append(let append, _, _) = work, recordCount < Self.recordsPerCommit else {
                    break
                }
                recordCount += append.records.count
                count += 1
            }
            count = max(count, min(1, door.waiting.count))
            let batch = Array(door.waiting.prefix(count))
            door.waiting.removeFirst(count)
            return batch
        }
    }

    private var refusal: JournalError? { door.withLock { $0.refusal } }

    /// Remembers an error after which nothing can be trusted.
    private func note(_ error: any Error) {
        let error = JournalError(error)
        if case .failed = error { door.withLock { $0.refusal = $0.refusal ?? error } }
    }

    // MARK: Writing

    /// One transaction and one sync for many appends; their answers go out after it.
    private func commit(_ batch: [Work], _ db: Database) {
        var answers: [Result<UInt64, JournalError>] = []
        answers.reserveCapacity(batch.count)
        do {
            if let refusal { throw refusal }
            upkeep.beganCommit()
            try transaction(db) {
                for case .append(let append, let epoch, _) in batch {
                    do {
                        let head =
                            if let epoch { try ledger.create(append, epoch: epoch, db) } else {
                                try ledger.append(append, db)
                            }
                        answers.append(.success(head))
                        for record in append.records { upkeep.wrote(record.count + 64) }
                        upkeep.wrote(8_192)
                    } catch let error as JournalError {
                        answers.append(.failure(error))
                    }
                }
            }
        } catch {
            answers = Array(repeating: .failure(JournalError(error)), count: batch.count)
        }
        for (work, answer) in zip(batch, answers) {
            if case .append(_, _, let completion) = work { completion(answer) }
        }
    }

    /// Runs changes of the ledger in a transaction, and leaves no trace of what they erased.
    private func transaction(_ db: Database, _ changes: () throws -> Void) throws {
        var erased = false
        do {
            // Prepared once; GRDB's own transactions are compiled anew each time.
            try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
            try changes()
            erased = try ledger.flush(db)
            try db.cachedStatement(sql: "COMMIT").execute()
        } catch {
            // SQLite has rolled back by itself after some errors; after one of the disk it may be unable to.
            if db.isInsideTransaction { try? db.rollback() }
            ledger.forget()
            note(error)
            throw error
        }
        if erased { try wipe(db) }
    }

    /// Empties the write-ahead log.
    ///
    /// The commit before it stands, so a disk that is full at this moment is waited for a while; then the
    /// outcome is called unknown, and the next process wipes when it opens.
    private func wipe(_ db: Database) throws {
        for _ in 0..<20 {
            do {
                return try carryOver(db, "TRUNCATE")
            } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
                Thread.sleep(forTimeInterval: 0.25)
            } catch {
                note(error)
                throw error
            }
        }
        let error = JournalError.failed(reason: "no room to wipe what was erased")
        note(error)
        throw error
    }

    /// Carries the write-ahead log over into the database file.
    private func carryOver(_ db: Database, _ mode: String) throws {
        let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(\(mode))")
        guard try row?.integer(0) == 0 else {
            throw JournalError.failed(reason: "the write-ahead log is held by another connection")
        }
        upkeep.carriedOver()
    }

    /// Runs a job on the database's queue, after everything that came before it.
    func run<Value: Sendable>(
        _ job: @escaping @Sendable (Database, Ledger) throws -> Value
    ) async throws(JournalError) -> Value {
        let result: Result<Value, JournalError> = await withCheckedContinuation { continuation in
            enter(
                .job { db, refusal in
                    let result: Result<Value, JournalError>
                    do {
                        if let refusal { throw refusal }
                        result = .success(try job(db, self.ledger))
                    } catch {
                        result = .failure(JournalError(error))
                    }
                    continuation.resume(returning: result)
                })
        }
        return try result.get()
    }

    /// Stores the stream's snapshot in place of the one before, unless that is newer.
    public func saveSnapshot(_ snapshot: Snapshot, of stream: String) async throws(JournalError) {
        try JournalLimits.check(stream: stream)
        try JournalLimits.check(snapshot)
        try await run { db, ledger in
            try self.transaction(db) { try ledger.saveSnapshot(snapshot, of: stream, db) }
            self.upkeep.wrote(snapshot.bytes.count)
        }
    }

    /// Destroys the log up to a sequence; rewrites a 64th of the store's logs, which takes longer the more
    /// there is.
    public func purge(_ stream: String, through: UInt64) async throws(JournalError) {
        try JournalLimits.check(stream: stream)
        try await run { db, ledger in
            try self.transaction(db) { try ledger.purge(stream, through: through, db) }
        }
    }

    /// Destroys a stream; rewrites a 64th of the store's logs, which takes longer the more there is.
    public func erase(_ stream: String) async throws(JournalError) {
        try JournalLimits.check(stream: stream)
        try await run { db, ledger in
            try self.transaction(db) { try ledger.erase(stream, db) }
        }
    }

    // MARK: Backup

    /// Copies the whole store into a new file while other calls go on; the copy is as of the moment it is
    /// complete.
    ///
    /// Made by the writer's own connection a few pages at a time between commits, so the copy gets each
    /// change made meanwhile, erasures too, and never begins anew. It appears under its name (mode 0600) only
    /// when it is complete and synced; to restore it, put it in an empty data folder as `samskap.sqlite`.
    ///
    /// - Parameter path: The file to make, in a folder that exists; a file of that name is replaced.
    /// - Throws: ``JournalError/full(reason:)`` if the target has no room. Any other fault of the target is
    ///   reported as ``JournalError/damaged(stream:reason:)`` of nothing, and the journal goes on.
    public func backup(to path: String) async throws(JournalError) {
        try await run { db, _ in
            do {
                try BackupFile(path: path).write { target in
                    try db.backup(to: target, pagesPerStep: 256) { _ in self.serve(db) }
                }
            } catch let error as DatabaseError where error.resultCode != .SQLITE_FULL {
                throw JournalError.damaged(stream: nil, reason: "the backup failed: \(error)")
            } catch let error as SQLiteJournal.OpenError {
                throw JournalError.damaged(stream: nil, reason: "the backup failed: \(error)")
            }
        }
    }
}

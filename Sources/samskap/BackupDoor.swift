import Foundation
import Journal
import JournalSQLite
import Logging
import ServiceLifecycle

/// Where a running server is asked for a backup: `samskap.socket` in the data folder, which only its owner can open.
///
/// A request is a line `backup PATH`, the file to make; the answer is a line `done`, or the reason why not. One is made at a
/// time; a server that is told to stop completes the one under way first.
struct BackupDoor: Service {
    static let name = "samskap.socket"
    /// So long a request may take to arrive once somebody is connected.
    private static let requestSeconds = 5

    let folder: String
    let journal: SQLiteJournal
    let log: Logger

    func run() async throws {
        let listener: LocalSocket
        do { listener = try LocalSocket.listen(in: folder, named: Self.name) } catch {
            // People can write without it.
            log.error("A running server cannot be asked for backups", metadata: ["reason": "\(error)"])
            return try await gracefulShutdown()
        }
        let (knocks, knock) = AsyncStream.makeStream(of: Void.self)
        let source = DispatchSource.makeReadSource(
            fileDescriptor: listener.descriptor, queue: DispatchQueue(label: "samskap.backup"))
        // The source would tell again and again until the knock is answered: one that waits is enough.
        source.setEventHandler {
            source.suspend()
            knock.yield()
        }
        source.activate()
        for await _ in knocks.cancelOnGracefulShutdown() {
            if let peer = listener.accept() { await answer(peer) }
            source.resume()
        }
        source.cancel()
        unlink(folder + "/" + Self.name)
    }

    private func answer(_ peer: consuming LocalSocket) async {
        let words = peer.readLine(waitingSeconds: Self.requestSeconds)?.split(separator: " ", maxSplits: 1)
        guard let words, words.count == 2, words[0] == "backup", words[1].hasPrefix("/") else {
            return peer.writeLine("not understood: this is for `samskap backup`")
        }
        do throws(JournalError) {
            try await journal.backup(to: String(words[1]))
            log.notice("A backup was made")
            peer.writeLine("done")
        } catch {
            log.error("A backup failed", metadata: ["error": "\(error)"])
            peer.writeLine("\(error)")
        }
    }
}

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
        let (peers, line) = AsyncStream.makeStream(of: Int32.self)
        let descriptor = listener.descriptor
        let source = DispatchSource.makeReadSource(
            fileDescriptor: descriptor, queue: DispatchQueue(label: "samskap.backup"))
        source.setEventHandler {
            if let peer = LocalSocket.accept(from: descriptor) { line.yield(peer) }
        }
        source.activate()
        for await peer in peers.cancelOnGracefulShutdown() { await answer(LocalSocket(peer)) }
        // The socket is closed when nobody watches it any more.
        await withCheckedContinuation { continuation in
            source.setCancelHandler { continuation.resume() }
            source.cancel()
        }
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

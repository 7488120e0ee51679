import EventLoop
import Foundation
import Logging
import Server
import ServiceLifecycle

/// How a new process takes the place of a running one: see docs/operations.md.
enum HandOver {
    /// How long a new process waits for the data folder, in seconds. The old one tells its clients within 5, gives them 2 to go, and
    /// carries over its log.
    static let patience = 30.0

    /// Where the process that has a data folder offers its listening sockets; nil when nobody has had it yet. By the lock
    /// file's identity, so that it does not matter how the folder is called.
    static func name(of folder: String) -> String? {
        var status = stat()
        guard stat(folder + "/samskap.lock", &status) == 0 else { return nil }
        return "samskap.\(status.st_dev).\(status.st_ino)"
    }

    /// Has the running process stop, and gives its listening sockets; none when nobody offers any.
    static func takeOver(_ folder: String, _ log: Logger) -> [Int32] {
        guard let name = name(of: folder) else { return [] }
        do {
            guard var gift = try ListenerGift(name: name) else { return [] }
            return try gift.accept()
        } catch {
            // It may still be about to stop; whether it does, the wait for the data folder tells.
            log.warning("The running process hands nothing over", metadata: ["reason": "\(error)"])
            return []
        }
    }
}

/// Offers this process's listening sockets until another process takes them: then this one stops.
struct HandOverOffer: Service {
    let server: Server
    let folder: String
    let log: Logger

    func run() async throws {
        let (taken, continuation) = AsyncStream<Void>.makeStream()
        let listeners = await server.listeners
        let offer: ListenerOffer?
        do {
            offer = try HandOver.name(of: folder).map {
                try ListenerOffer(name: $0, descriptors: listeners) { continuation.yield() }
            }
        } catch {
            offer = nil
            log.warning("This process cannot be taken over from", metadata: ["reason": "\(error)"])
        }
        for await _ in taken.cancelOnGracefulShutdown() {
            log.notice("A new process takes over")
            break
        }
        offer?.withdraw()
    }
}

import Journal
import Logging
import Server
import ServiceLifecycle
import UnixSignals

/// A running server as a service: runs until it is told to stop, then tells its clients to come back.
struct RunningServer: Service {
    let server: Server
    let journal: any Journal

    func run() async throws {
        try await gracefulShutdown()
        await server.stop()
        await journal.close()
    }

    /// Runs until SIGTERM or SIGINT.
    func runUntilStopped(_ log: Logger) async throws {
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: self)], gracefulShutdownSignals: [.sigterm, .sigint], logger: log))
        try await group.run()
    }
}

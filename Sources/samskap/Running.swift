import Foundation
import Journal
import Logging
import Server
import ServiceLifecycle
import UnixSignals

/// A running server as a service: runs until it is told to stop, then tells its clients to come back.
struct RunningServer: Service {
    let server: Server
    let journal: any Journal
    /// Where it is asked for backups; nil if it stores nothing.
    var backups: BackupDoor?

    func run() async throws {
        try await gracefulShutdown()
        await server.settle()
        // At once, not when all have hung up: a process that takes over waits for it, and the phones for that process.
        do { try await journal.close() } catch { Self.end(after: error) }
        await server.finish()
    }

    /// Says that the journal failed, and ends the process with 70 (`EX_SOFTWARE` of sysexits.h): what is on the disk is not
    /// known any more, and a new process reads it and goes on.
    static func end(after error: JournalError) -> Never {
        FileHandle.standardError.write(Data("samskap: the journal failed: \(error)\n".utf8))
        Foundation.exit(70)
    }

    /// Runs until SIGTERM or SIGINT, or until another process takes over.
    ///
    /// - Parameters:
    ///   - log: Where to tell what happens.
    ///   - folder: The data folder; nil for a server without one, which nobody can take over from.
    /// - Throws: What a service could not go on after.
    func runUntilStopped(_ log: Logger, folder: String? = nil) async throws {
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [.init(service: self)]
        // The last is told to stop first, and what it is at is completed before the next is told.
        if let backups { services.append(.init(service: backups)) }
        if let folder {
            services.append(
                .init(
                    service: HandOverOffer(server: server, folder: folder, log: log),
                    successTerminationBehavior: .gracefullyShutdownGroup))
        }
        if server.isSecure { services.append(.init(service: CertificateRenewal(server: server, log: log))) }
        let group = ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: log))
        try await group.run()
    }
}

/// Reads certificate and key again at each SIGHUP, as after a renewal. Open connections go on with the old one.
struct CertificateRenewal: Service {
    let server: Server
    let log: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                try server.reloadCertificate()
                log.notice("The certificate was read again")
            } catch {
                log.error("The old certificate stays in use", metadata: ["reason": "\(error)"])
            }
        }
    }
}

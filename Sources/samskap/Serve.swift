import ArgumentParser
import EventLoop
import Foundation
import Journal
import JournalSQLite
import Logging
import QRCode
import Server

/// `samskap serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve workshops.",
        discussion: """
            Everything is kept in one SQLite file in the data folder. Stop with Ctrl-C or SIGTERM: clients are told to
            come back, and nothing that was acknowledged is lost, however the program ends.

              samskap serve                                  # http on port 8080
              samskap serve --port 8443 --tls-certificate chain.pem --tls-key key.pem
              samskap serve --take-over                      # a new version in place of the one that runs
            """)

    @OptionGroup var listening: Listening
    @Option(help: "The folder of the database and the start link's secret. (default: ./data)")
    var data: String?
    @Option(help: "The folder of the client. (default: ./web, or web beside the program)")
    var web: String?
    @Option(help: "An origin, beside the server's own, whose pages may connect. Can be given several times.")
    var allowOrigin: [String] = []
    @Option(help: "Minutes east of UTC for times in reports. (default: this machine's)")
    var utcOffset: Int?
    @Option(
        help: "Days that a workshop is kept after it was ended, when its creator says nothing. (default: 90)")
    var keepDays: Int?
    @Option(help: "A folder that gets a workshop's results before its date erases it. (default: none)")
    var archive: String?
    @Flag(
        help:
            "Take the place of the process that has the data folder, on its address: it tells its clients to come back, and ends."
    )
    var takeOver = false
    @Option(help: "How much to tell: trace, debug, info, notice, warning, error. (default: notice)")
    var logLevel: String?

    func run() async throws {
        ProcessMemory.forbidCoreFiles()
        var log = Logger(label: "samskap")
        log.logLevel = Setting.text(logLevel, "LOG_LEVEL").flatMap(Logger.Level.init(rawValue:)) ?? .notice
        let folder = Setting.text(data, "DATA") ?? "./data"
        var options = try listening.options()
        options.webFolder = Setting.text(web, "WEB") ?? WebFolder.find()
        let fromEnvironment = Setting.text(nil, "ALLOW_ORIGIN")?.split(separator: ",").map(String.init) ?? []
        options.allowedOrigins = allowOrigin.isEmpty ? fromEnvironment : allowOrigin
        options.utcOffsetMinutes = try Setting.number(
            utcOffset, "UTC_OFFSET", otherwise: TimeZone.current.secondsFromGMT() / 60)
        options.keepDays = try Setting.number(keepDays, "KEEP_DAYS", otherwise: 90)
        guard (1...3_650).contains(options.keepDays) else { throw ValidationError("--keep-days: 1 to 3650") }
        options.archiveFolder = Setting.text(archive, "ARCHIVE")
        // All that can be wrong with a new version is found out while the old one still serves.
        let preparation = try Server.prepare(options, log: log)
        if takeOver { options.listeners = HandOver.takeOver(folder, log) }
        let journal = try SQLiteJournal(folder: folder, patience: takeOver ? HandOver.patience : 0)
        do throws(JournalError) { try await journal.checkCatalogue() } catch {
            guard case .damaged(_, let reason) = error else { RunningServer.end(after: error) }
            throw Damaged(reason: reason)
        }
        options.startSecret = try StartSecret.load(from: folder)
        let server = try await Server.start(options, preparation, journal: journal, log: log) {
            RunningServer.end(after: $0)
        }
        Greeting(server: server, host: options.host, secret: options.startSecret).print()
        let backups = BackupDoor(folder: folder, journal: journal, log: log)
        try await RunningServer(server: server, journal: journal, backups: backups)
            .runUntilStopped(log, folder: folder)
    }
}

/// Not everything that is stored can be found, so a server would say that it never was.
private struct Damaged: Error, CustomStringConvertible {
    var reason: String
    var description: String {
        "the database is damaged: \(reason). Nothing has been changed; restore a backup"
    }
}

/// Where the client is when nobody says.
enum WebFolder {
    static func find() -> String? {
        let beside = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        return ["./web", beside.appendingPathComponent("web").path].first {
            FileManager.default.fileExists(atPath: $0 + "/index.html")
        }
    }
}

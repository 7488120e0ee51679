import ArgumentParser
import Demo
import Foundation

/// `samskap bench`.
struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Put a running server under load with real participants, and tell what they had to wait.",
        discussion: """
            Makes workshops, lets participants join, has them write notes, and checks that everybody was shown everything.
            Waiting is counted from the moment a note was due. How to read the figures: docs/sizing.md.

              samskap bench --start-link 'http://127.0.0.1:8080/#start=…' --rooms 20 --members 50 --notes-per-second 1000
            """)

    @Option(help: "The start link that the server printed.")
    var startLink: String
    @Option(help: "Workshops.")
    var rooms = 1
    @Option(help: "Participants in each.")
    var members = 50
    @Option(help: "Notes a second, in all workshops together; 0 lets everybody only join.")
    var notesPerSecond = 10.0
    @Option(help: "How long, in seconds.")
    var seconds = 10.0
    @Option(help: "Seconds of notes before that, which are not counted.")
    var warmUp = 1.0
    @Option(help: "Members who stop reading for the second half, as phones that sleep.")
    var stalled = 0
    @Option(help: "At the end everybody loses the line and comes back, within so many seconds.")
    var storm = 0.0
    @Option(help: "Connections that are being opened at a time.")
    var dialling = 64
    @Option(help: "The server's process on this machine, to read its processor time and memory.")
    var serverPid: Int32?
    @Option(help: "A file to write the figures to, as JSON.")
    var json: String?
    @Option(help: "A file to write a chart of latency over time to, as SVG.")
    var svg: String?
    @Option(help: "For https: a PEM file with the authority that signed the server's certificate.")
    var ca: String?
    @Flag(help: "For https on this machine: believe any certificate.")
    var insecure = false

    func run() async throws {
        var options: BenchOptions
        do { options = try BenchOptions(startLink: startLink) } catch { throw ValidationError("\(error)") }
        (options.rooms, options.members, options.notesPerSecond) = (rooms, members, notesPerSecond)
        (options.seconds, options.warmUp, options.stalled, options.storm) = (seconds, warmUp, stalled, storm)
        (options.dialling, options.serverProcess) = (max(1, dialling), serverPid)
        if let ca { options.trust = .authority(path: ca) }
        if insecure { options.trust = .anyOnLoopback }
        if let fault = options.fault { throw ValidationError(fault) }
        let report = try await Bench(options).run { line in
            FileHandle.standardError.write(Data((line + "\n").utf8))
        }
        print(report.table, terminator: "")
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(report).write(to: URL(fileURLWithPath: json))
        }
        if let svg { try Data(report.svg.utf8).write(to: URL(fileURLWithPath: svg)) }
        if report.missing > 0 { throw ExitCode.failure }
    }
}

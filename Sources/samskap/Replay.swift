import ArgumentParser
import Demo
import Digests
import Foundation

/// `samskap demo`.
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Replay a real consultation against a running server, and check that everything arrived.",
        discussion: """
            Each author and voter becomes a participant with a connection of their own; each comment a note, each vote a
            vote. At the end every participant's board and every tally is compared with the files.

              samskap serve --data ./data &
              samskap demo --data ../shared/data/bg2050-volunteers --start-link 'http://127.0.0.1:8080/#start=…'

            With --process it fills a whole process instead: five steps with a session in each, needs, ideas, a test and a
            decision that can be followed back to the notes, summaries and the public page; then it prints where to look.
            """)

    @Option(help: "A folder with comments.csv, votes.csv and summary.csv.")
    var data: String
    @Option(help: "The start link that the server printed.")
    var startLink: String
    @Option(help: "How many times faster than it happened; without it, as fast as the server takes it.")
    var speed: Double?
    @Option(help: "For https: a PEM file with the authority that signed the server's certificate.")
    var ca: String?
    @Flag(help: "For https on this machine: believe any certificate. Proves nothing about the server.")
    var insecure = false
    @Option(help: "The language of the workshop: nb, nn or en.")
    var language = "en"

    @Flag(help: "Fill a whole process of five steps, and print where to look at it.")
    var process = false

    func run() async throws {
        var options: DemoOptions
        do { options = try DemoOptions(folder: data, startLink: startLink) } catch {
            throw ValidationError("\(error)")
        }
        options.speed = speed
        options.language = language
        if let ca { options.trust = .authority(path: ca) }
        if insecure { options.trust = .anyOnLoopback }
        if process {
            _ = try await Demo(options).runProcess()
            return
        }
        // Not a wrong command line, so it is told without the usage.
        let outcome = try await Demo(options).run()
        if !outcome.differences.isEmpty { throw ExitCode.failure }
    }
}

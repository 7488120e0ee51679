import ArgumentParser
import Server

/// The program.
@main
struct Samskap: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "samskap",
        abstract: "A realtime workshop server for co-creation between a municipality and its citizens.",
        discussion: """
            Start a server and open the link that it prints:

              samskap serve --data ./data

            Every option can also be given in the environment, as SAMSKAP_ and its name: SAMSKAP_PORT=8443.
            """,
        version: Software.version,
        subcommands: [
            Serve.self, Verify.self, Backup.self, Replay.self, Load.self, Audit.self, Template.self,
            Echo.self, Relay.self,
        ],
        defaultSubcommand: nil)
}

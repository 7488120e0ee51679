import ArgumentParser
import Foundation
import Journal
import Logging
import Server

/// `samskap echo`.
struct Echo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send every WebSocket message back, on every path.",
        discussion:
            "The same loop, TLS and framing without workshops, for conformance suites and measurements.")
    @OptionGroup var listening: Listening
    func run() async throws { try await runPlain(.echo, listening) }
}

/// `samskap relay`.
struct Relay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send every WebSocket message to everybody under the same path.",
        discussion: "The same loop, TLS and framing without workshops, to be measured against other servers.")
    @OptionGroup var listening: Listening
    func run() async throws { try await runPlain(.relay, listening) }
}

private func runPlain(_ mode: ServerOptions.Mode, _ listening: Listening) async throws {
    var options = try listening.options()
    options.mode = mode
    // One worker for a relay: those under one path are to meet.
    if mode == .relay { options.workers = 1 }
    let journal = MemoryJournal()
    let log = Logger(label: "samskap")
    let server = try await Server.start(options, journal: journal, log: log) { _ in }
    FileHandle.standardOutput.write(
        Data("Listening on \(server.isSecure ? "wss" : "ws")://\(server.address)\n".utf8))
    try await RunningServer(server: server, journal: journal).runUntilStopped(log)
}

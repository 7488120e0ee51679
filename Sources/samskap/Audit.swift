import ArgumentParser
import Digests
import Foundation
import Wire

/// `samskap audit`.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Check what staff did in a workshop.", subcommands: [Verify.self])

    /// `samskap audit verify`.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that no line of an audit trail was changed, removed, added, moved or cut off.",
            discussion: """
                A facilitator fetches the trail from /api/workshops/WORKSHOP/audit.jsonl. Keep a copy: with --since it is also
                checked that what the copy tells has not been rewritten.

                  samskap audit verify audit.jsonl --since audit-monday.jsonl
                """)

        @Argument(help: "The file.")
        var file: String
        @Option(help: "An earlier copy of the same workshop's trail.")
        var since: String?

        func run() throws {
            let trail = try read(file)
            let earlier = try since.map(read)
            do throws(AuditTrail.Fault) {
                let count = try AuditTrail.verify(trail, since: earlier, hash: SHA256.hash)
                print("\(file): whole, \(count) acts")
            } catch {
                let fault =
                    switch error {
                    case .broken(let line):
                        "line \(line) is not what was written, or a line before it is missing, added or moved"
                    case .cut(let line): "cut off after line \(line)"
                    case .rewritten(let line): "line \(line) is another than in the earlier copy"
                    case .shorter(let lines): "\(lines) lines are fewer than in the earlier copy"
                    }
                FileHandle.standardError.write(Data("\(file): \(fault)\n".utf8))
                throw ExitCode.failure
            }
        }

        private func read(_ path: String) throws -> [UInt8] {
            do { return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) } catch {
                throw ValidationError("\(path) cannot be read.")
            }
        }
    }
}

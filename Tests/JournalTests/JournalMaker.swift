import Foundation
import Journal
import JournalSQLite
import Testing

/// The journals that the contract is asked of.
enum JournalMaker: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory
    case sqlite

    var testDescription: String { rawValue }

    /// Runs a test on an empty journal, and removes what it leaves.
    func withJournal(_ body: (any Journal) async throws -> Void) async throws {
        switch self {
        case .memory: try await body(MemoryJournal())
        case .sqlite:
            try await withFolder { folder in
                let journal = try SQLiteJournal(folder: folder)
                do { try await body(journal) } catch {
                    try? await journal.close()
                    throw error
                }
                try await journal.close()
            }
        }
    }
}

/// Runs a test with the path of a data folder that does not exist yet; removes it afterwards.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/journal-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}

/// The bytes of a string.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

extension Append {
    /// Text records after `expected`.
    static func records(_ stream: String, after expected: UInt64, _ texts: String...) -> Append {
        Append(stream: stream, expected: expected, records: texts.map(bytes))
    }
}

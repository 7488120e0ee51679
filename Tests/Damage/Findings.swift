import Foundation
import Journal
import JournalSQLite

/// What a data folder gives a server that starts on it: the answer to every question that can be asked of a small store, or the
/// words of the refusal.
struct Findings: Equatable, Sendable {
    /// What is answered to a question.
    enum Answer: Equatable, Sendable {
        case nothing
        case words([String])
        case contents(StreamContents)
    }

    /// An answer, by the question.
    var answers: [String: Answer] = [:]
    /// A refusal, by the question.
    var refusals: [String: String] = [:]
    /// What `samskap verify` would say is wrong; nil if nothing is.
    var damage: String?

    /// Starts on a folder as the server does, asks everything, verifies, and closes.
    ///
    /// - Parameters:
    ///   - folder: The data folder.
    ///   - streams: The streams to ask for.
    ///   - keys: The directory keys to ask for.
    init(of folder: String, streams: [String], keys: [String]) async {
        let journal: SQLiteJournal
        do {
            journal = try SQLiteJournal(folder: folder)
        } catch {
            refusals["start"] = "\(error)"
            damage = "\(error)"
            return
        }
        await ask("start") { () throws(JournalError) in
            try await journal.checkCatalogue()
            return .words(["ready"])
        }
        if refusals.isEmpty {
            for key in keys {
                await ask("key \(key)") { () throws(JournalError) in
                    try await journal.lookUp(key).map { .words([$0]) } ?? .nothing
                }
            }
            for stream in streams {
                await ask("stream \(stream)") { () throws(JournalError) in
                    do throws(JournalError) { return .contents(try await journal.load(stream)) } catch {
                        guard error == .unknownStream else { throw error }
                        return .nothing
                    }
                }
            }
            await ask("streams") { () throws(JournalError) in
                .words(try await journal.streams(after: nil, limit: 100))
            }
            await ask("directory") { () throws(JournalError) in
                .words(try await journal.directory("!"..."~", limit: 100).map { "\($0.key) \($0.stream)" })
            }
        }
        do throws(JournalError) { try await journal.verify() } catch { damage = "\(error)" }
        try? await journal.close()
    }

    private mutating func ask(
        _ question: String, _ answer: () async throws(JournalError) -> Answer
    ) async {
        do throws(JournalError) { answers[question] = try await answer() } catch {
            refusals[question] = "\(error)"
        }
    }

    /// Whether everything that is answered is answered as by a whole store, and `samskap verify` says so if not all is.
    func isHonest(beside whole: Findings) -> Bool {
        answers.allSatisfy { whole.answers[$0.key] == $0.value }
            && (damage != nil || answers.count == whole.answers.count)
    }
}

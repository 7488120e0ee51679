import Journal
import Synchronization

/// Collects a known number of completions by index, and hands them over when the last has come.
final class Answers: Sendable {
    private let answers: Mutex<(results: [Int: Result<UInt64, JournalError>], isDone: Bool)>
    private let count: Int
    private let whenDone: @Sendable ([Result<UInt64, JournalError>]) -> Void

    init(count: Int, whenDone: @escaping @Sendable ([Result<UInt64, JournalError>]) -> Void) {
        answers = Mutex(([:], false))
        self.count = count
        self.whenDone = whenDone
    }

    func add(_ index: Int, _ result: Result<UInt64, JournalError>) {
        let all: [Result<UInt64, JournalError>]? = answers.withLock { answers in
            answers.results[index] = result
            guard answers.results.count == count, !answers.isDone else { return nil }
            answers.isDone = true
            return answers.results.sorted { $0.key < $1.key }.map(\.value)
        }
        if let all { whenDone(all) }
    }
}

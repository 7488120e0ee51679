import Foundation
import Journal
import JournalSQLite

// Prints commits and records a second of the SQLite journal: median and range of several rounds.
//
//     journal-bench FOLDER [ROUNDS] [SECONDS]
//
// FOLDER must lie on the disk that is to be measured; the journal in it is used and kept.

/// One writer that always has `depth` appends of `perAppend` records outstanding, spread over `streams`
/// streams.
func round(
    _ journal: SQLiteJournal, streams: Int, perAppend: Int, depth: Int, byteCount: Int, seconds: Double
) async throws -> (appendsPerSecond: Double, p50: Double, p99: Double) {
    let record = [UInt8](repeating: 0x61, count: byteCount)
    let run = UInt64.random(in: 0 ... .max)
    for index in 0..<streams {
        try await journal.create(Append(stream: "\(run)-\(index)", expected: 0), epoch: "bench")
    }
    let clock = ContinuousClock()
    let begin = clock.now
    let end = begin + .seconds(seconds)
    let latencies = await withTaskGroup(of: [Double].self) { group in
        for index in 0..<streams {
            group.addTask {
                var head: UInt64 = 0
                var own: [Double] = []
                while clock.now < end {
                    let start = clock.now
                    // A pipeline: the appends of one stream follow each other without waiting.
                    await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
                        for step in 0..<depth {
                            let append = Append(
                                stream: "\(run)-\(index)", expected: head,
                                records: Array(repeating: record, count: perAppend))
                            head += UInt64(perAppend)
                            journal.append(append) { result in
                                if case .failure(let error) = result { print(error) }
                                if step == depth - 1 { done.resume() }
                            }
                        }
                    }
                    let took = start.duration(to: clock.now)
                    own.append(
                        Double(took.components.attoseconds) / 1e15 + Double(took.components.seconds) * 1e3)
                }
                return own
            }
        }
        return await group.reduce(into: []) { $0 += $1 }
    }
    let took = begin.duration(to: clock.now)
    let elapsed = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    let sorted = latencies.sorted()
    return (
        Double(sorted.count * depth) / elapsed, sorted[sorted.count / 2],
        sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    )
}

let arguments = CommandLine.arguments
guard arguments.count > 1 else {
    print("usage: journal-bench FOLDER [ROUNDS] [SECONDS]")
    exit(2)
}
let rounds = arguments.count > 2 ? Int(arguments[2]) ?? 5 : 5
let seconds = arguments.count > 3 ? Double(arguments[3]) ?? 2 : 2
let journal = try SQLiteJournal(folder: arguments[1])
let loads: [(name: String, streams: Int, perAppend: Int, depth: Int)] = [
    ("1 stream, 1 record an append, 1 outstanding", 1, 1, 1),
    ("1 stream, 100 records an append, 1 outstanding", 1, 100, 1),
    ("100 streams, 1 record an append, 1 outstanding each", 100, 1, 1),
    ("1 stream, 1 record an append, 100 outstanding", 1, 1, 100),
]
for load in loads {
    var results: [(appendsPerSecond: Double, p50: Double, p99: Double)] = []
    for _ in 0..<rounds {
        results.append(
            try await round(
                journal, streams: load.streams, perAppend: load.perAppend, depth: load.depth, byteCount: 200,
                seconds: seconds))
    }
    results.sort { $0.appendsPerSecond < $1.appendsPerSecond }
    let median = results[results.count / 2]
    let low = results[0].appendsPerSecond
    let high = results[results.count - 1].appendsPerSecond
    print(
        String(
            format: "%@: %.0f appends/s (%.0f–%.0f), %.0f records/s; p50 %.2f ms, p99 %.2f ms", load.name,
            median.appendsPerSecond, low, high, median.appendsPerSecond * Double(load.perAppend), median.p50,
            median.p99))
}
try await journal.close()

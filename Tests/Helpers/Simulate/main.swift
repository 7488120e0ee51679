import Foundation
import Simulation

// Lives through simulated evenings and says what they came to; see script/simulate.
//
//     simulate COUNT [FROM]      seeds FROM, FROM + 1, …; the last line is 'N passed, M failed'
//     simulate seed N            one seed, with its history
//     simulate flaws [COUNT]     how many seeds each wrong wiring survives, COUNT at most; all must be found

let arguments = CommandLine.arguments.dropFirst().map { $0 }

/// One evening. Off the main actor: each of its steps would hop there and back, which took half the time.
@concurrent
func live(through seed: UInt64, flaw: Flaw? = nil) async -> Outcome {
    await World(seed: seed, flaw: flaw).run()
}

func show(_ tally: Tally) {
    for (path, name) in Tally.names { print("  \(name): \(tally[keyPath: path])") }
}

switch arguments.first {
case "seed":
    guard let seed = arguments.dropFirst().first.flatMap({ UInt64($0) }) else { exit(64) }
    let outcome = await live(through: seed)
    for line in outcome.history { print(line) }
    show(outcome.tally)
    print("trace \(String(outcome.trace, radix: 16))")
    print(outcome.failure.map { "seed \(seed) FAILED: \($0)" } ?? "seed \(seed) passed")
    exit(outcome.failure == nil ? 0 : 1)
case "flaws":
    let most = arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1000
    var failed = 0
    for flaw in Flaw.allCases {
        var found: (UInt64, String)?
        for seed in 1...most where found == nil {
            if let failure = await live(through: seed, flaw: flaw).failure { found = (seed, failure) }
        }
        if found == nil { failed += 1 }
        print(
            "\(flaw.rawValue): \(found.map { "found with seed \($0.0): \($0.1)" } ?? "NOT FOUND in \(most) seeds")"
        )
    }
    print("\(Flaw.allCases.count - failed) passed, \(failed) failed")
    exit(failed == 0 ? 0 : 1)
default:
    guard let count = arguments.first.flatMap({ UInt64($0) }) else {
        print("usage: simulate COUNT [FROM] | seed N | flaws [COUNT]")
        exit(64)
    }
    let from = arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1
    var sum = Tally()
    var failed: [UInt64] = []
    let begun = ContinuousClock.now
    for seed in from..<from + count {
        let outcome = await live(through: seed)
        sum += outcome.tally
        if let failure = outcome.failure {
            failed.append(seed)
            print("seed \(seed) FAILED: \(failure)")
        }
        if (seed - from + 1) % 5_000 == 0 {
            print(
                "\(seed - from + 1) of \(count), \(failed.count) failed, after \(ContinuousClock.now - begun)"
            )
            fflush(nil)
        }
    }
    show(sum)
    if !failed.isEmpty { print("failed: \(failed.prefix(50).map(String.init).joined(separator: " "))") }
    print("\(count - UInt64(failed.count)) passed, \(failed.count) failed")
    exit(failed.isEmpty ? 0 : 1)
}

import Damage
import Foundation

// Changes every byte of a small database, or of its write-ahead log, one at a time, and starts on each.
//
//     journal-flips database|log FOLDER [PART OF]
//
// PART OF, such as 1 2, does one part of that many. FOLDER is made, best in memory (/dev/shm). Ends with 1 if anything was wrong.

let arguments = CommandLine.arguments
guard arguments.count == 3 || arguments.count == 5, let file = FlipTarget.File(rawValue: arguments[1]) else {
    FileHandle.standardError.write(Data("journal-flips database|log FOLDER [PART OF]\n".utf8))
    exit(64)
}
let (part, parts) = arguments.count == 5 ? (Int(arguments[3]) ?? 1, Int(arguments[4]) ?? 1) : (1, 1)
let folder = arguments[2]
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
let target = try await FlipTarget(file, in: folder + "/store")
let places = target.bytes.count * (part - 1) / parts..<target.bytes.count * part / parts
var counts: [FlipTarget.Outcome: Int] = [:]
var told = ContinuousClock.now

func words(_ counts: [FlipTarget.Outcome: Int]) -> String {
    "\(counts[.same, default: 0]) the same, \(counts[.refused, default: 0]) refused, "
        + "\(counts[.lastTransactionGone, default: 0]) without the last transaction"
}

/// Off the main actor: each question would hop there and back.
@concurrent
func flip(_ place: Int, of target: FlipTarget) async throws -> FlipTarget.Outcome {
    // Another bit at each place, so that all eight have their turn.
    try await target.flip(place, 1 << UInt8((place &* 7 &+ place / 8) % 8), in: folder + "/copy")
}

for place in places {
    let outcome = try await flip(place, of: target)
    counts[outcome, default: 0] += 1
    if case .wrong(let reason) = outcome { print("byte \(place): \(reason)") }
    if told.duration(to: .now) > .seconds(30) {
        told = .now
        print("\(file.rawValue), byte \(place) of \(places): \(words(counts))")
        fflush(nil)
    }
}
let wrong = counts.filter { if case .wrong = $0.key { true } else { false } }.values.reduce(0, +)
print(
    "\(places.count) of \(target.bytes.count) bytes of the \(file.rawValue) changed: \(words(counts)), \(wrong) wrong"
)
try? FileManager.default.removeItem(atPath: folder)
exit(wrong == 0 ? 0 : 1)

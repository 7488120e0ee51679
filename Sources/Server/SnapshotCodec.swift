internal import Foundation
package import Journal
package import Workshop

/// A workshop's state as the journal keeps it, so that a long history need not be read from its beginning.
///
/// Until something has been erased a snapshot only saves time. After that the log before it is gone, so a snapshot is read
/// for ever: what `Workshop` stores keeps its meaning, and what an older snapshot does not have is taken from
/// ``Workshop/examples``.
package enum SnapshotCodec {
    /// The number of this encoding; a new one whenever `Workshop`'s stored form changes.
    package static let format: UInt32 = 1
    /// Records after which a new snapshot is worth its cost.
    package static let interval = 5_000

    package static func encode(_ workshop: Workshop) throws -> Snapshot {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Snapshot(
            sequence: workshop.sequence, format: format, bytes: [UInt8](try encoder.encode(workshop)))
    }

    package static func decode(_ snapshot: Snapshot) throws(LoadedWorkshop.Failure) -> Workshop {
        guard snapshot.format == format else { throw .unreadable("snapshot of format \(snapshot.format)") }
        do {
            do { return try JSONDecoder().decode(Workshop.self, from: Data(snapshot.bytes)) } catch {
                guard case DecodingError.keyNotFound = error else { throw error }
                return try JSONDecoder().decode(Workshop.self, from: completed(Data(snapshot.bytes)))
            }
        } catch { throw .unreadable("snapshot of record \(snapshot.sequence)") }
    }

    /// Adds to an older snapshot the members that have come since, in the workshop itself and in what its tables hold.
    private static func completed(_ older: Data) throws -> Data {
        typealias Members = [String: Any]
        func object(_ data: Data) throws -> Members {
            try JSONSerialization.jsonObject(with: data) as? Members ?? [:]
        }
        let blank = try object(JSONEncoder().encode(Workshop()))
        let examples = try object(JSONEncoder().encode(Workshop.examples))
        var members = try object(older).merging(blank) { old, _ in old }
        for (name, value) in members {
            if let old = value as? Members, let new = blank[name] as? Members {
                members[name] = old.merging(new) { old, _ in old }
            } else if let old = value as? [Any], let example = (examples[name] as? [Any])?.first as? Members {
                members[name] = old.map { item in
                    (item as? Members)?.merging(example) { old, _ in old } ?? item
                }
            }
        }
        return try JSONSerialization.data(withJSONObject: members)
    }
}

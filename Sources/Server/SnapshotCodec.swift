internal import Foundation
internal import Journal
internal import Workshop

/// A workshop's state as the journal keeps it, so that a long history need not be read from its beginning.
///
/// A snapshot only saves time: one of another format is passed over while the log is whole.
enum SnapshotCodec {
    /// The number of this encoding; a new one whenever `Workshop`'s stored form changes.
    static let format: UInt32 = 1
    /// Records after which a new snapshot is worth its cost.
    static let interval = 5_000

    static func encode(_ workshop: Workshop) throws -> Snapshot {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Snapshot(
            sequence: workshop.sequence, format: format, bytes: [UInt8](try encoder.encode(workshop)))
    }

    static func decode(_ snapshot: Snapshot) throws(LoadedWorkshop.Failure) -> Workshop {
        guard snapshot.format == format else { throw .unreadable("snapshot of format \(snapshot.format)") }
        do { return try JSONDecoder().decode(Workshop.self, from: Data(snapshot.bytes)) } catch {
            throw .unreadable("snapshot of record \(snapshot.sequence)")
        }
    }
}

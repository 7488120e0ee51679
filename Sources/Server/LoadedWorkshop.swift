package import Journal
package import Wire
package import Workshop

/// A workshop as the journal gives it, ready to live: its state, and its channels.
///
/// Made off the workers, so that reading a long history holds nobody up.
package struct LoadedWorkshop: Sendable {
    /// Why a workshop cannot be loaded.
    package enum Failure: Error {
        case journal(JournalError)
        /// A record or snapshot of a newer version, or damaged.
        case unreadable(String)
    }

    package var workshop: Workshop
    package var channels: Channels<KeptEntry>
    /// Names the history that the channels' sequences belong to: a snapshot forgets which keys were dropped before it,
    /// so clients that saw only what came before start afresh (protocol rule H4).
    package var epoch: String
    package var recordsSinceSnapshot: Int

    /// Loads a workshop.
    package init(_ id: String, from journal: any Journal) async throws(Failure) {
        let contents: StreamContents
        do { contents = try await journal.load(id) } catch { throw .journal(error) }
        var workshop = Workshop()
        var channels = Channels<KeptEntry>()
        var epoch = contents.epoch
        if let snapshot = contents.snapshot {
            workshop = try SnapshotCodec.decode(snapshot)
            epoch += ".\(snapshot.sequence)"
            channels.show(workshop.allPlaces, of: workshop, encode: KeptEntry.init)
        }
        for record in contents.records where record.sequence > workshop.sequence {
            let decoded: Workshop::Record
            do { decoded = try RecordCodec.decode(record.bytes) } catch {
                throw .unreadable("record \(record.sequence): \(error)")
            }
            let touched = workshop.apply(decoded)
            channels.show(touched, of: workshop, encode: KeptEntry.init)
        }
        for cell in contents.cells {
            let (round, voter): (RoundID, ParticipantID)
            if let cast = try? CellCodec.decode(key: cell.key, value: cell.value) {
                (round, voter) = (cast.round, cast.voter)
                workshop.restore(cast.ballot, of: voter, in: round)
            } else if let cast = try? CellCodec.decodeTable(key: cell.key, value: cell.value) {
                (round, voter) = (cast.round, cast.table)
                workshop.restore(cast.ballot, of: voter, in: round)
            } else {
                throw .unreadable("cell \(cell.key)")
            }
            var touched = Touched()
            touched.insert(.own(voter), .round(round))
            channels.show(touched, of: workshop, encode: KeptEntry.init)
        }
        self.workshop = workshop
        self.channels = channels
        self.epoch = epoch
        recordsSinceSnapshot = contents.records.count
    }
}

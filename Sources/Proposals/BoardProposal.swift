internal import Wire
public import Workshop

/// How the lone notes of a workshop's current board may be put together.
///
/// It looks only at notes that everybody may see (protocol rule E1): what somebody writes for themself, or what waits for the
/// facilitator, has no part in it, not even in how rare a word is. Notes in different columns stay apart, as putting them into
/// one cluster would move them.
public struct BoardProposal: Hashable, Sendable {
    /// Notes looked at in one proposal at most: the oldest 1,000, as many as one command may name. When these have been put
    /// together, the next can be asked for.
    public static let noteLimit = 1_000

    /// A cluster that may be made.
    public struct Cluster: Hashable, Sendable {
        /// One or two words of its notes.
        public var name: String
        /// The column that all its notes are in; nil on a plain list.
        public var column: ColumnID?
        /// Its notes, oldest first; at least two.
        public var notes: [NoteID]
    }

    /// The board.
    public let board: BoardID
    /// The state that was looked at.
    public let sequence: UInt64
    /// The largest first; of equally large ones that with the oldest note. At most ``Proposal/clusterLimit``.
    public let clusters: [Cluster]
    /// The notes that were looked at and are in no cluster, oldest first.
    public let alone: [NoteID]
    /// Lone notes beyond ``noteLimit``, which were not looked at.
    public let beyond: Int

    /// Works it out: some milliseconds for a hundred notes, a fraction of a second for a thousand. Not for an event loop.
    public init(for workshop: Workshop) {
        board = workshop.currentPhase.board
        sequence = workshop.sequence
        let board = board
        let lone = workshop.notes.values.filter { note in
            note.board == board && note.cluster == nil && workshop.isVisibleToAll(note)
        }
        let considered = lone.prefix(BoardProposal.noteLimit)
        beyond = lone.count - considered.count

        var columns: [ColumnID?] = []
        for note in considered where !columns.contains(note.column) { columns.append(note.column) }
        var clusters: [Cluster] = []
        for column in columns {
            let notes = considered.filter { $0.column == column }
            let proposal = Proposal(
                of: notes.map { WrittenNote($0.text, language: $0.language ?? workshop.language) },
                nameCharacters: workshop.limits.nameCharacters)
            clusters += proposal.clusters.map { cluster in
                Cluster(name: cluster.name, column: column, notes: cluster.notes.map { notes[$0].id })
            }
        }
        clusters.sort { ($1.notes.count, $0.notes[0]) < ($0.notes.count, $1.notes[0]) }
        self.clusters = Array(clusters.prefix(Proposal.clusterLimit))
        let placed = Set(self.clusters.flatMap(\.notes))
        alone = considered.map(\.id).filter { !placed.contains($0) }
    }

    /// The document, in the shape of protocol.md (section S): JSON.
    public var document: [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.member("board", board.description)
            json.member("sequence", sequence)
            json.member("clusters") { json in
                json.array { json in
                    for cluster in clusters {
                        json.object { json in
                            json.member("name", cluster.name)
                            json.member("column", cluster.column)
                            json.member("notes", cluster.notes.map(\.description))
                        }
                    }
                }
            }
            json.member("alone", alone.map(\.description))
            json.member("beyond", beyond)
        }
        return json.bytes
    }
}

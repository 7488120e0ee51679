/// Where a note that was carried from elsewhere came from.
public enum Origin: Hashable, Sendable, Codable {
    /// Another note of this workshop.
    case note(NoteID)
    /// A cluster of this workshop.
    case cluster(ClusterID)
    /// A note or a cluster of another session of the process.
    case session(SessionID, Target)
    /// An item of the process.
    case item(ItemID)
}

extension Note {
    /// Whether it is a copy of a note of this workshop, which went on from another phase: nobody's writing anew.
    public var isCarriedOn: Bool {
        origins.contains { origin in
            if case .note = origin { true } else { false }
        }
    }

    /// The note of another session that this one repeats word for word; nil for a note of its own words.
    ///
    /// Such a copy lives only as long as what it repeats: what somebody has taken back or erased is not to stay elsewhere.
    public var copied: (session: SessionID, note: NoteID)? {
        guard origins.count == 1, case .session(let session, .note(let note)) = origins[0] else { return nil }
        return (session, note)
    }
}

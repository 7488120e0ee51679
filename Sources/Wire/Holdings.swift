public import Workshop

/// Everything that a server holds about one participant, for that participant (protocol section P).
///
/// The state says what is held now, the log's records what is held of how it came about. Of what others did it tells only
/// what happened to this participant's own notes, and never who did it.
public struct Holdings: Sendable {
    private let workshop: Workshop
    private let id: ParticipantID
    private var ownNotes: Set<NoteID>
    private var history: [Record] = []

    /// Begins with the state.
    ///
    /// - Parameters:
    ///   - id: The participant.
    ///   - workshop: The workshop as it is durable.
    public init(of id: ParticipantID, in workshop: Workshop) {
        self.workshop = workshop
        self.id = id
        ownNotes = Set(workshop.notes.values.filter { $0.author == id }.map(\.id))
    }

    /// Looks at the next record of the log.
    public mutating func take(_ record: Record) {
        for case .noteAdded(let note) in record.events where note.author == id { ownNotes.insert(note.id) }
        var record = record
        if record.actor != id {
            record.events.removeAll { !concerns($0) }
            (record.actor, record.ref) = (nil, 0)
        }
        if !record.events.isEmpty { history.append(record) }
    }

    /// Whether what somebody else did happened to this participant.
    private func concerns(_ event: Event) -> Bool {
        switch event {
        case .joined(let someone, _, _, _, _), .participantRemoved(let someone),
            .accessRevoked(let someone):
            someone == id
        case .groupSet(let people, _, _), .awaySet(let people, _): people.contains(id)
        case .noteEdited(let note, _), .noteWithdrawn(let note), .notePublished(let note),
            .noteRedacted(let note, _):
            ownNotes.contains(note)
        default: false
        }
    }

    /// The document, in the shape of protocol.md.
    ///
    /// - Parameter now: The server's clock, in milliseconds since 1970-01-01T00:00:00Z.
    /// - Returns: JSON.
    public func document(at now: Int64) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.member("workshop", workshop.id)
            json.member("title", workshop.title)
            json.member("askedAt", now)
            json.member("keptDays", workshop.retention.days)
            if workshop.endedAt != nil, let eraseAt = workshop.retention.eraseAt {
                json.member("eraseAt", eraseAt)
            }
            json.member("participant") { json in json.object { json in writeParticipant(&json) } }
            json.member("notes") { json in json.array { json in writeNotes(&json) } }
            json.member("votes") { json in json.array { json in writeVotes(&json) } }
            let acts = workshop.acts.filter { $0.device == id }
            if !acts.isEmpty {
                json.member("acts") { json in
                    json.array { json in
                        for act in acts { json.object { json in AuditTrail.write(act, &json) } }
                    }
                }
            }
            json.member("history") { json in json.array { json in writeHistory(&json) } }
        }
        return json.bytes
    }

    private func writeParticipant(_ json: inout JSONWriter) {
        guard let participant = workshop.participants[id] else { return }
        json.member("id", participant.id)
        json.member("role", participant.role.rawValue)
        json.member("name", participant.name)
        json.member("via", participant.attendance.rawValue)
        json.member("removed", participant.isRemoved)
        json.member("ready", participant.isReady)
        json.member("raised", participant.isHandRaised)
        if let wait = participant.wait { json.member("waits", wait.rawValue) }
        if participant.isAway { json.member("away", true) }
        let groups = workshop.groups.values.filter { $0.members.contains(id) }.map(\.id)
        if !groups.isEmpty { json.member("groups", groups) }
        if let heads = participant.tableHeads { json.member("heads", heads) }
        let requests = workshop.speakers.requests(of: id)
        if !requests.isEmpty { json.member("asks", requests) }
        json.member("secretHash", EventCodec.hex(participant.secret.bytes))
        json.member("lastRef", participant.accepted.last)
    }

    private func writeNotes(_ json: inout JSONWriter) {
        for note in workshop.notes.values where note.author == id {
            json.object { json in
                json.member("id", note.id)
                EntryCodec.write(note, &json)
                if let group = note.group { json.member("group", group) }
                json.member("phaseName", workshop.phases[note.phase]?.name ?? "")
                json.member("ref", note.ref)
                json.member("visible", workshop.isVisibleToAll(note))
                EntryCodec.write(note.publication, &json)
            }
        }
    }

    private func writeVotes(_ json: inout JSONWriter) {
        for round in workshop.rounds.values {
            let table = workshop.tableBallot(of: id, in: round.id)
            if !table.isEmpty {
                json.object { json in
                    json.member("round", round.id)
                    json.member("title", round.title)
                    EntryCodec.writeTable(table, &json)
                }
            }
            let ballot = workshop.ballot(of: id, in: round.id)
            if ballot.isEmpty { continue }
            json.object { json in
                json.member("round", round.id)
                json.member("title", round.title)
                json.member("votes") { json in
                    json.object { json in
                        for (target, value) in ballot.sorted(by: { $0.key < $1.key }) {
                            json.member(target.text, value)
                        }
                    }
                }
            }
        }
    }

    private func writeHistory(_ json: inout JSONWriter) {
        for record in history {
            json.object { json in
                json.member("at", record.at)
                if record.ref > 0 { json.member("ref", record.ref) }
                json.member("events") { json in
                    json.array { json in
                        for event in record.events where !event.isErasable {
                            json.object { json in EventCodec.write(event, &json) }
                        }
                    }
                }
            }
        }
    }
}

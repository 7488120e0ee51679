extension Workshop {
    /// A workshop with one of each thing that a table holds, everything in it as it is before anything has happened.
    ///
    /// Says what a member that has been added since means in an older snapshot. So a new member of what is stored here
    /// is optional, or has a value that says "not yet".
    public static var examples: Workshop {
        var workshop = Workshop()
        let (phase, board, note) = (PhaseID(1), BoardID(1), NoteID(1))
        let secret = SecretHash([UInt8](repeating: 0, count: 32)) ?? { preconditionFailure("32 bytes") }()
        workshop.boards[board] = Board(id: board, name: "", structure: .list)
        workshop.phases[phase] = Phase(id: phase, name: "", board: board)
        workshop.progress[phase] = PhaseProgress()
        workshop.participants[ParticipantID(1)] = Participant(
            id: ParticipantID(1), role: .participant, name: "", attendance: .room, secret: secret)
        workshop.links = [Creation.Link(role: .screen, secret: secret)]
        workshop.notes[note] = Note(
            id: note, board: board, phase: phase, column: nil, text: "", paper: .sun, language: nil,
            source: .phone, author: ParticipantID(1), ref: 0, publication: .published, writtenAt: 0)
        workshop.groups[GroupID(1)] = Group(id: GroupID(1), phase: phase, number: 1)
        workshop.clusters[ClusterID(1)] = Cluster(id: ClusterID(1), board: board, name: "", notes: [])
        workshop.rounds[RoundID(1)] = Round(
            id: RoundID(1), board: board, phase: phase, title: "",
            setup: VoteSetup(kind: .stance, targets: .notes),
            state: .open, voters: 0, tallies: [], hands: [])
        workshop.acts = [StaffAct(at: 0, role: .facilitator, device: ParticipantID(1), kind: .ended)]
        return workshop
    }
}

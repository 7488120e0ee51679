extension Workshop {
    /// Decides who comes, goes and signals.
    func decidePeople(_ command: Command, by actor: Actor) throws(Refusal) -> [Event] {
        if case .join(let role, let secret, let name, let attendance) = command {
            guard participantBySecret[secret] == nil else { throw .invalidValue }
            guard participants.nextID.number <= UInt32(limits.participants) else { throw .full }
            if name.unicodeScalars.count > limits.nameCharacters { throw .tooLong }
            return [
                .joined(participants.nextID, role: role, secret: secret, name: name, attendance: attendance)
            ]
        }
        guard case .participant(let id) = actor else { throw .notAllowed }
        switch command {
        case .rename(let name):
            if name.unicodeScalars.count > limits.nameCharacters { throw .tooLong }
            return [.renamed(id, name)]
        case .setReady(let isReady): return [.readySet(id, isReady)]
        case .setHand(let isRaised): return [.handSet(id, isRaised)]
        case .removeParticipant(let other, let withNotes):
            guard let participant = participants[other], !participant.isRemoved else { throw .notFound }
            guard participant.role != .facilitator else { throw .notAllowed }
            var events: [Event] = []
            for round in rounds.ids where ballots[round]?[other] != nil {
                events.append(.ballotSet(round, other, [:]))
                events.append(.votersCounted(round, (ballots[round]?.count ?? 1) - 1))
            }
            if withNotes {
                events += notes.values.filter { $0.author == other }.map { .noteWithdrawn($0.id) }
            }
            return events + [.participantRemoved(other)]
        default: throw .notAllowed
        }
    }

    /// Applies who came, went and signalled.
    mutating func applyPeople(_ event: Event, touching touched: inout Touched) {
        switch event {
        case .joined(let id, let role, let secret, let name, let attendance):
            participants[id] = Participant(
                id: id, role: role, name: name, attendance: attendance, secret: secret)
            participantBySecret[secret] = id
            if role == .participant { count(attendance, by: 1) }
            touched.insert(.own(id), .me)
            touched.insert(.staff, .participant(id))
            touched.insert(.room, .totals)
        case .renamed(let id, let name):
            participants.update(id) { $0.name = name }
            touched.insert(.own(id), .me)
            touched.insert(.staff, .participant(id))
            for note in notes.values
            where note.author == id && phases[note.phase]?.anonymity == Anonymity.none {
                touched.insert(.room, .note(note.id))
            }
        case .readySet(let id, let isReady):
            setReady(id, isReady)
            touched.insert(.own(id), .me)
            touched.insert(.room, .totals)
        case .handSet(let id, let isRaised):
            guard let participant = participants[id], participant.isHandRaised != isRaised else { return }
            participants.update(id) { $0.isHandRaised = isRaised }
            headCount.hands += isRaised ? 1 : -1
            touched.insert(.own(id), .me)
            touched.insert(.staff, .participant(id))
            touched.insert(.room, .totals)
        case .participantRemoved(let id):
            guard let participant = participants[id], !participant.isRemoved else { return }
            setReady(id, false)
            if participant.isHandRaised { headCount.hands -= 1 }
            participants.update(id) {
                $0.isRemoved = true
                $0.isHandRaised = false
            }
            if participant.role == .participant { count(participant.attendance, by: -1) }
            touched.insert(.own(id), .me)
            touched.insert(.staff, .participant(id))
            touched.insert(.room, .totals)
        default: break
        }
    }

    /// Takes everybody's ready signal back, as a new phase begins.
    mutating func clearReady(touching touched: inout Touched) {
        guard headCount.ready > 0 else { return }
        for participant in participants.values where participant.isReady {
            setReady(participant.id, false)
            touched.insert(.own(participant.id), .me)
        }
    }

    private mutating func setReady(_ id: ParticipantID, _ isReady: Bool) {
        guard let participant = participants[id], participant.isReady != isReady else { return }
        participants.update(id) { $0.isReady = isReady }
        headCount.ready += isReady ? 1 : -1
    }

    private mutating func count(_ attendance: Attendance, by change: Int) {
        switch attendance {
        case .room: headCount.room += change
        case .remote: headCount.remote += change
        }
    }
}

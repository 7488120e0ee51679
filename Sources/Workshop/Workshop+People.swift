extension Workshop {
    /// Decides who comes, goes and signals.
    func decidePeople(_ command: Command, by actor: Actor) throws(Refusal) -> [Event] {
        if case .join(let role, let secret, let name, let attendance) = command {
            guard participantBySecret[secret] == nil else { throw .invalidValue }
            guard participants.nextID.number <= UInt32(limits.participants) else { throw .full }
            if name.unicodeScalars.count > limits.nameCharacters { throw .tooLong }
            let id = participants.nextID
            let joined = Event.joined(id, role: role, secret: secret, name: name, attendance: attendance)
            guard role == .participant, let wait = try waitOfNewcomer() else { return [joined] }
            return [joined, .waitSet([id], wait)]
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
            var events = withdrawnBallots(of: other)
            if withNotes {
                events += notes.values.filter { $0.author == other }.map { .noteWithdrawn($0.id) }
            }
            return events + [.participantRemoved(other)] + promotion(without: other)
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
            if let participant = participants[id] { headCount.add(participant) }
            touched.insert(.own(id), .me)
            touched.insert(.staff, .participant(id))
            touched.insert(.room, .totals)
        case .renamed(let id, let name):
            participants.update(id) { $0.name = name }
            if let group = participants[id]?.group.flatMap({ groups[$0] }) { touched.insert(group) }
            touched.insert(.own(id), .me)
            touched.insert(.staff, .participant(id))
            if !speakers.requests(of: id).isEmpty { touched.insert(.room, .speakers) }
            for note in notes.values
            where note.author == id && phases[note.phase]?.anonymity == Anonymity.none {
                touched.insert(.room, .note(note.id))
            }
        case .readySet(let id, let isReady):
            change(id, touching: &touched) { $0.isReady = isReady }
        case .handSet(let id, let isRaised):
            change(id, touching: &touched) { $0.isHandRaised = isRaised }
        case .tableSet(let id, let heads):
            change(id, touching: &touched) { $0.tableHeads = heads }
        case .participantRemoved(let id):
            leaveSpeakers(id, touching: &touched)
            change(id, touching: &touched) { participant in
                participant.isRemoved = true
                participant.isReady = false
                participant.isHandRaised = false
            }
            leaveGroups(id, touching: &touched)
        default: break
        }
    }

    /// Takes everybody's ready signal back, as a new phase begins.
    mutating func clearReady(touching touched: inout Touched) {
        guard headCount.ready > 0 else { return }
        for participant in participants.values where participant.isReady {
            change(participant.id, touching: &touched) { $0.isReady = false }
        }
    }

    /// Changes somebody, and the head count with them.
    mutating func change(
        _ id: ParticipantID, touching touched: inout Touched, _ change: (inout Participant) -> Void
    ) {
        guard let before = participants[id] else { return }
        participants.update(id, change)
        guard let after = participants[id], after != before else { return }
        headCount.remove(before)
        headCount.add(after)
        touched.insert(.own(id), .me)
        touched.insert(.staff, .participant(id))
        touched.insert(.room, .totals)
    }
}

extension HeadCount {
    fileprivate mutating func add(_ participant: Participant) { count(participant, by: 1) }
    fileprivate mutating func remove(_ participant: Participant) { count(participant, by: -1) }

    private mutating func count(_ participant: Participant, by change: Int) {
        guard participant.role == .participant, !participant.isRemoved else { return }
        switch participant.wait {
        case .approval, .place: waiting += change
        case .away: break
        case nil:
            let extra = (participant.tableHeads ?? 1) - 1
            switch participant.attendance {
            case .room:
                room += change
                extraInRoom += change * extra
            case .remote:
                remote += change
                extraRemote += change * extra
            }
            if let heads = participant.tableHeads {
                tables += change
                atTables += change * heads
            }
        }
        if participant.isReady { ready += change }
        if participant.isHandRaised { hands += change }
    }
}

extension Workshop {
    /// The groups of a phase, in the order of their numbers.
    public func groups(of phase: PhaseID) -> [Group] {
        groups.values.filter { $0.phase == phase }.sorted { $0.number < $1.number }
    }

    /// Whether anybody works in groups in any phase.
    public var hasGroups: Bool { phases.values.contains { $0.grouping != nil } }

    /// Decides who works with whom.
    func decideGroups(_ command: Command, by actor: Actor, at time: Int64) throws(Refusal) -> [Event] {
        switch command {
        case .chooseGroup(let id):
            guard case .participant(let asker) = actor, let grouping = currentPhase.grouping,
                grouping.how == .choice
            else { throw .wrongPhase }
            guard let id else {
                guard participants[asker]?.group != nil else { throw .notFound }
                return [.groupSet([asker], currentPhaseID, nil)]
            }
            let group = try group(id)
            if !group.members.contains(asker), let size = grouping.size {
                // One more than usual only when every group is full: three instead of one.
                let areAllFull = groups(of: currentPhaseID).allSatisfy { $0.members.count >= size }
                guard group.members.count < (areAllFull ? size + 1 : size) else { throw .limitReached }
            }
            return [.groupSet([asker], currentPhaseID, id)]
        case .movePeople(let people, let target):
            guard !people.isEmpty, Set(people).count == people.count else { throw .invalidValue }
            guard people.count <= Limits.participantsPerCommand else { throw .limitReached }
            guard currentPhase.grouping != nil else { throw .wrongPhase }
            for id in people {
                guard let participant = participants[id], participant.role == .participant,
                    hasPlace(participant)
                else { throw .notFound }
            }
            if let target { _ = try group(target) }
            return [.groupSet(people, currentPhaseID, target)]
        case .renameGroup(let id, let name):
            if name.unicodeScalars.count > limits.nameCharacters { throw .tooLong }
            guard groups[id] != nil else { throw .notFound }
            return [.groupRenamed(id, name)]
        case .addGroup:
            guard let grouping = currentPhase.grouping else { throw .wrongPhase }
            var seating = seating(of: currentPhase, grouping)
            guard seating.add(nil) != nil else { throw .limitReached }
            return seating.events
        case .mixGroups(let everybody):
            guard currentPhase.grouping != nil else { throw .wrongPhase }
            let events =
                everybody
                ? forming(currentPhase, anew: true, at: time) : seatingTheRest(at: time)
            guard !events.isEmpty else { throw .notFound }
            return events
        case .setAway(let people):
            let gone = people.filter { participants[$0].map { hasPlace($0) && !$0.isAway } ?? false }
            guard !gone.isEmpty else { throw .notFound }
            return [.awaySet(gone, true)]
        case .setBack(let id):
            guard let participant = participants[id], participant.isAway else { throw .notFound }
            return [.awaySet([id], false)]
        default: throw .notAllowed
        }
    }

    private func group(_ id: GroupID) throws(Refusal) -> Group {
        guard let group = groups[id], group.phase == currentPhaseID else { throw .notFound }
        return group
    }

    // MARK: Making groups

    /// Makes the groups of a phase that opens, or anew.
    ///
    /// - Parameters:
    ///   - phase: The phase, as it will be.
    ///   - anew: Whether everybody is dealt again; otherwise groups that are there stay, and only those in none get one.
    ///   - time: The server's clock; with the participants' secrets it is what chance is made from, so that nothing is drawn here.
    /// - Returns: At most one event.
    func forming(_ phase: Phase, anew: Bool = false, at time: Int64) -> [Event] {
        guard let grouping = phase.grouping else { return [] }
        var seating = seating(of: phase, grouping)
        let before = seating.groups
        let people = seatablePeople(at: time)
        if !anew, before.contains(where: { !$0.members.isEmpty }) {
            let seated = Set(before.flatMap(\.members))
            let present = Set(people.map(\.id))
            for group in before { for id in group.members where !present.contains(id) { seating.unseat(id) } }
            for person in people where !seated.contains(person.id) { seating.seat(person) }
        } else {
            switch grouping.how {
            case .random, .channel: seating.deal(people)
            case .merge: merge(people, before: phase.id, anew: anew, &seating)
            case .choice, .hand:
                seating.setOut(for: people.count)
                if anew { seating.deal(people) }
            }
        }
        return seating.groups == before ? [] : [.groupsFormed(phase.id, seating.groups)]
    }

    private func merge(
        _ people: [Seating.Person], before phase: PhaseID, anew: Bool, _ seating: inout Seating
    ) {
        let place = runSheet.firstIndex(of: phase) ?? 0
        let earlier = runSheet[..<place].reversed().lazy.map { self.groups(of: $0) }
            .first { $0.contains { !$0.members.isEmpty } }
        guard let earlier, !anew else { return seating.deal(people) }
        let seatable = Set(people.map(\.id))
        seating.merge(earlier, seatable: seatable)
        let seated = Set(seating.groups.flatMap(\.members))
        for person in people where !seated.contains(person.id) { seating.seat(person) }
    }

    /// Puts those who are in no group with the fewest, also where people choose or are placed.
    private func seatingTheRest(at time: Int64) -> [Event] {
        guard var grouping = currentPhase.grouping else { return [] }
        grouping = Grouping(
            how: grouping.how == .channel ? .channel : .random, size: grouping.size, tables: grouping.tables)
        var seating = seating(of: currentPhase, grouping)
        let before = seating.groups
        for person in seatablePeople(at: time) where participants[person.id]?.group == nil {
            seating.seat(person)
        }
        return seating.groups == before ? [] : [.groupsFormed(currentPhaseID, seating.groups)]
    }

    private func seating(of phase: Phase, _ grouping: Grouping) -> Seating {
        Seating(
            phase.id, grouping, groups(of: phase.id), nextID: groups.nextID, limit: Limits.groups,
            channelOf: { participants[$0]?.attendance ?? .room })
    }

    /// Everybody who is to be in a group, in an order of chance.
    private func seatablePeople(at time: Int64) -> [Seating.Person] {
        participants.values.filter { $0.role == .participant && hasPlace($0) && !$0.isAway }
            .map { (person: $0, key: $0.secret.shuffled(with: UInt64(bitPattern: time))) }
            .sorted { ($0.key, $0.person.id) < ($1.key, $1.person.id) }
            .map { Seating.Person(id: $0.person.id, channel: $0.person.attendance) }
    }

    // MARK: Who comes and goes meanwhile

    /// What events mean for the groups of the phase that is open: who begins to take part gets a group, who stops leaves theirs.
    func regrouping(after events: [Event]) -> [Event] {
        guard let grouping = currentPhase.grouping else { return [] }
        var coming: [Seating.Person] = []
        var going: [ParticipantID] = []
        func come(_ id: ParticipantID) {
            guard let participant = participants[id], participant.role == .participant,
                !participant.isRemoved,
                !participant.isAway
            else { return }
            coming.append(.init(id: id, channel: participant.attendance))
        }
        func go(_ id: ParticipantID) {
            coming.removeAll { $0.id == id }
            if participants[id]?.group != nil { going.append(id) }
        }
        for event in events {
            switch event {
            case .joined(let id, .participant, _, _, let attendance):
                coming.append(.init(id: id, channel: attendance))
            case .waitSet(let people, nil), .admitted(let people): people.forEach(come)
            case .waitSet(let people, _), .turnedAway(let people), .awaySet(let people, true):
                people.forEach(go)
            case .awaySet(let people, _):
                for id in people {
                    guard let participant = participants[id], hasPlace(participant) else { continue }
                    coming.append(.init(id: id, channel: participant.attendance))
                }
            case .participantRemoved(let id), .participantErased(let id), .accessRevoked(let id): go(id)
            default: break
            }
        }
        guard !coming.isEmpty || !going.isEmpty else { return [] }
        var seating = seating(of: currentPhase, grouping)
        for id in going { seating.unseat(id) }
        for person in coming where participants[person.id]?.group == nil { seating.seat(person) }
        return seating.events
    }

    // MARK: Applying

    /// Applies who works with whom.
    mutating func applyGroups(_ event: Event, touching touched: inout Touched) {
        switch event {
        case .groupsFormed(let phase, let formed):
            let kept = Set(formed.map(\.id))
            for group in groups(of: phase) {
                touched.insert(group)
                if !kept.contains(group.id) { groups[group.id] = nil }
            }
            for var group in formed {
                group.notes = groups[group.id]?.notes ?? 0
                group.raised = groups[group.id]?.raised ?? 0
                groups[group.id] = group
                touched.insert(group)
            }
            if phase == currentPhaseID { takeSeats(touching: &touched) }
        case .groupAdded(let group):
            groups[group.id] = group
            touched.insert(group)
        case .groupSet(let people, let phase, let target): set(people, phase, target, touching: &touched)
        case .groupRenamed(let id, let name):
            groups.update(id) { $0.name = name }
            if let group = groups[id] { touched.insert(group) }
            for note in notes.values where note.group == id { touched.insert(note) }
        case .awaySet(let people, let isAway):
            for id in people {
                participants.update(id) { $0.isAway = isAway }
                touched.insert(.staff, .participant(id))
            }
        default: break
        }
    }

    private mutating func set(
        _ people: [ParticipantID], _ phase: PhaseID, _ target: GroupID?, touching touched: inout Touched
    ) {
        for group in groups(of: phase) {
            let isTarget = group.id == target
            guard isTarget || group.members.contains(where: { people.contains($0) }) else { continue }
            groups.update(group.id) { group in
                group.members.removeAll { people.contains($0) }
                if isTarget { group.members += people }
            }
            touched.insert(group)
        }
        guard phase == currentPhaseID else { return }
        for id in people { takeSeat(id, target.flatMap { groups[$0]?.id }, touching: &touched) }
    }

    /// Tells everybody which group is theirs in the phase that is open.
    mutating func takeSeats(touching touched: inout Touched) {
        var seats: [ParticipantID: GroupID] = [:]
        for group in groups.values where group.phase == currentPhaseID {
            for id in group.members { seats[id] = group.id }
        }
        for id in participants.ids where participants.read(id, { $0.group }) ?? nil != seats[id] {
            takeSeat(id, seats[id], touching: &touched)
        }
    }

    private mutating func takeSeat(_ id: ParticipantID, _ group: GroupID?, touching touched: inout Touched) {
        participants.update(id) { $0.group = group }
        touched.insert(.own(id), .me)
        // What was written before there was a group belongs to the first one.
        guard let group, let written = participants.read(id, { $0.notes[currentPhaseID, default: 0] }),
            written > 0
        else { return }
        for note in notes.values where note.author == id && note.phase == currentPhaseID && note.group == nil
        {
            notes.update(note.id) { $0.group = group }
            groups.update(group) {
                $0.notes += 1
                if note.isRaised { $0.raised += 1 }
            }
            if let note = notes[note.id] { touched.insert(note) }
        }
        if let group = groups[group] { touched.insert(group) }
    }

    /// Takes somebody who is gone for good out of every group they have been in.
    mutating func leaveGroups(_ id: ParticipantID, touching touched: inout Touched) {
        participants.update(id) { $0.group = nil }
        for group in groups.values where group.members.contains(id) {
            groups.update(group.id) { $0.members.removeAll { $0 == id } }
            touched.insert(group)
        }
    }
}

extension Touched {
    /// Adds a group in every channel that can show it.
    mutating func insert(_ group: Group) {
        for channel in [ChannelName.group(group.id), .staff, .door, .room] {
            insert(channel, .group(group.id))
        }
    }
}

extension SecretHash {
    /// A number that looks like chance to whoever does not know the hash; another for each salt.
    func shuffled(with salt: UInt64) -> UInt64 {
        var state = salt
        for byte in bytes {
            // SplitMix64's step, taken over the bytes.
            state = (state ^ UInt64(byte)) &+ 0x9E37_79B9_7F4A_7C15
            state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
            state ^= state >> 31
        }
        return state
    }
}

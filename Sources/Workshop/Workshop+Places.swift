extension Workshop {
    /// How many may take part at the same time.
    public var places: Int { min(placesSet ?? limits.participants, limits.participants) }

    /// What somebody who comes in with the code waits for.
    ///
    /// - Throws: ``Refusal/full`` when too many wait to be let in: what waits is bounded, whoever sends it.
    func waitOfNewcomer() throws(Refusal) -> Wait? {
        guard needsApproval else { return headCount.all < places ? nil : .place }
        guard headCount.waiting < Limits.approvals else { throw .full }
        return .approval
    }

    /// Decides who takes part and who waits.
    func decidePlaces(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .setApproval(let isNeeded): return [.approvalSet(isNeeded)]
        case .setPlaces(let count):
            guard (1...limits.participants).contains(count) else { throw .invalidValue }
            return [.placesSet(count)] + promotion(among: count)
        case .admit(let people):
            let people = try waitingForApproval(people)
            let seated = people.prefix(max(0, places - headCount.all))
            let rest = people.dropFirst(seated.count)
            return [.admitted(people)] + (rest.isEmpty ? [] : [.waitSet(Array(rest), .place)])
        case .turnAway(let people): return [.turnedAway(try waitingForApproval(people))]
        case .releasePlaces(let people):
            let seated = people.filter { id in participants[id].map(hasPlace) ?? false }
            let next = promotion(freeing: seated.count)
            guard !seated.isEmpty, !next.isEmpty else { throw .notFound }
            return [.waitSet(seated, .away)] + next
        case .takePlace(let id):
            guard let participant = participants[id], !participant.isRemoved, participant.wait == .away else {
                throw .notFound
            }
            return [.waitSet([id], headCount.all < places ? nil : .place)]
        default: throw .notAllowed
        }
    }

    /// Whether somebody waits for a place.
    public var isFull: Bool {
        headCount.waiting > 0 && participants.values.contains { $0.wait == .place && !$0.isRemoved }
    }

    /// Everybody who has a place.
    public var placeHolders: [ParticipantID] { participants.values.filter(hasPlace).map(\.id) }

    /// Whether somebody takes up a place.
    func hasPlace(_ participant: Participant) -> Bool {
        participant.role == .participant && !participant.isRemoved && participant.wait == nil
    }

    private func waitingForApproval(_ people: [ParticipantID]) throws(Refusal) -> [ParticipantID] {
        guard people.count <= Limits.participantsPerCommand else { throw .limitReached }
        var seen: Set<ParticipantID> = []
        // Two facilitators may press at once: who is in already, or gone, is passed over.
        let waiting = people.filter { id in
            guard let participant = participants[id], !participant.isRemoved else { return false }
            return participant.wait == .approval && seen.insert(id).inserted
        }
        guard !waiting.isEmpty else { throw .notFound }
        return waiting
    }

    /// Who gets a place as somebody goes.
    func promotion(without leaver: ParticipantID) -> [Event] {
        promotion(freeing: participants[leaver].map(hasPlace) ?? false ? 1 : 0, without: leaver)
    }

    /// Who gets a place: those who have waited longest, as many as there are places for.
    ///
    /// - Parameters:
    ///   - freed: Places that become free with what is being decided.
    ///   - places: How many there are; nil: as many as now.
    ///   - leaver: Somebody who goes.
    /// - Returns: At most one event.
    private func promotion(
        freeing freed: Int = 0, among places: Int? = nil, without leaver: ParticipantID? = nil
    ) -> [Event] {
        let free = (places ?? self.places) - headCount.all + freed
        guard free > 0, headCount.waiting > 0 else { return [] }
        let next = participants.values.lazy
            .filter { $0.wait == .place && !$0.isRemoved && $0.id != leaver }.prefix(free).map(\.id)
        return next.isEmpty ? [] : [.waitSet(Array(next), nil)]
    }

    /// Applies who takes part and who waits.
    mutating func applyPlaces(_ event: Event, touching touched: inout Touched) {
        switch event {
        case .waitSet(let people, let wait):
            for id in people {
                if wait != nil { leaveSpeakers(id, touching: &touched) }
                change(id, touching: &touched) { participant in
                    participant.wait = wait
                    guard wait != nil else { return }
                    participant.isReady = false
                    participant.isHandRaised = false
                }
            }
        case .admitted(let people):
            for id in people { change(id, touching: &touched) { $0.wait = nil } }
        case .turnedAway(let people):
            for id in people { applyPeople(.participantRemoved(id), touching: &touched) }
        case .approvalSet(let isNeeded):
            needsApproval = isNeeded
            touched.insert(.door, .door)
        case .placesSet(let count):
            placesSet = count
            touched.insert(.door, .door)
        default: break
        }
    }
}

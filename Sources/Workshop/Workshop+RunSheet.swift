extension Workshop {
    /// Decides where everybody is, and what the run sheet says.
    func decideRunSheet(_ command: Command, at time: Int64) throws(Refusal) -> [Event] {
        switch command {
        case .openPhase(let id):
            return opening(try phase(id), at: time)
        case .revealPhase(let id):
            guard try phase(id).visibility != .everyone else { throw .invalidValue }
            return [.phaseRevealed(id)]
        case .concealPhase(let id):
            guard try phase(id).visibility != .everyone else { throw .invalidValue }
            return [.phaseConcealed(id)]
        case .setInput(let id, let isOpen):
            _ = try phase(id)
            return [.inputSet(id, isOpen: isOpen)]
        case .changePhase(let changed):
            let old = try phase(changed.id)
            try check(changed)
            // What is written stays under the promise it was written under; a stronger one may be given.
            if progress[old.id]?.notes ?? 0 > 0 {
                guard changed.board == old.board, changed.visibility == old.visibility else {
                    throw .phaseInUse
                }
            }
            guard changed.anonymity >= old.anonymity || !isPromised(old) else { throw .promiseGiven }
            let isRegrouped = changed.id == currentPhaseID && changed.grouping != old.grouping
            return [.phaseChanged(changed)] + (isRegrouped ? forming(changed, anew: true, at: time) : [])
        case .addPhase(var added, let after):
            guard phases.count < limits.phases else { throw .limitReached }
            if let after { _ = try phase(after) }
            added.id = phases.nextID
            try check(added)
            return [.phaseAdded(added, after: after)]
        case .removePhase(let id):
            _ = try phase(id)
            guard id != currentPhaseID, runSheet.count > 1, progress[id]?.notes ?? 0 == 0 else {
                throw .phaseInUse
            }
            return [.phaseRemoved(id)]
        case .movePhase(let id, let after):
            _ = try phase(id)
            if let after {
                _ = try phase(after)
                if after == id { throw .invalidValue }
            }
            return [.phaseMoved(id, after: after)]
        default: throw .notAllowed
        }
    }

    /// Whether somebody relies on a phase's promise of anonymity: it was written under, or is being read by those who may
    /// write, who may have a note that is not sent yet.
    private func isPromised(_ phase: Phase) -> Bool {
        if progress[phase.id]?.notes ?? 0 > 0 { return true }
        return phase.id == currentPhaseID && phase.participants.contains(.add)
            && participants.values.contains { $0.role == .participant && !$0.isRemoved }
    }

    /// Everybody moves to a phase: groups are made, and what was chosen goes on.
    private func opening(_ phase: Phase, at time: Int64) -> [Event] {
        var events: [Event] = timer == nil ? [] : [.timerSet(nil)]
        let formed = forming(phase, at: time)
        var groups = self.groups(of: phase.id)
        if case .groupsFormed(_, let new)? = formed.first { groups = new }
        events += [.phaseOpened(phase.id)] + formed + raising(to: phase, groups: groups, at: time)
        // Whoever moves on before the time is up has not stopped what goes by itself.
        if currentPhase.advances, nextDeadline != nil, phase.id == nextPhaseID {
            events += starting(phase, at: time)
        }
        return events
    }

    /// What the end of the timer leads to in a phase that goes on by itself.
    func advancing(at time: Int64) -> [Event]? {
        guard currentPhase.advances, let next = nextPhaseID.flatMap({ phases[$0] }) else { return nil }
        return opening(next, at: time)
    }

    private var nextPhaseID: PhaseID? {
        guard let index = runSheet.firstIndex(of: currentPhaseID), index + 1 < runSheet.count else {
            return nil
        }
        return runSheet[index + 1]
    }

    private func starting(_ phase: Phase, at time: Int64) -> [Event] {
        guard phase.minutes > 0 else { return [] }
        let length = Int64(phase.minutes) * 60_000
        return [.timerSet(Timer(state: .running(deadline: time + length), duration: length))]
            + (progress[phase.id]?.isInputClosed == true ? [.inputSet(phase.id, isOpen: true)] : [])
    }

    func phase(_ id: PhaseID) throws(Refusal) -> Phase {
        guard let phase = phases[id] else { throw .notFound }
        return phase
    }

    private func check(_ phase: Phase) throws(Refusal) {
        try limits.check(phase)
        guard let board = boards[phase.board], phase.vote?.axis == nil || board.axes != nil else {
            throw .invalidValue
        }
    }

    /// Applies where everybody is, and what the run sheet says.
    mutating func applyRunSheet(_ event: Event, touching touched: inout Touched) {
        switch event {
        case .phaseOpened(let id):
            touched.insert(.staff, .runSheetPhase(currentPhaseID))
            for group in groups(of: currentPhaseID) + groups(of: id) { touched.insert(group) }
            currentPhaseID = id
            progress.update(id) {
                $0.firstOpenedAt = $0.firstOpenedAt ?? now
                $0.openedAt = now
            }
            takeSeats(touching: &touched)
            clearReady(touching: &touched)
            touched.insert(.staff, .undo)
            touchPhase(id, &touched)
        case .phaseRevealed(let id): setRevealed(id, true, touching: &touched)
        case .phaseConcealed(let id): setRevealed(id, false, touching: &touched)
        case .inputSet(let id, let isOpen):
            progress.update(id) { $0.isInputClosed = !isOpen }
            touchPhase(id, &touched)
        case .phaseChanged(let phase):
            phases[phase.id] = phase
            touchPhase(phase.id, &touched)
            for group in groups(of: phase.id) { touched.insert(group) }
            for note in notes.values where note.phase == phase.id { touched.insert(note) }
        case .phaseAdded(let phase, let after):
            phases[phase.id] = phase
            progress[phase.id] = PhaseProgress()
            insert(phase.id, after: after)
            touchRunSheet(&touched)
        case .phaseRemoved(let id):
            runSheet.removeAll { $0 == id }
            phases[id] = nil
            progress[id] = nil
            for group in groups(of: id) {
                touched.insert(group)
                groups[group.id] = nil
            }
            touched.insert(.staff, .runSheetPhase(id))
            touchRunSheet(&touched)
        case .phaseMoved(let id, let after):
            runSheet.removeAll { $0 == id }
            insert(id, after: after)
            touchRunSheet(&touched)
        default: break
        }
    }

    private mutating func insert(_ id: PhaseID, after: PhaseID?) {
        let index = after.flatMap { runSheet.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        runSheet.insert(id, at: index)
    }

    private mutating func setRevealed(_ id: PhaseID, _ isRevealed: Bool, touching touched: inout Touched) {
        progress.update(id) { $0.isRevealed = isRevealed }
        touchPhase(id, &touched)
        touched.insert(.room, .spotlight)
        for note in notes.values where note.phase == id { touched.insert(note) }
    }

    private func touchPhase(_ id: PhaseID, _ touched: inout Touched) {
        touched.insert(.room, .phase)
        touched.insert(.room, .totals)
        touched.insert(.staff, .runSheetPhase(id))
    }

    private func touchRunSheet(_ touched: inout Touched) {
        touched.insert(.room, .phase)
        for id in runSheet { touched.insert(.staff, .runSheetPhase(id)) }
    }
}

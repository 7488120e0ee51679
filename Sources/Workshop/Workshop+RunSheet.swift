extension Workshop {
    /// Decides where everybody is, and what the run sheet says.
    func decideRunSheet(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .openPhase(let id):
            _ = try phase(id)
            return timer == nil ? [.phaseOpened(id)] : [.timerSet(nil), .phaseOpened(id)]
        case .revealPhase(let id):
            guard try phase(id).visibility == .own else { throw .invalidValue }
            return [.phaseRevealed(id)]
        case .concealPhase(let id):
            guard try phase(id).visibility == .own else { throw .invalidValue }
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
            return [.phaseChanged(changed)]
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
            currentPhaseID = id
            progress.update(id) {
                $0.firstOpenedAt = $0.firstOpenedAt ?? now
                $0.openedAt = now
            }
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

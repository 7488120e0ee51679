extension Workshop {
    /// Decides the door, the lock, the spotlight and the end.
    func decideRoom(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .setDoor(let isOpen): return [.doorSet(isOpen: isOpen)]
        case .changeCode(let code): return [.codeChanged(code)]
        case .setLock(let isLocked): return [.lockSet(isLocked)]
        case .setPace(let seconds):
            guard (0...Limits.paceSeconds).contains(seconds) else { throw .invalidValue }
            return [.paceSet(seconds: seconds)]
        case .spotlight(let item):
            if let item { guard isShowable(item) else { throw .notFound } }
            return [.spotlightSet(item)]
        case .end:
            var events: [Event] = rounds.values.filter { $0.state == .open }.flatMap(closing)
            if timer != nil { events.append(.timerSet(nil)) }
            if speakers.state != .closed {
                events.append(
                    .speakersSet(
                        .closed, speechSeconds: speakers.speechSeconds, replySeconds: speakers.replySeconds))
            }
            return events + [.doorSet(isOpen: false), .ended]
        default: throw .notAllowed
        }
    }

    /// Whether everybody may see an item.
    func isShowable(_ item: Spotlight) -> Bool {
        switch item {
        case .note(let id): notes[id].map(isVisibleToAll) ?? false
        case .cluster(let id): clusters[id] != nil
        case .round(let id): rounds[id] != nil
        }
    }

    /// Applies the beginning, the door, the lock, the timer, the spotlight and the end.
    mutating func applyRoom(_ event: Event, at time: Int64, touching touched: inout Touched) {
        switch event {
        case .created(let creation): begin(creation, at: time, touching: &touched)
        case .timerSet(let timer):
            self.timer = timer
            touched.insert(.room, .timer)
        case .doorSet(let isOpen):
            isDoorOpen = isOpen
            touched.insert(.door, .door)
        case .codeChanged(let code):
            self.code = code
            touched.insert(.door, .door)
        case .lockSet(let isLocked):
            self.isLocked = isLocked
            touched.insert(.room, .session)
        case .paceSet(let seconds):
            paceSeconds = seconds
            touched.insert(.room, .session)
        case .spotlightSet(let item):
            spotlight = item
            touched.insert(.room, .spotlight)
        case .ended:
            endedAt = time
            retention.eraseAt = time + retention.length
            touched.insert(.room, .session)
            touched.insert(.room, .retention)
        default: break
        }
    }

    private mutating func begin(_ creation: Creation, at time: Int64, touching touched: inout Touched) {
        id = creation.id
        title = creation.title
        language = creation.language
        createdAt = time
        limits = creation.limits
        if let days = creation.keepDays {
            retention.days = days
            retention.eraseAt = time + retention.length
        }
        code = creation.code
        process = creation.process.map(Process.init)
        part = creation.part
        isDoorOpen = process == nil
        links = creation.links
        for var board in creation.boards {
            board.id = boards.nextID
            boards[board.id] = board
            touched.insert(.room, .board(board.id))
        }
        for var cluster in creation.clusters {
            cluster.id = clusters.nextID
            clusters[cluster.id] = cluster
            touched.insert(.room, .cluster(cluster.id))
        }
        for var phase in creation.phases {
            phase.id = phases.nextID
            phases[phase.id] = phase
            progress[phase.id] = PhaseProgress()
            runSheet.append(phase.id)
            touched.insert(.staff, .runSheetPhase(phase.id))
        }
        currentPhaseID = runSheet.first ?? PhaseID(1)
        touched.insert(.room, .session)
        touched.insert(.room, .retention)
        touched.insert(.room, .phase)
        touched.insert(.room, .totals)
        touched.insert(.staff, .undo)
        touched.insert(.door, .door)
        for key in placesOfProcess { touched.insert(.room, key) }
    }
}

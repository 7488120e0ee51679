extension Workshop {
    /// Decides the countdown. A timer is a deadline on the server's clock; its consequence is a command like any other.
    func decideTimer(_ command: Command, at time: Int64) throws(Refusal) -> [Event] {
        switch command {
        case .startTimer(let seconds):
            let length = try milliseconds(seconds)
            return [.timerSet(Timer(state: .running(deadline: time + length), duration: length))] + reopening
        case .pauseTimer:
            guard let timer, case .running(let deadline) = timer.state, deadline > time else {
                throw .noTimer
            }
            return [.timerSet(Timer(state: .paused(remaining: deadline - time), duration: timer.duration))]
        case .resumeTimer:
            guard let timer, case .paused(let remaining) = timer.state else { throw .noTimer }
            return [.timerSet(Timer(state: .running(deadline: time + remaining), duration: timer.duration))]
        case .extendTimer(let seconds):
            return try extended(by: try milliseconds(seconds), at: time)
        case .stopTimer:
            guard timer != nil else { throw .noTimer }
            return [.timerSet(nil)]
        case .expireTimer:
            guard let timer, case .running(let deadline) = timer.state, deadline <= time else {
                throw .noTimer
            }
            if let events = advancing(at: time) { return events }
            let ended = Event.timerSet(Timer(state: .ended, duration: timer.duration))
            return currentPhase.timerClosesInput
                ? [ended, .inputSet(currentPhaseID, isOpen: false)] : [ended]
        default: throw .notAllowed
        }
    }

    private func extended(by length: Int64, at time: Int64) throws(Refusal) -> [Event] {
        guard let timer else { throw .noTimer }
        let duration = timer.duration + length
        guard duration <= Int64(limits.timerSeconds) * 1000 else { throw .invalidValue }
        switch timer.state {
        case .running(let deadline):
            return [.timerSet(Timer(state: .running(deadline: deadline + length), duration: duration))]
        case .paused(let remaining):
            return [.timerSet(Timer(state: .paused(remaining: remaining + length), duration: duration))]
        case .ended:
            return [.timerSet(Timer(state: .running(deadline: time + length), duration: duration))]
                + reopening
        }
    }

    /// Opens the input that a timer has closed, as more time is given.
    private var reopening: [Event] {
        currentPhase.timerClosesInput && progress[currentPhaseID]?.isInputClosed == true
            ? [.inputSet(currentPhaseID, isOpen: true)] : []
    }

    private func milliseconds(_ seconds: Int) throws(Refusal) -> Int64 {
        guard (1...limits.timerSeconds).contains(seconds) else { throw .invalidValue }
        return Int64(seconds) * 1000
    }

    /// When the running timer runs out, in milliseconds since 1970-01-01T00:00:00Z; nil when none runs.
    var timerDeadline: Int64? {
        if case .running(let deadline) = timer?.state { deadline } else { nil }
    }

    /// When the clock has to command something, in milliseconds since 1970-01-01T00:00:00Z; nil when it need not.
    public var nextDeadline: Int64? {
        [timerDeadline, closingDeadline].compactMap { $0 }.min()
    }

    /// What the clock has to command when ``nextDeadline`` has come.
    public var commandAtDeadline: Command {
        closingDeadline.map { $0 == nextDeadline } == true ? .process(.close) : .expireTimer
    }
}

/// A process, to everybody who follows it.
public struct ProcessEntry: Hashable, Sendable {
    /// The challenge that is to be solved.
    public var challenge: String
    /// What all agree to hold to.
    public var principles: [String]
    /// The step that everybody is in, 1 to 5.
    public var step: Int
    /// Whether anybody may read the public page.
    public var isPublished: Bool
}

/// A step, to everybody who follows the process.
public struct StepEntry: Hashable, Sendable {
    /// Where a step stands.
    public enum State: String, Hashable, Sendable {
        case waiting, current, finished
    }

    /// What was heard, and what is done with it.
    public var summary: Process.Summary
    /// Where it stands.
    public var state: State
}

extension Process {
    /// Where a step stands.
    public func state(of step: Int) -> StepEntry.State {
        step < self.step ? .finished : step == self.step ? .current : .waiting
    }
}

extension Workshop {
    /// What the room's channel shows of a process, or of a session as a part of one.
    func processEntry(for key: EntryKey) -> Entry? {
        if case .part = key { return part.map { .part($0) } }
        guard let process else { return nil }
        switch key {
        case .process:
            return .process(
                ProcessEntry(
                    challenge: process.challenge, principles: process.principles, step: process.step,
                    isPublished: process.isPublished))
        case .step(let step):
            guard Process.steps.contains(step) else { return nil }
            return .step(StepEntry(summary: process.summaries[step - 1], state: process.state(of: step)))
        case .processSession(let id):
            guard let session = process.sessions[id], !session.isDetached else { return nil }
            return .processSession(session)
        case .item(let id): return process.items[id].map { .item($0) }
        default: return nil
        }
    }

    /// Every key under which the room's channel can show something of a process, or of a part of one.
    var placesOfProcess: [EntryKey] {
        guard let process else { return part == nil ? [] : [.part] }
        return [.process] + Process.steps.map { .step($0) } + process.sessions.ids.map { .processSession($0) }
            + process.items.ids.map { .item($0) }
    }
}

extension ProcessCommand {
    /// What this command asks of its sender.
    var requirement: Requirement {
        switch self {
        case .change, .openStep, .summarise, .publish, .renameSession, .detachSession, .addLink, .revokeLink,
            .publishItem, .carry, .setClosing:
            .facilitator
        case .addItem, .changeItem, .linkItem, .unlinkItem, .moveItem, .setItemState, .removeItem,
            .mergeItems,
            .splitItem:
            .staff
        case .attachSession, .report, .close, .checkGrants, .rekey, .eraseCopies, .stayWithProcess: .clock
        case .joinByLink: .newcomer
        }
    }

    /// Whether it may still be done when the process, or the session, has ended: what is shown of it goes on, and so does what
    /// the server has to say.
    var isAllowedAfterEnd: Bool {
        switch self {
        case .publish, .publishItem, .revokeLink, .report, .checkGrants, .rekey, .eraseCopies,
            .stayWithProcess, .joinByLink:
            true
        default: false
        }
    }

    /// Whether it is for a process; else for a workshop that is part of one. Nil: for both.
    var isForProcess: Bool? {
        switch self {
        case .carry, .setClosing, .close, .rekey, .eraseCopies, .stayWithProcess: false
        case .joinByLink, .checkGrants: nil
        default: true
        }
    }
}

extension Workshop {
    /// Refuses what is for the other kind: a process has no board to write on, a workshop no steps and items.
    func checkKind(_ command: Command) throws(Refusal) {
        if case .process(let command) = command {
            let isFit =
                switch command.isForProcess {
                case true: process != nil
                case false: part != nil
                case nil: process != nil || part != nil
                }
            guard isFit else { throw .wrongKind }
            return
        }
        guard process != nil else { return }
        switch command {
        case .join, .rename, .removeParticipant, .eraseParticipant, .eraseMe, .replaceLinks, .end,
            .setRetention,
            .postponeErasure:
            break
        default: throw .wrongKind
        }
    }

    /// The link of the process that somebody came by; nil for another way.
    public func grant(of participant: ParticipantID) -> SecretHash? {
        grants?.first { $0.participant == participant }?.link
    }

    /// Whether anybody has come by a link of the process.
    public var hasGrants: Bool { grants?.isEmpty == false }

    /// The links that make somebody a facilitator of this process, and of its sessions.
    public var facilitatorLinks: [SecretHash] {
        links.filter { $0.role == .facilitator }.map(\.secret)
            + (process?.cofacilitators.values.map(\.secret) ?? [])
    }

    /// The links that make somebody staff of this process, and of its sessions.
    public var staffLinks: [SecretHash] {
        facilitatorLinks + links.filter { $0.role == .helper }.map(\.secret)
    }

    /// Decides what happens in a process, or to a part of one.
    func decideProcess(
        _ command: ProcessCommand, by actor: Actor, at time: Int64
    ) throws(Refusal) -> [Event] {
        switch command {
        case .carry, .setClosing, .close, .joinByLink, .checkGrants, .rekey, .eraseCopies, .stayWithProcess:
            return try decidePart(command, by: actor, at: time)
        default: break
        }
        guard let process else { throw .wrongKind }
        switch command {
        case .addItem, .changeItem, .linkItem, .unlinkItem, .moveItem, .setItemState, .publishItem,
            .removeItem,
            .mergeItems, .splitItem:
            return [.process(try process.decideItems(command))]
        case .addLink, .revokeLink:
            // Whoever came by such a link holds the process together with its owner, and gives it to nobody else.
            guard case .participant(let id) = actor, grant(of: id) == nil else { throw .notAllowed }
            return try decideCofacilitators(command, process)
        default: return [.process(try process.decide(command, limits))]
        }
    }

    private func decideCofacilitators(
        _ command: ProcessCommand, _ process: Process
    ) throws(Refusal) -> [Event] {
        switch command {
        case .addLink(let name, let secret):
            try limits.checkName(name)
            guard role(ofLink: secret) == nil else { throw .invalidValue }
            guard process.cofacilitators.count < Limits.cofacilitators else { throw .limitReached }
            return [.process(.linkAdded(process.cofacilitators.nextID, name: name, secret))]
        case .revokeLink(let id):
            guard let link = process.cofacilitators[id] else { throw .notFound }
            return [.process(.linkRevoked(id))] + revocations { $0 == link.secret }
        default: throw .notAllowed
        }
    }

    /// Sends away who came by such links.
    func revocations(_ isRevoked: (SecretHash) -> Bool) -> [Event] {
        (grants ?? []).filter { grant in
            isRevoked(grant.link) && participants[grant.participant].map { !$0.isRemoved } ?? false
        }.map { .accessRevoked($0.participant) }
    }

    /// Applies what happened in a process, or to a part of one.
    mutating func applyProcess(_ event: ProcessEvent, touching touched: inout Touched) {
        switch event {
        case .closingSet, .closed, .cameByLink, .keptWithProcess, .carried:
            applyPart(event, touching: &touched)
        case .linkAdded(let id, let name, let secret):
            process?.cofacilitators[id] = Process.Cofacilitator(name: name, secret: secret)
            touched.insert(.staff, .cofacilitator(id))
        case .linkRevoked(let id):
            process?.cofacilitators[id] = nil
            touched.insert(.staff, .cofacilitator(id))
        default:
            for key in process?.apply(event) ?? [] { touched.insert(.room, key) }
        }
    }
}

extension ProcessBrief {
    /// Checks the texts.
    public func check() throws(Refusal) {
        if challenge.unicodeScalars.count > Limits.summaryCharacters { throw .tooLong }
        guard principles.count <= Limits.principles else { throw .limitReached }
        for principle in principles {
            if principle.isEmpty { throw .empty }
            if principle.unicodeScalars.count > Limits.principleCharacters { throw .tooLong }
        }
    }
}

extension Process {
    /// Decides what is said of the process, its steps and its sessions.
    fileprivate func decide(_ command: ProcessCommand, _ limits: Limits) throws(Refusal) -> ProcessEvent {
        switch command {
        case .change(let challenge, let principles):
            try ProcessBrief(challenge: challenge, principles: principles).check()
            return .changed(challenge: challenge, principles: principles)
        case .openStep(let step):
            guard Self.steps.contains(step) else { throw .invalidValue }
            return .stepOpened(step)
        case .summarise(let step, let heard, let done):
            guard Self.steps.contains(step) else { throw .invalidValue }
            for text in [heard, done] where text.unicodeScalars.count > Limits.summaryCharacters {
                throw .tooLong
            }
            return .summarised(step, heard: heard, done: done)
        case .publish(let isPublished): return .published(isPublished)
        case .renameSession(let id, let title):
            guard sessions[id]?.isDetached == false else { throw .notFound }
            try limits.checkName(title)
            return .sessionRenamed(id, title)
        case .detachSession(let id):
            guard sessions[id]?.isDetached == false else { throw .notFound }
            return .sessionDetached(id)
        case .attachSession(let step, let kind, let title, let workshop, let request, let maker):
            guard Self.steps.contains(step) else { throw .invalidValue }
            guard !sessions.values.contains(where: { $0.request == request }) else { throw .invalidValue }
            guard sessions.nextID.number <= UInt32(Limits.sessions) else { throw .limitReached }
            return .sessionAttached(
                sessions.nextID, step: step, kind: kind, title: title, workshop: workshop, request: request,
                maker: maker)
        case .report(let id, let report):
            guard let session = sessions[id], session.report.state != .erased else { throw .notFound }
            guard session.report != report else { throw .invalidValue }
            return .sessionReported(id, report)
        default: throw .notAllowed
        }
    }

    /// Applies what happened, and tells which entries show it.
    fileprivate mutating func apply(_ event: ProcessEvent) -> [EntryKey] {
        switch event {
        case .changed(let challenge, let principles):
            (self.challenge, self.principles) = (challenge, principles)
            return [.process]
        case .stepOpened(let step):
            self.step = step
            return [.process] + Self.steps.map { .step($0) }
        case .summarised(let step, let heard, let done):
            summaries[step - 1] = Summary(heard: heard, done: done)
            return [.step(step)]
        case .published(let isPublished):
            self.isPublished = isPublished
            return [.process]
        case .sessionAttached(let id, let step, let kind, let title, let workshop, let request, let maker):
            let position = (sessions.values.filter { $0.step == step }.map(\.position).max() ?? 0) + 1
            sessions[id] = ProcessSession(
                id: id, step: step, kind: kind, title: title, workshop: workshop, request: request,
                position: position, maker: maker)
            return [.processSession(id)]
        case .sessionRenamed(let id, let title):
            sessions.update(id) { $0.title = title }
            return [.processSession(id)]
        case .sessionDetached(let id):
            sessions.update(id) { $0.isDetached = true }
            return [.processSession(id)]
        case .sessionReported(let id, let report):
            sessions.update(id) { $0.report = report }
            return [.processSession(id)]
        default: return applyItems(event)
        }
    }
}

extension Workshop {
    /// How many times a role's link has been replaced since the facilitator's was.
    public func generation(ofLinkFor role: Role) -> Int { links.first { $0.role == role }?.generation ?? 0 }

    /// Whether a secret is that of the facilitator's own link: not a co-facilitator's, and not one that was replaced.
    public func isOwnersLink(_ secret: SecretHash) -> Bool {
        links.contains { $0.role == .facilitator && $0.secret == secret }
    }

    /// Decides which links are replaced, and who is sent away with them.
    ///
    /// The facilitator who asks stays: they are known by their own device. Everybody else of these roles came by a link that
    /// may be in the wrong hands, so all of them come anew by the new one.
    func decideLinks(
        _ new: [Creation.Link], holder: SecretHash, by actor: Actor
    ) throws(Refusal) -> [Event] {
        let roles = Set(new.map(\.role))
        guard case .participant(let asker) = actor, !new.isEmpty, roles.count == new.count,
            !roles.contains(.participant),
            new.allSatisfy({ link in !links.contains { $0.secret == link.secret } })
        else { throw .invalidValue }
        if roles.contains(.facilitator) {
            // Whoever came by a co-facilitator's link does not take the process from its owner.
            if process != nil, grant(of: asker) != nil { throw .notAllowed }
            guard roles.count == Role.allCases.count - 1, new.allSatisfy({ $0.generation == 0 }),
                new.contains(where: { $0.role == .facilitator && $0.secret == holder })
            else { throw .invalidValue }
        } else {
            guard isOwnersLink(holder) else { throw .notAllowed }
            guard new.allSatisfy({ $0.generation == generation(ofLinkFor: $0.role) + 1 }) else {
                throw .invalidValue
            }
        }
        let gone = participants.values.filter {
            roles.contains($0.role) && !$0.isRemoved && $0.id != asker && grant(of: $0.id) == nil
        }
        return new.map { .linkReplaced($0) } + gone.map { .accessRevoked($0.id) }
    }

    /// Applies what became of the links.
    mutating func applyLinks(_ event: Event, touching touched: inout Touched) {
        switch event {
        case .linkReplaced(let link):
            links.removeAll { $0.role == link.role }
            links.append(link)
        case .accessRevoked(let id):
            applyPeople(.participantRemoved(id), touching: &touched)
            participants.update(id) { $0.isRevoked = true }
        default: break
        }
    }
}

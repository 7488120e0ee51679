internal import Digests
internal import Wire
internal import Workshop

/// The capability links of a workshop. One secret gives them all: the others are derived from the facilitator's, so the
/// server can show them to its holder again and needs to keep only hashes (protocol rules A2, K1).
struct Links {
    let facilitator: [UInt8]

    /// New, random links.
    static func make() -> Links { Links(facilitator: SecureRandom.bytes(32)) }

    /// The secret for a role; nil for participants, who come in by the code.
    ///
    /// - Parameters:
    ///   - role: Whose.
    ///   - generation: How many times it has been replaced since the facilitator's was.
    /// - Returns: 32 bytes.
    func secret(for role: Role, generation: Int = 0) -> [UInt8]? {
        switch role {
        case .facilitator: return facilitator
        case .helper, .screen, .observer:
            let name = generation == 0 ? role.rawValue : "\(role.rawValue)/\(generation)"
            return HMACSHA256.authenticate(Array(name.utf8), key: facilitator)
        case .participant: return nil
        }
    }

    /// The links of a process' session that was made with the facilitator's link among these (rule Q2).
    func links(ofSession session: SessionID) -> Links {
        Links(facilitator: HMACSHA256.authenticate(Array("session/\(session.number)".utf8), key: facilitator))
    }

    /// What the workshop knows of them.
    var hashes: [Creation.Link] { Role.allCases.compactMap { hash(for: $0, generation: 0) } }

    private func hash(for role: Role, generation: Int) -> Creation.Link? {
        secret(for: role, generation: generation).flatMap { SecretHash(SHA256.hash($0)) }.map {
            Creation.Link(role: role, secret: $0, generation: generation)
        }
    }

    /// The command that replaces a role's link: with the facilitator's, which these links are made from, all of them.
    func replacing(_ role: Role, in workshop: Workshop) -> Command? {
        guard let holder = SecretHash(SHA256.hash(facilitator)) else { return nil }
        let new =
            role == .facilitator
            ? hashes
            : [hash(for: role, generation: workshop.generation(ofLinkFor: role) + 1)].compactMap { $0 }
        return .replaceLinks(new, holder: holder)
    }

    /// The secrets of these roles as they are now; empty unless the facilitator's is the one that holds. From a co-facilitator's
    /// link nothing follows (rule Q4).
    func shown(_ roles: [Role], in workshop: Workshop) -> [(role: Role, secret: String)] {
        guard workshop.isOwned(by: self) else { return [] }
        return roles.compactMap { role in
            secret(for: role, generation: workshop.generation(ofLinkFor: role)).map {
                (role, Base64URL.encode($0))
            }
        }
    }
}

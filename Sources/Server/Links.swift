internal import Digests
internal import Workshop

/// The capability links of a workshop. One secret gives them all: the others are derived from the facilitator's, so the
/// server can show them to its holder again and needs to keep only hashes (protocol rule A2).
struct Links {
    let facilitator: [UInt8]

    /// New, random links.
    static func make() -> Links { Links(facilitator: SecureRandom.bytes(32)) }

    /// The secret for a role; nil for participants, who come in by the code.
    func secret(for role: Role) -> [UInt8]? {
        switch role {
        case .facilitator: facilitator
        case .helper, .screen, .observer: HMACSHA256.authenticate(Array(role.rawValue.utf8), key: facilitator)
        case .participant: nil
        }
    }

    /// What the workshop knows of them.
    var hashes: [Creation.Link] {
        Role.allCases.compactMap { role in
            secret(for: role).flatMap { SecretHash(SHA256.hash($0)) }.map {
                Creation.Link(role: role, secret: $0)
            }
        }
    }
}

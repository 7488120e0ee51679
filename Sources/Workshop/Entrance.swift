/// What somebody at the door shows to be let in for the first time.
public enum Entrance: Hashable, Sendable {
    /// The join code: for participants, while the door is open.
    case code(String)
    /// The hash of a link's secret.
    case link(SecretHash)
    /// A link that the process has said to give this role in its sessions.
    case process(SecretHash, Role)
}

extension Workshop {
    /// The role that somebody comes in with, as things are now; nil when they are not let in.
    public func role(by entrance: Entrance) -> Role? {
        switch entrance {
        case .code(let code): code == self.code && isDoorOpen ? .participant : nil
        case .link(let secret): role(ofLink: secret)
        case .process(_, let role): part == nil || !role.isStaff ? nil : role
        }
    }
}

/// What somebody waits for who has joined and does not take part. Whoever waits reads at most, and counts in no total of those
/// who take part.
public enum Wait: String, Hashable, Sendable, Codable, CaseIterable {
    /// To be let in by a facilitator; sees nothing of the workshop.
    case approval
    /// For a place: all are taken. Reads along.
    case place
    /// Nothing: the place was given to others while nobody was there. Gets one, or waits for one, on coming back.
    case away
}

extension Participant {
    /// The channels it follows now.
    public var channels: [ChannelName] {
        guard wait != .approval else { return [.own(id)] }
        let group = wait == nil ? group : nil
        return role.channels(for: id) + (group.map { [.group($0)] } ?? [])
    }
}

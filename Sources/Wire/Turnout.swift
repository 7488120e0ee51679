public import Workshop

/// Whether all votes are in: of the devices that are connected and have a vote, how many have yet to use it.
public struct Turnout: Hashable, Sendable {
    /// The open round.
    public var round: RoundID
    /// Devices, personal ones and tables', that are connected and have a vote.
    public var present: Int
    /// How many of them have not voted; one is told as two, so that nobody is pointed at.
    public var missing: Int

    /// Makes one.
    public init(round: RoundID, present: Int, missing: Int) {
        self.round = round
        self.present = present
        self.missing = missing
    }

    /// Counts; nil while no round is open.
    ///
    /// - Parameters:
    ///   - connected: Participants who are connected; one who is connected twice may stand here twice.
    ///   - workshop: The workshop as it is durable.
    public init?(of connected: some Sequence<ParticipantID>, in workshop: Workshop) {
        guard let round = workshop.openRound else { return nil }
        var (seen, missing): (Set<ParticipantID>, Int) = ([], 0)
        for id in connected {
            let hasVote = workshop.participants.read(id) { participant in
                participant.role == .participant && !participant.isRemoved && participant.wait == nil
            }
            guard hasVote == true, seen.insert(id).inserted else { continue }
            if !workshop.hasVoted(id, in: round) { missing += 1 }
        }
        self.round = round
        present = seen.count
        self.missing = missing == 1 ? 2 : missing
    }
}

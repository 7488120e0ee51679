/// A wrong wiring that a simulation must find: proof that its checks can fail. Never part of the product.
public enum Flaw: String, CaseIterable, Sendable {
    /// Commands are answered before the journal has them.
    case acknowledgesEarly
    /// A phone that resends gives what it resends a new number.
    case renumbersWhatWasSent
    /// Everybody is sent the author's own channel.
    case leaksOwnChannel
    /// A phone that was blocked is told that it has seen what it has not.
    case skipsWhatWasMissed
    /// A node that starts forgets the last record of its log.
    case losesTheLastRecord
    /// A phone that comes back is given only what changed since, although its history is another.
    case ignoresTheEpoch
    /// Who waits to be let in is sent what everybody in the room is sent.
    case showsTheRoomAtTheDoor
    /// A phone that comes back as somebody else goes on showing what was its own before (H6).
    case ignoresWhoItIs
    /// A phone whose group is another goes on showing what the old one wrote (J3).
    case keepsOldGroups
    /// After a message that could not be read a phone sends all that waits again, not one at a time (G2).
    case blamesTheFirst
}

/// What befell a run, and how often.
public struct Tally: Hashable, Sendable {
    /// Events of the scheduler.
    public var steps = 0
    /// Commands that people gave.
    public var commands = 0
    /// Commands answered with `ack`.
    public var acknowledged = 0
    /// Commands refused.
    public var refused = 0
    /// Records in the journal at the end.
    public var records = 0
    /// Frames sent by the server.
    public var frames = 0
    /// Connections cut, at any byte.
    public var cuts = 0
    /// Nodes killed.
    public var kills = 0
    /// Appends that failed.
    public var failedAppends = 0
    /// Appends stored whose answer was lost with the node.
    public var lostAnswers = 0
    /// Appends that took seconds.
    public var slowAppends = 0
    /// Snapshots saved.
    public var snapshots = 0
    /// Restores from a backup.
    public var restores = 0
    /// Clock jumps.
    public var jumps = 0
    /// Pages loaded anew with what storage kept.
    public var reloads = 0
    /// Pages loaded anew with empty storage.
    public var forgotten = 0
    /// Phones that stopped reading for a while.
    public var sleeps = 0
    /// Pages left for a while.
    public var hidings = 0
    /// Times that a phone was passed by because its socket was full.
    public var blocked = 0

    /// Nothing yet.
    public init() {}

    /// Adds another run's.
    public static func += (left: inout Tally, right: Tally) {
        for (path, _) in names { left[keyPath: path] += right[keyPath: path] }
    }

    /// Each figure with its name for people.
    public static var names: [(WritableKeyPath<Tally, Int>, String)] {
        [
            (\.steps, "steps"), (\.commands, "commands"), (\.acknowledged, "acknowledged"),
            (\.refused, "refused"), (\.records, "records"), (\.frames, "frames"), (\.cuts, "connections cut"),
            (\.kills, "nodes killed"), (\.failedAppends, "appends failed"),
            (\.lostAnswers, "answers lost after the commit"), (\.slowAppends, "slow appends"),
            (\.snapshots, "snapshots"), (\.restores, "restores from a backup"), (\.jumps, "clock jumps"),
            (\.reloads, "reloads with storage"), (\.forgotten, "reloads without storage"),
            (\.sleeps, "phones asleep"), (\.hidings, "pages left for a while"), (\.blocked, "times blocked"),
        ]
    }
}

/// How a run ended.
public struct Outcome: Sendable {
    /// What was wrong, the first thing found; nil when nothing was.
    public var failure: String?
    /// What befell it.
    public var tally = Tally()
    /// A number that two runs of one seed share, and runs of different seeds hardly ever.
    public var trace: UInt64 = 0
    /// The last things that happened, oldest first.
    public var history: [String] = []
}

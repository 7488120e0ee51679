import Wire

/// The queue of a phone's commands: the rules of web/app/outbox.js, held to it by shared fixtures (Tests/Fixtures/outbox.json).
///
/// Two things it leaves to that one and its tests: a limit on characters, and several tabs of one workshop on one phone.
public struct Outbox: Hashable, Sendable {
    /// A command without its final answer.
    public struct Pending: Hashable, Sendable {
        /// Unique on the device.
        public var id: Int
        /// Its counter; nil until it is sent for the first time.
        public var ref: UInt32?
        /// The message's type.
        public var type: String
        /// Its members, as JSON without braces.
        public var members: String
        /// Whether it is out.
        public var isSent = false
        /// Whether it has been given a new number once.
        public var wasRenumbered = false
    }

    /// Oldest first.
    public private(set) var commands: [Pending] = []
    /// The last counter given.
    public private(set) var last: UInt32 = 0
    /// That counter as storage has it.
    private var keptLast: UInt32 = 0

    /// How much may wait.
    public static let limit = 200

    /// An empty one.
    public init() {}

    /// From `welcome`: no number up to it is free, and what was sent must be sent again (R3).
    public mutating func begin(lastRef: UInt32) {
        last = max(last, lastRef)
        for index in commands.indices { commands[index].isSent = false }
    }

    /// Puts a command last. An unsent absolute one for the same thing is replaced instead (R5).
    ///
    /// - Returns: The command, possibly an older one with new members; nil when the box is full.
    @discardableResult
    public mutating func add(_ id: Int, _ type: String, _ members: String) -> Pending? {
        let new = Pending(id: id, ref: nil, type: type, members: members)
        if let thing = new.thing,
            let index = commands.firstIndex(where: { !$0.isSent && $0.ref == nil && $0.thing == thing })
        {
            commands[index].members = members
            keep()
            return commands[index]
        }
        guard commands.count < Self.limit else { return nil }
        commands.append(new)
        keep()
        return new
    }

    private mutating func keep() { keptLast = last }

    /// The next commands to send, in order and numbered; they count as sent from here on.
    public mutating func next(unanswered: Int) -> [Pending] {
        var free = unanswered - commands.count(where: \.isSent)
        var next: [Pending] = []
        for index in commands.indices where free > 0 && !commands[index].isSent {
            if commands[index].ref == nil {
                last += 1
                commands[index].ref = last
            }
            last = max(last, commands[index].ref ?? 0)
            commands[index].isSent = true
            next.append(commands[index])
            free -= 1
        }
        if !next.isEmpty { keep() }
        return next
    }

    /// The command with this counter.
    public func find(_ ref: UInt32) -> Pending? { commands.first { $0.ref == ref } }

    /// It has its final answer.
    public mutating func remove(_ ref: UInt32) {
        commands.removeAll { $0.ref == ref }
        keep()
    }

    /// The server could not take it just now (R6): the same number again, later.
    public mutating func postpone(_ ref: UInt32) {
        for index in commands.indices where commands[index].ref == ref { commands[index].isSent = false }
    }

    /// A later one overtook it: once it gets a new number.
    ///
    /// - Returns: Whether it will be tried again.
    public mutating func renumber(_ ref: UInt32) -> Bool {
        guard let index = commands.firstIndex(where: { $0.ref == ref }), !commands[index].wasRenumbered else {
            return false
        }
        var command = commands.remove(at: index)
        command.wasRenumbered = true
        (command.ref, command.isSent) = (nil, false)
        commands.append(command)
        keep()
        return true
    }

    /// As a new page finds it in storage: nothing is out.
    public var stored: Outbox {
        var stored = self
        stored.last = keptLast
        for index in stored.commands.indices { stored.commands[index].isSent = false }
        return stored
    }

    /// A fault for the simulator: everything gets a new number.
    mutating func forgetNumbers() { for index in commands.indices { commands[index].ref = nil } }
}

extension Outbox.Pending {
    /// What an absolute command sets, so that a newer one may take its place (R5); nil for any other.
    fileprivate var thing: [JSONValue?]? {
        guard ["vote.cast", "vote.table", "hands.record"].contains(type),
            let all = try? JSONReader.read(Array("{\(members)}".utf8), limits: .trusted)
        else { return nil }
        return [
            .string(type), all["round"], all["target"], type == "hands.record" ? all["value"] : nil,
        ]
    }
}

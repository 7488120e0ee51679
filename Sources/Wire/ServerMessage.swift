public import Workshop

/// What the server sends, as payloads of text frames.
public enum ServerMessage {
    /// The answer to a hello (protocol rule H5).
    public struct Welcome {
        /// The workshop.
        public var workshop: String
        /// The name of its history.
        public var epoch: String
        /// The device's place.
        public var participant: ParticipantID
        /// Its role.
        public var role: Role
        /// The channels it follows.
        public var channels: [ChannelName]
        /// The server's clock, in milliseconds since 1970-01-01T00:00:00Z.
        public var now: Int64
        /// The highest counter accepted from this participant.
        public var lastRef: UInt32
        /// Characters in a note.
        public var noteCharacters: Int
        /// The derived links, each a role with a secret; only to one who came by the facilitator's link.
        public var links: [(role: Role, secret: String)]

        /// Makes a welcome.
        public init(
            workshop: String, epoch: String, participant: ParticipantID, role: Role, channels: [ChannelName],
            now: Int64,
            lastRef: UInt32,
            noteCharacters: Int, links: [(role: Role, secret: String)] = []
        ) {
            self.workshop = workshop
            self.epoch = epoch
            self.participant = participant
            self.role = role
            self.channels = channels
            self.now = now
            self.lastRef = lastRef
            self.noteCharacters = noteCharacters
            self.links = links
        }
    }

    /// Lets somebody in.
    public static func welcome(_ welcome: Welcome) -> [UInt8] {
        message("welcome", capacity: 512) { json in
            json.member("workshop", welcome.workshop)
            json.member("epoch", welcome.epoch)
            json.member("participant", welcome.participant)
            json.member("role", welcome.role.rawValue)
            json.member("now", welcome.now)
            json.member("lastRef", welcome.lastRef)
            json.member("channels", welcome.channels.map(\.wireName))
            json.member("limits") { json in
                json.object { json in
                    json.member("noteCharacters", welcome.noteCharacters)
                    json.member("messageBytes", WireLimits.messageByteCount)
                    json.member("unanswered", WireLimits.unanswered)
                }
            }
            if !welcome.links.isEmpty { write(welcome.links, &json) }
        }
    }

    /// The links as they are after one was replaced (rule K2).
    public static func links(_ links: [(role: Role, secret: String)]) -> [UInt8] {
        message("links", capacity: 320) { json in write(links, &json) }
    }

    private static func write(_ links: [(role: Role, secret: String)], _ json: inout JSONWriter) {
        json.member("links") { json in
            json.object { json in for link in links { json.member(link.role.rawValue, link.secret) } }
        }
    }

    /// Asks a newcomer by code for work first (rule H7).
    public static func challenge(_ challenge: DoorChallenge) -> [UInt8] {
        message("challenge", capacity: 160) { challenge.write(to: &$0) }
    }

    /// Says that a command is on stable storage (rule R2).
    public static func ack(ref: UInt32, sequence: UInt64) -> [UInt8] {
        message("ack", capacity: 48) { json in
            json.member("ref", ref)
            json.member("sequence", sequence)
        }
    }

    /// Says that a command did nothing (rule R6).
    public static func refused(ref: UInt32, code: String, retryAfterSeconds: Int? = nil) -> [UInt8] {
        message("refused", capacity: 80) { json in
            json.member("ref", ref)
            json.member("code", code)
            if let retryAfterSeconds { json.member("retryAfterSeconds", retryAfterSeconds) }
        }
    }

    /// The server's clock (rule L1).
    public static func time(t: Int64, now: Int64) -> [UInt8] {
        message("time", capacity: 64) { json in
            json.member("t", t)
            json.member("now", now)
        }
    }

    /// How many are connected, and how many of those have yet to vote in an open round (rule L3).
    public static func presence(room: Int, remote: Int, turnout: Turnout? = nil) -> [UInt8] {
        message("presence", capacity: 96) { json in
            json.member("room", room)
            json.member("remote", remote)
            guard let turnout else { return }
            json.member("turnout") { json in
                json.object { json in
                    json.member("round", turnout.round)
                    json.member("present", turnout.present)
                    json.member("missing", turnout.missing)
                }
            }
        }
    }

    /// That the server closes, and when to come back (rule L4).
    public static func bye(reason: String, comeBackAfterMilliseconds: Int) -> [UInt8] {
        message("bye", capacity: 96) { json in
            json.member("reason", reason)
            json.member("comeBackAfterMilliseconds", comeBackAfterMilliseconds)
        }
    }

    private static func message(
        _ type: String, capacity: Int, _ members: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var json = JSONWriter(capacity: capacity)
        json.object { json in
            json.member("type", type)
            members(&json)
        }
        return json.bytes
    }
}

/// Puts a `changes` message together from entries that are already encoded (rule C1).
public struct ChangesBuilder {
    private let head: [UInt8]
    private var entries: [UInt8] = []
    private var dropped: [UInt8] = []

    /// Starts a message.
    ///
    /// - Parameters:
    ///   - channel: The channel.
    ///   - sequence: What its followers are at when they have applied it.
    ///   - isWhole: Whether what they hold of the channel is to go first (protocol rule C6).
    public init(channel: ChannelName, sequence: UInt64, isWhole: Bool = false) {
        let whole = isWhole ? "\"whole\":true," : ""
        head = Array(
            "{\"type\":\"changes\",\"channel\":\"\(channel.wireName)\",\"sequence\":\(sequence),\(whole)\"set\":{"
                .utf8)
    }

    /// Adds an entry.
    public mutating func set(_ key: EntryKey, _ entry: [UInt8]) {
        if !entries.isEmpty { entries.append(UInt8(ascii: ",")) }
        key.write(to: &entries)
        entries.append(UInt8(ascii: ":"))
        entries.append(contentsOf: entry)
    }

    /// Adds a key that is gone.
    public mutating func drop(_ key: EntryKey) {
        if !dropped.isEmpty { dropped.append(UInt8(ascii: ",")) }
        key.write(to: &dropped)
    }

    /// Whether there is nothing to tell.
    public var isEmpty: Bool { entries.isEmpty && dropped.isEmpty }

    /// The message.
    public func finish() -> [UInt8] {
        var bytes = head
        bytes.reserveCapacity(head.count + entries.count + dropped.count + 16)
        bytes.append(contentsOf: entries)
        bytes.append(contentsOf: "},\"drop\":[".utf8)
        bytes.append(contentsOf: dropped)
        bytes.append(contentsOf: "]}".utf8)
        return bytes
    }
}

public import Workshop

/// What a client says first (protocol section H).
public struct Hello: Hashable, Sendable {
    /// The device's own secret.
    public var secret: Secret
    /// Which workshop; nil to find it by the code.
    public var workshop: String?
    /// The join code as typed; nil to come back, or to come by a link.
    public var code: String?
    /// A link's secret.
    public var link: Secret?
    /// The answer to a challenge, as the client sent it; may be anything.
    public var proof: String?
    /// A name of one's own choosing; may be empty.
    public var name: String
    /// Where one takes part from.
    public var attendance: Attendance
    /// The history that `since` belongs to.
    public var epoch: String?
    /// The last sequence seen, by channel: `room`, `own`, `staff`, `door`.
    public var since: [String: UInt64]
}

/// A command as the wire has it.
public enum ClientCommand: Hashable, Sendable {
    /// One that the workshop decides as it is.
    case workshop(Command)
    /// A new join code, which the server makes.
    case changeCode
    /// A new link for a role, which the server makes from the facilitator's link as it is afterwards.
    case replaceLink(Role, from: Secret)
    /// A co-facilitator's link, of which the server keeps the hash.
    case addLink(name: String, Secret)
    /// Texts from earlier sessions and items of the process, which the server fetches.
    case carry([Origin], column: ColumnID?)
}

/// A message that is not of this protocol: the connection is closed with 4400 (protocol rule G2).
public enum WireError: Error, Hashable, Sendable {
    /// Not the JSON we take.
    case json(JSONError)
    /// Not an object with a type, or a hello or a command without what every one has.
    case shape

    /// The status to send in the close frame.
    public var closeCode: UInt16 { 4400 }
}

/// What a client may send.
public enum ClientMessage: Hashable, Sendable {
    /// The first message.
    case hello(Hello)
    /// A look at the server's clock; `t` comes back as it was.
    case time(t: Int64)
    /// Something to do.
    case command(ref: UInt32, ClientCommand)
    /// Something to do that is refused before the workshop sees it.
    case refused(ref: UInt32, WireRefusal)

    /// Reads a message.
    ///
    /// - Parameter bytes: The payload of one text frame, UTF-8 already checked or not.
    /// - Returns: The message.
    /// - Throws: ``WireError`` when the connection is to be closed.
    public static func decode(_ bytes: UnsafeRawBufferPointer) throws(WireError) -> ClientMessage {
        let value: JSONValue
        do { value = try JSONReader.read(bytes) } catch { throw .json(error) }
        guard let object = value.members, let type = value["type"]?.string else { throw .shape }
        let members = Members(object)
        switch type {
        case "hello":
            do { return .hello(try hello(members)) } catch { throw .shape }
        case "time":
            guard let t = value["t"]?.int else { throw .shape }
            return .time(t: t)
        default:
            guard let number = value["ref"]?.int, let ref = UInt32(exactly: number), ref > 0 else {
                throw .shape
            }
            do {
                guard let command = try ClientCommand.decode(type, members) else {
                    return .refused(ref: ref, .unknownType)
                }
                return .command(ref: ref, command)
            } catch { return .refused(ref: ref, .malformed) }
        }
    }

    /// Reads a message from an array.
    public static func decode(_ bytes: [UInt8]) throws(WireError) -> ClientMessage {
        try bytes.withUnsafeBufferPointer { (bytes) throws(WireError) in
            try decode(UnsafeRawBufferPointer(bytes))
        }
    }

    private static func hello(_ members: Members) throws(Malformed) -> Hello {
        guard let secret = Secret(text: try members.string("secret")) else { throw Malformed() }
        var link: Secret?
        if let text = try members.optionalString("link") {
            link = Secret(text: text)
            if link == nil { throw Malformed() }
        }
        let workshop = try members.optionalString("workshop")
        let code = try members.optionalString("code")
        let proof = try members.optionalString("proof")
        guard workshop ?? code != nil, (workshop ?? "").utf8.count <= 64, (code ?? "").utf8.count <= 32,
            (proof ?? "").utf8.count <= WireLimits.proofByteCount
        else {
            throw Malformed()
        }
        var since: [String: UInt64] = [:]
        for member in try members.optional("since").map(Members.init)?.all ?? [] {
            guard let number = member.value.int, let sequence = UInt64(exactly: number) else {
                throw Malformed()
            }
            since[member.name] = sequence
        }
        return Hello(
            secret: secret, workshop: workshop, code: code, link: link, proof: proof,
            name: cleaned(try members.optionalString("name") ?? ""),
            attendance: try members.optionalWord("via") ?? .room, epoch: try members.optionalString("epoch"),
            since: since)
    }
}

internal import Wire

/// What the server says, as far as the demo listens (protocol.md).
enum Message: Hashable, Sendable {
    /// We are in.
    case welcome(participant: String, lastRef: Int)
    /// Somebody guesses codes: work first, then say hello again (rule H7).
    case challenge(DoorChallenge)
    /// Put these, drop those, remember the sequence (rule C1).
    case changes(channel: String, sequence: Int, set: [String: JSONValue], drop: [String])
    /// A command is on stable storage.
    case ack(ref: Int)
    /// A command did nothing; with `retryAfterSeconds` it may be sent again (rule R6).
    case refused(ref: Int, code: String, retryAfterSeconds: Int?)
    /// The server is about to close.
    case bye(reason: String)
    /// Anything else, which may be ignored (rule G3).
    case other

    /// Reads a message.
    ///
    /// - Parameter bytes: One text message; the result is nil for what is no message of the protocol.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let json = JSONValue(reading: bytes), let type = json["type"]?.string else { return nil }
        switch type {
        case "welcome":
            guard let participant = json["participant"]?.string else { return nil }
            self = .welcome(participant: participant, lastRef: json["lastRef"]?.number ?? 0)
        case "challenge":
            guard let challenge = DoorChallenge(json) else { return nil }
            self = .challenge(challenge)
        case "changes":
            guard let channel = json["channel"]?.string, let sequence = json["sequence"]?.number else {
                return nil
            }
            self = .changes(
                channel: channel, sequence: sequence, set: json["set"]?.dictionary ?? [:],
                drop: json["drop"]?.array?.compactMap(\.string) ?? [])
        case "ack":
            guard let ref = json["ref"]?.number else { return nil }
            self = .ack(ref: ref)
        case "refused":
            guard let ref = json["ref"]?.number, let code = json["code"]?.string else { return nil }
            self = .refused(ref: ref, code: code, retryAfterSeconds: json["retryAfterSeconds"]?.number)
        case "bye": self = .bye(reason: json["reason"]?.string ?? "")
        default: self = .other
        }
    }
}

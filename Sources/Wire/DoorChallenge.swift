/// What a newcomer by code is asked to work out while somebody guesses codes (protocol rules H7 and H8).
public struct DoorChallenge: Hashable, Sendable {
    /// What the work is done on, as base64url; means nothing to anybody but the server that made it.
    public var challenge: String
    /// How many numbers are to be found.
    public var solutions: Int
    /// Zero bits that the digest of each has to begin with.
    public var bits: Int
    /// How long the proof will be taken, in milliseconds.
    public var expiresInMilliseconds: Int64

    /// Puts a challenge together.
    public init(challenge: String, solutions: Int, bits: Int, expiresInMilliseconds: Int64) {
        self.challenge = challenge
        self.solutions = solutions
        self.bits = bits
        self.expiresInMilliseconds = expiresInMilliseconds
    }

    /// Reads one from the server's message or from its answer to a look-up; nil for anything else.
    public init?(_ json: JSONValue) {
        guard let challenge = json["challenge"]?.string, let solutions = json["solutions"]?.int,
            let bits = json["bits"]?.int, let expires = json["expiresInMilliseconds"]?.int,
            (1...64).contains(solutions), (0...32).contains(bits)
        else { return nil }
        self.init(
            challenge: challenge, solutions: Int(solutions), bits: Int(bits), expiresInMilliseconds: expires)
    }

    /// Adds its members to an object.
    public func write(to json: inout JSONWriter) {
        json.member("challenge", challenge)
        json.member("solutions", solutions)
        json.member("bits", bits)
        json.member("expiresInMilliseconds", expiresInMilliseconds)
    }
}

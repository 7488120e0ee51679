/// What `samskap bench` does, and against whom.
public struct BenchOptions: Sendable {
    /// Workshops.
    public var rooms = 1
    /// Participants in each.
    public var members = 50
    /// Notes a second, in all rooms together; 0 for none: everybody joins and is held.
    public var notesPerSecond = 10.0
    /// How long notes are counted, in seconds.
    public var seconds = 10.0
    /// Notes before that, which are not counted, in seconds.
    public var warmUp = 1.0
    /// Members in all who stop reading for the second half, and write nothing.
    public var stalled = 0
    /// Whether everybody then loses the line and dials again, spread over so many seconds; 0 for not.
    public var storm = 0.0
    /// Connections that are being opened at a time.
    public var dialling = 64
    /// The server's process on this machine, whose processor time and memory are read; nil for another machine's.
    public var serverProcess: Int32?
    /// Whom to believe under TLS.
    public var trust = DemoOptions.Trust.system

    let endpoint: Endpoint
    let startSecret: String

    /// Notes that a participant may write (see `Limits.notesPerParticipant`), with some to spare.
    static let notesEach = 190.0

    /// - Parameter startLink: As `samskap serve` prints it.
    /// - Throws: ``DemoError`` when it is none.
    public init(startLink: String) throws(DemoError) {
        let options = try DemoOptions(folder: "", startLink: startLink)
        endpoint = options.endpoint
        startSecret = options.startSecret
    }

    /// Why this cannot be run; nil when it can.
    public var fault: String? {
        let people = rooms * members
        guard rooms > 0, members > 0, people <= 60_000 else { return "rooms times members: 1 to 60000" }
        guard stalled < people else { return "somebody must be left to write" }
        guard notesPerSecond >= 0, notesPerSecond <= 1_000_000, seconds > 0, seconds <= 3_600 else {
            return "0 to 1000000 notes a second, for up to an hour"
        }
        let each = notesPerSecond * (seconds + warmUp) / Double(people - stalled)
        guard each <= Self.notesEach else {
            return
                "each participant would write \(Int(each)) notes, and may write 200: more members, fewer notes or less time"
        }
        guard notesPerSecond / Double(people - stalled) <= 19 else {
            return "more than 19 notes a second for each participant: the server takes 20"
        }
        let inRoom = notesPerSecond * (seconds + warmUp) / Double(rooms)
        guard inRoom <= 19_900 else {
            return "a workshop holds 20000 notes: more rooms, fewer notes or less time"
        }
        return nil
    }
}

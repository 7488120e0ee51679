internal import EventLoop

/// How a server is to run.
public struct ServerOptions: Sendable {
    /// What speaks over `/ws`.
    public enum Mode: Sendable {
        /// Workshops.
        case workshops
        /// Each message goes back, on every path.
        case echo
        /// Each message goes to everybody under the same path.
        case relay
    }

    /// What speaks over WebSockets.
    public var mode = Mode.workshops
    /// The address to listen on.
    public var host = "0.0.0.0"
    /// The port; 0 lets the system choose.
    public var port: UInt16 = 8080
    /// Sockets that listen already, handed over by the process before; the server's to close. Then there is a worker for each,
    /// and `host`, `port` and `workers` do not count.
    public var listeners: [Int32] = []
    /// Workers; 0 for one a core.
    public var workers = 0
    /// Connections at the same time, over all workers.
    public var connectionLimit = 60_000
    /// The folder of the client; nil to serve none.
    public var webFolder: String?
    /// The certificate chain, PEM; nil for plain HTTP.
    public var certificatePath: String?
    /// Its key, PEM.
    public var keyPath: String?
    /// The secret that lets one create workshops; 32 bytes.
    public var startSecret: [UInt8] = []
    /// Origins, beside the server's own, whose pages may connect: `https://example.org`.
    public var allowedOrigins: [String] = []
    /// Minutes east of UTC for times in reports.
    public var utcOffsetMinutes = 60
    /// Days that a workshop is kept after its end when its creator says nothing; 1 to 3,650.
    public var keepDays = 90
    /// The folder that gets a workshop's results before its date erases it; nil to keep none.
    public var archiveFolder: String?
    /// Seconds between two looks for workshops whose date has come.
    public var retentionSweepSeconds = 60
    /// Seconds after which the place of somebody who is not there goes to one who waits for a place.
    public var absenceSeconds = 600
    /// Seconds after which somebody who is not there leaves their group, so that nobody waits for them or is left alone with them.
    public var groupAbsenceSeconds = 300
    /// What one workshop takes; other numbers for tests.
    package var room = RoomLimits()
    /// The clock that workshops go by, in milliseconds since 1970-01-01T00:00:00Z; another one for tests.
    public var clock: @Sendable () -> Int64 = { SteadyClock.nowMilliseconds() }

    /// How doors defend themselves against guesses.
    package var door = DoorTerms()

    /// The defaults.
    public init() {}
}

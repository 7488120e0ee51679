/// What one workshop holds at most. Each limit has a unit, a default, and a refusal that says so.
public struct Limits: Hashable, Sendable, Codable {
    /// Characters (Unicode scalars) in a note; 500.
    public var noteCharacters = 500
    /// Notes in a workshop; 20,000.
    public var notes = 20_000
    /// Notes one participant may have at the same time, in all phases; 200.
    public var notesPerParticipant = 200
    /// Characters in a name, of a person, a cluster, a phase, a column; 80.
    public var nameCharacters = 80
    /// Characters in an instruction or a hint; 2,000.
    public var instructionCharacters = 2_000
    /// Clusters in a workshop; 1,000.
    public var clusters = 1_000
    /// Rounds of voting in a workshop; 100.
    public var rounds = 100
    /// Phases in a run sheet; 60.
    public var phases = 60
    /// Boards in a workshop; 30.
    public var boards = 30
    /// Columns, fields, cells or zones of a board; 64.
    public var columns = 64
    /// Participants, everybody who ever joined counted; 20,000.
    public var participants = 20_000
    /// Participants who may wait to be let in at the same time; 500.
    public static let approvals = 500
    /// Participants that one command may name; 1,000.
    public static let participantsPerCommand = 1_000
    /// Seconds that a participant may have to wait between two notes; 10 minutes.
    public static let paceSeconds = 600
    /// Sessions of a process, detached ones counted; 40.
    public static let sessions = 40
    /// Items of a process, removed ones counted; 2,000.
    public static let items = 2_000
    /// Places that an item may have come from; 50.
    public static let sourcesEach = 50
    /// Characters of an item, and of each of its fields; 500.
    public static let itemCharacters = 500
    /// Principles of a process; 12.
    public static let principles = 12
    /// Characters of a principle; 200.
    public static let principleCharacters = 200
    /// Characters of a challenge, and of each half of a step's summary; 2,000.
    public static let summaryCharacters = 2_000
    /// Co-facilitators' links of a process that hold at the same time; 20.
    public static let cofacilitators = 20
    /// Texts that one command may carry into a session; 100.
    public static let carriedPerCommand = 100
    /// Notes of a cluster that a carried note, or all carried notes of a session together in its report, remember; 200 and 5,000.
    public static let carriedOrigins = 200
    static let reportedOrigins = 5_000
    /// Days that a collection may stay open, from when that is said; 400.
    public static let collectionDays = 400
    /// Groups in a workshop, in all phases; 10,000. What is over makes the groups larger.
    public static let groups = 10_000
    /// People who may wait for the word at the same time; 200.
    public static let speakers = 200
    /// Seconds that a turn to speak may be meant to last; 10 seconds to an hour.
    public static let speakingSeconds = 10...3_600
    /// People who may share the device of a table; 1 to 30.
    public static let tableHeads = 1...30
    /// Steps of clustering that can be undone, for each board; 50.
    public var undoSteps = 50
    /// Notes that one command may name; 1,000.
    public var notesPerCommand = 1_000
    /// Seconds that a timer may run; 24 hours.
    public var timerSeconds = 86_400
    /// Votes that a round may give each person; 99.
    public var voteBudget = 99
    /// People that one show of hands may count; 100,000.
    public var handsPerRecord = 100_000

    /// The defaults.
    public init() {}
}

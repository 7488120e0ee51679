/// What to replay, where, and how fast.
public struct DemoOptions: Sendable {
    /// Whom to believe that the server is the right one, under `https`.
    public enum Trust: Hashable, Sendable {
        /// The authorities that this system trusts.
        case system
        /// The authorities in a PEM file.
        case authority(path: String)
        /// Anybody, but only on this machine's own addresses.
        case anyOnLoopback
    }

    /// How to show how far it has come.
    public enum Display: Hashable, Sendable {
        /// One line drawn anew, for a terminal.
        case bar
        /// A line for each tenth, for a file or a pipe.
        case lines
        /// As standard output is a terminal or not.
        case automatic
    }

    /// The folder with `comments.csv`, `votes.csv` and `summary.csv`.
    public var folder: String
    /// Where the server is.
    var endpoint: Endpoint
    /// What lets one create a workshop.
    var startSecret: String
    /// Whom to believe under `https`.
    public var trust = Trust.system
    /// How many times faster than recorded; nil for as fast as it goes.
    public var speed: Double?
    /// The workshop's language, `nb`, `nn` or `en`.
    public var language = "en"
    /// The template that the workshop is made from: its first phase must let people write on a list and vote on notes.
    public var template = "meningsrunde"
    /// How to show how far it has come.
    public var display = Display.automatic
    /// Takes what is shown, line ends included; nil writes to standard output.
    public var output: (@Sendable (String) -> Void)?

    /// Most connections that are opened, the facilitator's not counted.
    public static let peopleLimit = 400

    /// Reads the start link.
    ///
    /// - Parameters:
    ///   - folder: The folder with the data.
    ///   - startLink: As `samskap serve` prints it: `http://HOST:PORT/#start=SECRET`.
    /// - Throws: ``DemoError/badAddress(_:)``.
    public init(folder: String, startLink: String) throws(DemoError) {
        guard let mark = startLink.firstRange(of: "#start=") else {
            throw .badAddress(String(startLink.prefix { $0 != "#" }))
        }
        self.folder = folder
        endpoint = try Endpoint(startLink[..<mark.lowerBound])
        startSecret = String(startLink[mark.upperBound...])
    }

    /// Takes the address and the secret apart.
    ///
    /// - Parameters:
    ///   - folder: The folder with the data.
    ///   - server: `http://HOST:PORT` or `https://HOST:PORT`.
    ///   - startSecret: The secret of the start link.
    /// - Throws: ``DemoError/badAddress(_:)``.
    public init(folder: String, server: String, startSecret: String) throws(DemoError) {
        self.folder = folder
        endpoint = try Endpoint(server)
        self.startSecret = startSecret
    }
}

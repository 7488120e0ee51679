/// Why a replay could not be done. Each text tells the person at the keyboard what to do.
public enum DemoError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file of the data folder is missing or not what it should be.
    case data(file: String, reason: String)
    /// More people than the demo opens connections for.
    case tooManyPeople(Int, limit: Int)
    /// The address or the start link cannot be read.
    case badAddress(String)
    /// The certificate would not be checked, though the server is on another machine.
    case insecureBeyondLoopback(host: String)
    /// The server cannot be reached, or the connection to it broke.
    case connection(String)
    /// The server's answer to the creation of the workshop.
    case notCreated(status: Int, reason: String)
    /// The server said something that the protocol does not allow, or refused a command for good.
    case server(String)
    /// Something took longer than it may.
    case timeout(String)

    /// English, for the command line.
    public var description: String {
        switch self {
        case .data(let file, let reason): "\(file): \(reason)"
        case .tooManyPeople(let count, let limit):
            "The data has \(count) people; the demo opens at most \(limit) connections."
        case .badAddress(let text):
            "\(text) is no address of a server. Give the start link that the server printed, such as "
                + "http://127.0.0.1:8080/#start=…"
        case .insecureBeyondLoopback(let host):
            "The certificate may go unchecked on this machine only (127.0.0.1, ::1, localhost), not for \(host). "
                + "Give the file of the authority that signed it."
        case .connection(let reason): "No connection: \(reason)"
        case .notCreated(401, _), .notCreated(403, _):
            "The server does not accept the start link. It prints the right one when it starts."
        case .notCreated(let status, let reason): "The workshop was not created: \(status) \(reason)"
        case .server(let reason): "The server: \(reason)"
        case .timeout(let what): "It took too long: \(what)"
        }
    }
}

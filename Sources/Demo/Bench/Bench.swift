internal import Foundation
internal import Wire

/// The load generator: real participants over real WebSockets, and what they had to wait.
///
/// Notes are due at fixed times, and waiting is counted from then, not from when they could be sent: a server that
/// stalls cannot hide what its callers would have met (coordinated omission).
public struct Bench: Sendable {
    private let options: BenchOptions

    /// - Parameter options: What, where and how much; ``BenchOptions/fault`` is nil.
    public init(_ options: BenchOptions) { self.options = options }

    /// Makes the workshops, lets everybody in, runs the load, and checks that everybody saw everything.
    ///
    /// - Parameter say: Takes a line on how far it has come.
    /// - Returns: The figures.
    /// - Throws: When it could not be done, or a connection was lost that should not be.
    public func run(say: @escaping @Sendable (String) -> Void) async throws(DemoError) -> BenchReport {
        let address = try options.endpoint.resolve()
        let tls = try options.endpoint.tlsContext(options.trust)
        let stage = try Stage(endpoint: options.endpoint, address: address, tls: tls, style: .lines) { _ in }
        await stage.open()
        var codes: [String] = []
        for room in 1...options.rooms {
            let made = try await stage.create(definition(room), bearer: options.startSecret)
            codes.append(made["code"]?.string ?? "")
        }
        await stage.close()
        let load = try BenchLoad(options: options, address: address, tls: tls, codes: codes, say: say)
        await load.open()
        let result: Result<BenchReport, DemoError>
        do throws(DemoError) { result = .success(try await load.run()) } catch { result = .failure(error) }
        await load.close()
        return try result.get()
    }

    /// One board, one phase in which everybody writes in the open.
    private func definition(_ room: Int) -> JSONValue {
        let text = """
            {"definition":{"id":"bench","name":"Bench","boards":[{"key":"b","name":"Notes","structure":"list"}],
            "phases":[{"name":"Write","board":"b","participants":["add","editOwn"],"visibility":"everyone"}]},
            "language":"en","title":"Bench \(room)"}
            """
        return Array(text.utf8).withUnsafeBytes { JSONValue(reading: $0) } ?? .object([])
    }
}

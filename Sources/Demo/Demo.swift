internal import EventLoop
internal import Glibc
internal import Workshop

/// Replays a recorded consultation against a running server: each author and voter a participant of their own.
public struct Demo: Sendable {
    /// What a replay came to.
    public struct Outcome: Hashable, Sendable {
        /// What did not come out as the record says, a sentence each; empty when all is well.
        public let differences: [String]
        /// People with a connection of their own, the facilitator not counted.
        public let people: Int
        /// Notes written.
        public let notes: Int
        /// Votes cast, those too that were replaced later.
        public let votes: Int
    }

    let options: DemoOptions

    /// Makes a replay.
    ///
    /// - Parameter options: What, where and how fast.
    public init(_ options: DemoOptions) { self.options = options }

    /// Replays, checks what everybody sees at the end, and shows a short table.
    ///
    /// - Returns: What it came to; the caller decides what differences mean.
    /// - Throws: When it could not be done.
    public func run() async throws(DemoError) -> Outcome {
        let consultation = try Consultation(folder: options.folder)
        let plan = Plan(consultation, noteCharacters: Limits().noteCharacters)
        guard plan.people.count <= DemoOptions.peopleLimit else {
            throw .tooManyPeople(plan.people.count, limit: DemoOptions.peopleLimit)
        }
        let write = output
        write(introduction(consultation, plan))
        let stage = try Stage(
            endpoint: options.endpoint, address: try options.endpoint.resolve(),
            tls: try options.endpoint.tlsContext(options.trust), style: style, write: write)
        await stage.open()
        let outcome: Result<Outcome, DemoError>
        do throws(DemoError) {
            outcome = .success(try await stage.play(plan, title: consultation.topic, options: options))
        } catch {
            outcome = .failure(error)
        }
        await stage.close()
        return try outcome.get()
    }

    /// Takes what is shown.
    var output: @Sendable (String) -> Void {
        options.output ?? { text in
            print(text, terminator: "")
            fflush(nil)
        }
    }

    var style: Progress.Style {
        switch options.display {
        case .bar: .bar
        case .lines: .lines
        case .automatic: options.output == nil && isatty(STDOUT_FILENO) == 1 ? .bar : .lines
        }
    }

    private func introduction(_ consultation: Consultation, _ plan: Plan) -> String {
        var lines = [
            consultation.topic,
            "\(plan.people.count) people, \(plan.writings.count) notes, \(plan.castings.count) votes "
                + "→ \(options.endpoint.origin)",
        ]
        if plan.cutCount > 0 {
            lines.append("Comments cut to a note's length: \(plan.cutCount)")
        }
        if plan.emptyCount > 0 {
            lines.append("Comments left out, for they have no text: \(plan.emptyCount)")
        }
        return lines.joined(separator: "\n") + "\n\n"
    }
}

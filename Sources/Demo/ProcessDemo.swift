internal import EventLoop
internal import TLS
internal import Wire
internal import Workshop

/// Fills a whole process from a recorded consultation: five steps, a session in each, items with links from notes to a decision,
/// summaries, and the public page. The notes are people's real texts; who wrote them writes them here too.
extension Demo {
    /// What filling a process came to.
    public struct ProcessOutcome: Hashable, Sendable {
        /// The process' identifier.
        public let process: String
        /// Its facilitator's link's secret.
        public let link: String
        /// The sessions' workshops, in the order of the steps.
        public let sessions: [String]
        /// The decision at the end.
        public let decision: String
        /// Addresses with what they show, in the order to look at them.
        public let addresses: [Address]

        /// An address to open.
        public struct Address: Hashable, Sendable {
            /// What it shows.
            public let what: String
            /// Where.
            public let url: String
        }
    }

    /// Fills a process and shows where to look at it.
    ///
    /// - Returns: What it came to.
    /// - Throws: When it could not be done.
    public func runProcess() async throws(DemoError) -> ProcessOutcome {
        let consultation = try Consultation(folder: options.folder)
        let material = ProcessMaterial(consultation)
        guard material.themes.count >= 2 else {
            throw .data(file: "comments.csv", reason: "too few comments for a process")
        }
        output("\(consultation.topic)\n\(material.comments.count) comments → \(options.endpoint.origin)\n\n")
        let owner = try await stage()
        let outcome: Result<ProcessOutcome, DemoError>
        do throws(DemoError) { outcome = .success(try await fill(owner, consultation, material)) } catch {
            outcome = .failure(error)
        }
        await owner.close()
        let filled = try outcome.get()
        output(
            "\n" + filled.addresses.map { "\($0.what.padded(to: 28))\($0.url)" }.joined(separator: "\n")
                + "\n")
        return filled
    }

    private func stage() async throws(DemoError) -> Stage {
        let stage = try Stage(
            endpoint: options.endpoint, address: try options.endpoint.resolve(),
            tls: try options.endpoint.tlsContext(options.trust), style: style, write: output)
        await stage.open()
        return stage
    }

    private func fill(
        _ owner: Stage, _ consultation: Consultation, _ material: ProcessMaterial
    ) async throws(DemoError) -> ProcessOutcome {
        let created = try await owner.create(
            .with([
                "title": .string(noteText(consultation.topic, limit: 80).text),
                "language": .string(options.language), "challenge": .string(ProcessWords.challenge),
                "principles": .array(ProcessWords.principles.map { .string($0) }),
            ]), bearer: options.startSecret, at: "/api/processes")
        guard let id = created["workshop"]?.string, let link = created["links"]?["facilitator"]?.string else {
            throw .server("the new process' answer has not all it should have")
        }
        try await owner.joinLead(workshop: id, link: link)
        let walk = ProcessWalk(owner: owner, process: id, link: link, options: options)
        var hall: [ProcessWalk.Session] = []
        do throws(DemoError) {
            for step in Process.steps { hall.append(try await walk.open(step, try await stage())) }
            let decision = try await walk.through(hall, material)
            for session in hall { await session.stage.close() }
            return ProcessOutcome(
                process: id, link: link, sessions: hall.map(\.workshop), decision: decision,
                addresses: walk.addresses(hall))
        } catch {
            for session in hall { await session.stage.close() }
            throw error
        }
    }
}

/// The words that an invented facilitator says around people's own.
enum ProcessWords {
    static let challenge =
        "How do we shape the city of 2050 together, so that everybody who lives here has a place in it?"
    static let principles = [
        "Everybody is heard, also those who do not come by themselves.",
        "We say what we heard, and what we do with it.", "We try small before we build large.",
    ]
    static let sessions = [
        "Frame and opportunities: the core group", "Interviews and walks: open collection",
        "Workshop: what could we do?", "Analysis: needs into ideas", "Test on one street",
    ]
}

/// What is taken from a consultation: its comments by theme, those that most agreed with first.
struct ProcessMaterial {
    /// Comments that are about the same.
    struct Theme {
        var name: String
        var comments: [Consultation.Comment]
    }

    /// All comments with a text, those that most agreed with first.
    let comments: [Consultation.Comment]
    /// The themes that have at least three comments, the largest first.
    let themes: [Theme]
    /// Comments about which people disagree most.
    let divided: [Consultation.Comment]

    private static let words: [(name: String, words: [String])] = [
        ("Getting around", ["road", "traffic", "bus", "transit", "walk", "bike", "sidewalk", "street"]),
        ("Parks and green places", ["park", "green", "tree", "river", "outdoor", "trail"]),
        ("Homes for all", ["hous", "home", "rent", "afford", "apartment"]),
        ("Learning and young people", ["school", "educat", "student", "child", "kid", "wku"]),
        ("A welcoming city", ["welcom", "divers", "inclus", "immigra", "refugee", "communit"]),
        ("Work and a living centre", ["job", "busines", "downtown", "wage", "restaurant", "shop"]),
    ]

    init(_ consultation: Consultation) {
        let limit = Limits().noteCharacters
        comments = consultation.comments.filter { !noteText($0.text, limit: limit).text.isEmpty }
            .sorted { ($1.agrees - $1.disagrees, $0.id) < ($0.agrees - $0.disagrees, $1.id) }
        var byTheme: [String: [Consultation.Comment]] = [:]
        for comment in comments {
            let text = comment.text.lowercased()
            let theme = Self.words.first { $0.words.contains { text.contains($0) } }
            if let theme { byTheme[theme.name, default: []].append(comment) }
        }
        themes = byTheme.map { Theme(name: $0.key, comments: $0.value) }.filter { $0.comments.count >= 3 }
            .sorted { ($1.comments.count, $0.name) < ($0.comments.count, $1.name) }
        divided = comments.sorted { min($0.agrees, $0.disagrees) > min($1.agrees, $1.disagrees) }
    }
}

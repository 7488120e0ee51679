internal import Digests
internal import EventLoop
internal import Wire
internal import Workshop

/// Goes through the five steps of a process, as its facilitator and its people would.
struct ProcessWalk {
    /// A session with its people.
    struct Session {
        let step: Int
        let stage: Stage
        /// `s1` and so on.
        let id: String
        let workshop: String
        let code: String
        let links: JSONValue
    }

    let owner: Stage
    let process: String
    let link: String
    let options: DemoOptions

    /// One open list, on which people also vote.
    private var definition: JSONValue {
        .with([
            "id": .string("demo"), "name": .string("Open list"),
            "boards": .array([
                .with(["key": .string("list"), "name": .string("Notes"), "structure": .string("list")])
            ]),
            "phases": .array([
                .with([
                    "name": .string("Write"), "board": .string("list"),
                    "participants": .array(["add", "editOwn", "vote"].map { .string($0) }),
                ])
            ]),
        ])
    }

    /// Makes a session and opens its console.
    func open(_ step: Int, _ stage: Stage) async throws(DemoError) -> Session {
        let created = try await stage.create(
            .with([
                "process": .string(process), "step": .number(step),
                "kind": .string(step == 2 ? "collection" : "live"), "request": .string("demo-\(step)"),
                "definition": definition, "language": .string(options.language),
                "title": .string(ProcessWords.sessions[step - 1]),
            ]), bearer: link)
        guard let workshop = created["workshop"]?.string, let code = created["code"]?.string,
            let session = created["session"]?.string, let links = created["links"],
            let own = links["facilitator"]?.string
        else { throw .server("the new session's answer has not all it should have") }
        try await stage.joinLead(workshop: workshop, link: own)
        return Session(step: step, stage: stage, id: session, workshop: workshop, code: code, links: links)
    }

    /// From the frame to a decision.
    ///
    /// - Returns: The decision's identifier.
    func through(_ hall: [Session], _ material: ProcessMaterial) async throws(DemoError) -> String {
        // 1. The core group frames the problem.
        let framing = Array(material.comments.prefix(6))
        try await write(framing, in: hall[0], people: 4)
        let frame = try await item(
            "frame", 1, ProcessWords.challenge, from: await notes(framing, of: hall[0]))
        for comment in material.divided.prefix(2) {
            _ = try await item(
                "question", 1, short("What is behind this: “\(text(comment))”"), from: [.item(frame)])
        }
        try await finish(
            hall[0],
            heard: "People want to keep what makes the city theirs, and want it to have room for more of us.",
            done: "We ask widely what stands in the way, before anybody proposes anything.")

        // 2. An open collection: needs, from clusters of people's own words.
        let themes = Array(material.themes.prefix(4))
        let collected = themes.flatMap { $0.comments.prefix(12) }
        try await write(collected, in: hall[1], people: 40)
        var needs: [(theme: ProcessMaterial.Theme, id: String)] = []
        for theme in themes {
            let cluster = try await cluster(Array(theme.comments.prefix(12)), named: theme.name, in: hall[1])
            let because = theme.comments.first.map { text($0) } ?? theme.name
            let id = try await item(
                "need", 2, "",
                fields: [
                    "who": .string("Everybody who lives here"), "need": .string(theme.name.lowercased()),
                    "because": .string("“\(short(because))”"),
                ], from: [cluster, .item(frame)])
            needs.append((theme, id))
        }
        try await finish(
            hall[1],
            heard: "The same few things came up again and again: "
                + themes.map(\.name).joined(separator: ", ") + ".",
            done: "We take these needs into the workshop.", ends: false)

        // 3. The workshop: the needs are carried in, ideas written, gathered and voted on.
        try await carry(needs.map { .item($0.id) }, into: hall[2])
        let ideas = themes.flatMap { $0.comments.dropFirst(12).prefix(8) }
        try await write(ideas, in: hall[2], people: 30)
        var proposals: [(theme: String, id: String)] = []
        for (theme, need) in needs {
            let own = Array(theme.comments.dropFirst(12).prefix(8))
            guard !own.isEmpty else { continue }
            let cluster = try await cluster(own, named: theme.name, in: hall[2])
            let first = own.first.map { text($0) } ?? theme.name
            proposals.append(
                (theme.name, try await item("idea", 3, short(first), from: [cluster, .item(need)])))
        }
        guard let best = proposals.first?.id else {
            throw .data(file: "comments.csv", reason: "too few comments")
        }
        for (index, proposal) in proposals.enumerated() {
            try await owner.lead(
                "item.state",
                .with([
                    "item": .string(proposal.id),
                    "state": .string(index < 2 ? "chosen" : index == 2 ? "open" : "set-aside"),
                ]))
        }
        try await vote(in: hall[2])
        try await finish(
            hall[2], heard: "Many ideas, and more agreement than we thought.",
            done: "Two ideas go on. One waits, and we say why the others do not.")

        // 4. Analysis: the ideas that go on become tests.
        try await carry(proposals.prefix(2).map { .item($0.id) }, into: hall[3])
        let test = try await item(
            "test", 4, "One street, one month",
            fields: [
                "assumption": .string("People use the street more when there is a place to stop."),
                "method": .string("We try it with what can be moved, and ask those who pass."),
                "measure": .string("How many stop, and what they say."),
                "threshold": .string("Twice as many as before."),
            ], from: [.item(best)])
        try await finish(
            hall[3], heard: "The core group went through all ideas with those who had written them.",
            done: "We test before we decide.")

        // 5. Test, learning, decision.
        try await carry([.item(test)], into: hall[4])
        let seen = Array(material.comments.dropFirst(6).prefix(5))
        try await write(seen, in: hall[4], people: 5)
        let learning = try await item(
            "learning", 5, "People stopped, and asked for more",
            fields: [
                "observed": .string("People stopped who had walked past before."),
                "insight": .string("A place to stop is worth more than a faster way through."),
                "next": .string("We ask those who drive there, too."),
            ], from: [.item(test)] + (await notes(seen, of: hall[4])))
        let decision = try await item(
            "decision", 5, "We go on with two more streets",
            fields: ["outcome": .string("continue"), "why": .string("It did more than we had hoped.")],
            from: [.item(learning)])
        for kind in needs.map(\.id) + proposals.map(\.id) + [frame, test, learning, decision] {
            try await owner.lead("item.publish", .with(["item": .string(kind), "published": .bool(true)]))
        }
        try await finish(
            hall[4], heard: "People stopped, talked, and asked for more.",
            done: "We go on with two more streets.",
            ends: false)
        try await owner.lead("process.publish", .with(["published": .bool(true)]))
        return decision
    }

    /// Where to look.
    func addresses(_ hall: [Session]) -> [Demo.ProcessOutcome.Address] {
        let origin = options.endpoint.origin
        func secret(_ session: Session, _ role: String) -> String { session.links[role]?.string ?? "" }
        return [
            .init(what: "The process, to lead it", url: "\(origin)/p/\(process)#\(link)"),
            .init(what: "Its public page", url: "\(origin)/p/\(process)"),
        ]
            + hall.map {
                .init(
                    what: "Step \($0.step), console",
                    url: "\(origin)/f/\($0.workshop)#\(secret($0, "facilitator"))")
            }
            + hall.suffix(1).map {
                .init(
                    what: "Step \($0.step), room screen",
                    url: "\(origin)/s/\($0.workshop)#\(secret($0, "screen"))")
            }
            + hall.filter { [2, 5].contains($0.step) }.map {
                .init(what: "Step \($0.step), to take part", url: "\(origin)/j/\($0.code)")
            }
    }

    // MARK: What facilitators and people do

    /// Where an item comes from.
    enum Source {
        case item(String)
        case note(session: String, String)
        case cluster(session: String, String, notes: [String])

        var json: JSONValue {
            switch self {
            case .item(let id): .with(["item": .string(id)])
            case .note(let session, let id): .with(["session": .string(session), "note": .string(id)])
            case .cluster(let session, let id, let notes):
                .with([
                    "session": .string(session), "cluster": .string(id),
                    "notes": .array(notes.map { .string($0) }),
                ])
            }
        }
    }

    private func text(_ comment: Consultation.Comment) -> String {
        noteText(comment.text, limit: Limits().noteCharacters).text
    }

    private func short(_ text: String) -> String { noteText(text, limit: 300).text }

    /// Lets people come in, each writes their share.
    private func write(
        _ comments: [Consultation.Comment], in session: Session, people: Int
    ) async throws(DemoError) {
        try await session.stage.join(
            min(people, comments.count), workshop: session.workshop, code: session.code)
        let count = min(people, comments.count)
        try await session.stage.perform(
            "Step \(session.step)",
            comments.enumerated().map {
                ($0.offset % count, 0, .write(comment: $0.element.id, text: text($0.element)))
            },
            speed: nil)
    }

    private func notes(_ comments: [Consultation.Comment], of session: Session) async -> [Source] {
        let notes = await session.stage.notes
        return comments.compactMap { notes[$0.id].map { .note(session: session.id, $0) } }
    }

    /// Gathers notes, as they are on the board now.
    private func cluster(
        _ comments: [Consultation.Comment], named name: String, in session: Session
    ) async throws(DemoError) -> Source {
        let all = await session.stage.notes
        let notes = comments.compactMap { all[$0.id] }
        let before = await session.stage.clusters
        try await session.stage.lead(
            "cluster.create", .with(["name": .string(name), "notes": .array(notes.map { .string($0) })]))
        try await session.stage.waitForClusters(before.count + 1)
        guard let cluster = await session.stage.clusters.subtracting(before).first else {
            throw .server("a cluster was acknowledged and is not there")
        }
        return .cluster(session: session.id, cluster, notes: notes)
    }

    private func item(
        _ kind: String, _ step: Int, _ text: String, fields: KeyValuePairs<String, JSONValue> = [:],
        from sources: [Source]
    ) async throws(DemoError) -> String {
        let before = await owner.items
        var members: [JSONValue.Member] = [
            .init(name: "kind", value: .string(kind)), .init(name: "step", value: .number(step)),
            .init(name: "text", value: .string(noteText(text, limit: Limits.itemCharacters).text)),
            .init(name: "from", value: .array(sources.prefix(Limits.sourcesEach).map(\.json))),
        ]
        if !fields.isEmpty { members.append(.init(name: "fields", value: .with(fields))) }
        try await owner.lead("item.add", .object(members))
        try await owner.waitForItems(before.count + 1)
        guard let item = await owner.items.subtracting(before).first else {
            throw .server("an item was acknowledged and is not there")
        }
        return item
    }

    private func carry(_ sources: [Source], into session: Session) async throws(DemoError) {
        try await session.stage.lead("notes.carry", .with(["origins": .array(sources.map(\.json))]))
    }

    /// Everybody gives three dots to clusters.
    private func vote(in session: Session) async throws(DemoError) {
        try await session.stage.lead(
            "round.open",
            .with([
                "title": .string("What should we try first?"),
                "vote": .with([
                    "kind": .string("dots"), "budget": .number(3), "cap": .number(2),
                    "targets": .string("clusters"),
                ]),
            ]))
        try await session.stage.waitForRound()
        let clusters = await session.stage.clusters.sorted()
        let count = await session.stage.peopleCount
        let acts: [(person: Int, after: Int64, act: Act)] = (0..<count).flatMap { person in
            clusters.indices.filter { ($0 + person).isMultiple(of: 2) }.prefix(3).map { index in
                (person, 0, .vote(round: "r1", note: clusters[index], value: 1))
            }
        }
        try await session.stage.perform("Votes", acts, speed: nil)
        try await session.stage.lead("round.close", .with(["round": .string("r1")]))
        try await session.stage.lead("round.reveal", .with(["round": .string("r1")]))
    }

    /// Sums a step up and goes on to the next.
    private func finish(
        _ session: Session, heard: String, done: String, ends: Bool = true
    ) async throws(DemoError) {
        if ends { try await session.stage.lead("workshop.end") }
        try await owner.lead(
            "step.summarise",
            .with(["step": .number(session.step), "heard": .string(heard), "done": .string(done)]))
        if session.step < 5 { try await owner.lead("step.open", .with(["step": .number(session.step + 1)])) }
    }
}

extension Stage {
    /// The items that the process' page shows.
    var items: Set<String> { names("item/") }
    /// The clusters that the facilitator's board shows.
    var clusters: Set<String> { names("cluster/") }

    /// How many people came in.
    var peopleCount: Int { seats.count }

    private func names(_ prefix: String) -> Set<String> {
        Set(
            lead.attendee.room.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        )
    }

    /// Waits until there are so many items.
    func waitForItems(_ count: Int) async throws(DemoError) {
        try await wait(for: "an item to be shown") { self.items.count >= count }
    }

    /// Waits until there are so many clusters.
    func waitForClusters(_ count: Int) async throws(DemoError) {
        try await wait(for: "a cluster to be shown") { self.clusters.count >= count }
    }

    /// Waits until a round is open.
    func waitForRound() async throws(DemoError) {
        try await wait(for: "a round to open") { self.lead.attendee.room["round/r1"] != nil }
    }
}

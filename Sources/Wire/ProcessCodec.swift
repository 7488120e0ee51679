internal import Workshop

/// What a process is made of, as the wire and the journal have it (protocol section Q).
enum ProcessCodec {
    // MARK: Where something came from

    /// Writes where an item came from, as an array.
    static func write(_ sources: [Item.Source], _ json: inout JSONWriter) {
        json.array { json in
            for source in sources {
                json.object { json in
                    switch source {
                    case .item(let id): json.member("item", id)
                    case .note(let session, let note):
                        json.member("session", session)
                        json.member("note", note)
                    case .cluster(let session, let cluster, let notes):
                        json.member("session", session)
                        json.member("cluster", cluster)
                        json.member("notes", notes)
                    }
                }
            }
        }
    }

    static func sources(_ values: [JSONValue]) throws(Malformed) -> [Item.Source] {
        var sources: [Item.Source] = []
        for value in values {
            let members = try Members(value)
            if members.has("item") {
                sources.append(.item(try members.id("item")))
            } else if members.has("cluster") {
                sources.append(
                    .cluster(
                        try members.id("session"), try members.id("cluster"), notes: try members.ids("notes"))
                )
            } else {
                sources.append(.note(try members.id("session"), try members.id("note")))
            }
        }
        return sources
    }

    /// Writes where a note was carried from, as an array.
    static func write(_ origins: [Origin], _ json: inout JSONWriter) {
        json.array { json in
            for origin in origins {
                json.object { json in
                    switch origin {
                    case .note(let id): json.member("note", id)
                    case .cluster(let id): json.member("cluster", id)
                    case .session(let session, .note(let id)):
                        json.member("session", session)
                        json.member("note", id)
                    case .session(let session, .cluster(let id)):
                        json.member("session", session)
                        json.member("cluster", id)
                    case .item(let id): json.member("item", id)
                    }
                }
            }
        }
    }

    static func origins(_ values: [JSONValue]) throws(Malformed) -> [Origin] {
        var origins: [Origin] = []
        for value in values {
            let members = try Members(value)
            if members.has("item") {
                origins.append(.item(try members.id("item")))
                continue
            }
            let target: Target =
                members.has("cluster") ? .cluster(try members.id("cluster")) : .note(try members.id("note"))
            if members.has("session") {
                origins.append(.session(try members.id("session"), target))
            } else {
                switch target {
                case .note(let id): origins.append(.note(id))
                case .cluster(let id): origins.append(.cluster(id))
                }
            }
        }
        return origins
    }

    // MARK: Fields

    /// Writes an item's fields, if it has any, as a member.
    static func writeFields(_ fields: [String], of kind: Item.Kind, _ json: inout JSONWriter) {
        guard !fields.isEmpty else { return }
        json.member("fields") { json in
            json.object { json in
                for (name, text) in zip(kind.fields, fields) { json.member(name, text) }
            }
        }
    }

    /// Reads an item's fields in their order; empty when none is given.
    static func fields(_ members: Members, of kind: Item.Kind) throws(Malformed) -> [String] {
        guard let value = members.optional("fields") else { return [] }
        let fields = try Members(value)
        guard !fields.all.isEmpty else { throw Malformed() }
        guard fields.all.allSatisfy({ kind.fields.contains($0.name) }) else { throw Malformed() }
        var texts: [String] = []
        for name in kind.fields { texts.append(cleaned(try fields.optionalString(name) ?? "")) }
        return texts
    }

    /// Reads fields whose kind only the workshop knows: the one kind that has all of these names.
    static func fields(_ members: Members) throws(Malformed) -> [String] {
        guard let value = members.optional("fields") else { return [] }
        let names = Set(try Members(value).all.map(\.name))
        guard !names.isEmpty else { throw Malformed() }
        guard let kind = Item.Kind.allCases.first(where: { names.isSubset(of: $0.fields) }) else {
            throw Malformed()
        }
        return try fields(members, of: kind)
    }

    static func writeArray(_ fields: [String], _ json: inout JSONWriter) {
        if !fields.isEmpty { json.member("fields", fields) }
    }

    static func array(_ members: Members, _ name: String) throws(Malformed) -> [String] {
        var texts: [String] = []
        for value in try members.optionalArray(name) {
            guard let text = value.string else { throw Malformed() }
            texts.append(text)
        }
        return texts
    }

    // MARK: Sessions

    static func write(_ report: ProcessSession.Report, _ json: inout JSONWriter) {
        json.object { json in
            json.member("state", report.state.rawValue)
            json.member("title", report.title)
            if let closesAt = report.closesAt { json.member("closesAt", closesAt) }
            json.member("room", report.room)
            json.member("remote", report.remote)
            json.member("notes", report.notes)
            guard !report.carried.isEmpty else { return }
            json.member("carried") { json in
                json.array { json in
                    for carried in report.carried {
                        json.object { json in
                            json.member("note", carried.note)
                            json.member("from") { json in write(carried.origins, &json) }
                        }
                    }
                }
            }
        }
    }

    static func report(_ value: JSONValue) throws(Malformed) -> ProcessSession.Report {
        let members = try Members(value)
        var report = ProcessSession.Report()
        report.state = try members.word("state")
        report.title = try members.string("title")
        report.closesAt = try members.optionalInt("closesAt").map { Int64($0) }
        report.room = try members.int("room")
        report.remote = try members.int("remote")
        report.notes = try members.int("notes")
        for item in try members.optionalArray("carried") {
            let carried = try Members(item)
            report.carried.append(
                .init(note: try carried.id("note"), origins: try origins(try carried.array("from"))))
        }
        return report
    }

    static func text(of maker: ProcessSession.Maker) -> String? {
        switch maker {
        case .owner: nil
        case .cofacilitator(let id): id.description
        case .device: "device"
        }
    }

    static func maker(_ text: String?) throws(Malformed) -> ProcessSession.Maker {
        guard let text else { return .owner }
        if text == "device" { return .device }
        guard let id = LinkID(wire: text) else { throw Malformed() }
        return .cofacilitator(id)
    }

    static func write(_ part: Part, _ json: inout JSONWriter) {
        json.member("process", part.process)
        json.member("session", part.session)
        json.member("step", part.step)
        json.member("kind", part.kind.rawValue)
        if let closesAt = part.closesAt { json.member("closesAt", closesAt) }
    }

    static func part(_ value: JSONValue) throws(Malformed) -> Part {
        let members = try Members(value)
        return Part(
            process: try members.string("process"), session: try members.id("session"),
            step: try members.int("step"), kind: try members.word("kind"),
            closesAt: try members.optionalInt("closesAt").map { Int64($0) })
    }

    // MARK: Entries

    /// Writes an item's members beside its identifier.
    static func write(_ item: Item, _ json: inout JSONWriter) {
        json.member("kind", item.kind.rawValue)
        json.member("step", item.step)
        json.member("text", item.text)
        writeFields(item.fields, of: item.kind, &json)
        json.member("from") { json in write(item.sources, &json) }
        json.member("rank", item.rank)
        json.member("published", item.isPublished)
        json.member("state", item.state.rawValue)
    }

    static func write(_ session: ProcessSession, _ json: inout JSONWriter) {
        json.member("step", session.step)
        json.member("kind", session.kind.rawValue)
        json.member("title", session.title)
        json.member("workshop", session.workshop)
        json.member("position", session.position)
        json.member("state", session.report.state.rawValue)
        if let closesAt = session.report.closesAt { json.member("closesAt", closesAt) }
        if let maker = text(of: session.maker) { json.member("by", maker) }
        json.member("people") { json in
            json.object { json in
                json.member("room", session.report.room)
                json.member("remote", session.report.remote)
            }
        }
        json.member("notes", session.report.notes)
    }

    static func write(_ step: StepEntry, _ json: inout JSONWriter) {
        json.member("heard", step.summary.heard)
        json.member("done", step.summary.done)
        json.member("state", step.state.rawValue)
    }

    static func write(_ process: ProcessEntry, _ json: inout JSONWriter) {
        json.member("challenge", process.challenge)
        json.member("principles", process.principles)
        json.member("step", process.step)
        json.member("published", process.isPublished)
    }
}

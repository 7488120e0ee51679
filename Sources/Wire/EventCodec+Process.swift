internal import Workshop

/// What happened in a process, or to a session as a part of one, as the journal has it.
extension EventCodec {
    static func write(_ event: ProcessEvent, _ json: inout JSONWriter) {
        func named(_ name: String) { json.member("e", name) }
        switch event {
        case .changed(let challenge, let principles):
            named("processChanged")
            json.member("challenge", challenge)
            json.member("principles", principles)
        case .stepOpened(let step):
            named("stepOpened")
            json.member("step", step)
        case .summarised(let step, let heard, let done):
            named("stepSummarised")
            json.member("step", step)
            json.member("heard", heard)
            json.member("done", done)
        case .published(let isPublished):
            named("processPublished")
            json.member("published", isPublished)
        case .sessionAttached(let id, let step, let kind, let title, let workshop, let request, let maker):
            named("sessionAttached")
            json.member("session", id)
            json.member("step", step)
            json.member("kind", kind.rawValue)
            json.member("title", title)
            json.member("workshop", workshop)
            json.member("request", request)
            if let text = ProcessCodec.text(of: maker) { json.member("maker", text) }
        case .sessionRenamed(let id, let title):
            named("sessionRenamed")
            json.member("session", id)
            json.member("title", title)
        case .sessionDetached(let id):
            named("sessionDetached")
            json.member("session", id)
        case .sessionReported(let id, let report):
            named("sessionReported")
            json.member("session", id)
            json.member("report") { json in ProcessCodec.write(report, &json) }
        case .linkAdded(let id, let name, let secret):
            named("linkAdded")
            json.member("link", id)
            json.member("name", name)
            json.member("secret", hex(secret.bytes))
        case .linkRevoked(let id):
            named("linkRevoked")
            json.member("link", id)
        case .carried(let count):
            named("notesCarried")
            json.member("count", count)
        case .closingSet(let at):
            named("closingSet")
            json.member("at") { json in if let at { json.value(at) } else { json.null() } }
        case .closed: named("collectionClosed")
        case .cameByLink(let participant, let link):
            named("cameByLink")
            json.member("participant", participant)
            json.member("secret", hex(link.bytes))
        case .keptWithProcess(let isKept):
            named("keptWithProcess")
            json.member("kept", isKept)
        case .itemAdded(let id, let kind, let step, let text, let fields, let sources):
            named("itemAdded")
            json.member("item", id)
            json.member("kind", kind.rawValue)
            json.member("step", step)
            json.member("text", text)
            ProcessCodec.writeArray(fields, &json)
            json.member("from") { json in ProcessCodec.write(sources, &json) }
        case .itemChanged(let id, let kind, let step, let text, let fields):
            named("itemChanged")
            json.member("item", id)
            json.member("kind", kind.rawValue)
            json.member("step", step)
            json.member("text", text)
            ProcessCodec.writeArray(fields, &json)
        case .itemLinked(let id, let sources):
            named("itemLinked")
            json.member("item", id)
            json.member("from") { json in ProcessCodec.write(sources, &json) }
        case .itemMoved(let id, let after):
            named("itemMoved")
            json.member("item", id)
            json.member("after", after)
        case .itemStateSet(let id, let state):
            named("itemStateSet")
            json.member("item", id)
            json.member("state", state.rawValue)
        case .itemPublished(let id, let isPublished):
            named("itemPublished")
            json.member("item", id)
            json.member("published", isPublished)
        case .itemRemoved(let id):
            named("itemRemoved")
            json.member("item", id)
        case .itemsMerged(let id, let into):
            named("itemsMerged")
            json.member("item", id)
            json.member("into", into)
        case .itemSplit(let id, let new, let text, let fields):
            named("itemSplit")
            json.member("item", id)
            json.member("new", new)
            json.member("text", text)
            ProcessCodec.writeArray(fields, &json)
        }
    }

    /// Reads one; nil for a kind that is none of these.
    static func readProcess(_ name: String, _ members: Members) throws(Malformed) -> ProcessEvent? {
        switch name {
        case "processChanged":
            return .changed(
                challenge: try members.string("challenge"),
                principles: try ProcessCodec.array(members, "principles"))
        case "stepOpened": return .stepOpened(try step(members))
        case "stepSummarised":
            return .summarised(
                try step(members), heard: try members.string("heard"), done: try members.string("done"))
        case "processPublished": return .published(try members.bool("published"))
        case "sessionAttached":
            return .sessionAttached(
                try members.id("session"), step: try step(members), kind: try members.word("kind"),
                title: try members.string("title"), workshop: try members.string("workshop"),
                request: try members.string("request"),
                maker: try ProcessCodec.maker(try members.optionalString("maker")))
        case "sessionRenamed": return .sessionRenamed(try members.id("session"), try members.string("title"))
        case "sessionDetached": return .sessionDetached(try members.id("session"))
        case "sessionReported":
            return .sessionReported(
                try members.id("session"), try ProcessCodec.report(try members.value("report")))
        case "linkAdded":
            return .linkAdded(
                try members.id("link"), name: try members.string("name"), try secret(members))
        case "linkRevoked": return .linkRevoked(try members.id("link"))
        case "notesCarried": return .carried(try members.int("count"))
        case "closingSet": return .closingSet(at: try members.nullableInt("at").map { Int64($0) })
        case "collectionClosed": return .closed
        case "cameByLink": return .cameByLink(try members.id("participant"), try secret(members))
        case "keptWithProcess": return .keptWithProcess(try members.bool("kept"))
        default: return try readItems(name, members)
        }
    }

    private static func readItems(_ name: String, _ members: Members) throws(Malformed) -> ProcessEvent? {
        switch name {
        case "itemAdded":
            .itemAdded(
                try members.id("item"), try members.word("kind"), step: try step(members),
                text: try members.string("text"), fields: try ProcessCodec.array(members, "fields"),
                from: try ProcessCodec.sources(try members.array("from")))
        case "itemChanged":
            .itemChanged(
                try members.id("item"), try members.word("kind"), step: try step(members),
                text: try members.string("text"), fields: try ProcessCodec.array(members, "fields"))
        case "itemLinked":
            .itemLinked(try members.id("item"), from: try ProcessCodec.sources(try members.array("from")))
        case "itemMoved": .itemMoved(try members.id("item"), after: try members.nullableID("after"))
        case "itemStateSet": .itemStateSet(try members.id("item"), try members.word("state"))
        case "itemPublished": .itemPublished(try members.id("item"), try members.bool("published"))
        case "itemRemoved": .itemRemoved(try members.id("item"))
        case "itemsMerged": .itemsMerged(try members.id("item"), into: try members.id("into"))
        case "itemSplit":
            .itemSplit(
                try members.id("item"), try members.id("new"), text: try members.string("text"),
                fields: try ProcessCodec.array(members, "fields"))
        default: nil
        }
    }

    /// A step is an index, so one that is none makes the record unreadable and not the process fall.
    private static func step(_ members: Members) throws(Malformed) -> Int {
        let step = try members.int("step")
        guard Process.steps.contains(step) else { throw Malformed() }
        return step
    }
}

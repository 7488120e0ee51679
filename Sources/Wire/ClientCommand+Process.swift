internal import Workshop

/// The commands of a process, and of a session as a part of one (protocol section Q).
extension ClientCommand {
    /// Reads one; nil when there is none of that type.
    static func decodeProcess(_ type: String, _ members: Members) throws(Malformed) -> ClientCommand? {
        switch type {
        case "link.add":
            guard let link = Secret(text: try members.string("link")) else { throw Malformed() }
            return .addLink(name: try members.text("name"), link)
        case "notes.carry":
            let origins = try ProcessCodec.origins(try members.array("origins"))
            let isFromElsewhere = origins.allSatisfy { origin in
                switch origin {
                case .session, .item: true
                case .note, .cluster: false
                }
            }
            guard isFromElsewhere else { throw Malformed() }
            return .carry(origins, column: try members.optionalString("column"))
        default: return try command(type, members).map { .workshop(.process($0)) }
        }
    }

    private static func command(_ type: String, _ members: Members) throws(Malformed) -> ProcessCommand? {
        switch type {
        case "process.change":
            _ = try members.array("principles")
            let principles = try ProcessCodec.array(members, "principles").map(cleaned)
            return .change(challenge: try members.text("challenge"), principles: principles)
        case "process.publish": return .publish(try members.bool("published"))
        case "step.open": return .openStep(try members.int("step"))
        case "step.summarise":
            return .summarise(
                try members.int("step"), heard: try members.text("heard"), done: try members.text("done"))
        case "session.rename": return .renameSession(try members.id("session"), try members.text("title"))
        case "session.detach": return .detachSession(try members.id("session"))
        case "link.revoke": return .revokeLink(try members.id("link"))
        case "closing.set":
            return .setClosing(at: try members.nullableInt("at").map { Int64($0) })
        default: return try item(type, members)
        }
    }

    private static func item(_ type: String, _ members: Members) throws(Malformed) -> ProcessCommand? {
        switch type {
        case "item.add":
            let kind: Item.Kind = try members.word("kind")
            return .addItem(
                kind, step: try members.int("step"), text: try members.text("text"),
                fields: try ProcessCodec.fields(members, of: kind),
                from: try ProcessCodec.sources(try members.optionalArray("from")))
        case "item.change":
            let kind: Item.Kind? = try members.optionalWord("kind")
            let fields =
                if let kind { try ProcessCodec.fields(members, of: kind) } else {
                    try ProcessCodec.fields(members)
                }
            return .changeItem(
                try members.id("item"), kind, step: try members.optionalInt("step"),
                text: try members.text("text"), fields: fields)
        case "item.link":
            return .linkItem(
                try members.id("item"), from: try ProcessCodec.sources(try members.array("from")))
        case "item.unlink":
            return .unlinkItem(
                try members.id("item"), from: try ProcessCodec.sources(try members.array("from")))
        case "item.move": return .moveItem(try members.id("item"), after: try members.nullableID("after"))
        case "item.state": return .setItemState(try members.id("item"), try members.word("state"))
        case "item.publish": return .publishItem(try members.id("item"), try members.bool("published"))
        case "item.remove": return .removeItem(try members.id("item"))
        case "item.merge": return .mergeItems(try members.id("item"), into: try members.id("into"))
        case "item.split":
            return .splitItem(
                try members.id("item"), text: try members.text("text"),
                fields: try ProcessCodec.fields(members))
        default: return nil
        }
    }
}

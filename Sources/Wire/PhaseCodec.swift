internal import Workshop

/// A phase's definition as JSON: the same in commands, entries and the journal.
enum PhaseCodec {
    /// Reads a definition that somebody sends: every member must be there, and texts are cleaned.
    static func decodeCommand(_ members: Members, id: PhaseID) throws(Malformed) -> Phase {
        try members.require("vote")
        var phase = try decode(members, id: id)
        phase.name = cleaned(phase.name)
        phase.instruction = cleaned(phase.instruction)
        phase.hint = cleaned(phase.hint)
        return phase
    }

    /// Reads a definition from the journal, as it is.
    static func decode(_ members: Members, id: PhaseID) throws(Malformed) -> Phase {
        Phase(
            id: id, name: try members.string("name"), instruction: try members.string("instruction"),
            hint: try members.string("hint"), minutes: try members.int("minutes"),
            board: try members.id("board"),
            rhythm: try members.word("rhythm"), participants: try members.acts("participants"),
            helpers: try members.acts("helpers"), visibility: try members.word("visibility"),
            anonymity: try members.word("anonymity"), notesEach: try members.int("notesEach"),
            isModerated: try members.bool("moderated"),
            timerClosesInput: try members.bool("timerClosesInput"),
            vote: try members.optional("vote").map { value throws(Malformed) in try decodeVote(value) },
            isBreak: try members.optionalBool("break"),
            grouping: try members.optional("grouping").map { value throws(Malformed) in
                try decodeGrouping(value)
            },
            advances: members.has("advances") ? try members.bool("advances") : false)
    }

    private static func decodeGrouping(_ value: JSONValue) throws(Malformed) -> Grouping {
        let members = try Members(value)
        return Grouping(
            how: try members.word("how"), size: try members.optionalInt("size"),
            tables: try members.optionalInt("tables"))
    }

    /// Writes how groups are made, and whether the next phase opens by itself; both are left out where they are not.
    static func writeGrouping(_ phase: Phase, _ json: inout JSONWriter) {
        if let grouping = phase.grouping {
            json.member("grouping") { json in
                json.object { json in
                    json.member("how", grouping.how.rawValue)
                    if let size = grouping.size { json.member("size", size) }
                    if let tables = grouping.tables { json.member("tables", tables) }
                }
            }
        }
        if phase.advances { json.member("advances", true) }
    }

    static func decodeVote(_ value: JSONValue) throws(Malformed) -> VoteSetup {
        let members = try Members(value)
        let kind: VoteKind
        switch try members.string("kind") {
        case "dots": kind = .dots(budget: try members.int("budget"), cap: try members.int("cap"))
        case "stance": kind = .stance
        case "scale": kind = .scale(low: try members.int("low"), high: try members.int("high"))
        case "matrix":
            kind = .matrix(
                across: try ratedAxis(try members.value("across")), up: try ratedAxis(try members.value("up"))
            )
        default: throw Malformed()
        }
        return VoteSetup(
            kind: kind, targets: try members.word("targets"), axis: try members.optionalWord("axis"),
            again: try members.optionalID("again"))
    }

    private static func ratedAxis(_ value: JSONValue) throws(Malformed) -> RatedAxis {
        let members = try Members(value)
        return RatedAxis(
            Axis(
                name: cleaned(try members.string("name")), low: cleaned(try members.string("low")),
                high: cleaned(try members.string("high"))),
            steps: try members.int("steps"))
    }

    static func write(_ phase: Phase, _ json: inout JSONWriter) {
        json.member("name", phase.name)
        json.member("instruction", phase.instruction)
        json.member("hint", phase.hint)
        json.member("minutes", phase.minutes)
        json.member("board", phase.board)
        json.member("rhythm", phase.rhythm.rawValue)
        json.member("participants", words(phase.participants))
        json.member("helpers", words(phase.helpers))
        json.member("visibility", phase.visibility.rawValue)
        json.member("anonymity", phase.anonymity.rawValue)
        json.member("notesEach", phase.notesEach)
        json.member("moderated", phase.isModerated)
        json.member("timerClosesInput", phase.timerClosesInput)
        json.member("vote") { json in writeVote(phase.vote, &json) }
        if phase.isBreak { json.member("break", true) }
        writeGrouping(phase, &json)
    }

    static func writeVote(_ vote: VoteSetup?, _ json: inout JSONWriter) {
        guard let vote else { return json.null() }
        json.object { json in
            switch vote.kind {
            case .dots(let budget, let cap):
                json.member("kind", "dots")
                json.member("budget", budget)
                json.member("cap", cap)
            case .stance: json.member("kind", "stance")
            case .scale(let low, let high):
                json.member("kind", "scale")
                json.member("low", low)
                json.member("high", high)
            case .matrix(let across, let up):
                json.member("kind", "matrix")
                json.member("across") { json in write(across, &json) }
                json.member("up") { json in write(up, &json) }
            }
            json.member("targets", vote.targets.rawValue)
            if let axis = vote.axis { json.member("axis", axis.rawValue) }
            if let again = vote.again { json.member("again", again) }
        }
    }

    /// An axis to rate on: what it measures, and its highest number.
    private static func write(_ rated: RatedAxis, _ json: inout JSONWriter) {
        json.object { json in
            json.member("name", rated.axis.name)
            json.member("low", rated.axis.low)
            json.member("high", rated.axis.high)
            json.member("steps", rated.steps)
        }
    }

    static func words(_ acts: Acts) -> [String] { Acts.names.filter { acts.contains($0.act) }.map(\.name) }
}

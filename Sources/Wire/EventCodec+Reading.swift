internal import Workshop

extension EventCodec {
    /// Reads an event; nil for a kind that this version does not know.
    static func read(_ name: String, _ members: Members) throws(Malformed) -> Event? {
        if let event = try readPeople(name, members) { return event }
        if let event = try readNotes(name, members) { return event }
        if let event = try readClusters(name, members) { return event }
        if let event = try readVotes(name, members) { return event }
        if let event = try readSpeakers(name, members) { return event }
        if let event = try readRunSheet(name, members) { return event }
        if let event = try readProcess(name, members) { return .process(event) }
        if let event = try readGroups(name, members) { return event }
        return try readRoom(name, members)
    }

    private static func readPeople(_ name: String, _ members: Members) throws(Malformed) -> Event? {
        switch name {
        case "joined":
            .joined(
                try members.id("participant"), role: try members.word("role"), secret: try secret(members),
                name: try members.string("name"), attendance: try members.word("via"))
        case "renamed": .renamed(try members.id("participant"), try members.string("name"))
        case "readySet": .readySet(try members.id("participant"), try members.bool("ready"))
        case "tableSet": .tableSet(try members.id("participant"), heads: try members.optionalInt("heads"))
        case "handSet": .handSet(try members.id("participant"), try members.bool("raised"))
        case "participantRemoved": .participantRemoved(try members.id("participant"))
        case "waitSet": .waitSet(try members.ids("participants"), try members.optionalWord("waits"))
        case "admitted": .admitted(try members.ids("participants"))
        case "turnedAway": .turnedAway(try members.ids("participants"))
        case "participantErased": .participantErased(try members.id("participant"))
        default: nil
        }
    }

    private static func readNotes(_ name: String, _ members: Members) throws(Malformed) -> Event? {
        switch name {
        case "noteAdded":
            .noteAdded(try note(members))
        case "noteEdited": .noteEdited(try members.id("note"), text: try members.string("text"))
        case "noteWithdrawn": .noteWithdrawn(try members.id("note"))
        case "noteShared": .noteShared(try members.id("note"))
        case "notePublished": .notePublished(try members.id("note"))
        case "noteRedacted": .noteRedacted(try members.id("note"), try members.word("reason"))
        case "noteErased": .noteErased(try members.id("note"))
        case "notesRaised": .notesRaised(try members.ids("notes"), try members.bool("raised"))
        default: nil
        }
    }

    private static func note(_ members: Members) throws(Malformed) -> Note {
        var note = Note(
            id: try members.id("note"), board: try members.id("board"), phase: try members.id("phase"),
            column: try members.optionalString("column"), text: try members.string("text"),
            paper: try members.word("paper"), language: try members.optionalString("language"),
            source: try members.word("source"), author: try members.id("author"),
            ref: try members.uint32("noteRef"),
            publication: try members.bool("held") ? .held : .published,
            writtenAt: try members.int64("writtenAt"))
        note.group = try members.optionalID("group")
        note.origins = try ProcessCodec.origins(try members.optionalArray("from"))
        return note
    }

    private static func readGroups(_ name: String, _ members: Members) throws(Malformed) -> Event? {
        switch name {
        case "groupsFormed":
            let phase: PhaseID = try members.id("phase")
            var groups: [Group] = []
            for item in try members.array("groups") { groups.append(try group(Members(item), of: phase)) }
            return .groupsFormed(phase, groups)
        case "groupAdded": return .groupAdded(try group(members, of: try members.id("phase")))
        case "groupSet":
            return .groupSet(
                try members.ids("participants"), try members.id("phase"), try members.optionalID("group"))
        case "groupRenamed": return .groupRenamed(try members.id("group"), try members.string("name"))
        case "awaySet": return .awaySet(try members.ids("participants"), try members.bool("away"))
        default: return nil
        }
    }

    private static func group(_ members: Members, of phase: PhaseID) throws(Malformed) -> Group {
        var group = Group(id: try members.id("group"), phase: phase, number: try members.int("number"))
        group.name = try members.optionalString("name") ?? ""
        group.channel = try members.optionalWord("channel")
        if members.has("parents") { group.parents = try members.ids("parents") }
        group.members = try members.ids("members")
        return group
    }

    private static func readClusters(_ name: String, _ members: Members) throws(Malformed) -> Event? {
        switch name {
        case "clusterCreated":
            .clusterCreated(
                try members.id("cluster"), name: try members.string("name"), notes: try members.ids("notes"))
        case "clusterRenamed": .clusterRenamed(try members.id("cluster"), try members.string("name"))
        case "notesMoved": .notesMoved(try members.ids("notes"), to: try members.optionalID("cluster"))
        case "notesPlaced": .notesPlaced(try members.ids("notes"), column: try members.string("column"))
        case "clustersMerged": .clustersMerged(try members.id("cluster"), into: try members.id("into"))
        case "clusterDissolved": .clusterDissolved(try members.id("cluster"))
        case "clusteringUndone": .clusteringUndone(try members.id("board"))
        default: nil
        }
    }

    private static func readVotes(_ name: String, _ members: Members) throws(Malformed) -> Event? {
        switch name {
        case "roundOpened":
            .roundOpened(
                try members.id("round"), board: try members.id("board"), phase: try members.id("phase"),
                title: try members.string("title"), try PhaseCodec.decodeVote(try members.value("vote")))
        case "votersCounted": .votersCounted(try members.id("round"), try members.int("voters"))
        case "turnoutCounted":
            .turnoutCounted(
                try members.id("round"), done: try members.int("done"), tables: try members.int("tables"))
        case "tablesCounted":
            .tablesCounted(
                try members.id("round"), tables: try members.int("tables"), heads: try members.int("heads"),
                tallies: try tallies(try members.array("tallies")))
        case "roundClosed":
            .roundClosed(
                try members.id("round"), voters: try members.int("voters"),
                tallies: try tallies(try members.array("tallies")))
        case "roundRevealed": .roundRevealed(try members.id("round"))
        case "handsRecorded":
            .handsRecorded(
                try members.id("round"), try members.target("target"), value: try members.int("value"),
                count: try members.int("count"))
        default: nil
        }
    }

    private static func readSpeakers(_ name: String, _ members: Members) throws(Malformed) -> Event? {
        switch name {
        case "speakersSet":
            .speakersSet(
                try members.word("state"), speechSeconds: try members.int("speechSeconds"),
                replySeconds: try members.int("replySeconds"))
        case "speechAsked":
            .speechAsked(try members.id("speech"), try members.id("participant"), try members.word("kind"))
        case "speechAdded":
            .speechAdded(
                try members.id("speech"), name: try members.string("name"), try members.word("kind"),
                try members.word("via"))
        case "speechWithdrawn": .speechWithdrawn(try members.id("speech"))
        case "speechCalled": .speechCalled(try members.id("speech"))
        case "speechFinished": .speechFinished(try members.id("speech"))
        case "speechRemoved": .speechRemoved(try members.id("speech"))
        case "speechMoved": .speechMoved(try members.id("speech"), after: try members.optionalID("after"))
        default: nil
        }
    }

    private static func readRunSheet(_ name: String, _ members: Members) throws(Malformed) -> Event? {
        switch name {
        case "phaseOpened": .phaseOpened(try members.id("phase"))
        case "phaseRevealed": .phaseRevealed(try members.id("phase"))
        case "phaseConcealed": .phaseConcealed(try members.id("phase"))
        case "inputSet": .inputSet(try members.id("phase"), isOpen: try members.bool("open"))
        case "phaseChanged": .phaseChanged(try PhaseCodec.decode(members, id: try members.id("phase")))
        case "phaseAdded":
            .phaseAdded(
                try PhaseCodec.decode(members, id: try members.id("phase")),
                after: try members.optionalID("after"))
        case "phaseRemoved": .phaseRemoved(try members.id("phase"))
        case "boardAdded":
            .boardAdded(
                try board(members, id: try members.id("board")), clusters: try clusters(of: members))
        case "boardChanged": .boardChanged(try board(members, id: try members.id("board")))
        case "boardRemoved": .boardRemoved(try members.id("board"))
        case "startPlanned": .startPlanned(try members.nullableInt("at").map(Int64.init))
        case "phaseMoved": .phaseMoved(try members.id("phase"), after: try members.optionalID("after"))
        default: nil
        }
    }

    private static func readRoom(_ name: String, _ members: Members) throws(Malformed) -> Event? {
        switch name {
        case "created": return .created(try creation(members))
        case "timerSet": return .timerSet(try timer(members.optional("timer")))
        case "doorSet": return .doorSet(isOpen: try members.bool("open"))
        case "codeChanged": return .codeChanged(try members.string("code"))
        case "approvalSet": return .approvalSet(try members.bool("required"))
        case "placesSet": return .placesSet(try members.int("places"))
        case "paceSet": return .paceSet(seconds: try members.int("seconds"))
        case "linkReplaced":
            return .linkReplaced(
                Creation.Link(
                    role: try members.word("role"), secret: try secret(members),
                    generation: try members.int("generation")))
        case "accessRevoked": return .accessRevoked(try members.id("participant"))
        case "titleSet": return .titleSet(try members.string("title"))
        case "lockSet": return .lockSet(try members.bool("locked"))
        case "spotlightSet":
            guard let text = try members.optionalString("item") else { return .spotlightSet(nil) }
            guard let item = Spotlight(text: text) else { throw Malformed() }
            return .spotlightSet(item)
        case "ended": return .ended
        case "retentionSet":
            return .retentionSet(days: try members.int("days"), eraseAt: try members.int64("eraseAt"))
        default: return nil
        }
    }

    static func secret(_ members: Members) throws(Malformed) -> SecretHash {
        let digits = Array(try members.string("secret").utf8)
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count - 1, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
            else {
                throw Malformed()
            }
            bytes.append(byte)
        }
        guard digits.count == 64, let hash = SecretHash(bytes) else { throw Malformed() }
        return hash
    }

    private static func tallies(_ items: [JSONValue]) throws(Malformed) -> [Tally] {
        var tallies: [Tally] = []
        for item in items {
            let members = try Members(item)
            var counts: [Tally.Count] = []
            for pair in try members.array("counts") {
                guard let pair = pair.array, pair.count == 2, let value = pair[0].int, let count = pair[1].int
                else {
                    throw Malformed()
                }
                counts.append(.init(value: Int(value), count: Int(count)))
            }
            tallies.append(Tally(target: try members.target("target"), counts: counts))
        }
        return tallies
    }

    private static func timer(_ value: JSONValue?) throws(Malformed) -> Timer? {
        guard let value else { return nil }
        let members = try Members(value)
        let duration = try members.int64("duration")
        if let deadline = try members.optionalInt("deadline") {
            return Timer(state: .running(deadline: Int64(deadline)), duration: duration)
        }
        if let remaining = try members.optionalInt("remaining") {
            return Timer(state: .paused(remaining: Int64(remaining)), duration: duration)
        }
        return Timer(state: .ended, duration: duration)
    }

    private static func creation(_ members: Members) throws(Malformed) -> Creation {
        var links: [Creation.Link] = []
        for item in try members.array("links") {
            let link = try Members(item)
            links.append(Creation.Link(role: try link.word("role"), secret: try secret(link)))
        }
        var boards: [Board] = []
        for (index, item) in try members.array("boards").enumerated() {
            boards.append(try board(try Members(item), id: BoardID(UInt32(index) + 1)))
        }
        var phases: [Phase] = []
        for (index, item) in try members.array("phases").enumerated() {
            phases.append(try PhaseCodec.decode(try Members(item), id: PhaseID(UInt32(index) + 1)))
        }
        var clusters: [Cluster] = []
        // Records from before that was possible have no such member.
        for (index, item) in try members.optionalArray("clusters").enumerated() {
            let cluster = try Members(item)
            clusters.append(
                Cluster(
                    id: ClusterID(UInt32(index) + 1), board: try cluster.id("board"),
                    column: try cluster.optionalString("column"), name: try cluster.string("name"), notes: [])
            )
        }
        var process: ProcessBrief?
        if let value = members.optional("process") {
            let brief = try Members(value)
            process = ProcessBrief(
                challenge: try brief.string("challenge"),
                principles: try ProcessCodec.array(brief, "principles"))
        }
        let part = try members.optional("part").map { value throws(Malformed) in try ProcessCodec.part(value)
        }
        return Creation(
            id: try members.string("id"), title: try members.string("title"),
            language: try members.string("language"), code: try members.string("code"), links: links,
            boards: boards,
            phases: phases, clusters: clusters, limits: try LimitsCodec.read(members.optional("limits")),
            keepDays: try members.optionalInt("keepDays"), process: process, part: part)
    }

    /// The clusters that came with a board.
    private static func clusters(of members: Members) throws(Malformed) -> [Cluster] {
        var clusters: [Cluster] = []
        for item in try members.optionalArray("clusters") {
            let cluster = try Members(item)
            clusters.append(
                Cluster(
                    id: try cluster.id("cluster"), board: try cluster.id("board"),
                    column: try cluster.optionalString("column"), name: try cluster.string("name"), notes: [])
            )
        }
        return clusters
    }

    private static func board(_ members: Members, id: BoardID) throws(Malformed) -> Board {
        var columns: [Column] = []
        for item in try members.array("columns") {
            let column = try Members(item)
            columns.append(
                Column(
                    id: try column.string("id"), name: try column.string("name"),
                    hint: try column.string("hint"),
                    paper: try column.optionalWord("paper"), group: try column.string("group")))
        }
        return Board(
            id: id, name: try members.string("name"), structure: try members.word("structure"),
            columns: columns,
            axes: try members.optional("axes").map { value throws(Malformed) in try axes(Members(value)) })
    }

    private static func axes(_ members: Members) throws(Malformed) -> Axes {
        func axis(_ name: String) throws(Malformed) -> Axis {
            let axis = try Members(try members.value(name))
            return Axis(
                name: try axis.string("name"), low: try axis.string("low"), high: try axis.string("high"))
        }
        return Axes(across: try axis("across"), up: try axis("up"))
    }
}

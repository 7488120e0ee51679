public import Workshop

/// Entries as JSON, in the shapes of protocol.md, section "Entries".
public enum EntryCodec {
    /// Writes an entry.
    public static func encode(_ entry: Entry) -> [UInt8] {
        var json = JSONWriter(capacity: 192)
        json.object { json in write(entry, &json) }
        // As large as it is, since it is kept: there are two for each participant.
        return [UInt8](unsafeUninitializedCapacity: json.bytes.count) { buffer, count in
            count = buffer.initialize(fromContentsOf: json.bytes)
        }
    }

    /// Writes a vote as a phase and a round have it.
    public static func write(_ vote: VoteSetup, _ json: inout JSONWriter) {
        PhaseCodec.writeVote(vote, &json)
    }

    private static func write(_ entry: Entry, _ json: inout JSONWriter) {
        switch entry {
        case .session(let session):
            json.member("title", session.title)
            json.member("language", session.language)
            json.member("locked", session.isLocked)
            json.member("ended", session.isEnded)
            if session.paceSeconds > 0 { json.member("paceSeconds", session.paceSeconds) }
        case .retention(let retention):
            json.member("days", retention.days)
            if let eraseAt = retention.eraseAt { json.member("eraseAt", eraseAt) }
            json.member("erased", retention.erasedNotes)
            if retention.isWithProcess { json.member("withProcess", true) }
        case .phase(let phase): write(phase, &json)
        case .runSheetPhase(let phase): write(phase, &json)
        case .board(let board): write(board, &json)
        case .timer(let timer): write(timer, &json)
        case .totals(let totals):
            json.member("room", totals.headCount.peopleInRoom)
            json.member("remote", totals.headCount.peopleRemote)
            if totals.headCount.tables > 0 {
                json.member("tables", totals.headCount.tables)
                json.member("atTables", totals.headCount.atTables)
            }
            json.member("ready", totals.headCount.ready)
            json.member("hands", totals.headCount.hands)
            if totals.headCount.waiting > 0 { json.member("waiting", totals.headCount.waiting) }
            json.member("notes", totals.notes)
            json.member("writers", totals.writers)
            json.member("withheld", totals.withheld)
            if totals.proxies > 0 { json.member("proxies", totals.proxies) }
        case .speakers(let speakers): write(speakers, &json)
        case .spotlight(let item): json.member("item", item.text)
        case .note(let entry):
            write(entry.note, &json)
            write(entry.group, &json)
            if let author = entry.author { json.member("author", author) }
        case .ownNote(let entry):
            write(entry.note, &json)
            write(entry.group, &json)
            json.member("ref", entry.note.ref)
            json.member("visible", entry.isVisible)
            write(entry.note.publication, &json)
        case .staffNote(let entry):
            write(entry.note, &json)
            write(entry.group, &json)
            write(entry.note.publication, &json)
        case .cluster(let cluster):
            json.member("board", cluster.board)
            json.member("column", cluster.column)
            json.member("name", cluster.name)
            json.member("notes", cluster.notes)
        case .round(let entry): write(entry, &json)
        case .ownBallot(let entry):
            json.member("votes") { json in
                json.object { json in
                    for (target, value) in entry.votes { json.member(target.text, value) }
                }
            }
        case .ownTableBallot(let ballot): writeTable(ballot, &json)
        case .me(let me):
            json.member("id", me.id)
            json.member("role", me.role.rawValue)
            json.member("name", me.name)
            json.member("via", me.attendance.rawValue)
            json.member("ready", me.isReady)
            json.member("raised", me.isHandRaised)
            if let wait = me.wait { json.member("waits", wait.rawValue) }
            if let group = me.group { json.member("group", group) }
            if let heads = me.tableHeads { json.member("heads", heads) }
            if !me.requests.isEmpty { json.member("asks", me.requests) }
        case .door(let door):
            json.member("code", door.code)
            json.member("open", door.isOpen)
            json.member("approval", door.needsApproval)
            json.member("places", door.places)
        case .undo(let steps): json.member("steps", steps)
        case .plan(let startAt): json.member("startAt", startAt)
        case .participant(let participant):
            json.member("role", participant.role.rawValue)
            json.member("name", participant.name)
            json.member("via", participant.attendance.rawValue)
            json.member("raised", participant.isHandRaised)
            if let wait = participant.wait { json.member("waits", wait.rawValue) }
            if participant.isAway { json.member("away", true) }
            if let heads = participant.tableHeads { json.member("heads", heads) }
        case .process(let process): ProcessCodec.write(process, &json)
        case .step(let step): ProcessCodec.write(step, &json)
        case .processSession(let session): ProcessCodec.write(session, &json)
        case .item(let item): ProcessCodec.write(item, &json)
        case .cofacilitator(let name): json.member("name", name)
        case .part(let part):
            ProcessCodec.write(part, &json)
            json.member("closed", part.isClosed)
        case .group(let group):
            json.member("phase", group.phase)
            json.member("number", group.label.number)
            json.member("name", group.label.name)
            json.member("size", group.size)
            json.member("empty", group.isEmpty)
            if let names = group.names { json.member("names", names) }
        case .staffGroup(let entry):
            json.member("phase", entry.group.phase)
            json.member("number", entry.group.number)
            json.member("name", entry.group.name)
            if let channel = entry.group.channel { json.member("via", channel.rawValue) }
            if !entry.group.parents.isEmpty { json.member("parents", entry.group.parents) }
            json.member("members", entry.group.members)
            json.member("notes", entry.group.notes)
            json.member("raised", entry.group.raised)
        }
    }

    private static func write(_ entry: SpeakersEntry, _ json: inout JSONWriter) {
        let list = entry.list
        json.member("state", list.state.rawValue)
        json.member("speechSeconds", list.speechSeconds)
        json.member("replySeconds", list.replySeconds)
        json.member("spoken") { json in
            json.object { json in
                json.member("room", list.speeches.room + list.replies.room)
                json.member("remote", list.speeches.remote + list.replies.remote)
            }
        }
        if let turn = list.current, let current = entry.current {
            json.member("current") { json in
                json.object { json in
                    write(current, &json)
                    json.member("since", turn.since)
                    json.member("seconds", turn.seconds)
                }
            }
        }
        json.member("queue") { json in
            json.array { json in
                for line in entry.queue { json.object { json in write(line, &json) } }
            }
        }
    }

    private static func write(_ line: SpeakersEntry.Line, _ json: inout JSONWriter) {
        json.member("id", line.id)
        json.member("kind", line.kind.rawValue)
        json.member("via", line.attendance.rawValue)
        if !line.name.isEmpty { json.member("name", line.name) }
        if line.isProxy { json.member("proxy", true) }
    }

    private static func write(_ entry: PhaseEntry, _ json: inout JSONWriter) {
        let phase = entry.phase
        json.member("id", phase.id)
        json.member("position", entry.position)
        json.member("count", entry.count)
        json.member("name", phase.name)
        json.member("instruction", phase.instruction)
        json.member("minutes", phase.minutes)
        json.member("board", phase.board)
        json.member("rhythm", phase.rhythm.rawValue)
        json.member("may", PhaseCodec.words(phase.participants))
        json.member("helpersMay", PhaseCodec.words(phase.helpers))
        json.member("visibility", phase.visibility.rawValue)
        json.member("anonymity", phase.anonymity.rawValue)
        json.member("notesEach", phase.notesEach)
        json.member("moderated", phase.isModerated)
        json.member("timerClosesInput", phase.timerClosesInput)
        json.member("vote") { json in PhaseCodec.writeVote(phase.vote, &json) }
        if phase.isBreak { json.member("break", true) }
        PhaseCodec.writeGrouping(phase, &json)
        json.member("revealed", entry.progress.isRevealed)
        json.member("inputClosed", entry.progress.isInputClosed)
    }

    private static func write(_ entry: RunSheetEntry, _ json: inout JSONWriter) {
        json.member("id", entry.phase.id)
        json.member("position", entry.position)
        json.member("current", entry.isCurrent)
        PhaseCodec.write(entry.phase, &json)
        json.member("revealed", entry.progress.isRevealed)
        json.member("inputClosed", entry.progress.isInputClosed)
        json.member("notes", entry.progress.notes)
        json.member("writers", entry.progress.writers)
        if let time = entry.progress.firstOpenedAt { json.member("firstOpenedAt", time) }
        if let time = entry.progress.openedAt { json.member("openedAt", time) }
    }

    /// What a table gave, as the member `table`.
    static func writeTable(_ ballot: TableBallot, _ json: inout JSONWriter) {
        json.member("table") { json in
            json.object { json in
                for (target, counts) in ballot.sorted(by: { $0.key < $1.key }) {
                    json.member(target.text) { json in write(counts, &json) }
                }
            }
        }
    }

    static func write(_ board: Board, _ json: inout JSONWriter) {
        json.member("name", board.name)
        json.member("structure", board.structure.rawValue)
        json.member("columns") { json in
            json.array { json in
                for column in board.columns {
                    json.object { json in
                        json.member("id", column.id)
                        json.member("name", column.name)
                        json.member("hint", column.hint)
                        json.member("paper", column.paper?.rawValue)
                        json.member("group", column.group)
                    }
                }
            }
        }
        if let axes = board.axes {
            json.member("axes") { json in
                json.object { json in
                    json.member("across") { json in write(axes.across, &json) }
                    json.member("up") { json in write(axes.up, &json) }
                }
            }
        }
    }

    private static func write(_ axis: Axis, _ json: inout JSONWriter) {
        json.object { json in
            json.member("name", axis.name)
            json.member("low", axis.low)
            json.member("high", axis.high)
        }
    }

    private static func write(_ timer: Timer, _ json: inout JSONWriter) {
        switch timer.state {
        case .running(let deadline):
            json.member("state", "running")
            json.member("deadline", deadline)
        case .paused(let remaining):
            json.member("state", "paused")
            json.member("remainingMilliseconds", remaining)
        case .ended: json.member("state", "ended")
        }
        json.member("durationMilliseconds", timer.duration)
    }

    static func write(_ note: Note, _ json: inout JSONWriter) {
        json.member("board", note.board)
        json.member("phase", note.phase)
        json.member("column", note.column)
        json.member("cluster", note.cluster)
        json.member("text", note.text)
        json.member("paper", note.paper.rawValue)
        json.member("source", note.source.rawValue)
        json.member("at", note.writtenAt)
        if let language = note.language { json.member("language", language) }
        if note.isShared { json.member("shared", true) }
        if note.isRaised { json.member("raised", true) }
        if !note.origins.isEmpty { json.member("from") { json in ProcessCodec.write(note.origins, &json) } }
    }

    private static func write(_ group: GroupLabel?, _ json: inout JSONWriter) {
        guard let group else { return }
        json.member("group") { json in
            json.object { json in
                json.member("id", group.id)
                json.member("number", group.number)
                json.member("name", group.name)
            }
        }
    }

    static func write(_ publication: Publication, _ json: inout JSONWriter) {
        switch publication {
        case .held: json.member("publication", "held")
        case .published: json.member("publication", "published")
        case .redacted(let reason):
            json.member("publication", "redacted")
            json.member("reason", reason.rawValue)
        }
    }

    private static func write(_ entry: RoundEntry, _ json: inout JSONWriter) {
        let round = entry.round
        json.member("board", round.board)
        json.member("phase", round.phase)
        json.member("title", round.title)
        json.member("vote") { json in PhaseCodec.writeVote(round.setup, &json) }
        json.member("state", round.state.rawValue)
        json.member("voters", round.voters)
        if round.done > 0 { json.member("done", round.done) }
        if round.tables > 0 { json.member("tables", round.tables) }
        if round.tableHeads > 0 { json.member("tableHeads", round.tableHeads) }
        guard let results = entry.results else { return }
        let scales = round.setup.kind.scales
        let topics = Discussion.topics(results.map { ($0.target, $0.counts) }, round.setup.kind)
        json.member("results") { json in
            json.array { json in
                for result in results {
                    json.object { json in
                        json.member("target", result.target.text)
                        json.member("counts") { json in write(result.counts, &json) }
                        json.member("hands") { json in write(result.hands, &json) }
                        if !result.tables.isEmpty {
                            json.member("tables") { json in write(result.tables, &json) }
                        }
                        guard !scales.isEmpty else { return }
                        json.member("figures") { json in
                            json.array { json in
                                for scale in scales { write(scale, of: result.counts, &json) }
                            }
                        }
                        if let place = topics.firstIndex(where: { $0.target == result.target }) {
                            json.member("discuss") { json in write(topics[place], at: place + 1, &json) }
                        }
                    }
                }
            }
        }
    }

    /// What personal votes come to on one scale; nothing when nobody gave a number.
    private static func write(_ scale: RatingScale, of counts: [Tally.Count], _ json: inout JSONWriter) {
        guard let figures = RatingFigures(scale.counts(in: counts)) else { return }
        json.object { json in
            if let direction = scale.direction { json.member("axis", direction.rawValue) }
            json.member("answers", figures.answers)
            json.name("mean")
            json.value(thousandths(figures.mean))
            json.name("deviation")
            json.value(thousandths(figures.deviation))
            json.member("lowest", figures.lowest)
            json.member("highest", figures.highest)
        }
    }

    /// Three decimals are more than anybody reads.
    private static func thousandths(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }

    private static func write(_ topic: Discussion, at place: Int, _ json: inout JSONWriter) {
        json.object { json in
            json.member("place", place)
            json.member("why", topic.why.rawValue)
            if let direction = topic.direction { json.member("axis", direction.rawValue) }
        }
    }

    private static func write(_ counts: [Tally.Count], _ json: inout JSONWriter) {
        json.object { json in for line in counts { json.member(String(line.value), line.count) } }
    }
}

extension EntryKey: CustomStringConvertible {
    /// The key as the wire has it.
    public var description: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
    }

    /// Writes the key between quotation marks.
    func write(to bytes: inout [UInt8]) {
        bytes.append(0x22)
        switch self {
        case .session: bytes.append(contentsOf: "session".utf8)
        case .retention: bytes.append(contentsOf: "retention".utf8)
        case .phase: bytes.append(contentsOf: "phase".utf8)
        case .runSheetPhase(let id): Self.write("phase/", id, to: &bytes)
        case .board(let id): Self.write("board/", id, to: &bytes)
        case .timer: bytes.append(contentsOf: "timer".utf8)
        case .totals: bytes.append(contentsOf: "totals".utf8)
        case .speakers: bytes.append(contentsOf: "speakers".utf8)
        case .spotlight: bytes.append(contentsOf: "spotlight".utf8)
        case .note(let id): Self.write("note/", id, to: &bytes)
        case .cluster(let id): Self.write("cluster/", id, to: &bytes)
        case .round(let id): Self.write("round/", id, to: &bytes)
        case .me: bytes.append(contentsOf: "me".utf8)
        case .door: bytes.append(contentsOf: "door".utf8)
        case .undo: bytes.append(contentsOf: "undo".utf8)
        case .plan: bytes.append(contentsOf: "plan".utf8)
        case .participant(let id): Self.write("participant/", id, to: &bytes)
        case .process: bytes.append(contentsOf: "process".utf8)
        case .step(let step):
            bytes.append(contentsOf: "step/".utf8)
            bytes.appendDigits(of: UInt64(step))
        case .processSession(let id): Self.write("session/", id, to: &bytes)
        case .item(let id): Self.write("item/", id, to: &bytes)
        case .cofacilitator(let id): Self.write("link/", id, to: &bytes)
        case .part: bytes.append(contentsOf: "part".utf8)
        case .group(let id): Self.write("group/", id, to: &bytes)
        }
        bytes.append(0x22)
    }

    private static func write<ID: Identifier>(_ kind: String, _ id: ID, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: kind.utf8)
        bytes.append(ID.prefix.asciiValue ?? 0x3F)
        bytes.appendDigits(of: UInt64(id.number))
    }
}

extension ChannelName {
    /// The channel as its follower knows it: one's own is just `own`, a group's is `group/g3`.
    public var wireName: String {
        switch self {
        case .room: "room"
        case .own: "own"
        case .group(let id): "group/\(id)"
        case .staff: "staff"
        case .door: "door"
        }
    }
}

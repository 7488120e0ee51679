internal import Workshop

/// Events as members of an object; `e` names the kind. See ``RecordCodec``.
enum EventCodec {
    static func write(_ event: Event, _ json: inout JSONWriter) {
        func named(_ name: String) { json.member("e", name) }
        switch event {
        case .created(let creation):
            named("created")
            write(creation, &json)
        case .joined(let id, let role, let secret, let name, let attendance):
            named("joined")
            json.member("participant", id)
            json.member("role", role.rawValue)
            json.member("secret", hex(secret.bytes))
            json.member("name", name)
            json.member("via", attendance.rawValue)
        case .renamed(let id, let name):
            named("renamed")
            json.member("participant", id)
            json.member("name", name)
        case .readySet(let id, let isReady):
            named("readySet")
            json.member("participant", id)
            json.member("ready", isReady)
        case .handSet(let id, let isRaised):
            named("handSet")
            json.member("participant", id)
            json.member("raised", isRaised)
        case .participantRemoved(let id):
            named("participantRemoved")
            json.member("participant", id)
        case .waitSet(let people, let wait):
            named("waitSet")
            json.member("participants", people)
            json.member("waits", wait?.rawValue)
        case .admitted(let people):
            named("admitted")
            json.member("participants", people)
        case .turnedAway(let people):
            named("turnedAway")
            json.member("participants", people)
        case .participantErased(let id):
            named("participantErased")
            json.member("participant", id)
        case .tableSet(let id, let heads):
            named("tableSet")
            json.member("participant", id)
            if let heads { json.member("heads", heads) }
        case .noteAdded(let note):
            named("noteAdded")
            write(note, &json)
        case .noteEdited(let id, let text):
            named("noteEdited")
            json.member("note", id)
            json.member("text", text)
        case .noteWithdrawn(let id):
            named("noteWithdrawn")
            json.member("note", id)
        case .noteShared(let id):
            named("noteShared")
            json.member("note", id)
        case .notePublished(let id):
            named("notePublished")
            json.member("note", id)
        case .noteRedacted(let id, let reason):
            named("noteRedacted")
            json.member("note", id)
            json.member("reason", reason.rawValue)
        case .noteErased(let id):
            named("noteErased")
            json.member("note", id)
        case .notesRaised(let notes, let isRaised):
            named("notesRaised")
            json.member("notes", notes)
            json.member("raised", isRaised)
        case .groupsFormed(let phase, let groups):
            named("groupsFormed")
            json.member("phase", phase)
            json.member("groups") { json in
                json.array { json in for group in groups { json.object { json in write(group, &json) } } }
            }
        case .groupAdded(let group):
            named("groupAdded")
            json.member("phase", group.phase)
            write(group, &json)
        case .groupSet(let people, let phase, let group):
            named("groupSet")
            json.member("participants", people)
            json.member("phase", phase)
            json.member("group", group)
        case .groupRenamed(let id, let name):
            named("groupRenamed")
            json.member("group", id)
            json.member("name", name)
        case .awaySet(let people, let isAway):
            named("awaySet")
            json.member("participants", people)
            json.member("away", isAway)
        case .clusterCreated(let id, let name, let notes):
            named("clusterCreated")
            json.member("cluster", id)
            json.member("name", name)
            json.member("notes", notes)
        case .clusterRenamed(let id, let name):
            named("clusterRenamed")
            json.member("cluster", id)
            json.member("name", name)
        case .notesMoved(let notes, let cluster):
            named("notesMoved")
            json.member("notes", notes)
            json.member("cluster", cluster)
        case .notesPlaced(let notes, let column):
            named("notesPlaced")
            json.member("notes", notes)
            json.member("column", column)
        case .clustersMerged(let id, let into):
            named("clustersMerged")
            json.member("cluster", id)
            json.member("into", into)
        case .clusterDissolved(let id):
            named("clusterDissolved")
            json.member("cluster", id)
        case .clusteringUndone(let board):
            named("clusteringUndone")
            json.member("board", board)
        case .roundOpened(let id, let board, let phase, let title, let setup):
            named("roundOpened")
            json.member("round", id)
            json.member("board", board)
            json.member("phase", phase)
            json.member("title", title)
            json.member("vote") { json in PhaseCodec.writeVote(setup, &json) }
        case .ballotSet: preconditionFailure("A ballot is kept in a cell, never in the log (rule E4)")
        case .tableBallotSet:
            preconditionFailure("A table's ballot is kept in a cell, never in the log (rule E4)")
        case .turnoutCounted(let id, let done, let tables):
            named("turnoutCounted")
            json.member("round", id)
            json.member("done", done)
            json.member("tables", tables)
        case .tablesCounted(let id, let tables, let heads, let tallies):
            named("tablesCounted")
            json.member("round", id)
            json.member("tables", tables)
            json.member("heads", heads)
            json.member("tallies") { json in write(tallies, &json) }
        case .votersCounted(let id, let voters):
            named("votersCounted")
            json.member("round", id)
            json.member("voters", voters)
        case .roundClosed(let id, let voters, let tallies):
            named("roundClosed")
            json.member("round", id)
            json.member("voters", voters)
            json.member("tallies") { json in write(tallies, &json) }
        case .roundRevealed(let id):
            named("roundRevealed")
            json.member("round", id)
        case .handsRecorded(let id, let target, let value, let count):
            named("handsRecorded")
            json.member("round", id)
            json.member("target", target.text)
            json.member("value", value)
            json.member("count", count)
        case .speakersSet(let state, let speech, let reply):
            named("speakersSet")
            json.member("state", state.rawValue)
            json.member("speechSeconds", speech)
            json.member("replySeconds", reply)
        case .speechAsked(let id, let participant, let kind):
            named("speechAsked")
            json.member("speech", id)
            json.member("participant", participant)
            json.member("kind", kind.rawValue)
        case .speechAdded(let id, let name, let kind, let attendance):
            named("speechAdded")
            json.member("speech", id)
            json.member("name", name)
            json.member("kind", kind.rawValue)
            json.member("via", attendance.rawValue)
        case .speechWithdrawn(let id):
            named("speechWithdrawn")
            json.member("speech", id)
        case .speechCalled(let id):
            named("speechCalled")
            json.member("speech", id)
        case .speechFinished(let id):
            named("speechFinished")
            json.member("speech", id)
        case .speechRemoved(let id):
            named("speechRemoved")
            json.member("speech", id)
        case .speechMoved(let id, let after):
            named("speechMoved")
            json.member("speech", id)
            json.member("after", after)
        case .phaseOpened(let id):
            named("phaseOpened")
            json.member("phase", id)
        case .phaseRevealed(let id):
            named("phaseRevealed")
            json.member("phase", id)
        case .phaseConcealed(let id):
            named("phaseConcealed")
            json.member("phase", id)
        case .inputSet(let id, let isOpen):
            named("inputSet")
            json.member("phase", id)
            json.member("open", isOpen)
        case .phaseChanged(let phase):
            named("phaseChanged")
            json.member("phase", phase.id)
            PhaseCodec.write(phase, &json)
        case .phaseAdded(let phase, let after):
            named("phaseAdded")
            json.member("phase", phase.id)
            json.member("after", after)
            PhaseCodec.write(phase, &json)
        case .phaseRemoved(let id):
            named("phaseRemoved")
            json.member("phase", id)
        case .phaseMoved(let id, let after):
            named("phaseMoved")
            json.member("phase", id)
            json.member("after", after)
        case .boardAdded(let board, let clusters):
            named("boardAdded")
            json.member("board", board.id)
            EntryCodec.write(board, &json)
            if !clusters.isEmpty {
                json.member("clusters") { json in
                    json.array { json in
                        for cluster in clusters {
                            json.object { json in
                                json.member("cluster", cluster.id)
                                write(cluster, &json)
                            }
                        }
                    }
                }
            }
        case .boardChanged(let board):
            named("boardChanged")
            json.member("board", board.id)
            EntryCodec.write(board, &json)
        case .boardRemoved(let id):
            named("boardRemoved")
            json.member("board", id)
        case .startPlanned(let time):
            named("startPlanned")
            json.name("at")
            if let time { json.value(time) } else { json.null() }
        case .titleSet(let title):
            named("titleSet")
            json.member("title", title)
        case .timerSet(let timer):
            named("timerSet")
            json.member("timer") { json in write(timer, &json) }
        case .doorSet(let isOpen):
            named("doorSet")
            json.member("open", isOpen)
        case .codeChanged(let code):
            named("codeChanged")
            json.member("code", code)
        case .approvalSet(let isNeeded):
            named("approvalSet")
            json.member("required", isNeeded)
        case .placesSet(let count):
            named("placesSet")
            json.member("places", count)
        case .paceSet(let seconds):
            named("paceSet")
            json.member("seconds", seconds)
        case .linkReplaced(let link):
            named("linkReplaced")
            json.member("role", link.role.rawValue)
            json.member("secret", hex(link.secret.bytes))
            json.member("generation", link.generation)
        case .accessRevoked(let id):
            named("accessRevoked")
            json.member("participant", id)
        case .lockSet(let isLocked):
            named("lockSet")
            json.member("locked", isLocked)
        case .spotlightSet(let item):
            named("spotlightSet")
            json.member("item", item?.text)
        case .ended: named("ended")
        case .retentionSet(let days, let eraseAt):
            named("retentionSet")
            json.member("days", days)
            json.member("eraseAt", eraseAt)
        case .process(let event): write(event, &json)
        }
    }

    private static func write(_ note: Note, _ json: inout JSONWriter) {
        json.member("note", note.id)
        json.member("board", note.board)
        json.member("phase", note.phase)
        if let column = note.column { json.member("column", column) }
        json.member("text", note.text)
        json.member("paper", note.paper.rawValue)
        if let language = note.language { json.member("language", language) }
        json.member("source", note.source.rawValue)
        json.member("author", note.author)
        json.member("noteRef", note.ref)
        json.member("held", note.publication == .held)
        json.member("writtenAt", note.writtenAt)
        if let group = note.group { json.member("group", group) }
        if !note.origins.isEmpty { json.member("from") { json in ProcessCodec.write(note.origins, &json) } }
    }

    private static func write(_ group: Group, _ json: inout JSONWriter) {
        json.member("group", group.id)
        json.member("number", group.number)
        if !group.name.isEmpty { json.member("name", group.name) }
        if let channel = group.channel { json.member("channel", channel.rawValue) }
        if !group.parents.isEmpty { json.member("parents", group.parents) }
        json.member("members", group.members)
    }

    private static func write(_ tallies: [Tally], _ json: inout JSONWriter) {
        json.array { json in
            for tally in tallies {
                json.object { json in
                    json.member("target", tally.target.text)
                    json.member("counts") { json in
                        json.array { json in
                            for line in tally.counts {
                                json.array { json in
                                    json.value(line.value)
                                    json.value(line.count)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ timer: Timer?, _ json: inout JSONWriter) {
        guard let timer else { return json.null() }
        json.object { json in
            switch timer.state {
            case .running(let deadline): json.member("deadline", deadline)
            case .paused(let remaining): json.member("remaining", remaining)
            case .ended: break
            }
            json.member("duration", timer.duration)
        }
    }

    private static func write(_ creation: Creation, _ json: inout JSONWriter) {
        json.member("id", creation.id)
        json.member("title", creation.title)
        json.member("language", creation.language)
        json.member("code", creation.code)
        json.member("links") { json in
            json.array { json in
                for link in creation.links {
                    json.object { json in
                        json.member("role", link.role.rawValue)
                        json.member("secret", hex(link.secret.bytes))
                    }
                }
            }
        }
        json.member("boards") { json in
            json.array { json in
                for board in creation.boards { json.object { json in EntryCodec.write(board, &json) } }
            }
        }
        json.member("phases") { json in
            json.array { json in
                for phase in creation.phases { json.object { json in PhaseCodec.write(phase, &json) } }
            }
        }
        if !creation.clusters.isEmpty {
            json.member("clusters") { json in
                json.array { json in
                    for cluster in creation.clusters {
                        json.object { json in write(cluster, &json) }
                    }
                }
            }
        }
        json.member("limits") { json in LimitsCodec.write(creation.limits, &json) }
        if let days = creation.keepDays { json.member("keepDays", days) }
        if let process = creation.process {
            json.member("process") { json in
                json.object { json in
                    json.member("challenge", process.challenge)
                    json.member("principles", process.principles)
                }
            }
        }
        if let part = creation.part {
            json.member("part") { json in json.object { json in ProcessCodec.write(part, &json) } }
        }
    }

    private static func write(_ cluster: Cluster, _ json: inout JSONWriter) {
        json.member("board", cluster.board)
        json.member("column", cluster.column)
        json.member("name", cluster.name)
    }

    static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// A workshop's limits as an object; what is not there is the default.
enum LimitsCodec {
    private static var fields: [(name: String, path: WritableKeyPath<Limits, Int>)] {
        [
            ("noteCharacters", \.noteCharacters), ("notes", \.notes),
            ("notesPerParticipant", \.notesPerParticipant),
            ("nameCharacters", \.nameCharacters), ("instructionCharacters", \.instructionCharacters),
            ("clusters", \.clusters), ("rounds", \.rounds), ("phases", \.phases), ("boards", \.boards),
            ("columns", \.columns), ("participants", \.participants), ("undoSteps", \.undoSteps),
            ("notesPerCommand", \.notesPerCommand), ("timerSeconds", \.timerSeconds),
            ("voteBudget", \.voteBudget),
            ("handsPerRecord", \.handsPerRecord),
        ]
    }

    static func write(_ limits: Limits, _ json: inout JSONWriter) {
        json.object { json in for field in fields { json.member(field.name, limits[keyPath: field.path]) } }
    }

    static func read(_ value: JSONValue?) throws(Malformed) -> Limits {
        var limits = Limits()
        guard let value else { return limits }
        let members = try Members(value)
        for field in fields {
            if let number = try members.optionalInt(field.name) { limits[keyPath: field.path] = number }
        }
        return limits
    }
}

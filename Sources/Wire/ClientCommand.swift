internal import Workshop

extension ClientCommand {
    /// Reads a command; nil when there is none of that type.
    static func decode(_ type: String, _ members: Members) throws(Malformed) -> ClientCommand? {
        if type == "code.change" { return .changeCode }
        if type == "link.replace" {
            let role: Role = try members.word("role")
            guard role != .participant, let link = Secret(text: try members.string("link")) else {
                throw Malformed()
            }
            return .replaceLink(role, from: link)
        }
        if let command = try decodeProcess(type, members) { return command }
        if let command = try decodeNotes(type, members) { return .workshop(command) }
        if let command = try decodeClusters(type, members) { return .workshop(command) }
        if let command = try decodeVotes(type, members) { return .workshop(command) }
        if let command = try decodeSpeakers(type, members) { return .workshop(command) }
        if let command = try decodeRunSheet(type, members) { return .workshop(command) }
        if let command = try decodeComposition(type, members) { return .workshop(command) }
        if let command = try decodeGroups(type, members) { return .workshop(command) }
        return try decodeRoom(type, members).map { .workshop($0) }
    }

    private static func decodeNotes(_ type: String, _ members: Members) throws(Malformed) -> Command? {
        switch type {
        case "note.add":
            .addNote(
                text: try members.text("text"), column: try members.optionalString("column"),
                paper: try members.optionalWord("paper"), language: try members.optionalString("language"),
                source: try members.optionalWord("source") ?? .phone)
        case "note.edit": .editNote(try members.id("note"), text: try members.text("text"))
        case "note.withdraw": .withdrawNote(try members.id("note"))
        case "note.share": .shareNote(try members.id("note"))
        case "note.publish": .publishNote(try members.id("note"))
        case "note.redact": .redactNote(try members.id("note"), try members.word("reason"))
        case "note.restore": .restoreNote(try members.id("note"))
        case "note.erase": .eraseNote(try members.id("note"))
        case "notes.raise": .raiseNotes(try members.ids("notes"), try members.bool("raised"))
        case "phase.raise": .raisePhase(try members.id("phase"))
        default: nil
        }
    }

    private static func decodeClusters(_ type: String, _ members: Members) throws(Malformed) -> Command? {
        switch type {
        case "notes.move": .moveNotes(try members.ids("notes"), to: try members.nullableID("cluster"))
        case "notes.place": .placeNotes(try members.ids("notes"), column: try members.string("column"))
        case "cluster.create": .createCluster(name: try members.text("name"), notes: try members.ids("notes"))
        case "cluster.rename": .renameCluster(try members.id("cluster"), try members.text("name"))
        case "cluster.merge": .mergeClusters(try members.id("cluster"), into: try members.id("into"))
        case "cluster.split":
            .splitCluster(
                try members.id("cluster"), notes: try members.ids("notes"), name: try members.text("name"))
        case "cluster.dissolve": .dissolveCluster(try members.id("cluster"))
        case "clustering.undo": .undoClustering
        default: nil
        }
    }

    private static func decodeVotes(_ type: String, _ members: Members) throws(Malformed) -> Command? {
        switch type {
        case "round.open":
            .openRound(title: try members.text("title"), try PhaseCodec.decodeVote(try members.value("vote")))
        case "vote.cast":
            .castVote(
                try members.id("round"), try members.target("target"), value: try members.nullableInt("value")
            )
        case "vote.table":
            .castTable(
                try members.id("round"), try members.target("target"), counts: try members.counts("counts"))
        case "round.close": .closeRound(try members.id("round"))
        case "round.reveal": .revealRound(try members.id("round"))
        case "hands.record":
            .recordHands(
                try members.id("round"), try members.target("target"), value: try members.int("value"),
                count: try members.int("count"))
        default: nil
        }
    }

    private static func decodeSpeakers(_ type: String, _ members: Members) throws(Malformed) -> Command? {
        switch type {
        case "speakers.set":
            .setSpeakers(
                try members.word("state"), speechSeconds: try members.int("speechSeconds"),
                replySeconds: try members.int("replySeconds"))
        case "speech.ask": .askToSpeak(try members.word("kind"))
        case "speech.withdraw": .withdrawSpeech(try members.word("kind"))
        case "speech.add":
            .addSpeaker(name: try members.text("name"), try members.word("kind"), try members.word("via"))
        case "speech.call": .callSpeaker(try members.id("speech"))
        case "speech.finish": .finishSpeaker(try members.id("speech"))
        case "speech.remove": .removeSpeaker(try members.id("speech"))
        case "speech.move": .moveSpeaker(try members.id("speech"), after: try members.nullableID("after"))
        default: nil
        }
    }

    private static func decodeRunSheet(_ type: String, _ members: Members) throws(Malformed) -> Command? {
        switch type {
        case "phase.open": .openPhase(try members.id("phase"))
        case "phase.reveal": .revealPhase(try members.id("phase"))
        case "phase.conceal": .concealPhase(try members.id("phase"))
        case "input.set": .setInput(try members.id("phase"), isOpen: try members.bool("open"))
        case "phase.change": .changePhase(try PhaseCodec.decodeCommand(members, id: try members.id("phase")))
        case "phase.add":
            .addPhase(
                try PhaseCodec.decodeCommand(members, id: PhaseID(1)), after: try members.nullableID("after"))
        case "phase.remove": .removePhase(try members.id("phase"))
        case "phase.move": .movePhase(try members.id("phase"), after: try members.nullableID("after"))
        case "timer.start": .startTimer(seconds: try members.int("seconds"))
        case "timer.pause": .pauseTimer
        case "timer.resume": .resumeTimer
        case "timer.stop": .stopTimer
        case "timer.extend": .extendTimer(seconds: try members.int("seconds"))
        default: nil
        }
    }

    private static func decodeComposition(_ type: String, _ members: Members) throws(Malformed) -> Command? {
        switch type {
        case "phases.insert":
            .insertPhases(
                try CompositionCodec.insertion(try members.value("definition")),
                after: try members.nullableID("after"))
        case "board.change":
            .changeBoard(
                try CompositionCodec.board(try members.value("definition"), id: try members.id("board")))
        case "board.remove": .removeBoard(try members.id("board"))
        case "start.plan": .planStart(try members.nullableInt("at").map(Int64.init))
        case "title.set": .setTitle(try members.text("title"))
        default: nil
        }
    }

    private static func decodeGroups(_ type: String, _ members: Members) throws(Malformed) -> Command? {
        switch type {
        case "group.choose": .chooseGroup(try members.nullableID("group"))
        case "group.move":
            .movePeople(try members.ids("participants"), to: try members.nullableID("group"))
        case "group.rename": .renameGroup(try members.id("group"), try members.text("name"))
        case "group.add": .addGroup
        case "groups.mix": .mixGroups(everybody: try members.bool("everybody"))
        default: nil
        }
    }

    private static func decodeRoom(_ type: String, _ members: Members) throws(Malformed) -> Command? {
        switch type {
        case "me.rename": return .rename(try members.text("name"))
        case "me.table": return .setTable(heads: try members.nullableInt("heads"))
        case "ready.set": return .setReady(try members.bool("ready"))
        case "hand.set": return .setHand(try members.bool("raised"))
        case "door.set": return .setDoor(isOpen: try members.bool("open"))
        case "approval.set": return .setApproval(try members.bool("required"))
        case "places.set": return .setPlaces(try members.int("places"))
        case "pace.set": return .setPace(seconds: try members.int("seconds"))
        case "participants.admit": return .admit(try members.ids("participants"))
        case "participants.turnAway": return .turnAway(try members.ids("participants"))
        case "lock.set": return .setLock(try members.bool("locked"))
        case "spotlight.set":
            try members.require("item")
            guard let text = try members.optionalString("item") else { return .spotlight(nil) }
            guard let item = Spotlight(text: text) else { throw Malformed() }
            return .spotlight(item)
        case "participant.remove":
            return .removeParticipant(try members.id("participant"), withNotes: try members.bool("withNotes"))
        case "participant.erase": return .eraseParticipant(try members.id("participant"))
        case "retention.set": return .setRetention(days: try members.int("days"))
        case "workshop.end": return .end
        default: return nil
        }
    }
}

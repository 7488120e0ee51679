extension Workshop {
    /// Decides the list of speakers.
    func decideSpeakers(_ command: Command, by actor: Actor) throws(Refusal) -> [Event] {
        guard case .participant(let id) = actor else { throw .notAllowed }
        switch command {
        case .setSpeakers(let state, let speech, let reply):
            for seconds in [speech, reply] where seconds != 0 {
                guard Limits.speakingSeconds.contains(seconds) else { throw .invalidValue }
            }
            return [.speakersSet(state, speechSeconds: speech, replySeconds: reply)]
        case .askToSpeak(let kind):
            guard speakers.state == .open else { throw .listClosed }
            try checkRoom(for: kind)
            guard !speakers.queue.contains(where: { $0.participant == id && $0.kind == kind }) else {
                throw .limitReached
            }
            if kind == .reply, speakers.current?.request.participant == id { throw .invalidValue }
            return [.speechAsked(speakers.nextID, id, kind)]
        case .withdrawSpeech(let kind):
            guard let own = speakers.queue.first(where: { $0.participant == id && $0.kind == kind }) else {
                throw .notFound
            }
            return [.speechWithdrawn(own.id)]
        case .addSpeaker(let name, let kind, let attendance):
            // Names called out before the line was drawn are still typed after it.
            guard speakers.state != .closed else { throw .listClosed }
            try limits.checkName(name)
            try checkRoom(for: kind)
            return [.speechAdded(speakers.nextID, name: name, kind, attendance)]
        case .callSpeaker(let speech):
            guard speakers.queue.contains(where: { $0.id == speech }) else { throw .notFound }
            return [.speechCalled(speech)]
        case .finishSpeaker(let speech):
            guard speakers.current?.request.id == speech else { throw .notFound }
            return [.speechFinished(speech)]
        case .removeSpeaker(let speech):
            guard let request = speakers.all.first(where: { $0.id == speech }) else { throw .notFound }
            // A helper takes back what staff has put in, and nobody's own request.
            if request.participant != nil, participants[id]?.role != .facilitator { throw .notYours }
            return [.speechRemoved(speech)]
        case .moveSpeaker(let speech, let after):
            let ids = speakers.queue.map(\.id)
            guard ids.contains(speech), after.map(ids.contains) ?? true else { throw .notFound }
            guard speech != after else { throw .invalidValue }
            return [.speechMoved(speech, after: after)]
        default: throw .notAllowed
        }
    }

    private func checkRoom(for kind: SpeechKind) throws(Refusal) {
        if kind == .reply, speakers.current == nil { throw .notFound }
        guard speakers.queue.count < Limits.speakers else { throw .limitReached }
    }

    /// Applies the list of speakers.
    mutating func applySpeakers(_ event: Event, at time: Int64, touching touched: inout Touched) {
        switch event {
        case .speakersSet(let state, let speech, let reply):
            changeSpeakers(touching: &touched) { list, attendance in
                list.state = state
                list.speechSeconds = speech
                list.replySeconds = reply
                guard state == .closed else { return }
                list.finish(from: attendance)
                list.queue = []
            }
        case .speechAsked(let id, let participant, let kind):
            let attendance = participants[participant]?.attendance ?? .room
            changeSpeakers(touching: &touched) { list, _ in
                list.insert(
                    .init(id: id, kind: kind, participant: participant, name: "", attendance: attendance))
            }
        case .speechAdded(let id, let name, let kind, let attendance):
            changeSpeakers(touching: &touched) { list, _ in
                list.insert(
                    .init(id: id, kind: kind, participant: nil, name: name, attendance: attendance))
            }
        case .speechWithdrawn(let id), .speechRemoved(let id):
            changeSpeakers(touching: &touched) { list, _ in
                list.queue.removeAll { $0.id == id }
                // Whoever is taken off has not spoken.
                if list.current?.request.id == id { list.current = nil }
            }
        case .speechCalled(let id):
            changeSpeakers(touching: &touched) { list, attendance in
                guard let index = list.queue.firstIndex(where: { $0.id == id }) else { return }
                list.finish(from: attendance)
                let request = list.queue.remove(at: index)
                list.current = .init(request: request, since: time, seconds: list.seconds(of: request.kind))
            }
        case .speechFinished(let id):
            changeSpeakers(touching: &touched) { list, attendance in
                if list.current?.request.id == id { list.finish(from: attendance) }
            }
        case .speechMoved(let id, let after):
            changeSpeakers(touching: &touched) { list, _ in
                guard let index = list.queue.firstIndex(where: { $0.id == id }) else { return }
                let request = list.queue.remove(at: index)
                let before = after.flatMap { after in list.queue.firstIndex { $0.id == after } }
                list.queue.insert(request, at: before.map { $0 + 1 } ?? 0)
            }
        default: break
        }
    }

    /// Takes somebody who does not take part any more off the list, their turn with them.
    mutating func leaveSpeakers(_ id: ParticipantID, touching touched: inout Touched) {
        guard speakers.all.contains(where: { $0.participant == id }) else { return }
        changeSpeakers(touching: &touched) { list, _ in
            list.queue.removeAll { $0.participant == id }
            if list.current?.request.participant == id { list.current = nil }
        }
    }

    /// Changes the list, and shows it to everybody and to those whose requests came or went. The change is given the list, and
    /// where whoever speaks is.
    private mutating func changeSpeakers(
        touching touched: inout Touched, _ change: (inout SpeakerList, Attendance) -> Void
    ) {
        let before = speakers.all
        change(&speakers, speakers.current?.request.attendance ?? .room)
        touched.insert(.room, .speakers)
        let after = speakers.all
        for request in before + after {
            guard let participant = request.participant,
                before.contains(request) != after.contains(request)
            else { continue }
            touched.insert(.own(participant), .me)
        }
    }

    /// The list as everybody sees it; nil while there is none.
    var speakersEntry: SpeakersEntry? {
        guard speakers.state != .closed else { return nil }
        return SpeakersEntry(
            list: speakers, current: speakers.current.map { line(of: $0.request) },
            queue: speakers.queue.map(line))
    }

    private func line(of request: SpeakerList.Request) -> SpeakersEntry.Line {
        SpeakersEntry.Line(
            id: request.id, kind: request.kind, attendance: request.attendance,
            name: request.participant.flatMap { participants[$0]?.name } ?? request.name,
            isProxy: request.participant == nil)
    }
}

/// The list of speakers, to everybody. Whoever asks for the word shows the own name, or when there is none where they are.
public struct SpeakersEntry: Hashable, Sendable {
    /// Somebody on it.
    public struct Line: Hashable, Sendable {
        /// The request; its number is shown where there is no name.
        public var id: SpeechID
        /// What for.
        public var kind: SpeechKind
        /// Where whoever asks is.
        public var attendance: Attendance
        /// The name; may be empty.
        public var name: String
        /// Whether staff has put them in.
        public var isProxy: Bool
    }

    /// The state, the times and the counts.
    public var list: SpeakerList
    /// Who speaks.
    public var current: Line?
    /// Who gets the word, in order.
    public var queue: [Line]
}

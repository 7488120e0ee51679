internal import Digests
internal import Wire
internal import Workshop

/// What a member of a session does that concerns the process and its other sessions.
extension Member {
    /// Comes by a link that this workshop does not know: it may be one of the process that it is part of.
    func askProcess(of room: Room, _ hello: Hello, _ link: SecretHash) {
        guard let part = room.workshop.part else { return turnAway() }
        let (shared, core, id) = (room.worker.shared, room.worker, room.id)
        // Its hello has paused it already; who is let in, or sent away, goes on by that.
        prepare {
            await Ties(shared).role(ofLink: link, in: part)
        } then: { role in
            guard let role else { return self.turnAway() }
            core.withRoom(id) { result in
                guard case .success(let room) = result else { return self.comeBack() }
                self.ask(room, hello, for: role, by: .process(link, role))
            }
        }
    }

    /// Carries texts from elsewhere onto the board. Who may not hears that at once.
    func carry(_ origins: [Origin], to column: ColumnID?, _ ref: UInt32, in room: Room) {
        guard role == .facilitator, let part = room.workshop.part else {
            return room.submit(.process(.carry([], column: column)), from: .member(self, ref: ref))
        }
        let shared = room.worker.shared
        waitFor {
            await Picking(shared).texts(of: origins, for: part)
        } then: { texts in
            guard let texts else {
                return self.refuse(ref, WireRefusal.unavailable.rawValue, retryAfterSeconds: 5)
            }
            room.submit(.process(.carry(texts, column: column)), from: .member(self, ref: ref))
        }
    }

    /// Whether a command erases for good what other sessions may repeat.
    func takesCopiesAlong(_ command: Command, in room: Room) -> Bool {
        guard role == .facilitator, room.workshop.part != nil else { return false }
        switch command {
        case .eraseNote, .eraseParticipant: return true
        default: return false
        }
    }

    /// Erases the copies first, and then the original: once this is answered, it is nowhere.
    func submitAfterCopies(_ command: Command, _ ref: UInt32, in room: Room) {
        guard let part = room.workshop.part else { return }
        let notes: Set<NoteID> =
            switch command {
            case .eraseNote(let id): [id]
            case .eraseParticipant(let id): Set(room.workshop.ownNotes(of: id))
            default: []
            }
        let shared = room.worker.shared
        submit(command, from: .member(self, ref: ref), ref, in: room) {
            await Copies(shared).erase(of: notes, in: part)
        }
    }

    /// Hands a command on once something has been done elsewhere; it has to come again when nobody can tell whether that is done.
    private func submit(
        _ command: Command, from asker: Room.Asker, _ ref: UInt32, in room: Room,
        after work: @escaping @Sendable () async -> Bool
    ) {
        waitFor(work) { isSure in
            guard isSure else {
                return self.refuse(ref, WireRefusal.unavailable.rawValue, retryAfterSeconds: 5)
            }
            room.submit(command, from: asker)
        }
    }

    /// Takes a link back, or puts another in its place. What that closes in the sessions of a process is closed first: once this is
    /// answered, the old link opens nothing, nor does what anybody could make of it.
    ///
    /// - Parameters:
    ///   - command: What is asked.
    ///   - asker: Who is answered; with the links that follow from the new one, if there is one.
    ///   - ref: The command's counter.
    ///   - room: This member's room.
    func changeLinks(_ command: Command, from asker: Room.Asker, _ ref: UInt32, in room: Room) {
        // What will be refused is to change nothing elsewhere.
        guard let process = room.workshop.process,
            case .record(let record)? = try? room.workshop.decide(
                command, by: .participant(participant), ref: 0, at: room.workshop.now)
        else { return room.submit(command, from: asker) }
        var after = room.workshop
        after.apply(record)
        let (shared, sessions, valid) = (room.worker.shared, Array(process.sessions.values), after.staffLinks)
        var renewed: Links?
        if case .linkHolder(_, _, let links, .facilitator) = asker { renewed = links }
        submit(command, from: asker, ref, in: room) { [renewed] in
            let isRekeyed = if let renewed { await Ties(shared).rekey(sessions, from: renewed) } else { true }
            return await Ties(shared).tell(sessions, valid: valid) && isRekeyed
        }
    }
}

extension Workshop {
    /// Whether these links follow from the facilitator's own.
    func isOwned(by owner: Links) -> Bool {
        SecretHash(SHA256.hash(owner.facilitator)).map(isOwnersLink) ?? false
    }

    /// How somebody joins by an entrance: who comes by a link of a process is remembered with it.
    func joining(
        as role: Role, secret: SecretHash, name: String, attendance: Attendance, by entrance: Entrance?
    ) -> Command {
        let link: SecretHash? =
            switch entrance {
            case .process(let link, _): link
            case .link(let link)
            where process?.cofacilitators.values.contains(where: { $0.secret == link }) == true:
                link
            default: nil
            }
        guard let link else {
            return .join(role: role, secret: secret, name: name, attendance: attendance)
        }
        return .process(.joinByLink(role, secret: secret, name: name, attendance: attendance, link: link))
    }

    /// The notes that go when somebody is erased.
    func ownNotes(of id: ParticipantID) -> [NoteID] {
        notes.values.filter { $0.author == id && !$0.source.isProxy }.map(\.id)
    }
}

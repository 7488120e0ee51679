internal import EventLoop
internal import Journal
internal import Logging
internal import RoomCore
internal import Workshop

/// What came of something that was not asked over a WebSocket.
enum Asked: Sendable {
    case done
    case refused(Refusal)
    /// There is no such workshop, or nobody in it with that secret.
    case unknown
    /// What is stored of it is damaged, or a newer version's: it opens for nobody until an operator has seen to it.
    case unreadable
    /// Nothing is known of it; it may be asked again.
    case unavailable
}

extension Worker {
    /// Has somebody who is known by a secret command something, connected or not. A device whose link was replaced is nobody.
    func ask(_ command: Command, byHolderOf secret: SecretHash, in id: String) async -> Asked {
        await ask(command, in: id) { workshop in
            workshop.participant(holding: secret).flatMap { $0.isRevoked ? nil : .participant($0.id) }
        }
    }

    /// Has the clock command something.
    func tick(_ command: Command, in id: String) async -> Asked { await ask(command, in: id) { _ in .clock } }

    private func ask(
        _ command: Command, in id: String, by actor: @escaping (Workshop) -> Actor?
    ) async -> Asked {
        await withCheckedContinuation { continuation in
            guard let core else { return continuation.resume(returning: .unavailable) }
            core.withRoom(id) { result in
                guard case .success(let room) = result else {
                    return continuation.resume(returning: Self.answer(to: result))
                }
                guard let actor = actor(room.workshop) else {
                    return continuation.resume(returning: .unknown)
                }
                let asker = Room.Asker.caller(actor) { outcome in
                    switch outcome {
                    case .accepted: continuation.resume(returning: .done)
                    case .refused(let refusal): continuation.resume(returning: .refused(refusal))
                    case nil: continuation.resume(returning: .unavailable)
                    }
                }
                room.submit(command, from: asker)
            }
        }
    }

    /// Erases a workshop for good, if it may be.
    ///
    /// - Parameters:
    ///   - id: The workshop.
    ///   - isAllowed: Decides on the state as it is durable; nothing changes between that and the erasure.
    /// - Returns: What came of it; ``Asked/refused(_:)`` when it is not allowed.
    func erase(_ id: String, if isAllowed: @escaping (Workshop) -> Bool) async -> Asked {
        await withCheckedContinuation { continuation in
            guard let core else { return continuation.resume(returning: .unavailable) }
            core.withRoom(id) { result in
                guard case .success(let room) = result else {
                    return continuation.resume(returning: Self.answer(to: result))
                }
                room.read { workshop in
                    guard let workshop else { return continuation.resume(returning: .unavailable) }
                    guard isAllowed(workshop) else {
                        return continuation.resume(returning: .refused(.notAllowed))
                    }
                    core.erase(room) { continuation.resume(returning: $0 ? .done : .unavailable) }
                }
            }
        }
    }

    private static func answer(to result: Result<Room, LoadedWorkshop.Failure>) -> Asked {
        switch result {
        case .failure(.journal(.unknownStream)): .unknown
        case .failure(.journal(.damaged)), .failure(.unreadable): .unreadable
        default: .unavailable
        }
    }
}

extension WorkerCore {
    /// Erases a room's workshop: nothing is decided and nobody let in until the journal has answered; then all are told.
    func erase(_ room: Room, _ tell: @escaping @Sendable (Bool) -> Void) {
        room.pause()
        let (door, id, journal) = (worker, room.id, shared.journal)
        Task.detached {
            let result: Result<Void, JournalError>
            do throws(JournalError) { result = .success(try await journal.erase(id)) } catch {
                result = .failure(error)
            }
            door.enter { $0.erased(result, id, tell) }
        }
    }

    func erased(_ result: Result<Void, JournalError>, _ id: String, _ tell: (Bool) -> Void) {
        defer { loop.requestTurnEnd() }
        guard let room = rooms[id] else { return tell(false) }
        switch result {
        case .success, .failure(.unknownStream):
            let members = room.abandon(retryAfterSeconds: 1)
            forget(room)
            for member in members { member.close(4503) }
            tell(true)
        case .failure(let error):
            log.error("A workshop cannot be erased", metadata: ["workshop": "\(id)", "error": "\(error)"])
            if error.consequence == .stop { shared.fail(error) }
            room.resume()
            tell(false)
        }
    }
}

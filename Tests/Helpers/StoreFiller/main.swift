import Foundation
import Journal
import JournalSQLite
import RoomCore
import Server
import Wire
import Workshop

// Stores workshops as a server does, without one, so that a test of a restart need not live through them.
//
//     store-filler FOLDER FIRST COUNT EVENTS [snapshot]
//
// Makes COUNT workshops, numbered from FIRST on, of EVENTS events each: people who come, and notes that they write and change.
// With `snapshot` the state is kept beside the log. Prints `ID CODE` for each.

let arguments = CommandLine.arguments
guard arguments.count >= 5, let first = Int(arguments[2]), let count = Int(arguments[3]),
    let events = Int(arguments[4])
else {
    FileHandle.standardError.write(Data("store-filler FOLDER FIRST COUNT EVENTS [snapshot]\n".utf8))
    exit(64)
}
let wantsSnapshot = arguments.dropFirst(5).first == "snapshot"
let journal = try SQLiteJournal(folder: arguments[1])
let now = Int64(Date().timeIntervalSince1970 * 1_000)

/// A code of its own for each number, spelt with the letters of join codes.
@Sendable func code(_ number: Int) -> String {
    let letters = Array("ABDEFGHJKLMNPRSTUVXYZ")
    var rest = number
    return String(
        (0..<6).map { _ in
            defer { rest /= letters.count }
            return letters[rest % letters.count]
        })
}

@Sendable func secret(_ number: Int) -> SecretHash {
    guard
        let hash = SecretHash(withUnsafeBytes(of: number) { Array($0) } + [UInt8](repeating: 0xF1, count: 24))
    else {
        preconditionFailure("32 bytes")
    }
    return hash
}

/// Stores one workshop; gives nothing until it is durable.
@Sendable func store(_ number: Int) async throws {
    let id = "w-stored-\(number)"
    let creation = Creation(
        id: id, title: "Stored \(number)", language: "nb", code: code(number),
        links: [.init(role: .facilitator, secret: secret(-1 - number))],
        boards: [Board(id: BoardID(1), name: "Ideas", structure: .list)],
        phases: [Phase(id: PhaseID(1), name: "Write", board: BoardID(1), participants: [.add, .editOwn])],
        keepDays: 90)
    let record = try Workshop.begin(creation, at: now)
    var workshop = Workshop()
    workshop.apply(record)
    try await journal.create(
        Append(
            stream: id, expected: 0, records: [RecordCodec.encode(record)],
            directory: [.put(key: DirectoryKey.code(creation.code))]
                + DirectoryKey.changes(from: nil, to: workshop.retention.eraseAt, of: id)), epoch: "stored")
    var core = RoomCore<Int>(workshop: workshop, channels: Channels())
    var done = 1
    var refs: [UInt32] = []
    var notes: [(NoteID, ParticipantID)] = []
    var dice: UInt64 = 1
    while done < events {
        for step in done..<min(events, done + RoomCore<Int>.batchLimit) {
            precondition(core.submit(next(step)), "there is room for a batch")
        }
        guard case .store(let append, _) = core.turn(at: now) else { preconditionFailure("all were refused") }
        try await journal.append(append)
        for answer in core.settle() where answer.outcome != .accepted {
            FileHandle.standardError.write(Data("Step \(answer.asker): \(answer.outcome)\n".utf8))
            exit(70)
        }
        done = Int(core.workshop.sequence)
    }
    if wantsSnapshot { try await journal.saveSnapshot(SnapshotCodec.encode(core.workshop), of: id) }

    /// Somebody new for the first of each twenty, then two notes and a change, over and over.
    func next(_ step: Int) -> RoomCore<Int>.Request {
        if step % 20 == 1 {
            refs.append(0)
            return RoomCore.Request(
                command: .join(role: .participant, secret: secret(refs.count), name: "", attendance: .room),
                origin: .newcomer(secret(refs.count)), asker: step, entrance: .code(creation.code))
        }
        // By chance, the same each time: the step by itself would give the first twenty again and again.
        dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let writer = Int(dice >> 33) % refs.count
        let participant = ParticipantID(UInt32(writer + 1))
        refs[writer] += 1
        var command = Command.addNote(
            text: "Note \(step): more benches in the shade by the bus stop", column: nil, paper: nil,
            language: nil,
            source: .phone)
        if step % 3 == 0, let own = notes.last(where: { $0.1 == participant }) {
            command = .editNote(own.0, text: "Note \(step): and a tap for water")
        } else {
            notes.append((NoteID(UInt32(notes.count + 1)), participant))
        }
        return RoomCore.Request(
            command: command, origin: .member(participant, ref: refs[writer]), asker: step)
    }
}

try await withThrowingTaskGroup(of: Void.self) { group in
    for number in first..<first + count {
        if number - first >= 500 { try await group.next() }
        group.addTask { try await store(number) }
    }
    try await group.waitForAll()
}
try await journal.close()
for number in first..<first + count { print("w-stored-\(number) \(code(number))") }

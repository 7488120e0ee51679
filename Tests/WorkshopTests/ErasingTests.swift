import Foundation
import TestKit
import Testing
import Wire

@testable import Workshop

@Suite("Erasing, in the state")
struct ErasingTests {
    private let facilitator = ParticipantID(1)

    /// Two participants with revealed notes in a cluster, an open round with votes of both, and something private.
    private func scene() throws -> (Scene, ParticipantID, ParticipantID) {
        var scene = try Scene()
        let kari = try scene.join(name: "Kari Nordmann-Unik")
        let ola = try scene.join(name: "Ola", via: .remote)
        for (author, text) in [(kari, "Kari-tekst"), (ola, "Ola-tekst"), (kari, "Kari-andre")] {
            _ = try scene.write(author, text)
        }
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .createCluster(name: "Pair", notes: [NoteID(1), NoteID(2)]))
        try scene.act(facilitator, .spotlight(.note(NoteID(1))))
        try scene.act(kari, .setHand(true))
        try scene.act(kari, .setReady(true))
        try scene.act(
            facilitator, .openRound(title: "Which?", VoteSetup(kind: .stance, targets: .notes)))
        try scene.act(facilitator, .openPhase(PhaseID(3)))
        for voter in [kari, ola] {
            try scene.act(voter, .castVote(RoundID(1), .note(NoteID(2)), value: 1))
        }
        return (scene, kari, ola)
    }

    /// All that the state holds, as a snapshot has it.
    private func stored(_ workshop: Workshop) throws -> String {
        String(decoding: try JSONEncoder().encode(workshop), as: UTF8.self)
    }

    /// A secret's hash as a snapshot has it.
    private func hex(_ number: UInt8) -> String {
        Scene.secret(number).bytes.map { String(format: "%02x", $0) }.joined()
    }

    @Test("[P2] who erases oneself is gone from state and channels, and the others are as they were")
    func me() throws {
        var (scene, kari, ola) = try scene()
        let before = try stored(scene.workshop)
        #expect(before.contains("Kari-tekst") && before.contains("Nordmann") && before.contains(hex(2)))
        let sequence = scene.workshop.sequence
        try scene.act(kari, .eraseMe)
        let after = try stored(scene.workshop)
        for mark in ["Kari-tekst", "Kari-andre", "Nordmann", hex(2)] {
            #expect(!after.contains(mark), "\(mark)")
        }
        #expect(scene.workshop.participant(holding: Scene.secret(2)) == nil)
        #expect(scene.workshop.ballot(of: kari, in: RoundID(1)).isEmpty)
        #expect(scene.workshop.ballot(of: ola, in: RoundID(1)) == [.note(NoteID(2)): 1])
        #expect(scene.workshop.rounds[RoundID(1)]?.voters == 1)
        #expect(scene.workshop.headCount.all == 1)
        #expect(scene.workshop.headCount.hands == 0)
        #expect(scene.workshop.headCount.ready == 0)
        #expect(scene.workshop.spotlight == nil)
        #expect(scene.workshop.clusters[ClusterID(1)]?.notes == [NoteID(2)])
        #expect(scene.workshop.progress[PhaseID(1)]?.notes == 1)
        #expect(scene.workshop.progress[PhaseID(1)]?.writers == 1)
        #expect(scene.content(of: .own(kari)).isEmpty)
        // A phone that has seen what came before is told to drop, and of nothing else of theirs.
        var drops: Set<EntryKey> = []
        scene.channels.room.forEachChange(since: sequence) { key, value in
            if value == nil { drops.insert(key) }
        }
        #expect(drops == [.note(NoteID(1)), .note(NoteID(3)), .spotlight])
        for role in Role.allCases {
            let text = scene.text(seenBy: facilitator, as: role)
            #expect(!text.contains("Kari-") && !text.contains("Nordmann"), "\(role)")
        }
        #expect(throws: Refusal.removed) { try scene.act(kari, .rename("Back")) }
        // Identifiers stay given.
        let next = try scene.write(facilitator, "Next")
        #expect(next == NoteID(4))
        let newcomer = try scene.join()
        #expect(newcomer == ParticipantID(4))
        let (replayed, _) = try scene.replayed()
        #expect(replayed == scene.workshop)
    }

    @Test("[P2] everybody may, in any role, when the workshop has ended and when one was removed")
    func anybody() throws {
        var (scene, kari, _) = try scene()
        for role in Role.allCases {
            let someone = try scene.join(role)
            try scene.act(someone, .eraseMe)
            #expect(scene.workshop.participants[someone] == nil)
        }
        try scene.act(facilitator, .removeParticipant(kari, withNotes: false))
        let heads = scene.workshop.headCount
        try scene.act(facilitator, .end)
        _ = try scene.act(kari, .eraseMe, ref: 0)
        #expect(scene.workshop.participants[kari] == nil)
        #expect(scene.workshop.headCount == heads)
        #expect(scene.workshop.notes.values.map(\.author) == [ParticipantID(3)])
    }

    @Test(
        "[P3] a facilitator erases one person: all of theirs goes, and the notes are counted for all to see")
    func participant() throws {
        var (scene, kari, _) = try scene()
        try scene.act(facilitator, .eraseParticipant(kari))
        let after = try stored(scene.workshop)
        for mark in ["Kari-", "Nordmann", hex(2)] { #expect(!after.contains(mark), "\(mark)") }
        #expect(scene.workshop.retention.erasedNotes == 2)
        #expect(scene.text(seenBy: facilitator, as: .observer).contains(#""erased":2"#))
        #expect(throws: Refusal.notFound) { try scene.act(facilitator, .eraseParticipant(kari)) }
        #expect(throws: Refusal.notAllowed) { try scene.act(facilitator, .eraseParticipant(facilitator)) }
    }

    @Test("[P3] a facilitator erases a note that they can see, and no private one; withdrawn is not enough")
    func note() throws {
        var (scene, kari, _) = try scene()
        try scene.act(facilitator, .closeRound(RoundID(1)))
        let tallies = scene.workshop.rounds[RoundID(1)]?.tallies
        try scene.act(facilitator, .eraseNote(NoteID(2)))
        #expect(try stored(scene.workshop).contains("Ola-tekst") == false)
        #expect(scene.workshop.retention.erasedNotes == 1)
        // The totals of a closed round stay as numbers.
        #expect(scene.workshop.rounds[RoundID(1)]?.tallies == tallies)
        #expect(tallies?.isEmpty == false)
        #expect(throws: Refusal.notFound) { try scene.act(facilitator, .eraseNote(NoteID(2))) }
        try scene.act(facilitator, .openPhase(PhaseID(1)))
        try scene.act(facilitator, .concealPhase(PhaseID(1)))
        let hidden = try scene.write(kari, "Hidden")
        #expect(throws: Refusal.notFound) { try scene.act(facilitator, .eraseNote(hidden)) }
        // Undoing what was done with clusters brings nothing back.
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .undoClustering)
        #expect(scene.workshop.notes[NoteID(2)] == nil)
        try scene.act(facilitator, .redactNote(NoteID(3), .personal))
        try scene.act(facilitator, .eraseNote(NoteID(3)))
        #expect(scene.workshop.withheld == 0)
    }

    @Test("[P2] what a helper typed for others stays when the helper goes")
    func proxies() throws {
        var scene = try Scene()
        let helper = try scene.join(.helper, name: "Referent")
        try scene.act(
            helper, .addNote(text: "Paper", column: nil, paper: nil, language: nil, source: .paper))
        try scene.act(helper, .addNote(text: "Own", column: nil, paper: nil, language: nil, source: .phone))
        try scene.act(helper, .eraseMe)
        #expect(scene.workshop.notes.values.map(\.text) == ["Paper"])
        #expect(try stored(scene.workshop).contains("Referent") == false)
    }

    @Test("only what erases demands that the journal forgets too")
    func compaction() throws {
        var (scene, kari, _) = try scene()
        let demands = { (scene: Scene) in scene.records.count { $0.events.contains { $0.demandsCompaction } }
        }
        #expect(demands(scene) == 0)
        try scene.act(facilitator, .eraseNote(NoteID(2)))
        #expect(demands(scene) == 1)
        try scene.act(kari, .eraseMe)
        #expect(demands(scene) == 2)
    }
}

@Suite("Retention")
struct RetentionTests {
    private let day: Int64 = 86_400_000
    private let facilitator = ParticipantID(1)

    private func scene(days: Int = 30) throws -> Scene {
        var scene = try Scene()
        try scene.act(facilitator, .setRetention(days: days))
        return scene
    }

    @Test("[P5] an ended workshop goes so many days after its end, whatever is done in it then")
    func ended() throws {
        var scene = try scene()
        let kari = try scene.join()
        let note = try scene.write(kari, "Text")
        try scene.act(facilitator, .end)
        let end = scene.now
        #expect(scene.workshop.retention.eraseAt == end + 30 * day)
        #expect(
            scene.text(seenBy: kari, as: .participant).contains(#"{"days":30,"eraseAt":\#(end + 30 * day),"#))
        scene.now += 29 * day
        try scene.act(kari, .withdrawNote(note))
        #expect(!scene.workshop.isToBeErased(at: end + 30 * day - 1))
        #expect(scene.workshop.isToBeErased(at: end + 30 * day))
        #expect(throws: Refusal.ended) {
            try scene.workshop.decide(.postponeErasure, by: .clock, ref: 0, at: end + 30 * day)
        }
    }

    @Test(
        "[P5] one that nobody ended goes so many days after the last thing done in it, and is looked at again till then"
    )
    func abandoned() throws {
        var scene = try scene()
        let start = scene.now
        #expect(!scene.text(seenBy: facilitator, as: .facilitator).contains("eraseAt"))
        scene.now += 10 * day
        try scene.act(facilitator, .setRetention(days: 30))
        #expect(scene.workshop.retention.activeAt == scene.now)
        scene.now += 10 * day
        _ = try scene.join()
        let last = scene.now
        #expect(!scene.workshop.isToBeErased(at: start + 40 * day))
        var workshop = scene.workshop
        guard
            case .record(let record) = try workshop.decide(
                .postponeErasure, by: .clock, ref: 0, at: start + 40 * day)
        else {
            Issue.record("no record")
            return
        }
        workshop.apply(record)
        #expect(workshop.retention.eraseAt == last + 30 * day)
        // The clock's own act is no sign of life: it cannot go on for ever.
        #expect(workshop.isToBeErased(at: last + 30 * day))
        #expect(throws: Refusal.noTimer) {
            try workshop.decide(.postponeErasure, by: .clock, ref: 0, at: last + 30 * day)
        }
    }

    @Test("[P5] the facilitator changes it, also after the end, but not into the past")
    func change() throws {
        var scene = try scene()
        for days in [0, -1, 3_651] {
            #expect(throws: Refusal.invalidValue) { try scene.act(facilitator, .setRetention(days: days)) }
        }
        try scene.act(facilitator, .end)
        let end = scene.now
        scene.now += 10 * day
        #expect(throws: Refusal.invalidValue) { try scene.act(facilitator, .setRetention(days: 10)) }
        try scene.act(facilitator, .setRetention(days: 11))
        #expect(scene.workshop.retention.eraseAt == end + 11 * day)
    }

    @Test("[P5] asked for at the creation; a workshop from before that has no date until it ends")
    func creation() throws {
        var creation = Creation(
            id: "w1", title: "T", language: "nb", code: "KRTMPX", links: [],
            boards: [Board(id: BoardID(1), name: "B", structure: .list)], phases: Scene.phases)
        var older = Workshop()
        older.apply(try Workshop.begin(creation, at: 1_000))
        #expect(older.retention.eraseAt == nil)
        #expect(!older.isToBeErased(at: .max))
        creation.keepDays = 7
        let record = try Workshop.begin(creation, at: 1_000)
        #expect(try RecordCodec.decode(RecordCodec.encode(record)) == record)
        var workshop = Workshop()
        workshop.apply(record)
        #expect(workshop.retention.eraseAt == 1_000 + 7 * day)
        creation.keepDays = 0
        #expect(throws: Refusal.invalidValue) { _ = try Workshop.begin(creation, at: 1_000) }
    }
}

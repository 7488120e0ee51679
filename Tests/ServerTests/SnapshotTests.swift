import Foundation
import Journal
import TestKit
import Testing

@testable import Server
@testable import Workshop

/// Once something has been erased, the snapshot is all there is: so what was written once is read for ever.
@Suite("Snapshots, as the journal keeps them")
struct SnapshotTests {
    /// A workshop with one of everything in it.
    private func scene() throws -> Scene {
        var scene = try Scene()
        let facilitator = ParticipantID(1)
        let (kari, ola) = (try scene.join(name: "Kari"), try scene.join(via: .remote))
        let helper = try scene.join(.helper, name: "Referent")
        for (author, text) in [(kari, "One"), (ola, "Two"), (kari, "Three")] {
            _ = try scene.write(author, text)
        }
        try scene.act(
            helper, .addNote(text: "Paper", column: nil, paper: .moss, language: "nn", source: .paper))
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .createCluster(name: "Pair", notes: [NoteID(1), NoteID(2)]))
        try scene.act(facilitator, .redactNote(NoteID(3), .offTopic))
        try scene.act(kari, .setHand(true))
        try scene.act(ola, .setReady(true))
        try scene.act(facilitator, .spotlight(.note(NoteID(2))))
        try scene.act(
            facilitator, .openRound(title: "R", VoteSetup(kind: .scale(low: 1, high: 5), targets: .clusters)))
        try scene.act(facilitator, .openPhase(PhaseID(3)))
        try scene.act(kari, .castVote(RoundID(1), .cluster(ClusterID(1)), value: 4))
        try scene.act(helper, .recordHands(RoundID(1), .cluster(ClusterID(1)), value: 5, count: 7))
        try scene.act(facilitator, .closeRound(RoundID(1)))
        try scene.act(facilitator, .startTimer(seconds: 60))
        try scene.act(ola, .eraseMe)
        return scene
    }

    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Golden/snapshot-1.json")

    @Test("what is written is read back the same")
    func roundTrip() throws {
        let scene = try scene()
        let snapshot = try SnapshotCodec.encode(scene.workshop)
        #expect(snapshot.sequence == scene.workshop.sequence)
        #expect(try SnapshotCodec.decode(snapshot) == scene.workshop)
    }

    @Test("a snapshot of the first version, from before there was a date, gives the same workshop as ever")
    func golden() throws {
        let bytes = [UInt8](try Data(contentsOf: Self.golden))
        let older = try SnapshotCodec.decode(Snapshot(sequence: 21, format: 1, bytes: bytes))
        var now = try scene().workshop
        // What was not there is as before anything had happened.
        #expect(older.retention == Workshop().retention)
        now.retention = Retention()
        #expect(older.acts.isEmpty)
        now.acts = []
        now.rounds.update(RoundID(1)) { $0.targetCount = 0 }
        now.progress.update(PhaseID(1)) { $0.proxies = 0 }
        #expect(older == now)
    }

    @Test("a member that has come since is filled in, in the workshop and in what its tables hold")
    func filledIn() throws {
        let scene = try scene()
        let whole = try SnapshotCodec.encode(scene.workshop)
        var members = try #require(
            try JSONSerialization.jsonObject(with: Data(whole.bytes)) as? [String: Any])
        members["timer"] = nil
        members["withheld"] = nil
        members["notes"] = (members["notes"] as? [Any])?.map { item in
            var note = item as? [String: Any]
            note?["isShared"] = nil
            return note as Any? ?? NSNull()
        }
        members["participants"] = (members["participants"] as? [Any])?.map { item in
            var participant = item as? [String: Any]
            participant?["isReady"] = nil
            return participant as Any? ?? NSNull()
        }
        var limits = members["limits"] as? [String: Any]
        limits?["voteBudget"] = nil
        members["limits"] = limits
        let bytes = [UInt8](try JSONSerialization.data(withJSONObject: members))
        let read = try SnapshotCodec.decode(Snapshot(sequence: 1, format: 1, bytes: bytes))
        #expect(read.notes == scene.workshop.notes)
        #expect(read.limits == scene.workshop.limits)
        #expect(read.withheld == 0)
        #expect(read.participants.ids == scene.workshop.participants.ids)
    }

    @Test("what is no snapshot is refused, and nothing is guessed", arguments: ["", "{", "[]", #"{"id":7}"#])
    func damaged(text: String) {
        #expect(throws: LoadedWorkshop.Failure.self) {
            try SnapshotCodec.decode(Snapshot(sequence: 1, format: 1, bytes: Array(text.utf8)))
        }
        #expect(throws: LoadedWorkshop.Failure.self) {
            try SnapshotCodec.decode(Snapshot(sequence: 1, format: 2, bytes: []))
        }
    }
}

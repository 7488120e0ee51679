import TestKit
import Testing
import Workshop

@Suite("Clusters")
struct ClustersTests {
    private let facilitator = ParticipantID(1)

    private func scene(notes: Int = 4) throws -> Scene {
        var scene = try Scene()
        let kari = try scene.join()
        for number in 1...notes { _ = try scene.write(kari, "Note \(number)") }
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .openPhase(PhaseID(2)))
        return scene
    }

    private func members(_ scene: Scene, _ id: UInt32) -> [UInt32]? {
        scene.workshop.clusters[ClusterID(id)]?.notes.map(\.number)
    }

    @Test("notes go into a cluster, between clusters and out of them, in the order they were put there")
    func moving() throws {
        var scene = try scene()
        try scene.act(facilitator, .createCluster(name: "A", notes: [NoteID(2), NoteID(1)]))
        try scene.act(facilitator, .createCluster(name: "B", notes: [NoteID(3)]))
        #expect(members(scene, 1) == [2, 1])
        try scene.act(facilitator, .moveNotes([NoteID(1), NoteID(4)], to: ClusterID(2)))
        #expect(members(scene, 1) == [2])
        #expect(members(scene, 2) == [3, 1, 4])
        try scene.act(facilitator, .moveNotes([NoteID(3)], to: nil))
        #expect(scene.workshop.notes[NoteID(3)]?.cluster == nil)
    }

    @Test("merge, split, rename and dissolve, each taken back by one undo, in reverse order")
    func undo() throws {
        var scene = try scene()
        try scene.act(facilitator, .createCluster(name: "A", notes: [NoteID(1), NoteID(2)]))
        try scene.act(facilitator, .createCluster(name: "B", notes: [NoteID(3)]))
        let steps: [Command] = [
            .renameCluster(ClusterID(1), "Meeting places"), .mergeClusters(ClusterID(2), into: ClusterID(1)),
            .splitCluster(ClusterID(1), notes: [NoteID(1), NoteID(3)], name: "C"),
            .moveNotes([NoteID(4)], to: ClusterID(1)),
            .dissolveCluster(ClusterID(1)),
        ]
        var before: [(Table<NoteID, Note>, Table<ClusterID, Cluster>)] = []
        for step in steps {
            before.append((scene.workshop.notes, scene.workshop.clusters))
            try scene.act(facilitator, step)
        }
        for (notes, clusters) in before.reversed() {
            try scene.act(facilitator, .undoClustering)
            #expect(scene.workshop.notes == notes)
            #expect(scene.workshop.clusters.values == clusters.values)
        }
        try scene.act(facilitator, .undoClustering)
        try scene.act(facilitator, .undoClustering)
        #expect(throws: Refusal.nothingToUndo) { try scene.act(facilitator, .undoClustering) }
        #expect(scene.workshop.clusters.count == 0)
    }

    @Test("undo does not bring back a note that was withdrawn meanwhile")
    func undoAfterWithdrawal() throws {
        var scene = try scene()
        try scene.act(facilitator, .createCluster(name: "A", notes: [NoteID(1), NoteID(2)]))
        try scene.act(facilitator, .dissolveCluster(ClusterID(1)))
        try scene.act(ParticipantID(2), .withdrawNote(NoteID(1)))
        try scene.act(facilitator, .undoClustering)
        #expect(members(scene, 1) == [2])
    }

    @Test("notes that are not everybody's to see cannot be clustered")
    func hidden() throws {
        var scene = try Scene()
        let kari = try scene.join()
        let note = try scene.write(kari, "Private")
        #expect(throws: Refusal.notFound) {
            try scene.act(facilitator, .createCluster(name: "A", notes: [note]))
        }
    }

    @Test("a command names at least one note, none twice, and only those of the current board")
    func badLists() throws {
        var scene = try scene()
        for notes in [[], [NoteID(1), NoteID(1)]] {
            #expect(throws: Refusal.invalidValue) {
                try scene.act(facilitator, .createCluster(name: "A", notes: notes))
            }
        }
        #expect(throws: Refusal.notFound) {
            try scene.act(facilitator, .createCluster(name: "A", notes: [NoteID(99)]))
        }
        #expect(throws: Refusal.notFound) {
            try scene.act(facilitator, .moveNotes([NoteID(1)], to: ClusterID(9)))
        }
    }
}

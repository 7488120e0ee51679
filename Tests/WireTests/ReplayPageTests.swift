import TestKit
import Testing
import Wire
import Workshop

@Suite("A history gone through again")
struct ReplayPageTests {
    private let facilitator = ParticipantID(1)

    /// All pages of a scene's history as one list of steps, and the first page.
    private func history(
        _ scene: Scene, from start: Workshop = Workshop(), byteLimit: Int = 1 << 20
    ) throws -> (first: JSONValue, steps: [JSONValue], text: String) {
        var first: JSONValue?
        var steps: [JSONValue] = []
        var text = ""
        var after: UInt64 = 0
        repeat {
            var page = ReplayPage(of: scene.workshop, from: start, after: after, byteLimit: byteLimit)
            for record in scene.records.dropFirst(Int(start.sequence)) where !page.take(record) { break }
            let bytes = page.document()
            text += String(decoding: bytes, as: UTF8.self)
            let value = try JSONReader.read(bytes, limits: .trusted)
            #expect((value["base"] != nil) == (first == nil))
            if first == nil { first = value }
            steps += value["steps"]?.array ?? []
            #expect(page.last > after || page.last == scene.workshop.sequence)
            after = page.last
        } while after < scene.workshop.sequence
        return (try #require(first), steps, text)
    }

    /// What the steps add up to.
    private func end(_ first: JSONValue, _ steps: [JSONValue]) -> [String: JSONValue] {
        var state: [String: JSONValue] = [:]
        for set in [first["base"]?["set"]] + steps.map({ $0["set"] }) {
            for member in set?.members ?? [] { state[member.name] = member.value }
        }
        state = [:]
        for member in first["base"]?["set"]?.members ?? [] { state[member.name] = member.value }
        for step in steps {
            for member in step["set"]?.members ?? [] { state[member.name] = member.value }
            for key in step["drop"]?.array ?? [] { state[key.string ?? ""] = nil }
        }
        return state
    }

    private func evening() throws -> Scene {
        var scene = try Scene()
        let kari = try scene.join(name: "Kari")
        let ola = try scene.join()
        for text in ["one", "two", "three"] { _ = try scene.write(kari, text) }
        try scene.act(facilitator, .revealPhase(PhaseID(1)))
        try scene.act(facilitator, .openPhase(PhaseID(2)))
        try scene.act(facilitator, .createCluster(name: "Both", notes: [NoteID(1), NoteID(2)]))
        try scene.act(facilitator, .openPhase(PhaseID(3)))
        try scene.act(
            facilitator, .openRound(title: "Which?", VoteSetup(kind: .stance, targets: .notes)))
        try scene.act(ola, .castVote(RoundID(1), .note(NoteID(1)), value: 1), ref: 0)
        try scene.act(facilitator, .closeRound(RoundID(1)))
        try scene.act(facilitator, .revealRound(RoundID(1)))
        return scene
    }

    @Test(
        "[Y1] the steps lead to what the room shows now, in one page and in many",
        arguments: [1, 300, 1 << 20])
    func leads(byteLimit: Int) throws {
        let scene = try evening()
        let (first, steps, _) = try history(scene, byteLimit: byteLimit)
        #expect(first["begins"]?.int == 0 && first["head"]?.int == Int64(scene.workshop.sequence))
        var room: [String: JSONValue] = [:]
        for (key, bytes) in scene.content(of: .room) where key != .retention && key != .timer {
            room["\(key)"] = try JSONReader.read(bytes, limits: .trusted)
        }
        #expect(end(first, steps) == room)
        let numbers = steps.compactMap { $0["sequence"]?.int }
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        let times = steps.compactMap { $0["at"]?.int }
        #expect(times.count == steps.count && times == times.sorted())
    }

    @Test("[Y2] what is private is there from its reveal on, results from theirs")
    func moments() throws {
        let scene = try evening()
        let (first, steps, _) = try history(scene)
        func sequence(where holds: (JSONValue) -> Bool) -> Int64? {
            steps.first(where: holds)?["sequence"]?.int
        }
        let revealed = sequence { $0["set"]?["phase"]?["revealed"]?.bool == true }
        #expect(revealed != nil)
        #expect(sequence { $0["set"]?["note/n1"] != nil } == revealed)
        let told = sequence { $0["set"]?["round/r1"]?["state"]?.string == "revealed" }
        #expect(told != nil && sequence { $0["set"]?["round/r1"]?["results"] != nil } == told)
        #expect(first["base"]?["set"]?.members?.isEmpty == true)
    }

    @Test(
        "[Y2] what was taken back, taken off, erased, concealed or reworded is in no moment, and no name beyond the promise"
    )
    func gone() throws {
        var scene = try evening()
        let kari = ParticipantID(2)
        try scene.act(facilitator, .openPhase(PhaseID(1)))
        for text in ["back-mark", "off-mark", "erased-mark", "old-mark"] { _ = try scene.write(kari, text) }
        let marks = ["back-mark", "off-mark", "erased-mark", "old-mark"]
        let before = try history(scene).text
        for mark in marks { #expect(before.contains(mark)) }
        try scene.act(kari, .withdrawNote(NoteID(4)))
        try scene.act(facilitator, .redactNote(NoteID(5), .personal))
        try scene.act(facilitator, .eraseNote(NoteID(6)))
        try scene.act(facilitator, .editNote(NoteID(7), text: "new words"))
        try scene.act(facilitator, .renameCluster(ClusterID(1), "Renamed"))
        let after = try history(scene).text
        for mark in marks + ["\"Both\"", "Kari"] { #expect(!after.contains(mark), "\(mark)") }
        #expect(after.contains("new words") && after.contains("Renamed"))
        try scene.act(facilitator, .dissolveCluster(ClusterID(1)))
        #expect(!(try history(scene).text.contains("Renamed")))
        // Whoever takes a reveal back takes it out of the history too.
        try scene.act(facilitator, .concealPhase(PhaseID(1)))
        let concealed = try history(scene).text
        for text in ["\"one\"", "\"two\"", "new words"] { #expect(!concealed.contains(text), "\(text)") }
    }

    @Test("[Y3] after a compaction it begins with the state that is left")
    func cut() throws {
        let scene = try evening()
        var start = Workshop()
        for record in scene.records.prefix(9) { start.apply(record) }
        let whole = try history(scene)
        let (first, steps, _) = try history(scene, from: start, byteLimit: 200)
        #expect(first["begins"]?.int == 9 && first["base"]?["sequence"]?.int == 9)
        #expect(first["base"]?["set"]?["note/n1"]?["text"]?.string == "one")
        #expect(steps.allSatisfy { ($0["sequence"]?.int ?? 0) > 9 })
        #expect(end(first, steps) == end(whole.first, whole.steps))
    }

    @Test("ten thousand records: the time and the bytes")
    func large() throws {
        var phases = Scene.phases
        phases[0].visibility = .everyone
        var scene = try Scene(phases: phases)
        var people: [ParticipantID] = []
        for _ in 0..<50 { people.append(try scene.join()) }
        var number = 0
        while scene.records.count < 10_000 {
            let person = people[number % 50]
            if number % 2 == 0 {
                try scene.act(person, .setReady(number % 4 == 0))
            } else if number < 9_000 {
                _ = try scene.write(
                    person, "A note of some sixty characters, as people write them, \(number)")
            } else {
                try scene.act(person, .setHand(number % 4 == 1))
            }
            number += 1
        }
        let clock = ContinuousClock()
        var bytes = 0
        var pages = 0
        let took = clock.measure {
            var after: UInt64 = 0
            repeat {
                var page = ReplayPage(of: scene.workshop, from: Workshop(), after: after, byteLimit: 1 << 20)
                for record in scene.records where !page.take(record) { break }
                bytes += page.document().count
                pages += 1
                #expect(page.document().count < 2 << 20)
                after = page.last
            } while after < scene.workshop.sequence
        }
        print("replay of 10,000 records: \(pages) pages, \(bytes) bytes, \(took)")
        #expect(pages <= 8 && bytes < 8 << 20)
    }
}

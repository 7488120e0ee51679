import Foundation
import TestKit
import Testing
import Wire
import Workshop

@Suite("Replay equals live")
struct ReplayTests {
    @Test(
        "state, channels and snapshot of a random run equal those of its records",
        arguments: 1...60 as ClosedRange<UInt64>)
    func randomRun(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var scene = try Scene(phases: Scene.phases + Scene.groupPhases)
        var people = [ParticipantID(1)]
        for _ in 0..<300 {
            scene.now += Int64.random(in: -500...3_000, using: &generator)
            if Int.random(in: 0..<12, using: &generator) == 0 {
                let role =
                    [Role.participant, .participant, .helper, .screen].randomElement(using: &generator)
                    ?? .observer
                people.append(try scene.join(role, name: "N\(people.count)"))
                continue
            }
            guard let actor = people.randomElement(using: &generator) else { continue }
            let command = RandomCommand.make(scene.workshop, using: &generator)
            do { try scene.act(actor, command) } catch {}
            do { try scene.tick() } catch {}
            let away = ParticipantID(UInt32(Int.random(in: 1...6, using: &generator)))
            if Int.random(in: 0..<20, using: &generator) == 0 {
                do { try scene.tick(.setAway([away])) } catch {}
            }
            if Int.random(in: 0..<20, using: &generator) == 0 {
                do { try scene.tick(.setBack(away)) } catch {}
            }
        }
        #expect(scene.records.count > 20, "seed \(seed)")
        try expectEqualReplay(scene, seed: seed)
    }

    private func expectEqualReplay(_ scene: Scene, seed: UInt64) throws {
        let (workshop, channels) = try scene.replayed()
        #expect(workshop == scene.workshop, "seed \(seed)")
        let names =
            [ChannelName.room, .staff, .door] + scene.workshop.groups.ids.map { .group($0) }
            + scene.workshop.participants.ids.map { .own($0) }
        var whole = Channels<[UInt8]>()
        whole.show(scene.workshop.allPlaces, of: scene.workshop, encode: EntryCodec.encode)
        for name in names {
            let live = scene.content(of: name)
            // What was projected step by step is what a fresh look at the state gives.
            expectEqual(live, Scene.content(of: whole[name]), "seed \(seed), \(name)")
            var replayed = Scene.content(of: channels[name])
            // Ballots are not in the log; the cells bring them back.
            for round in scene.workshop.rounds.ids { replayed[.round(round)] = live[.round(round)] }
            expectEqual(live, replayed, "seed \(seed), \(name)")
        }
        var bare = try JSONDecoder().decode(Workshop.self, from: JSONEncoder().encode(scene.workshop))
        for round in scene.workshop.rounds.ids {
            for voter in scene.workshop.participants.ids {
                let ballot = scene.workshop.ballot(of: voter, in: round)
                if !ballot.isEmpty { bare.restore(ballot, of: voter, in: round) }
                let table = scene.workshop.tableBallot(of: voter, in: round)
                if !table.isEmpty { bare.restore(table, of: voter, in: round) }
            }
        }
        #expect(bare == scene.workshop, "seed \(seed)")
    }

    /// Names the entries that differ instead of printing two whole channels.
    private func expectEqual(_ left: [EntryKey: [UInt8]], _ right: [EntryKey: [UInt8]], _ place: String) {
        for key in Set(left.keys).union(right.keys) where left[key] != right[key] {
            let texts = [left[key], right[key]].map {
                $0.map { String(decoding: $0, as: UTF8.self) } ?? "absent"
            }
            Issue.record("\(place), \(key): \(texts[0]) is not \(texts[1])")
        }
    }

    @Test(
        "[C2, C3] changes since any sequence bring a follower of that sequence to the state now",
        arguments: 1...20 as ClosedRange<UInt64>)
    func changesSince(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var scene = try Scene()
        let people = [ParticipantID(1), try scene.join(), try scene.join(.helper)]
        var followers: [(sequence: UInt64, content: [EntryKey: [UInt8]])] = [(0, [:])]
        for step in 0..<200 {
            scene.now += 100
            guard let actor = people.randomElement(using: &generator) else { continue }
            do { try scene.act(actor, RandomCommand.make(scene.workshop, using: &generator)) } catch {
                continue
            }
            if step % 10 == 0 { followers.append((scene.workshop.sequence, scene.content(of: .room))) }
        }
        for (sequence, content) in followers {
            var content = content
            scene.channels.room.forEachChange(since: sequence) { key, value in content[key] = value }
            #expect(content == scene.content(of: .room), "seed \(seed), since \(sequence)")
        }
    }
}

/// Commands of every kind, about things that exist and things that do not.
enum RandomCommand {
    static func make(_ workshop: Workshop, using generator: inout SeededGenerator) -> Command {
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        func note() -> NoteID { NoteID(UInt32(number(1...max(1, Int(workshop.notes.nextID.number))))) }
        func notes() -> [NoteID] { (0..<number(1...3)).map { _ in note() } }
        func cluster() -> ClusterID {
            ClusterID(UInt32(number(1...max(1, Int(workshop.clusters.nextID.number)))))
        }
        func phase() -> PhaseID { PhaseID(UInt32(number(1...7))) }
        func group() -> GroupID { GroupID(UInt32(number(1...max(1, Int(workshop.groups.nextID.number))))) }
        func round() -> RoundID { RoundID(UInt32(number(1...max(1, Int(workshop.rounds.nextID.number))))) }
        func target() -> Target { number(0...1) == 0 ? .note(note()) : .cluster(cluster()) }
        let setups = [
            VoteSetup(kind: .dots(budget: 3, cap: 2), targets: .clusters),
            VoteSetup(kind: .stance, targets: .notes),
            VoteSetup(kind: .scale(low: 1, high: 5), targets: .clusters),
        ]
        switch number(0...65) {
        case 0...9:
            return .addNote(
                text: "Text \(number(0...99))", column: nil, paper: .moss, language: nil, source: .phone)
        case 10: return .editNote(note(), text: "Edited")
        case 11: return .withdrawNote(note())
        case 12: return .shareNote(note())
        case 13: return .redactNote(note(), .offTopic)
        case 14: return .restoreNote(note())
        case 15, 16: return .createCluster(name: "C", notes: notes())
        case 17: return .renameCluster(cluster(), "Named")
        case 18, 19: return .moveNotes(notes(), to: number(0...2) == 0 ? nil : cluster())
        case 20: return .mergeClusters(cluster(), into: cluster())
        case 21: return .splitCluster(cluster(), notes: notes(), name: "Split")
        case 22: return .dissolveCluster(cluster())
        case 23: return .undoClustering
        case 24: return .openRound(title: "Round", setups[number(0...2)])
        case 25...28: return .castVote(round(), target(), value: number(-1...3))
        case 29: return .closeRound(round())
        case 30: return .revealRound(round())
        case 31: return .recordHands(round(), target(), value: 1, count: number(0...9))
        case 32, 33: return .openPhase(phase())
        case 34: return .revealPhase(phase())
        case 35: return .concealPhase(phase())
        case 36: return .setReady(number(0...1) == 0)
        case 37:
            return [
                .startTimer(seconds: 3), .pauseTimer, .resumeTimer, .extendTimer(seconds: 2), .stopTimer,
            ][number(0...4)]
        case 38: return .spotlight(number(0...1) == 0 ? .note(note()) : .round(round()))
        case 39:
            return number(0...4) == 0
                ? .removeParticipant(ParticipantID(UInt32(number(1...5))), withNotes: true) : .setHand(true)
        case 40: return .eraseNote(note())
        case 41:
            guard number(0...3) == 0 else { return .setRetention(days: number(0...90)) }
            return number(0...2) == 0 ? .eraseMe : .eraseParticipant(ParticipantID(UInt32(number(1...5))))
        case 42: return .setTable(heads: number(0...2) == 0 ? nil : number(1...9))
        case 43, 44:
            return .castTable(round(), target(), counts: [.init(value: 1, count: number(0...3))])
        case 45, 46, 47: return .askToSpeak(number(0...2) == 0 ? .reply : .speech)
        case 48: return .withdrawSpeech(.speech)
        case 49:
            return .setSpeakers(
                [.open, .open, .open, .drawn, .closed][number(0...4)], speechSeconds: 180, replySeconds: 0)
        case 50: return .addSpeaker(name: "Name", .speech, .remote)
        case 51, 52: return .callSpeaker(workshop.speakers.queue.first?.id ?? SpeechID(1))
        case 53:
            return number(0...1) == 0
                ? .moveSpeaker(workshop.speakers.queue.last?.id ?? SpeechID(1), after: nil)
                : .removeSpeaker(workshop.speakers.queue.last?.id ?? SpeechID(1))
        case 56: return .raiseNotes(notes(), number(0...3) > 0)
        case 57: return .raisePhase(phase())
        case 58: return .chooseGroup(number(0...4) == 0 ? nil : group())
        case 59:
            return .movePeople([ParticipantID(UInt32(number(2...6)))], to: number(0...3) == 0 ? nil : group())
        case 60: return .mixGroups(everybody: number(0...1) == 0)
        case 61: return number(0...1) == 0 ? .addGroup : .renameGroup(group(), "Named")
        case 62...65: return .openPhase(PhaseID(UInt32(number(4...7))))
        default: return .setLock(number(0...3) == 0)
        }
    }
}

import Wire
import Workshop

/// What people do: random commands of each role, sensible and not, as the wire has them.
enum People {
    private static let mark = Array("T#".utf8)

    /// The first phase private, the second open, the third for clusters and votes, the fourth moderated.
    static let phases = [
        Phase(
            id: PhaseID(1), name: "Alone", board: BoardID(1), participants: [.add, .editOwn], helpers: [.add],
            visibility: .own, timerClosesInput: true),
        Phase(
            id: PhaseID(2), name: "Open", board: BoardID(1),
            participants: [.add, .editOwn, .editAny, .move, .cluster],
            helpers: [.add, .cluster]),
        Phase(
            id: PhaseID(3), name: "Vote", board: BoardID(1), participants: [.vote, .cluster],
            helpers: [.cluster],
            vote: VoteSetup(kind: .dots(budget: 3, cap: 2), targets: .clusters)),
        Phase(
            id: PhaseID(4), name: "Held", board: BoardID(1), participants: [.add, .editOwn],
            visibility: .everyone,
            isModerated: true),
        Phase(
            id: PhaseID(5), name: "Pairs", board: BoardID(1), rhythm: .group,
            participants: [.add, .editOwn, .editAny], visibility: .group,
            grouping: Grouping(how: .random, size: 2), advances: true),
        Phase(
            id: PhaseID(6), name: "Fours", minutes: 1, board: BoardID(1), rhythm: .group,
            participants: [.add, .editOwn], visibility: .group, grouping: Grouping(how: .merge)),
    ]

    /// What no server can read, as one member stands twice (G2).
    static let unreadable = (type: "note.unreadable", members: #""text":"a","text":"b""#)

    /// A command of somebody in this role: its type, its members, and the token of the note it writes.
    static func command(of role: Role, _ workshop: Workshop, _ world: World) -> (String, String, token: Int?)
    {
        func one(_ letter: Character, of count: Int) -> String {
            "\(letter)\(world.dice.number(1...max(1, count)))"
        }
        func note() -> String { one("n", of: Int(workshop.notes.nextID.number)) }
        func notes() -> String {
            (0..<world.dice.number(1...3)).map { _ in "\"\(note())\"" }.joined(separator: ",")
        }
        func people() -> String { (2...9).map { "\"p\($0)\"" }.joined(separator: ",") }
        func cluster() -> String { one("c", of: Int(workshop.clusters.nextID.number)) }
        func group() -> String { one("g", of: Int(workshop.groups.nextID.number)) }
        func round() -> String { one("r", of: Int(workshop.rounds.nextID.number)) }
        func phase() -> String { one("f", of: 6) }
        func write() -> (String, String, token: Int?) {
            let token = world.nextNumber()
            return ("note.add", #""text":"Idea T#\#(token)#""#, token)
        }
        if world.dice.chance(0.3) { return (unreadable.type, unreadable.members, nil) }
        switch role {
        case .screen, .observer:
            return world.dice.chance(5) ? ("note.add", #""text":"not mine to write""#, nil) : ("", "", nil)
        case .helper: if world.dice.chance(60) { return write() }
        case .participant: if world.dice.chance(50) { return write() }
        case .facilitator: break
        }
        let staff = [
            ("phase.open", #""phase":"\#(phase())""#), ("phase.reveal", #""phase":"\#(phase())""#),
            ("phase.conceal", #""phase":"\#(phase())""#),
            ("input.set", #""phase":"\#(phase())","open":\#(world.dice.chance(70))"#),
            ("timer.start", #""seconds":\#(world.dice.number(1...4))"#), ("timer.pause", ""),
            ("timer.resume", ""),
            ("timer.stop", ""), ("lock.set", #""locked":\#(world.dice.chance(20))"#),
            ("door.set", #""open":\#(world.dice.chance(80))"#),
            ("round.open", #""title":"R","vote":{"kind":"dots","budget":3,"cap":2,"targets":"clusters"}"#),
            ("round.close", #""round":"\#(round())""#), ("round.reveal", #""round":"\#(round())""#),
            ("note.redact", #""note":"\#(note())","reason":"other""#),
            ("note.restore", #""note":"\#(note())""#),
            ("note.publish", #""note":"\#(note())""#), ("spotlight.set", #""item":"\#(note())""#),
            ("cluster.create", #""name":"C","notes":[\#(notes())]"#),
            (
                "phases.insert",
                #""after":"\#(phase())","definition":{"boards":[{"key":"k","name":"B","structure":"list"}],"phases":[{"name":"P","board":"k"}]}"#
            ),
            (
                "board.change",
                #""board":"b\#(world.dice.number(1...3))","definition":{"name":"B","structure":"list"}"#
            ),
            ("board.remove", #""board":"b\#(world.dice.number(1...3))""#),
            ("phase.remove", #""phase":"\#(phase())""#),
            ("groups.mix", #""everybody":\#(world.dice.chance(50))"#),
            ("group.move", #""participants":["p\#(world.dice.number(2...9))"],"group":"\#(group())""#),
            ("phase.raise", #""phase":"\#(phase())""#),
        ]
        let everybody = [
            ("note.edit", #""note":"\#(note())","text":"edited""#),
            ("note.withdraw", #""note":"\#(note())""#),
            ("note.share", #""note":"\#(note())""#), ("ready.set", #""ready":\#(world.dice.chance(50))"#),
            ("notes.raise", #""notes":["\#(note())"],"raised":\#(world.dice.chance(80))"#),
            ("hand.set", #""raised":\#(world.dice.chance(50))"#),
            ("me.rename", #""name":"M\#(world.dice.number(1...9))""#),
            ("cluster.create", #""name":"C","notes":[\#(notes())]"#),
            ("notes.move", #""notes":[\#(notes())],"cluster":"\#(cluster())""#),
            ("cluster.merge", #""cluster":"\#(cluster())","into":"\#(cluster())""#),
            ("cluster.dissolve", #""cluster":"\#(cluster())""#), ("clustering.undo", ""),
            (
                "vote.cast",
                #""round":"\#(round())","target":"\#(world.dice.chance(50) ? note() : cluster())","value":\#(world.dice.number(0...2))"#
            ),
            ("vote.cast", #""round":"\#(round())","target":"\#(cluster())","value":null"#),
        ]
        if role == .facilitator, world.keepsTheDoor, world.dice.chance(25) {
            let (type, members) = world.dice.pick([
                ("approval.set", #""required":\#(world.dice.chance(40))"#),
                ("participants.admit", #""participants":[\#(people())]"#),
                ("participants.admit", #""participants":[\#(people())]"#),
                ("participants.turnAway", #""participants":["p\#(world.dice.number(2...9))"]"#),
                ("places.set", #""places":\#(world.dice.number(1...6))"#),
                ("pace.set", #""seconds":\#(world.dice.number(0...1))"#),
            ])
            return (type, members, nil)
        }
        if role == .facilitator, world.dice.chance(3) {
            return world.dice.chance(70)
                ? ("note.erase", #""note":"\#(note())""#, nil)
                : ("participant.erase", #""participant":"p\#(world.dice.number(2...9))""#, nil)
        }
        if role == .facilitator, world.dice.chance(4) {
            return (
                "participant.remove",
                #""participant":"p\#(world.dice.number(1...9))","withNotes":\#(world.dice.chance(50))"#, nil
            )
        }
        let (type, members) = world.dice.pick(
            role == .facilitator ? staff : world.dice.chance(90) ? everybody : staff)
        return (type, members, nil)
    }

    /// The token in a text.
    static func token(in text: ArraySlice<UInt8>) -> Int? { tokens(in: Array(text)).first }

    /// Every token in some bytes.
    static func tokens(in bytes: [UInt8]) -> [Int] {
        var found: [Int] = []
        var index = 0
        while index + 2 < bytes.count {
            guard bytes[index] == mark[0], bytes[index + 1] == mark[1] else {
                index += 1
                continue
            }
            index += 2
            var value = 0
            while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
                value = value * 10 + Int(bytes[index] - 0x30)
                index += 1
            }
            found.append(value)
        }
        return found
    }
}

import Wire
import Workshop

private func process(_ command: ProcessCommand) -> ClientCommand { .workshop(.process(command)) }

private let zero = Secret([UInt8](repeating: 0, count: 32)) ?? { preconditionFailure("32 bytes") }()

/// One well-formed message of each type for a process, or for a session of one.
let processSamples: [(type: String, members: String, command: ClientCommand)] = [
    (
        "process.change", #""challenge":" Sentrum ","principles":["Alle blir hørt"]"#,
        process(.change(challenge: "Sentrum", principles: ["Alle blir hørt"]))
    ),
    ("process.publish", #""published":true"#, process(.publish(true))),
    ("step.open", #""step":2"#, process(.openStep(2))),
    (
        "step.summarise", #""step":2,"heard":"Benker","done":"Ti nye""#,
        process(.summarise(2, heard: "Benker", done: "Ti nye"))
    ),
    (
        "session.rename", #""session":"s1","title":"Intervjuer""#,
        process(.renameSession(SessionID(1), "Intervjuer"))
    ),
    ("session.detach", #""session":"s1""#, process(.detachSession(SessionID(1)))),
    (
        "link.add", #""name":"Ola","link":"\#(String(repeating: "A", count: 43))""#,
        .addLink(name: "Ola", zero)
    ),
    ("link.revoke", #""link":"k1""#, process(.revokeLink(LinkID(1)))),
    (
        "item.add",
        #""kind":"need","step":2,"text":"","fields":{"who":"Eldre","because":"langt"},"from":[{"session":"s1","note":"n1"}]"#,
        process(
            .addItem(
                .need, step: 2, text: "", fields: ["Eldre", "", "langt"],
                from: [.note(SessionID(1), NoteID(1))]))
    ),
    (
        "item.change", #""item":"i1","text":"Prøv","kind":"test","step":5,"fields":{"method":"En uke"}"#,
        process(.changeItem(ItemID(1), .test, step: 5, text: "Prøv", fields: ["", "En uke", "", ""]))
    ),
    (
        "item.link",
        #""item":"i1","from":[{"item":"i2"},{"session":"s1","cluster":"c1","notes":["n1","n2"]}]"#,
        process(
            .linkItem(
                ItemID(1),
                from: [
                    .item(ItemID(2)), .cluster(SessionID(1), ClusterID(1), notes: [NoteID(1), NoteID(2)]),
                ]))
    ),
    (
        "item.unlink", #""item":"i1","from":[{"item":"i2"}]"#,
        process(.unlinkItem(ItemID(1), from: [.item(ItemID(2))]))
    ),
    ("item.move", #""item":"i1","after":"i2""#, process(.moveItem(ItemID(1), after: ItemID(2)))),
    ("item.state", #""item":"i1","state":"set-aside""#, process(.setItemState(ItemID(1), .setAside))),
    ("item.publish", #""item":"i1","published":true"#, process(.publishItem(ItemID(1), true))),
    ("item.remove", #""item":"i1""#, process(.removeItem(ItemID(1)))),
    ("item.merge", #""item":"i1","into":"i2""#, process(.mergeItems(ItemID(1), into: ItemID(2)))),
    (
        "item.split", #""item":"i1","text":"Mer","fields":{"outcome":"stop"}"#,
        process(.splitItem(ItemID(1), text: "Mer", fields: ["stop", ""]))
    ),
    (
        "notes.carry",
        #""origins":[{"session":"s1","note":"n1"},{"session":"s1","cluster":"c1"},{"item":"i1"}],"column":"now""#,
        .carry(
            [
                .session(SessionID(1), .note(NoteID(1))), .session(SessionID(1), .cluster(ClusterID(1))),
                .item(ItemID(1)),
            ],
            column: "now")
    ),
    ("closing.set", #""at":1796083260000"#, process(.setClosing(at: 1_796_083_260_000))),
]

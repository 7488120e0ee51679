import TestKit

@testable import Workshop

extension ProcessCommand {
    /// One of each kind.
    static let samples: [ProcessCommand] = [
        .change(challenge: "c", principles: []), .openStep(2), .summarise(1, heard: "h", done: "d"),
        .publish(true), .renameSession(SessionID(1), "s"), .detachSession(SessionID(1)),
        .addLink(name: "k", Scene.secret(96)), .revokeLink(LinkID(1)),
        .addItem(.idea, step: 1, text: "t", fields: [], from: []),
        .changeItem(ItemID(1), nil, step: nil, text: "t", fields: []),
        .linkItem(ItemID(1), from: []), .unlinkItem(ItemID(1), from: []), .moveItem(ItemID(1), after: nil),
        .setItemState(ItemID(1), .chosen), .publishItem(ItemID(1), true), .removeItem(ItemID(1)),
        .mergeItems(ItemID(1), into: ItemID(2)), .splitItem(ItemID(1), text: "t", fields: []),
        .attachSession(
            step: 1, kind: .live, title: "s", workshop: "w2", request: "r", maker: .owner),
        .report(SessionID(1), ProcessSession.Report()),
        .carry([CarriedText(text: "t", language: nil, origins: [.item(ItemID(1))])], column: nil),
        .setClosing(at: nil), .close,
        .joinByLink(
            .facilitator, secret: Scene.secret(95), name: "", attendance: .room, link: Scene.secret(94)),
        .checkGrants(valid: []), .rekey([Creation.Link(role: .screen, secret: Scene.secret(93))]),
        .eraseCopies([NoteID(1)]), .stayWithProcess,
    ]

    /// The name of its row. A new command does not compile without one.
    var kind: String {
        switch self {
        case .change: "changeProcess"
        case .openStep: "openStep"
        case .summarise: "summarise"
        case .publish: "publishProcess"
        case .renameSession: "renameSession"
        case .detachSession: "detachSession"
        case .addLink: "addLink"
        case .revokeLink: "revokeLink"
        case .addItem: "addItem"
        case .changeItem: "changeItem"
        case .linkItem: "linkItem"
        case .unlinkItem: "unlinkItem"
        case .moveItem: "moveItem"
        case .setItemState: "setItemState"
        case .publishItem: "publishItem"
        case .removeItem: "removeItem"
        case .mergeItems: "mergeItems"
        case .splitItem: "splitItem"
        case .attachSession: "attachSession"
        case .report: "report"
        case .carry: "carry"
        case .setClosing: "setClosing"
        case .close: "close"
        case .joinByLink: "joinByLink"
        case .checkGrants: "checkGrants"
        case .rekey: "rekey"
        case .eraseCopies: "eraseCopies"
        case .stayWithProcess: "stayWithProcess"
        }
    }
}

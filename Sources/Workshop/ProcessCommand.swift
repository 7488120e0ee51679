/// What somebody asks of a process, or of a workshop as a part of one.
public enum ProcessCommand: Hashable, Sendable {
    // MARK: The process
    /// Says what it is about.
    case change(challenge: String, principles: [String])
    /// Moves on, or back, to a step.
    case openStep(Int)
    /// Says what was heard in a step, and what is done with it.
    case summarise(Int, heard: String, done: String)
    /// Shows the public page, or hides it again.
    case publish(Bool)
    /// Names a session.
    case renameSession(SessionID, String)
    /// Takes a session out; its workshop stays, on its own.
    case detachSession(SessionID)
    /// Lets somebody lead by a link of their own.
    case addLink(name: String, SecretHash)
    /// Takes such a link back, and the places of those who came by it.
    case revokeLink(LinkID)

    // MARK: Items
    case addItem(Item.Kind, step: Int, text: String, fields: [String], from: [Item.Source])
    /// Changes what an item says; nil leaves kind and step as they are.
    case changeItem(ItemID, Item.Kind?, step: Int?, text: String, fields: [String])
    case linkItem(ItemID, from: [Item.Source])
    case unlinkItem(ItemID, from: [Item.Source])
    /// Puts an item after another of its kind, or first.
    case moveItem(ItemID, after: ItemID?)
    case setItemState(ItemID, Item.State)
    case publishItem(ItemID, Bool)
    case removeItem(ItemID)
    case mergeItems(ItemID, into: ItemID)
    /// Makes a second item with the same origins right after it.
    case splitItem(ItemID, text: String, fields: [String])

    // MARK: The server's own, in a process
    /// Makes room for a session whose workshop is about to be made.
    case attachSession(
        step: Int, kind: SessionKind, title: String, workshop: String, request: String,
        maker: ProcessSession.Maker)
    /// A session's room tells of itself.
    case report(SessionID, ProcessSession.Report)

    // MARK: In a session
    /// Writes notes on the current board that were picked from earlier sessions and items.
    case carry([CarriedText], column: ColumnID?)
    /// Sets, moves or takes away the time at which input and the door close.
    case setClosing(at: Int64?)
    /// The clock's own: that time has come.
    case close
    /// Comes in by a link of the process, which has been proved.
    case joinByLink(Role, secret: SecretHash, name: String, attendance: Attendance, link: SecretHash)
    /// The server's own: which links of the process hold; who came by another goes.
    case checkGrants(valid: [SecretHash])
    /// The server's own: the owner's link of the process has been replaced, and these follow from the new one.
    case rekey([Creation.Link])
    /// The server's own: what these notes repeat is gone.
    case eraseCopies([NoteID])
    /// The clock's own: the process lives, so its session stays.
    case stayWithProcess
}

/// A text that was picked elsewhere, with where.
public struct CarriedText: Hashable, Sendable {
    /// What it says.
    public var text: String
    /// The language it is written in, when it is not the workshop's.
    public var language: String?
    /// Where it was picked, first of all, and the notes behind that.
    public var origins: [Origin]

    /// Makes one.
    public init(text: String, language: String?, origins: [Origin]) {
        self.text = text
        self.language = language
        self.origins = origins
    }
}

/// What happened in a process, or to a workshop as a part of one.
public enum ProcessEvent: Hashable, Sendable {
    case changed(challenge: String, principles: [String])
    case stepOpened(Int)
    case summarised(Int, heard: String, done: String)
    case published(Bool)
    case sessionAttached(
        SessionID, step: Int, kind: SessionKind, title: String, workshop: String, request: String,
        maker: ProcessSession.Maker)
    case sessionRenamed(SessionID, String)
    case sessionDetached(SessionID)
    case sessionReported(SessionID, ProcessSession.Report)
    case linkAdded(LinkID, name: String, SecretHash)
    case linkRevoked(LinkID)

    case itemAdded(ItemID, Item.Kind, step: Int, text: String, fields: [String], from: [Item.Source])
    case itemChanged(ItemID, Item.Kind, step: Int, text: String, fields: [String])
    /// Where an item came from is this, from now on.
    case itemLinked(ItemID, from: [Item.Source])
    case itemMoved(ItemID, after: ItemID?)
    case itemStateSet(ItemID, Item.State)
    case itemPublished(ItemID, Bool)
    case itemRemoved(ItemID)
    case itemsMerged(ItemID, into: ItemID)
    case itemSplit(ItemID, ItemID, text: String, fields: [String])

    /// Notes that follow were picked elsewhere: so many.
    case carried(Int)
    case closingSet(at: Int64?)
    case closed
    /// Somebody who has just joined came by this link.
    case cameByLink(ParticipantID, SecretHash)
    /// It is kept as long as its process, or by a date of its own.
    case keptWithProcess(Bool)
}

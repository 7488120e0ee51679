internal import Workshop

/// What is added to a session, as clients send it: in the words of a template (docs/templates.md), and read as strictly.
enum CompositionCodec {
    /// Reads boards and phases; a phase names a board by its key here, or by its identifier in the workshop.
    static func insertion(_ value: JSONValue) throws(Malformed) -> Insertion {
        try read(value, ["boards", "phases"]) { $0.insertion() }
    }

    /// Reads what a board is to be.
    static func board(_ value: JSONValue, id: BoardID) throws(Malformed) -> Board {
        try read(value, ["name", "structure", "columns", "rows", "axes"]) { $0.board(id: id) }
    }

    private static func read<Content>(
        _ value: JSONValue, _ members: [String], _ content: (DefinitionReading) -> Content
    ) throws(Malformed) -> Content {
        let faults = DefinitionFaults()
        let content = content(
            DefinitionReading(DefinitionObject(value, at: "", members: members, faults), ""))
        guard faults.all.isEmpty else { throw Malformed() }
        return content
    }
}

public import Proposals
internal import Wire

/// Notes of one workshop, and which of them belong together.
public struct LabelledWorkshop: Sendable {
    /// Not the form of ``all(in:)``.
    public struct Unreadable: Error {}

    /// What it is about, in a word.
    public var name: String
    /// What the notes were used for before: `tuning`, `seen`, or `fresh` for nothing.
    public var use: String
    /// In an order in which the themes take turns, as in a workshop where many write at the same time.
    public var notes: [WrittenNote]
    /// The theme of each note, as a number; notes that belong to none have numbers of their own.
    public var themes: [Int]

    /// Reads `{"workshops":[{"name","language","use","themes":{"theme":[note,…]},"alone":[note,…]},…]}`; a note is a text in the
    /// workshop's language, or a pair of a language and a text.
    public static func all(in json: [UInt8]) throws -> [LabelledWorkshop] {
        guard let workshops = try JSONReader.read(json, limits: .trusted)["workshops"]?.array else {
            throw Unreadable()
        }
        return try workshops.map(LabelledWorkshop.init)
    }

    private init(_ json: JSONValue) throws {
        guard let name = json["name"]?.string, let use = json["use"]?.string,
            let language = json["language"]?.string, let groups = json["themes"]?.members,
            let alone = json["alone"]?.array
        else { throw Unreadable() }
        (self.name, self.use) = (name, use)
        (notes, themes) = ([], [])
        let columns = groups.map { $0.value.array ?? [] } + [alone]
        for row in 0..<(columns.map(\.count).max() ?? 0) {
            for (theme, column) in columns.enumerated() where row < column.count {
                guard let text = column[row].string ?? column[row].array?.last?.string else {
                    throw Unreadable()
                }
                notes.append(
                    WrittenNote(text, language: column[row].array?.first?.string ?? language))
                themes.append(theme < groups.count ? theme : groups.count + row)
            }
        }
    }

    /// The group of each note in a proposal; lone notes have groups of their own.
    public static func groups(_ proposal: Proposal, of count: Int) -> [Int] {
        var groups = Array(0..<count)
        for (index, cluster) in proposal.clusters.enumerated() {
            for note in cluster.notes { groups[note] = count + index }
        }
        return groups
    }
}

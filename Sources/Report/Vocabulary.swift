/// The words of a report in one language. They come from data; no text for people is in the code.
public struct Vocabulary: Hashable, Sendable {
    /// One text.
    public enum Text: Hashable, Sendable {
        /// Always the same.
        case plain(String)
        /// One form for exactly one, another for all other counts.
        case counted(one: String, other: String)
    }

    /// The language, as a BCP 47 tag.
    public var language: String
    /// The texts by key.
    public var texts: [String: Text]

    /// Makes a vocabulary.
    ///
    /// - Parameters:
    ///   - language: The language, as a BCP 47 tag.
    ///   - texts: The texts by key. A text may hold placeholders, as in `{count}`.
    public init(language: String, texts: [String: Text]) {
        self.language = language
        self.texts = texts
    }

    /// A text; the key itself when there is none, so that a gap shows.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - values: What to put in its placeholders, by name.
    /// - Returns: The text.
    func callAsFunction(_ key: Key, _ values: [String: String] = [:]) -> String {
        switch texts[key.rawValue] {
        case .plain(let text): fill(text, values)
        case .counted(_, let other): fill(other, values)
        case nil: key.rawValue
        }
    }

    /// The form of a text for a count, with the count in its placeholder `{count}`.
    func callAsFunction(_ key: Key, count: Int, _ values: [String: String] = [:]) -> String {
        var values = values
        values["count"] = integer(count)
        guard case .counted(let one, let other) = texts[key.rawValue] else { return self(key, values) }
        return fill(count == 1 ? one : other, values)
    }
}

/// Puts values in the placeholders of a text. A placeholder without a value stays, so that a gap shows.
private func fill(_ text: String, _ values: [String: String]) -> String {
    guard text.contains("{") else { return text }
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
        filled += rest[..<open]
        guard let close = rest[open...].firstIndex(of: "}") else { break }
        let name = String(rest[rest.index(after: open)..<close])
        filled += values[name] ?? String(rest[open...close])
        rest = rest[rest.index(after: close)...]
        if rest.isEmpty { return filled }
    }
    return filled + rest
}

public import Wire

/// Why a file is no vocabulary.
public enum VocabularyError: Error, Hashable, Sendable {
    /// It is not JSON.
    case json(JSONError)
    /// It is not an object of texts; the member that is not a text is named, if it is one.
    case shape(String?)
}

extension Vocabulary {
    /// Reads a vocabulary: an object of texts, each a string or an object with the forms `one` and `other`.
    ///
    /// - Parameters:
    ///   - json: A file such as `report.nb.json`.
    ///   - language: Its language, as a BCP 47 tag.
    /// - Throws: ``VocabularyError``.
    public init(json: [UInt8], language: String) throws(VocabularyError) {
        let value: JSONValue
        do { value = try JSONReader.read(json, limits: .trusted) } catch { throw .json(error) }
        guard let members = value.members else { throw .shape(nil) }
        var texts: [String: Text] = [:]
        for member in members {
            if let text = member.value.string {
                texts[member.name] = .plain(text)
            } else if let one = member.value["one"]?.string, let other = member.value["other"]?.string {
                texts[member.name] = .counted(one: one, other: other)
            } else {
                throw .shape(member.name)
            }
        }
        self.init(language: language, texts: texts)
    }
}

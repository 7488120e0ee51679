/// A language whose words can be brought together. The raw value is Snowball's name for it.
enum Language: String, CaseIterable {
    /// Bokmål and nynorsk: one stemmer and one list of words serve both, so that a board may mix them.
    case norwegian
    case english

    /// The language of a BCP 47 tag; nil for one whose words are only compared as they are written.
    init?(tag: String) {
        switch tag.lowercased().prefix(while: { $0 != "-" }) {
        case "nb", "nn", "no": self = .norwegian
        case "en": self = .english
        default: return nil
        }
    }
}

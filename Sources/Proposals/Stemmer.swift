internal import CStemmer

/// Snowball's stemmer for one language: «benken», «benkene» and «benker» become one stem.
///
/// A stemmer keeps its last answer in itself, so each has one owner and never crosses threads.
struct Stemmer: ~Copyable {
    /// Nil for a language that the system's library does not know: words are then their own stems.
    private let handle: OpaquePointer?

    init(_ language: Language?) {
        handle = language.flatMap { sb_stemmer_new($0.rawValue, "UTF_8") }
    }

    deinit { sb_stemmer_delete(handle) }

    /// The stem of a word in small letters; the word itself when there is no stemmer or the library is out of memory.
    func stem(_ word: String) -> String {
        guard let handle else { return word }
        var word = word
        return word.withUTF8 { bytes in
            guard let stem = sb_stemmer_stem(handle, bytes.baseAddress, Int32(bytes.count)) else {
                return String(decoding: bytes, as: UTF8.self)
            }
            let count = Int(sb_stemmer_length(handle))
            return String(decoding: UnsafeBufferPointer(start: stem, count: count), as: UTF8.self)
        }
    }
}

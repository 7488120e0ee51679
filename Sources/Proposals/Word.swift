/// A word of a note.
struct Word {
    /// As it was written; without the capital that only the beginning of a sentence gave it.
    var written: String
    /// In small letters, with a straight apostrophe: what is compared.
    var folded: String
    /// Whether it is written as a name, with a capital inside a sentence; nil where a sentence begins, since all words have one there.
    var isName: Bool?
}

extension Word {
    /// The words of a text in their order: runs of letters, digits and marks, with apostrophes inside. Numbers and single letters are left out.
    static func words(in text: String) -> [Word] {
        var words: [Word] = []
        var current = String.UnicodeScalarView()
        var pendingApostrophe = false
        var beginsSentence = true

        func end() {
            defer {
                current = String.UnicodeScalarView()
                pendingApostrophe = false
            }
            guard !current.isEmpty else { return }
            let written = String(current)
            if written.count > 1, current.contains(where: { $0.properties.isAlphabetic }) {
                words.append(Word(written, beginsSentence: beginsSentence))
            }
            beginsSentence = false
        }

        for scalar in text.unicodeScalars {
            if scalar.isPartOfWord {
                if pendingApostrophe { current.append("'") }
                pendingApostrophe = false
                current.append(scalar)
            } else if scalar == "'" || scalar == "’", !current.isEmpty, !pendingApostrophe {
                pendingApostrophe = true
            } else {
                end()
                if ".!?:\n".unicodeScalars.contains(scalar) { beginsSentence = true }
            }
        }
        end()
        return words
    }

    private init(_ written: String, beginsSentence: Bool) {
        folded = written.lowercased()
        isName = beginsSentence ? nil : written.first?.isUppercase == true
        let rest = written.dropFirst()
        self.written =
            beginsSentence && rest == rest.lowercased() ? written.prefix(1).lowercased() + rest : written
    }
}

extension Unicode.Scalar {
    /// Letters, digits, and the marks that belong to the letter before: an å may come as an a with a ring.
    fileprivate var isPartOfWord: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber:
            true
        default: false
        }
    }
}

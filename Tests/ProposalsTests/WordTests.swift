import Testing

@testable import Proposals

@Suite("Words and their stems")
struct WordTests {
    private func stems(_ text: String, _ language: String) -> [String] {
        let lexicon = Lexicon(Language(tag: language))
        return Word.words(in: text).compactMap(lexicon.stem)
    }

    @Test("what is inflected has one stem, in bokmål, nynorsk and English")
    func stemming() {
        #expect(Set(stems("benk benken benker benkene", "nb")).count == 1)
        #expect(Set(stems("benk benken benkar benkane", "nn")) == Set(stems("benk benker", "nb")))
        #expect(Set(stems("bench benches", "en")).count == 1)
        #expect(stems("Library's libraries", "en") == ["librari", "librari"])
    }

    @Test(
        "tags choose the language",
        arguments: [
            ("nb", Language.norwegian), ("nn", .norwegian), ("no", .norwegian), ("NB-no", .norwegian),
            ("en-GB", .english), ("se", nil), ("", nil), ("norwegian", nil),
        ] as [(String, Language?)])
    func tags(tag: String, language: Language?) { #expect(Language(tag: tag) == language) }

    @Test("a language that is not known is compared word by word")
    func unknownLanguage() {
        #expect(stems("Mii háliidit eanet beaŋkkaid", "se") == ["mii", "háliidit", "eanet", "beaŋkkaid"])
    }

    @Test("function words, numbers and single letters say nothing")
    func functionWords() {
        #expect(stems("Vi må få det til i 2050, a b 7", "nb").isEmpty)
        #expect(stems("We should have had more of it by 2050", "en").isEmpty)
    }

    @Test(
        "the function words of each language stand there once, in small letters", arguments: Language.allCases
    )
    func functionWordData(language: Language) {
        let list = FunctionWords.list(language)
        #expect(list.count > 250)
        for word in list where word != word.lowercased() || word.isEmpty { Issue.record("\(word)") }
    }

    @Test("words are runs of letters and digits with apostrophes inside, whatever stands between them")
    func cutting() {
        #expect(
            Word.words(in: "«Bydelshus»/ungdom—HC-plass: o’clock 'quoted' 3d 🙂 x").map(\.folded)
                == ["bydelshus", "ungdom", "hc", "plass", "o'clock", "quoted", "3d"])
        #expect(Word.words(in: "").isEmpty)
        #expect(Word.words(in: "  \n—…!? ").isEmpty)
    }

    @Test("an å of two scalars is an å")
    func decomposed() {
        let composed = Word.words(in: "båtplass på brygga").map(\.folded)
        let decomposed = Word.words(in: "ba\u{30A}tplass pa\u{30A} brygga").map(\.folded)
        #expect(composed == decomposed)
        #expect(stems("pa\u{30A}", "nb").isEmpty)
    }

    @Test("the capital of a sentence's beginning goes, that of a name stays")
    func capitals() {
        #expect(
            Word.words(in: "Benker i Storgata. Lys! HC-plass").map(\.written)
                == ["benker", "Storgata", "lys", "HC", "plass"])
    }

    @Test("parks and parking are two things, in both languages")
    func parking() {
        #expect(Set(stems("park parks", "en")).isDisjoint(with: stems("parking parked", "en")))
        #expect(Set(stems("park parken parker", "nb")).isDisjoint(with: stems("parkere parkering", "nb")))
        #expect(Set(stems("parkere parkering", "nb")).count == 1)
    }

    @Test("a compound belongs to the themes of its first and its last part")
    func compounds() {
        let lexicon = Lexicon(.norwegian)
        func themes(_ word: String) -> Set<Int> {
            Set(Word.words(in: word).compactMap(lexicon.stem).flatMap(lexicon.themes(of:)))
        }
        #expect(themes("sykkelparkering").isSuperset(of: themes("sykkel")))
        #expect(themes("sykkelparkering").isSuperset(of: themes("parkering")))
        #expect(themes("klesbutikk") == themes("butikk"))
        #expect(themes("xyzzy").isEmpty)
    }
}

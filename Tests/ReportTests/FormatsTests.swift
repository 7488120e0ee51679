import Foundation
import Testing
import Wire

@testable import Report

struct FormatsTests {
    @Test(
        "times are those of the Gregorian calendar, in UTC and beside it",
        arguments: [
            (Int64(0), 0, "1970-01-01T00:00:00Z", 3), (-1, 0, "1969-12-31T23:59:59Z", 2),
            (951_782_400_000, 0, "2000-02-29T00:00:00Z", 1), (951_868_799_999, 0, "2000-02-29T23:59:59Z", 1),
            (1_795_478_400_000, 60, "2026-11-24T01:00:00+01:00", 1),
            (1_795_478_400_000, -90, "2026-11-23T22:30:00-01:30", 0),
            (-2_208_988_800_000, 0, "1900-01-01T00:00:00Z", 0),
            (4_102_444_799_000, 0, "2099-12-31T23:59:59Z", 3),
        ])
    func times(milliseconds: Int64, offset: Int, iso: String, weekday: Int) {
        let time = LocalTime(milliseconds, offset: offset)
        #expect(time.iso8601 == iso)
        #expect(time.weekday == weekday)
    }

    @Test("every day of 400 years follows the one before it")
    func days() {
        var before = LocalTime(-12_000_000_000_000, offset: 0)
        for day in 1...150_000 {
            let now = LocalTime(-12_000_000_000_000 + Int64(day) * 86_400_000, offset: 0)
            let isNext = now.day == before.day + 1 && now.month == before.month
            let isFirst = now.day == 1 && now.month == before.month % 12 + 1 && before.day >= 28
            guard isNext || isFirst, now.weekday == (before.weekday + 1) % 7 else {
                Issue.record("\(before.iso8601) before \(now.iso8601)")
                return
            }
            before = now
        }
        #expect(before.year >= 2000)
    }

    @Test("times and offsets out of all reason do not trap", arguments: [Int64.min, .max])
    func extremes(milliseconds: Int64) {
        for offset in [Int.min, 0, .max] { #expect(!LocalTime(milliseconds, offset: offset).iso8601.isEmpty) }
    }

    @Test("Norwegian has a decimal comma, thin groups and its own dates; English its own")
    func languages() throws {
        let nb = try vocabulary("nb")
        let nn = try vocabulary("nn")
        let en = try vocabulary("en")
        #expect(nb.decimal(4.75) == "4,8")
        #expect(nb.decimal(-0.04) == "0,0")
        #expect(nb.decimal(-1.26) == "−1,3")
        #expect(en.decimal(2) == "2.0")
        #expect(nb.integer(1_234) == "1234")
        #expect(nb.integer(1_234_567) == "1\u{A0}234\u{A0}567")
        #expect(en.integer(-12_345) == "−12,345")
        #expect(nb.integer(.min).hasPrefix("−9\u{A0}223"))
        #expect(nb.percent(1, of: 3) == "33\u{A0}%")
        #expect(en.percent(2, of: 3) == "67%")
        #expect(nb.percent(0, of: 0) == "0\u{A0}%")
        let time = LocalTime(1_795_510_800_000, offset: 60)
        #expect(nb.moment(time) == "tirsdag 24.\u{A0}november 2026 kl.\u{A0}10.00")
        #expect(nn.moment(time) == "tysdag 24.\u{A0}november 2026 kl.\u{A0}10.00")
        #expect(en.moment(time) == "Tuesday 24\u{A0}November 2026 at 10:00")
        #expect(nb.list([]) == "")
        #expect(nb.list(["a"]) == "a")
        #expect(nb.list(["a", "b", "c"]) == "a, b og c")
    }

    @Test("exactly one has a form of its own")
    func plurals() throws {
        let nb = try vocabulary("nb")
        #expect(nb(.countNotes, count: 0) == "0 lapper")
        #expect(nb(.countNotes, count: 1) == "1 lapp")
        #expect(nb(.countNotes, count: 21) == "21 lapper")
    }

    @Test("text that is put in a placeholder is not searched for placeholders")
    func placeholders() throws {
        let words = Vocabulary(language: "en", texts: ["finding.item": .plain("{label} ({value}")])
        #expect(words(.findingItem, ["label": "{value}", "value": "{label}"]) == "{value} ({label}")
        #expect(words(.findingItem, ["label": "a"]) == "a ({value}")
    }

    @Test(
        "a long text is cut at a space, a long word within",
        arguments: [(20, "one two three four…"), (10, "one two…")])
    func cuts(limit: Int, expected: String) {
        #expect(shortened("one two\nthree  four five six", to: limit) == expected)
        #expect(shortened(String(repeating: "x", count: 99), to: limit).count == limit)
        #expect(shortened("short", to: limit) == "short")
    }
}

struct VocabularyTests {
    @Test("each language has a text for every key and no other", arguments: languages)
    func complete(language: String) throws {
        let words = try vocabulary(language)
        #expect(Set(words.texts.keys) == Set(Vocabulary.Key.allCases.map(\.rawValue)))
        #expect(!words.texts.values.contains(.plain("")))
    }

    @Test("each language has the same forms and the same placeholders", arguments: languages)
    func placeholders(language: String) throws {
        let reference = try vocabulary("nb")
        for (key, text) in try vocabulary(language).texts {
            let other = try #require(reference.texts[key])
            switch (text, other) {
            case (.plain(let text), .plain(let other)): #expect(names(text) == names(other), "\(key)")
            case (.counted(let one, let many), .counted(_, let other)):
                #expect(names(many) == names(other), "\(key)")
                #expect(names(one).isSubset(of: names(many)), "\(key)")
            case (.plain, .counted), (.counted, .plain): Issue.record("\(key) has other forms")
            }
        }
    }

    private func names(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "{").dropFirst().compactMap {
                $0.split(separator: "}").first.map(String.init)
            })
    }

    @Test("a key without a text shows itself")
    func gap() {
        let words = Vocabulary(language: "en", texts: [:])
        #expect(words(.notesHeading) == "notes.heading")
        #expect(words(.countNotes, count: 1) == "count.notes")
    }

    @Test("what is no vocabulary is refused with its place")
    func malformed() {
        #expect(throws: VocabularyError.shape(nil)) { try Vocabulary(json: Array("[]".utf8), language: "nb") }
        #expect(throws: VocabularyError.shape("a")) {
            try Vocabulary(json: Array(#"{"a":{"one":"1"}}"#.utf8), language: "nb")
        }
        #expect(throws: VocabularyError.json(.unexpectedEnd)) {
            try Vocabulary(json: Array("{".utf8), language: "nb")
        }
    }
}

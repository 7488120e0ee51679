internal import Workshop

/// An object of a template, which knows its place so that every complaint can name it.
struct DefinitionObject {
    static let phaseMembers = [
        "name", "instruction", "hint", "minutes", "board", "rhythm", "participants", "helpers", "visibility",
        "anonymity",
        "notesEach", "moderated", "timerClosesInput", "vote",
    ]

    private let members: [JSONValue.Member]
    private let place: String

    /// Reads an object; `members` names what may stand in it, nil when that has been checked.
    init(_ value: JSONValue, at place: String, members names: [String]?) throws(DefinitionError) {
        guard let members = value.members else {
            throw DefinitionError(place: place, expectation: "an object")
        }
        self.members = members
        self.place = place
        guard let names else { return }
        for member in members where !names.contains(member.name) {
            throw error(member.name, "one of \(names.joined(separator: ", "))")
        }
    }

    func error(_ name: String, _ expectation: String) -> DefinitionError {
        DefinitionError(place: "\(place)/\(name)", expectation: expectation)
    }

    private func value(_ name: String) -> JSONValue? {
        guard let value = members.first(where: { $0.name == name })?.value, !value.isNull else { return nil }
        return value
    }

    func string(_ name: String) throws(DefinitionError) -> String {
        guard let text = value(name)?.string else { throw error(name, "a string") }
        return text
    }

    func identifier(_ name: String) throws(DefinitionError) -> String {
        let text = try string(name)
        let isPlain = text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        guard isPlain, (1...32).contains(text.utf8.count) else {
            throw error(name, "1 to 32 of a-z, 0-9 and -")
        }
        return text
    }

    func int(_ name: String, in range: ClosedRange<Int>, otherwise: Int?) throws(DefinitionError) -> Int {
        guard let value = value(name) else {
            if let otherwise { return otherwise }
            throw error(name, "\(range.lowerBound) to \(range.upperBound)")
        }
        guard let number = value.int, range.contains(Int(number)) else {
            throw error(name, "\(range.lowerBound) to \(range.upperBound)")
        }
        return Int(number)
    }

    func bool(_ name: String) throws(DefinitionError) -> Bool {
        guard let value = value(name) else { return false }
        guard let bool = value.bool else { throw error(name, "true or false") }
        return bool
    }

    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String) throws(DefinitionError) -> Word {
        guard let word: Word = try optionalWord(name) else { throw error(name, Self.list(Word.self)) }
        return word
    }

    func optionalWord<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String
    ) throws(DefinitionError) -> Word? {
        guard let value = value(name) else { return nil }
        guard let text = value.string, let word = Word(rawValue: text) else {
            throw error(name, Self.list(Word.self))
        }
        return word
    }

    private static func list<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> String {
        "one of " + Word.allCases.map(\.rawValue).joined(separator: ", ")
    }

    func acts(_ name: String) throws(DefinitionError) -> Acts {
        guard let value = value(name) else { return [] }
        var acts: Acts = []
        for item in value.array ?? [.null] {
            guard let act = Acts.names.first(where: { $0.name == item.string })?.act else {
                throw error(name, "an array of " + Acts.names.map(\.name).joined(separator: ", "))
            }
            acts.insert(act)
        }
        return acts
    }

    func objects(
        _ name: String, _ count: ClosedRange<Int>, _ members: [String], isOptional: Bool = false
    ) throws(DefinitionError) -> [DefinitionObject] {
        if isOptional, value(name) == nil { return [] }
        guard let items = value(name)?.array, count.contains(items.count) else {
            throw error(name, "\(count.lowerBound) to \(count.upperBound) objects")
        }
        var objects: [DefinitionObject] = []
        for (index, item) in items.enumerated() {
            objects.append(try DefinitionObject(item, at: "\(place)/\(name)/\(index)", members: members))
        }
        return objects
    }

    func vote(_ name: String) throws(DefinitionError) -> VoteSetup? {
        guard let value = value(name) else { return nil }
        let vote = try DefinitionObject(
            value, at: "\(place)/\(name)", members: ["kind", "budget", "cap", "low", "high", "targets"])
        let kind: VoteKind
        switch try vote.string("kind") {
        case "dots":
            let budget = try vote.int("budget", in: 1...Limits().voteBudget, otherwise: nil)
            kind = .dots(budget: budget, cap: try vote.int("cap", in: 1...budget, otherwise: nil))
        case "stance": kind = .stance
        case "scale":
            let low = try vote.int("low", in: -100...99, otherwise: nil)
            kind = .scale(
                low: low, high: try vote.int("high", in: low + 1...min(100, low + 20), otherwise: nil))
        default: throw vote.error("kind", "one of dots, stance, scale")
        }
        return VoteSetup(kind: kind, targets: try vote.word("targets"))
    }

    // MARK: Texts

    /// A text in a language, or in the nearest that it has.
    func text(
        _ name: String, _ length: ClosedRange<Int>, _ language: String, isOptional: Bool = false
    ) throws(DefinitionError) -> String {
        let texts = try texts(name, length, isOptional: isOptional)
        for wanted in [language, "nb", "nn", "en"] {
            if let text = texts.first(where: { $0.language == wanted || $0.language.isEmpty }) {
                return text.text
            }
        }
        return texts.first?.text ?? ""
    }

    /// A text in all languages that it has; the empty language when it is the same in all.
    func texts(
        _ name: String, _ length: ClosedRange<Int>, isOptional: Bool = false
    ) throws(DefinitionError) -> [(language: String, text: String)] {
        switch value(name) {
        case nil where isOptional: return []
        case .string(let text): return [("", try checked(text, name, length))]
        case .object(let members) where !members.isEmpty:
            var texts: [(language: String, text: String)] = []
            for member in members {
                guard let text = member.value.string else {
                    throw error("\(name)/\(member.name)", "a string")
                }
                texts.append((member.name, try checked(text, "\(name)/\(member.name)", length)))
            }
            return texts
        default: throw error(name, "a string, or an object of languages")
        }
    }

    private func checked(_ text: String, _ name: String, _ length: ClosedRange<Int>) throws(DefinitionError)
        -> String
    {
        let text = cleaned(text)
        guard length.contains(text.unicodeScalars.count) else {
            throw error(name, "\(length.lowerBound) to \(length.upperBound) characters")
        }
        return text
    }
}

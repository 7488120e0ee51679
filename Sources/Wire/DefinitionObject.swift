internal import Workshop

/// What is wrong with a template, gathered while it is read: each place once, in the order it was found.
final class DefinitionFaults {
    private(set) var all: [DefinitionError] = []

    func add(_ place: String, _ expectation: String) {
        if !all.contains(where: { $0.place == place }) {
            all.append(DefinitionError(place: place, expectation: expectation))
        }
    }
}

/// An object of a template, which knows its place so that every complaint can name it.
///
/// Reading never stops: what is wrong goes to the faults, and something usual stands in for it.
struct DefinitionObject {
    private let members: [JSONValue.Member]
    /// A JSON Pointer to it.
    let place: String
    private let faults: DefinitionFaults
    private let isObject: Bool

    /// Reads an object; `members` names what may stand in it.
    init(_ value: JSONValue, at place: String, members names: [String], _ faults: DefinitionFaults) {
        self.place = place
        self.faults = faults
        members = value.members ?? []
        isObject = value.members != nil
        if !isObject { faults.add(place, "an object") }
        for member in members where !names.contains(member.name) {
            fault(pointer(member.name), "one of \(names.joined(separator: ", "))")
        }
    }

    /// Remembers what is wrong with a member. Of what is no object, nothing more is said.
    func fault(_ name: String, _ expectation: String) {
        if isObject { faults.add("\(place)/\(name)", expectation) }
    }

    /// A name as part of a JSON Pointer (RFC 6901).
    private func pointer(_ name: String) -> String {
        name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }

    private func value(_ name: String) -> JSONValue? {
        guard let value = members.first(where: { $0.name == name })?.value, !value.isNull else { return nil }
        return value
    }

    /// Whether there is such a member, and it is not null.
    func has(_ name: String) -> Bool { value(name) != nil }

    func string(_ name: String) -> String? {
        guard let text = value(name)?.string else {
            fault(name, "a string")
            return nil
        }
        return text
    }

    func identifier(_ name: String) -> String {
        guard let text = string(name) else { return "" }
        let isPlain = text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        if !isPlain || !(1...32).contains(text.utf8.count) { fault(name, "1 to 32 of a-z, 0-9 and -") }
        return text
    }

    func int(_ name: String, in range: ClosedRange<Int>, otherwise: Int?) -> Int {
        if let otherwise, !has(name) { return otherwise }
        guard let number = value(name)?.int, range.contains(Int(number)) else {
            fault(name, "\(range.lowerBound) to \(range.upperBound)")
            return otherwise ?? range.lowerBound
        }
        return Int(number)
    }

    func bool(_ name: String) -> Bool {
        guard let value = value(name) else { return false }
        guard let bool = value.bool else {
            fault(name, "true or false")
            return false
        }
        return bool
    }

    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, otherwise: Word) -> Word {
        if !has(name) { fault(name, Self.list(Word.self)) }
        return optionalWord(name) ?? otherwise
    }

    func optionalWord<Word: RawRepresentable<String> & CaseIterable>(_ name: String) -> Word? {
        guard let value = value(name) else { return nil }
        guard let text = value.string, let word = Word(rawValue: text) else {
            fault(name, Self.list(Word.self))
            return nil
        }
        return word
    }

    private static func list<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> String {
        "one of " + Word.allCases.map(\.rawValue).joined(separator: ", ")
    }

    func acts(_ name: String) -> Acts {
        guard let value = value(name) else { return [] }
        var acts: Acts = []
        for item in value.array ?? [.null] {
            guard let act = Acts.names.first(where: { $0.name == item.string })?.act else {
                fault(name, "an array of " + Acts.names.map(\.name).joined(separator: ", "))
                break
            }
            acts.insert(act)
        }
        return acts
    }

    func object(_ name: String, _ members: [String]) -> DefinitionObject? {
        value(name).map { DefinitionObject($0, at: "\(place)/\(name)", members: members, faults) }
    }

    func objects(
        _ name: String, _ count: ClosedRange<Int>, _ members: [String], isOptional: Bool = false
    ) -> [DefinitionObject] {
        if isOptional, !has(name) { return [] }
        guard let items = value(name)?.array, count.contains(items.count) else {
            fault(name, "\(count.lowerBound) to \(count.upperBound) objects")
            return []
        }
        return items.enumerated().map { index, item in
            DefinitionObject(item, at: "\(place)/\(name)/\(index)", members: members, faults)
        }
    }

    // MARK: Texts

    /// A text in a language, or in the nearest that it has.
    func text(
        _ name: String, _ length: ClosedRange<Int>, _ language: String, isOptional: Bool = false
    ) -> String {
        let texts = texts(name, length, isOptional: isOptional)
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
    ) -> [(language: String, text: String)] {
        switch value(name) {
        case nil where isOptional: return []
        case .string(let text): return [("", checked(text, name, length))]
        case .object(let members) where !members.isEmpty:
            return members.map { member in
                let place = "\(name)/\(pointer(member.name))"
                guard let text = member.value.string else {
                    fault(place, "a string")
                    return (member.name, "")
                }
                return (member.name, checked(text, place, length))
            }
        default:
            fault(name, "a string, or an object of languages")
            return []
        }
    }

    private func checked(_ text: String, _ name: String, _ length: ClosedRange<Int>) -> String {
        let text = cleaned(text)
        if !length.contains(text.unicodeScalars.count) {
            fault(name, "\(length.lowerBound) to \(length.upperBound) characters")
        }
        return text
    }
}

internal import Workshop

/// The labels and sentences that a process' findings become.
struct ProcessWording {
    let words: Vocabulary

    func name(ofStep number: Int) -> String {
        let names: [Vocabulary.Key] = [
            .processStep1, .processStep2, .processStep3, .processStep4, .processStep5,
        ]
        return words(.processStepNumber, ["number": String(number), "name": words(names[number - 1])])
    }

    /// What an item says: its text, or a sentence of its fields.
    func text(_ item: Item) -> String {
        guard item.text.isEmpty else { return item.text }
        if item.kind == .need, item.fields.count == 3, item.fields.allSatisfy({ !$0.isEmpty }) {
            return words(
                .processNeed, ["who": item.fields[0], "need": item.fields[1], "because": item.fields[2]])
        }
        return fields(item).map { words(.processField, ["name": $0.name, "text": $0.text]) }.joined(
            separator: ". ")
    }

    /// An item's fields that say something beside its text, with their names.
    func remarks(_ item: Item) -> [(name: String, text: String)] { item.text.isEmpty ? [] : fields(item) }

    private func fields(_ item: Item) -> [(name: String, text: String)] {
        zip(item.kind.fields, item.fields).compactMap { name, text in
            guard !text.isEmpty else { return nil }
            return (words(key("field", name)), name == "outcome" ? words(key("outcome", text)) : text)
        }
    }

    private func key(_ group: String, _ name: String) -> Vocabulary.Key {
        Vocabulary.Key(rawValue: "process.\(group).\(name)") ?? .processEmpty
    }

    func name(_ kind: Item.Kind) -> String { words(key("kind", kind.rawValue)) }

    func name(_ state: Item.State) -> String { words(key("item", state.rawValue)) }

    func name(_ state: ProcessSession.State) -> String { words(key("state", state.rawValue)) }

    func name(_ kind: SessionKind) -> String { words(kind == .live ? .processLive : .processCollection) }

    /// Where an item came from, in a few words.
    func origins(_ item: Item, in findings: ProcessFindings) -> String {
        var parts = findings.origins(item).map(label)
        let notes = findings.noteCount(item)
        if notes > 0 { parts.append(words(.processFromNotes, count: notes)) }
        return parts.joined(separator: "; ")
    }

    /// What became of an item, in a few words.
    func became(_ item: Item, in findings: ProcessFindings) -> String {
        findings.became(item.id).map(label).joined(separator: "; ")
    }

    /// An item by its number and the beginning of what it says: the whole stands where the item itself does.
    private func label(_ item: Item) -> String {
        let text = text(item).unicodeScalars
        guard text.count > 60 else { return "\(item.id): \(String(text))" }
        var start = text.prefix(59)
        while start.last?.properties.isWhitespace == true { start.removeLast() }
        return "\(item.id): \(String(start))…"
    }
}

internal import Workshop

/// Fetches what a facilitator picked in earlier sessions and items of a process, to be carried into the next session.
struct Picking {
    let shared: Shared

    init(_ shared: Shared) { self.shared = shared }

    /// Fetches texts.
    ///
    /// - Parameters:
    ///   - origins: What was picked; what is gone, or not to be seen by everybody there, is passed over.
    ///   - part: The session it is for.
    /// - Returns: The texts, in the order they were picked; nil when somewhere nobody can tell just now.
    func texts(of origins: [Origin], for part: Part) async -> [CarriedText]? {
        let process: Workshop
        switch await shared.worker(for: part.process).look(at: part.process) {
        case .there(let workshop): process = workshop
        case .unknown: return []
        case .unavailable: return nil
        }
        var sessions: [SessionID: Workshop] = [:]
        var texts: [CarriedText] = []
        for origin in origins.prefix(Limits.carriedPerCommand + 1) {
            switch origin {
            case .item(let id):
                guard let item = process.process?.item(id) else { continue }
                let words = ([item.text] + item.fields).filter { !$0.isEmpty }
                let text = item.text.isEmpty ? words.joined(separator: " – ") : item.text
                let short = String(
                    String.UnicodeScalarView(text.unicodeScalars.prefix(Limits().noteCharacters)))
                texts.append(CarriedText(text: short, language: nil, origins: [.item(item.id)]))
            case .session(let id, let target):
                guard id != part.session, let session = process.process?.sessions[id] else { continue }
                if sessions[id] == nil {
                    switch await shared.worker(for: session.workshop).look(at: session.workshop) {
                    case .there(let workshop): sessions[id] = workshop
                    case .unknown: continue
                    case .unavailable: return nil
                    }
                }
                if let text = sessions[id].flatMap({ text(of: target, in: $0, id) }) { texts.append(text) }
            case .note, .cluster: continue
            }
        }
        return texts
    }

    private func text(of target: Target, in workshop: Workshop, _ session: SessionID) -> CarriedText? {
        switch target {
        case .note(let id):
            guard let note = workshop.notes[id], workshop.isVisibleToAll(note) else { return nil }
            return CarriedText(
                text: note.text, language: note.language, origins: [.session(session, .note(id))])
        case .cluster(let id):
            guard let cluster = workshop.clusters[id], !cluster.name.isEmpty else { return nil }
            let notes = cluster.notes.filter { workshop.notes[$0].map(workshop.isVisibleToAll) ?? false }
            return CarriedText(
                text: cluster.name, language: nil,
                origins: [.session(session, .cluster(id))]
                    + notes.prefix(Limits.carriedOrigins).map { .session(session, .note($0)) })
        }
    }
}

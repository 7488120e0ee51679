internal import Workshop

/// The page of an archive package that says what the package is, in plain text: for whoever finds it in ten years.
public enum ReadMe {
    /// Its media type.
    public static let mediaType = "text/plain; charset=utf-8"

    /// A file that the package holds beside this one.
    public enum Document: String, Hashable, Sendable, CaseIterable {
        case report = "report.html"
        case notes = "notes.csv"
        case items = "items.csv"
        case votes = "votes.csv"
        case data = "results.json"
        case markdown = "results.md"
        case moderation = "moderation.csv"
        case audit = "audit.jsonl"
        case template = "template.json"
        case manifest = "manifest.json"
        case sums = "SHA256SUMS"
    }

    /// Writes the page.
    ///
    /// - Parameters:
    ///   - findings: What there is to say.
    ///   - documents: What the package holds, in this order.
    ///   - folders: Folders that it holds, with what each is about; each has the documents of a session.
    ///   - words: In which words.
    ///   - utcOffsetMinutes: The local time's distance from UTC, east positive.
    /// - Returns: The page in UTF-8, lines ended as every editor of text reads them, CRLF.
    public static func document(
        _ findings: Findings, holding documents: [Document], folders: [(name: String, about: String)] = [],
        in words: Vocabulary, utcOffsetMinutes: Int
    ) -> [UInt8] {
        let wording = Wording(findings: findings, words: words, utcOffsetMinutes: utcOffsetMinutes)
        var lines = [
            oneLine(findings.title), "", words(.readmeWhat), "",
            "\(words(.documentCreated)): \(words.moment(wording.local(findings.createdAt)))",
        ]
        if let endedAt = findings.endedAt {
            lines.append("\(words(.documentEnded)): \(words.moment(wording.local(endedAt)))")
        } else {
            lines.append("\(words(.documentAsOf)): \(words.moment(wording.local(findings.asOf)))")
            lines.append(words(.documentGoesOn))
        }
        lines += ["", words(.readmeFiles), ""]
        for document in documents {
            lines.append("  \(document.rawValue)")
            lines.append("      \(words(key(document)))")
        }
        for folder in folders { lines += ["  \(folder.name)", "      \(oneLine(folder.about))"] }
        lines += ["", words(.readmeCheck), "", "  sha256sum -c SHA256SUMS", ""]
        lines += [words(.aboutSeen), words(.aboutPrivacy), words(.readmeMoved), "", words(.aboutMade)]
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    private static func key(_ document: Document) -> Vocabulary.Key {
        switch document {
        case .report: .readmeReport
        case .notes: .readmeNotes
        case .items: .readmeItems
        case .votes: .readmeVotes
        case .data: .readmeData
        case .markdown: .readmeMarkdown
        case .moderation: .readmeModeration
        case .audit: .readmeAudit
        case .template: .readmeTemplate
        case .manifest: .readmeManifest
        case .sums: .readmeSums
        }
    }

    private static func oneLine(_ text: String) -> String {
        let clean = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) }))
        return clean.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

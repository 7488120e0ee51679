internal import Workshop

/// The report as one HTML document that needs nothing else: no script, no image, no font, no request.
///
/// It has real headings and tables, reads well on a phone and prints well. Its only style is ``styleSheet``, in one `style`
/// element, so that a server can let exactly that work: `Content-Security-Policy: default-src 'none'; style-src 'sha256-…'`
/// with the SHA-256 of the sheet's UTF-8 bytes in Base64.
public enum HTMLReport {
    /// Its media type.
    public static let mediaType = "text/html; charset=utf-8"

    /// Writes the document.
    ///
    /// - Parameters:
    ///   - findings: What there is to say.
    ///   - words: In which words.
    ///   - utcOffsetMinutes: The local time's distance from UTC, east positive.
    /// - Returns: The document in UTF-8.
    public static func document(
        _ findings: Findings, in words: Vocabulary, utcOffsetMinutes: Int
    ) -> [UInt8] {
        let page = HTMLPage(
            wording: Wording(findings: findings, words: words, utcOffsetMinutes: utcOffsetMinutes))
        var markup = Markup()
        page.write(to: &markup)
        return Array(markup.html.utf8)
    }
}

/// Writes the parts of the document; each part is in an extension of its own.
struct HTMLPage {
    let wording: Wording
    var findings: Findings { wording.findings }
    var words: Vocabulary { wording.words }

    /// Marks text from the workshop: its direction is its own, and its language where that differs from the document's.
    func own(_ language: String? = nil) -> [(name: StaticString, value: String)] {
        HTMLReport.own(language ?? findings.language, in: words)
    }

    func write(to page: inout Markup) {
        HTMLReport.shell(&page, title: "\(findings.title) – \(words(.documentKind))", in: words) { body in
            header(&body)
            body.element("main") { main in
                main.line()
                rounds(&main)
                notes(&main)
                participation(&main)
                method(&main)
            }
            about(&body)
        }
    }

    /// A part of the document with its heading.
    func section(
        _ page: inout Markup, _ id: String, _ heading: Vocabulary.Key, _ content: (inout Markup) -> Void
    ) {
        page.element("section", [("id", id), ("aria-labelledby", "\(id)-heading")]) { section in
            section.line()
            section.element("h2", [("id", "\(id)-heading")], text: words(heading))
            section.line()
            content(&section)
        }
        page.line()
    }

    /// A heading of the level that its place asks for, 6 at most.
    func heading(
        _ page: inout Markup, _ level: Int, _ attributes: [(name: StaticString, value: String)] = [],
        _ content: (inout Markup) -> Void
    ) {
        switch level {
        case ...3: page.element("h3", attributes, content)
        case 4: page.element("h4", attributes, content)
        case 5: page.element("h5", attributes, content)
        default: page.element("h6", attributes, content)
        }
        page.line()
    }

    /// A table that scrolls by itself, by keyboard too, where the screen is too narrow for it.
    func table(
        _ page: inout Markup, caption: String, class name: String, _ content: (inout Markup) -> Void
    ) {
        page.element(
            "div", [("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", caption)]
        ) {
            $0.element("table", [("class", name)]) { table in
                table.element("caption", text: caption)
                table.line()
                content(&table)
            }
        }
        page.line()
    }

    /// A table of names with a count each, and a total.
    func countTable(
        _ page: inout Markup, caption: String, headings: (String, String),
        rows: [(name: String, count: Int, isPart: Bool)], total: Int?
    ) {
        table(&page, caption: caption, class: "counts") { table in
            table.element("thead") { head in
                head.element("tr") { row in
                    row.element("th", [("scope", "col")], text: headings.0)
                    row.element("th", [("scope", "col"), ("class", "number")], text: headings.1)
                }
            }
            table.element("tbody") { body in
                for line in rows {
                    body.element("tr", line.isPart ? [("class", "part")] : []) { row in
                        row.element("th", [("scope", "row")], text: line.name)
                        row.element("td", [("class", "number")], text: words.integer(line.count))
                    }
                }
            }
            guard let total else { return }
            table.element("tfoot") { foot in
                foot.element("tr") { row in
                    row.element("th", [("scope", "row")], text: words(.total))
                    row.element("td", [("class", "number")], text: words.integer(total))
                }
            }
        }
    }
}

/// Whether a text can stand as a language tag (RFC 5646): letters, digits and hyphens, 35 at most.
func isLanguageTag(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 35
        && text.utf8.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
}

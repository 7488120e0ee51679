internal import Workshop

/// What every HTML report has alike, be it of a workshop or of a process.
extension HTMLReport {
    /// Writes the document around a body: language, title, and the one style sheet.
    static func shell(
        _ page: inout Markup, title: String, in words: Vocabulary, body content: (inout Markup) -> Void
    ) {
        page.doctype()
        page.element("html", [("lang", words.language)]) { html in
            html.line()
            html.element("head") { head in
                head.line()
                head.void("meta", [("charset", "utf-8")])
                head.void("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
                head.void("meta", [("name", "robots"), ("content", "noindex")])
                head.line()
                head.element("title", text: title)
                head.line()
                head.style(styleSheet)
            }
            html.line()
            html.element("body") { body in
                body.line()
                content(&body)
            }
        }
        page.line()
    }

    /// Marks people's own text: its direction is its own, and its language where that differs from the document's.
    static func own(_ language: String, in words: Vocabulary) -> [(name: StaticString, value: String)] {
        guard language != words.language, isLanguageTag(language) else { return [("dir", "auto")] }
        return [("dir", "auto"), ("lang", language)]
    }

    /// A line of a list of dates.
    static func date(_ page: inout Markup, _ key: Vocabulary.Key, _ time: LocalTime, in words: Vocabulary) {
        page.element("div") { line in
            line.element("dt", text: words(key))
            line.element("dd") { $0.element("time", [("datetime", time.iso8601)], text: words.moment(time)) }
        }
    }
}

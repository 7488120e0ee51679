import TestKit
import Testing
import Workshop

@testable import Report

struct MarkdownReportTests {
    @Test(
        "what means something in Markdown is escaped, where it means it",
        arguments: [
            ("# a", "\\# a"), ("- a", "\\- a"), ("+ a", "\\+ a"), ("=== ", "\\=== "), ("1. a", "1\\. a"),
            ("12) a", "12\\) a"), ("a - b + c # d = e.", "a - b + c # d = e."),
            ("*a* _b_", "\\*a\\* \\_b\\_"),
            ("[a](b)", "\\[a\\](b)"), ("<b>", "\\<b\\>"), ("a | b", "a \\| b"), ("&amp;", "\\&amp;"),
            ("`x` ~~y~~ \\", "\\`x\\` \\~\\~y\\~\\~ \\\\"), ("https://x.no", "https\\://x.no"),
            ("kl. 10: nå", "kl. 10: nå"),
            ("a@b.no", "a\\@b.no"), ("a\u{0}b", "ab"),
        ])
    func escapes(line: String, escaped: String) { #expect(escapedMarkdown(line) == escaped) }

    @Test("no text from people begins a line of its own kind or holds bare HTML", arguments: languages)
    func lines(language: String) throws {
        let workshop = try HTMLReportTests.full()
        let text = try #require(documents(of: workshop, in: language).first { $0.name == "markdown" }).text
        // With what is escaped taken out, nothing is left that would mean something.
        var bare = ""
        var isEscape = false
        for character in text {
            if !isEscape, character != "\\" { bare.append(character) }
            isEscape = character == "\\" && !isEscape
        }
        for mark in ["<", "[", "]", "`", "*", "_", "~", "&"] { #expect(!bare.contains(mark), "\(mark)") }
        #expect(text.contains("\\<script\\>"))
        for line in text.split(separator: "\n") {
            #expect(!line.hasPrefix("    ") && !line.hasPrefix("<") && !line.hasPrefix("```"), "\(line)")
            guard line.hasPrefix("|") else { continue }
            var bars = 0
            var isEscaped = false
            for character in line {
                if character == "|", !isEscaped { bars += 1 }
                isEscaped = character == "\\" && !isEscaped
            }
            #expect([3, 4, 5, 6, 11].contains(bars), "\(line)")
        }
        #expect(text.contains("- a \\| b\\\n  | - | - |") == false)
        #expect(text.contains("- \\# not a heading"))
    }
}

internal import Digests
internal import Report
internal import Site
internal import WebCodec
internal import Workshop

/// The words of reports, by language, read from the web folder at start; and the documents made with them.
struct Vocabularies: Sendable {
    /// A file that is no vocabulary.
    struct Failure: Error, CustomStringConvertible {
        var path: String
        var error: VocabularyError
        var description: String { "\(path) is no vocabulary: \(error)" }
    }

    private let byLanguage: [String: Vocabulary]
    let utcOffsetMinutes: Int
    /// What a browser is told to accept as the report's style.
    private let styleHash = Base64.encode(SHA256.hash(Array(HTMLReport.styleSheet.utf8)))

    init(_ site: Site?, utcOffsetMinutes: Int) throws(Failure) {
        self.utcOffsetMinutes = utcOffsetMinutes
        var byLanguage: [String: Vocabulary] = [:]
        for path in site?.paths(below: "/i18n/report.") ?? [] {
            let language = String(path.dropFirst("/i18n/report.".count).dropLast(".json".count))
            guard let file = site?.file(at: path) else { continue }
            do throws(VocabularyError) {
                byLanguage[language] = try Vocabulary(json: file.bytes, language: language)
            } catch { throw Failure(path: path, error: error) }
        }
        self.byLanguage = byLanguage
    }

    /// The words of the workshop's language, or else English; nil without any.
    func words(for workshop: Workshop) -> Vocabulary? {
        byLanguage[workshop.language] ?? byLanguage["en"] ?? byLanguage.values.first
    }

    /// A document of a workshop's results, in the workshop's language; nil when there is none of that name.
    func document(named name: String, of workshop: Workshop) -> Response? {
        if let document = document(named: name, ofProcess: workshop, step: nil) { return document }
        guard let words = words(for: workshop),
            let (bytes, mediaType) = content(named: name, of: workshop, Findings(of: workshop), in: words)
        else { return nil }
        var response = Self.file(bytes, mediaType, name)
        if name == "results.html" { response.styleHash = styleHash }
        return response
    }

    /// A document's bytes and media type.
    func content(
        named name: String, of workshop: Workshop, _ findings: Findings, in words: Vocabulary
    ) -> (bytes: [UInt8], mediaType: String)? {
        switch name {
        case "results.html":
            (
                HTMLReport.document(findings, in: words, utcOffsetMinutes: utcOffsetMinutes),
                HTMLReport.mediaType
            )
        case "results.csv": (CSVReport.notes(findings, in: words), CSVReport.mediaType)
        case "votes.csv": (CSVReport.results(findings, in: words), CSVReport.mediaType)
        case "moderation.csv": (CSVReport.moderation(workshop, in: words), CSVReport.mediaType)
        case "results.json": (JSONReport.document(findings), JSONReport.mediaType)
        case "results.md":
            (
                MarkdownReport.document(findings, in: words, utcOffsetMinutes: utcOffsetMinutes),
                MarkdownReport.mediaType
            )
        default: nil
        }
    }

    /// A document of a process, or of one step of it, in its language; nil when there is none of that name, or it is no process.
    func document(named name: String, ofProcess workshop: Workshop, step: Int?) -> Response? {
        guard let findings = ProcessFindings(of: workshop, step: step),
            let words = byLanguage[workshop.language] ?? byLanguage["en"] ?? byLanguage.values.first
        else { return nil }
        switch name {
        case "results.html":
            var response = Self.file(
                ProcessReport.html(findings, in: words, utcOffsetMinutes: utcOffsetMinutes),
                HTMLReport.mediaType,
                name)
            response.styleHash = styleHash
            return response
        case "results.csv":
            return Self.file(ProcessReport.csv(findings, in: words), CSVReport.mediaType, name)
        case "results.json": return Self.file(ProcessReport.json(findings), JSONReport.mediaType, name)
        case "results.md":
            return Self.file(
                ProcessReport.markdown(findings, in: words, utcOffsetMinutes: utcOffsetMinutes),
                MarkdownReport.mediaType, name)
        default: return nil
        }
    }

    /// A document to be saved.
    static func file(_ bytes: [UInt8], _ mediaType: String, _ name: String) -> Response {
        Response(
            .ok,
            [
                "Content-Type": mediaType, "Cache-Control": "no-store",
                "Content-Disposition": "attachment; filename=\"\(name)\"",
            ], body: bytes)
    }
}

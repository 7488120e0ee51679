internal import Wire
internal import Workshop

/// The body of `POST /api/workshops` (protocol rule A1).
struct CreationRequest {
    /// What is wrong with it, for programs and for those who write them.
    struct Failure: Error {
        var code: String
        var message: String
        /// All that is wrong with a definition.
        var faults: [DefinitionError] = []
    }

    let title: String
    let language: String
    let boards: [Board]
    let phases: [Phase]
    let clusters: [Cluster]
    let keepDays: Int

    init(_ body: [UInt8], templates: Templates, keepDays usualDays: Int) throws(Failure) {
        let value = try Self.json(body)
        title = try Self.title(value)
        language = try Self.language(value)
        keepDays = try Self.days(value) ?? usualDays
        let definition = try Self.definition(value, templates)
        let content = definition.content(in: language)
        (boards, phases, clusters) = (content.boards, content.phases, content.clusters)
    }

    static func json(_ body: [UInt8]) throws(Failure) -> JSONValue {
        do { return try JSONReader.read(body, limits: .body) } catch {
            throw Failure(code: "malformed", message: "The body is not the JSON we take: \(error)")
        }
    }

    static func title(_ value: JSONValue) throws(Failure) -> String {
        let title = cleaned(value["title"]?.string ?? "")
        guard (1...80).contains(title.unicodeScalars.count) else {
            throw Failure(code: title.isEmpty ? "empty" : "too-long", message: "title: 1 to 80 characters")
        }
        return title
    }

    static func language(_ value: JSONValue) throws(Failure) -> String {
        guard let language = value["language"]?.string, ["nb", "nn", "en"].contains(language) else {
            throw Failure(code: "invalid-value", message: "language: nb, nn or en")
        }
        return language
    }

    /// The days that are asked for; nil when nothing is said.
    static func days(_ value: JSONValue) throws(Failure) -> Int? {
        guard let days = value["keepDays"] else { return nil }
        guard let number = days.int, let days = Int(exactly: number), Retention.allowedDays.contains(days)
        else {
            throw Failure(code: "invalid-value", message: "keepDays: 1 to 3650")
        }
        return days
    }

    private static func definition(_ value: JSONValue, _ templates: Templates) throws(Failure) -> Definition {
        if let own = value["definition"] {
            do { return try Definition(own) } catch {
                throw Failure(
                    code: "invalid-value", message: "definition\(error)", faults: Definition.faults(in: own))
            }
        }
        guard let id = value["template"]?.string, let definition = templates[id] else {
            throw Failure(code: "not-found", message: "template: the id of a template")
        }
        return definition
    }
}

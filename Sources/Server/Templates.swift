internal import Site
internal import Wire

/// The templates that the web folder brings, each checked whole at start.
struct Templates: Sendable {
    /// A file that is no template.
    struct Failure: Error, CustomStringConvertible {
        var path: String
        var error: DefinitionError
        var description: String { "\(path): \(error)" }
    }

    private let definitions: [String: Definition]
    /// The answer to `GET /api/templates`.
    let listing: [UInt8]

    init(_ site: Site?, keepDays: Int) throws(Failure) {
        var definitions: [String: Definition] = [:]
        for path in site?.paths(below: "/templates/") ?? [] where path.hasSuffix(".json") {
            guard let file = site?.file(at: path) else { continue }
            do throws(DefinitionError) {
                let definition = try Definition(file.bytes)
                definitions[definition.id] = definition
            } catch { throw Failure(path: path, error: error) }
        }
        self.definitions = definitions
        listing = Self.list(definitions.values.sorted { $0.id < $1.id }, keepDays: keepDays)
    }

    /// A template by its id.
    subscript(id: String) -> Definition? { definitions[id] }

    private static func list(_ definitions: [Definition], keepDays: Int) -> [UInt8] {
        func write(_ texts: [(language: String, text: String)], _ json: inout JSONWriter) {
            json.object { json in for text in texts { json.member(text.language, text.text) } }
        }
        var json = JSONWriter()
        json.object { json in
            json.member("keepDays", keepDays)
            json.member("templates") { json in
                json.array { json in
                    for definition in definitions {
                        json.object { json in
                            json.member("id", definition.id)
                            json.member("minutes", definition.minutes)
                            json.member("step", definition.step)
                            json.member("name") { json in write(definition.name, &json) }
                            json.member("description") { json in write(definition.description, &json) }
                        }
                    }
                }
            }
        }
        return json.bytes
    }
}

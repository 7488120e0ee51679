internal import Workshop

/// Temporary.
struct Vocabularies: Sendable {
    func document(named name: String, of workshop: Workshop, at now: Int64) -> Response? { nil }
}

public import Workshop

/// What is wrong with a template, and where.
public struct DefinitionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A JSON Pointer (RFC 6901) to the place.
    public var place: String
    /// What is expected there.
    public var expectation: String
    /// Both, for a person: `/phases/2/vote/cap: 1 to 3`.
    public var description: String { "\(place): \(expectation)" }
}

/// A template: how a workshop may begin, with texts in several languages (docs/templates.md).
public struct Definition: Sendable {
    /// What a workshop begins with.
    public struct Content: Hashable, Sendable {
        /// The boards, numbered from 1 in order.
        public var boards: [Board]
        /// The run sheet, numbered from 1 in order.
        public var phases: [Phase]
        /// Clusters that are there from the start, numbered from 1 in order.
        public var clusters: [Cluster]

        /// Makes a content.
        public init(boards: [Board], phases: [Phase], clusters: [Cluster]) {
            self.boards = boards
            self.phases = phases
            self.clusters = clusters
        }
    }

    /// Languages that a template may have, since each is checked; 20.
    public static let languages = 20

    /// What `POST /api/workshops` names it by.
    public let id: String
    /// How long it usually takes, in minutes; 0 when that is not said.
    public let minutes: Int
    /// The step of the co-creation process that it belongs to, 1 to 5; 0 for any.
    public let step: Int
    /// Its name, by language.
    public let name: [(language: String, text: String)]
    /// What it is good for, by language.
    public let description: [(language: String, text: String)]
    private let value: JSONValue

    /// Reads a template and checks all of it, in every language it has.
    ///
    /// - Parameter bytes: A JSON object in UTF-8, at most 64 KiB.
    /// - Throws: ``DefinitionError`` for the first thing that is wrong.
    public init(_ bytes: [UInt8]) throws(DefinitionError) { try self.init(Self.json(bytes)) }

    /// Reads a template that is part of something else.
    public init(_ value: JSONValue) throws(DefinitionError) {
        let faults = DefinitionFaults()
        self.init(value, faults)
        if let fault = faults.all.first { throw fault }
    }

    /// Checks a template, and goes on after each fault.
    ///
    /// - Parameter bytes: A file's, which should be a JSON object in UTF-8, at most 64 KiB.
    /// - Returns: Everything that is wrong with it, each place once; empty when it can begin a workshop.
    public static func faults(in bytes: [UInt8]) -> [DefinitionError] {
        let faults = DefinitionFaults()
        do throws(DefinitionError) { _ = Definition(try json(bytes), faults) } catch { return [error] }
        return faults.all
    }

    /// Checks a template that is part of something else, and goes on after each fault.
    public static func faults(in value: JSONValue) -> [DefinitionError] {
        let faults = DefinitionFaults()
        _ = Definition(value, faults)
        return faults.all
    }

    private init(_ value: JSONValue, _ faults: DefinitionFaults) {
        let root = Self.root(value, faults)
        self.value = value
        id = root.identifier("id")
        minutes = root.int("minutes", in: 0...1440, otherwise: 0)
        step = root.int("step", in: 0...5, otherwise: 0)
        name = root.texts("name", 1...Limits().nameCharacters)
        description = root.texts("description", 0...Limits().instructionCharacters, isOptional: true)
        if name.count > Self.languages { root.fault("name", "at most \(Self.languages) languages") }
        for language in name.isEmpty ? ["nb"] : name.prefix(Self.languages).map(\.language) {
            _ = DefinitionReading(root, language).content()
        }
    }

    /// The boards, phases and clusters in one language.
    ///
    /// - Parameter language: A BCP 47 tag; where a text lacks it, another language of the text is taken.
    /// - Returns: What a ``Creation`` needs.
    public func content(in language: String) -> Content {
        DefinitionReading(Self.root(value, DefinitionFaults()), language).content()
    }

    private static func json(_ bytes: [UInt8]) throws(DefinitionError) -> JSONValue {
        do throws(JSONError) { return try JSONReader.read(bytes, limits: .body) } catch {
            throw DefinitionError(place: "", expectation: "JSON (\(error))")
        }
    }

    private static func root(_ value: JSONValue, _ faults: DefinitionFaults) -> DefinitionObject {
        DefinitionObject(
            value, at: "", members: ["id", "minutes", "step", "name", "description", "boards", "phases"],
            faults)
    }
}

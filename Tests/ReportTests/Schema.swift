import Wire

/// Checks a value against the keywords of JSON Schema (draft 2020-12) that the schemas in `docs` use. Stricter in one thing:
/// a member that no `properties` beside it names is a fault, since all of ours are to be described.
struct Schema {
    let root: JSONValue

    init(_ path: String) throws { root = try JSONReader.read(Files.read(path), limits: .trusted) }

    /// What is wrong with a value, each with its place; empty when nothing is.
    func faults(_ value: JSONValue) -> [String] { faults(value, root, at: "") }

    private func faults(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
        var faults: [String] = []
        if let reference = schema["$ref"]?.string, let name = reference.split(separator: "/").last {
            guard let target = root["$defs"]?[String(name)] else { return ["\(place): no \(reference)"] }
            faults += self.faults(value, target, at: place)
        }
        faults += combined(value, schema, at: place)
        if let constant = schema["const"], constant != value { faults.append("\(place): const") }
        if let allowed = schema["enum"]?.array, !allowed.contains(value) { faults.append("\(place): enum") }
        let types =
            schema["type"].map { $0.array?.compactMap(\.string) ?? [$0.string].compactMap { $0 } } ?? []
        if !types.isEmpty, !types.contains(where: { isOf($0, value) }) { faults.append("\(place): \(types)") }
        if let number = value.int { faults += range(Int(number), schema, "minimum", "maximum", at: place) }
        if let text = value.string {
            faults += range(text.unicodeScalars.count, schema, "minLength", "maxLength", at: place)
            if let pattern = schema["pattern"]?.string, !matches(text, pattern) {
                faults.append("\(place): pattern")
            }
        }
        if let elements = value.array {
            faults += range(elements.count, schema, "minItems", "maxItems", at: place)
            if let items = schema["items"] {
                for (index, element) in elements.enumerated() {
                    faults += self.faults(element, items, at: "\(place)/\(index)")
                }
            }
        }
        if let members = value.members {
            faults += range(members.count, schema, "minProperties", "maxProperties", at: place)
            faults += self.members(value, members, schema, at: place)
        }
        return faults
    }

    private func combined(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
        func holds(_ other: JSONValue) -> Bool { self.faults(value, loosened(other), at: place).isEmpty }
        var faults: [String] = []
        if let choices = schema["anyOf"]?.array,
            !choices.contains(where: { self.faults(value, $0, at: place).isEmpty })
        {
            faults.append("\(place): anyOf")
        }
        for part in schema["allOf"]?.array ?? [] { faults += self.faults(value, loosened(part), at: place) }
        if let no = schema["not"], holds(no) { faults.append("\(place): not") }
        if let condition = schema["if"], let next = schema[holds(condition) ? "then" : "else"] {
            faults += self.faults(value, loosened(next), at: place)
        }
        return faults
    }

    /// A part that stands beside others describes only some members.
    private func loosened(_ schema: JSONValue) -> JSONValue {
        guard let members = schema.members, schema["additionalProperties"] == nil else { return schema }
        return .object(members + [.init(name: "additionalProperties", value: .bool(true))])
    }

    private func members(
        _ value: JSONValue, _ members: [JSONValue.Member], _ schema: JSONValue, at place: String
    ) -> [String] {
        var faults: [String] = []
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where value[name] == nil {
            faults.append("\(place): no \(name)")
        }
        for member in members {
            if let known = schema["properties"]?[member.name] {
                faults += self.faults(member.value, loosenedBy(schema, known), at: "\(place)/\(member.name)")
            } else if let other = schema["additionalProperties"], other.bool == nil {
                faults += self.faults(member.value, other, at: "\(place)/\(member.name)")
            } else if schema["properties"] != nil, schema["additionalProperties"]?.bool != true {
                faults.append("\(place): \(member.name) is not described")
            }
        }
        return faults
    }

    /// Below a part that describes only some members, so do the schemas of these.
    private func loosenedBy(_ schema: JSONValue, _ known: JSONValue) -> JSONValue {
        schema["additionalProperties"]?.bool == true ? loosened(known) : known
    }

    private func range(_ number: Int, _ schema: JSONValue, _ least: String, _ most: String, at place: String)
        -> [String]
    {
        if let least = schema[least]?.int, number < least { return ["\(place): under \(least)"] }
        if let most = schema[most]?.int, number > most { return ["\(place): over \(most)"] }
        return []
    }

    private func matches(_ text: String, _ pattern: String) -> Bool {
        (try? Regex(pattern).firstMatch(in: text)) ?? nil != nil
    }

    private func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch type {
        case "object": value.members != nil
        case "array": value.array != nil
        case "string": value.string != nil
        case "integer": value.int != nil
        case "number": if case .double = value { true } else { value.int != nil }
        case "boolean": value.bool != nil
        case "null": value.isNull
        default: false
        }
    }
}

/// A strict reader of the HTML that a report is written in: every element closed in order, every attribute in quotation marks,
/// every reference one of ours. What a browser would mend is an error here.
struct HTMLReader {
    struct Element {
        var name: String
        var attributes: [String: String]
        /// Names of the elements it stands in, outermost first.
        var path: [String]
        /// Its text and that of all in it.
        var text = ""
        /// The elements right in it.
        var children: [String] = []
    }

    enum Failure: Error { case at(String) }

    private(set) var elements: [Element] = []
    private static let voids: Set<String> = ["meta"]

    init(_ html: String) throws {
        var rest = html[...]
        guard rest.hasPrefix("<!DOCTYPE html>") else { throw Failure.at("doctype") }
        rest = rest.dropFirst(15)
        var open: [Int] = []
        while let mark = rest.firstIndex(of: "<") {
            try add(String(rest[..<mark]), to: open)
            guard let end = rest[mark...].firstIndex(of: ">") else { throw Failure.at("tag without end") }
            let tag = rest[rest.index(after: mark)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                guard let last = open.popLast(), elements[last].name == tag.dropFirst() else {
                    throw Failure.at("</\(tag)> closes nothing")
                }
                continue
            }
            let element = try HTMLReader.element(tag, in: open.map { elements[$0].name })
            if let parent = open.last { elements[parent].children.append(element.name) }
            elements.append(element)
            guard !HTMLReader.voids.contains(element.name) else { continue }
            open.append(elements.count - 1)
            if element.name == "style" {
                guard let close = rest.firstRange(of: "</style>") else { throw Failure.at("style") }
                elements[elements.count - 1].text = String(rest[..<close.lowerBound])
                rest = rest[close.lowerBound...]
            }
        }
        guard open.isEmpty, rest.allSatisfy(\.isWhitespace) else { throw Failure.at("end") }
    }

    private mutating func add(_ source: String, to open: [Int]) throws {
        guard !source.contains(">") else { throw Failure.at("bare > in \(source.prefix(40))") }
        let text = try HTMLReader.unescaped(source)
        for index in open where elements[index].name != "style" { elements[index].text += text }
    }

    private static func element(_ tag: Substring, in path: [String]) throws -> Element {
        let name = tag.prefix { $0.isLetter || $0.isNumber }
        var attributes: [String: String] = [:]
        var rest = tag.dropFirst(name.count)
        while !rest.isEmpty {
            guard rest.first == " ", let equals = rest.firstRange(of: "=\"") else {
                throw Failure.at(String(tag))
            }
            let key = String(rest[rest.index(after: rest.startIndex)..<equals.lowerBound])
            guard !key.isEmpty, key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }),
                attributes[key] == nil,
                let end = rest[equals.upperBound...].firstIndex(of: "\"")
            else { throw Failure.at(String(tag)) }
            attributes[key] = try unescaped(String(rest[equals.upperBound..<end]))
            rest = rest[rest.index(after: end)...]
        }
        return Element(name: String(name), attributes: attributes, path: path)
    }

    private static func unescaped(_ source: String) throws -> String {
        var text = ""
        var rest = source[...]
        while let mark = rest.firstIndex(of: "&") {
            text += rest[..<mark]
            let known = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")]
            guard let (reference, character) = known.first(where: { rest[mark...].hasPrefix($0.0) }) else {
                throw Failure.at("bare & in \(source.prefix(40))")
            }
            text += character
            rest = rest[mark...].dropFirst(reference.count)
        }
        return text + rest
    }
}

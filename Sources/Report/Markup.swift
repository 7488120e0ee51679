/// Writes HTML of which every text and every attribute is escaped: names are fixed in the code, all else goes through ``escape(_:)``.
struct Markup {
    private(set) var html = ""

    /// An element with a content of elements.
    mutating func element(
        _ name: StaticString, _ attributes: [(name: StaticString, value: String)] = [],
        _ content: (inout Markup) -> Void
    ) {
        open(name, attributes)
        content(&self)
        close(name)
    }

    /// An element with a content of text.
    mutating func element(
        _ name: StaticString, _ attributes: [(name: StaticString, value: String)] = [], text: String
    ) {
        open(name, attributes)
        html += escape(text)
        close(name)
    }

    /// An element that never has content, such as `meta`.
    mutating func void(_ name: StaticString, _ attributes: [(name: StaticString, value: String)]) {
        open(name, attributes)
    }

    /// Text.
    mutating func text(_ text: String) { html += escape(text) }

    /// A line break in the source, for those who read that.
    mutating func line() { html += "\n" }

    /// The document type.
    mutating func doctype() { html += "<!DOCTYPE html>\n" }

    /// The style sheet, byte for byte: its hash is in the header that lets it work.
    mutating func style(_ sheet: String) {
        html += "<style>\(sheet)</style>\n"
    }

    private mutating func open(_ name: StaticString, _ attributes: [(name: StaticString, value: String)]) {
        html += "<\(name)"
        for (name, value) in attributes { html += " \(name)=\"\(escape(value))\"" }
        html += ">"
    }

    private mutating func close(_ name: StaticString) { html += "</\(name)>" }
}

/// Text as HTML may hold it, in content and between quotation marks.
///
/// The five characters that mean something become references; control characters, which HTML does not allow, are left out,
/// but for line breaks and tabs.
func escape(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isSpecial) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        case "'": escaped += "&#39;"
        default: if !isControl(scalar) { escaped.unicodeScalars.append(scalar) }
        }
    }
    return escaped
}

private func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "&", "<", ">", "\"", "'": true
    default: isControl(scalar)
    }
}

/// Whether a scalar is one that documents must not hold: controls but tab and line feed, and non-characters.
func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
}

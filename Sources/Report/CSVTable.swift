/// Writes rows of cells: UTF-8 with a byte order mark, semicolons, CRLF.
struct CSVTable {
    /// A cell.
    enum Cell: Hashable {
        /// Text that people or translators wrote: made harmless.
        case text(String)
        /// A number, a time or an identifier of ours: written as it is.
        case plain(String)
    }

    private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Adds a row.
    mutating func row(_ cells: [Cell]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ";")) }
            switch cell {
            case .text(let text): bytes.append(contentsOf: quoted(neutralised(text)).utf8)
            case .plain(let text): bytes.append(contentsOf: quoted(text).utf8)
            }
        }
        bytes.append(contentsOf: [0x0D, 0x0A])
    }

    private func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x3B, 0x2C, 0x0A, 0x0D, 0x09].contains($0) }) else {
            return text
        }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}

/// Text that a spreadsheet does not take for a formula; control characters but tabs and line breaks are left out.
func neutralised(_ text: String) -> String {
    var clean = ""
    for scalar in text.unicodeScalars where !isControl(scalar) || scalar == "\r" {
        clean.unicodeScalars.append(scalar)
    }
    let first = clean.unicodeScalars.first
    if first == "\t" || first == "\r" || first == "\n" { return "'" + clean }
    // Some programs cut leading space before they look, and take the wide forms for the narrow ones.
    switch clean.unicodeScalars.first(where: {
        !$0.properties.isWhitespace && $0 != "\u{FEFF}" && $0 != "\u{200B}"
    }) {
    case "=", "+", "-", "@", "＝", "＋", "－", "＠": return "'" + clean
    default: return clean
    }
}

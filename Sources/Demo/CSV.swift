/// Comma-separated values (RFC 4180): quoted fields may hold commas, line ends and doubled quotes.
///
/// Beyond the RFC a lone LF ends a line too, as most exports have it, and a byte order mark at the start is skipped.
struct CSV: Hashable, Sendable {
    /// Why a text is no CSV.
    enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// A quoted field is not closed by the end of the text; the line it began on.
        case openQuote(line: Int)
        /// Something other than a comma or a line end follows a closing quote.
        case textAfterQuote(line: Int)
        /// A quote stands inside a field that did not begin with one.
        case quoteInside(line: Int)

        var description: String {
            switch self {
            case .openQuote(let line): "line \(line): a quote is opened and never closed"
            case .textAfterQuote(let line): "line \(line): text after a closing quote"
            case .quoteInside(let line): "line \(line): a quote inside an unquoted field"
            }
        }
    }

    /// One record: its fields, and the line of the text that it begins on, from 1.
    struct Record: Hashable, Sendable {
        var fields: [String]
        var line: Int
    }

    /// All records, the header too when there is one. An empty line is no record.
    let records: [Record]

    /// Reads a whole text.
    ///
    /// - Parameter bytes: UTF-8; what is not becomes U+FFFD.
    /// - Throws: The first fault.
    init(_ bytes: [UInt8]) throws(Fault) {
        var reader = Reader(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...])
        records = try reader.all()
    }

    private struct Reader {
        private let bytes: ArraySlice<UInt8>
        private var position: Int
        private var line = 1

        private static let quote = UInt8(ascii: "\"")
        private static let comma = UInt8(ascii: ",")
        private static let lineFeed = UInt8(ascii: "\n")
        private static let carriageReturn = UInt8(ascii: "\r")

        init(_ bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            position = bytes.startIndex
        }

        mutating func all() throws(Fault) -> [Record] {
            var records: [Record] = []
            while position < bytes.endIndex {
                if takeLineEnd() { continue }
                var record = Record(fields: [], line: line)
                repeat { record.fields.append(try field()) } while take(Self.comma)
                _ = takeLineEnd()
                records.append(record)
            }
            return records
        }

        private mutating func field() throws(Fault) -> String {
            if take(Self.quote) { return try quotedField() }
            let start = position
            while let byte = current, byte != Self.comma, !isAtLineEnd {
                guard byte != Self.quote else { throw .quoteInside(line: line) }
                position += 1
            }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }

        private mutating func quotedField() throws(Fault) -> String {
            let begun = line
            var text: [UInt8] = []
            while let byte = current {
                position += 1
                if byte != Self.quote {
                    if byte == Self.lineFeed { line += 1 }
                    text.append(byte)
                } else if take(Self.quote) {
                    text.append(Self.quote)
                } else {
                    guard current == nil || current == Self.comma || isAtLineEnd else {
                        throw .textAfterQuote(line: line)
                    }
                    return String(decoding: text, as: UTF8.self)
                }
            }
            throw .openQuote(line: begun)
        }

        private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

        private var isAtLineEnd: Bool {
            guard let byte = current else { return false }
            if byte == Self.lineFeed { return true }
            let next = position + 1
            return byte == Self.carriageReturn && next < bytes.endIndex && bytes[next] == Self.lineFeed
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard current == byte else { return false }
            position += 1
            return true
        }

        private mutating func takeLineEnd() -> Bool {
            guard isAtLineEnd else { return false }
            position += current == Self.lineFeed ? 1 : 2
            line += 1
            return true
        }
    }
}

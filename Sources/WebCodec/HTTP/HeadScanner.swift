/// Finds the end of a head in a growing buffer and refuses what no line of it may hold.
///
/// It looks at each octet once, whatever pieces they arrive in, and fails at the first octet that is wrong. So the
/// answer depends on the octets alone, and a peer that sends one octet at a time costs no more than another. What
/// the lines mean is read afterwards, when all of them are there.
struct HeadScanner {
    /// Lines without their line ends, the first line first, and the offset after the final empty line.
    struct Head {
        var lines: [Range<Int>]
        var end: Int
    }

    private var lines: [Range<Int>] = []
    private var position = 0
    private var headStart = 0
    private var lineStart = 0

    /// Looks at what is new.
    ///
    /// - Parameters:
    ///   - bytes: Everything since the start of the message, the octets of earlier calls included.
    ///   - limits: The same in each call.
    /// - Returns: Nil while the empty line that ends the head has not come.
    /// - Throws: ``HTTPError`` for the first octet that is wrong.
    mutating func scan(_ bytes: UnsafeRawBufferPointer, limits: HTTPLimits) throws(HTTPError) -> Head? {
        while position < bytes.count {
            let octet = bytes[position]
            if octet >= 0x20 && octet != 0x7F || octet == ASCII.tab {
                if position >= lineStart + limits.requestLineByteCount && lines.isEmpty {
                    throw .requestLineTooLong
                }
                if position >= headStart + limits.headByteCount { throw .headTooLong }
                position += 1
                continue
            }
            guard octet == ASCII.carriageReturn else {
                throw octet == ASCII.lineFeed ? .bareLineFeed : .controlCharacter
            }
            guard position + 1 < bytes.count else { return nil }
            guard bytes[position + 1] == ASCII.lineFeed else { throw .bareCarriageReturn }
            let line = lineStart..<position
            position += 2
            lineStart = position
            if !line.isEmpty {
                guard position - headStart <= limits.headByteCount else { throw .headTooLong }
                guard lines.count <= limits.fieldCount else { throw .tooManyFields }
                lines.append(line)
            } else if !lines.isEmpty {
                guard position - headStart <= limits.headByteCount else { throw .headTooLong }
                return Head(lines: lines, end: position)
            } else {
                // One empty line may be left over from the message before (RFC 9112 §2.2).
                guard headStart == 0 else { throw .leadingEmptyLines }
                headStart = position
            }
        }
        return nil
    }
}

/// Reads field lines into ``HTTPFields`` (RFC 9112 §5).
///
/// - Parameters:
///   - lines: Ranges of `octets`, without line ends.
///   - octets: The whole head; the result keeps it.
/// - Returns: The fields in their order.
/// - Throws: ``HTTPError/foldedField`` or ``HTTPError/badFieldName``.
func parseFields(_ lines: ArraySlice<Range<Int>>, of octets: [UInt8]) throws(HTTPError) -> HTTPFields {
    var entries: [HTTPFields.Entry] = []
    entries.reserveCapacity(lines.count)
    for line in lines {
        guard !octets[line.lowerBound].isBlank else { throw .foldedField }
        var colon = line.lowerBound
        while colon < line.upperBound, OctetSet.token.contains(octets[colon]) { colon += 1 }
        guard colon > line.lowerBound, colon < line.upperBound, octets[colon] == ASCII.colon else {
            throw .badFieldName
        }
        var start = colon + 1
        var end = line.upperBound
        while start < end, octets[start].isBlank { start += 1 }
        while end > start, octets[end - 1].isBlank { end -= 1 }
        guard UInt32(exactly: line.upperBound) != nil else { throw .headTooLong }
        entries.append(
            HTTPFields.Entry(
                name: UInt32(line.lowerBound)..<UInt32(colon), value: UInt32(start)..<UInt32(end)))
    }
    return HTTPFields(octets: octets, entries: entries)
}

/// What a request asks for: the path a server may use as it is, and the bytes it came from.
public struct RequestTarget: Hashable, Sendable {
    /// How the target was written (RFC 9112 §3.2). The authority form belongs to `CONNECT`, which is refused.
    public enum Form: Hashable, Sendable {
        /// `/path?query`.
        case origin
        /// `http://host/path?query`.
        case absolute
        /// `*`, with `OPTIONS` only.
        case asterisk
    }

    /// How the target was written.
    public let form: Form
    /// Starts with a slash; decoded once, without dot segments, control characters and backslashes; `*` for
    /// the asterisk form. A decoded `%2F` is a separator like any other.
    public let path: String
    /// The path as it came, with its escapes.
    public let rawPath: String
    /// What follows the first question mark as it came; nil without one.
    public let rawQuery: String?
    /// Host and optional port of the absolute form, lowercased; it wins over the Host field.
    public let authority: String?

    /// The value of a query parameter (`application/x-www-form-urlencoded`), decoded.
    ///
    /// - Returns: The first value; an empty one for a name without `=`; nil when the name is absent or an
    ///   escape is malformed.
    public func queryValue(_ name: String) -> String? {
        guard let rawQuery else { return nil }
        for pair in rawQuery.utf8.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: ASCII.equals, maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = halves.first.flatMap(Self.formDecoded), key == name else { continue }
            return halves.count > 1 ? Self.formDecoded(halves[1]) : ""
        }
        return nil
    }

    private static func formDecoded(_ octets: Substring.UTF8View) -> String? {
        let spaced = octets.map { $0 == UInt8(ascii: "+") ? ASCII.space : $0 }
        return percentDecoded(spaced[...]).flatMap { String(validating: $0, as: UTF8.self) }
    }
}

extension RequestTarget {
    /// Reads a target.
    ///
    /// - Throws: ``HTTPError/badTarget``, ``HTTPError/badEscape``, ``HTTPError/pathAboveRoot`` or
    ///   ``HTTPError/connectUnsupported``.
    init(_ octets: ArraySlice<UInt8>, method: HTTPMethod) throws(HTTPError) {
        guard method != .other("CONNECT") else { throw .connectUnsupported }
        guard octets.allSatisfy({ $0 > ASCII.space && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            throw .badTarget
        }
        if octets.first == ASCII.asterisk {
            guard octets.count == 1, method == .options else { throw .badTarget }
            self.init(form: .asterisk, path: "*", rawPath: "*", rawQuery: nil, authority: nil)
            return
        }
        if octets.first == ASCII.slash {
            try self.init(form: .origin, pathAndQuery: octets, authority: nil)
            return
        }
        var rest = octets
        guard rest.removePrefixIgnoringCase("http://") || rest.removePrefixIgnoringCase("https://") else {
            throw .badTarget
        }
        let authority = rest.prefix { $0 != ASCII.slash && $0 != ASCII.questionMark }
        guard let host = Authority(authority) else { throw .badTarget }
        try self.init(
            form: .absolute, pathAndQuery: rest[authority.endIndex...], authority: host.description)
    }

    private init(form: Form, pathAndQuery: ArraySlice<UInt8>, authority: String?) throws(HTTPError) {
        let rawPath = pathAndQuery.prefix { $0 != ASCII.questionMark }
        let query =
            rawPath.endIndex < pathAndQuery.endIndex ? pathAndQuery[(rawPath.endIndex + 1)...] : nil
        guard rawPath.allSatisfy({ OctetSet.path.contains($0) || $0 == ASCII.percent }) else {
            throw .badTarget
        }
        self.init(
            form: form, path: try normalizedPath(rawPath), rawPath: String(decoding: rawPath, as: UTF8.self),
            rawQuery: query.map { String(decoding: $0, as: UTF8.self) }, authority: authority)
    }
}

/// Decodes a raw path once and removes its dot segments (RFC 3986 §5.2.4).
///
/// Decoding comes first, so `%2e%2e%2f` is seen for what it is. Where RFC 3986 drops a `..` too many, we refuse: no
/// honest client sends one.
///
/// - Returns: A path that starts with a slash; an empty raw path is the root.
func normalizedPath(_ raw: ArraySlice<UInt8>) throws(HTTPError) -> String {
    guard let octets = percentDecoded(raw) else { throw .badEscape }
    guard octets.allSatisfy({ $0 >= ASCII.space && $0 != 0x7F }) else { throw .badEscape }
    guard !octets.contains(ASCII.backslash) else { throw .badTarget }

    var kept: [ArraySlice<UInt8>] = []
    var endsInDirectory = true
    for segment in octets.split(separator: ASCII.slash, omittingEmptySubsequences: false).dropFirst() {
        if segment.elementsEqual([ASCII.dot]) {
            endsInDirectory = true
        } else if segment.elementsEqual([ASCII.dot, ASCII.dot]) {
            guard kept.popLast() != nil else { throw .pathAboveRoot }
            endsInDirectory = true
        } else {
            kept.append(segment)
            endsInDirectory = false
        }
    }
    var path: [UInt8] = []
    for segment in kept {
        path.append(ASCII.slash)
        path.append(contentsOf: segment)
    }
    if endsInDirectory { path.append(ASCII.slash) }
    guard let text = String(validating: path, as: UTF8.self) else { throw .badEscape }
    return text
}

/// Replaces each `%XX` by its octet, once (RFC 3986 §2.1).
///
/// - Returns: The octets; nil when an escape is malformed.
func percentDecoded(_ octets: ArraySlice<UInt8>) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(octets.count)
    var index = octets.startIndex
    while index < octets.endIndex {
        guard octets[index] == ASCII.percent else {
            decoded.append(octets[index])
            index += 1
            continue
        }
        guard octets.endIndex - index > 2, let high = octets[index + 1].hexadecimalValue,
            let low = octets[index + 2].hexadecimalValue
        else { return nil }
        decoded.append(high << 4 | low)
        index += 3
    }
    return decoded
}

extension ArraySlice<UInt8> {
    mutating func removePrefixIgnoringCase(_ text: StaticString) -> Bool {
        let matches = text.withUTF8Buffer { prefix($0.count).equalsIgnoringCase($0) }
        if matches { removeFirst(text.utf8CodeUnitCount) }
        return matches
    }
}

public import Workshop

/// What staff did in a workshop, as lines of JSON that hang together: each line ends with the SHA-256 of the line before
/// it and its own text, so a line that was changed, left out, put in or moved breaks the chain, and the last line says how
/// many there are, so that a cut is found too (protocol rule T2).
///
/// The chain has no key: who makes a whole new file can make a whole new chain. So an earlier copy is what proves that
/// history was not rewritten: the lines of a copy stand unchanged at the beginning of every later one.
public enum AuditTrail {
    /// A hash function.
    public typealias Hash = (_ bytes: [UInt8]) -> [UInt8]

    /// What is wrong with a file.
    public enum Fault: Error, Hashable, Sendable {
        /// Line `line` (from 1) is not what was written: changed, or another is missing, added or moved before it.
        case broken(line: Int)
        /// The file does not end with its last line.
        case cut(afterLine: Int)
        /// Line `line` is another than in the earlier copy.
        case rewritten(line: Int)
        /// It holds less than the earlier copy.
        case shorter(lines: Int)
    }

    /// Writes the trail of a workshop.
    ///
    /// - Parameters:
    ///   - workshop: The workshop.
    ///   - hash: SHA-256.
    /// - Returns: Lines of UTF-8, each ended by a line feed.
    public static func document(of workshop: Workshop, hash: @escaping Hash) -> [UInt8] {
        var chain = Chain(hash: hash)
        chain.add { json in
            json.member("audit", "samskap.v1")
            json.member("workshop", workshop.id)
            json.member("createdAt", workshop.createdAt)
        }
        for act in workshop.acts {
            chain.add { json in write(act, &json) }
        }
        chain.add { json in json.member("acts", workshop.acts.count) }
        return chain.bytes
    }

    /// Writes an act's members.
    static func write(_ act: StaffAct, _ json: inout JSONWriter) {
        json.member("at", act.at)
        json.member("role", act.role.rawValue)
        json.member("device", act.device)
        json.member("act", act.kind.rawValue)
        if let object = act.object { json.member("object", object) }
        if let phase = act.phase { json.member("phase", phase) }
        if let reason = act.reason { json.member("reason", reason.rawValue) }
        if let notes = act.notes { json.member("notes", notes) }
        if let people = act.people { json.member("people", people) }
    }

    /// Checks a file.
    ///
    /// - Parameters:
    ///   - file: Its bytes.
    ///   - earlier: A copy from before, whose lines must stand at its beginning.
    ///   - hash: SHA-256.
    /// - Returns: How many acts it tells.
    /// - Throws: The first ``Fault``.
    @discardableResult
    public static func verify(_ file: [UInt8], since earlier: [UInt8]? = nil, hash: Hash) throws(Fault) -> Int
    {
        let lines = try checked(file, hash)
        if let earlier {
            let old = try checked(earlier, hash).dropLast()
            for (index, line) in old.enumerated() {
                guard index < lines.count - 1 else { throw .shorter(lines: lines.count) }
                guard lines[index] == line else { throw .rewritten(line: index + 1) }
            }
        }
        return lines.count - 2
    }

    /// The lines of a file whose chain holds.
    private static func checked(_ file: [UInt8], _ hash: Hash) throws(Fault) -> [ArraySlice<UInt8>] {
        var lines = file.split(separator: 0x0A, omittingEmptySubsequences: false)
        // What stands after the last line feed is no line; a file that has lost it has lost something.
        guard lines.last?.isEmpty == true, lines.count > 2 else {
            throw .cut(afterLine: max(0, lines.count - 1))
        }
        lines.removeLast()
        var last: [UInt8] = []
        for (index, line) in lines.enumerated() {
            let broken = Fault.broken(line: index + 1)
            guard line.count > Chain.tailCount else { throw broken }
            let body = line.dropLast(Chain.tailCount)
            last = hash(last + body)
            guard line.suffix(Chain.tailCount).elementsEqual(Chain.tail(last)) else { throw broken }
            guard let value = try? JSONReader.read(Array(line), limits: .trusted) else { throw broken }
            let isFirst = value["audit"] != nil
            let isLast = value["acts"]?.int != nil
            guard isFirst == (index == 0) else { throw broken }
            if isLast {
                guard index == lines.count - 1, value["acts"]?.int == Int64(lines.count - 2) else {
                    throw broken
                }
            } else if index == lines.count - 1 {
                throw .cut(afterLine: lines.count)
            }
        }
        return lines
    }

    private struct Chain {
        let hash: Hash
        var bytes: [UInt8] = []
        private var last: [UInt8] = []

        init(hash: @escaping Hash) { self.hash = hash }

        static func tail(_ hash: [UInt8]) -> [UInt8] { Array(",\"chain\":\"\(EventCodec.hex(hash))\"}".utf8) }
        /// Bytes of a line's end: the member of the chain, whose value is 64 digits.
        static let tailCount = ",\"chain\":\"\"}".utf8.count + 64

        mutating func add(_ members: (inout JSONWriter) -> Void) {
            var json = JSONWriter()
            json.object(members)
            let body = Array(json.bytes.dropLast())
            last = hash(last + body)
            bytes += body + Self.tail(last) + [0x0A]
        }
    }
}

import Foundation
import Journal
import JournalSQLite

/// A small store with something of everything, whose every byte can be changed.
public struct FlipTarget: Sendable {
    /// What came of one changed byte.
    public enum Outcome: Hashable, Sendable {
        /// Everything is as it was, and `samskap verify` finds nothing.
        case same
        /// A refusal, or a damage that is named; the rest is as it was.
        case refused
        /// The last transaction of the log is gone, which looks like one that a crash cut off.
        case lastTransactionGone
        /// Something else is answered, and nothing says that it is wrong.
        case wrong(String)
    }

    /// The file whose bytes are changed: the database of a server that was stopped, or the log of one that was killed.
    public enum File: String, Sendable, CaseIterable {
        case database
        case log
    }

    /// Which file is changed.
    public let file: File
    /// That file's bytes.
    public let bytes: [UInt8]
    /// The file beside it, under the log; empty for the database.
    private let base: [UInt8]
    private let streams: [String]
    private let keys: [String]
    private let whole: Findings
    private let withoutLast: Findings
    /// Where the log's last transaction begins.
    private let lastBegin: Int

    /// Makes the store.
    ///
    /// - Parameters:
    ///   - file: What is to be changed.
    ///   - folder: A folder for it, which does not exist.
    /// - Throws: What goes wrong with files or journal, all of it unexpected.
    public init(_ file: File, in folder: String) async throws {
        self.file = file
        let streams = (0..<6).map { "w\($0)" }
        let keys = streams.map { "code/\($0)" } + ["date/1", "erased"]
        (self.streams, self.keys) = (streams, keys)
        func find(_ copy: String) async throws -> Findings {
            try FileManager.default.copyItem(atPath: folder, toPath: folder + copy)
            defer { try? FileManager.default.removeItem(atPath: folder + copy) }
            return await Findings(of: folder + copy, streams: streams + ["late"], keys: keys + ["code/late"])
        }
        try await Self.fill(folder, streams)
        let database = folder + "/samskap.sqlite"
        guard file == .log else {
            bytes = try Self.read(database)
            base = []
            lastBegin = 0
            whole = try await find("-whole")
            withoutLast = whole
            return
        }
        let journal = try SQLiteJournal(folder: folder)
        for turn in 0..<4 {
            for (index, stream) in streams.prefix(3).enumerated() {
                let head = try await journal.load(stream).head
                let record = Self.text("late record \(turn) of \(stream)", index == 1 ? 6_000 : 40)
                try await journal.append(
                    Append(
                        stream: stream, expected: head, records: [record],
                        cells: [.put(key: "late", value: record)]))
            }
        }
        try await journal.create(
            Append(
                stream: "late", expected: 0, records: [Self.text("first", 30)],
                directory: [.put(key: "code/late")]), epoch: "epoch-late")
        let state = Self.text("state", 3_000)
        try await journal.saveSnapshot(Snapshot(sequence: 5, format: 1, bytes: state), of: "w2")
        lastBegin = try Self.read(database + "-wal").count
        withoutLast = try await find("-before")
        let head = try await journal.load("w0").head
        try await journal.append(
            Append(stream: "w0", expected: head, records: [Self.text("the very last", 30)]))
        (base, bytes) = (try Self.read(database), try Self.read(database + "-wal"))
        whole = try await find("-whole")
        try await journal.close()
    }

    /// Changes one byte of a copy and starts on it.
    ///
    /// - Parameters:
    ///   - place: Which byte.
    ///   - mask: The bits to flip.
    ///   - folder: A folder for the copy, which does not exist.
    /// - Returns: What came of it.
    /// - Throws: What goes wrong with the copy's files; what the journal says of it is an outcome.
    public func flip(_ place: Int, _ mask: UInt8, in folder: String) async throws -> Outcome {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var changed = bytes
        changed[place] ^= mask
        let database = folder + "/samskap.sqlite"
        switch file {
        case .database: try Self.write(changed, database)
        case .log:
            try Self.write(base, database)
            try Self.write(changed, database + "-wal")
        }
        let found = await Findings(
            of: folder, streams: streams + ["late"], keys: keys + ["code/late"])
        if found == whole { return .same }
        if found.isHonest(beside: whole), found.damage != nil {
            let words = Array(found.refusals.values) + [found.damage ?? ""]
            return words.allSatisfy { $0.count > 10 } ? .refused : .wrong("a refusal says nothing: \(found)")
        }
        if file == .log, place >= lastBegin, found == withoutLast { return .lastTransactionGone }
        let different = found.answers.filter { whole.answers[$0.key] != $0.value }
        return .wrong("answered \(different), refused \(found.refusals), verify: \(found.damage ?? "right")")
    }

    private static func fill(_ folder: String, _ streams: [String]) async throws {
        let journal = try SQLiteJournal(folder: folder)
        for (index, stream) in (streams + ["gone"]).enumerated() {
            try await journal.create(
                Append(
                    stream: stream, expected: 0,
                    records: (0..<12).map {
                        text("record \($0) of \(stream)", $0 == 7 ? 9_000 : 30 + $0 * index)
                    },
                    cells: (0..<3).map { .put(key: "cell\($0)", value: text("value of \(stream)", 20)) },
                    directory: index < 6 ? [.put(key: "code/\(stream)")] : []), epoch: "epoch-\(stream)")
        }
        try await journal.append(Append(stream: "w3", expected: 12, directory: [.put(key: "date/1")]))
        for stream in ["w1", "w2"] {
            try await journal.saveSnapshot(
                Snapshot(sequence: 8, format: 1, bytes: text("snapshot of \(stream)", 5_000)), of: stream)
        }
        try await journal.purge("w1", through: 8)
        try await journal.erase("gone")
        try await journal.close()
    }

    /// Text of a length, so that it can be found in the file and fills pages.
    private static func text(_ words: String, _ count: Int) -> [UInt8] {
        let words = Array("\(words). ".utf8)
        return (0..<count).map { words[$0 % words.count] }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}

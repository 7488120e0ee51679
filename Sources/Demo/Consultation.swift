#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A recorded consultation: who wrote what, and who agreed with what.
///
/// The folder holds `comments.csv` (`timestamp`, `comment-id`, `author-id`, `agrees`, `disagrees`, `comment-body`),
/// `votes.csv` (`timestamp`, `comment-id`, `voter-id`, `vote`) and `summary.csv` (`topic` and others, one a line).
/// Columns are found by their header; further ones are ignored.
struct Consultation: Hashable, Sendable {
    /// Something that somebody wrote.
    struct Comment: Hashable, Sendable {
        let id: Int
        let author: Int
        /// Milliseconds since 1970.
        let at: Int64
        let text: String
        /// As the file's columns count them: every vote ever cast, also one that its voter replaced later.
        let agrees: Int
        let disagrees: Int
    }

    /// Somebody's answer to a comment.
    struct Vote: Hashable, Sendable {
        let comment: Int
        let voter: Int
        /// Milliseconds since 1970.
        let at: Int64
        /// 1 agree, −1 disagree, 0 pass.
        let value: Int
    }

    /// What it was about.
    let topic: String
    /// In the file's order.
    let comments: [Comment]
    /// In the file's order.
    let votes: [Vote]

    init(topic: String, comments: [Comment], votes: [Vote]) {
        self.topic = topic
        self.comments = comments
        self.votes = votes
    }

    /// Reads a folder.
    ///
    /// - Parameter folder: Its path.
    /// - Throws: ``DemoError/data(file:reason:)``.
    init(folder: String) throws(DemoError) {
        let comments = try Table(folder: folder, file: "comments.csv")
        self.comments = try comments.rows { (row) throws(DemoError) in
            Comment(
                id: try row.number("comment-id"), author: try row.number("author-id"),
                at: Int64(try row.number("timestamp")), text: try row.text("comment-body"),
                agrees: try row.number("agrees"), disagrees: try row.number("disagrees"))
        }
        let votes = try Table(folder: folder, file: "votes.csv")
        self.votes = try votes.rows { (row) throws(DemoError) in
            let value = try row.number("vote")
            guard (-1...1).contains(value) else { throw row.fault("a vote is 1, 0 or -1, not \(value)") }
            return Vote(
                comment: try row.number("comment-id"), voter: try row.number("voter-id"),
                at: Int64(try row.number("timestamp")), value: value)
        }
        let summary = try Table.read(folder: folder, file: "summary.csv")
        topic =
            summary.records.first { $0.fields.first == "topic" }?.fields.dropFirst().first ?? "Consultation"
        guard !self.comments.isEmpty else {
            throw .data(file: "comments.csv", reason: "there are no comments")
        }
        guard Set(self.comments.map(\.id)).count == self.comments.count else {
            throw .data(file: "comments.csv", reason: "a comment-id stands twice")
        }
    }
}

/// A CSV file whose first record names the columns.
private struct Table {
    struct Row {
        let table: Table
        let record: CSV.Record

        func text(_ column: String) throws(DemoError) -> String {
            guard let index = table.columns[column] else { throw fault("there is no column \(column)") }
            guard index < record.fields.count else { throw fault("too few fields") }
            return record.fields[index]
        }

        func number(_ column: String) throws(DemoError) -> Int {
            let text = try text(column)
            guard let number = Int(text) else {
                throw fault("\(column) is no whole number: \(text.prefix(40))")
            }
            return number
        }

        func fault(_ reason: String) -> DemoError {
            .data(file: table.file, reason: "line \(record.line): \(reason)")
        }
    }

    let file: String
    let columns: [String: Int]
    private let records: ArraySlice<CSV.Record>

    init(folder: String, file: String) throws(DemoError) {
        let csv = try Self.read(folder: folder, file: file)
        guard let header = csv.records.first else { throw .data(file: file, reason: "the file is empty") }
        self.file = file
        columns = Dictionary(
            zip(header.fields, header.fields.indices), uniquingKeysWith: { first, _ in first })
        records = csv.records.dropFirst()
    }

    static func read(folder: String, file: String) throws(DemoError) -> CSV {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: folder).appending(path: file)) } catch {
            throw .data(file: file, reason: "not readable in \(folder)")
        }
        do { return try CSV(Array(data)) } catch { throw .data(file: file, reason: "\(error)") }
    }

    func rows<Value>(_ make: (Row) throws(DemoError) -> Value) throws(DemoError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(records.count)
        for record in records { values.append(try make(Row(table: self, record: record))) }
        return values
    }
}

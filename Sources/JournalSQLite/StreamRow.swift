import GRDB
import Journal

/// A row of table `stream`: what the writer must know of a stream to append to it.
struct StreamRow {
    let number: Int64
    let id: String
    let epoch: String
    var base: UInt64
    var baseTag: UInt64
    var head: UInt64
    var headTag: UInt64
    var cellsTag: UInt64
    /// The current snapshot's sequence.
    var snapshot: UInt64?

    init(number: Int64, id: String, epoch: String) {
        self.number = number
        self.id = id
        self.epoch = epoch
        base = 0
        head = 0
        cellsTag = 0
        baseTag = Checksum.start(stream: id, epoch: epoch)
        headTag = baseTag
    }

    /// Reads `number, id, epoch, base, base_tag, head, head_tag, cells_tag, snapshot, seal`, and checks the
    /// seal.
    init(_ row: Row) throws {
        number = try row.integer(0)
        id = try row.text(1)
        epoch = try row.text(2)
        base = try row.tag(3)
        baseTag = try row.tag(4)
        head = try row.tag(5)
        headTag = try row.tag(6)
        cellsTag = try row.tag(7)
        let snapshot = try row.integer(8)
        self.snapshot = snapshot < 0 ? nil : UInt64(snapshot)
        guard try row.tag(9) == seal, base <= head, base <= self.snapshot ?? 0 else {
            throw JournalError.damaged(stream: id, reason: "the stream's row does not match its check value")
        }
    }

    var part: Int { Schema.part(of: number) }

    /// The check value of the row itself.
    var seal: UInt64 {
        var bytes = Array(id.utf8) + [0] + Array(epoch.utf8) + [0]
        for word in [UInt64(bitPattern: number), base, baseTag, head, headTag, cellsTag, snapshot ?? .max] {
            withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return Checksum.sipHash(bytes, 1, 0)
    }

    /// The check value of one of the stream's cells.
    func tag(ofCell key: String, value: [UInt8]) -> UInt64 {
        Checksum.sipHash(Array(key.utf8) + [0] + value, UInt64(bitPattern: number), 2)
    }

    /// The check value of one of the stream's snapshots.
    func tag(of snapshot: Snapshot) -> UInt64 {
        Checksum.sipHash(
            snapshot.bytes, UInt64(bitPattern: number), snapshot.sequence ^ (UInt64(snapshot.format) << 32))
    }

    /// The check value of a directory entry that leads to the stream.
    func tag(ofEntry key: String) -> UInt64 {
        Checksum.sipHash(Array(key.utf8), UInt64(bitPattern: number), 3)
    }
}

extension Row {
    /// An integer column; a damaged file may hold anything, and GRDB's own conversions trap on it.
    func integer(_ index: Int) throws -> Int64 {
        let value: DatabaseValue = self[index]
        guard case .int64(let number) = value.storage else { throw Damage.type }
        return number
    }

    /// A 64-bit pattern, stored as a signed integer.
    func tag(_ index: Int) throws -> UInt64 { UInt64(bitPattern: try integer(index)) }

    /// A text column.
    func text(_ index: Int) throws -> String {
        let value: DatabaseValue = self[index]
        guard case .string(let text) = value.storage else { throw Damage.type }
        return text
    }

    /// A blob column.
    func bytes(_ index: Int) throws -> [UInt8] {
        let value: DatabaseValue = self[index]
        guard case .blob(let data) = value.storage else { throw Damage.type }
        return Array(data)
    }
}

/// Damage found where it cannot be pinned to a stream; unlike a ``JournalError`` it undoes the whole
/// transaction.
enum Damage: Error {
    case type
    case cell
}

import Foundation

/// Reads SQLite's write-ahead log as it lies in the file, before SQLite does.
///
/// SQLite takes the first frame that does not match its check value for the place where a crash cut the log off, and drops it
/// and all that follows. That is right for the last transaction, which may not have been synced. It is wrong for one before it:
/// the next transaction is written only when the one before has been synced, so a broken frame before a whole later
/// transaction was damaged on the disk, and what was dropped had been promised. The format is that of
/// https://www.sqlite.org/fileformat2.html#the_write_ahead_log.
struct WriteAheadLog {
    private static let headerByteCount = 32
    private static let frameHeaderByteCount = 24

    private let bytes: UnsafeRawBufferPointer
    /// Whether check values are of words with the highest byte first.
    private let isBigEndian: Bool
    private let pageByteCount: Int

    /// Looks for what shows that a log was damaged after it was written.
    ///
    /// - Parameter path: The log; there need be none.
    /// - Returns: What is wrong, for the operator; nil if nothing shows damage.
    /// - Throws: What reading the file throws.
    static func damage(at path: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        return data.withUnsafeBytes { bytes in
            // Until its header has been synced a log has no frames.
            guard bytes.count > headerByteCount + frameHeaderByteCount else { return nil }
            guard let log = WriteAheadLog(bytes) else { return "its header does not match its check value" }
            return log.damage()
        }
    }

    /// Reads the header; nil if it is not as it was written.
    private init?(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        let magic = Self.word(bytes, 0)
        pageByteCount = Int(Self.word(bytes, 8))
        isBigEndian = magic & 1 == 1
        guard magic & ~1 == 0x377f_0682, (512...65_536).contains(pageByteCount),
            checked(0..<24, after: (0, 0)) == (Self.word(bytes, 24), Self.word(bytes, 28))
        else { return nil }
    }

    private func damage() -> String? {
        var last = (Self.word(bytes, 24), Self.word(bytes, 28))
        var number = 0
        // SQLite's way, to the first frame that does not fit.
        while number < frameCount, hasSalts(number) == (true, true) {
            let value = checked(number, after: last)
            guard value == stored(number) else { break }
            last = value
            number += 1
        }
        let broken = number
        // A transaction's last frame tells the database's size. If the frame behind one is chained to it, both were written.
        while number + 1 < frameCount {
            let next = number + 1
            // Frames of the log's earlier rounds have neither salt; one that is changed by a byte has one of them.
            if isCommit(number), hasSalts(next) != (false, false) {
                let isChained =
                    stored(next) == checked(next, after: stored(number))
                    // The check value itself may be what was damaged.
                    || (number == broken
                        && stored(next) == checked(next, after: checked(number, after: last)))
                if isChained {
                    return
                        "frame \(broken + 1) of \(frameCount) does not match its check value, and what follows does"
                }
            }
            number = next
        }
        return nil
    }

    private var frameCount: Int {
        (bytes.count - Self.headerByteCount) / (Self.frameHeaderByteCount + pageByteCount)
    }

    private func offset(_ frame: Int) -> Int {
        Self.headerByteCount + frame * (Self.frameHeaderByteCount + pageByteCount)
    }

    /// Whether each of a frame's two salts is the log's.
    private func hasSalts(_ frame: Int) -> (Bool, Bool) {
        let offset = offset(frame)
        return (
            Self.word(bytes, offset + 8) == Self.word(bytes, 16),
            Self.word(bytes, offset + 12) == Self.word(bytes, 20)
        )
    }

    private func isCommit(_ frame: Int) -> Bool { Self.word(bytes, offset(frame) + 4) != 0 }

    private func stored(_ frame: Int) -> (UInt32, UInt32) {
        (Self.word(bytes, offset(frame) + 16), Self.word(bytes, offset(frame) + 20))
    }

    /// The check value of a frame: of its first eight bytes and its page.
    private func checked(_ frame: Int, after last: (UInt32, UInt32)) -> (UInt32, UInt32) {
        let offset = offset(frame)
        let page = offset + Self.frameHeaderByteCount
        return checked(page..<page + pageByteCount, after: checked(offset..<offset + 8, after: last))
    }

    private func checked(_ range: Range<Int>, after last: (UInt32, UInt32)) -> (UInt32, UInt32) {
        var (first, second) = last
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
            first &+= checkedWord(offset) &+ second
            second &+= checkedWord(offset + 4) &+ first
        }
        return (first, second)
    }

    private func checkedWord(_ offset: Int) -> UInt32 {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}

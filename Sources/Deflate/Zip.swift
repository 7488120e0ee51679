internal import CZlib

/// A file that goes into an archive.
public struct ZipFile: Hashable, Sendable {
    /// Its name in the archive: relative, parts separated by `/`.
    public var name: String
    /// What it holds.
    public var bytes: [UInt8]

    /// Makes a file.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// A point in time as a ZIP archive has it: by the calendar, without a zone, to two seconds, from 1980 to 2107.
public struct ZipTime: Hashable, Sendable {
    var date: UInt16
    var time: UInt16

    /// Makes a time; years outside the range are brought into it.
    public init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        let year = min(max(year, 1980), 2107)
        date = UInt16((year - 1980) << 9 | month << 5 | day)
        time = UInt16(hour << 11 | minute << 5 | second / 2)
    }
}

/// Why files do not make an archive.
public enum ZipError: Error, Hashable, Sendable {
    /// More than 65,535 files, a name of more than 65,535 bytes, or 4 GiB: what the format holds without its extension ZIP64.
    case tooLarge
    /// A name that stands twice, is empty, or leads out of the folder that the archive is unpacked in.
    case badName(String)
}

/// Makes a ZIP archive (APPNOTE.TXT 6.3, the part of it that every reader knows): each file deflated, or stored where that is
/// shorter, names in UTF-8, readable by all and writable by the owner. The same files and time give the same bytes.
///
/// Only writing is here. Like any allocation in Swift it traps when memory is out.
///
/// - Parameters:
///   - files: The files, in the order of the archive.
///   - modified: The time that each is given.
/// - Returns: The archive.
/// - Throws: ``ZipError``.
public func zip(_ files: [ZipFile], modified: ZipTime) throws(ZipError) -> [UInt8] {
    guard files.count <= UInt16.max else { throw .tooLarge }
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    var names: Set<String> = []
    for file in files {
        guard isSafe(file.name), names.insert(file.name).inserted else { throw .badName(file.name) }
        let name = Array(file.name.utf8)
        let packed = deflated(file.bytes, windowBits: -15, level: 6)
        let isStored = packed.count >= file.bytes.count
        let body = isStored ? file.bytes : packed
        guard name.count <= UInt16.max, let offset = UInt32(exactly: archive.count),
            let size = UInt32(exactly: file.bytes.count), let packedSize = UInt32(exactly: body.count)
        else { throw .tooLarge }

        // What stands in both headers alike: from the version that is needed to the length of the extra field.
        var common: [UInt8] = []
        common.append(little: 20 as UInt16)  // 2.0, which deflates
        common.append(little: 1 << 11 as UInt16)  // the name is in UTF-8
        common.append(little: isStored ? 0 : 8 as UInt16)
        common.append(little: modified.time)
        common.append(little: modified.date)
        common.append(little: checksum(file.bytes))
        common.append(little: packedSize)
        common.append(little: size)
        common.append(little: UInt16(name.count))
        common.append(little: 0 as UInt16)

        archive.append(little: 0x0403_4B50 as UInt32)
        archive += common + name + body

        directory.append(little: 0x0201_4B50 as UInt32)
        directory.append(little: 3 << 8 | 20 as UInt16)  // made under Unix, so that the rights below count
        directory += common
        directory.append(little: 0 as UInt16)  // no comment
        directory.append(little: 0 as UInt16)  // the first disk
        directory.append(little: 0 as UInt16)  // not known to be text
        directory.append(little: 0o100644 << 16 as UInt32)
        directory.append(little: offset)
        directory += name
    }
    guard let start = UInt32(exactly: archive.count), let count = UInt32(exactly: directory.count) else {
        throw .tooLarge
    }
    archive += directory
    archive.append(little: 0x0605_4B50 as UInt32)
    archive.append(little: 0 as UInt32)  // one disk
    archive.append(little: UInt16(files.count))
    archive.append(little: UInt16(files.count))
    archive.append(little: count)
    archive.append(little: start)
    archive.append(little: 0 as UInt16)  // no comment
    return archive
}

/// Whether a name stays inside the folder that the archive is unpacked in, on every system.
private func isSafe(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return !name.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: ":") }
        && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
}

/// The checksum of ZIP and gzip.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) })
}

extension [UInt8] {
    fileprivate mutating func append(little value: some FixedWidthInteger) {
        for shift in stride(from: 0, to: value.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}

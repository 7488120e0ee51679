import Deflate
import Foundation

/// A ZIP archive read again, by its central directory as readers do; only what our own writer makes.
struct Unzipped {
    struct Failure: Error {}

    private(set) var files: [(name: String, bytes: [UInt8])] = []

    init(_ archive: [UInt8]) throws {
        func number(_ offset: Int, _ count: Int) throws -> Int {
            guard offset >= 0, offset + count <= archive.count else { throw Failure() }
            return archive[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        let end = archive.count - 22
        guard try number(end, 4) == 0x0605_4B50 else { throw Failure() }
        var place = try number(end + 16, 4)
        for _ in 0..<(try number(end + 10, 2)) {
            guard try number(place, 4) == 0x0201_4B50 else { throw Failure() }
            let (packed, size) = (try number(place + 20, 4), try number(place + 24, 4))
            let nameLength = try number(place + 28, 2)
            let name = String(decoding: archive[place + 46..<place + 46 + nameLength], as: UTF8.self)
            let header = try number(place + 42, 4)
            let start = header + 30 + (try number(header + 26, 2)) + (try number(header + 28, 2))
            let body = Array(archive[start..<start + packed])
            let isStored = try number(place + 10, 2) == 0
            files.append(
                (name, isStored ? body : try InflateStream(messageByteCountLimit: 64 << 20).decompress(body)))
            guard files.last?.bytes.count == size else { throw Failure() }
            place += 46 + nameLength
        }
    }

    subscript(name: String) -> [UInt8]? { files.first { $0.name == name }?.bytes }
}

/// Runs a program of the system on files in a folder of its own.
enum Tool {
    /// Whether it is there.
    static func exists(_ name: String) -> Bool { path(name) != nil }

    private static func path(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
            .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Its exit status and all that it printed.
    static func run(_ name: String, _ arguments: [String], in folder: URL) throws -> (
        status: Int32, output: String
    ) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path(name) ?? "/usr/bin/\(name)")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

import Testing

@testable import Deflate

struct ZipTests {
    private let time = ZipTime(year: 2026, month: 11, day: 28, hour: 9, minute: 5, second: 31)

    @Test("the bytes of a small archive are what APPNOTE.TXT 4.3 says, field by field")
    func bytes() throws {
        let archive = try zip([ZipFile(name: "å.txt", bytes: Array("ab".utf8))], modified: time)
        let fields: [UInt8] = [
            20, 0, 0, 8, 0, 0,  // version 2.0, names in UTF-8, stored
            0xAF, 0x48, 0x7C, 0x5D,  // 09:05:30, 2026-11-28
            0x6D, 0x48, 0x83, 0x9E,  // the CRC-32 of "ab"
            2, 0, 0, 0, 2, 0, 0, 0, 6, 0, 0, 0,
        ]
        let name = Array("å.txt".utf8)
        let file: [UInt8] = [0x50, 0x4B, 3, 4] + fields + name + Array("ab".utf8)
        let directory: [UInt8] =
            [0x50, 0x4B, 1, 2, 20, 3] + fields + [0, 0, 0, 0, 0, 0, 0, 0, 0xA4, 0x81, 0, 0, 0, 0] + name
        let end: [UInt8] =
            [
                0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, UInt8(directory.count), 0, 0, 0, UInt8(file.count),
                0, 0, 0,
            ]
            + [0, 0]
        #expect(archive == file + directory + end)
    }

    @Test("what shrinks is deflated, what does not is stored, and nothing is nothing")
    func packing() throws {
        let text = [UInt8](repeating: 97, count: 60_000)
        let archive = try zip(
            [
                ZipFile(name: "a", bytes: text), ZipFile(name: "b", bytes: []),
                ZipFile(name: "c/d", bytes: [1]),
            ],
            modified: time)
        #expect(archive.count < 1_000)
        #expect(archive[8] == 8)
        #expect(try InflateStream().decompress(deflated(text, windowBits: -15, level: 6)) == text)
        #expect(try zip([], modified: time).count == 22)
    }

    @Test(
        "a name that stands twice or leads out of the folder is refused",
        arguments: [
            "", "/a", "a/", "../a", "a/../b", "a//b", ".", "a\\b", "c:a", "a\nb",
        ])
    func badNames(name: String) {
        #expect(throws: ZipError.badName(name)) {
            try zip([ZipFile(name: name, bytes: [])], modified: time)
        }
        let twice = ZipFile(name: "a", bytes: [])
        #expect(throws: ZipError.badName("a")) { try zip([twice, twice], modified: time) }
    }

    @Test("years that the format does not have are brought into it")
    func years() {
        let early = ZipTime(year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0)
        #expect(early.date == 0x21 && early.time == 0)
    }
}

import Foundation
import TestKit
import Testing

@testable import QRCode

@Suite("QR codes")
struct QRCodeTests {
    static let address = "https://verksted.example.no/#B7KX-92QF"

    @Test("a code has the three finder patterns, and light outside")
    func finders() throws {
        let matrix = try QRMatrix(Self.address)
        #expect(matrix.size >= 21 && (matrix.size - 17) % 4 == 0)
        for (x, y) in [(0, 0), (matrix.size - 7, 0), (0, matrix.size - 7)] {
            for step in 0..<7 {
                #expect(matrix.isDark(x + step, y) && matrix.isDark(x + step, y + 6))
                #expect(matrix.isDark(x, y + step) && matrix.isDark(x + 6, y + step))
            }
            #expect(!matrix.isDark(x + 1, y + 1) && matrix.isDark(x + 3, y + 3))
        }
        #expect(!matrix.isDark(-1, 0) && !matrix.isDark(0, matrix.size) && !matrix.isDark(.max, .min))
    }

    @Test("text that fits no code is refused, and the longest that fits is not")
    func limits() throws {
        #expect(throws: QRError.unsuitableText) { try QRMatrix("") }
        #expect(throws: QRError.unsuitableText) { try QRMatrix("a\0b") }
        #expect(try QRMatrix(String(repeating: "x", count: 2331)).size == 177)
        #expect(throws: QRError.tooLong(byteCount: 2332)) {
            try QRMatrix(String(repeating: "x", count: 2332))
        }
        #expect(throws: QRError.tooLong(byteCount: 100_000)) {
            try QRMatrix(String(repeating: "1", count: 100_000))
        }
    }

    @Test("the SVG path paints exactly the dark modules, four modules inside its box")
    func svg() throws {
        let matrix = try QRMatrix(Self.address)
        let svg = matrix.svg()
        #expect(svg.contains("viewBox=\"0 0 \(matrix.size + 8) \(matrix.size + 8)\""))
        #expect(!svg.contains("style") && svg.components(separatedBy: "<path").count == 2)
        let path = try #require(svg.firstMatch(of: /d="([^"]*)"/)?.output.1)
        var painted: Set<[Int]> = []
        for run in path.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
            let (_, x, y, width, back) = run.output
            #expect(width == back)
            let (left, top, count) = (try #require(Int(x)), try #require(Int(y)), try #require(Int(width)))
            for column in left..<(left + count) { painted.insert([column - 4, top - 4]) }
        }
        var dark: Set<[Int]> = []
        for y in 0..<matrix.size {
            for x in 0..<matrix.size where matrix.isDark(x, y) { dark.insert([x, y]) }
        }
        #expect(painted == dark)
    }

    @Test(
        "terminal text draws two rows a line, light on dark or dark on light",
        arguments: TerminalBackground.allCases)
    func terminal(background: TerminalBackground) throws {
        let matrix = try QRMatrix(Self.address)
        let lines = matrix.terminalText(on: background).split(separator: "\n").map(Array.init)
        #expect(lines.count == (matrix.size + 4 + 1) / 2)
        #expect(lines.allSatisfy { $0.count == matrix.size + 4 })
        for y in -2..<(matrix.size + 2) {
            for x in -2..<(matrix.size + 2) {
                let cell = lines[(y + 2) / 2][x + 2]
                let isDrawn = cell == "█" || cell == ((y + 2) % 2 == 0 ? "▀" : "▄")
                #expect(isDrawn == (matrix.isDark(x, y) == (background == .light)))
            }
        }
    }

    @Test(
        "a decoder of another make reads the text back",
        .enabled(if: QRDecoder.path != nil, "zbarimg (Debian's zbar-tools) is not installed"),
        arguments: [address, "HTTPS://VERKSTED.NO/12", String(repeating: "lang tekst ", count: 60)])
    func decoded(text: String) throws {
        #expect(try QRDecoder.read(try QRMatrix(text)) == text)
    }
}

/// zbarimg, where it is installed.
private enum QRDecoder {
    static let path = ["/usr/bin/zbarimg", "/usr/local/bin/zbarimg"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    static func read(_ matrix: QRMatrix) throws -> String {
        let (scale, side) = (4, (matrix.size + 8) * 4)
        var image = Data("P5 \(side) \(side) 255\n".utf8)
        for y in 0..<side {
            for x in 0..<side { image.append(matrix.isDark(x / scale - 4, y / scale - 4) ? 0 : 255) }
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "qr-\(UUID().uuidString).pgm")
        try image.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: try #require(path))
        process.arguments = ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.everything()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}

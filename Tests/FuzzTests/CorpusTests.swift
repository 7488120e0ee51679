import Foundation
import FuzzChecks
import Testing

@Suite("Fuzzing's corpus") struct CorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fuzz/Corpus")

    @Test("every input kept passes its checks", arguments: Checks.allCases)
    func passes(_ check: Checks) throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder.appendingPathComponent(check.rawValue), includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files { check.check(Array(try Data(contentsOf: file))) }
    }

    @Test("random bytes pass too", arguments: Checks.allCases)
    func passesRandom(_ check: Checks) {
        var state: UInt64 = 1
        for length in 0..<400 {
            let bytes = (0..<length % 97).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            check.check(bytes)
        }
    }
}

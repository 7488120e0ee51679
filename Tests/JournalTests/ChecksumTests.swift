import Journal
import Testing

@Suite("Checksum")
struct ChecksumTests {
    /// The example of the paper's appendix A, and the published value for an empty message under the same
    /// key.
    @Test(
        "SipHash-2-4 gives the published values",
        arguments: [
            (15, 0xa129_ca61_49be_45e5 as UInt64), (0, 0x726f_db47_dd0e_0e31),
        ])
    func published(byteCount: Int, hash: UInt64) {
        let message = (0..<byteCount).map { UInt8($0) }
        #expect(Checksum.sipHash(message, 0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908) == hash)
    }

    @Test("the chain depends on stream, epoch, place, bytes and all that came before")
    func chain() {
        let start = Checksum.start(stream: "w", epoch: "e")
        let one = Checksum.next(after: start, sequence: 1, record: [1])
        let values = [
            start, one, Checksum.start(stream: "we", epoch: ""), Checksum.start(stream: "w", epoch: "f"),
            Checksum.next(after: start, sequence: 2, record: [1]),
            Checksum.next(after: start, sequence: 1, record: [0]),
            Checksum.next(after: one, sequence: 2, record: [1]),
            Checksum.next(after: start, sequence: 1, record: [1, 0]),
        ]
        #expect(Set(values).count == values.count)
    }
}

import Journal
import Testing

@testable import JournalSQLite

@Suite("Schema")
struct SchemaTests {
    /// A start compares the definitions in the file with these, so an older file would be refused if a migration changed.
    @Test("the first migration is as it was, to the letter")
    func isUnchanged() {
        let text = Schema.expected.joined(separator: "\n")
        #expect(Schema.expected.count == 4 + 2 * Schema.partCount + 1)
        #expect(Checksum.sipHash(bytes(text), 0, 0) == 0x289c_aed4_611f_da5e)
    }
}

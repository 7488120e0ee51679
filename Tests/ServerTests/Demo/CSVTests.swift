import Testing

@testable import Demo

@Suite("CSV (RFC 4180)")
struct CSVTests {
    private func records(_ text: String) throws -> [[String]] {
        try CSV(Array(text.utf8)).records.map(\.fields)
    }

    @Test("fields are cut at commas, records at CRLF or LF, with or without an end at the end")
    func plain() throws {
        #expect(try records("a,b\r\nc,d\n") == [["a", "b"], ["c", "d"]])
        #expect(try records("a,b\nc,d") == [["a", "b"], ["c", "d"]])
        #expect(try records("") == [])
    }

    @Test("an empty field is kept, an empty line is no record")
    func empty() throws {
        #expect(try records("a,,\n\n,b\n") == [["a", "", ""], ["", "b"]])
        #expect(try records("\"\"\n") == [[""]])
    }

    @Test("a quoted field holds commas, line ends and doubled quotes")
    func quoted() throws {
        #expect(try records("1,\"a, \"\"b\"\"\nc\"\r\n2,d") == [["1", "a, \"b\"\nc"], ["2", "d"]])
    }

    @Test("a record knows the line it begins on, whatever the fields before held")
    func lines() throws {
        #expect(try CSV(Array("a\n\"b\n\nc\"\nd\n".utf8)).records.map(\.line) == [1, 2, 5])
    }

    @Test("a byte order mark is not part of the first field")
    func mark() throws {
        #expect(try CSV([0xEF, 0xBB, 0xBF] + Array("a,b".utf8)).records.map(\.fields) == [["a", "b"]])
    }

    @Test(
        "what is no CSV is refused with its line",
        arguments: [
            ("a\n\"b\nc", CSV.Fault.openQuote(line: 2)), ("a\n\"b\"c", .textAfterQuote(line: 2)),
            ("ab\"c", .quoteInside(line: 1)),
        ])
    func faults(text: String, fault: CSV.Fault) {
        #expect(throws: fault) { try CSV(Array(text.utf8)) }
    }
}

import TestKit
import Testing
import Workshop

@testable import Report

/// Reads the dialect of RFC 4180 with semicolons; strict.
private func read(_ bytes: [UInt8]) throws -> [[String]] {
    enum Failure: Error { case notCSV }
    guard bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { throw Failure.notCSV }
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var index = 3
    while index < bytes.count {
        let byte = bytes[index]
        index += 1
        let next = index < bytes.count ? bytes[index] : 0
        switch (byte, isQuoted) {
        case (0x22, true) where next == 0x22:
            cell.append(byte)
            index += 1
        case (0x22, true):
            guard next == 0x3B || next == 0x0D else { throw Failure.notCSV }
            isQuoted = false
        case (0x22, false):
            guard cell.isEmpty else { throw Failure.notCSV }
            isQuoted = true
        case (0x3B, false):
            row.append(String(decoding: cell, as: UTF8.self))
            cell = []
        case (0x0D, false):
            guard next == 0x0A else { throw Failure.notCSV }
            index += 1
            rows.append(row + [String(decoding: cell, as: UTF8.self)])
            row = []
            cell = []
        case (0x0A, false): throw Failure.notCSV
        default: cell.append(byte)
        }
    }
    guard cell.isEmpty, row.isEmpty, !isQuoted else { throw Failure.notCSV }
    return rows
}

struct CSVReportTests {
    @Test(
        "a cell that a spreadsheet would run gets an apostrophe",
        arguments: [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u{A0}=1", "＝1", "\u{FEFF}=1",
            "\u{0}=1",
        ])
    func neutral(text: String) { #expect(neutralised(text).hasPrefix("'")) }

    @Test("other cells stay as they are", arguments: ["1=1", "a-b", "(+)", "'=1", "", "å", "1\n=2"])
    func plain(text: String) { #expect(neutralised(text) == text) }

    @Test(
        "the tables read back: a row a note, as many cells in each, every text as written",
        arguments: languages)
    func readsBack(language: String) throws {
        let workshop = try HTMLReportTests.full()
        let findings = Findings(of: workshop)
        let words = try vocabulary(language)
        let rows = try read(CSVReport.notes(findings, in: words))
        #expect(rows.count == findings.sources.all + 1)
        #expect(Set(rows.map(\.count)).count == 1)
        #expect(Set(rows[0]).count == rows[0].count)
        let texts = rows.dropFirst().map { $0[5] }
        for (number, payload) in payloads.enumerated() where number != 3 {
            #expect(texts.contains(neutralised(payload)), "\(payload)")
        }
        for cell in rows.joined() where !isNumber(cell) { #expect(cell == neutralised(cell)) }
        let results = try read(CSVReport.results(findings, in: words))
        #expect(Set(results.map(\.count)).count == 1)
        #expect(results.count > 12)
    }

    private func isNumber(_ cell: String) -> Bool {
        cell.allSatisfy { $0.isNumber || $0 == "-" || $0 == "," || $0 == "." }
    }

    @Test("a note's row says what it got, its cluster's votes where clusters were voted on, hands apart")
    func figures() throws {
        var scene = try Scene(phases: openPhases)
        let anna = try scene.join()
        let bo = try scene.join()
        let note = try scene.write(anna, "a; \"b\"")
        try scene.act(facilitator, .createCluster(name: "C", notes: [note]))
        let dots = try scene.vote(
            .dots(budget: 3, cap: 2), on: .clusters, title: "D", [(anna, .cluster(ClusterID(1)), 2)],
            hands: [(.cluster(ClusterID(1)), value: 1, count: 7)])
        let scale = try scene.vote(
            .scale(low: 1, high: 9), on: .notes, title: "S", [(anna, .note(note), 2), (bo, .note(note), 5)])
        for round in [dots, scale] { try scene.act(facilitator, .revealRound(round)) }
        let rows = try read(CSVReport.notes(Findings(of: scene.workshop), in: vocabulary("nb")))
        #expect(
            rows[0].dropFirst(11) == [
                "D – gruppa: Prikker", "D – gruppa: Andel", "D – gruppa: Prikker (håndsopprekning)",
                "D – gruppa: Andel (håndsopprekning)", "S – Snitt", "S – Spredning", "S – Fra–til",
                "S – Svar",
            ])
        #expect(
            rows[1] == [
                "n1", "Ideas", "", "", "C", "a; \"b\"", "sol", "nb", "Skrevet på egen enhet", "nei",
                "2026-11-24T00:00:00Z", "2", "1,000", "7", "1,000", "3,500", "1,500", "2…5", "2",
            ])
    }

    @Test(
        "the moderation log says what was done and why, never the text, whose it was or who was taken out",
        arguments: languages)
    func moderation(language: String) throws {
        var phases = openPhases
        (phases[0].name, phases[0].isModerated) = ("=Write", true)
        var scene = try Scene(phases: phases)
        let anna = try scene.join(name: "Anna-Unik")
        for text in ["first-unik", "second-unik", "third-unik"] { _ = try scene.write(anna, text) }
        try scene.act(facilitator, .publishNote(NoteID(1)))
        for reason in RedactionReason.allCases { try scene.act(facilitator, .redactNote(NoteID(1), reason)) }
        try scene.act(facilitator, .restoreNote(NoteID(1)))
        try scene.act(facilitator, .eraseNote(NoteID(2)))
        try scene.act(facilitator, .setLock(true))
        try scene.act(facilitator, .removeParticipant(anna, withNotes: true))
        let words = try vocabulary(language)
        let file = CSVReport.moderation(scene.workshop, in: words)
        let rows = try read(file)
        #expect(rows.count == 1 + 1 + RedactionReason.allCases.count + 1 + 1 + 1)
        #expect(Set(rows.map(\.count)) == [6])
        #expect(rows[1] == ["2026-11-24T00:00:00Z", "n1", words(.actPublish), "", "'=Write", ""])
        #expect(rows[2][3] == words(.reasonPersonal))
        #expect(Set(rows.map { $0[3] }).count == RedactionReason.allCases.count + 2)
        #expect(rows.last == ["2026-11-24T00:00:00Z", "", words(.actRemovePerson), "", "", "2"])
        let text = String(decoding: file, as: UTF8.self)
        for secret in ["unik", "Unik", "p2"] { #expect(!text.contains(secret)) }
    }
}

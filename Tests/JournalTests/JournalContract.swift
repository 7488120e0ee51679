import Journal
import Testing

/// What every journal promises; the numbers are those of the list at ``Journal``.
@Suite("Journal contract", .timeLimit(.minutes(2)))
struct JournalContract {
    @Test("[1] records come back in order, with sequences 1, 2, 3", arguments: JournalMaker.allCases)
    func order(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            #expect(try await journal.create(.records("w", after: 0, "a", "b"), epoch: "e1") == 2)
            #expect(try await journal.append(.records("w", after: 2, "", "d")) == 4)
            let contents = try await journal.load("w")
            #expect(contents.epoch == "e1")
            #expect(contents.head == 4)
            #expect(contents.records.map(\.sequence) == [1, 2, 3, 4])
            #expect(contents.records.map(\.bytes) == [bytes("a"), bytes("b"), [], bytes("d")])
            #expect(try await journal.records(of: "w", after: 1, limit: 2).map(\.sequence) == [2, 3])
            #expect(try await journal.records(of: "w", after: 4, limit: 2) == [])
            try await journal.verify()
        }
    }

    @Test("[1] any byte can be in a record, a cell and a snapshot", arguments: JournalMaker.allCases)
    func opaque(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            let all = (0...255).map { UInt8($0) }
            try await journal.create(
                Append(
                    stream: "w", expected: 0, records: [all],
                    cells: [.put(key: "k", value: all), .put(key: "e", value: [])]),
                epoch: "e")
            try await journal.saveSnapshot(Snapshot(sequence: 0, format: .max, bytes: all), of: "w")
            let contents = try await journal.load("w")
            #expect(contents.records == [Record(sequence: 1, bytes: all)])
            #expect(contents.cells == [Cell(key: "e", value: []), Cell(key: "k", value: all)])
            #expect(contents.snapshot == Snapshot(sequence: 0, format: .max, bytes: all))
        }
    }

    @Test("[2] a conflict stores nothing of the append", arguments: JournalMaker.allCases)
    func conflict(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            try await journal.create(
                Append(stream: "w", expected: 0, records: [[1]], cells: [.put(key: "k", value: [1])]),
                epoch: "e")
            let before = try await journal.load("w")
            for expected in [0, 2, UInt64.max] {
                await #expect(throws: JournalError.conflict(actual: 1)) {
                    try await journal.append(
                        Append(
                            stream: "w", expected: expected, records: [[9]],
                            cells: [.put(key: "x", value: [9]), .erase(key: "k")],
                            directory: [.put(key: "code")]))
                }
            }
            #expect(try await journal.load("w") == before)
            #expect(try await journal.lookUp("code") == nil)
        }
    }

    @Test("[2] a stream is created once, after nothing, and unknown before", arguments: JournalMaker.allCases)
    func creation(maker: JournalMaker) async throws {
        try await maker.withJournal { journal async throws in
            await #expect(throws: JournalError.unknownStream) {
                try await journal.append(.records("w", after: 0, "a"))
            }
            await #expect(throws: JournalError.unknownStream) { try await journal.load("w") }
            await #expect(throws: JournalError.conflict(actual: 0)) {
                try await journal.create(.records("w", after: 1, "a"), epoch: "e")
            }
            await #expect(throws: JournalError.unknownStream) { try await journal.load("w") }
            #expect(try await journal.create(Append(stream: "w", expected: 0), epoch: "e") == 0)
            #expect(try await journal.load("w") == StreamContents(stream: "w", epoch: "e", head: 0))
            await #expect(throws: JournalError.conflict(actual: 0)) {
                try await journal.create(.records("w", after: 0, "a"), epoch: "e2")
            }
        }
    }

    @Test("[2] cells change with the append, in the order given", arguments: JournalMaker.allCases)
    func cells(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            try await journal.create(
                Append(
                    stream: "w", expected: 0,
                    cells: [
                        .put(key: "b/1", value: [1]), .put(key: "b/2", value: [2]),
                        .put(key: "b", value: [3]),
                        .put(key: "c/1", value: [4]),
                    ]), epoch: "e")
            try await journal.create(
                Append(stream: "v", expected: 0, cells: [.put(key: "b/1", value: [7])]), epoch: "e")
            #expect(
                try await journal.append(
                    Append(stream: "w", expected: 0, cells: [.put(key: "b/1", value: [5])])) == 0)
            #expect(try await journal.load("w").cells.map(\.value) == [[3], [5], [2], [4]])
            try await journal.append(
                Append(
                    stream: "w", expected: 0, records: [[1]],
                    cells: [.erasePrefix("b/"), .put(key: "b/9", value: [9]), .erase(key: "absent")]))
            #expect(try await journal.load("w").cells.map(\.key) == ["b", "b/9", "c/1"])
            try await journal.append(Append(stream: "w", expected: 1, cells: [.erasePrefix("")]))
            #expect(try await journal.load("w").cells == [])
            #expect(try await journal.load("v").cells == [Cell(key: "b/1", value: [7])])
            try await journal.verify()
        }
    }

    @Test("[2] a directory key leads to one stream", arguments: JournalMaker.allCases)
    func directory(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            try await journal.create(
                Append(stream: "w", expected: 0, directory: [.put(key: "code")]), epoch: "e")
            #expect(try await journal.lookUp("code") == "w")
            let taken = JournalError.directoryTaken(key: "code")
            await #expect(throws: taken) {
                try await journal.create(
                    Append(stream: "v", expected: 0, records: [[1]], directory: [.put(key: "code")]),
                    epoch: "e")
            }
            await #expect(throws: JournalError.unknownStream) { try await journal.load("v") }
            try await journal.create(Append(stream: "v", expected: 0), epoch: "e")
            for change in [DirectoryChange.put(key: "code"), .remove(key: "code")] {
                await #expect(throws: taken) {
                    try await journal.append(
                        Append(
                            stream: "v", expected: 0, records: [[1]], cells: [.put(key: "k", value: [1])],
                            directory: [.put(key: "other"), change]))
                }
            }
            #expect(try await journal.load("v") == StreamContents(stream: "v", epoch: "e", head: 0))
            #expect(try await journal.lookUp("other") == nil)
            try await journal.append(
                Append(
                    stream: "w", expected: 0,
                    directory: [.put(key: "code"), .remove(key: "code"), .remove(key: "none")]))
            #expect(try await journal.lookUp("code") == nil)
            try await journal.append(Append(stream: "v", expected: 0, directory: [.put(key: "code")]))
            #expect(try await journal.lookUp("code") == "v")
        }
    }

    @Test(
        "[3] appends handed in without waiting happen in order, and a refused one harms no other",
        arguments: JournalMaker.allCases)
    func pipeline(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            for stream in ["a", "b"] {
                try await journal.create(Append(stream: stream, expected: 0), epoch: "e")
            }
            let results = await withCheckedContinuation { continuation in
                let answers = Answers(count: 300) { continuation.resume(returning: $0) }
                for index in 0..<100 {
                    let next = UInt64(index)
                    journal.append(.records("a", after: next, "\(index)")) { answers.add(3 * index, $0) }
                    journal.append(.records("a", after: 1_000, "wrong")) { answers.add(3 * index + 1, $0) }
                    journal.append(.records("b", after: next, "\(index)")) { answers.add(3 * index + 2, $0) }
                }
            }
            for index in 0..<100 {
                let next = UInt64(index) + 1
                #expect(results[3 * index] == .success(next))
                #expect(results[3 * index + 1] == .failure(.conflict(actual: next)))
                #expect(results[3 * index + 2] == .success(next))
            }
            for stream in ["a", "b"] {
                #expect(
                    try await journal.load(stream).records.map(\.bytes) == (0..<100).map { bytes("\($0)") })
            }
        }
    }

    @Test("[3] many writers lose nothing and double nothing", arguments: JournalMaker.allCases)
    func concurrency(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            let streams = ["a", "b", "c"]
            for stream in streams {
                try await journal.create(Append(stream: stream, expected: 0), epoch: "e")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<12 {
                    group.addTask {
                        let stream = streams[writer % streams.count]
                        var head: UInt64 = 0
                        for turn in 0..<25 {
                            while true {
                                do throws(JournalError) {
                                    head = try await journal.append(
                                        .records(
                                            stream, after: head, "\(writer)/\(turn)/0", "\(writer)/\(turn)/1")
                                    )
                                    break
                                } catch {
                                    guard case .conflict(let actual) = error else { throw error }
                                    head = actual
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            for (index, stream) in streams.enumerated() {
                let texts = try await journal.load(stream).records.map {
                    String(decoding: $0.bytes, as: UTF8.self)
                }
                #expect(texts.count == 4 * 25 * 2)
                for writer in stride(from: index, to: 12, by: 3) {
                    let own = texts.filter { $0.hasPrefix("\(writer)/") }
                    #expect(own == (0..<25).flatMap { ["\(writer)/\($0)/0", "\(writer)/\($0)/1"] })
                }
            }
            try await journal.verify()
        }
    }

    @Test("[4] a purge needs a snapshot, and leaves what comes after it", arguments: JournalMaker.allCases)
    func snapshotAndPurge(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            try await journal.create(.records("w", after: 0, "1", "2", "3", "4", "5"), epoch: "e")
            await #expect(throws: JournalError.limit(.range(through: 1))) {
                try await journal.purge("w", through: 1)
            }
            await #expect(throws: JournalError.limit(.range(through: 6))) {
                try await journal.saveSnapshot(Snapshot(sequence: 6, format: 1, bytes: [6]), of: "w")
            }
            let three = Snapshot(sequence: 3, format: 1, bytes: [3])
            try await journal.saveSnapshot(three, of: "w")
            try await journal.saveSnapshot(Snapshot(sequence: 2, format: 1, bytes: [2]), of: "w")
            var contents = try await journal.load("w")
            #expect(contents.snapshot == three)
            #expect(contents.records.map(\.sequence) == [4, 5])
            #expect(try await journal.records(of: "w", after: 0, limit: 9).count == 5)
            await #expect(throws: JournalError.limit(.range(through: 4))) {
                try await journal.purge("w", through: 4)
            }
            try await journal.purge("w", through: 2)
            try await journal.purge("w", through: 1)
            await #expect(throws: JournalError.purged(through: 2)) {
                try await journal.records(of: "w", after: 1, limit: 9)
            }
            #expect(try await journal.records(of: "w", after: 2, limit: 9).map(\.sequence) == [3, 4, 5])
            try await journal.verify()
            try await journal.saveSnapshot(Snapshot(sequence: 5, format: 2, bytes: [5]), of: "w")
            try await journal.purge("w", through: 5)
            contents = try await journal.load("w")
            #expect(contents.purged == 5 && contents.head == 5 && contents.records == [])
            #expect(try await journal.append(.records("w", after: 5, "6")) == 6)
            contents = try await journal.load("w")
            #expect(contents.snapshot?.format == 2 && contents.epoch == "e")
            #expect(contents.records == [Record(sequence: 6, bytes: bytes("6"))])
            try await journal.verify()
        }
    }

    @Test("[4] an erased stream is gone, with its keys, and its id is free", arguments: JournalMaker.allCases)
    func erasure(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            for stream in ["v", "w"] {
                try await journal.create(
                    Append(
                        stream: stream, expected: 0, records: [bytes(stream)],
                        cells: [.put(key: "k", value: [1])],
                        directory: [.put(key: "code-" + stream)]), epoch: "old")
                try await journal.saveSnapshot(Snapshot(sequence: 1, format: 1, bytes: [1]), of: stream)
            }
            let kept = try await journal.load("v")
            try await journal.erase("w")
            await #expect(throws: JournalError.unknownStream) { try await journal.load("w") }
            await #expect(throws: JournalError.unknownStream) { try await journal.erase("w") }
            #expect(try await journal.lookUp("code-w") == nil)
            #expect(try await journal.lookUp("code-v") == "v")
            #expect(try await journal.load("v") == kept)
            #expect(try await journal.streams(after: nil, limit: 9) == ["v"])
            try await journal.create(.records("w", after: 0, "new"), epoch: "new")
            #expect(
                try await journal.load("w")
                    == StreamContents(
                        stream: "w", epoch: "new", head: 1,
                        records: [Record(sequence: 1, bytes: bytes("new"))]))
            try await journal.verify()
        }
    }

    @Test("streams are listed by id, page by page", arguments: JournalMaker.allCases)
    func listing(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            for stream in ["b", "a", "B", "c", "_"] {
                try await journal.create(Append(stream: stream, expected: 0), epoch: "e")
            }
            #expect(try await journal.streams(after: nil, limit: 3) == ["B", "_", "a"])
            #expect(try await journal.streams(after: "a", limit: 3) == ["b", "c"])
            #expect(try await journal.streams(after: "c", limit: 3) == [])
        }
    }

    @Test("a page ends after a MiB, but holds at least one record", arguments: JournalMaker.allCases)
    func pages(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            let record = [UInt8](repeating: 7, count: JournalLimits.pageByteCount / 16)
            try await journal.create(
                Append(stream: "w", expected: 0, records: Array(repeating: record, count: 40)), epoch: "e")
            #expect(try await journal.records(of: "w", after: 0, limit: .max).count == 16)
            #expect(try await journal.records(of: "w", after: 0, limit: .min).count == 1)
            #expect(try await journal.load("w").records.count == 40)
        }
    }

    @Test("each limit holds at its number and breaks one beyond", arguments: JournalMaker.allCases)
    func limits(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            let longest = String(repeating: "k", count: JournalLimits.keyByteCount)
            func run(_ count: Int) -> [UInt8] { [UInt8](repeating: 1, count: count) }
            try await journal.create(
                Append(
                    stream: String(repeating: "s", count: JournalLimits.streamByteCount), expected: 0,
                    records: [run(JournalLimits.recordByteCount)],
                    cells: [.put(key: longest, value: run(JournalLimits.cellByteCount))],
                    directory: [.put(key: longest)]),
                epoch: String(repeating: "e", count: JournalLimits.epochByteCount))
            try await journal.create(
                Append(
                    stream: "w", expected: 0,
                    records: Array(repeating: [1], count: JournalLimits.changesPerAppend)),
                epoch: "e")
            let refused: [(Append, JournalLimit)] = [
                (Append(stream: "", expected: 0), .stream),
                (Append(stream: "a b", expected: 0), .stream),
                (Append(stream: "å", expected: 0), .stream),
                (Append(stream: String(repeating: "s", count: 65), expected: 0), .stream),
                (
                    Append(stream: "w", expected: 1_000, records: [run((1 << 20) + 1)]),
                    .record(byteCount: (1 << 20) + 1)
                ),
                (
                    Append(stream: "w", expected: 1_000, records: Array(repeating: [], count: 1_001)),
                    .changes(count: 1_001)
                ),
                (
                    Append(stream: "w", expected: 1_000, cells: [.put(key: "k", value: run(16_385))]),
                    .cell(byteCount: 16_385)
                ),
                (Append(stream: "w", expected: 1_000, cells: [.put(key: "", value: [])]), .key),
                (Append(stream: "w", expected: 1_000, cells: [.erase(key: longest + "k")]), .key),
                (Append(stream: "w", expected: 1_000, cells: [.erasePrefix("\u{7F}")]), .key),
                (Append(stream: "w", expected: 1_000, directory: [.put(key: "\n")]), .key),
                (Append(stream: "w", expected: 1_000, directory: [.remove(key: longest + "k")]), .key),
            ]
            for (append, limit) in refused {
                await #expect(throws: JournalError.limit(limit)) { try await journal.append(append) }
            }
            await #expect(throws: JournalError.limit(.epoch)) {
                try await journal.create(Append(stream: "n", expected: 0), epoch: "")
            }
            let huge = Snapshot(sequence: 1, format: 1, bytes: run(JournalLimits.snapshotByteCount + 1))
            await #expect(throws: JournalError.limit(.snapshot(byteCount: huge.bytes.count))) {
                try await journal.saveSnapshot(huge, of: "w")
            }
            #expect(try await journal.load("w").head == 1_000)
        }
    }

    @Test("a closed journal refuses everything, and closing twice is fine", arguments: JournalMaker.allCases)
    func closing(maker: JournalMaker) async throws {
        try await maker.withJournal { journal in
            try await journal.create(.records("w", after: 0, "a"), epoch: "e")
            try await journal.close()
            try await journal.close()
            await #expect(throws: JournalError.closed) {
                try await journal.append(.records("w", after: 1, "b"))
            }
            await #expect(throws: JournalError.closed) { try await journal.load("w") }
        }
    }
}

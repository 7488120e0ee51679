import Foundation
import Journal
import JournalSQLite

// Appends to a few streams until it is killed, and prints each acknowledgement when it has one.
//
//     journal-writer FOLDER [STREAMS]
//     journal-writer FOLDER compact     puts a snapshot in place of stream w's log, or
//     journal-writer FOLDER erase       erases stream w; then prints `done` and ends
//
// Prints `ack STREAM SEQUENCE TEXT`, a line for each append that is durable; the text is the record's.

if let act = CommandLine.arguments.dropFirst(2).first, Int(act) == nil {
    let journal = try SQLiteJournal(folder: CommandLine.arguments[1])
    if act == "compact" {
        let head = try await journal.load("w").head + 1
        try await journal.append(
            Append(
                stream: "w", expected: head - 1, records: [Array("erased".utf8)], cells: [.erasePrefix("")],
                compaction: Snapshot(sequence: head, format: 1, bytes: Array("without".utf8))))
    } else {
        try await journal.erase("w")
    }
    print("done")
    // As abruptly as any other end: nothing is left to a clean-up.
    fflush(nil)
    _exit(0)
}

let streamCount = CommandLine.arguments.count > 2 ? Int(CommandLine.arguments[2]) ?? 4 : 4
let journal = try SQLiteJournal(folder: CommandLine.arguments[1])
await withTaskGroup(of: Void.self) { group in
    for number in 0..<streamCount {
        group.addTask {
            let stream = "w\(number)"
            _ = try? await journal.create(Append(stream: stream, expected: 0), epoch: "e")
            guard var head = try? await journal.load(stream).head else { exit(3) }
            while true {
                let text = "\(ProcessInfo.processInfo.processIdentifier)-\(head)"
                let append = Append(
                    stream: stream, expected: head, records: [Array(text.utf8)],
                    cells: [.put(key: "last", value: Array(text.utf8))])
                let sequence: UInt64
                do throws(JournalError) {
                    sequence = try await journal.append(append)
                } catch {
                    // What follows from the error, and from trying again all the same.
                    print("refused", error.consequence)
                    do throws(JournalError) { try await journal.append(append) } catch {
                        print("refused", error.consequence)
                    }
                    fflush(nil)
                    _exit(4)
                }
                let line = "ack \(stream) \(sequence) \(text)\n"
                // One write for a line, so that a kill cuts between two of them.
                _ = line.withCString { write(1, $0, strlen($0)) }
                head = sequence
            }
        }
    }
}

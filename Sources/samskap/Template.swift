import ArgumentParser
import Foundation
import Wire

/// `samskap template`.
struct Template: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Work with templates, the files that workshops begin from.",
        subcommands: [Check.self])

    /// `samskap template check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell everything that is wrong with a template, each with its place in the file.",
            discussion: """
                A place is a JSON Pointer: /phases/2/vote/cap is the member `cap` of the vote of the third phase. Ends with 0
                when a workshop can begin from every file, and with 1 when not. docs/templates.md says what may stand in one.

                  samskap template check web/templates/*.json
                """)

        @Argument(help: "The files, JSON in UTF-8.")
        var files: [String]

        func run() throws {
            var isRight = true
            for file in files {
                let faults = faults(in: file)
                if faults.isEmpty { print("\(file): right") }
                for fault in faults { FileHandle.standardError.write(Data("\(file): \(fault)\n".utf8)) }
                isRight = isRight && faults.isEmpty
            }
            if !isRight { throw ExitCode.failure }
        }

        private func faults(in path: String) -> [String] {
            guard let data = FileManager.default.contents(atPath: path) else { return ["cannot be read"] }
            let faults = Definition.faults(in: [UInt8](data))
            guard faults.isEmpty else { return faults.map(\.description) }
            // A template is asked for by its id and looked for by its file's name.
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            let id = try? Definition([UInt8](data)).id
            return id == name ? [] : ["/id: \(name), as the file is called"]
        }
    }
}

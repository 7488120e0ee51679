internal import Foundation
internal import WebCodec
internal import Workshop

/// A folder that gets the results of workshops before their date erases them: one folder each, named by day and title,
/// with the files of the package that a facilitator can download.
struct Archive {
    let folder: String

    /// Writes a workshop's documents; returns when they are on stable storage under their final name.
    ///
    /// Written beside that name and moved there, so that a crash leaves a whole package or none. Writing it again replaces it.
    func keep(_ workshop: Workshop, _ vocabularies: Vocabularies) throws {
        let files = FileManager.default
        let final = URL(fileURLWithPath: folder).appendingPathComponent(name(of: workshop))
        let draft = final.appendingPathExtension("part")
        try? files.removeItem(at: draft)
        try files.createDirectory(
            at: draft, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for packaged in vocabularies.package(of: workshop)?.files ?? [] {
            let file = draft.appendingPathComponent(packaged.name)
            guard
                files.createFile(
                    atPath: file.path, contents: Data(packaged.bytes), attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            let handle = try FileHandle(forWritingTo: file)
            try handle.synchronize()
            try handle.close()
        }
        if files.fileExists(atPath: final.path) { try files.removeItem(at: final) }
        try files.moveItem(at: draft, to: final)
        try sync(folder)
    }

    /// `2026-11-27-Sentrum-i-2050-w7Qm2c`: the end of the id keeps two of one day and title apart.
    private func name(of workshop: Workshop) -> String {
        let day = Date(timeIntervalSince1970: Double(workshop.endedAt ?? workshop.createdAt) / 1000)
            .formatted(.iso8601.year().month().day())
        let words = workshop.title.unicodeScalars.split { !$0.properties.isAlphabetic && !("0"..."9" ~= $0) }
        let title = words.map(String.init).joined(separator: "-").prefix(60)
        let mark = workshop.id.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(6)
        return "\(day)-\(title.isEmpty ? "samskap" : title)-\(mark)"
    }

    private func sync(_ folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}

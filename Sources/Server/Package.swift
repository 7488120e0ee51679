internal import Deflate
internal import Digests
internal import Report
internal import WebCodec
internal import Wire
internal import Workshop

/// What this program calls itself, in what it leaves behind.
public enum Software {
    /// Its name.
    public static let name = "Samskap"
    /// Its version.
    public static let version = "0.1.0"
}

/// A file of an archive package.
struct PackagedFile: Sendable {
    var name: String
    var mediaType: String
    var bytes: [UInt8]

    /// Its line in a manifest.
    var line: Manifest.File {
        Manifest.File(
            name: name, mediaType: mediaType, byteCount: bytes.count, sha256: Hex.encode(SHA256.hash(bytes)))
    }
}

/// An archive package: files, a manifest with their checksums, and the same checksums as `sha256sum -c` reads them.
struct Package: Sendable {
    private(set) var files: [PackagedFile]

    /// Adds to files what says what they are.
    ///
    /// - Parameters:
    ///   - files: What is packed, first what people look for first; names as a ZIP archive may hold them.
    ///   - manifest: Makes the manifest from a line for each.
    init(_ files: [PackagedFile], manifest: ([Manifest.File]) -> [UInt8]) {
        let manifest = PackagedFile(
            name: ReadMe.Document.manifest.rawValue, mediaType: Manifest.mediaType,
            bytes: manifest(files.map(\.line)))
        let sums = (files + [manifest]).map { "\($0.line.sha256)  \($0.name)\n" }.joined()
        self.files =
            files + [
                manifest,
                PackagedFile(
                    name: ReadMe.Document.sums.rawValue, mediaType: ReadMe.mediaType, bytes: Array(sums.utf8)),
            ]
    }

    /// The package as one ZIP archive.
    func zipped(modified: ZipTime) throws(ZipError) -> [UInt8] {
        try zip(files.map { ZipFile(name: $0.name, bytes: $0.bytes) }, modified: modified)
    }
}

/// A session whose documents go into its process' package.
struct PackagedSession: Sendable {
    var id: SessionID
    var workshop: Workshop

    /// Where its documents lie.
    var folder: String { "sessions/\(id)/" }
}

extension Vocabularies {
    /// Everything that a facilitator may download of a workshop, packed. The same state gives the same bytes.
    ///
    /// - Parameters:
    ///   - workshop: A workshop or a process.
    ///   - sessions: What is packed beside it, each in a folder of its own.
    /// - Returns: The files; nil when there are no texts for them in any language.
    func package(of workshop: Workshop, with sessions: [PackagedSession] = []) -> Package? {
        guard let words = words(for: workshop) else { return nil }
        let findings = Findings(of: workshop)
        var files = documents(of: workshop)
        let held = files.compactMap { ReadMe.Document(rawValue: $0.name) }
        let readMe = PackagedFile(
            name: "README.txt", mediaType: ReadMe.mediaType,
            bytes: ReadMe.document(
                findings, holding: held + [.manifest, .sums],
                folders: sessions.map { ($0.folder, $0.workshop.title) }, in: words,
                utcOffsetMinutes: utcOffsetMinutes))
        for session in sessions {
            files += documents(of: session.workshop).map { file in
                PackagedFile(name: session.folder + file.name, mediaType: file.mediaType, bytes: file.bytes)
            }
        }
        return Package([readMe] + files) {
            Manifest.document(
                findings, of: workshop.process == nil ? "workshop" : "process", files: $0,
                software: (Software.name, Software.version))
        }
    }

    /// The documents of a workshop or a process, each as whoever asks for it alone gets it.
    private func documents(of workshop: Workshop) -> [PackagedFile] {
        let process = workshop.process != nil
        let names: [(ReadMe.Document, String)] =
            process
            ? [
                (.report, "results.html"), (.items, "results.csv"), (.data, "results.json"),
                (.markdown, "results.md"),
            ]
            : [
                (.report, "results.html"), (.notes, "results.csv"), (.votes, "votes.csv"),
                (.data, "results.json"), (.markdown, "results.md"), (.moderation, "moderation.csv"),
            ]
        var files = names.compactMap { name, source in
            document(named: source, of: workshop).map {
                PackagedFile(
                    name: name.rawValue, mediaType: $0.fields["content-type"] ?? "application/octet-stream",
                    bytes: $0.body)
            }
        }
        files.append(
            PackagedFile(
                name: ReadMe.Document.audit.rawValue, mediaType: "application/jsonl; charset=utf-8",
                bytes: AuditTrail.document(of: workshop, hash: SHA256.hash)))
        if !process, let template = TemplateDocument(of: workshop) {
            files.append(
                PackagedFile(
                    name: ReadMe.Document.template.rawValue, mediaType: "application/json; charset=utf-8",
                    bytes: template.bytes))
        }
        return files
    }

    /// The package as one ZIP archive; nil when it cannot be made.
    func archive(of workshop: Workshop, with sessions: [PackagedSession] = []) -> [UInt8]? {
        let time = Findings.calendar(workshop.now, utcOffsetMinutes: utcOffsetMinutes)
        return try? package(of: workshop, with: sessions)?.zipped(
            modified: ZipTime(
                year: time.year, month: time.month, day: time.day, hour: time.hour, minute: time.minute,
                second: time.second))
    }
}

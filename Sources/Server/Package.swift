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

extension Vocabularies {
    /// Everything that a facilitator may download of a workshop, packed. The same state gives the same bytes.
    func package(of workshop: Workshop) -> Package? {
        var files: [PackagedFile] = []
        func add(_ name: ReadMe.Document, _ document: (bytes: [UInt8], mediaType: String)?) {
            guard let document else { return }
            files.append(
                PackagedFile(name: name.rawValue, mediaType: document.mediaType, bytes: document.bytes))
        }
        guard let words = words(for: workshop) else { return nil }
        let findings = Findings(of: workshop)
        for (name, source) in [
            (ReadMe.Document.report, "results.html"), (.notes, "results.csv"), (.votes, "votes.csv"),
            (.data, "results.json"), (.markdown, "results.md"), (.moderation, "moderation.csv"),
        ] {
            // Of a process its own documents are taken, as whoever asks for one of them gets it.
            if let document = document(named: source, of: workshop) {
                add(name, (document.body, document.fields["content-type"] ?? "application/octet-stream"))
            }
        }
        add(
            .audit, (AuditTrail.document(of: workshop, hash: SHA256.hash), "application/jsonl; charset=utf-8")
        )
        let held = files.compactMap { ReadMe.Document(rawValue: $0.name) }
        files.insert(
            PackagedFile(
                name: "README.txt", mediaType: ReadMe.mediaType,
                bytes: ReadMe.document(
                    findings, holding: held + [.manifest, .sums], in: words,
                    utcOffsetMinutes: utcOffsetMinutes)), at: 0)
        return Package(files) {
            Manifest.document(findings, files: $0, software: (Software.name, Software.version))
        }
    }

    /// The package as one ZIP archive; nil when it cannot be made.
    func archive(of workshop: Workshop) -> [UInt8]? {
        let time = Findings.calendar(workshop.now, utcOffsetMinutes: utcOffsetMinutes)
        return try? package(of: workshop)?.zipped(
            modified: ZipTime(
                year: time.year, month: time.month, day: time.day, hour: time.hour, minute: time.minute,
                second: time.second))
    }
}

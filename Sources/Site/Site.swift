internal import Deflate
internal import Digests
internal import Foundation
public import WebCodec

/// The bundled client, read once at start and served from memory.
///
/// Paths that lead into a workshop (`/j/KRTMPX`, `/f/w…`) are answered with their page; the page's script reads the rest.
public struct Site: Sendable {
    /// One file, ready to be sent.
    public struct File: Sendable {
        /// Its media type.
        public let mediaType: String
        /// Its bytes.
        public let bytes: [UInt8]
        /// Its bytes in gzip format; nil when that saves nothing.
        public let gzipped: [UInt8]?
        /// Its entity tag (RFC 9110 §8.8.3): the beginning of its SHA-256.
        public let entityTag: String
    }

    /// Why the client cannot be served.
    public enum Failure: Error, Hashable, Sendable {
        /// There is no such folder, or no `index.html` in it.
        case notAClient(path: String)
        /// A file cannot be read.
        case unreadable(path: String)
        /// A file is larger than 2 MiB: that does not belong on a phone.
        case tooLarge(path: String)
    }

    /// Longest file; 2 MiB.
    public static let fileByteCountLimit = 2 << 20

    /// First path segments that lead into a workshop, with their page.
    private static let pages = [
        "j": "/index.html", "w": "/index.html", "o": "/index.html", "f": "/facilitator.html",
        "h": "/facilitator.html",
        "s": "/screen.html", "p": "/process.html",
    ]

    private let files: [String: File]

    /// Reads a folder.
    ///
    /// - Parameter folder: The path of the `web` folder. Hidden files, and kinds that are not served, are passed over.
    /// - Throws: ``Failure``.
    public init(folder: String) throws(Failure) {
        let root = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
        guard FileManager.default.fileExists(atPath: root.appendingPathComponent("index.html").path) else {
            throw .notAClient(path: folder)
        }
        var files: [String: File] = [:]
        for name in (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? [] {
            guard let mediaType = MediaType.of(name),
                !name.split(separator: "/").contains(where: { $0.hasPrefix(".") })
            else { continue }
            guard let data = try? Data(contentsOf: root.appendingPathComponent(name)) else {
                throw .unreadable(path: name)
            }
            guard data.count <= Self.fileByteCountLimit else { throw .tooLarge(path: name) }
            files["/" + name] = Self.file([UInt8](data), mediaType)
        }
        self.files = files
    }

    /// The file for a path; nil when there is none.
    ///
    /// - Parameter path: Percent-decoded and normalised, as ``RequestTarget/path``.
    /// - Returns: The file.
    public func file(at path: String) -> File? {
        if path == "/" { return files["/index.html"] }
        if let file = files[path] { return file }
        let segments = path.split(separator: "/")
        guard segments.count == 2, let page = Self.pages[String(segments[0])] else { return nil }
        return files[page]
    }

    /// The paths below a folder, such as `/templates/`, in order.
    public func paths(below folder: String) -> [String] {
        files.keys.filter { $0.hasPrefix(folder) }.sorted()
    }

    private static func file(_ bytes: [UInt8], _ mediaType: String) -> File {
        let isText = !mediaType.hasPrefix("image/png") && !mediaType.hasPrefix("image/x-icon")
        let gzipped = isText && bytes.count > 256 ? gzip(bytes) : nil
        return File(
            mediaType: mediaType, bytes: bytes,
            gzipped: gzipped.flatMap { $0.count < bytes.count ? $0 : nil },
            entityTag: Hex.encode(Array(SHA256.hash(bytes).prefix(12))))
    }

    /// Answers a request for a file.
    ///
    /// - Parameters:
    ///   - head: A `GET` or `HEAD` request.
    ///   - file: What it asks for.
    /// - Returns: The status, the fields but for security and connection, and the body: 200, or 304 when the client has it.
    public func answer(to head: RequestHead, with file: File) -> (Status, HTTPFields, [UInt8]) {
        // One tag for each coding: they are different representations (RFC 9110 §8.8.3).
        let zipped = file.gzipped.flatMap { acceptsGzip(head) ? $0 : nil }
        let tag = zipped == nil ? "\"\(file.entityTag)\"" : "\"\(file.entityTag)-gz\""
        var fields: HTTPFields = ["ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"]
        if let known = head.fields["if-none-match"], matches(known, tag) { return (.notModified, fields, []) }
        _ = fields.append("Content-Type", file.mediaType)
        if zipped != nil { _ = fields.append("Content-Encoding", "gzip") }
        return (.ok, fields, zipped ?? file.bytes)
    }

    private func acceptsGzip(_ head: RequestHead) -> Bool {
        guard let accepted = head.fields["accept-encoding"] else { return false }
        return accepted.split(separator: ",").contains { item in
            let parts = item.split(separator: ";").map { $0.drop { $0 == " " } }
            guard let coding = parts.first, coding.prefix(4).lowercased() == "gzip" else { return false }
            return !parts.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
        }
    }

    private func matches(_ known: String, _ tag: String) -> Bool {
        known == "*"
            || known.split(separator: ",").contains { item in
                let item = item.drop { $0 == " " }
                return item == tag || item == "W/" + tag
            }
    }
}

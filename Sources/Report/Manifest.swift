internal import Wire
internal import Workshop

/// What an archive package holds, for programs: JSON as `docs/manifest.schema.json` describes it.
public enum Manifest {
    /// Its media type.
    public static let mediaType = "application/json"
    /// The version of its form, in the member `samskap`. It grows when a member changes its meaning, not when one is added.
    public static let version = 1

    /// One of the files.
    public struct File: Hashable, Sendable {
        /// Its name in the package.
        public var name: String
        /// Its media type.
        public var mediaType: String
        /// Its size in bytes.
        public var byteCount: Int
        /// Its SHA-256 as hexadecimal digits.
        public var sha256: String

        /// Makes a file's line.
        public init(name: String, mediaType: String, byteCount: Int, sha256: String) {
            self.name = name
            self.mediaType = mediaType
            self.byteCount = byteCount
            self.sha256 = sha256
        }
    }

    /// Writes the manifest of a workshop's package.
    ///
    /// - Parameters:
    ///   - findings: What the package tells of.
    ///   - kind: What it is of, `workshop` or `process`.
    ///   - files: What it holds, but for this file and what is made from it.
    ///   - software: What made it, with its version.
    /// - Returns: A JSON object in UTF-8.
    public static func document(
        _ findings: Findings, of kind: String = "workshop", files: [File],
        software: (name: String, version: String)
    ) -> [UInt8] {
        func time(_ milliseconds: Int64) -> String { LocalTime(milliseconds, offset: 0).iso8601 }
        var json = JSONWriter(capacity: 512 + files.count * 192)
        json.object { json in
            json.member("samskap", version)
            json.member("package", kind)
            json.member("title", findings.title)
            json.member("language", findings.language)
            json.member("createdAt", time(findings.createdAt))
            json.member("endedAt", findings.endedAt.map(time))
            json.member("asOf", time(findings.asOf))
            json.member("software") { json in
                json.object { json in
                    json.member("name", software.name)
                    json.member("version", software.version)
                }
            }
            json.member("files") { json in
                json.array { json in
                    for file in files {
                        json.object { json in
                            json.member("name", file.name)
                            json.member("mediaType", file.mediaType)
                            json.member("bytes", file.byteCount)
                            json.member("sha256", file.sha256)
                        }
                    }
                }
            }
        }
        return json.bytes
    }
}

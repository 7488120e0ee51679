import Digests
import Foundation

/// The secret of the start link, which lets its holder create workshops. Kept in a file of its own beside the database, so that
/// the database alone lets nobody in.
enum StartSecret {
    static func load(from folder: String) throws -> [UInt8] {
        let file = URL(fileURLWithPath: folder).appendingPathComponent("start-secret")
        if let text = try? String(contentsOf: file, encoding: .utf8) {
            let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard let secret = Base64URL.decode(trimmed), secret.count == 32 else {
                throw Unreadable(path: file.path)
            }
            return secret
        }
        let secret = SecureRandom.bytes(32)
        try write(Base64URL.encode(secret) + "\n", to: file.path)
        return secret
    }

    /// Copies it into another folder; if there is none, nothing is done.
    static func copy(from folder: String, to other: String) throws {
        guard let text = try? String(contentsOfFile: folder + "/start-secret", encoding: .utf8) else {
            return
        }
        try write(text, to: other + "/start-secret")
    }

    private static func write(_ text: String, to path: String) throws {
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw Unreadable(path: path) }
    }

    /// The file is there but holds no secret, or cannot be made.
    struct Unreadable: Error, CustomStringConvertible {
        var path: String
        var description: String { "\(path) cannot be used; remove it to get a new start link" }
    }
}

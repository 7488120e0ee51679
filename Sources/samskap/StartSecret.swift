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
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: Data((Base64URL.encode(secret) + "\n").utf8),
                attributes: [.posixPermissions: 0o600])
        else { throw Unreadable(path: file.path) }
        return secret
    }

    /// The file is there but holds no secret, or cannot be made.
    struct Unreadable: Error, CustomStringConvertible {
        var path: String
        var description: String { "\(path) cannot be used; remove it to get a new start link" }
    }
}

internal import Synchronization

/// The join codes of workshops that are loaded, so that a hall that comes in does not look each phone's code up on disk.
///
/// Guarded, since any worker may take the hello. What it says is only where to knock: the room itself checks the code.
final class LiveCodes: Sendable {
    private let workshops = Mutex<[String: String]>([:])

    /// The workshop behind a code in its plain form; nil when it is not loaded or there is none.
    subscript(code: String) -> String? { workshops.withLock { $0[code] } }

    /// Puts a workshop's code in place of the one it had; nil for none.
    func replace(_ old: String?, with new: String?, of workshop: String) {
        workshops.withLock { workshops in
            if let old, workshops[old] == workshop { workshops[old] = nil }
            if let new { workshops[new] = workshop }
        }
    }
}

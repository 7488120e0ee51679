/// What one connection sends during one occasion, put together so that it leaves in one system call.
///
/// One for each worker: only one connection gathers at a time.
final class OutputBuffer {
    /// From here on what has been gathered is passed on, in bytes.
    private static let limit = 64 << 10

    /// The connection whose sends are gathered just now.
    var owner: Connection?
    /// What it has sent.
    var bytes: [UInt8] = []

    /// Whether it is time to pass on what there is.
    var isFull: Bool { bytes.count >= Self.limit }

    /// Forgets the bytes; keeps the room they took, unless one large message made it large.
    func clear() {
        if bytes.capacity > 4 * Self.limit { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
    }
}

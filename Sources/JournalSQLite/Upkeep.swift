/// What the writer has to look after beside its answers: how far the write-ahead log has grown, and whether there is a
/// page cache to give back.
///
/// Confined to the database's queue, like the connection itself.
final class Upkeep {
    /// Bytes written to the write-ahead log, roughly counted, after which it is carried over: 8 MiB.
    private static let carryOverByteCount = 8 << 20

    private var byteCount = 0
    /// Commits so far.
    private(set) var commitCount = 0
    /// As many as there were when the page cache was last given back.
    private var commitCountAtRest = 0
    /// Whether somebody will look whether it has become quiet.
    private var isRestDue = false

    /// Whether the log is long enough to be carried over.
    var isCarryOverDue: Bool { byteCount > Self.carryOverByteCount }

    /// Counts a commit that begins.
    func beganCommit() { commitCount += 1 }

    /// Counts bytes on their way into the log.
    func wrote(_ count: Int) { byteCount += count }

    /// The log has been carried over.
    func carriedOver() { byteCount = 0 }

    /// Whether to look, after a while, if it has become quiet; then ``rest(unlessMoreThan:)`` is to be called.
    func mustLookForRest() -> Bool {
        guard !isRestDue, commitCount != commitCountAtRest else { return false }
        isRestDue = true
        return true
    }

    /// Whether it has become quiet: no commit since there were so many. The cache is then to be given back.
    func rest(unlessMoreThan seen: Int) -> Bool {
        isRestDue = false
        guard commitCount == seen else { return false }
        commitCountAtRest = seen
        return true
    }
}

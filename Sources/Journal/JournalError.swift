/// Why a journal did not do what was asked; nothing of the call was stored, except where a case says
/// otherwise.
public enum JournalError: Error, Hashable, Sendable {
    /// Another append was first, or the stream to create exists; `actual` is the sequence of its last record.
    case conflict(actual: UInt64)
    /// No stream has this id: never created, or erased.
    case unknownStream
    /// The directory key leads to another stream.
    case directoryTaken(key: String)
    /// The records asked for were purged; `through` is the last that was.
    case purged(through: UInt64)
    /// The call breaks one of ``JournalLimits``; the caller's own fault.
    case limit(JournalLimit)
    /// There is no room on the disk. The journal goes on; the same call succeeds when there is room again.
    case full(reason: String)
    /// A write or a sync failed, so nobody knows what is on the disk: it may or may not hold this call's
    /// changes.
    ///
    /// Every later call fails the same way. A sync must not be tried again, since the kernel may have dropped
    /// the pages that it could not write: the process ends, and a new one reads what is there.
    case failed(reason: String)
    /// What was read is not what was written, or cannot be.
    ///
    /// `stream` is the damaged one; nil if the store itself is.
    case damaged(stream: String?, reason: String)
    /// The journal was closed.
    case closed

    /// What the caller does about it.
    public var consequence: Consequence {
        switch self {
        case .conflict, .purged: .loadAndDecideAgain
        case .unknownStream, .directoryTaken, .limit: .refuse
        case .full: .retryLater
        case .damaged: .quarantine
        case .failed, .closed: .stop
        }
    }

    /// What follows from an error, so that nobody decides it twice.
    public enum Consequence: Sendable, Hashable {
        /// The caller's view is old: load what is new, decide again.
        case loadAndDecideAgain
        /// The request itself cannot be granted; trying it again changes nothing.
        case refuse
        /// Keep the request and try again after a pause; tell people that saving is paused.
        case retryLater
        /// Serve nothing of this stream until an operator has looked.
        case quarantine
        /// Acknowledge nothing more; end the process.
        case stop
    }
}

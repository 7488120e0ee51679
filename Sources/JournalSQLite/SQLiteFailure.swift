import GRDB
import Journal

extension JournalError {
    /// What an error from the database means to a caller.
    init(_ error: any Error) {
        switch error {
        case let error as JournalError: self = error
        case let error as Damage: self = .damaged(stream: nil, reason: "\(error)")
        case let error as DatabaseError:
            let reason = "\(error.extendedResultCode): \(error.message ?? "no message")"
            switch error.resultCode {
            case .SQLITE_FULL: self = .full(reason: reason)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(stream: nil, reason: reason)
            default: self = .failed(reason: reason)
            }
        default: self = .failed(reason: "\(error)")
        }
    }
}

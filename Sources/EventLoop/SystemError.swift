internal import CLinux
internal import Glibc

/// What the kernel answered to a call that it refused.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The call, in the manual's words: `bind`, `epoll_ctl`.
    public let operation: String
    /// The errno value; positive.
    public let code: Int32

    /// Names a refusal.
    ///
    /// - Parameters:
    ///   - operation: The call, in the manual's words.
    ///   - code: The errno value.
    public init(operation: String, code: Int32) {
        self.operation = operation
        self.code = code
    }

    /// English, for logs: `bind: Permission denied`.
    public var description: String { "\(operation): \(Self.text(of: code))" }

    /// The C library's sentence for an errno value.
    static func text(of code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress, strerror_r(code, start, buffer.count) == 0 else {
                return "error \(code)"
            }
            return String(cString: start)
        }
    }

    /// Reads clinux's convention: a negative result is -errno.
    static func check(_ result: Int32, _ operation: String) throws(SystemError) -> Int32 {
        guard result >= 0 else { throw SystemError(operation: operation, code: -result) }
        return result
    }
}

internal import Foundation
internal import Glibc

/// What the kernel knows of the server's process: processor time and resident memory.
struct ServerProcess {
    let id: Int32

    /// Time on a processor, threads that have ended included, in nanoseconds; in steps of a clock tick, 10 ms.
    var processorNanoseconds: Int64 {
        // The command's name, in parentheses, may hold anything; `utime` and `stime` are fields 14 and 15 (proc(5)).
        let fields = text("/proc/\(id)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Int64(fields[11]), let system = Int64(fields[12]) else {
            return 0
        }
        return (user + system) * (1_000_000_000 / Int64(max(1, sysconf(Int32(_SC_CLK_TCK)))))
    }

    /// Resident memory, in bytes.
    var residentBytes: Int64 {
        for line in text("/proc/\(id)/status").split(separator: "\n") where line.hasPrefix("VmRSS:") {
            return (Int64(line.split(separator: " ").dropFirst().first ?? "") ?? 0) * 1_024
        }
        return 0
    }

    private func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}

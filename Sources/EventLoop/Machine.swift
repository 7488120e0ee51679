internal import CLinux
internal import Glibc

/// An address of this machine that others on its network may reach.
public struct InterfaceAddress: Hashable, Sendable {
    /// The interface: `eth0`, `wlan0`.
    public let name: String
    /// The numeric address.
    public let host: String
    /// Whether the address is of IPv6.
    public let isIPv6: Bool

    /// The addresses of all interfaces that are up, IPv4 before IPv6.
    ///
    /// Loopback is left out, and link-local IPv6, which needs a zone that a browser's address bar does not take.
    ///
    /// - Returns: Perhaps none; in the system's order within each family.
    public static func current() -> [InterfaceAddress] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        var found: [InterfaceAddress] = []
        var next = list
        while let entry = next?.pointee {
            next = entry.ifa_next
            guard entry.ifa_flags & UInt32(IFF_UP) != 0,
                entry.ifa_flags & UInt32(IFF_LOOPBACK) == 0,
                let start = entry.ifa_addr
            else { continue }
            let isIPv6 = Int32(start.pointee.sa_family) == AF_INET6
            let size = isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
            let raw = UnsafeRawBufferPointer(start: start, count: size)
            guard let address = SocketAddress(bytes: Array(raw)), !address.host.contains("%") else {
                continue
            }
            let item = InterfaceAddress(
                name: String(cString: entry.ifa_name), host: address.host, isIPv6: address.isIPv6)
            if !found.contains(item) { found.append(item) }
        }
        return found.filter { !$0.isIPv6 } + found.filter(\.isIPv6)
    }
}

/// How many descriptors this process may have open (RLIMIT_NOFILE).
public enum DescriptorLimit {
    /// Raises the limit as far as this user may; never lowers it.
    ///
    /// - Parameter wanted: Descriptors wanted; one for each connection and some dozens beside.
    /// - Returns: The limit now in force, perhaps lower or higher than wanted.
    /// - Throws: The kernel's refusal.
    public static func raise(to wanted: Int) throws(SystemError) -> Int {
        let result = clinux_raise_descriptor_limit(UInt64(max(0, wanted)))
        guard result >= 0 else {
            throw SystemError(operation: "setrlimit", code: Int32(clamping: -result))
        }
        return Int(clamping: result)
    }
}

/// What the allocator holds for this process.
public enum ProcessMemory {
    /// Gives free memory back to the system; takes milliseconds, and holds up allocations meanwhile.
    public static func returnFree() { clinux_return_free_memory() }

    /// Has a crash leave no core file: it would hold what is promised to be kept nowhere.
    public static func forbidCoreFiles() { _ = clinux_forbid_core_files() }
}

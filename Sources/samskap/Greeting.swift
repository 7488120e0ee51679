import Digests
import EventLoop
import Foundation
import QRCode
import Server

/// What an operator reads when the server has started.
struct Greeting {
    let server: Server
    let host: String
    let secret: [UInt8]

    private var scheme: String { server.isSecure ? "https" : "http" }

    /// Addresses that others on this network can reach.
    private var reachable: [String] {
        let isEverywhere = host == "0.0.0.0" || host == "::"
        guard isEverywhere else { return [] }
        return InterfaceAddress.current().filter { !$0.isIPv6 }.map {
            "\(scheme)://\($0.host):\(server.address.port)"
        }
    }

    private var own: String {
        let address = server.address
        let isEverywhere = host == "0.0.0.0" || host == "::"
        let name = isEverywhere ? "127.0.0.1" : address.isIPv6 ? "[\(address.host)]" : address.host
        return "\(scheme)://\(name):\(address.port)"
    }

    func print() {
        var lines = [
            "Listening on \(own)", "Start link: \(reachable.first ?? own)/#start=\(Base64URL.encode(secret))",
        ]
        lines.append(
            "  Open it to create a workshop. Keep it to yourself: whoever has it can create workshops here.")
        if let first = reachable.first {
            lines.append("Phones on this network: \(reachable.joined(separator: "  "))")
            if isatty(STDOUT_FILENO) == 1, let matrix = try? QRMatrix(first) {
                lines.append(matrix.terminalText(on: .dark))
            }
        } else {
            lines.append("Phones cannot reach this address; start with --host 0.0.0.0 for that.")
        }
        FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }
}

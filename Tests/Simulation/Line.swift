import Journal
import WebCodec

/// One connection: bytes on their way, in pieces of any size, in both directions, until it is cut.
final class Line {
    /// What the kernel takes of the server's bytes while the phone does not read.
    static let windowByteCount = 4_000

    unowned let world: World
    let client: Client
    private(set) var end: ServerEnd?
    private(set) var isOpen = true
    private var toServer: [UInt8] = []
    private var toClient: [UInt8] = []
    private var isDeliveringToServer = false
    private var isDeliveringToClient = false
    private var decoder = FrameDecoder(role: .client, messageByteCountLimit: 1 << 20)
    var isAsleep = false { didSet { if !isAsleep { deliverToClient() } } }

    init(_ world: World, client: Client, node: Node) {
        self.world = world
        self.client = client
        end = ServerEnd(self, node: node)
    }

    var state: String {
        "open \(isOpen) asleep \(isAsleep) \(toServer.count) up \(toClient.count) down, \(end?.state ?? "no end")"
    }

    /// Whether nothing is on its way.
    var isQuiet: Bool { toServer.isEmpty && toClient.isEmpty && end?.isBlocked != true }

    /// How much more the kernel takes.
    var room: Int { max(0, Self.windowByteCount - toClient.count) }

    func sendToServer(_ text: [UInt8]) {
        guard isOpen else { return }
        toServer += FrameEncoder.frame(
            .text, text, key: MaskingKey(bits: UInt32(world.dice.number(0...0xFFFF))))
        deliverToServer()
    }

    func sendToClient(_ bytes: ArraySlice<UInt8>) {
        guard isOpen else { return }
        toClient += bytes
        deliverToClient()
    }

    private func deliverToServer() {
        guard isOpen, !isDeliveringToServer, !toServer.isEmpty else { return }
        isDeliveringToServer = true
        world.after(world.dice.number(1...30)) { [self] in
            isDeliveringToServer = false
            guard isOpen, !toServer.isEmpty else { return }
            let piece = take(&toServer)
            end?.receive(piece)
            deliverToServer()
        }
    }

    private func deliverToClient() {
        guard isOpen, !isAsleep, !isDeliveringToClient, !toClient.isEmpty else { return }
        isDeliveringToClient = true
        world.after(world.dice.number(1...30)) { [self] in
            isDeliveringToClient = false
            guard isOpen, !isAsleep, !toClient.isEmpty else { return }
            var piece = take(&toClient)
            try read(&piece)
            end?.writable()
            deliverToClient()
        }
    }

    private func take(_ bytes: inout [UInt8]) -> [UInt8] {
        let count = world.dice.chance(60) ? bytes.count : world.dice.number(1...bytes.count)
        defer { bytes.removeFirst(count) }
        return Array(bytes.prefix(count))
    }

    private func read(_ piece: inout [UInt8]) throws {
        try piece.withUnsafeMutableBytes { buffer in
            var input = FrameInput(buffer)
            while isOpen, let event = try decoder.next(in: &input) {
                switch event {
                case .message(_, let payload, _): try client.receive(payload.bytes, on: self)
                case .close(let frame): cut(code: frame.code)
                case .ping, .pong: break
                }
            }
        }
    }

    /// Ends it, wherever its bytes are.
    func cut(code: UInt16? = nil) {
        guard isOpen else { return }
        isOpen = false
        end?.gone()
        end = nil
        client.lost(self, code: code)
    }
}

internal import WebCodec

/// What a connection agreed on for permessage-deflate (RFC 7692), in four bytes: there is one for each phone.
struct CompressionTerms: Hashable {
    /// The client's window is kept from message to message.
    let clientKeepsContext: Bool
    /// Ours is.
    let serverKeepsContext: Bool
    let clientWindowBits: UInt8
    let serverWindowBits: UInt8

    init(_ agreement: DeflateAgreement) {
        clientKeepsContext = !agreement.clientNoContextTakeover
        serverKeepsContext = !agreement.serverNoContextTakeover
        clientWindowBits = UInt8(clamping: agreement.clientMaxWindowBits)
        serverWindowBits = UInt8(clamping: agreement.serverMaxWindowBits)
    }

    /// Whether the peer can follow a stream that is compressed once for many (see ``SharedDeflate``).
    var canShare: Bool { serverKeepsContext && serverWindowBits >= SharedDeflate.windowBits }
    /// Whether it can read what begins with an empty window and looks as far back as ``SharedDeflate`` does.
    var canLoad: Bool { serverWindowBits >= SharedDeflate.windowBits }
}

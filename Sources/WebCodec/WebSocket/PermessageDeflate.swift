/// What both ends keep to when they compress (RFC 7692 §7.1).
public struct DeflateAgreement: Hashable, Sendable {
    /// The server begins each message with an empty window.
    public var serverNoContextTakeover: Bool
    /// The client begins each message with an empty window.
    public var clientNoContextTakeover: Bool
    /// The server's LZ77 window is at most 2 to this power, in bytes; 8...15.
    public var serverMaxWindowBits: Int
    /// The client's LZ77 window is at most 2 to this power, in bytes; 8...15.
    public var clientMaxWindowBits: Int
    /// What an answer says beyond the defaults, in the answer's own form.
    public let headerValue: String
}

/// What a server wants of permessage-deflate.
public struct DeflatePolicy: Hashable, Sendable {
    /// Whether we begin each message with an empty window, asked or not.
    public var serverNoContextTakeover: Bool
    /// Whether the client must, so that no window is kept for it between messages.
    public var clientNoContextTakeover: Bool
    /// The largest window we compress with, as a power of two.
    public var serverMaxWindowBits: Int
    /// The largest window a client may use, where it lets us say so (RFC 7692 §7.1.2.2).
    public var clientMaxWindowBits: Int

    /// Both powers are brought into 8...15.
    public init(
        serverNoContextTakeover: Bool = false, clientNoContextTakeover: Bool = true,
        serverMaxWindowBits: Int = 15, clientMaxWindowBits: Int = 15
    ) {
        self.serverNoContextTakeover = serverNoContextTakeover
        self.clientNoContextTakeover = clientNoContextTakeover
        self.serverMaxWindowBits = min(max(serverMaxWindowBits, 8), 15)
        self.clientMaxWindowBits = min(max(clientMaxWindowBits, 8), 15)
    }

    /// Takes the first offer that is valid (RFC 7692 §5.1, §7.1); an invalid one is passed over.
    ///
    /// - Parameter offers: All extensions that the client offers.
    /// - Returns: Nil when none is a valid offer of permessage-deflate.
    public func agree(to offers: [WebSocketExtension]) -> DeflateAgreement? {
        for offer in offers where offer.name == DeflateParameters.extensionName {
            guard let asked = DeflateParameters(offer, isOffer: true) else { continue }
            return agree(to: asked)
        }
        return nil
    }

    private func agree(to asked: DeflateParameters) -> DeflateAgreement {
        var answer = DeflateParameters()
        answer.serverNoContextTakeover = asked.serverNoContextTakeover || serverNoContextTakeover
        // A server may demand this unasked (RFC 7692 §7.1.1.2).
        answer.clientNoContextTakeover = asked.clientNoContextTakeover || clientNoContextTakeover
        let serverBits = min(asked.serverMaxWindowBits ?? 15, serverMaxWindowBits)
        if asked.serverMaxWindowBits != nil || serverBits < 15 { answer.serverMaxWindowBits = serverBits }
        // Only a client that named the parameter may be limited (RFC 7692 §7.1.2.2).
        if asked.hasClientMaxWindowBits {
            let clientBits = min(asked.clientMaxWindowBits ?? 15, clientMaxWindowBits)
            if clientBits < 15 {
                answer.hasClientMaxWindowBits = true
                answer.clientMaxWindowBits = clientBits
            }
        }
        return answer.agreement
    }
}

/// The parameters of one offer or answer.
struct DeflateParameters: Hashable, Sendable {
    static let extensionName = "permessage-deflate"

    var serverNoContextTakeover = false
    var clientNoContextTakeover = false
    var serverMaxWindowBits: Int?
    var hasClientMaxWindowBits = false
    var clientMaxWindowBits: Int?

    init() {}

    /// Nil when a parameter is unknown, repeated, or has a value it may not have (RFC 7692 §7.1).
    ///
    /// - Parameters:
    ///   - element: What was offered or answered.
    ///   - isOffer: Whether `client_max_window_bits` may lack its value (§7.1.2.2).
    init?(_ element: WebSocketExtension, isOffer: Bool) {
        guard Set(element.parameters.map(\.name)).count == element.parameters.count else { return nil }
        for parameter in element.parameters {
            switch (parameter.name, parameter.value) {
            case ("server_no_context_takeover", nil):
                serverNoContextTakeover = true
            case ("client_no_context_takeover", nil):
                clientNoContextTakeover = true
            case ("server_max_window_bits", let value?):
                guard let bits = Self.windowBits(value) else { return nil }
                serverMaxWindowBits = bits
            case ("client_max_window_bits", let value?):
                guard let bits = Self.windowBits(value) else { return nil }
                hasClientMaxWindowBits = true
                clientMaxWindowBits = bits
            case ("client_max_window_bits", nil) where isOffer:
                hasClientMaxWindowBits = true
            default:
                return nil
            }
        }
    }

    /// 8...15 in decimal without leading zeros (RFC 7692 §7.1.2).
    private static func windowBits(_ text: String) -> Int? {
        (8...15).first { "\($0)" == text }
    }

    var headerValue: String {
        var value = Self.extensionName
        if serverNoContextTakeover { value += "; server_no_context_takeover" }
        if clientNoContextTakeover { value += "; client_no_context_takeover" }
        if let serverMaxWindowBits { value += "; server_max_window_bits=\(serverMaxWindowBits)" }
        if let clientMaxWindowBits {
            value += "; client_max_window_bits=\(clientMaxWindowBits)"
        } else if hasClientMaxWindowBits {
            value += "; client_max_window_bits"
        }
        return value
    }

    var agreement: DeflateAgreement {
        DeflateAgreement(
            serverNoContextTakeover: serverNoContextTakeover,
            clientNoContextTakeover: clientNoContextTakeover,
            serverMaxWindowBits: serverMaxWindowBits ?? 15, clientMaxWindowBits: clientMaxWindowBits ?? 15,
            headerValue: headerValue)
    }
}

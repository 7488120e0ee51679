/// Reads frames and puts messages together (RFC 6455 §5, RFC 7692 §6).
///
/// Every call takes all bytes it can use, so the caller's buffer is free again once ``next(in:)`` returns nil: one
/// buffer serves all connections of a worker. A frame that is whole in the input costs no copy and no allocation.
/// A message that is not is gathered in an array that grows with what arrived, not with what was declared, and that
/// leaves with its event. So an idle decoder is its own size and nothing more.
///
/// The events depend on the bytes alone, however they are cut.
public struct FrameDecoder {
    /// Which end of the connection reads here.
    public enum Role: Hashable, Sendable {
        /// Its peer must mask.
        case server
        /// Its peer must not mask.
        case client
    }

    private enum Phase: UInt8 {
        case head
        case dataPayload
        case controlPayload
        case closed
    }

    /// Pieces of the data message in progress.
    private var gathered: [UInt8] = []
    /// Pieces of the control frame in progress.
    private var control: [UInt8] = []
    /// A head that came in pieces: at most 14 bytes (RFC 6455 §5.2).
    private var stash: (UInt64, UInt64) = (0, 0)
    /// Payload bytes of the current frame that are still to come.
    private var remaining = 0
    /// The longest message, over all its fragments and before inflating, in bytes.
    public var messageByteCountLimit: Int { limit }
    private let limit: Int
    /// As seen from the next payload byte.
    private var key = MaskingKey(bits: 0)
    private var utf8 = UTF8Validator()
    private var stashCount: UInt8 = 0
    private var phase = Phase.head
    private var opcode = Opcode.continuation
    private var isFinal = false
    /// Set between the first and the last frame of a data message.
    private var message: MessageKind?
    private var isCompressed = false
    private var failure: FrameError?
    private let role: Role
    private let allowsCompression: Bool

    /// Starts before the first frame.
    ///
    /// - Parameters:
    ///   - role: Which end of the connection reads here.
    ///   - messageByteCountLimit: The longest message, over all its fragments and before inflating, in bytes.
    ///   - allowsCompression: Whether permessage-deflate was agreed.
    public init(role: Role, messageByteCountLimit: Int = 64 << 10, allowsCompression: Bool = false) {
        self.role = role
        limit = max(0, messageByteCountLimit)
        self.allowsCompression = allowsCompression
    }

    /// Whether the last byte seen ended a frame and a message.
    public var isBetweenMessages: Bool { phase == .head && stashCount == 0 && message == nil }

    /// Reads on until something is whole.
    ///
    /// - Parameter input: Bytes that no earlier call has taken; payload in them is unmasked in place.
    /// - Returns: The next event, or nil when all bytes are taken. After a close frame, always nil: what a peer
    ///   sends later is dropped (RFC 6455 §5.5.1).
    /// - Throws: ``FrameError``, and the same again on every later call.
    public mutating func next(in input: inout FrameInput) throws(FrameError) -> FrameEvent? {
        if let failure { throw failure }
        do {
            while true {
                switch phase {
                case .head:
                    guard try readHead(&input) else { return nil }
                case .dataPayload:
                    if let event = try readData(&input) { return event }
                    if phase == .dataPayload { return nil }
                case .controlPayload:
                    guard let event = try readControl(&input) else { return nil }
                    return event
                case .closed:
                    input.skip(input.count)
                    return nil
                }
            }
        } catch {
            failure = error
            gathered = []
            control = []
            throw error
        }
    }
}

// MARK: - Heads

extension FrameDecoder {
    /// - Returns: False when the head is not whole; its bytes are then kept.
    @inline(__always)
    private mutating func readHead(_ input: inout FrameInput) throws(FrameError) -> Bool {
        guard let base = input.next, input.count > 0 else { return false }
        if stashCount == 0, input.count >= 2 {
            let byteCount = Self.headByteCount(lengthOctet: base.load(fromByteOffset: 1, as: UInt8.self))
            if input.count >= byteCount {
                input.skip(byteCount)
                try parseHead(base)
                return true
            }
        }
        return try readHeadPieces(&input)
    }

    private mutating func readHeadPieces(_ input: inout FrameInput) throws(FrameError) -> Bool {
        var stash = stash
        while let base = input.next, input.count > 0 {
            let octet = base.load(as: UInt8.self)
            let place = Int(stashCount)
            withUnsafeMutableBytes(of: &stash) { $0[place] = octet }
            stashCount &+= 1
            input.skip(1)
            guard stashCount >= 2 else { continue }
            let lengthOctet = withUnsafeBytes(of: stash) { $0[1] }
            guard Int(stashCount) == Self.headByteCount(lengthOctet: lengthOctet) else { continue }
            stashCount = 0
            try withUnsafePointer(to: &stash) { (pointer) throws(FrameError) in
                try parseHead(UnsafeRawPointer(pointer))
            }
            return true
        }
        self.stash = stash
        return false
    }

    @inline(__always)
    private static func headByteCount(lengthOctet: UInt8) -> Int {
        let lengthByteCount =
            switch lengthOctet & 0x7F {
            case 127: 8
            case 126: 2
            default: 0
            }
        return 2 &+ lengthByteCount &+ (lengthOctet & 0x80 == 0 ? 0 : 4)
    }

    /// Reads a whole head and enters its payload (RFC 6455 §5.2).
    @inline(__always)
    private mutating func parseHead(_ base: UnsafeRawPointer) throws(FrameError) {
        let first = base.load(as: UInt8.self)
        let second = base.load(fromByteOffset: 1, as: UInt8.self)
        guard let opcode = Opcode(rawValue: first & 0x0F) else { throw .unknownOpcode }
        let isFinal = first & 0x80 != 0
        let reserved = first & 0x70
        let isMasked = second & 0x80 != 0
        guard isMasked == (role == .server) else { throw isMasked ? .maskedFrame : .unmaskedFrame }

        var length = Int(second & 0x7F)
        var end = 2
        if length == 126 {
            length = Int(UInt16(bigEndian: base.loadUnaligned(fromByteOffset: 2, as: UInt16.self)))
            guard length > 125 else { throw .nonMinimalLength }
            end = 4
        } else if length == 127 {
            let declared = UInt64(bigEndian: base.loadUnaligned(fromByteOffset: 2, as: UInt64.self))
            guard let declared = Int(exactly: declared) else { throw .lengthOutOfRange }
            guard declared > 0xFFFF else { throw .nonMinimalLength }
            length = declared
            end = 10
        }

        switch opcode {
        case .text, .binary:
            guard reserved == 0 || (reserved == 0x40 && allowsCompression) else { throw .reservedBits }
            guard message == nil else { throw .interleavedMessage }
            message = opcode == .text ? .text : .binary
            isCompressed = reserved != 0
            utf8 = UTF8Validator()
            guard length <= limit else { throw .messageTooLong }
            phase = .dataPayload
        case .continuation:
            guard reserved == 0 else { throw .reservedBits }
            guard message != nil else { throw .unexpectedContinuation }
            guard length <= limit &- gathered.count else { throw .messageTooLong }
            phase = .dataPayload
        case .close, .ping, .pong:
            guard reserved == 0 else { throw .reservedBits }
            guard isFinal else { throw .fragmentedControl }
            guard length <= controlPayloadByteCountLimit else { throw .controlTooLong }
            phase = .controlPayload
        }
        if isMasked {
            key.word = UInt32(littleEndian: base.loadUnaligned(fromByteOffset: end, as: UInt32.self))
        }
        self.opcode = opcode
        self.isFinal = isFinal
        remaining = length
    }
}

// MARK: - Payloads

extension FrameDecoder {
    /// - Returns: The message, if its last byte was there.
    @inline(__always)
    private mutating func readData(_ input: inout FrameInput) throws(FrameError) -> FrameEvent? {
        let count = min(remaining, input.count)
        let isWhole = count == remaining
        let chunk = UnsafeRawBufferPointer(start: input.next, count: count)
        if count > 0, let base = input.next {
            let isText = message == .text && !isCompressed
            if role == .server {
                let seen = key.apply(to: base, count: count)
                let isASCII = seen & 0x8080_8080_8080_8080 == 0
                if isText, !isASCII || !utf8.isComplete {
                    guard utf8.append(base, count: count) else { throw .invalidUTF8 }
                }
                if !isWhole { key = key.advanced(by: count) }
            } else if isText {
                guard utf8.append(base, count: count) else { throw .invalidUTF8 }
            }
            input.skip(count)
        }
        remaining &-= count
        guard isWhole, isFinal, let kind = message else {
            keep(chunk)
            if isWhole { phase = .head }
            return nil
        }
        guard utf8.isComplete else { throw .invalidUTF8 }
        phase = .head
        message = nil
        if gathered.isEmpty { return .message(kind, .input(chunk), compressed: isCompressed) }
        keep(chunk)
        var bytes: [UInt8] = []
        swap(&bytes, &gathered)
        return .message(kind, .gathered(bytes), compressed: isCompressed)
    }

    /// Keeps what cannot be handed on in place.
    @inline(never)
    private mutating func keep(_ chunk: UnsafeRawBufferPointer) {
        if gathered.isEmpty, remaining > 0, chunk.count >= remaining / 3 {
            // Enough has come to trust the declared length. Once only: reserving for each fragment would make
            // growth quadratic.
            gathered.reserveCapacity(chunk.count + remaining)
        }
        gathered.append(contentsOf: chunk)
    }

    private mutating func readControl(_ input: inout FrameInput) throws(FrameError) -> FrameEvent? {
        let count = min(remaining, input.count)
        let chunk = UnsafeRawBufferPointer(start: input.next, count: count)
        if count > 0, let base = input.next {
            if role == .server {
                key.apply(to: base, count: count)
                key = key.advanced(by: count)
            }
            input.skip(count)
        }
        remaining &-= count
        if remaining == 0, control.isEmpty {
            phase = .head
            return try controlEvent(.input(chunk))
        }
        control.append(contentsOf: chunk)
        guard remaining == 0 else { return nil }
        phase = .head
        var bytes: [UInt8] = []
        swap(&bytes, &control)
        return try controlEvent(.gathered(bytes))
    }

    private mutating func controlEvent(_ payload: FramePayload) throws(FrameError) -> FrameEvent {
        switch opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        case .close, .text, .binary, .continuation:
            phase = .closed
            gathered = []
            return .close(try payload.withUnsafeBytes(Self.parseClose))
        }
    }

    /// Reads the payload of a close frame (RFC 6455 §5.5.1, §7.4).
    private static func parseClose(_ bytes: UnsafeRawBufferPointer) throws(FrameError) -> CloseFrame {
        guard !bytes.isEmpty else { return CloseFrame(code: nil) }
        guard bytes.count >= 2 else { throw .truncatedCloseCode }
        let code = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
        guard CloseCode.isSendable(code) else { throw .invalidCloseCode }
        let reason = UnsafeRawBufferPointer(rebasing: bytes[2...])
        guard UTF8Validator.isValid(reason) else { throw .invalidUTF8 }
        return CloseFrame(code: code, reason: String(decoding: reason, as: UTF8.self))
    }
}

/// Writes frames (RFC 6455 §5.2). A server gives no key; a client must give a fresh one for each frame (§5.3).
public enum FrameEncoder {
    /// The size of a frame's head, 2...14 bytes.
    public static func headByteCount(payloadByteCount: Int, isMasked: Bool = false) -> Int {
        let lengthByteCount =
            switch payloadByteCount {
            case ...125: 0
            case ...0xFFFF: 2
            default: 8
            }
        return 2 + lengthByteCount + (isMasked ? 4 : 0)
    }

    /// Appends a frame's head.
    ///
    /// - Parameters:
    ///   - bytes: What the head is appended to.
    ///   - opcode: What the frame is.
    ///   - payloadByteCount: The length of the payload, which the caller sends after it; not negative.
    ///   - isFinal: Whether the message ends with this frame.
    ///   - isCompressed: Sets RSV1 (RFC 7692 §6): only on the first frame of a compressed message.
    ///   - key: What the payload is masked with; nil for a server.
    public static func appendHead(
        to bytes: inout [UInt8], _ opcode: Opcode, payloadByteCount: Int, isFinal: Bool = true,
        isCompressed: Bool = false, key: MaskingKey? = nil
    ) {
        let start = bytes.count
        let count = headByteCount(payloadByteCount: payloadByteCount, isMasked: key != nil)
        bytes.append(contentsOf: repeatElement(0, count: count))
        bytes.withUnsafeMutableBytes { bytes in
            _ = writeHead(
                to: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]), opcode,
                payloadByteCount: payloadByteCount, isFinal: isFinal, isCompressed: isCompressed, key: key)
        }
    }

    /// A whole frame.
    ///
    /// - Parameters:
    ///   - opcode: What the frame is.
    ///   - payload: What it carries; at most 125 bytes in a control frame.
    ///   - isFinal: Whether the message ends with this frame.
    ///   - isCompressed: Sets RSV1 (RFC 7692 §6): only on the first frame of a compressed message.
    ///   - key: What the payload is masked with; nil for a server.
    /// - Returns: Head and payload, in one allocation.
    public static func frame(
        _ opcode: Opcode, _ payload: UnsafeRawBufferPointer, isFinal: Bool = true, isCompressed: Bool = false,
        key: MaskingKey? = nil
    ) -> [UInt8] {
        let headByteCount = headByteCount(payloadByteCount: payload.count, isMasked: key != nil)
        return [UInt8](unsafeUninitializedCapacity: headByteCount + payload.count) { buffer, count in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            count =
                writeHead(
                    to: bytes, opcode, payloadByteCount: payload.count, isFinal: isFinal,
                    isCompressed: isCompressed, key: key) + payload.count
            guard let source = payload.baseAddress, let start = bytes.baseAddress else { return }
            (start + headByteCount).copyMemory(from: source, byteCount: payload.count)
            key?.apply(to: start + headByteCount, count: payload.count)
        }
    }

    /// Appends a whole frame, unmasked: head and payload.
    ///
    /// - Parameters:
    ///   - bytes: What the frame is appended to.
    ///   - opcode: What the frame is.
    ///   - payload: Its payload.
    ///   - isCompressed: Sets RSV1 (RFC 7692 §6).
    public static func append(
        to bytes: inout [UInt8], _ opcode: Opcode, _ payload: UnsafeRawBufferPointer,
        isCompressed: Bool = false
    ) {
        appendHead(to: &bytes, opcode, payloadByteCount: payload.count, isCompressed: isCompressed)
        bytes.append(contentsOf: payload)
    }

    /// As ``frame(_:_:isFinal:isCompressed:key:)`` above, for an array.
    public static func frame(
        _ opcode: Opcode, _ payload: [UInt8], isFinal: Bool = true, isCompressed: Bool = false,
        key: MaskingKey? = nil
    ) -> [UInt8] {
        payload.withUnsafeBytes {
            frame(opcode, $0, isFinal: isFinal, isCompressed: isCompressed, key: key)
        }
    }

    /// A text message in one frame.
    public static func text(_ text: String, key: MaskingKey? = nil) -> [UInt8] {
        var text = text
        return text.withUTF8 { frame(.text, UnsafeRawBufferPointer($0), key: key) }
    }

    /// A close frame (RFC 6455 §5.5.1).
    ///
    /// - Parameters:
    ///   - code: Why; nil, and a code that is not for the wire, give a frame without payload.
    ///   - reason: Cut to 123 bytes at the end of a character.
    ///   - key: What the payload is masked with; nil for a server.
    /// - Returns: Head and payload.
    public static func close(_ code: UInt16?, reason: String = "", key: MaskingKey? = nil) -> [UInt8] {
        guard let code, CloseCode.isSendable(code) else { return frame(.close, [], key: key) }
        var payload = [UInt8(code >> 8), UInt8(code & 0xFF)]
        for scalar in reason.unicodeScalars {
            let octets = UTF8.encode(scalar).map { Array($0) } ?? []
            guard payload.count + octets.count <= controlPayloadByteCountLimit else { break }
            payload.append(contentsOf: octets)
        }
        return frame(.close, payload, key: key)
    }

    /// Writes a head at the start of a buffer that has room for it.
    @inline(__always)
    private static func writeHead(
        to bytes: UnsafeMutableRawBufferPointer, _ opcode: Opcode, payloadByteCount: Int, isFinal: Bool,
        isCompressed: Bool, key: MaskingKey?
    ) -> Int {
        bytes[0] = opcode.rawValue | (isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0)
        let maskBit: UInt8 = key == nil ? 0 : 0x80
        var end = 2
        switch payloadByteCount {
        case ...125:
            bytes[1] = maskBit | UInt8(truncatingIfNeeded: payloadByteCount)
        case ...0xFFFF:
            bytes[1] = maskBit | 126
            bytes.storeBytes(
                of: UInt16(truncatingIfNeeded: payloadByteCount).bigEndian, toByteOffset: 2, as: UInt16.self)
            end = 4
        default:
            bytes[1] = maskBit | 127
            bytes.storeBytes(
                of: UInt64(truncatingIfNeeded: payloadByteCount).bigEndian, toByteOffset: 2, as: UInt64.self)
            end = 10
        }
        if let key {
            bytes.storeBytes(of: key.word.littleEndian, toByteOffset: end, as: UInt32.self)
            end += 4
        }
        return end
    }
}

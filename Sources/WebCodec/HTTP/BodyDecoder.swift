/// Collects a body from the bytes after a head (RFC 9112 §6, §7). Chunk extensions and trailers are checked, bounded and dropped.
public struct BodyDecoder {
    private enum State: Hashable {
        case data(remaining: Int)
        case chunkSize(value: Int, digits: Int)
        case chunkExtension
        case chunkSizeLineFeed(size: Int)
        case chunkData(remaining: Int)
        case chunkDataCarriageReturn
        case chunkDataLineFeed
        case trailer
        case untilClose
        case done
    }

    /// Longest chunk-size line, extensions included. Without it one octet of body could cost any number of octets.
    private static let chunkLineByteCount = 256

    /// What was decoded until now.
    public private(set) var bytes: [UInt8] = []
    /// Whether the whole body is in ``bytes``.
    public var isComplete: Bool { state == .done }

    private var state: State
    private var size = 0
    private var lineByteCount = 0
    private var trailer = TrailerScanner()
    private let limits: HTTPLimits

    /// Starts at the first byte after the head.
    public init(framing: BodyFraming, limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
        state =
            switch framing {
            case .none: .done
            case .length(let count): count > 0 ? .data(remaining: count) : .done
            case .chunked: .chunkSize(value: 0, digits: 0)
            case .untilClose: .untilClose
            }
    }

    /// Takes what belongs to the body.
    ///
    /// - Parameter input: Bytes that no earlier call has taken.
    /// - Returns: How many were taken; fewer than given only when ``isComplete``: the rest is the next message.
    /// - Throws: ``HTTPError/bodyTooLong``, ``HTTPError/badChunk``, or a fault in the trailer section.
    public mutating func decode(_ input: UnsafeRawBufferPointer) throws(HTTPError) -> Int {
        var position = 0
        while position < input.count {
            switch state {
            case .done:
                return position
            case .data(let remaining):
                let count = min(remaining, input.count - position)
                try append(input, from: &position, count: count)
                state = count == remaining ? .done : .data(remaining: remaining - count)
            case .untilClose:
                try append(input, from: &position, count: input.count - position)
            case .chunkData(let remaining):
                let count = min(remaining, input.count - position)
                try append(input, from: &position, count: count)
                state =
                    count == remaining ? .chunkDataCarriageReturn : .chunkData(remaining: remaining - count)
            case .chunkSize, .chunkExtension, .chunkSizeLineFeed, .chunkDataCarriageReturn,
                .chunkDataLineFeed,
                .trailer:
                try step(input[position])
                position += 1
            }
        }
        return position
    }

    /// As ``decode(_:)`` above, for an array.
    public mutating func decode(_ input: [UInt8]) throws(HTTPError) -> Int {
        try input.withUnsafeBufferPointer { (input) throws(HTTPError) in
            try decode(UnsafeRawBufferPointer(input))
        }
    }

    private mutating func append(
        _ input: UnsafeRawBufferPointer, from position: inout Int, count: Int
    ) throws(HTTPError) {
        guard count <= limits.bodyByteCount - bytes.count else { throw .bodyTooLong }
        bytes.append(contentsOf: input[position..<(position + count)])
        position += count
    }

    private mutating func step(_ octet: UInt8) throws(HTTPError) {
        switch state {
        case .chunkSize(let value, let digits):
            try countLineOctet()
            if let digit = octet.hexadecimalValue {
                // Leading zeros are legal; a number past the limit is refused before it can overflow.
                let rest = limits.bodyByteCount - bytes.count
                guard value <= rest >> 4 else { throw .bodyTooLong }
                let next = value << 4 | Int(digit)
                guard next <= rest else { throw .bodyTooLong }
                state = .chunkSize(value: next, digits: digits + 1)
            } else {
                guard digits > 0 else { throw .badChunk }
                size = value
                if octet == ASCII.carriageReturn {
                    state = .chunkSizeLineFeed(size: value)
                } else {
                    guard octet == ASCII.semicolon else { throw .badChunk }
                    state = .chunkExtension
                }
            }
        case .chunkExtension:
            try countLineOctet()
            if octet == ASCII.carriageReturn {
                state = .chunkSizeLineFeed(size: size)
            } else {
                guard octet.isFieldValueOctet else { throw .badChunk }
            }
        case .chunkSizeLineFeed(let size):
            guard octet == ASCII.lineFeed else { throw .badChunk }
            lineByteCount = 0
            state = size == 0 ? .trailer : .chunkData(remaining: size)
        case .chunkDataCarriageReturn:
            guard octet == ASCII.carriageReturn else { throw .badChunk }
            state = .chunkDataLineFeed
        case .chunkDataLineFeed:
            guard octet == ASCII.lineFeed else { throw .badChunk }
            state = .chunkSize(value: 0, digits: 0)
        case .trailer:
            if try trailer.step(octet, limits: limits) { state = .done }
        case .data, .chunkData, .untilClose, .done:
            break  // `decode` copies these in bulk and never steps through them.
        }
    }

    private mutating func countLineOctet() throws(HTTPError) {
        lineByteCount += 1
        guard lineByteCount <= Self.chunkLineByteCount else { throw .badChunk }
    }
}

/// Walks a trailer section (RFC 9112 §7.1.2) under the rules of a head's fields, and keeps nothing of it.
private struct TrailerScanner {
    private enum State { case lineStart, name, value, lineFeed, finalLineFeed }
    private var state = State.lineStart
    private var byteCount = 0
    private var fieldCount = 0

    /// - Returns: Whether this octet ended the section.
    mutating func step(_ octet: UInt8, limits: HTTPLimits) throws(HTTPError) -> Bool {
        byteCount += 1
        guard byteCount <= limits.headByteCount else { throw .headTooLong }
        switch state {
        case .lineStart:
            if octet == ASCII.carriageReturn {
                state = .finalLineFeed
            } else {
                guard !octet.isBlank else { throw .foldedField }
                guard OctetSet.token.contains(octet) else { throw .badFieldName }
                fieldCount += 1
                guard fieldCount <= limits.fieldCount else { throw .tooManyFields }
                state = .name
            }
        case .name:
            if octet == ASCII.colon {
                state = .value
            } else {
                guard OctetSet.token.contains(octet) else { throw .badFieldName }
            }
        case .value:
            if octet == ASCII.carriageReturn {
                state = .lineFeed
            } else {
                guard octet.isFieldValueOctet else {
                    throw octet == ASCII.lineFeed ? .bareLineFeed : .controlCharacter
                }
            }
        case .lineFeed:
            guard octet == ASCII.lineFeed else { throw .bareCarriageReturn }
            state = .lineStart
        case .finalLineFeed:
            guard octet == ASCII.lineFeed else { throw .bareCarriageReturn }
            return true
        }
        return false
    }
}

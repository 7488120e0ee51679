import WebCodec

/// A small generator whose whole run follows from its seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}

/// Ways to cut bytes: whole, one by one, at each offset, and at random pairs of offsets.
func everySplit(of bytes: [UInt8], seed: UInt64 = 1) -> [[ArraySlice<UInt8>]] {
    var splits: [[ArraySlice<UInt8>]] = [[bytes[...]], bytes.indices.map { bytes[$0...$0] }]
    splits += bytes.indices.map { [bytes[..<$0], bytes[$0...]] }
    var random = Seeded(seed)
    for _ in 0..<64 where !bytes.isEmpty {
        let cuts = [
            Int.random(in: 0...bytes.count, using: &random), .random(in: 0...bytes.count, using: &random),
        ]
        let (low, high) = (min(cuts[0], cuts[1]), max(cuts[0], cuts[1]))
        splits.append([bytes[..<low], bytes[low..<high], bytes[high...]])
    }
    return splits
}

/// What came out of a frame decoder, without pointers.
enum Seen: Hashable {
    case message(MessageKind, [UInt8], compressed: Bool)
    case ping([UInt8])
    case pong([UInt8])
    case close(UInt16?, String)
    case failed(FrameError)

    init(_ event: FrameEvent) {
        self =
            switch event {
            case .message(let kind, let payload, let compressed):
                .message(kind, payload.bytes, compressed: compressed)
            case .ping(let payload): .ping(payload.bytes)
            case .pong(let payload): .pong(payload.bytes)
            case .close(let frame): .close(frame.code, frame.reason)
            }
    }

    static func text(_ text: String) -> Seen { .message(.text, Array(text.utf8), compressed: false) }
    static func binary(_ bytes: [UInt8]) -> Seen { .message(.binary, bytes, compressed: false) }
}

/// Feeds pieces, each in memory of its own that is overwritten afterwards.
func decode(_ pieces: [ArraySlice<UInt8>], with decoder: inout FrameDecoder) -> [Seen] {
    var seen: [Seen] = []
    for piece in pieces {
        var buffer = Array(piece)
        let hasFailed = buffer.withUnsafeMutableBytes { buffer in
            var input = FrameInput(buffer)
            do throws(FrameError) {
                while let event = try decoder.next(in: &input) { seen.append(Seen(event)) }
                return input.count != 0
            } catch {
                seen.append(.failed(error))
                return true
            }
        }
        if hasFailed { break }
    }
    return seen
}

func decode(
    _ bytes: [UInt8], role: FrameDecoder.Role = .server, limit: Int = 64 << 10, deflate: Bool = false
) -> [Seen] {
    var decoder = FrameDecoder(role: role, messageByteCountLimit: limit, allowsCompression: deflate)
    return decode([bytes[...]], with: &decoder)
}

/// A client's frame under a fixed key.
func masked(
    _ opcode: Opcode, _ payload: [UInt8], isFinal: Bool = true, isCompressed: Bool = false
) -> [UInt8] {
    FrameEncoder.frame(
        opcode, payload, isFinal: isFinal, isCompressed: isCompressed,
        key: MaskingKey(0x37, 0xFA, 0x21, 0x3D))
}

/// What a head came to.
enum HeadResult: Equatable {
    case needMore
    case head(RequestHead, byteCount: Int)
    case failed(HTTPError)
}

/// Feeds a head as a connection does: each time with everything received until then.
func decodeRequest(_ pieces: [ArraySlice<UInt8>], limits: HTTPLimits = HTTPLimits()) -> HeadResult {
    var decoder = RequestHeadDecoder(limits: limits)
    var received: [UInt8] = []
    for piece in pieces {
        received += piece
        do throws(HTTPError) {
            if case .head(let head, let byteCount) = try decoder.decode(received) {
                return .head(head, byteCount: byteCount)
            }
        } catch {
            return .failed(error)
        }
    }
    return .needMore
}

func decodeRequest(_ text: String, limits: HTTPLimits = HTTPLimits()) -> HeadResult {
    decodeRequest([Array(text.utf8)[...]], limits: limits)
}

extension HeadResult {
    var head: RequestHead? {
        if case .head(let head, _) = self { return head }
        return nil
    }

    var error: HTTPError? {
        if case .failed(let error) = self { return error }
        return nil
    }
}

/// A `GET` with these lines after the request line; each gets its line end.
func get(_ target: String = "/", _ lines: [String] = ["Host: a.example"], version: String = "HTTP/1.1")
    -> String
{
    "GET \(target) \(version)\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
}

internal import Deflate
internal import WebCodec
internal import Wire
internal import Workshop

/// What must hold for any bytes, by decoder. A broken property traps, which a fuzzer and a test both notice.
public enum Checks: String, CaseIterable, Sendable {
    /// The HTTP/1.1 request head.
    case head = "Head"
    /// WebSocket frames, as a server reads them.
    case frames = "Frames"
    /// permessage-deflate.
    case deflate = "Deflate"
    /// What a client may send: JSON and commands.
    case commands = "Commands"
    /// What the journal holds: records, and ballots in cells.
    case records = "Records"

    /// Checks one input.
    public func check(_ bytes: [UInt8]) {
        switch self {
        case .head: checkHead(bytes)
        case .frames: checkFrames(bytes)
        case .deflate: checkDeflate(bytes)
        case .commands: checkCommands(bytes)
        case .records: checkRecords(bytes)
        }
    }

    /// The answer is the same whether the head comes at once or byte by byte, and takes no more than there is.
    private func checkHead(_ bytes: [UInt8]) {
        var whole = RequestHeadDecoder()
        let atOnce = Result { () throws(HTTPError) in try whole.decode(bytes) }
        if case .success(.head(_, let count)) = atOnce { precondition(count <= bytes.count) }
        var pieces = RequestHeadDecoder()
        for end in 0...bytes.count {
            let soFar = Result { () throws(HTTPError) in try pieces.decode(Array(bytes[..<end])) }
            switch soFar {
            case .success(.needMore): continue
            case .success, .failure:
                precondition("\(soFar)" == "\(atOnce)", "another answer when it comes in pieces")
                return
            }
        }
        if case .success(.needMore) = atOnce { return }
        preconditionFailure("an answer at once, and none in pieces")
    }

    /// The events are the same however the bytes are cut; the first byte says where, and whether compression is allowed.
    private func checkFrames(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        let allows = first & 1 == 1
        let whole = events(bytes, cuts: [], allows)
        precondition(whole == events(bytes, cuts: Array(0..<bytes.count), allows))
        precondition(whole == events(bytes, cuts: bytes.isEmpty ? [] : [Int(first) % bytes.count], allows))
    }

    private func events(_ bytes: [UInt8], cuts: [Int], _ allowsCompression: Bool) -> [String] {
        let limit = 1 << 12
        var decoder = FrameDecoder(
            role: .server, messageByteCountLimit: limit, allowsCompression: allowsCompression)
        var seen: [String] = []
        for (start, end) in zip([0] + cuts, cuts + [bytes.count]) {
            var piece = Array(bytes[start..<end])
            let isOver = piece.withUnsafeMutableBytes { piece in
                var input = FrameInput(piece)
                do throws(FrameError) {
                    while let event = try decoder.next(in: &input) {
                        switch event {
                        case .message(let kind, let payload, let isCompressed):
                            precondition(payload.count <= limit)
                            seen.append("\(kind) \(isCompressed) \(payload.bytes)")
                        case .ping(let payload): seen.append("ping \(payload.bytes)")
                        case .pong(let payload): seen.append("pong \(payload.bytes)")
                        case .close(let frame): seen.append("close \(frame)")
                        }
                    }
                    return false
                } catch {
                    seen.append("\(error)")
                    return true
                }
            }
            if isOver { break }
        }
        return seen
    }

    /// Anything inflates to at most the limit or fails, and what we compress inflates to itself, message after message.
    private func checkDeflate(_ bytes: [UInt8]) {
        let limit = 1 << 14
        if let inflater = try? InflateStream(messageByteCountLimit: limit),
            let message = try? inflater.decompress(bytes)
        {
            precondition(message.count <= limit)
        }
        guard bytes.count <= limit, let deflater = try? DeflateStream(windowBits: 9 + bytes.count % 7),
            let inflater = try? InflateStream(messageByteCountLimit: limit)
        else { return }
        for message in [bytes, Array(bytes.reversed()), bytes] {
            guard let compressed = try? deflater.compress(message) else { return }
            precondition((try? inflater.decompress(compressed)) == message)
        }
    }

    /// No message traps, and what is JSON stays within the limits.
    private func checkCommands(_ bytes: [UInt8]) {
        _ = try? ClientMessage.decode(bytes)
        _ = try? JSONReader.read(bytes, limits: .body)
    }

    /// A damaged record or cell is refused; one that is read is written and read again to the same.
    private func checkRecords(_ bytes: [UInt8]) {
        if let record = try? RecordCodec.decode(bytes), !record.events.contains(where: \.isErasable) {
            let again = RecordCodec.encode(record)
            precondition((try? RecordCodec.decode(again)).map(RecordCodec.encode) == again)
        }
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            _ = try? CellCodec.decode(key: String(decoding: parts[0], as: UTF8.self), value: Array(parts[1]))
        }
    }
}

import Testing
import WebCodec

@Suite struct FrameDecoderTests {
    /// The bytes of RFC 6455 §5.7.
    enum Example {
        static let helloUnmasked: [UInt8] = [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]
        static let helloMasked: [UInt8] = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        static let helloFragments: [UInt8] = [0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F]
        static let pingUnmasked: [UInt8] = [0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]
        static let pongMasked: [UInt8] = [0x8A, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
    }

    @Test("[RFC 6455 §5.7] the examples are read byte for byte")
    func examples() {
        #expect(decode(Example.helloMasked) == [.text("Hello")])
        #expect(decode(Example.helloUnmasked, role: .client) == [.text("Hello")])
        #expect(decode(Example.helloFragments, role: .client) == [.text("Hello")])
        #expect(decode(Example.pingUnmasked, role: .client) == [.ping(Array("Hello".utf8))])
        #expect(decode(Example.pongMasked) == [.pong(Array("Hello".utf8))])
        let large = [UInt8](repeating: 0xAB, count: 65536)
        #expect(
            decode([0x82, 0x7E, 0x01, 0x00] + large.prefix(256), role: .client) == [
                .binary(Array(large.prefix(256)))
            ])
        #expect(decode([0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0] + large, role: .client) == [.binary(large)])
    }

    @Test("[RFC 7692 §7.2.3.1] the compressed example is handed on with its mark, fragmented or not")
    func compressedExample() {
        let payload: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
        let expected: [Seen] = [.message(.text, payload, compressed: true)]
        #expect(decode([0xC1, 0x07] + payload, role: .client, deflate: true) == expected)
        let fragments: [UInt8] = [0x41, 0x03, 0xF2, 0x48, 0xCD, 0x80, 0x04, 0xC9, 0xC9, 0x07, 0x00]
        #expect(decode(fragments, role: .client, deflate: true) == expected)
        #expect(decode([0xC1, 0x07] + payload, role: .client) == [.failed(.reservedBits)])
    }

    @Test(
        "[RFC 6455 §5.2] reserved bits without a meaning fail",
        arguments: [0x10, 0x20, 0x30, 0x60, 0x70] as [UInt8])
    func reservedBits(bits: UInt8) {
        for opcode: UInt8 in [0x81, 0x82, 0x89, 0x8A, 0x88] {
            #expect(decode([opcode | bits, 0x80, 0, 0, 0, 0], deflate: true) == [.failed(.reservedBits)])
        }
    }

    @Test("[RFC 7692 §6] RSV1 stands on the first frame of a data message only")
    func compressedBit() {
        for opcode: UInt8 in [0x88, 0x89, 0x8A] {
            #expect(decode([opcode | 0x40, 0x80, 0, 0, 0, 0], deflate: true) == [.failed(.reservedBits)])
        }
        let first = masked(.binary, [1], isFinal: false, isCompressed: true)
        #expect(
            decode(first + masked(.continuation, [2], isCompressed: true), deflate: true) == [
                .failed(.reservedBits)
            ])
        let mixed = first + masked(.continuation, [2]) + masked(.binary, [3])
        #expect(
            decode(mixed, deflate: true) == [.message(.binary, [1, 2], compressed: true), .binary([3])])
    }

    @Test(
        "[RFC 6455 §5.2] undefined opcodes fail", arguments: [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8])
    func opcodes(opcode: UInt8) {
        #expect(decode([0x80 | opcode, 0x80, 0, 0, 0, 0]) == [.failed(.unknownOpcode)])
    }

    @Test("[RFC 6455 §5.1] a client masks and a server does not")
    func masks() {
        #expect(decode(Example.helloUnmasked) == [.failed(.unmaskedFrame)])
        #expect(decode(Example.helloMasked, role: .client) == [.failed(.maskedFrame)])
    }

    @Test("[RFC 6455 §5.2] a length is written in as few bytes as it needs, without its top bit")
    func lengths() {
        let key: [UInt8] = [0, 0, 0, 0]
        #expect(decode([0x82, 0xFE, 0, 125] + key) == [.failed(.nonMinimalLength)])
        #expect(decode([0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + key) == [.failed(.nonMinimalLength)])
        #expect(decode([0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0] + key) == [.failed(.lengthOutOfRange)])
        #expect(
            decode([0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] + key) == [
                .failed(.messageTooLong)
            ])
        for count in [0, 1, 125, 126, 127, 65535, 65536] {
            let payload = [UInt8](repeating: 7, count: count)
            #expect(decode(masked(.binary, payload)) == [.binary(payload)])
        }
    }

    @Test("[RFC 6455 §5.5] control frames are short and whole")
    func controlFrames() {
        #expect(decode([0x09, 0x80, 0, 0, 0, 0]) == [.failed(.fragmentedControl)])
        #expect(decode([0x08, 0x80, 0, 0, 0, 0]) == [.failed(.fragmentedControl)])
        #expect(decode([0x89, 0xFE, 0, 126, 0, 0, 0, 0]) == [.failed(.controlTooLong)])
        let longest = [UInt8](repeating: 9, count: 125)
        #expect(decode(masked(.ping, longest)) == [.ping(longest)])
        #expect(decode(masked(.ping, [])) == [.ping([])])
    }

    @Test("[RFC 6455 §5.4] fragments join in order, with control frames in between")
    func fragments() {
        let bytes =
            masked(.text, Array("blå".utf8.dropLast()), isFinal: false) + masked(.ping, [1])
            + masked(.continuation, [0xA5], isFinal: false) + masked(.continuation, [], isFinal: false)
            + masked(.pong, [2]) + masked(.continuation, Array("bær".utf8)) + masked(.binary, [3])
        #expect(decode(bytes) == [.ping([1]), .pong([2]), .text("blåbær"), .binary([3])])
        let empty = masked(.text, [], isFinal: false) + masked(.continuation, [])
        #expect(decode(empty) == [.text("")])
        #expect(decode(masked(.text, [], isFinal: false) + masked(.continuation, [0x61])) == [.text("a")])
    }

    @Test("[RFC 6455 §5.4] a continuation needs a beginning, and a message an end")
    func fragmentOrder() {
        #expect(decode(masked(.continuation, [1])) == [.failed(.unexpectedContinuation)])
        #expect(decode(masked(.continuation, [1], isFinal: false)) == [.failed(.unexpectedContinuation)])
        #expect(
            decode(masked(.text, [], isFinal: false) + masked(.text, [])) == [.failed(.interleavedMessage)])
        #expect(
            decode(masked(.text, []) + masked(.continuation, [])) == [
                .text(""), .failed(.unexpectedContinuation),
            ])
    }

    @Test("[RFC 6455 §7.4.1] a message over the limit fails with 1009 at its head, over all fragments")
    func messageLimit() {
        #expect(decode(masked(.binary, [1, 2, 3, 4]), limit: 4) == [.binary([1, 2, 3, 4])])
        #expect(
            decode(Array(masked(.binary, [1, 2, 3, 4, 5]).prefix(6)), limit: 4) == [.failed(.messageTooLong)])
        let fragments = masked(.binary, [1, 2, 3], isFinal: false) + masked(.continuation, [4])
        #expect(decode(fragments, limit: 4) == [.binary([1, 2, 3, 4])])
        #expect(decode(fragments, limit: 3) == [.failed(.messageTooLong)])
        #expect(decode(masked(.ping, [1, 2, 3]), limit: 0) == [.ping([1, 2, 3])])
        #expect(FrameError.messageTooLong.closeCode == 1009)
        #expect(decode(masked(.binary, Array(repeating: 0, count: 65537))) == [.failed(.messageTooLong)])
    }

    @Test("[RFC 6455 §5.5.1] a close frame's code and reason are read; nothing is read after it")
    func close() {
        #expect(decode(masked(.close, []) + masked(.text, [0x61])) == [.close(nil, "")])
        #expect(decode(masked(.close, [0x03, 0xE8])) == [.close(1000, "")])
        #expect(
            decode(masked(.close, [0x0F, 0xA0] + Array("på gjensyn".utf8))) == [.close(4000, "på gjensyn")])
        #expect(decode(masked(.close, [0x03])) == [.failed(.truncatedCloseCode)])
        #expect(decode(masked(.close, [0x03, 0xE8, 0xFF])) == [.failed(.invalidUTF8)])
        #expect(decode(masked(.close, [0x03, 0xE8, 0xC3])) == [.failed(.invalidUTF8)])
        var decoder = FrameDecoder(role: .server)
        let pieces = [masked(.close, [])[...], masked(.text, [0x61])[...], [0xFF, 0xFF][...]]
        #expect(decode(pieces, with: &decoder) == [.close(nil, "")])
    }

    @Test("[RFC 6455 §7.4] only codes for the wire are accepted")
    func closeCodes() {
        let valid = Array(1000...1003) + Array(1007...1014) + [3000, 3999, 4000, 4999]
        let invalid = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535]
        for code in valid {
            #expect(
                decode(masked(.close, [UInt8(code >> 8), UInt8(code & 255)])) == [.close(UInt16(code), "")])
        }
        for code in invalid {
            #expect(
                decode(masked(.close, [UInt8(code >> 8), UInt8(code & 255)])) == [.failed(.invalidCloseCode)])
        }
    }

    @Test("[RFC 6455 §8.1] text that is not UTF-8 fails in the middle of its frame, with 1007")
    func failsFastOnText() {
        let bytes = masked(.text, Array("abc".utf8) + [0xFF] + Array(repeating: 0x61, count: 200))
        #expect(decode(Array(bytes.prefix(8 + 3))) == [])
        #expect(decode(Array(bytes.prefix(8 + 4))) == [.failed(.invalidUTF8)])
        #expect(decode(masked(.text, [0xC3])) == [.failed(.invalidUTF8)])
        #expect(
            decode(masked(.text, [0xC3], isFinal: false) + masked(.continuation, [])) == [
                .failed(.invalidUTF8)
            ])
        #expect(
            decode(masked(.text, [0xC3], isFinal: false) + masked(.continuation, [0x61])) == [
                .failed(.invalidUTF8)
            ])
        #expect(decode(masked(.binary, [0xFF])) == [.binary([0xFF])])
        #expect(decode([0x81, 0x01, 0xFF], role: .client) == [.failed(.invalidUTF8)])
        #expect(FrameError.invalidUTF8.closeCode == 1007)
    }

    @Test("a text after one that ended badly as compressed data starts clean")
    func validatorStartsAnew() {
        let bytes = masked(.text, [0xC3], isCompressed: true) + masked(.text, Array("å".utf8))
        #expect(decode(bytes, deflate: true) == [.message(.text, [0xC3], compressed: true), .text("å")])
    }

    @Test("an error is thrown again on every later call")
    func failureStays() {
        var decoder = FrameDecoder(role: .server)
        let bad = decode([Example.helloUnmasked[...]], with: &decoder)
        let after = decode([Example.helloMasked[...]], with: &decoder)
        #expect(bad == [.failed(.unmaskedFrame)] && after == bad)
    }

    @Test("a whole frame is handed on in place, and a cut one as an array of its own")
    func zeroCopy() throws {
        var decoder = FrameDecoder(role: .server)
        var buffer = Example.helloMasked
        try buffer.withUnsafeMutableBytes { buffer in
            var input = FrameInput(buffer)
            guard case .message(_, .input(let bytes), _) = try decoder.next(in: &input) else {
                Issue.record("not in place")
                return
            }
            #expect(bytes.baseAddress == UnsafeRawPointer(buffer.baseAddress)?.advanced(by: 6))
            #expect(input.count == 0 && decoder.isBetweenMessages)
        }
        buffer = Example.helloMasked
        try buffer.withUnsafeMutableBytes { buffer in
            var input = FrameInput(UnsafeMutableRawBufferPointer(rebasing: buffer[..<8]))
            #expect(try decoder.next(in: &input) == nil)
            #expect(input.count == 0 && !decoder.isBetweenMessages)
            input = FrameInput(UnsafeMutableRawBufferPointer(rebasing: buffer[8...]))
            guard case .message(_, .gathered(let bytes), _) = try decoder.next(in: &input) else {
                Issue.record("not gathered")
                return
            }
            #expect(bytes == Array("Hello".utf8) && decoder.isBetweenMessages)
        }
    }

    @Test("an idle decoder is at most 96 bytes")
    func size() {
        #expect(MemoryLayout<FrameDecoder>.size <= 96)
    }

    @Test("every error has a code that may be sent, and is told apart", arguments: FrameError.allCases)
    func errorCodes(error: FrameError) {
        #expect(CloseCode.isSendable(error.closeCode))
    }

    @Test("every split: frames give the same however they are cut")
    func everySplitOfFrames() {
        let streams: [[UInt8]] = [
            Example.helloMasked + Example.pongMasked + masked(.close, [0x03, 0xE8, 0x62, 0x79, 0x65]),
            masked(.text, Array("på ".utf8), isFinal: false) + masked(.ping, [1, 2, 3])
                + masked(.continuation, Array("brødskive".utf8)) + masked(.binary, []) + masked(.text, []),
            masked(.binary, [1, 2, 3, 4, 5], isFinal: false, isCompressed: true)
                + masked(.continuation, [6], isFinal: false) + masked(.continuation, [7, 8, 9])
                + masked(.text, Array("x".utf8)),
            masked(.text, Array(repeating: 0x61, count: 130)) + masked(.text, [0x61, 0xC3, 0x28]),
            masked(.ping, [1, 2]) + masked(.text, Array("abc".utf8)) + [0x81, 0x05, 0x48],
            masked(.text, [0x61], isFinal: false) + masked(.close, [0x03]),
            masked(.binary, [1, 2, 3]) + [0x82, 0xFF, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
        ]
        for bytes in streams {
            let whole = decode(bytes, deflate: true)
            #expect(!whole.isEmpty)
            for pieces in everySplit(of: bytes) {
                var decoder = FrameDecoder(role: .server, allowsCompression: true)
                #expect(decode(pieces, with: &decoder) == whole)
            }
        }
    }

    @Test(
        "a 64 KiB frame gives the same in reads of any size",
        arguments: [1, 7, 1000, 4096, 16384, 65535, 65549])
    func largeFrameInReads(step: Int) {
        var random = Seeded(3)
        let payload = random.bytes(65536)
        let bytes = masked(.binary, payload)
        let pieces = stride(from: 0, to: bytes.count, by: step).map {
            bytes[$0..<min($0 + step, bytes.count)]
        }
        var decoder = FrameDecoder(role: .server)
        #expect(decode(pieces, with: &decoder) == [.binary(payload)])
    }

    @Test("garbage never traps, and gives the same in two pieces as in one", arguments: UInt64(0)..<16)
    func garbage(seed: UInt64) {
        var random = Seeded(seed)
        let sample =
            masked(.text, Array("på brødskive".utf8), isFinal: false) + masked(.ping, [1, 2])
            + masked(.continuation, Array("og".utf8)) + masked(.binary, random.bytes(300))
            + masked(.close, [3, 232])
        for round in 0..<500 {
            var bytes = sample
            if round % 2 == 0 {
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
                        in: .min ... .max, using: &random)
                }
            } else {
                bytes = random.bytes(Int.random(in: 0...64, using: &random))
            }
            let role: FrameDecoder.Role = round % 5 == 0 ? .client : .server
            var whole = FrameDecoder(
                role: role, messageByteCountLimit: 1000, allowsCompression: round % 3 == 0)
            var cut = whole
            let place = Int.random(in: 0...bytes.count, using: &random)
            #expect(
                decode([bytes[...]], with: &whole) == decode([bytes[..<place], bytes[place...]], with: &cut),
                "seed \(seed), bytes \(bytes)")
        }
    }
}

import Testing
import WebCodec

@Suite struct FrameEncoderTests {
    @Test("[RFC 6455 §5.7] the examples are written byte for byte")
    func examples() {
        let key = MaskingKey(0x37, 0xFA, 0x21, 0x3D)
        let hello = Array("Hello".utf8)
        #expect(FrameEncoder.text("Hello") == FrameDecoderTests.Example.helloUnmasked)
        #expect(FrameEncoder.text("Hello", key: key) == FrameDecoderTests.Example.helloMasked)
        #expect(
            FrameEncoder.frame(.text, Array("Hel".utf8), isFinal: false)
                + FrameEncoder.frame(.continuation, Array("lo".utf8))
                == FrameDecoderTests.Example.helloFragments)
        #expect(FrameEncoder.frame(.ping, hello) == FrameDecoderTests.Example.pingUnmasked)
        #expect(FrameEncoder.frame(.pong, hello, key: key) == FrameDecoderTests.Example.pongMasked)
        #expect(key == MaskingKey(bits: 0x3D21_FA37))
    }

    @Test("[RFC 6455 §5.2] a length takes the fewest bytes", arguments: [0, 125, 126, 65535, 65536, 1 << 40])
    func heads(count: Int) {
        for key in [nil, MaskingKey(1, 2, 3, 4)] {
            var bytes: [UInt8] = [0xEE]
            FrameEncoder.appendHead(
                to: &bytes, .binary, payloadByteCount: count, isCompressed: true, key: key)
            let size = FrameEncoder.headByteCount(payloadByteCount: count, isMasked: key != nil)
            #expect(bytes.count == 1 + size && bytes[0] == 0xEE && bytes[1] == 0xC2)
            let lengthOctet: UInt8 = count < 126 ? UInt8(count) : count < 65536 ? 126 : 127
            #expect(bytes[2] == lengthOctet | (key == nil ? 0 : 0x80))
            let lengthBytes = bytes.dropFirst(3).dropLast(key == nil ? 0 : 4)
            if !lengthBytes.isEmpty {
                #expect(lengthBytes.reduce(0) { $0 << 8 | Int($1) } == count)
            }
            if key != nil { #expect(bytes.suffix(4) == [1, 2, 3, 4]) }
        }
    }

    @Test("[RFC 6455 §5.3] masking is an XOR with the key from its first byte on, for every length and place")
    func masking() {
        var random = Seeded(5)
        for count in 0...100 {
            let payload = random.bytes(count)
            let key: [UInt8] = random.bytes(4)
            let frame = FrameEncoder.frame(.binary, payload, key: MaskingKey(key[0], key[1], key[2], key[3]))
            let expected = payload.indices.map { payload[$0] ^ key[$0 % 4] }
            #expect(Array(frame.suffix(count)) == expected)
            #expect(decode(frame) == [.binary(payload)])
        }
    }

    @Test("[RFC 6455 §5.5.1] a close frame's reason is cut to 123 bytes between characters")
    func close() {
        #expect(FrameEncoder.close(1000) == [0x88, 0x02, 0x03, 0xE8])
        #expect(FrameEncoder.close(nil, reason: "x") == [0x88, 0x00])
        #expect(FrameEncoder.close(1006) == [0x88, 0x00])
        let frame = FrameEncoder.close(4001, reason: String(repeating: "å", count: 100))
        #expect(decode(frame, role: .client) == [.close(4001, String(repeating: "å", count: 61))])
    }
}

import Deflate
import Testing

/// A small generator whose whole run follows from its seed (an xorshift).
private struct Noise {
    var state: UInt64

    mutating func byte() -> UInt8 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return UInt8(truncatingIfNeeded: state >> 32)
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in byte() } }
}

@Suite struct DeflateStreamTests {
    private static let hello = Array("Hello".utf8)

    @Test("[RFC 7692 §7.2.3.1, §7.2.3.2] the examples are written and read byte for byte, with takeover")
    func examples() throws {
        let deflate = try DeflateStream()
        let first = try deflate.compress(Self.hello)
        let second = try deflate.compress(Self.hello)
        #expect(first == [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
        #expect(second == [0xF2, 0x00, 0x11, 0x00, 0x00])
        let inflate = try InflateStream()
        #expect(try inflate.decompress(first) == Self.hello)
        #expect(try inflate.decompress(second) == Self.hello)
    }

    @Test("[RFC 7692 §7.1.1] after a reset a message stands for itself")
    func reset() throws {
        let deflate = try DeflateStream()
        let first = try deflate.compress(Self.hello)
        deflate.reset()
        #expect(try deflate.compress(Self.hello) == first)
        let inflate = try InflateStream()
        _ = try inflate.decompress(first)
        inflate.reset()
        #expect(throws: DeflateError.corrupt) { try inflate.decompress([0xF2, 0x00, 0x11, 0x00, 0x00]) }
    }

    @Test("[RFC 7692 §7.2.3.3, §7.2.3.4, §7.2.3.5] stored, final and several blocks are read")
    func otherBlocks() throws {
        let messages: [[UInt8]] = [
            [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
            [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00],
            [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00],
            [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00],
        ]
        for message in messages {
            let inflate = try InflateStream()
            #expect(try inflate.decompress(message) == Self.hello)
            // The window outlives the message, also after a final block.
            #expect(try inflate.decompress([0xF2, 0x00, 0x11, 0x00, 0x00]) == Self.hello)
        }
    }

    @Test("[RFC 7692 §7.2.3.6] an empty message is one byte, and leaves the window as it was")
    func empty() throws {
        let deflate = try DeflateStream()
        let inflate = try InflateStream()
        #expect(try deflate.compress([]) == [0x00])
        for message in [Self.hello, [], Self.hello, [], []] {
            #expect(try inflate.decompress(try deflate.compress(message)) == message)
        }
        #expect(try inflate.decompress([]).isEmpty)
    }

    @Test("messages of every size and kind come back, for every window", arguments: 8...15)
    func roundTrips(windowBits: Int) throws {
        var noise = Noise(state: UInt64(windowBits))
        for level in [1, 6, 9] {
            let deflate = try DeflateStream(windowBits: windowBits, level: level, memoryLevel: level)
            let inflate = try InflateStream(windowBits: windowBits, messageByteCountLimit: 1 << 20)
            for count in [1, 5, 255, 256, 257, 600, 4096, 65536, 200_000] {
                let random = noise.bytes(count)
                let text = (0..<count).map { UInt8(97 + ($0 * $0 / 7) % 23) }
                for message in [random, text, [UInt8](repeating: 0x20, count: count), random] {
                    #expect(try inflate.decompress(try deflate.compress(message)) == message)
                }
            }
        }
    }

    @Test(
        "[RFC 7692 §7.1.2.1] for 8 bits no match reaches back more than 256 bytes, though zlib's window is 9")
    func smallestWindow() throws {
        var noise = Noise(state: 77)
        for distance in 200...520 {
            // The same 40 bytes twice, `distance` apart: zlib would find them in any window that reaches.
            let needle = noise.bytes(40)
            let message = needle + noise.bytes(distance - 40) + needle
            let deflate = try DeflateStream(windowBits: 8, level: 9)
            // One message each, so that the second copy lies in another call's window.
            let parts = [Array(message.prefix(distance)), Array(message.suffix(40))]
            let inflate = try InflateStream(windowBits: 8)
            for part in parts { #expect(try inflate.decompress(try deflate.compress(part)) == part) }
        }
    }

    @Test("[RFC 6455 §7.4.1] a bomb stops at the limit with 1009")
    func bomb() throws {
        let bomb = try DeflateStream(level: 9).compress([UInt8](repeating: 0, count: 32 << 20))
        #expect(bomb.count < 40_000)
        #expect(throws: DeflateError.tooLong(limit: 65536)) { try InflateStream().decompress(bomb) }
        #expect(DeflateError.tooLong(limit: 1).closeCode == 1009)
    }

    @Test("the limit holds to the byte", arguments: [1, 100, 16383, 16384, 16385, 65536])
    func limit(count: Int) throws {
        let inflate = try InflateStream(messageByteCountLimit: count)
        let fits = [UInt8](repeating: 1, count: count)
        #expect(try inflate.decompress(try DeflateStream().compress(fits)) == fits)
        #expect(throws: DeflateError.tooLong(limit: count)) {
            try InflateStream(messageByteCountLimit: count).decompress(
                try DeflateStream().compress(fits + [1]))
        }
    }

    @Test("what is corrupt or cut short fails with 1007")
    func corrupt() throws {
        for bytes in [
            [0xFF, 0xFF], [0x07], [0xF2, 0x00, 0x11, 0x00, 0x00], [0x00, 0x05, 0x00, 0x00, 0x00],
        ] as [[UInt8]] {
            #expect(throws: DeflateError.corrupt) { try InflateStream().decompress(bytes) }
        }
        let whole = try DeflateStream().compress(Array("en setning som er lang nok til å kortes av".utf8))
        for count in 1..<(whole.count - 1) {
            #expect(throws: DeflateError.corrupt) {
                try InflateStream().decompress(Array(whole.prefix(count)))
            }
        }
        #expect(DeflateError.corrupt.closeCode == 1007)
    }

    @Test("garbage is refused or bounded, and never traps", arguments: UInt64(1)..<9)
    func garbage(seed: UInt64) {
        var noise = Noise(state: seed)
        for _ in 0..<300 {
            let bytes = noise.bytes(Int(noise.byte()))
            do throws(DeflateError) {
                let message = try InflateStream(messageByteCountLimit: 1000).decompress(bytes)
                #expect(message.count <= 1000)
            } catch {
                #expect(error == .corrupt || error == .tooLong(limit: 1000), "seed \(seed), bytes \(bytes)")
            }
        }
    }

    @Test("[RFC 1952 §2.3] a gzip member has no name and no time, its size at the end, and deflate inside")
    func gzipMember() throws {
        var noise = Noise(state: 5)
        for content in [[], Self.hello, noise.bytes(100_000), [UInt8](repeating: 9, count: 300_000)] {
            let member = gzip(content)
            #expect(member.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
            let size = member.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(size == content.count)
            let inflate = try InflateStream(messageByteCountLimit: 1 << 20)
            #expect(try inflate.decompress(Array(member.dropFirst(10).dropLast(8))) == content)
            #expect(gzip(content) == member)
        }
    }
}

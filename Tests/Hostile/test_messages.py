"""Messages that mean harm, after a handshake that was right: each ends its own connection with the code that says why, and costs nothing."""

import base64
import json
import os
import secrets
import struct
import time
import zlib

import pytest

from test_refusals import handshake, statuses


def frame(payload: bytes, opcode: int = 1, *, compressed: bool = False, final: bool = True) -> bytes:
    first = (0x80 if final else 0) | (0x40 if compressed else 0) | opcode
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size) if size < 1 << 16 else b"\xff" + struct.pack(">Q", size)
    mask = os.urandom(4)
    key = (mask * (size // 4 + 1))[:size]
    return bytes([first]) + length + mask + (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


def opened(target, *fields: bytes):
    line = target.dial()
    line.sendall(handshake(more=fields))
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(4096)
    assert statuses(received) == [101], received
    return line


def hello() -> bytes:
    secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    return json.dumps({"type": "hello", "secret": secret, "code": "ABABAB"}).encode()


def close_code(line) -> int | None:
    """The code of the first frame, which must be a close; None when the connection just ends. The server then waits for ours; we go."""
    received = b""
    while len(received) < 4:
        chunk = line.recv(1 << 16)
        if not chunk:
            return None
        received += chunk
    assert received[0] == 0x88, received[:40]
    return struct.unpack(">H", received[2:4])[0]


def nested(depth: int, kind: str) -> bytes:
    return (b'{"type":"hello","secret":' + (b'[' * depth + b']' * depth if kind == "array" else b'{"a":' * depth + b'1' + b'}' * depth) + b'}')


MALFORMED = {
    "deep arrays": nested(9, "array"),
    "very deep arrays": nested(7_000, "array"),
    "very deep objects": nested(2_500, "object"),
    "arrays that never end": b"[" * 16_000,
    "too many members": b'{"type":"hello","a":[' + b"1," * 1_200 + b"1]}",
    "a number beyond 2^53": b'{"type":"hello","a":9007199254740993}',
    "a number of a thousand digits": b'{"type":"hello","a":' + b"9" * 1_000 + b"}",
    "an exponent beyond all numbers": b'{"type":"hello","a":1e999}',
    "NaN": b'{"type":"hello","a":NaN}',
    "infinity": b'{"type":"hello","a":-Infinity}',
    "a leading zero": b'{"type":"hello","a":01}',
    "a name twice": b'{"type":"hello","type":"hello"}',
    "half a surrogate": b'{"type":"hello","a":"\\ud800"}',
    "a control character": b'{"type":"hello","a":"\x01"}',
    "two values": b'{"type":"hello"}{}',
    "no object": b"[]",
    "nothing": b"",
    "a byte order mark": b'\xef\xbb\xbf{"type":"hello"}',
}


@pytest.mark.parametrize("name", MALFORMED)
def test_json_beyond_the_limits_ends_the_connection(target, name):
    with opened(target) as line:
        line.sendall(frame(MALFORMED[name]))
        assert close_code(line) == 4400


FRAMES = {
    "text that is not UTF-8": (frame(b"\xc0\xaf"), 1007),
    "an overlong slash": (frame(b"\xe0\x80\xaf"), 1007),
    "a binary message": (frame(b"a", 2), 1003),
    "a reserved opcode": (frame(b"a", 3), 1002),
    "a message above the limit": (frame(b"a" * 16_385), 1009),
    "a length above the limit, without a byte of it": (b"\x81\xff" + struct.pack(">Q", 1 << 62) + b"abcd", 1009),
    "a length with its highest bit set": (b"\x81\xff" + struct.pack(">Q", 1 << 63) + b"abcd", 1002),
    "a length that is not the shortest": (b"\x81\xfe\x00\x01abcda", 1002),
    "fragments that never end": (b"".join(frame(b"a" * 1_000, 1 if n == 0 else 0, final=False) for n in range(18)), 1009),
    "a fragment that continues nothing": (frame(b"a", 0), 1002),
    "a long ping": (frame(b"a" * 126, 9), 1002),
    "a ping in fragments": (frame(b"a", 9, final=False), 1002),
    "no mask": (b"\x81\x01a", 1002),
    "compressed without having agreed": (frame(b"a", compressed=True), 1002),
}


@pytest.mark.parametrize("name", FRAMES)
def test_broken_frames_end_the_connection(target, name):
    sent, expected = FRAMES[name]
    with opened(target) as line:
        line.sendall(sent)
        assert close_code(line) == expected


def bomb(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(mebibytes)) + packer.flush(zlib.Z_SYNC_FLUSH)
    return packed[:-4]


def test_a_decompression_bomb_is_cut_at_the_limit_and_memory_stays_flat(target):
    """Each is small on the line and within the limit of a message there; open, each would be many times the server."""
    packed = bomb(15)
    assert len(packed) < 16_384 < 15 << 20
    with opened(target, b"Sec-WebSocket-Extensions: permessage-deflate") as line:
        line.sendall(frame(packed, compressed=True))
        assert close_code(line) == 1009
    before = target.resident_bytes
    begun = time.monotonic()
    highest = before
    for _ in range(20):
        lines = [opened(target, b"Sec-WebSocket-Extensions: permessage-deflate") for _ in range(10)]
        for line in lines:
            line.sendall(frame(packed, compressed=True))
        highest = max(highest, target.resident_bytes)
        assert [close_code(line) for line in lines] == [1009] * 10
        for line in lines:
            line.close()
    seconds = time.monotonic() - begun
    print(f"200 bombs of {len(packed)} bytes that would be 15 MiB each: {(highest - before) >> 10} KiB more at the highest, {seconds:.1f} s")
    assert highest < before + (4 << 20)
    assert seconds < 10


def test_garbage_in_a_compressed_message_ends_the_connection(target):
    for packed in (b"\xff" * 50, b"\x07", os.urandom(200), bomb(1)[:-20] + b"\xff" * 20):
        with opened(target, b"Sec-WebSocket-Extensions: permessage-deflate") as line:
            line.sendall(frame(packed, compressed=True))
            assert close_code(line) in (1002, 1007, 1009, 4400)


def test_pings_without_reading_the_answers_are_not_kept(target):
    """Whoever sends and never reads is not served from ever more memory: the newest ping is answered when there is room."""
    before = target.resident_bytes
    lines = [opened(target) for _ in range(20)]
    ping = frame(b"a" * 125, 9) * 400
    for line in lines:
        line.settimeout(0.2)
        try:
            for _ in range(200):
                line.sendall(ping)
        except OSError:
            pass
    grown = target.resident_bytes - before
    print(f"20 peers sent up to {200 * len(ping) >> 20} MiB of pings each and read nothing: {grown >> 10} KiB more")
    for line in lines:
        line.close()
    assert grown < 4 << 20

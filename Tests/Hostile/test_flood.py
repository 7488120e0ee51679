"""Floods, small: script/flood runs them whole, with rounds in quiet between."""

import socket
import statistics
import time
import zlib

import pytest

from conftest import Target
from flood import DEFLATING, MEMORY_EACH, Apart, Watched, be_hostile, beat, honest, join_by_script, lead, percentile
from newcomers import UPGRADE, create
from test_messages import frame


@pytest.fixture
def server(tmp_path):
    server = Target(tmp_path / "data").start()
    yield server
    assert server.stop() == 0


def test_scripted_joins_do_not_hold_up_the_facilitator(server):
    workshop = create(server)
    leading = Apart(lead, server.port, workshop, 10)
    time.sleep(1)
    begun = time.monotonic()
    joining = Apart(join_by_script, server.port, {"code": workshop["code"]}, 1_000, 10_000)
    while not joining.is_over and time.monotonic() - begun < 60:
        time.sleep(0.05)
    ended = time.monotonic()
    taken, unanswered = leading.stop()
    joined = joining.stop()
    during = [seconds for at, seconds in taken if begun <= at <= ended]
    print(f"{joined}; {len(during)} commands meanwhile: p50 {percentile(during, .5) * 1000:.0f}, most {max(during) * 1000:.0f} ms")
    assert joined["let in"] == 1_000 and unanswered == 0
    assert percentile(during, .99) < 0.5


def test_hostile_connections_do_not_hold_up_honest_ones(server):
    """Two hundred beside a hundred; honest figures in quiet before and after."""
    nobody = {"code": create(server)["code"]}

    def load():
        return honest(server, 100, 5, 5)["shown"]["p99"] / 1000

    quiet = [load()]
    before = server.resident_bytes
    watched = Watched(server)
    writing = Apart(beat, server.port, nobody, 5)
    hostile = Apart(be_hostile, server.port, nobody, 200)
    time.sleep(2)
    beside = [load(), load()]
    found = hostile.stop()
    writing.stop()
    highest = watched.stop()
    quiet.append(load())
    print(f"honest p99 {quiet} ms in quiet, {beside} ms beside {found}; at most {(highest - before) >> 10} KiB more")
    assert found["dialled"] > 300 and found["open"] > 50
    # Wide, since a busy machine's own pauses are in these few seconds; script/flood holds it to twice.
    assert statistics.median(beside) < 4 * max(quiet) + 20
    assert highest - before < 200 * MEMORY_EACH + (8 << 20)


def half(of: bytes) -> bytes:
    return of[:-1]


def strangers(port: int) -> dict[str, bytes]:
    """The most that each way of stopping half-way leaves with the server."""
    upgrade, deflating = UPGRADE % port, DEFLATING % port
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = (packer.compress(b'{"type":"time","t":1}') + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]
    return {
        "says nothing": b"",
        "half a head": half(b"GET / HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X%d: " % n + b"a" * 8_000 + b"\r\n" for n in range(3)) + b"\r\n"),
        "half a body": half(b"POST /api/workshops HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n" + b"a" * 65_536),
        "a handshake and no hello": upgrade,
        "half a message": half(upgrade + frame(b"a" * 16_384)),
        "half a message in fragments": half(upgrade + b"".join(frame(b"a" * 1_000, 1 if n == 0 else 0, final=False) for n in range(16))),
        "a window of its own, and half a message": half(deflating + frame(packed, compressed=True) + frame(b"a" * 16_384, compressed=True)),
    }


def test_what_a_stranger_leaves_with_the_server_is_bounded(server):
    """Three hundred of each at a time, before any deadline takes them."""
    costs = {}
    for name, sent in strangers(server.port).items():
        before = server.resident_bytes
        lines = []
        for _ in range(300):
            line = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            line.sendall(sent)
            lines.append(line)
        time.sleep(0.5)
        costs[name] = (server.resident_bytes - before) / 300
        for line in lines:
            line.close()
        time.sleep(1.5)
    for name, cost in costs.items():
        print(f"{name}: {cost / 1024:.1f} KiB each")
    assert max(costs.values()) < MEMORY_EACH

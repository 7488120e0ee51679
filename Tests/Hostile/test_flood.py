"""Floods, small: script/flood runs them whole, with rounds in quiet between."""

import statistics
import time

import pytest

from conftest import Target
from flood import Apart, Watched, be_hostile, honest, join_by_script, lead, percentile, write_for_nobody
from newcomers import create

MEMORY_EACH = 96 << 10
"""What a hostile connection may cost at most, in bytes; docs/security.md."""


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
    writing = Apart(write_for_nobody, server.port, nobody, 5)
    hostile = Apart(be_hostile, server.port, nobody, 200)
    time.sleep(2)
    beside = [load(), load()]
    found = hostile.stop()
    writing.stop()
    highest = watched.stop()
    quiet.append(load())
    print(f"honest p99 {quiet} ms in quiet, {beside} ms beside {found}; at most {(highest - before) >> 10} KiB more")
    assert found["dialled"] > 300 and found["open"] > 100
    # Wide, since a busy machine's own pauses are in these few seconds; script/flood holds it to twice.
    assert statistics.median(beside) < 4 * max(quiet) + 20
    assert highest - before < 200 * MEMORY_EACH + (8 << 20)

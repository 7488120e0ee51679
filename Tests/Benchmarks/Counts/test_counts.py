"""What a note costs in allocations, system calls and bytes: counts, not times, so the same on any machine.

A workshop with 40 members and one with 240 see the same notes, one at a time. What more members cost over the number of frames they
were sent is the price of a delivery; the rest is the price of a note (`sendsPerNote` is below zero: the writer gets the note, its own
copy and the answer in one send, where three frames would be three deliveries). The limits stand in `thresholds.json` beside this file:
lower them when the server gets better, raise them only with a reason in the commit.

    SAMSKAP_BINARY=… python -m pytest -s Tests/Benchmarks/Counts
"""

import asyncio
import base64
import json
import mmap
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

sys.path.insert(0, str(Path(__file__).parents[2] / "Browser"))

from support.server import Server  # noqa: E402
from support.workshop import create  # noqa: E402

HERE = Path(__file__).parent
NAMES = ["allocations", "sends", "bytesSent", "receives", "polls", "syncs"]
NOTES = 40
FEW, MANY = 40, 240


class Counters:
    """What the server has counted so far."""

    def __init__(self, path: Path):
        with open(path, "r+b") as file:
            self._map = mmap.mmap(file.fileno(), 8 * len(NAMES))

    def read(self) -> dict[str, int]:
        return dict(zip(NAMES, struct.unpack_from(f"={len(NAMES)}Q", self._map)))


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """A server that counts, with its counters."""
    folder = tmp_path_factory.mktemp("counts")
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))))
    library = folder / "counters.so"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, HERE / "counters.c", "-ldl"], check=True)
    os.environ |= {"LD_PRELOAD": str(library), "COUNTERS_FILE": str(folder / "counters")}
    try:
        server = Server(folder / "data", "--workers", "1").start()
    finally:
        del os.environ["LD_PRELOAD"], os.environ["COUNTERS_FILE"]
    yield server, Counters(folder / "counters")
    server.stop()


class Member:
    """Counts the frames of the room's channel that it is sent, and the notes in them."""

    def __init__(self):
        self.frames = self.notes = self.acknowledged = 0

    async def enter(self, workshop: dict, compression: str | None) -> "Member":
        self.socket = await connect(
            workshop["url"], subprotocols=["samskap.v1"], compression=compression, ping_interval=None, max_size=None)
        secret = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
        await self.socket.send(json.dumps({"type": "hello", "secret": secret, "code": workshop["code"]}))
        self.task = asyncio.create_task(self._read())
        return self

    async def _read(self):
        async for text in self.socket:
            self.frames += 1
            if text.startswith('{"type":"ack"'):
                self.acknowledged += 1
            elif text.startswith('{"type":"changes","channel":"room"'):
                self.notes += text.count('"note/n')

    async def leave(self):
        self.task.cancel()
        await self.socket.close()


async def until(condition, seconds: float = 20):
    for _ in range(int(seconds * 500)):
        if condition():
            return
        await asyncio.sleep(0.002)
    raise AssertionError("it did not come true in time")


async def measure(server: Server, counters: Counters, size: int, compression: str | None) -> tuple[dict, int]:
    """Lets `NOTES` notes be written, one at a time; gives what was counted and how many frames arrived."""
    workshop = create(server)
    members = [await Member().enter(workshop, compression) for _ in range(size)]
    writer = members[0]
    for ref in range(1, 6):
        await write(writer, members, ref)
    await asyncio.sleep(4)  # everything that follows people's coming in has been told
    before, frames = counters.read(), sum(member.frames for member in members)
    for ref in range(6, NOTES + 6):
        await write(writer, members, ref)
    await asyncio.sleep(1.5)  # the last totals too
    after, told = counters.read(), sum(member.frames for member in members)
    for member in members:
        await member.leave()
    return {name: after[name] - before[name] for name in NAMES}, told - frames


async def write(writer: Member, members: list[Member], ref: int):
    await writer.socket.send(json.dumps({"type": "note.add", "ref": ref, "text": f"Flere benker langs elva, nummer {ref:04}"}))
    await until(lambda: all(member.notes == ref for member in members))
    await asyncio.sleep(0.05)  # so that no two notes share a flush


@pytest.mark.parametrize("compression", [None, "deflate"])
def test_a_delivery_costs_one_send_and_no_allocation(counted, compression):
    server, counters = counted
    few, few_frames = asyncio.run(measure(server, counters, FEW, compression))
    many, many_frames = asyncio.run(measure(server, counters, MANY, compression))
    deliveries = many_frames - few_frames
    each = {name: (many[name] - few[name]) / deliveries for name in NAMES}
    note = {name: (few[name] - each[name] * few_frames) / NOTES for name in NAMES}
    found = {
        "allocationsPerDelivery": each["allocations"], "sendsPerDelivery": each["sends"],
        "bytesPerDelivery": each["bytesSent"], "allocationsPerNote": note["allocations"],
        "sendsPerNote": note["sends"], "receivesPerNote": note["receives"], "pollsPerNote": note["polls"],
        "syncsPerNote": note["syncs"],
    }
    limits = json.loads((HERE / "thresholds.json").read_text())["compressed" if compression else "plain"]
    print(f"\n{deliveries} deliveries, {'compressed' if compression else 'plain'}")
    for name, value in found.items():
        print(f"  {name:24} {value:10.3f}   at most {limits[name]}")
    assert {name: value for name, value in found.items() if value > limits[name]} == {}

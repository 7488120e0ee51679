"""The disk under the data folder: power cuts and no room, on an ext4 image of its own behind a loop device.

A power cut is what has reached the device: with the server stopped in mid-write (SIGSTOP), the image is copied and the copy mounted
in its place. What was only in the page cache is not in it. ROUNDS_CUT says how often (2); `script/faults cut 50`.
"""

import asyncio
import contextlib
import os
import random
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from hall import Writer, board, create, judge
from support.server import Server

ROUNDS = int(os.environ.get("ROUNDS_CUT", "2"))


def run(*command) -> subprocess.CompletedProcess:
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)


class Disk:
    """An ext4 file system in a file, mounted at a folder."""

    def __init__(self, folder: Path, megabytes: int):
        self.image, self.folder = folder / "disk.img", folder / "disk"
        self.folder.mkdir()
        with open(self.image, "wb") as file:
            file.truncate(megabytes << 20)
        run("mkfs.ext4", "-q", "-F", self.image)
        self.mount()

    def mount(self):
        run("mount", "-o", "loop", self.image, self.folder)

    def unmount(self):
        run("umount", self.folder)


@pytest.fixture
def disk(tmp_path):
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("needs root and mkfs.ext4")
    try:
        disk = Disk(tmp_path, int(os.environ.get("DISK_MEGABYTES", "64")))
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no loop device can be mounted here: {error.stderr.strip()}")
    yield disk
    with contextlib.suppress(subprocess.CalledProcessError):
        disk.unmount()


def test_nothing_acknowledged_is_lost_by_a_power_cut(disk):
    dice = random.Random(23)
    promised = lost = doubled = 0

    async def one(number: int):
        nonlocal promised, lost, doubled
        server = Server(disk.folder / "data").start()
        workshop = create(server)
        writers = [Writer(f"{number}.{index}") for index in range(20)]
        writing = asyncio.gather(*(writer.write(workshop, asyncio.Event(), pause=0.02) for writer in writers))
        await asyncio.sleep(0.4 + dice.random() * 0.6)
        os.kill(server._process.pid, signal.SIGSTOP)
        # What has been sent before the stop may still be on its way to us: it was promised.
        await asyncio.sleep(0.2)
        shutil.copyfile(disk.image, disk.image.with_suffix(".cut"))
        server.kill()
        await writing
        disk.unmount()
        disk.image.with_suffix(".cut").replace(disk.image)
        disk.mount()
        server.start()
        try:
            count, missing, twice = judge(writers, await board(workshop))
        finally:
            server.kill()
        promised, lost, doubled = promised + count, lost + len(missing), doubled + len(twice)
        assert not missing and not twice, (missing[:3], twice[:3])

    for number in range(ROUNDS):
        asyncio.run(one(number))
        if (number + 1) % 10 == 0:
            print(f"{number + 1} of {ROUNDS} cuts: {promised} promised, {lost} lost, {doubled} doubled", flush=True)
    print(f"{ROUNDS} power cuts: {promised} acknowledged, {lost} lost, {doubled} doubled")
    assert promised > ROUNDS * 50


def test_without_room_nothing_is_promised_and_with_room_it_goes_on(disk):
    async def run_it():
        server = Server(disk.folder / "data").start()
        workshop = create(server)
        writers = [Writer(f"full.{index}") for index in range(8)]
        stop = asyncio.Event()
        writing = asyncio.gather(*(writer.keep_writing(workshop, stop) for writer in writers))
        try:
            await asyncio.sleep(0.6)
            before = len([text for writer in writers for text in writer.promised])
            filler = disk.folder / "filler"
            with open(filler, "wb", buffering=0) as file, contextlib.suppress(OSError):
                while True:
                    file.write(bytes(1 << 16))
            # What lay in the log's own blocks may still be used; then no more is promised.
            for _ in range(100):
                count = len([text for writer in writers for text in writer.promised])
                await asyncio.sleep(0.3)
                if count == len([text for writer in writers for text in writer.promised]):
                    break
            else:
                raise AssertionError("the disk never became full")
            process = server._process
            assert process is not None and process.poll() is None, "it ended"
            # Reading goes on: a phone that comes back is shown everything.
            seen = await board(workshop, writers[0].secret)
            assert all(text in seen for writer in writers for text in writer.promised)
            filler.unlink()
            for _ in range(100):
                await asyncio.sleep(0.1)
                now = len([text for writer in writers for text in writer.promised])
                if now > count:
                    break
            assert now > count, "nothing was taken within 10 s after there was room again"
            assert process.poll() is None, "it was restarted"
            stop.set()
            await writing
            # Whoever lost the line meanwhile comes back with what had no answer.
            done = asyncio.Event()
            done.set()
            await asyncio.gather(*(writer.write(workshop, done) for writer in writers if writer.unanswered))
            promised, missing, twice = judge(writers, await board(workshop))
            print(f"{before} promised before, {count} when it was full, {promised} in the end; {len(missing)} lost, {len(twice)} doubled")
            assert not missing and not twice and not any(writer.unanswered for writer in writers)
        finally:
            server.kill()

    asyncio.run(run_it())

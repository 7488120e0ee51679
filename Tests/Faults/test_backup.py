"""`samskap backup` of a running server: everything acknowledged before it began is in the copy, and the copy is a data folder."""

import asyncio
import shutil
import socket
import stat
import subprocess
import time
from pathlib import Path

from hall import Writer, board, create, judge
from support.server import BINARY, Server
from test_verify import verify


def backup(folder: Path, target: Path) -> subprocess.CompletedProcess:
    return subprocess.run([BINARY, "backup", "--data", folder, target], capture_output=True, text=True, timeout=60)


def test_a_backup_under_load_holds_what_was_promised_before(tmp_path):
    async def run_it():
        server = Server(tmp_path / "data").start()
        workshops = [create(server) for _ in range(3)]
        stop = asyncio.Event()
        writers = [[Writer(f"b{number}.{index}") for index in range(12)] for number in range(3)]
        writing = asyncio.gather(*(
            writer.write(workshop, stop, pause=0.07) for workshop, group in zip(workshops, writers) for writer in group))
        await asyncio.sleep(1.5)
        before = [[text for writer in group for text in writer.promised] for group in writers]
        begun = time.monotonic()
        made = await asyncio.to_thread(backup, tmp_path / "data", tmp_path / "copy")
        took = time.monotonic() - begun
        assert made.returncode == 0 and "Backed up to" in made.stdout, made.stdout + made.stderr
        meanwhile = sum(len(writer.promised) for group in writers for writer in group) - sum(map(len, before))
        await asyncio.sleep(0.3)
        stop.set()
        await writing
        # The server went on, and lost nothing by it.
        for workshop, group in zip(workshops, writers):
            _, lost, doubled = judge(group, await board(workshop))
            assert not lost and not doubled
        secret = server.start_link.split("=")[1]
        assert server.stop() == 0
        assert not (tmp_path / "data" / "samskap.socket").exists()

        checked = verify(tmp_path / "copy")
        assert checked.returncode == 0 and "3 workshops" in checked.stdout, checked.stdout + checked.stderr
        for path in [tmp_path / "copy" / "samskap.sqlite", tmp_path / "copy" / "start-secret"]:
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        restored = Server(tmp_path / "copy").start()
        try:
            assert restored.start_link.split("=")[1] == secret
            url = restored.address.replace("http", "ws") + "/ws"
            held = 0
            for workshop, promised in zip(workshops, before):
                seen = await board(workshop | {"url": url})
                assert not [text for text in promised if text not in seen]
                assert not [text for text, count in seen.items() if count > 1]
                held += len(seen)
        finally:
            restored.kill()
        print(f"a backup in {took:.2f} s; {sum(map(len, before))} acknowledged before, {meanwhile} meanwhile, {held} in it, 0 lost")
        assert sum(map(len, before)) > 200
        # A backup may take less time than one answer; that the writers went on is seen after it.
        assert sum(len(writer.promised) for group in writers for writer in group) > sum(map(len, before))

    asyncio.run(run_it())


def test_a_stopped_server_is_backed_up_too_and_what_cannot_be_is_said(tmp_path):
    server = Server(tmp_path / "data").start()
    create(server)
    # One who says nothing, or nonsense, holds up nobody for long.
    with socket.socket(socket.AF_UNIX) as silent, socket.socket(socket.AF_UNIX) as nonsense:
        path = tmp_path / "data" / "samskap.socket"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        silent.connect(str(path))
        nonsense.connect(str(path))
        nonsense.sendall(b"backup relative/path\n")
        assert b"not understood" in nonsense.recv(100)
    assert backup(tmp_path / "data", tmp_path / "first").returncode == 0
    again = backup(tmp_path / "data", tmp_path / "first")
    assert again.returncode == 1 and "cannot be made: File exists" in again.stderr, again.stderr
    server.kill()
    # A killed server leaves its socket behind; a new one takes the place.
    assert path.exists()
    stopped = backup(tmp_path / "data", tmp_path / "second")
    assert stopped.returncode == 0, stopped.stderr
    assert verify(tmp_path / "second").returncode == 0
    server.start()
    assert backup(tmp_path / "data", tmp_path / "third").returncode == 0
    server.stop()
    nothing = backup(tmp_path / "nowhere", tmp_path / "fourth")
    assert nothing.returncode == 1 and "no database" in nothing.stderr and not (tmp_path / "fourth").exists()


def test_a_backup_without_room_leaves_nothing_and_the_server_goes_on(tmp_path, small_disk):
    server = Server(tmp_path / "data").start()
    try:
        workshop = create(server)
        full = backup(tmp_path / "data", small_disk / "copy")
        assert full.returncode == 1 and "the server says" in full.stderr, full.stderr
        assert not (small_disk / "copy").exists()
        assert asyncio.run(board(workshop)) == {}
        assert create(server)
    finally:
        assert server.stop() == 0


def test_a_folder_with_a_long_path_has_a_door_too(tmp_path):
    folder = tmp_path / ("a" * 100)
    server = Server(folder).start()
    try:
        assert backup(folder, tmp_path / "copy").returncode == 0
    finally:
        server.stop()
    shutil.rmtree(folder)

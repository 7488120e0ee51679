"""`samskap verify` tells right from wrong, and a copy of the data folder is a backup."""

import asyncio
import shutil
import subprocess
from pathlib import Path

from hall import Writer, board, create
from support.server import BINARY, Server


def verify(folder: Path, *options: str) -> subprocess.CompletedProcess:
    return subprocess.run([BINARY, "verify", "--data", folder, *options], capture_output=True, text=True, timeout=60)


async def fill(workshop: dict) -> None:
    stop = asyncio.Event()
    writers = [Writer(f"v.{index}") for index in range(4)]
    writing = asyncio.gather(*(writer.write(workshop, stop) for writer in writers))
    await asyncio.sleep(0.5)
    stop.set()
    await writing


def make(folder: Path, how: str) -> tuple[dict, dict]:
    server = Server(folder).start()
    workshop = create(server)
    asyncio.run(fill(workshop))
    seen = asyncio.run(board(workshop))
    getattr(server, how)()
    return workshop, seen


def look(folder: Path, workshop: dict) -> dict | str:
    """The board, or the words with which the server declines."""
    try:
        server = Server(folder).start()
    except AssertionError as error:
        return str(error)
    try:
        return asyncio.run(board(workshop | {"url": server.address.replace("http", "ws") + "/ws"}))
    except Exception as error:  # noqa: BLE001 — a refusal has many forms on the wire
        return f"refused: {error}"
    finally:
        server.kill()


def test_verify_tells_right_from_wrong(tmp_path):
    workshop, _ = make(tmp_path / "data", "stop")
    right = verify(tmp_path / "data", "--all")
    assert right.returncode == 0, right.stdout + right.stderr
    assert f"Workshop {workshop['workshop']}: right" in right.stdout and "0 workshops damaged" in right.stdout
    path = tmp_path / "data" / "samskap.sqlite"
    data = bytearray(path.read_bytes())
    place = data.index(b"v.0-2")
    data[place + 2] ^= 1
    path.write_bytes(data)
    wrong = verify(tmp_path / "data")
    assert wrong.returncode == 1 and f"Workshop {workshop['workshop']}: DAMAGED" in wrong.stdout, wrong.stdout + wrong.stderr
    nothing = verify(tmp_path / "nowhere")
    assert nothing.returncode == 1 and "no database" in nothing.stderr
    assert not (tmp_path / "nowhere").exists()


def test_a_copy_of_the_folder_is_a_backup(tmp_path):
    workshop, whole = make(tmp_path / "data", "stop")
    shutil.copytree(tmp_path / "data", tmp_path / "copy")
    assert verify(tmp_path / "copy").returncode == 0
    assert look(tmp_path / "copy", workshop) == whole


def test_a_running_server_keeps_verify_out(tmp_path):
    server = Server(tmp_path / "data").start()
    try:
        answer = verify(tmp_path / "data")
        assert answer.returncode == 1 and "in use" in answer.stderr, answer
    finally:
        server.kill()


def test_a_log_that_was_damaged_after_a_crash_is_refused(tmp_path):
    workshop, whole = make(tmp_path / "data", "kill")
    log = tmp_path / "data" / "samskap.sqlite-wal"
    right = log.read_bytes()
    # In the first frame's page: SQLite would take the whole log for one that was never written.
    wrong = bytearray(right)
    wrong[32 + 24 + 100] ^= 4
    log.write_bytes(wrong)
    said = look(tmp_path / "data", workshop)
    assert isinstance(said, str) and "write-ahead log" in said and "is damaged" in said, said
    checked = verify(tmp_path / "data")
    assert checked.returncode == 1 and "write-ahead log" in checked.stderr, checked
    assert log.read_bytes() == bytes(wrong), "the refusal has changed the log"
    log.write_bytes(right)
    assert look(tmp_path / "data", workshop) == whole


def test_a_damaged_catalogue_is_refused(tmp_path):
    workshop, _ = make(tmp_path / "data", "stop")
    path = tmp_path / "data" / "samskap.sqlite"
    data = bytearray(path.read_bytes())
    # The code's key in the directory: without a look at the whole nobody would be let in, and nothing said.
    place = data.index(b"code/" + workshop["code"].encode())
    data[place + 6] ^= 1
    path.write_bytes(data)
    said = look(tmp_path / "data", workshop)
    assert isinstance(said, str) and "directory" in said, said
    checked = verify(tmp_path / "data")
    assert checked.returncode == 1 and "The store itself: DAMAGED" in checked.stdout and "directory" in checked.stdout, checked

"""Each sync of the database fails once, with EIO, on the real server: no wrong promise, no second try, and the process ends.

One note at a time is written, so the calls come in the same order each time.
"""

import asyncio
import contextlib
import shutil
import subprocess
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from hall import Writer, board, create
from support.server import Server

NOTES = 4


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> tuple[Path, dict]:
    """A data folder with one workshop, from a server that was stopped."""
    folder = tmp_path_factory.mktemp("stored") / "data"
    server = Server(folder).start()
    workshop = create(server)
    server.stop()
    return folder, workshop


async def write(writer: Writer, workshop: dict):
    """Writes a few notes one after the other; ends when the line does."""
    with contextlib.suppress(OSError, WebSocketException, EOFError, asyncio.TimeoutError):
        async with connect(workshop["url"], subprotocols=["samskap.v1"], compression=None, open_timeout=20) as socket:
            await writer._hello(socket, workshop)
            listening = asyncio.create_task(writer._listen(socket))
            for number in range(1, NOTES + 1):
                writer.last = number
                writer.unanswered[number] = f"note {number}"
                await writer._send(socket, number, writer.unanswered[number])
                for _ in range(1000):
                    if number not in writer.unanswered or listening.done():
                        break
                    await asyncio.sleep(0.01)
                assert number not in writer.unanswered or listening.done(), "neither an answer nor an end within 10 s"
            listening.cancel()


def fail(kind: str, at: int, folder: Path, shim: Path, stored: tuple[Path, dict], monkeypatch) -> tuple[str, str]:
    """Lets one call fail; gives the log of calls, and what became of the process."""
    shutil.copytree(stored[0], folder)
    log, server, writer, fate = folder / "calls", Server(folder), Writer("w"), ""
    with monkeypatch.context() as patch:
        for name, value in {"LD_PRELOAD": shim, "FAILING_CALL": kind, "FAILING_AT": at, "FAILING_LOG": log}.items():
            patch.setenv(name, str(value))
        try:
            server.start()
        except AssertionError as error:
            assert "the database cannot be opened" in str(error) or "the journal failed" in str(error), error
            fate = "did not start, and said why"
    if not fate:
        url = server.address.replace("http", "ws") + "/ws"
        asyncio.run(write(writer, stored[1] | {"url": url}))
        process = server._process
        with contextlib.suppress(subprocess.TimeoutExpired):
            # It has written, or the line was lost; in the first case nobody tells it to end but us.
            process.wait(timeout=0.3 if not writer.unanswered else 10)
        if process.poll() is not None:
            server._reader.join(5)
            assert process.returncode == 70, (process.returncode, server.output)
            assert any("the journal failed" in line for line in server.output), server.output
            server._process, fate = None, "ended with status 70, and said why"
        else:
            assert not writer.unanswered, "the server lives on, and does not answer"
            fate = f"stopped with status {server.stop()}"
    calls = log.read_text() if log.exists() else ""
    again = Server(folder).start()
    try:
        url = again.address.replace("http", "ws") + "/ws"
        seen = asyncio.run(board(stored[1] | {"url": url}))
        assert all(text in seen for text in writer.promised), f"{kind} {at}: promised {writer.promised}, there is {seen}"
        assert not [text for text, count in seen.items() if count > 1], seen
    finally:
        again.kill()
    return calls, fate


@pytest.mark.parametrize(("kind", "stride"), [("sync", 1)])
def test_a_call_that_fails(kind, stride, tmp_path, library, stored, monkeypatch):
    fates: dict[str, int] = {}
    shim = library("failing")
    at, failed = 1, 0
    while True:
        calls, fate = fail(kind, at, tmp_path / f"{kind}-{at}", shim, stored, monkeypatch)
        mark = kind[0].upper()
        if mark not in calls:
            break
        failed += 1
        fates[fate] = fates.get(fate, 0) + 1
        after = calls[calls.index(mark) + 1:]
        # The kernel may have dropped what it could not write: a second sync would tell a lie.
        assert kind != "sync" or "s" not in after, f"sync {at} was tried again: {calls}"
        shutil.rmtree(tmp_path / f"{kind}-{at}")
        at += stride
    print(f"{failed} failing {kind}s, up to number {at - stride}: {fates}; 0 wrong promises")
    assert failed >= 3
    assert any("70" in fate for fate in fates), fates

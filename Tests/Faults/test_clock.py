"""The machine's clock jumps an hour, forth and back, under the real server: nothing stops, and no timer ends twice."""

import asyncio
import base64
import contextlib
import json
import os
import time

import pytest
from websockets.asyncio.client import connect

from hall import Writer, board, create, judge
from support.server import Server

@pytest.fixture
def clock(tmp_path, monkeypatch, library):
    """Sets the time of day that a server started from now on sees, in seconds from the true one."""
    file = tmp_path / "clock"

    def jump(seconds: int):
        draft = tmp_path / "clock.new"
        draft.write_text(str(seconds))
        draft.replace(file)

    jump(0)
    monkeypatch.setenv("LD_PRELOAD", str(library("jumping")))
    monkeypatch.setenv("CLOCK_FILE", str(file))
    return jump


class Facilitator:
    """Starts timers and notes what the room is told of them."""

    def __init__(self, workshop: dict):
        self.workshop, self.last = workshop, 0
        self.secret = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
        self.states: list[tuple[float, str]] = []
        self.refused: list[dict] = []

    @contextlib.asynccontextmanager
    async def present(self):
        async with connect(self.workshop["url"], subprotocols=["samskap.v1"], compression=None, max_size=None) as socket:
            await socket.send(json.dumps({"type": "hello", "secret": self.secret, "workshop": self.workshop["workshop"],
                                          "link": self.workshop["links"]["facilitator"]}))
            while json.loads(await socket.recv())["type"] != "welcome":
                pass
            self.socket = socket
            listening = asyncio.create_task(self._listen())
            yield
            listening.cancel()

    async def start_timer(self, seconds: int):
        self.last += 1
        await self.socket.send(json.dumps({"type": "timer.start", "ref": self.last, "seconds": seconds}))

    async def _listen(self):
        async for message in self.socket:
            message = json.loads(message)
            if message["type"] == "changes" and "timer" in message.get("set", {}):
                self.states.append((time.monotonic(), message["set"]["timer"]["state"]))
            elif message["type"] == "refused":
                self.refused.append(message)


@pytest.mark.parametrize("jump", [3600, -3600], ids=["forth", "back"])
def test_an_hour(jump, clock, tmp_path):
    async def run_it():
        server = Server(tmp_path / "data").start()
        workshop = create(server)
        writers = [Writer(f"c.{index}") for index in range(5)]
        facilitator = Facilitator(workshop)
        stop = asyncio.Event()
        try:
            async with facilitator.present():
                writing = asyncio.gather(*(writer.write(workshop, stop) for writer in writers))
                await facilitator.start_timer(4)
                await asyncio.sleep(1)
                clock(jump)
                before = sum(len(writer.promised) for writer in writers)
                await asyncio.sleep(5)
                assert sum(len(writer.promised) for writer in writers) > before, "nothing was stored after the jump"
                stop.set()
                await writing
            assert server._process.poll() is None, server.output
            states = [state for _, state in facilitator.states]
            print(f"clock {jump:+d} s: timer {[(round(at - facilitator.states[0][0], 1), state) for at, state in facilitator.states]}, "
                  f"{sum(len(writer.promised) for writer in writers)} notes promised, refused: {facilitator.refused}")
            assert states.count("ended") <= 1 and states[0] == "running", states
            # A device that was let in stays known, and what was promised is there, also for a process that starts in the new hour.
            server.kill()
            server.start()
            promised, missing, twice = judge(writers, await board(workshop, writers[0].secret))
            assert promised and not missing and not twice
        finally:
            server.kill()
        return facilitator.states

    states = asyncio.run(run_it())
    ended = [at - states[0][0] for at, state in states if state == "ended"]
    assert ended and 3.5 < ended[0] < 5.5, f"a timer of 4 s ended after {ended or 'more than 6'} s"

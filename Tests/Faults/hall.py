"""A hall that writes without pause over real WebSockets, and remembers what it was promised."""

import asyncio
import base64
import contextlib
import json
import os
from collections import Counter

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from support.workshop import create


class Writer:
    """One phone: numbers its commands, keeps what has no answer, and sends that again when the line is back."""

    def __init__(self, name: str):
        self.name = name
        self.secret = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
        self.unanswered: dict[int, str] = {}
        self.promised: list[str] = []
        self.told: dict[str, int] = {}
        self.last = 0

    async def keep_writing(self, workshop: dict, until: asyncio.Event):
        """Writes until told to stop, and comes back whenever the line is lost."""
        while not until.is_set():
            await self.write(workshop, until)
            await asyncio.sleep(0.3)

    async def write(self, workshop: dict, until: asyncio.Event, pause: float = 0.06):
        """Writes until told to stop or the line is gone; answers that come afterwards count."""
        with contextlib.suppress(OSError, WebSocketException, EOFError, asyncio.TimeoutError):
            async with connect(workshop["url"], subprotocols=["samskap.v1"], compression=None, max_size=None,
                               ping_interval=None, open_timeout=20) as socket:
                await self._hello(socket, workshop)
                listening = asyncio.create_task(self._listen(socket))
                for ref, text in sorted(self.unanswered.items()):
                    await self._send(socket, ref, text)
                while not until.is_set() and not listening.done():
                    if len(self.unanswered) < 16:
                        self.last += 1
                        self.unanswered[self.last] = f"{self.name}-{self.last}"
                        await self._send(socket, self.last, self.unanswered[self.last])
                    await asyncio.sleep(pause)
                if until.is_set() and not listening.done():
                    for _ in range(400):
                        if not self.unanswered:
                            break
                        await asyncio.sleep(0.02)
                listening.cancel()

    async def _hello(self, socket, workshop: dict):
        await socket.send(json.dumps({
            "type": "hello", "secret": self.secret, "workshop": workshop["workshop"], "code": workshop["code"]}))
        while json.loads(await socket.recv())["type"] != "welcome":
            pass

    async def _send(self, socket, ref: int, text: str):
        await socket.send(json.dumps({"type": "note.add", "ref": ref, "text": text}))

    async def _listen(self, socket):
        with contextlib.suppress(ConnectionClosed):
            async for message in socket:
                # Only the answers are read closely: a hall's broadcasts would keep this process busier than the server.
                if message.startswith('{"type":"ack"'):
                    ref = json.loads(message)["ref"]
                    if ref in self.unanswered:
                        self.promised.append(self.unanswered.pop(ref))
                elif message.startswith('{"type":"refused"'):
                    answer = json.loads(message)
                    assert "retryAfterSeconds" in answer, answer
                    await asyncio.sleep(answer["retryAfterSeconds"])
                    if answer["ref"] in self.unanswered:
                        await self._send(socket, answer["ref"], self.unanswered[answer["ref"]])


async def board(workshop: dict, secret: str | None = None) -> Counter:
    """How often each text stands on the board, as somebody who comes now sees it, or a device that is known already."""
    secret = secret or base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
    async with connect(workshop["url"], subprotocols=["samskap.v1"], compression=None, max_size=None, open_timeout=20) as socket:
        await socket.send(json.dumps({"type": "hello", "secret": secret, "code": workshop["code"]}))
        while True:
            message = json.loads(await asyncio.wait_for(socket.recv(), 20))
            if message["type"] == "changes" and message["channel"] == "room":
                return Counter(entry["text"] for key, entry in message["set"].items() if key.startswith("note/"))


def judge(writers: list[Writer], seen: Counter) -> tuple[int, list[str], list[str]]:
    """How much was promised, what of that is lost, and what stands twice."""
    promised = [text for writer in writers for text in writer.promised]
    return len(promised), [text for text in promised if text not in seen], [text for text, count in seen.items() if count > 1]

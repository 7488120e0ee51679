"""Phones as people have them: they write now and then, lose the line, sleep, read slowly, and come back by themselves."""

import asyncio
import contextlib
import json
import random
import re
import socket
import time
import urllib.parse

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from hall import Writer, board, judge

LOST = (OSError, WebSocketException, EOFError, asyncio.TimeoutError)
# As web/app/connection.js: pauses between attempts, in seconds.
FIRST_CEILING, LAST_CEILING = 0.3, 15.0
# What R4 lets be unanswered; a phone that is full waits with its next note.
UNANSWERED_LIMIT = 32
MARK = re.compile(rb"T@(\d{16})")


def microseconds() -> int:
    return time.monotonic_ns() // 1000


class Tally:
    """What the phones met since it was last emptied."""

    def __init__(self):
        self.latencies: list[int] = []
        self.shown = 0
        self.lines_lost = 0
        self.refused_for_good: list[dict] = []
        self.retries = 0
        self.resent = 0
        self.failed_dials = 0
        # (lost at, back at, whether we cut the line ourselves), in monotonic seconds.
        self.gaps: list[tuple[float, float, bool]] = []

    def take_latencies(self) -> tuple[list[int], int]:
        """What was shown since the last call: microseconds from due until shown, and how many notes in all."""
        latencies, shown = sorted(self.latencies), self.shown
        self.latencies, self.shown = [], 0
        return latencies, shown


class Phone(Writer):
    """Holds a line for as long as it is told to; keeps what has no answer, and sends it again when it is back."""

    def __init__(self, name: str, workshop: dict, tally: Tally, dice: random.Random, receive_bytes: int | None = None):
        super().__init__(name)
        self.workshop, self.tally, self.dice, self.receive_bytes = workshop, tally, dice, receive_bytes
        self.socket: ClientConnection | None = None
        self.since: dict[str, int] = {}
        self.epoch: str | None = None
        # Notes due from here on count for latency: before, it was away, asleep or slow by its own doing.
        self.attentive_from: int | None = None
        self.welcomed_at = 0.0
        self._first_seen = 0
        self._lost_at: float | None = None
        self._lost_by_us = False
        self._not_before = 0.0
        self._between_reads = 0.0
        self._retry: asyncio.Task | None = None
        # What is sent again goes before what is new (R3).
        self._in_order = asyncio.Lock()

    # What happens to it.

    async def write_note(self):
        """Puts a note into the outbox, and sends it if there is a line."""
        if len(self.unanswered) >= UNANSWERED_LIMIT:
            return
        self.last += 1
        ref = self.last
        # Written without a line, its wait says nothing about the server: the mark of no time.
        text = f"{self.name}-{ref} Flere benker langs elva T@{microseconds() if self.socket else 0:016}"
        self.unanswered[ref] = text
        async with self._in_order:
            if self.socket and ref in self.unanswered:
                with contextlib.suppress(*LOST):
                    await self._send(self.socket, ref, text)

    def cut(self):
        """The line is gone, as in a lift."""
        if self.socket:
            self._lost_by_us = True
            self.socket.transport.abort()

    async def sleep(self, seconds: float):
        """The screen is off: nothing is read, not even pings."""
        if line := self.socket:
            self.attentive_from = None
            line.transport.pause_reading()
            await asyncio.sleep(seconds)
            if line is self.socket and not line.transport.is_closing():
                line.transport.resume_reading()
                self.attentive_from = microseconds() + 1_000_000

    async def read_slowly(self, seconds: float):
        """Takes a message now and then."""
        self.attentive_from, self._between_reads = None, 0.2
        await asyncio.sleep(seconds)
        self._between_reads = 0.0
        if self.socket:
            self.attentive_from = microseconds() + 1_000_000

    # Its life.

    async def stay(self, until: asyncio.Event):
        """Holds the line, and dials again whenever it is lost, as the web client does."""
        failures = 0
        while not until.is_set():
            try:
                await self._converse(until)
                failures = 0
            except LOST:
                failures += 1
            rest = self._not_before - time.monotonic()
            ceiling = min(LAST_CEILING, FIRST_CEILING * 2 ** min(failures, 10))
            delay = rest + self.dice.random() if rest > 0 else self.dice.random() * ceiling
            if not until.is_set():
                await asyncio.sleep(delay)

    async def _converse(self, until: asyncio.Event):
        try:
            line = await connect(self.workshop["url"], subprotocols=["samskap.v1"], compression=None, max_size=None,
                                 max_queue=16, ping_interval=None, open_timeout=15, close_timeout=2, sock=await self._dial())
        except LOST:
            self.tally.failed_dials += 1
            raise
        try:
            hello = {"type": "hello", "secret": self.secret, "workshop": self.workshop["workshop"], "code": self.workshop["code"]}
            if self.epoch:
                hello |= {"epoch": self.epoch, "since": self.since}
            await line.send(json.dumps(hello))
            ending = asyncio.create_task(self._hang_up(line, until))
            try:
                while True:
                    message = await line.recv(decode=False)
                    await self._take(message, line)
                    if self._between_reads:
                        await asyncio.sleep(self._between_reads)
            finally:
                ending.cancel()
        except LOST:
            # A conversation that had begun: the pause starts small again.
            if self.socket is None:
                raise
        finally:
            if self.socket is line:
                self.socket, self.attentive_from = None, None
                self.tally.lines_lost += not until.is_set()
                self._lost_at = time.monotonic()
            line.transport.abort()

    async def _dial(self) -> socket.socket | None:
        if self.receive_bytes is None:
            return None
        address = urllib.parse.urlsplit(self.workshop["url"])
        own = socket.socket()
        own.setblocking(False)
        own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.receive_bytes)
        try:
            await asyncio.get_running_loop().sock_connect(own, (address.hostname, address.port))
        except BaseException:
            own.close()
            raise
        return own

    async def _hang_up(self, line: ClientConnection, until: asyncio.Event):
        await until.wait()
        line.transport.abort()

    async def _take(self, message: bytes, line: ClientConnection):
        if message.startswith(b'{"type":"changes"'):
            head = message[:96].split(b'"')
            self.since[head[7].decode()] = int(head[10].lstrip(b":").split(b",")[0])
            self._look(message)
        elif message.startswith(b'{"type":"ack"'):
            if (ref := json.loads(message)["ref"]) in self.unanswered:
                self.promised.append(self.unanswered.pop(ref))
        elif message.startswith(b'{"type":"welcome"'):
            await self._welcomed(json.loads(message), line)
        elif message.startswith(b'{"type":"refused"'):
            answer = json.loads(message)
            if "retryAfterSeconds" not in answer:
                self.tally.refused_for_good.append(answer)
                self.unanswered.pop(answer["ref"], None)
            elif self._retry is None or self._retry.done():
                self.tally.retries += 1
                self._retry = asyncio.create_task(self._send_again(answer["retryAfterSeconds"], line))
        elif message.startswith(b'{"type":"bye"'):
            self._not_before = time.monotonic() + json.loads(message)["comeBackAfterMilliseconds"] / 1000

    async def _welcomed(self, welcome: dict, line: ClientConnection):
        if self.epoch != welcome["epoch"]:
            self.epoch, self.since = welcome["epoch"], {}
        now = time.monotonic()
        if self._lost_at is not None:
            self.tally.gaps.append((self._lost_at, now, self._lost_by_us))
        self._lost_at, self._lost_by_us, self.welcomed_at = None, False, now
        self.attentive_from = None if self._between_reads else microseconds()
        self._first_seen = self._first_seen or microseconds()
        self.tally.resent += len(self.unanswered)
        await self._send_again(0, line)

    async def _send_again(self, after: float, line: ClientConnection):
        """All that has no answer, in its order; from then on new notes go over this line."""
        await asyncio.sleep(after)
        async with self._in_order:
            with contextlib.suppress(*LOST):
                for ref, text in sorted(self.unanswered.items()):
                    await self._send(line, ref, text)
            if after == 0:
                self.socket = line

    def _look(self, message: bytes):
        now = microseconds()
        for mark in MARK.finditer(message):
            due = int(mark[1])
            if due == 0 or due >= self._first_seen:
                self.tally.shown += 1
            if self.attentive_from is not None and due >= self.attentive_from:
                self.tally.latencies.append(now - due)


class Hall:
    """One workshop from its first phone to its last, and what was promised in it."""

    def __init__(self, name: str, workshop: dict, members: int, tally: Tally, dice: random.Random):
        self.workshop, self.tally, self.dice = workshop, tally, dice
        # One in five has a small window, so that the server meets it as soon as it does not read.
        self.phones = [Phone(f"{name}.{index}", workshop, tally, dice, 8192 if index % 5 == 0 else None) for index in range(members)]
        self._over = asyncio.Event()
        self._lives: list[asyncio.Task] = []

    async def arrive(self, seconds: float):
        """Everybody comes in, spread over a while."""
        for phone in self.phones:
            self._lives.append(asyncio.create_task(phone.stay(self._over)))
            await asyncio.sleep(seconds / len(self.phones))

    async def write(self, notes_per_second: float, seconds: float):
        """Somebody writes, at fixed times, also while the server is away."""
        begun, written = time.monotonic(), 0
        while time.monotonic() - begun < seconds:
            while written < (time.monotonic() - begun) * notes_per_second:
                written += 1
                await self.dice.choice(self.phones).write_note()
            await asyncio.sleep(0.01)

    async def settle(self, seconds: float = 60) -> bool:
        """Waits until every outbox is empty; whether that was so in time."""
        deadline = time.monotonic() + seconds
        while any(phone.unanswered for phone in self.phones):
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.05)
        return True

    async def leave(self):
        """Everybody goes."""
        self._over.set()
        await asyncio.gather(*self._lives)

    async def verdict(self) -> tuple[int, list[str], list[str]]:
        """How much was promised, what of that is lost, and what stands twice, as somebody new sees it."""
        for attempt in range(20):
            try:
                return judge(self.phones, await board(self.workshop))
            except LOST:
                await asyncio.sleep(0.5)
        raise AssertionError("the board cannot be seen")

"""Floods over real sockets, each in a process of its own: scripted joins, and a thousand peers of every bad kind."""

import json
import multiprocessing
import os
import random
import selectors
import socket
import statistics
import subprocess
import tempfile
import threading
import time
import zlib
from pathlib import Path

from newcomers import UPGRADE, Line, frame, secret

MEMORY_EACH = 160 << 10
"""What one hostile connection may cost at most, in bytes; docs/security-doors.md."""

DEFLATING = UPGRADE.replace(b"\r\n\r\n", b"\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n")

# A pong that nobody asked for, masked: a sign of life (RFC 6455 §5.5.3).
PONG = bytes([0x8A, 0x80, 0, 0, 0, 0])


class Apart:
    """
    A job in a process of its own that runs until it is told to stop.

    One that `stands_back` has the processor only while nobody else wants it, as an attacker's program has on another machine.
    """

    def __init__(self, job, *arguments, stands_back: bool = False, **more):
        # Not forked: a copy would hold the caller's sockets open when the caller closes them.
        context = multiprocessing.get_context("spawn")
        self._stop = context.Event()
        self._results = context.SimpleQueue()
        self._process = context.Process(target=job, args=(*arguments, self._stop, self._results), kwargs=more, daemon=True)
        self._process.start()
        self.pid = self._process.pid
        if stands_back:
            os.setpriority(os.PRIO_PROCESS, self.pid, 19)

    @property
    def is_over(self) -> bool:
        return not self._results.empty()

    def stop(self):
        """Ends it and gives what it found."""
        self._stop.set()
        found = self._results.get()
        self._process.join(20)
        return found


def dial(port: int, receive_bytes: int | None = None) -> socket.socket:
    line = socket.socket()
    if receive_bytes:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    line.setblocking(False)
    try:
        line.connect(("127.0.0.1", port))
    except BlockingIOError:
        pass
    return line


def join_by_script(port, workshop, count, a_second, stop, results, rest: float = 0):
    """
    So many joins, at most so many a second; all stay and read, until it is told to stop. Who is sent away comes again at once. Each gives
    a sign of life at what it reads, every 20 s at most: the server gives up who is silent for longer than 35 s (rule L2).

    Once all are in, it reads every `rest` seconds only: what came meanwhile in one piece, so that it costs the machine little.
    """
    selector = selectors.DefaultSelector()
    begun = time.monotonic()
    sent = welcomed = lost = away = 0
    finished = None
    while not stop.is_set():
        if finished is not None and rest:
            time.sleep(rest)
        while sent < count and sent < (time.monotonic() - begun) * a_second and sent - welcomed < 512:
            selector.register(dial(port), selectors.EVENT_WRITE, {"welcome": False, "spoke": time.monotonic()})
            sent += 1
        for key, events in selector.select(0.02):
            line, state = key.fileobj, key.data
            try:
                if events & selectors.EVENT_WRITE:
                    line.send(UPGRADE % port + frame({"type": "hello", "secret": secret(), **workshop}))
                    selector.modify(line, selectors.EVENT_READ, state)
                    continue
                received = line.recv(1 << 17)
                if not received:
                    raise ConnectionError
                if time.monotonic() - state["spoke"] > 20:
                    line.send(PONG)
                    state["spoke"] = time.monotonic()
                if not state["welcome"] and b'"welcome"' in received:
                    state["welcome"] = True
                    welcomed += 1
            except OSError:
                selector.unregister(line)
                line.close()
                if state["welcome"]:
                    lost += 1
                else:
                    away += 1
                    sent -= 1
        if finished is None and welcomed == count:
            finished = time.monotonic() - begun
            results.put({"let in": welcomed, "sent away": away, "lost": lost, "seconds": round(finished, 1)})
    if finished is None:
        results.put({"let in": welcomed, "sent away": away, "lost": lost, "seconds": None})
    for key in list(selector.get_map().values()):
        key.fileobj.close()


def lead(port, workshop, a_second, stop, results):
    """A facilitator who starts the countdown anew so many times a second; how long each took from when it was due, in seconds."""
    line = Line(port)
    line.send({"type": "hello", "secret": secret(), "workshop": workshop["workshop"], "link": workshop["links"]["facilitator"]})
    line.until("welcome")
    due: dict[int, float] = {}
    taken: list[tuple[float, float]] = []

    def read():
        while (message := line.receive())["type"] != "close":
            if message["type"] in ("ack", "refused"):
                assert message["type"] == "ack", message
                at = due.pop(message["ref"])
                taken.append((at, time.monotonic() - at))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    begun, ref = time.monotonic(), 0
    while not stop.is_set():
        ref += 1
        at = begun + ref / a_second
        time.sleep(max(0, at - time.monotonic()))
        due[ref] = at
        line.send({"type": "timer.start", "ref": ref, "seconds": 300})
    deadline = time.monotonic() + 15
    while due and time.monotonic() < deadline:
        time.sleep(0.01)
    results.put((taken, len(due)))


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


BOMB = None


def bomb() -> bytes:
    """A frame of 15 KiB that would be 15 MiB."""
    global BOMB
    if BOMB is None:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = (b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(15)) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]
        BOMB = b"\xc1\xfe" + len(packed).to_bytes(2, "big") + b"\0\0\0\0" + packed
    return BOMB


class Hostile:
    """One bad peer: what it sends first, what it goes on to send once a second, and whether it ever reads."""

    KINDS = ("silent", "slow head", "slow body", "garbage", "half open", "bomb", "slow reader", "pings and reads nothing")

    def __init__(self, kind: str, port: int, workshop: dict):
        self.kind, self.port, self.workshop = kind, port, workshop
        self.line = None
        self.again = 0.0

    @property
    def reads(self) -> bool:
        return self.kind not in ("slow reader", "pings and reads nothing")

    def begin(self) -> bytes:
        port = self.port
        return {
            "silent": b"",
            "slow head": b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 4_000,
            "slow body": b"POST /api/workshops HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n" + b"a" * 60_000,
            "garbage": os.urandom(random.randint(1, 2_000)),
            "half open": b"GET /ws HTTP/1.1\r\nHost: ",
            "bomb": DEFLATING % port + bomb(),
            "slow reader": UPGRADE % port + frame({"type": "hello", "secret": secret(), **self.workshop}),
            "pings and reads nothing": UPGRADE % port,
        }[self.kind]

    def drip(self) -> bytes:
        if self.kind in ("slow head", "slow body"):
            return b"a"
        if self.kind == "pings and reads nothing":
            return b"\x89\xfd\0\0\0\0" + b"a" * 125
        return b"" if self.kind != "slow reader" else frame({"type": "time", "t": 1})


def be_hostile(port, workshop, count, stop, results):
    """So many bad peers at a time, as many of each kind; who is shut out comes again after a second."""
    selector = selectors.DefaultSelector()
    peers = [Hostile(Hostile.KINDS[number % len(Hostile.KINDS)], port, workshop) for number in range(count)]
    dialled = ended = 0
    waiting = list(peers)
    next_drip = 0.0

    def drop(peer, now):
        nonlocal ended
        ended += 1
        try:
            selector.unregister(peer.line)
        except (KeyError, ValueError):
            pass
        peer.line.close()
        peer.line = None
        peer.again = now + 1
        waiting.append(peer)

    while not stop.is_set():
        now = time.monotonic()
        ready = [peer for peer in waiting if peer.again <= now]
        waiting = [peer for peer in waiting if peer.again > now]
        for peer in ready:
            peer.line = dial(port, None if peer.reads else 4_096)
            selector.register(peer.line, selectors.EVENT_WRITE, peer)
            dialled += 1
        for key, events in selector.select(0.05):
            peer = key.data
            try:
                if events & selectors.EVENT_WRITE:
                    peer.line.send(peer.begin())
                    if peer.kind == "half open":
                        peer.line.shutdown(socket.SHUT_WR)
                    if peer.reads:
                        selector.modify(peer.line, selectors.EVENT_READ, peer)
                    else:
                        selector.unregister(peer.line)
                elif not peer.line.recv(1 << 16):
                    raise ConnectionError
            except BlockingIOError:
                pass
            except OSError:
                drop(peer, now)
        if now >= next_drip:
            next_drip = now + 1
            for peer in peers:
                if peer.line is None or not (drip := peer.drip()):
                    continue
                try:
                    peer.line.send(drip)
                except BlockingIOError:
                    pass
                except OSError:
                    drop(peer, now)
    results.put({"dialled": dialled, "ended": ended, "open": sum(peer.line is not None for peer in peers)})
    for peer in peers:
        if peer.line:
            peer.line.close()


def beat(port, workshop, a_second, stop, results):
    """
    Somebody in a crowd whose hand goes up and down so many times a second, 15 at most (a participant may send 20); everybody is shown it. Comes
    back when the line is lost.
    """
    sent = 0
    while not stop.is_set():
        try:
            line = Line(port)
            line.send({"type": "hello", "secret": secret(), **workshop})
            line.until("welcome")
            ref, begun = 0, time.monotonic()
            while not stop.is_set():
                ref += 1
                line.send({"type": "hand.set", "ref": ref, "raised": ref % 2 == 1})
                line.until("ack")
                sent += 1
                time.sleep(max(0, begun + ref / a_second - time.monotonic()))
            line.close()
        except (OSError, EOFError, AssertionError, KeyError):
            stop.wait(0.5)
    results.put(sent)


def honest(server, members: int, notes_a_second: float, seconds: float) -> dict:
    """What honest people have to wait, by `samskap bench`."""
    from support.server import BINARY

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.json"
        subprocess.run(
            [BINARY, "bench", "--start-link", server.start_link, "--members", str(members), "--notes-per-second", str(notes_a_second),
             "--seconds", str(seconds), "--server-pid", str(server.pid), "--json", path],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300)
        return json.loads(path.read_text())


class Watched:
    """The most memory that a server has while something runs, looked at ten times a second."""

    def __init__(self, server):
        self._server = server
        self._stop = threading.Event()
        self.highest = server.resident_bytes
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self):
        while not self._stop.wait(0.1):
            self.highest = max(self.highest, self._server.resident_bytes)

    def stop(self) -> int:
        self._stop.set()
        self._thread.join()
        return self.highest


def processor_seconds(pid: int) -> float:
    """What a process has used of the processors since it began."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def spread(values: list[float], unit: str) -> str:
    return f"{min(values):.1f} {statistics.median(values):.1f} {max(values):.1f} {unit}"

"""Peers that send and never read: whatever they ask for, what waits for them stays small."""

import re
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from flood import dial
from newcomers import UPGRADE, Line, create, frame, secret
from support.server import BINARY
from test_messages import frame as any_frame

CAP = 4 << 20
"""What twenty such peers may cost together, in bytes."""


class Plain:
    """`samskap echo` or `samskap relay`."""

    def __init__(self, mode: str):
        self._process = subprocess.Popen(
            [BINARY, mode, "--host", "127.0.0.1", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self._process.stdout:
            if found := re.match(r"Listening on \S+:(\d+)", line):
                self.port = int(found[1])
                break

    @property
    def resident_bytes(self) -> int:
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


def pour(server, sent: bytes, seconds: float, first: bytes = b"", peers: int = 20) -> tuple[int, int]:
    """Twenty peers send the same over and over and read nothing; how many bytes went out, and how much the server grew at most."""
    before = highest = server.resident_bytes
    lines = [dial(server.port, 4_096) for _ in range(peers)]
    time.sleep(0.2)
    for line in lines:
        line.send((UPGRADE % server.port if first is not None else b"") + (first or b""))
    total, ends = 0, time.monotonic() + seconds
    rest = {line: b"" for line in lines}
    while time.monotonic() < ends:
        moved = False
        for line in list(rest):
            data = rest[line] or sent
            try:
                count = line.send(data)
                total += count
                rest[line] = data[count:]
                moved = True
            except BlockingIOError:
                pass
            except OSError:
                del rest[line]
        highest = max(highest, server.resident_bytes)
        if not moved:
            time.sleep(0.01)
    for line in lines:
        line.close()
    return total, highest - before


@pytest.mark.parametrize("mode", ["echo", "relay"])
def test_a_peer_of_the_plain_servers_that_never_reads_is_not_kept_in_memory(mode):
    server = Plain(mode)
    try:
        total, grown = pour(server, any_frame(b"a" * 1_000) * 50, 4)
        print(f"{mode}: {total >> 20} MiB sent by 20 peers that read nothing, {grown >> 10} KiB more")
        assert total > 4 << 20 and grown < CAP + (4 << 20)
        # It still serves who reads.
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
            line.sendall(UPGRADE % server.port)
            assert b" 101 " in line.recv(4_096)
            line.sendall(any_frame(b"here"))
            assert line.recv(4_096) == b"\x81\x04here"
    finally:
        server.stop()


def test_an_echo_that_was_stuck_goes_on_when_its_peer_reads():
    """Nothing is lost, doubled or out of order: what was not read before it paused comes after it."""
    server = Plain("echo")
    try:
        count = 30_000
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        line.connect(("127.0.0.1", server.port))
        line.sendall(UPGRADE % server.port)
        received = b""
        while b"\r\n\r\n" not in received:
            received += line.recv(4_096)
        rest = b"".join(any_frame(b"%08d" % number * 50) for number in range(count))
        received = received.split(b"\r\n\r\n", 1)[1]
        line.settimeout(0.3)
        try:
            while rest:
                rest = rest[line.send(rest):]
        except TimeoutError:
            pass
        assert rest, "it was never stuck"
        line.settimeout(5)
        writer = threading.Thread(target=lambda: line.sendall(rest))
        writer.start()
        while len(received) < count * 404:
            chunk = line.recv(1 << 16)
            assert chunk
            received += chunk
        writer.join()
        assert received == b"".join(b"\x81\x7e\x01\x90" + b"%08d" % number * 50 for number in range(count))
        line.close()
    finally:
        server.stop()


ASKED = {
    "time": frame({"type": "time", "t": 1}) * 200,
    "commands that nobody knows": frame({"type": "paint", "ref": 1}) * 200,
    "commands that are broken": frame({"type": "note.add", "ref": 1}) * 200,
    "pings": any_frame(b"a" * 125, 9) * 200,
}


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("is_in", [False, True])
def test_a_peer_that_asks_and_never_reads_is_not_kept_in_memory(target, name, is_in):
    """[L1] Before its hello and after."""
    hello = b""
    if is_in:
        hello = frame({"type": "hello", "secret": secret(), "code": create(target)["code"]})
    total, grown = pour(target, ASKED[name], 2, hello)
    print(f"{name}, {'let in' if is_in else 'a stranger'}: {total >> 10} KiB sent by 20 peers, {grown >> 10} KiB more")
    assert grown < CAP


def test_a_peer_that_asks_for_pages_and_never_reads_is_not_kept_in_memory(target):
    total, grown = pour(target, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 100, 2, None)
    print(f"pages: {total >> 10} KiB of requests by 20 peers, {grown >> 10} KiB more")
    assert grown < CAP


def test_who_asks_the_clock_too_fast_is_told_so(target):
    line = Line(target.port)
    for _ in range(20):
        line.send({"type": "time", "t": 1})
    assert [line.receive()["type"] for _ in range(20)] == ["time"] * 20
    line.socket.sendall(frame({"type": "time", "t": 1}) * 700)
    while (message := line.receive())["type"] == "time":
        pass
    assert message == {"type": "close", "code": 4429}
    line.close()

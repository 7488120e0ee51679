"""Peers that take their time on purpose: slowhttptest's four attacks against the real server, and honest people beside them all the while.

By default a short share of it, all at once; `SAMSKAP_SLOW=all` gives each attack 80 seconds of its own with five times as many peers, so that even those that only read are let go.
"""

import base64
import csv
import json
import os
import secrets
import shutil
import subprocess
import threading
import time
import urllib.request

import pytest
from websockets.sync.client import connect

from conftest import Target

PROGRAM = shutil.which("slowhttptest")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="needs slowhttptest")

WHOLE = os.environ.get("SAMSKAP_SLOW") == "all"
PEERS, SECONDS = (1_000, 80) if WHOLE else (200, 20)
# Milliseconds that 99 of 100 honest answers may take, and each of them, on a machine that has other work too: a note waits for the disk.
PATIENCE, LAST = 1_000, 5_000

# What each asks, and what it says to slowhttptest beside that: a word every second, so that only a deadline of the whole ends it.
ATTACKS = {
    "slow heads": ("/", "-H", "-i", "1", "-x", "24"),
    "slow bodies": ("/api/workshops", "-B", "-i", "1", "-s", "8192", "-x", "10", "-f", "application/json"),
    "slow readers": ("/i18n/console.nb.json", "-X", "-n", "1", "-z", "1", "-w", "1", "-y", "2", "-k", "10"),
    "ranges": ("/i18n/console.nb.json", "-R", "-a", "5", "-b", "3000"),
}


class Honest:
    """Somebody who loads a page, and somebody in a workshop who writes, again and again; each answer is timed."""

    def __init__(self, server: Target):
        self._server = server
        self._ended = threading.Event()
        self.milliseconds: dict[str, list[float]] = {"page": [], "note": []}
        self.failure: Exception | None = None
        self._threads = [threading.Thread(target=self._guard, args=(work,)) for work in (self._load, self._write)]

    def __enter__(self) -> "Honest":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _guard(self, work) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells
            self.failure = error

    def _load(self) -> None:
        while not self._ended.wait(0.05):
            begun = time.monotonic()
            with urllib.request.urlopen(self._server.address + "/", timeout=10) as answer:
                assert answer.status == 200 and answer.read()
            self.milliseconds["page"].append((time.monotonic() - begun) * 1000)

    def _write(self) -> None:
        made = self._create()
        address = self._server.address.replace("http", "ws") + "/ws"
        with connect(address, subprotocols=["samskap.v1"], max_queue=None, proxy=None) as line:
            secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
            line.send(json.dumps({"type": "hello", "secret": secret, "workshop": made["workshop"], "code": made["code"]}))
            while json.loads(line.recv(10))["type"] != "welcome":
                pass
            number = 0
            while not self._ended.wait(0.2):
                number += 1
                begun = time.monotonic()
                line.send(json.dumps({"type": "hand.set", "raised": number % 2 == 1, "ref": number}))
                while (answer := json.loads(line.recv(10))).get("ref") != number:
                    pass
                assert answer["type"] == "ack", answer
                self.milliseconds["note"].append((time.monotonic() - begun) * 1000)

    def _create(self) -> dict:
        request = urllib.request.Request(
            self._server.address + "/api/workshops", headers={"Authorization": f"Bearer {self._server.start_link.split('start=')[1]}"},
            data=json.dumps({"title": "Slow", "language": "nb", "template": "meningsrunde"}).encode())
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())


def attack(server: Target, name: str, folder) -> subprocess.Popen:
    path, *options = ATTACKS[name]
    return subprocess.Popen(
        [PROGRAM, *options, "-c", str(PEERS), "-r", str(PEERS // 4), "-l", str(SECONDS), "-p", "3", "-g", "-o", folder / name,
         "-u", server.address + path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def judge(name: str, folder) -> str:
    """What slowhttptest saw: it knocks by itself each second, and says whether it was answered."""
    rows = list(csv.DictReader((folder / f"{name}.csv").open()))
    numbers = [{key.strip(): int(value) for key, value in row.items() if key and value} for row in rows]
    available = [row["Service Available"] for row in numbers]
    assert len(numbers) > 3 and all(available[1:]), (name, numbers)
    # Heads have 10 s and bodies 15 s, however they drip.
    assert name not in ("slow heads", "slow bodies") or max(row["Closed"] for row in numbers) > PEERS // 2, (name, numbers[-1])
    return f"{name}: at most {max(row['Connected'] for row in numbers)} at once, {max(row['Closed'] for row in numbers)} ended, always answered"


@pytest.mark.parametrize("names", [[name] for name in ATTACKS] if WHOLE else [list(ATTACKS)], ids=lambda names: " and ".join(names))
def test_the_server_answers_all_the_while(tmp_path, names):
    server = Target(tmp_path / "data").start()
    try:
        time.sleep(1)
        memory, descriptors, most, held = server.resident_bytes, server.descriptors, 0, []
        with Honest(server) as honest:
            running = [attack(server, name, tmp_path) for name in names]
            try:
                deadline = time.monotonic() + SECONDS + 40
                while any(each.poll() is None for each in running) and time.monotonic() < deadline:
                    most = max(most, server.resident_bytes)
                    held.append(server.descriptors)
                    time.sleep(0.2)
            finally:
                for each in running:
                    each.kill()
                    each.wait()
        assert honest.failure is None, honest.failure
        print()
        for name in names:
            print(judge(name, tmp_path))
        for what, times in honest.milliseconds.items():
            times.sort()
            late = times[len(times) * 99 // 100]
            print(f"honest {what}: {len(times)} answers, median {times[len(times) // 2]:.0f} ms, p99 {late:.0f} ms, slowest {times[-1]:.0f} ms")
            assert len(times) > 10 and late < PATIENCE and times[-1] < LAST, what
        # Whoever takes an answer has 60 s, or as long for each 16 KiB; who reads a byte a second hears much later that it is over.
        print(f"the server held {max(held)} sockets at most, {held[-1]} at the end")
        assert not WHOLE or held[-1] < descriptors + PEERS // 2
        # All that the peers held is let go.
        deadline = time.monotonic() + 20
        while server.descriptors > descriptors + 4 and time.monotonic() < deadline:
            time.sleep(0.2)
        print(f"memory {memory >> 10} KiB before, {most >> 10} KiB at most")
        assert server.descriptors <= descriptors + 4
        assert most < memory + (64 << 20)
        assert server.stop() == 0
    finally:
        server.kill()

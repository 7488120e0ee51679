"""A new process takes the place of the running one, under load: nothing is lost, nothing happens twice, and nobody is turned away.

ROUNDS_HAND_OVER says how often (2); `script/faults hand-over 10`.
"""

import asyncio
import contextlib
import http.client
import os
import random
import ssl
import statistics
import subprocess
import threading
import time

import pytest

from hall import create
from phones import Hall, Tally
from support.certificate import certificate
from support.server import BINARY, WEB, Server

ROUNDS = int(os.environ.get("ROUNDS_HAND_OVER", "2"))
MEMBERS = int(os.environ.get("MEMBERS_HAND_OVER", "60"))


class Visitor:
    """Opens one connection after the other and asks for something; notes how long it waited, and what went wrong."""

    def __init__(self, address: str):
        self.address, self.waits, self.faults = address, [], []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _run(self):
        scheme, place = self.address.rstrip("/").split("://")
        trust = {"context": ssl.create_default_context()} if scheme == "https" else {}
        connect = http.client.HTTPSConnection if trust else http.client.HTTPConnection
        while not self._over.wait(0.004):
            begun = time.monotonic()
            connection = connect(place, timeout=30, **trust)
            try:
                connection.request("GET", "/healthz")
                assert connection.getresponse().status == 200
            except (OSError, http.client.HTTPException) as error:
                self.faults.append(repr(error))
            finally:
                connection.close()
            self.waits.append(time.monotonic() - begun)


async def until_all_are_back(hall: Hall, lost_after: float, limit: float = 30):
    """Waits until every phone has a line that was made after that moment."""
    deadline = time.monotonic() + limit
    while not all(phone.socket and phone.welcomed_at > lost_after for phone in hall.phones):
        assert time.monotonic() < deadline, "somebody did not come back"
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "tls"])
def test_nothing_is_lost_when_a_new_process_takes_over(tmp_path, monkeypatch, secure):
    options = []
    if secure:
        chain, key = certificate(tmp_path, "hall")
        options = ["--tls-certificate", chain, "--tls-key", key]
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "hall.ca.pem"))

    async def run():
        dice, tally, server = random.Random(23), Tally(), Server(tmp_path / "data", *options).start()
        hall = Hall("h", create(server), MEMBERS, tally, dice)
        took, first = [], server.pid
        try:
            with Visitor(server.address) as visitor:
                await hall.arrive(1)
                writing = asyncio.create_task(hall.write(MEMBERS / 4, 3600))
                await until_all_are_back(hall, 0)
                for number in range(ROUNDS):
                    await asyncio.sleep(0.5 + dice.random())
                    # Some are asleep when it happens, and do not hear the good-bye.
                    sleepers = [asyncio.create_task(phone.sleep(3)) for phone in dice.sample(hall.phones, MEMBERS // 10)]
                    begun = time.monotonic()
                    status, seconds = await asyncio.to_thread(server.hand_over)
                    took.append(seconds)
                    assert status == 0, f"the old process ended with {status}"
                    await asyncio.gather(*sleepers)
                    await until_all_are_back(hall, begun)
                    if (number + 1) % 5 == 0:
                        print(f"{number + 1} of {ROUNDS}", flush=True)
                writing.cancel()
                assert await hall.settle(), "something never got through"
            assert server.pid != first
            await hall.leave()
            promised, lost, doubled = await hall.verdict()
        finally:
            server.kill()
        awake = [back - lost for lost, back, _ in tally.gaps]
        print(f"{'TLS: ' if secure else ''}{ROUNDS} hand-overs of {MEMBERS} phones: {promised} acknowledged, {tally.resent} sent again, {len(lost)} lost, {len(doubled)} doubled; "
              f"{len(awake)} lines lost, back after {statistics.median(awake):.2f} s (median), {max(awake):.2f} s (worst); "
              f"the new program serves {statistics.median(took):.2f} s (median), {max(took):.2f} s (worst) after its start; {tally.failed_dials} dials failed; "
              f"{len(visitor.waits)} visits, the longest {max(visitor.waits):.2f} s, faults: {visitor.faults}")
        assert not lost and not doubled, (lost[:3], doubled[:3])
        assert promised > ROUNDS * 10 and len(awake) >= ROUNDS * MEMBERS
        assert not tally.refused_for_good and tally.failed_dials == 0
        # Nobody is turned away: at most a connection that was being read from in that very moment ends without an answer.
        assert not [fault for fault in visitor.faults if "Refused" in fault] and len(visitor.faults) <= ROUNDS, visitor.faults

    asyncio.run(run())


def serve(folder, *options: str) -> subprocess.CompletedProcess:
    """A server that is expected not to start."""
    return subprocess.run([BINARY, "serve", "--host", "127.0.0.1", "--port", "0", "--data", folder, *options],
                          capture_output=True, text=True, timeout=60)


def healthy(server: Server) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200


def test_a_new_version_that_cannot_start_leaves_the_old_one_serving(tmp_path):
    server = Server(tmp_path / "data").start()
    try:
        pid = server.pid
        for options in (["--web", str(tmp_path)], ["--tls-certificate", "none.pem", "--tls-key", "none.pem", "--web", str(WEB)]):
            failed = serve(server.data, "--take-over", *options)
            assert failed.returncode != 0 and failed.stderr, failed
            assert healthy(server) and server.pid == pid and server._process.poll() is None
        # And without the option nobody's place is taken.
        failed = serve(server.data, "--web", str(WEB))
        assert failed.returncode != 0 and "in use" in failed.stderr
        assert healthy(server)
    finally:
        assert server.stop() == 0


def test_a_process_without_a_predecessor_starts_as_always(tmp_path):
    server = Server(tmp_path / "data").start(take_over=True)
    try:
        assert healthy(server)
        server.kill()
        # Killed, it offers nothing any more, and its lock went with it.
        server.start(take_over=True)
        assert healthy(server)
        # Whoever has read the greeting may stop it at once, and it says good-bye.
        assert server.stop() == 0
    finally:
        server.kill()

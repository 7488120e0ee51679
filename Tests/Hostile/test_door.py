"""Doors: what an answer's time tells, and a hall that comes in while somebody guesses codes."""

import http.client
import math
import os
import random
import socket
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import Target
from newcomers import UPGRADE, Guesser, Hall, Line, any_code, create, frame, secret

ROUNDS = int(os.environ.get("SAMSKAP_ROUNDS", "1"))
"""Rounds of the timing test; each starts the server anew."""

KINDS = ("unknown code", "closed door", "closed door of a workshop that is not loaded", "ended workshop")


@pytest.fixture(scope="module")
def doors(tmp_path_factory):
    """A stopped server, and codes of each kind that do not open: those of workshops that the server will not have loaded are used once."""
    server = Target(tmp_path_factory.mktemp("doors") / "data").start()
    codes = {kind: [] for kind in KINDS}

    def lead(workshop, kind, name, **members):
        line = Line(server.port)
        line.send({"type": "hello", "secret": secret(), "workshop": workshop["workshop"], "link": workshop["links"]["facilitator"]})
        line.until("welcome")
        line.send({"type": name, "ref": 1, **members})
        line.until("ack")
        line.close()
        codes[kind].append((workshop["code"], workshop["links"]["facilitator"], workshop["workshop"]))

    for _ in range(20 * ROUNDS):
        lead(create(server), KINDS[2], "door.set", open=False)
    lead(create(server), KINDS[1], "door.set", open=False)
    lead(create(server), KINDS[3], "workshop.end")
    assert server.stop() == 0
    return server, codes


def ask_by_hello(port: int, code: str) -> int:
    """Nanoseconds from a hello to its close."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(UPGRADE % port)
        while b"\r\n\r\n" not in line.recv(4096):
            pass
        message = frame({"type": "hello", "secret": secret(), "code": code})
        begun = time.perf_counter_ns()
        line.sendall(message)
        received = line.recv(4096)
        taken = time.perf_counter_ns() - begun
        assert received == b"\x88\x02\x11\x98", received
        return taken


def ask_by_looking_up(port: int, code: str) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        request = b"GET /api/doors/%s HTTP/1.1\r\nHost: a\r\n\r\n" % code.encode()
        begun = time.perf_counter_ns()
        line.sendall(request)
        received = line.recv(4096)
        taken = time.perf_counter_ns() - begun
        assert b" 404 " in received.split(b"\r\n")[0], received
        return taken


def rank_test(left: list[int], right: list[int]) -> float:
    """How unlikely it is that both come from one distribution: Mann and Whitney's statistic in standard deviations."""
    ranked = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    ranks = sum(place for place, (_, side) in enumerate(ranked, 1) if side == 0)
    mean = len(left) * (len(ranked) + 1) / 2
    return (ranks - mean) / math.sqrt(len(left) * len(right) * (len(ranked) + 1) / 12)


@pytest.mark.parametrize("ask", [ask_by_hello, ask_by_looking_up])
def test_the_time_of_an_answer_does_not_tell_a_closed_door_from_a_code_that_is_nobodys(doors, ask):
    """[H5] Interleaved in a random order, with first asks at workshops that have to be loaded. A shift by the spread of the answers themselves,
    a third of a millisecond on a quiet machine, would be seen."""
    server, codes = doors
    taken = {kind: [] for kind in KINDS}
    for number in range(ROUNDS):
        # A new process has its whole budget of wrong codes, and nothing loaded.
        server.start()
        try:
            for kind in (KINDS[1], KINDS[3]):
                ask(server.port, codes[kind][0][0])
            fresh = [code for code, _, _ in codes[KINDS[2]][number * 20:number * 20 + 20]]
            plan = [(KINDS[2], code) for code in fresh]
            plan += [(kind, codes[kind][0][0]) for kind in (KINDS[1], KINDS[3]) for _ in range(60)]
            plan += [(KINDS[0], any_code()) for _ in range(60)]
            random.shuffle(plan)
            with ThreadPoolExecutor(6) as pool:
                for (kind, _), nanoseconds in zip(plan, pool.map(lambda each: ask(server.port, each[1]), plan)):
                    taken[kind].append(nanoseconds)
        finally:
            assert server.stop() == 0
    reference = taken[KINDS[0]]
    for kind in KINDS:
        quartiles = [value / 1e6 for value in statistics.quantiles(taken[kind], n=4)]
        print(f"{ask.__name__}, {kind}: {len(taken[kind])} answers, quartiles {quartiles[0]:.3f} {quartiles[1]:.3f} {quartiles[2]:.3f} ms, "
              f"{rank_test(taken[kind], reference):+.2f} standard deviations from unknown codes")
    # One in a hundred thousand by chance, for all comparisons together.
    for kind in KINDS[1:]:
        assert abs(rank_test(taken[kind], reference)) < 4.5, kind
    assert all(499 <= statistics.median(values) / 1e6 < 520 for values in taken.values())
    # What would be seen: answers that come later by as much as half of them differ among themselves.
    quartiles = statistics.quantiles(reference, n=4)
    spread = quartiles[2] - quartiles[0]
    seen = rank_test([value + int(spread) for value in taken[KINDS[1]]], reference)
    print(f"a shift of {spread / 1e6:.3f} ms would be {seen:+.1f} standard deviations")
    assert seen > 3


def _status_of_a_guess(port: int) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", f"/api/doors/{any_code()}")
        return line.getresponse().status
    finally:
        line.close()


def test_a_hall_comes_in_while_codes_are_guessed(tmp_path):
    """[A3, H7] A small hall; script/hall has five hundred, and rounds without a guesser between."""
    server = Target(tmp_path / "data").start()
    try:
        workshop = create(server)
        guesser = Guesser(server.port)
        # A wrong guess is answered after half a second, so what is free in a minute lasts some of them.
        deadline = time.monotonic() + 30
        while _status_of_a_guess(server.port) != 429:
            assert time.monotonic() < deadline, "the guesser uses up nothing"
        hall = Hall(server.port, workshop["code"], 100)
        seconds = hall.come_in()
        rates = guesser.stop()
        print(f"100 people in {seconds:.1f} s, {len(hall.challenges)} challenges of {min(hall.challenges)} to {max(hall.challenges)} bits; {rates}")
        assert len(hall.seconds) == 100
        assert seconds < 30
        # He was held off, and they were asked: else nothing was shown.
        assert rates["look-ups answered at the door"] > 10 * rates["look-ups let through"]
        assert len(hall.challenges) >= 90
        # By a link one comes in as on any evening.
        begun = time.monotonic()
        line = Line(server.port)
        line.send({"type": "hello", "secret": secret(), "workshop": workshop["workshop"], "link": workshop["links"]["facilitator"]})
        assert line.receive()["type"] == "welcome"
        assert time.monotonic() - begun < 1
        line.close()
    finally:
        assert server.stop() == 0

"""kill -9 under load: nothing acknowledged is lost, nothing happens twice, and what had no answer gets through afterwards.

ROUNDS_KILL says how often (3); `script/faults kill 200`.
"""

import asyncio
import os
import random

from hall import Writer, board, create, judge
from support.server import Server

ROUNDS = int(os.environ.get("ROUNDS_KILL", "3"))


def test_nothing_acknowledged_is_lost_by_kill_9(tmp_path):
    dice = random.Random(17)
    server = Server(tmp_path / "data").start()
    promised = lost = doubled = resent = 0

    async def one(number: int):
        nonlocal promised, lost, doubled, resent
        workshop = create(server)
        writers = [Writer(f"{number}.{index}") for index in range(20)]
        writing = asyncio.gather(*(writer.write(workshop, asyncio.Event(), pause=0.02) for writer in writers))
        await asyncio.sleep(0.3 + dice.random() * 0.5)
        server.kill()
        await writing
        server.start()
        resent += sum(len(writer.unanswered) for writer in writers)
        # Everybody is back, sends what had no answer, and writes on for a moment.
        stop = asyncio.Event()
        again = asyncio.gather(*(writer.write(workshop, stop) for writer in writers))
        await asyncio.sleep(0.3)
        stop.set()
        await again
        assert not any(writer.unanswered for writer in writers), "something never got through"
        count, missing, twice = judge(writers, await board(workshop))
        promised, lost, doubled = promised + count, lost + len(missing), doubled + len(twice)
        assert not missing and not twice, (missing[:3], twice[:3])

    try:
        for number in range(ROUNDS):
            asyncio.run(one(number))
            if (number + 1) % 20 == 0:
                print(f"{number + 1} of {ROUNDS} kills: {promised} promised, {lost} lost, {doubled} doubled", flush=True)
    finally:
        server.kill()
    print(f"{ROUNDS} kills: {promised} acknowledged, {resent} sent again, {lost} lost, {doubled} doubled")
    assert promised > ROUNDS * 50

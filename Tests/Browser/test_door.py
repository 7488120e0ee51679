"""A phone that comes while somebody guesses codes: it works, says so, and is let in; the page goes on meanwhile."""

import json
import random
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from support.person import DESK, PHONE, eventually
from support.workshop import create


@contextmanager
def guessing(server):
    """Somebody who tries codes meanwhile, more than the server puts up with in a minute."""
    stop = threading.Event()
    answers: list[int] = []

    def one():
        while not stop.is_set():
            code = "".join(random.choices("ABDEFGHJKLMNPRSTUVXYZ", k=6))
            try:
                urllib.request.urlopen(f"{server.address}/api/doors/{code}", timeout=30)
            except urllib.error.HTTPError as error:
                answers.append(error.code)
                # Enough to use up what comes back, five a second.
                if error.code == 429:
                    time.sleep(0.1)

    threads = [threading.Thread(target=one) for _ in range(50)]
    for thread in threads:
        thread.start()
    try:
        eventually(lambda: answers.count(429) > 100, "the guesser is held off")
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert set(answers) == {404, 429}


def without_refusals(person) -> None:
    """The look-up that is answered with a challenge is a 429, which browsers write on the console."""
    person.errors[:] = [error for error in person.errors if "429" not in error]


def slow_down(person, times: int) -> None:
    person.context.new_cdp_session(person.page).send("Emulation.setCPUThrottlingRate", {"rate": times})


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_newcomer_works_while_codes_are_guessed_and_is_let_in(server, people, t, size):
    workshop = create(server)
    with guessing(server):
        # Five guesses a second are free, and one of them may be hers: then another comes.
        for number in range(4):
            kari = people(f"Kari {number}", size, touch=size is PHONE)
            kari.page.goto(server.address)
            slow_down(kari, 6)
            kari.page.goto(f"{server.address}/j/{workshop['code']}", wait_until="commit")
            asked = kari.page.get_by_role("heading", name=t("door.work.title"))
            expect(asked.or_(kari.page.get_by_role("button", name=t("join.go")))).to_be_visible(timeout=20_000)
            if asked.is_visible():
                come_in(kari, workshop, server, t, size)
                without_refusals(kari)
                return
    pytest.fail("nobody was asked at the look-up")


def come_in(kari, workshop, server, t, size):
    expect(kari.page.get_by_role("heading", name=t("door.work.title"))).to_be_visible()
    expect(kari.page.get_by_role("status").filter(has_text=t("door.work.text"))).to_be_visible()
    expect(kari.page.get_by_role("progressbar", name=t("door.work.share"))).to_be_visible()
    kari.picture(f"{'phone' if size is PHONE else 'desk'}-door-work")
    # The page is not held up: a frame is drawn many times a second.
    frames = kari.page.evaluate(
        "() => new Promise((done) => { let n = 0; const t = performance.now();"
        " const step = () => { n += 1; performance.now() - t > 300 ? done(n) : requestAnimationFrame(step); }; step(); })")
    print(f"{frames} frames in 0.3 s")
    expect(kari.page.get_by_role("button", name=t("join.go"))).to_be_visible(timeout=60_000)
    asked = kari.page.evaluate("() => performance.getEntriesByName(location.origin + '/api/doors/' + location.pathname.slice(3))"
                               ".map((entry) => [entry.startTime, entry.responseEnd])")
    print(f"{size['width']} wide, six times slower than this machine: {(asked[-1][0] - asked[0][1]) / 1000:.2f} s from the challenge to the proof")
    kari.page.get_by_role("button", name=t("join.go")).click()
    expect(kari.page).to_have_url(f"{server.address}/w/{workshop['workshop']}")
    kari.page.wait_for_function("() => document.querySelector('.participant')?.dataset.phase === 'known'", timeout=30_000)
    hellos = [json.loads(text) for text in kari.sent if '"hello"' in text]
    assert len(hellos) == 1 and hellos[0]["proof"], "the look-up's proof served for the hello"


def test_a_page_that_is_asked_at_its_hello_works_there(server, people, t):
    """The guessing began between the look-up and the hello. Five guesses a second are free, and one of them may be a newcomer's: then another comes."""
    workshop = create(server)
    newcomers = [people(f"Ola {number}", PHONE, touch=True) for number in range(4)]
    for ola in newcomers:
        ola.page.goto(f"{server.address}/j/{workshop['code']}")
        expect(ola.page.get_by_role("button", name=t("join.go"))).to_be_visible()
    asked = False
    with guessing(server):
        for ola in newcomers:
            ola.page.get_by_role("button", name=t("join.go")).click()
            ola.page.wait_for_function("() => document.querySelector('.participant')?.dataset.phase === 'known'", timeout=60_000)
            hellos = [json.loads(text) for text in ola.sent if '"hello"' in text]
            assert "proof" not in hellos[0]
            if len(hellos) == 1:
                continue
            assert len(hellos) == 2 and hellos[1]["proof"]
            asked = True
            # One who is in is not asked again.
            ola.page.reload()
            ola.page.wait_for_function("() => document.querySelector('.participant')?.dataset.phase === 'known'", timeout=30_000)
            assert "proof" not in json.loads([text for text in ola.sent if '"hello"' in text][-1])
            break
    assert asked, "nobody was asked at the hello"
    for ola in newcomers:
        without_refusals(ola)

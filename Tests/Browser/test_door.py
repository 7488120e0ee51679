"""A phone that comes while somebody guesses codes: it works, says so, and is let in; the page goes on meanwhile."""

import json
import random
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from support.person import DESK, PHONE
from support.workshop import create


def guess(server, count: int = 400) -> None:
    """Wrong codes, more than the server puts up with in a minute."""

    def one(_):
        code = "".join(random.choices("ABDEFGHJKLMNPRSTUVXYZ", k=6))
        try:
            urllib.request.urlopen(f"{server.address}/api/doors/{code}", timeout=30)
        except urllib.error.HTTPError as error:
            return error.code
        return 200

    with ThreadPoolExecutor(50) as pool:
        assert set(pool.map(one, range(count))) == {404, 429}


def without_refusals(person) -> None:
    """The look-up that is answered with a challenge is a 429, which browsers write on the console."""
    person.errors[:] = [error for error in person.errors if "429" not in error]


def slow_down(person, times: int) -> None:
    person.context.new_cdp_session(person.page).send("Emulation.setCPUThrottlingRate", {"rate": times})


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_newcomer_works_while_codes_are_guessed_and_is_let_in(server, people, t, size):
    workshop = create(server)
    kari = people("Kari", size, touch=size is PHONE)
    kari.page.goto(server.address)
    guess(server)
    slow_down(kari, 6)
    kari.page.goto(f"{server.address}/j/{workshop['code']}", wait_until="commit")
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
    kari.page.wait_for_function("() => document.querySelector('textarea')", timeout=30_000)
    hellos = [json.loads(text) for text in kari.sent if '"hello"' in text]
    assert len(hellos) == 1 and hellos[0]["proof"], "the look-up's proof served for the hello"
    without_refusals(kari)


def test_a_page_that_is_asked_at_its_hello_works_there(server, people, t):
    """The guessing began between the look-up and the hello."""
    workshop = create(server)
    ola = people("Ola", PHONE, touch=True)
    ola.page.goto(f"{server.address}/j/{workshop['code']}")
    expect(ola.page.get_by_role("button", name=t("join.go"))).to_be_visible()
    guess(server)
    ola.page.get_by_role("button", name=t("join.go")).click()
    ola.page.wait_for_function("() => document.querySelector('textarea')", timeout=60_000)
    hellos = [json.loads(text) for text in ola.sent if '"hello"' in text]
    assert len(hellos) == 2 and "proof" not in hellos[0] and hellos[1]["proof"]
    # One who is in is not asked again.
    guess(server)
    ola.page.reload()
    ola.page.wait_for_function("() => document.querySelector('textarea')", timeout=30_000)
    assert "proof" not in json.loads([text for text in ola.sent if '"hello"' in text][-1])
    without_refusals(ola)

"""A whole idédugnad: from the start link to the downloaded report."""

import csv
import io
import json

from playwright.sync_api import expect

from support.person import eventually
from support.stage import gather

NOTES = {
    "kari": ["Flere benker langs elva", "Et åpent bibliotek på kvelden", "Tryggere kryss ved skolen"],
    "ola": ["Gratis buss for ungdom", "Et sted å være uten å kjøpe noe"],
    "home": ["Mer grønt mellom husene", "Lys på turveien"],
}
ALL = [text for texts in NOTES.values() for text in texts]


def test_a_whole_workshop(server, people, t):
    stage = gather(server, people, t)
    console, screen = stage.console, stage.screen
    writers = {"kari": stage.kari, "ola": stage.ola, "home": stage.home}

    # Private writing: nobody else has a note, in the document or on the line (E1).
    for who, texts in NOTES.items():
        for text in texts:
            writers[who].write(text)
        for text in texts:
            writers[who].expect_state(text, "private")
    console.expect_total("writers", t("console.of", count=3, total=3) if "{total}" in t("console.of") else "3 av 3")
    for person in stage.everybody:
        for who, texts in NOTES.items():
            if person is writers.get(who, stage.kari).person and who in writers:
                continue
            for text in texts:
                assert not person.has_heard(text), f"{person.name} was sent «{text}» before the reveal"
                assert not person.shows(text), f"{person.name} shows «{text}» before the reveal"
    stage.kari.person.picture("phone-writing")
    stage.home.person.picture("desk-writing")
    console.person.picture("console-writing")
    screen.person.picture("screen-writing")

    # The reveal: everybody sees everything.
    console.next("reveal-phase")
    for person in stage.everybody:
        eventually(lambda: all(person.has_heard(text) for text in ALL), f"{person.name} has every note", people=[person])
    stage.kari.person.page.wait_for_timeout(300)
    stage.kari.person.picture("phone-revealed")
    screen.person.picture("screen-revealed")

    # Gathering, by the ways that need no drag.
    console.open_phase("Samle")
    stage.kari.expect_phase("Samle")
    console.select(*NOTES["kari"][:2])
    console.make_cluster("Møteplasser")
    console.select("Tryggere kryss ved skolen", "Gratis buss for ungdom")
    console.make_cluster("Trygg ferdsel")
    console.move_to("Lys på turveien", "Trygg ferdsel")
    console.move_to("Et sted å være uten å kjøpe noe", "Møteplasser")
    expect(stage.ola.page.get_by_role("heading", name="Møteplasser")).to_be_visible()
    console.person.picture("console-gathering")
    stage.home.person.picture("desk-gathering")
    screen.person.picture("screen-gathering")
    screen.expect_no_scroll()

    # The vote: blind until it is closed (E3).
    console.open_phase("Stem")
    console.open_round()
    stage.kari.vote("Møteplasser", 2)
    stage.kari.vote("Trygg ferdsel", 1)
    stage.kari.expect_left(0)
    stage.ola.vote("Møteplasser", 1)
    stage.ola.expect_left(2)
    stage.home.vote("Mer grønt mellom husene", 1)
    stage.kari.person.picture("phone-voting")
    console.expect_total("voters", "3 av 3")
    console.person.picture("console-voting")
    screen.person.picture("screen-voting")
    for person in stage.everybody:
        assert '"results"' not in "".join(person.received), f"{person.name} was told totals before the round was closed"
    console.next("close-round")
    console.next("reveal-round")
    expected = [("Møteplasser", 3), ("Trygg ferdsel", 1), ("Mer grønt mellom husene", 1)]
    assert sorted(stage.kari.result()) == sorted(expected)
    assert stage.kari.result()[0] == expected[0]
    stage.kari.person.picture("phone-result")
    console.person.picture("console-result")
    stage.screen.page.wait_for_timeout(500)
    screen.person.picture("screen-result")

    # The timer's end closes input, for everybody at the same moment.
    console.open_phase("Skriv")
    stage.ola.expect_phase("Skriv")
    stage.as_facilitator({"type": "timer.start", "seconds": 2})
    expect(stage.ola.page.get_by_role("timer")).to_be_visible()
    expect(stage.ola.page.get_by_text(t("participant.closed.input-closed"))).to_be_visible()
    stage.ola.expect_no_composer()
    screen.person.picture("screen-time-up")

    # The results, as every document.
    table = list(csv.reader(io.StringIO(_text(console.download("csv")).removeprefix("\ufeff")), delimiter=";"))
    assert {text for text in ALL} <= {cell for row in table for cell in row}
    document = json.loads(_text(console.download("json")))
    assert document["samskap"] == 1
    assert all(text in json.dumps(document, ensure_ascii=False) for text in ALL)
    report = console.download("html")
    page = _text(report)
    assert 'lang="nb"' in page and all(text in page for text in ALL) and "Møteplasser" in page
    assert all(name not in page for name in ("Kari", "Siri")), "a report names nobody"
    reader = people("reader", {"width": 1000, "height": 1400})
    reader.page.set_content(page)
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    expect(reader.page.get_by_role("table").first).to_be_visible()
    reader.picture("report")
    assert all(text in _text(console.download("md")) for text in ("Møteplasser", "Trygg ferdsel"))


def _text(download) -> str:
    with open(download.path(), encoding="utf-8", newline="") as file:
        return file.read()

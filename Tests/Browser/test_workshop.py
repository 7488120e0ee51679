"""A whole idédugnad: from the start link to the downloaded report, as a hall and somebody at home live it."""

import csv
import io
import json
import re
from pathlib import Path

from playwright.sync_api import expect

from support.device import speak
from support.person import DESK, PHONE, eventually
from support.stage import gather

TITLE = "Sentrum i 2050"
NOTES = {
    "kari": ["Flere benker langs elva", "Et åpent bibliotek på kvelden", "Tryggere kryss ved skolen"],
    "ola": ["Gratis buss for ungdom", "Et sted å være uten å kjøpe noe <eller & selge>"],
    "home": ["Mer grønt mellom husene", "Lys på turveien"],
}
ALL = [text for texts in NOTES.values() for text in texts]
STAY = NOTES["ola"][1]


def test_a_whole_workshop(server, people, t):
    stage = gather(server, people, t, title=TITLE)
    console, screen = stage.console, stage.screen
    writers = {"kari": stage.kari, "ola": stage.ola, "home": stage.home}

    # Private writing: nobody else has a note, in the document or on the line (E1).
    for who, texts in NOTES.items():
        writers[who].expect_phase("Skriv")
        for text in texts:
            writers[who].write(text)
        for text in texts:
            writers[who].expect_state(text, "private")
    console.expect_total("writers", t("console.of", count=3, of=3))
    console.expect_total("notes", str(len(ALL)))
    for author, texts in NOTES.items():
        for person in stage.everybody:
            if person is not writers[author].person:
                for text in texts:
                    assert not person.has_heard(text), f"{person.name} was sent «{text}» before the reveal"
                    assert not person.shows(text), f"{person.name} shows «{text}» before the reveal"
    _picture(stage, "writing")

    # The timer's end closes the input, for the pages and for a client that lies.
    stage.as_facilitator({"type": "timer.start", "seconds": 2})
    expect(stage.ola.page.get_by_role("timer")).to_be_visible()
    for writer in writers.values():
        writer.expect_closed_input()
    _picture(stage, "time-up")
    [lie] = speak(
        stage.kari.page, {"secret": stage.kari.secret(), "workshop": stage.workshop}, {"type": "note.add", "text": "For sent"})
    assert (lie["type"], lie["code"]) == ("refused", "input-closed")

    # The reveal: everybody sees everything.
    console.next("reveal-phase")
    for writer in writers.values():
        for text in ALL:
            writer.expect_shown(text)
    for person in stage.everybody:
        eventually(lambda: all(person.has_heard(text) for text in ALL), f"{person.name} has every note", people=[person])
    _picture(stage, "revealed")
    screen.expect_no_scroll()

    # Gathering, by the ways that need no drag, and one step taken back.
    console.open_phase("Samle")
    stage.kari.expect_phase("Samle")
    console.select(*NOTES["kari"][:2])
    console.make_cluster("Møteplasser")
    console.select("Tryggere kryss ved skolen", "Gratis buss for ungdom")
    console.make_cluster("Trygg ferdsel")
    console.move_to("Lys på turveien", "Trygg ferdsel")
    console.move_to(STAY, "Trygg ferdsel")
    eventually(lambda: len(_cluster(console.person, "Trygg ferdsel")) == 4, "four notes are gathered", people=[console.person])
    console.undo()
    eventually(lambda: len(_cluster(console.person, "Trygg ferdsel")) == 3, "the last step is undone", people=[console.person])
    console.move_to(STAY, "Møteplasser")
    for writer in writers.values():
        expect(writer.page.get_by_role("heading", name=re.compile("Møteplasser"))).to_be_visible()
    _picture(stage, "gathering")
    screen.expect_no_scroll()

    # The vote: blind until it is closed, and shown to all only when it is revealed (E3).
    console.open_phase("Stem")
    console.open_round()
    stage.kari.vote("Møteplasser", 2)
    stage.kari.expect_no_more_for("Møteplasser")
    stage.kari.expect_left(1)
    stage.kari.vote("Trygg ferdsel", 1)
    stage.kari.expect_left(0)
    stage.kari.expect_no_more_for("Trygg ferdsel")
    stage.ola.vote("Møteplasser", 1)
    stage.home.vote("Mer grønt mellom husene", 1)
    console.expect_total("voters", t("console.of", count=3, of=3))
    _picture(stage, "voting")
    for person in stage.everybody:
        assert '"results"' not in "".join(person.received), f"{person.name} was told totals before the round was closed"
    console.next("close-round")
    eventually(lambda: '"results"' in "".join(console.person.received), "the facilitator knows the totals", people=[console.person])
    for person in stage.everybody[1:]:
        assert '"results"' not in "".join(person.received), f"{person.name} was told totals before they were shown"
    console.next("reveal-round")
    for writer in writers.values():
        expect(writer.page.get_by_role("heading", name=t("participant.resultOf", title="Stem"))).to_be_visible()
        result = writer.result()
        assert result[0] == ("Møteplasser", 3)
        assert sorted(result[1:3]) == [("Mer grønt mellom husene", 1), ("Trygg ferdsel", 1)]
    console.open_phase("Resultat")
    stage.expect_equal()
    _picture(stage, "result")
    screen.expect_no_scroll()

    # The results, as every document.
    table = list(csv.reader(io.StringIO(_text(console.download("csv")).removeprefix("\ufeff")), delimiter=";"))
    text_column, cluster_column = (table[0].index(t(key)) for key in ("csv.text", "csv.cluster"))
    rows = {row[text_column]: row[cluster_column] for row in table[1:]}
    assert sorted(rows) == sorted(ALL)
    assert [rows[text] for text in (STAY, "Lys på turveien", "Mer grønt mellom husene")] == ["Møteplasser", "Trygg ferdsel", ""]
    document = json.loads(_text(console.download("json")))
    assert document["title"] == TITLE
    assert document["participants"] == {"room": 2, "remote": 1, "tables": 0, "atTables": 0}
    assert document["notes"]["phone"] == len(ALL)
    report = _text(console.download("html"))
    assert 'lang="nb"' in report
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|<script""", report), "the report asks for something beyond itself"
    for name in ("Kari", "Siri"):
        assert name not in report + json.dumps(document, ensure_ascii=False), "the results name somebody who wrote without a name"
    reader = people("reader", {"width": 1000, "height": 1400})
    reader.page.set_content(report)
    expect(reader.page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(reader.page.get_by_role("table").first.get_by_role("rowheader", name="Møteplasser")).to_be_visible()
    for text in ALL:
        expect(reader.page.get_by_text(text, exact=True).first).to_be_visible()
    reader.picture("report")
    assert all(text in _text(console.download("md")) for text in ("Møteplasser", "Trygg ferdsel"))

    # The end: reading goes on, writing does not.
    console.end()
    for person in stage.everybody:
        eventually(lambda: person.room()["session"]["ended"], f"{person.name} knows that it is over", people=[person])
    expect(stage.kari.page.get_by_text(t("participant.blocked.ended"))).to_be_visible()
    _picture(stage, "ended")


def test_a_wrong_code_is_told_in_words(server, people, t):
    somebody = people("somebody", PHONE, touch=True)
    somebody.page.goto(server.address + "/j/ABD-EFG")
    expect(somebody.page.get_by_role("heading", name=t.pattern("join.unknown.title"))).to_be_visible()
    somebody.picture("phone-wrong-code")
    # The look-up is answered with 404, and the browser says so on its console.
    somebody.errors = [error for error in somebody.errors if "404" not in error]


def test_the_start_page_without_a_link_asks_for_a_code_only(server, people, t):
    somebody = people("somebody", DESK)
    somebody.page.goto(server.address)
    expect(somebody.page.get_by_label(t("start.codeLabel"), exact=True)).to_be_visible()
    expect(somebody.page.get_by_role("button", name=t("start.create"))).to_have_count(0)
    somebody.picture("start")


def _picture(stage, moment: str) -> None:
    """Everybody's page at this moment, each kind once."""
    stage.kari.person.picture(f"phone-{moment}")
    stage.home.person.picture(f"desk-{moment}")
    stage.console.person.picture(f"console-{moment}")
    stage.screen.person.picture(f"screen-{moment}")


def _cluster(person, name: str) -> list[str]:
    """A cluster's notes by its name, as the line told them."""
    return next((entry["notes"] for key, entry in person.room().items() if key.startswith("cluster/") and entry["name"] == name), [])


def _text(download) -> str:
    return Path(download.path()).read_bytes().decode("utf-8")

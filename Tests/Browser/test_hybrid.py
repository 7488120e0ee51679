"""Room and remote as one: a list of speakers and a vote, with two in the hall, one at home and one device that a table shares, by keyboard."""

import csv
import io
import json
import re
from pathlib import Path

from playwright.sync_api import expect

from pages.participant import Participant
from support.person import PHONE, eventually
from support.stage import gather

HEADS = 8


def test_a_list_of_speakers_and_a_vote_for_room_remote_and_a_table(server, people, t):
    stage = gather(server, people, t)
    console, page, screen = stage.console, stage.console.page, stage.screen
    table = _come_as_table(server, people, t, stage.code)

    # Eight more in the hall, of them all at the table; their notes are marked, by a word and an icon.
    expect(screen.page.get_by_text(t("screen.at-tables", count=HEADS))).to_be_visible()
    console.expect_total("tables", t("console.of", count=HEADS, of=HEADS + 3))
    table.write("Bordet vil ha en kafé")
    stage.kari.write("Flere benker langs elva")
    table.expect_state("Bordet vil ha en kafé", "private")
    console.next("reveal-phase")
    mark = stage.kari.note("Bordet vil ha en kafé").get_by_role("listitem").filter(has_text=t("common.source.table"))
    expect(mark.locator("svg")).to_have_count(1)
    expect(screen.page.get_by_text(t("common.source.table"))).to_be_visible()
    console.expect_total("proxies", "1")
    table.person.picture("phone-table")

    _speak(stage, people, t)

    # The vote: the table says how many gave what; nobody's number is told before the round is closed.
    stage.as_facilitator(
        {"type": "cluster.create", "name": "Elva", "notes": ["n2"]}, {"type": "cluster.create", "name": "Kafé", "notes": ["n1"]},
        {"type": "phase.open", "phase": "f4"},
        {"type": "round.open", "title": "Hva er viktigst?", "vote": {"kind": "stance", "targets": "clusters"}})
    expect(table.page.get_by_role("group", name="Kafé")).to_be_visible()
    agree, disagree = (table.page.get_by_role("group", name="Kafé").get_by_label(t(f"common.stance.{stance}"), exact=True) for stance in ("agree", "disagree"))
    agree.focus()
    table.page.keyboard.type("6")
    table.page.keyboard.press("Tab")
    expect(disagree).to_be_focused()
    table.page.keyboard.type("9")
    table.page.keyboard.press("Tab")
    expect(table.page.get_by_text(t("hybrid.ballot.too-many", count=HEADS))).to_be_visible()
    expect(disagree).to_have_value("")
    disagree.focus()
    table.page.keyboard.type("2")
    table.page.keyboard.press("Tab")
    expect(table.page.get_by_text(t("hybrid.ballot.sum", count=8, of=HEADS))).to_be_visible()
    table.person.picture("phone-table-vote")
    console.expect_total("voters", t("console.of", count=1, of=4))
    for voter in (stage.kari, stage.ola):
        choice = voter.page.get_by_role("radiogroup", name="Kafé").get_by_role("radio", name=t("common.stance.agree"), exact=True)
        choice.focus()
        voter.page.keyboard.press("Space")
        expect(choice).to_be_checked()
    # One of four is missing: the hall is not told so by a number.
    expect(screen.page.get_by_text(t("screen.nearly"))).to_be_visible()
    console.expect_total("voters", t("console.nearly"))
    screen.person.picture("screen-nearly")
    # The one at home goes without a vote: of those who are there all votes are in.
    stage.home.page.goto("about:blank")
    expect(screen.page.get_by_text(t("screen.all-in"))).to_be_visible()
    expect(page.locator("#now").get_by_text(t("console.hint.all-voted"))).to_be_visible()
    screen.person.picture("screen-all-in")
    console.person.picture("console-all-in")
    for person in (stage.kari.person, screen.person, console.person):
        assert not re.search(r'"tables":\{', "".join(person.received)), f"{person.name} was told what the table gave"
    console.next("close-round")
    console.next("reveal-round")
    result = stage.kari.page.get_by_role("listitem").filter(has_text="Kafé").filter(has_text=t("common.results.tables", text=t("common.results.stances", agree=6, disagree=2, **{"pass": 0})))
    expect(result.first).to_be_visible()
    screen.person.picture("screen-result-tables")

    # The documents: counts alone, apart, and no name.
    document = json.loads(_text(console.download("json")))
    assert document["participants"] == {"room": 2 + HEADS, "remote": 1, "tables": 1, "atTables": HEADS}
    assert document["speeches"] == {"room": 2, "remote": 0, "byHand": 1} and document["replies"] == {"room": 0, "remote": 1, "byHand": 0}
    assert document["notes"]["table"] == 1 and document["notes"]["proxy"] == 1
    kafe = next(line for line in document["rounds"][0]["results"] if line["tables"]["answers"])
    assert (kafe["votes"]["agree"], kafe["tables"]["agree"], kafe["tables"]["disagree"]) == (2, 6, 2)
    report = _text(console.download("html"))
    assert t("participation.tables") in report and t("spoken.caption") in report and t("tables.apart") in report
    rows = list(csv.reader(io.StringIO(_text(console.download("csv")).removeprefix("\ufeff")), delimiter=";"))
    assert any(t("source.table") in row for row in rows)
    everything = report + json.dumps(document, ensure_ascii=False) + _text(console.download("md"))
    for name in ("Kari", "Siri", "Gudrun"):
        assert name not in everything, f"{name} asked for the word, and is named in the results"


def _come_as_table(server, people, t, code) -> Participant:
    """One device for eight, said on the way in."""
    person = people("table", {"width": 820, "height": 1180})
    page = person.page
    page.goto(f"{server.address}/j/{code.replace('-', '')}")
    box = page.get_by_role("checkbox", name=t("join.table"))
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    person.picture("phone-join-table")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=t("hybrid.table.title"))
    expect(dialog.get_by_role("spinbutton", name=t("hybrid.table.heads"))).to_be_focused()
    page.keyboard.type("31")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text(t("hybrid.table.range", most=30))).to_be_visible()
    dialog.get_by_role("spinbutton").fill(str(HEADS))
    person.picture("phone-table-heads")
    page.keyboard.press("Enter")
    expect(page.get_by_text(t("hybrid.table.banner", count=HEADS))).to_be_visible()
    return Participant(person, t)


def _speak(stage, people, t) -> None:
    """The list: opened, asked for from the hall and from home, a reply, a name put in by a helper, the line, and the last one."""
    console, page, screen = stage.console, stage.console.page, stage.screen
    panel = page.get_by_role("region", name=t("console.speakers.title"))
    panel.get_by_role("button", name=t("console.speakers.open")).press("Enter")
    following = panel.get_by_role("button", name=t("console.speakers.next-none"))
    expect(following).to_be_focused()
    page.get_by_text(t("console.speakers.times"), exact=True).last.press("Enter")
    panel.get_by_role("spinbutton", name=t("console.speakers.speech-time")).fill("120")
    page.keyboard.press("Enter")

    # What all will see is said before one asks.
    kari, home = stage.kari.page, stage.home.page
    expect(kari.get_by_text(t("hybrid.shown.name", name="Kari"))).to_be_visible()
    kari.get_by_role("button", name=t("hybrid.ask.speech")).press("Enter")
    expect(kari.get_by_text(t("hybrid.place.speech", place=1))).to_be_visible()
    assert kari.get_by_role("button", name=t("hybrid.ask.reply")).count() == 0
    helper = people("helper", PHONE, touch=True)
    helper.page.goto(console.link("helper"))
    theirs = helper.page.get_by_role("region", name=t("console.speakers.title"))
    theirs.get_by_role("textbox", name=t("console.speakers.name")).fill("Gudrun")
    helper.page.keyboard.press("Enter")
    expect(theirs.get_by_role("listitem").filter(has_text="Gudrun")).to_contain_text(t("hybrid.proxy"))
    helper.picture("helper-speakers")

    # The next gets the word by one key, from anywhere on the desk.
    expect(panel.get_by_role("button", name=t("console.speakers.next", name="Kari"))).to_be_visible()
    page.locator("body").press("Alt+KeyN")
    expect(kari.locator("#main").get_by_text(t("hybrid.turn.text"))).to_be_visible()
    expect(kari).to_have_title(re.compile("^" + re.escape(t("hybrid.turn.title"))))
    eventually(lambda: t("hybrid.turn.text") in kari.locator("[aria-live=polite]").first.inner_text(), "it is announced", people=[stage.kari.person])
    expect(screen.page.get_by_text("Kari", exact=True)).to_be_visible()
    stage.kari.person.picture("phone-my-turn")

    # A reply from home goes before the speech that waits.
    home.get_by_role("button", name=t("hybrid.ask.reply")).press("Enter")
    expect(home.get_by_text(t("hybrid.place.reply", place=1))).to_be_visible()
    queue = panel.get_by_role("list", name=t("console.speakers.queue")).get_by_role("listitem")
    expect(queue.first).to_contain_text("Siri")
    expect(queue.nth(1)).to_contain_text("Gudrun")
    stage.ola.page.get_by_role("button", name=t("hybrid.ask.speech")).press("Enter")
    expect(queue).to_have_count(3)
    screen.person.picture("screen-speakers")
    console.person.picture("console-speakers")
    stage.home.person.picture("desk-speakers")
    stage.ola.person.picture("phone-speakers")
    screen.expect_no_scroll()

    # Out of turn, moved, the line, taken back, and done.
    following = panel.get_by_role("button", name=t("console.speakers.next", name="Siri"))
    following.press("Enter")
    expect(home.locator("#main").get_by_text(t("hybrid.turn.text"))).to_be_visible()
    panel.get_by_role("button", name=t("console.speakers.menu", name="Ola")).press("Enter")
    page.get_by_role("menuitem", name=t("console.speakers.up")).press("Enter")
    expect(queue.first).to_contain_text("Ola")
    panel.get_by_role("button", name=t("console.speakers.draw")).press("Enter")
    expect(stage.kari.page.get_by_text(t("hybrid.drawn"))).to_be_visible()
    assert stage.kari.page.get_by_role("button", name=t("hybrid.ask.speech")).count() == 0
    stage.ola.page.get_by_role("button", name=t("hybrid.withdraw.speech")).press("Enter")
    expect(queue).to_have_count(1)
    panel.get_by_role("button", name=t("console.speakers.next", name="Gudrun")).press("Enter")
    expect(screen.page.get_by_text("Gudrun", exact=True)).to_be_visible()
    panel.get_by_role("button", name=t("console.speakers.finish")).press("Enter")
    expect(panel.get_by_text(t("console.speakers.spoken", room=2, remote=1))).to_be_visible()
    panel.get_by_role("button", name=t("console.speakers.close")).press("Enter")
    expect(panel.get_by_role("button", name=t("console.speakers.open"))).to_be_focused()
    expect(stage.kari.page.get_by_role("region", name=t("hybrid.speakers.title"))).to_be_hidden()


def _text(download) -> str:
    return Path(download.path()).read_text(encoding="utf-8")

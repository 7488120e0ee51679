"""Proposed clusters, looked through and accepted in part, by the keyboard alone; on a desk and on a phone."""

import re

from playwright.sync_api import expect

from pages.console import Console
from pages.start import Start
from support.person import DESK, PHONE, eventually

TEXTS = [
    "Flere benker langs elva, gjerne med ryggstø", "Trygg sykkelvei til skolen", "Benkene i gågata er råtne", "Vet ikke helt",
    "Sykkelparkering med tak ved stasjonen", "En benk ved busstoppet", "Lån ut elsykler på biblioteket", "Bussen går for sjelden om kvelden",
    "Gratis buss for ungdom", "Konserter på torget om sommeren", "Scene for lokale band og korps",
]


def begin(server, people, t, viewport, *texts, touch=False) -> Console:
    """A console with notes that nobody sees yet."""
    person = people("facilitator", viewport, touch=touch)
    Start(person, t).create(server.start_link, "Sentrum i 2050", "Idédugnad")
    console = Console(person, t)
    console.expect_open("Sentrum i 2050")
    console.act_elsewhere(*[{"type": "note.add", "text": text} for text in texts])
    return console


def clusters(console: Console) -> dict[str, list[str]]:
    room = console.person.room()
    return {entry["name"]: entry["notes"] for key, entry in room.items() if key.startswith("cluster/")}


def test_a_proposal_is_accepted_in_part_and_taken_back(server, people, t):
    console = begin(server, people, t, DESK, *TEXTS)
    page = console.page
    ask = page.locator("#board").get_by_role("button", name=t("console.proposal.ask"))
    expect(ask).to_be_hidden()
    console.act_elsewhere({"type": "phase.reveal", "phase": "f1"})
    expect(ask).to_be_visible()

    # What a screen reader meets first is how many there are; all of it has a name.
    dialog = console.propose()
    expect(dialog.get_by_role("heading", level=2)).to_be_focused()
    groups = dialog.locator(".proposal")
    count = groups.count()
    assert count >= 3, dialog.inner_text()
    expect(dialog.get_by_role("heading", level=2)).to_have_text(t("console.proposal.title", count=count))
    for number in range(1, count + 1):
        expect(console.proposal(dialog, number, count)).to_be_visible()
    console.person.picture("console-proposals")
    assert clusters(console) == {}, "nothing is made before it is accepted"

    # Leaving it changes nothing.
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert clusters(console) == {}

    # The first gets another name and loses a note; the last is dropped. By the keyboard alone.
    dialog = console.propose()
    first, last = console.proposal(dialog, 1, count), console.proposal(dialog, count, count)
    boxes = first.get_by_role("group", name=t("console.proposal.which")).get_by_role("checkbox")
    notes = [boxes.nth(index).get_attribute("value") for index in range(boxes.count())]
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("button", name=t("console.proposal.take-none"))).to_be_focused()
    page.keyboard.press("Tab")
    expect(first.get_by_role("checkbox").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(first.get_by_role("textbox", name=t("console.cluster.name"))).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Sitteplasser")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(boxes.first).not_to_be_checked()
    expect(first.get_by_role("checkbox", name=t("console.proposal.take", name="Sitteplasser", count=len(notes) - 1))).to_be_checked()
    last.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    expect(last.get_by_role("textbox", name=t("console.cluster.name"))).to_be_disabled()
    expect(dialog.get_by_role("button", name=t("console.proposal.make", count=count - 1))).to_be_visible()
    console.make_proposed(dialog)
    expect(dialog).to_be_hidden()
    expect(console.cluster("Sitteplasser")).to_be_visible()
    eventually(lambda: len(clusters(console)) == count - 1, "all but the dropped one are made", people=[console.person])
    assert clusters(console)["Sitteplasser"] == notes[1:]

    # Taken back by the notice, exactly that.
    page.get_by_text(t("console.proposal.made", count=count - 1)).wait_for()
    page.locator("#notices").get_by_role("button", name=t("console.undo")).press("Enter")
    eventually(lambda: clusters(console) == {}, "what was made is taken back", people=[console.person])


def test_what_went_away_meanwhile_is_left_out(server, people, t):
    console = begin(server, people, t, DESK, *TEXTS)
    console.act_elsewhere({"type": "phase.reveal", "phase": "f1"})
    dialog = console.propose()
    count = dialog.locator(".proposal").count()
    boxes = console.proposal(dialog, 1, count).get_by_role("group", name=t("console.proposal.which")).get_by_role("checkbox")
    notes = [boxes.nth(index).get_attribute("value") for index in range(boxes.count())]
    console.act_elsewhere({"type": "cluster.create", "name": "Fra en annen", "notes": notes[:1]})
    # On the page, not only in the messages: it draws with the next frame, and goes by what it has drawn.
    expect(console.page.locator("#board").get_by_text("Fra en annen")).to_be_attached()
    console.make_proposed(dialog)
    expect(dialog).to_be_hidden()
    eventually(lambda: len(clusters(console)) == count + 1, "the others are made", people=[console.person])
    assert clusters(console)["Fra en annen"] == notes[:1]
    assert notes[1:] in clusters(console).values()


def test_choosing_none_says_so_and_nothing_alike_says_so(server, people, t):
    console = begin(server, people, t, DESK, "Flere benker", "Benk ved kirka", "Lys på stien")
    console.act_elsewhere({"type": "phase.reveal", "phase": "f1"})
    dialog = console.propose()
    dialog.get_by_role("button", name=t("console.proposal.take-none")).press("Enter")
    console.make_proposed(dialog)
    expect(dialog.get_by_role("alert")).to_have_text(t("console.proposal.choose"))
    dialog.get_by_role("button", name=t("console.proposal.take-all")).press("Enter")
    console.make_proposed(dialog)
    expect(dialog).to_be_hidden()
    console.act_elsewhere({"type": "note.add", "text": "Qwzx"}, {"type": "note.add", "text": "Zxqv"})
    ask = console.page.locator("#board").get_by_role("button", name=t("console.proposal.ask"))
    expect(ask).to_be_visible()
    ask.press("Enter")
    expect(console.page.get_by_text(t("console.proposal.none"))).to_be_visible()
    assert len(clusters(console)) == 1


def test_on_a_phone(server, people, t):
    console = begin(server, people, t, PHONE, *TEXTS, touch=True)
    page = console.page
    console.act_elsewhere({"type": "phase.reveal", "phase": "f1"})
    page.get_by_role("tab", name=re.compile("^Tavle")).click()
    dialog = console.propose()
    console.person.picture("phone-console-proposals")
    box = dialog.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing stands out at the side"
    for target in dialog.locator("label.line, button, input.input").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 24, target.inner_text()
    count = dialog.locator(".proposal").count()
    console.make_proposed(dialog)
    expect(dialog).to_be_hidden()
    eventually(lambda: len(clusters(console)) == count, "all are made", people=[console.person])

"""Rating one by one by keyboard alone, what came of it on every page, a second round beside the first; the archive; the history."""

import hashlib
import io
import json
import re
import zipfile

from playwright.sync_api import Locator, Page, expect

from pages.console import Console
from pages.participant import Participant
from support.device import act
from support.person import DESK, PHONE, eventually
from test_structures import Hall, _tab_to

FORCES = ["Ingen har ansvaret", "Reglene er uklare", "Folk vil hjelpe til"]
AXES = {
    "across": {"name": "Styrke", "low": "svak", "high": "svært sterk", "steps": 5},
    "up": {"name": "Kan vi endre det?", "low": "nei", "high": "ja, selv", "steps": 5},
}
DEFINITION = {
    "id": "forces", "name": "Forces",
    "boards": [{"key": "b", "name": "Krefter", "structure": "list"}],
    "phases": [
        {"name": "Skriv", "board": "b", "participants": ["add", "editOwn"]},
        {"name": "Vurder", "board": "b", "participants": ["vote"], "vote": {"kind": "matrix", "targets": "notes", **AXES}},
        {"name": "Tall", "board": "b", "participants": ["vote"], "vote": {"kind": "scale", "low": 1, "high": 5, "targets": "notes"}},
    ],
}


def _hall(server, people, t) -> tuple[Hall, Console, Participant]:
    hall = Hall(server, people, t, definition=DEFINITION, title="Krefter", language="nb")
    console, kari = hall.console(), hall.phone()
    hall.lead(console.page, *({"type": "note.add", "text": text} for text in FORCES), {"type": "phase.open", "phase": "f2"})
    return hall, console, kari


def _crowd(hall: Hall, page: Page, *ballots: dict[str, int], round_id: str = "r1") -> None:
    """Further people, each with a ballot: target → value."""
    for ballot in ballots:
        commands = [{"type": "vote.cast", "round": round_id, "target": target, "value": value} for target, value in ballot.items()]
        act(page, {"workshop": hall.id, "code": hall.made["code"]}, *commands)


def _open_round(console: Console, t) -> None:
    """As the facilitator does it: the dialog brings the phase's set-up."""
    page = console.page
    _tab_to(page, page.locator(".next__button"))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    _tab_to(page, dialog.get_by_role("button", name=t("console.round.start"), exact=True))
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)


def _card(kari: Participant) -> Locator:
    return kari.page.locator(".rate__card:visible")


def test_two_numbers_one_by_one_by_keyboard_typed_and_placed(server, people, t):
    hall, console, kari = _hall(server, people, t)
    screen = hall.screen()
    page = kari.page
    kari.expect_phase("Vurder")
    _open_round(console, t)
    card = _card(kari)
    expect(card).to_contain_text(t("rate.progress", number=1, of=3))
    expect(card.get_by_role("heading")).to_have_text(FORCES[0])
    kari.person.picture("rating-matrix-phone")

    # Typed: Enter takes it on, and the next one's number has the focus.
    first, second = card.get_by_role("textbox").nth(0), card.get_by_role("textbox").nth(1)
    _tab_to(page, first)
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(card.get_by_role("alert")).to_have_text(t("rate.invalid", low=1, high=5))
    expect(first).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Backspace")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(second).to_be_focused()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(card).to_contain_text(t("rate.progress", number=2, of=3))
    expect(card.get_by_role("heading")).to_have_text(FORCES[1])
    expect(card.get_by_role("textbox").nth(0)).to_be_focused()

    # Skipped, and so named at the end.
    _tab_to(page, card.get_by_role("button", name=t("rate.skip"), exact=True))
    page.keyboard.press("Enter")
    expect(card.get_by_role("heading")).to_have_text(FORCES[2])
    expect(card.get_by_role("heading")).to_be_focused()

    # Placed: the grid is one stop, arrows move in it, and the numbers follow.
    grid = card.get_by_role("grid")
    spot = grid.get_by_role("button", name=t("rate.spot", across="Styrke", x=3, up="Kan vi endre det?", y=3), exact=True)
    _tab_to(page, spot)
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(card.get_by_role("textbox").nth(0)).to_have_value("4")
    expect(card.get_by_role("textbox").nth(1)).to_have_value("5")
    expect(grid.locator("[aria-selected=true]")).to_have_count(1)
    kari.person.picture("rating-placed-phone")
    _tab_to(page, card.get_by_role("button", name=t("rate.finish"), exact=True))
    page.keyboard.press("Enter")
    expect(card).to_contain_text(t("rate.done-skipped", count=1, rated=2, of=3))
    expect(card.get_by_role("button", name=FORCES[1])).to_be_visible()
    kari.person.picture("rating-done-phone")
    votes = lambda: json.loads([frame for frame in kari.person.received if '"channel":"own"' in frame and '"round/r1"' in frame][-1])["set"]["round/r1"]["votes"]
    eventually(lambda: votes() == {"n1": 51, "n3": 45}, "both are counted", people=[kari.person])

    # The list is the other way to the same.
    _tab_to(page, page.get_by_role("button", name=t("rate.list"), exact=True))
    page.keyboard.press("Enter")
    row = page.locator(".ballot__row", has_text=FORCES[1])
    expect(page.locator(".ballot__row", has_text=FORCES[0]).get_by_role("textbox").nth(0)).to_have_value("5")
    expect(row.get_by_role("textbox").nth(0)).to_have_value("")
    kari.person.picture("rating-list-phone")

    # Blind until it is told.
    _crowd(hall, console.page, {"n1": 54, "n2": 33, "n3": 55}, {"n1": 11, "n2": 33, "n3": 54}, {"n1": 55, "n2": 33, "n3": 45})
    eventually(lambda: kari.person.room()["round/r1"]["voters"] == 4, "all have answered", people=[kari.person])
    assert not any('"figures"' in frame for frame in kari.person.received)
    console.next("close-round")
    rated = console.page.locator(".round .rated")
    expect(rated.locator(".rated__topics li")).to_have_count(1)
    expect(rated.locator(".rated__topics li")).to_contain_text(FORCES[0])
    assert not any('"figures"' in frame for frame in kari.person.received)
    console.next("reveal-round")
    for place in (page, console.page, screen.page):
        expect(place.locator(".ratemap__mark:visible")).to_have_count(3)
        expect(place.locator(".rated__item:visible").first).to_contain_text(FORCES[2])
    told = page.locator(".rated__item", has_text=FORCES[1])
    expect(told).to_contain_text(t("rate.answers", count=3))
    expect(told).to_contain_text(t("rate.skipped", count=1))
    expect(page.locator(".rated__topics li")).to_have_count(1)
    page.locator(".rated").scroll_into_view_if_needed()
    kari.person.picture("rating-result-phone")
    console.person.picture("rating-result-console")
    screen.person.picture("rating-result-screen")
    # Reflow: nothing sticks out at 320 px.
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_scale_typed_and_chosen_and_rated_again(server, people, t):
    hall, console, kari = _hall(server, people, t)
    screen = hall.screen()
    page = kari.page
    hall.lead(console.page, {"type": "phase.open", "phase": "f3"})
    kari.expect_phase("Tall")
    _open_round(console, t)
    card = _card(kari)
    _tab_to(page, card.get_by_role("textbox"))
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(card).to_contain_text(t("rate.progress", number=2, of=3))
    _tab_to(page, card.get_by_role("radio", name="1", exact=True))
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(card.get_by_role("textbox")).to_have_value("4")
    kari.person.picture("rating-scale-phone")
    # Taken back, and given again.
    _tab_to(page, card.get_by_role("button", name=t("participant.takeBackVote")))
    page.keyboard.press("Enter")
    expect(card.get_by_role("textbox")).to_have_value("")
    expect(card.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    _crowd(hall, console.page, {"n1": 2, "n2": 1}, {"n1": 2, "n2": 5}, {"n1": 3, "n2": 1})
    eventually(lambda: kari.person.room()["round/r1"]["voters"] == 4, "all have answered", people=[kari.person])
    console.next("close-round")
    console.next("reveal-round")
    expect(page.locator(".rated__item")).to_have_count(2)
    expect(page.locator(".rated__topics li")).to_contain_text(FORCES[1])

    # After the talk the same is rated again, with one press.
    again = console.page.locator(".round").get_by_role("button", name=t("console.round.again"), exact=True)
    _tab_to(console.page, again)
    console.page.keyboard.press("Enter")
    expect(_card(kari)).to_be_visible()
    _crowd(hall, console.page, {"n1": 2, "n2": 4}, {"n1": 2, "n2": 4}, {"n1": 2, "n2": 5}, round_id="r2")
    console.next("close-round")
    console.next("reveal-round")
    before = t("rate.before", before="2,8", now="4,3", change=t("rate.up", by="1,6"), spreadBefore="1,8", spread="0,5")
    for place in (page, console.page, screen.page):
        expect(place.locator(".rated__item:visible", has_text=FORCES[1]).first).to_contain_text(before)
    page.locator(".rated").first.scroll_into_view_if_needed()
    kari.person.picture("rating-again-phone")
    console.person.picture("rating-again-console")
    screen.person.picture("rating-again-screen")


def test_the_archive_package_is_whole(server, people, t, tmp_path):
    hall, console, _ = _hall(server, people, t)
    page = console.page
    _tab_to(page, page.get_by_role("button", name=t("console.results.title"), exact=True))
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("button", name=re.compile("^" + re.escape(t("console.archive.all")))))
    console.person.picture("archive-console")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "Krefter.zip"
    archive = zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes()))
    assert archive.testzip() is None
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["title"] == "Krefter"
    for file in manifest["files"]:
        data = archive.read(file["name"])
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"]), file
    assert {*(file["name"] for file in manifest["files"]), "manifest.json", "SHA256SUMS"} == set(archive.namelist())
    assert FORCES[0] in archive.read("report.html").decode()


def test_the_evening_is_gone_through_again_by_keyboard(server, people, t):
    hall, console, kari = _hall(server, people, t)
    page = console.page
    hall.lead(page, {"type": "cluster.create", "name": "Uklart", "notes": ["n1", "n2"]}, {"type": "note.add", "text": "Tatt av igjen"},
              {"type": "note.redact", "note": "n4", "reason": "other"}, {"type": "phase.open", "phase": "f3"})
    kari.expect_phase("Tall")
    _tab_to(page, page.get_by_role("button", name=t("console.results.title"), exact=True))
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("button", name=re.compile("^" + re.escape(t("console.replay.open")))))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=t("console.replay.title"))
    slider = dialog.get_by_role("slider")
    expect(slider).to_be_focused()
    notes = dialog.locator(".note")
    expect(notes).to_have_count(0)

    page.keyboard.press("End")
    expect(notes).to_have_count(3)
    expect(dialog.locator(".cluster__title")).to_contain_text("Uklart")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("Tall"))
    expect(dialog.get_by_text("Tatt av igjen")).to_have_count(0)
    console.person.picture("replay-console")
    steps = int(slider.input_value())
    page.keyboard.press("ArrowLeft")
    assert int(slider.input_value()) == steps - 1
    expect(slider).to_have_attribute("aria-valuetext", re.compile("Vurder"))
    page.keyboard.press("PageDown")
    assert int(slider.input_value()) < steps - 1
    page.keyboard.press("Home")
    expect(notes).to_have_count(0)

    # From event to event, and by name.
    _tab_to(page, dialog.get_by_role("button", name=t("console.replay.next"), exact=True))
    for _ in range(2):
        page.keyboard.press("Enter")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("Vurder"))
    expect(notes).to_have_count(3)
    expect(dialog.locator(".cluster__title")).to_have_count(0)
    jump = dialog.get_by_label(t("console.replay.jump"))
    _tab_to(page, jump)
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("Tall"))

    # Played from the beginning, it comes to the end by itself, and stops there.
    dialog.get_by_label(t("console.replay.speed")).select_option("1200")
    _tab_to(page, slider)
    page.keyboard.press("Home")
    _tab_to(page, dialog.get_by_role("button", name=t("console.replay.play"), exact=True))
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name=t("console.replay.pause"), exact=True)).to_be_visible()
    expect(dialog.get_by_role("button", name=t("console.replay.play"), exact=True)).to_be_visible(timeout=30_000)
    assert int(slider.input_value()) == steps
    page.set_viewport_size(PHONE)
    console.person.picture("replay-phone")
    assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")
    page.set_viewport_size(DESK)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

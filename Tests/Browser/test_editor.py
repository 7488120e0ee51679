"""Composing a session by the keyboard alone: from three templates, saved, uploaded, run, and changed while it runs."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.console import Console
from support.person import DESK, PHONE, Person, eventually
from support.workshop import create

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = {name: json.loads((ROOT / "web" / "templates" / f"{name}.json").read_text(encoding="utf-8")) for name in ("innsjekk", "nytte-innsats", "prikkstemming")}


def _tab_to(page: Page, wanted: Locator, limit: int = 160) -> None:
    """Presses Tab, or Shift and Tab when it stands before, until it has the focus, as somebody without a mouse does."""
    expect(wanted).to_have_count(1)
    for _ in range(limit):
        way = wanted.evaluate("""element => {
            const active = document.activeElement;
            if (element === active) return null;
            const before = active !== document.body && !active.contains(element) && element.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING;
            return before ? "Shift+Tab" : "Tab";
        }""")
        if way is None:
            return
        page.keyboard.press(way)
    raise AssertionError(f"no way to {wanted} by Tab")


def _press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    _tab_to(page, wanted)
    page.keyboard.press(key)


def _type_over(page: Page, field: Locator, text: str) -> None:
    """Into a field in place of what stands there; it is taken with Enter."""
    _tab_to(page, field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


class Editor:
    """The page *Prepare*, by the names that assistive technology hears."""

    def __init__(self, person: Person, t):
        self.person, self.page, self.t = person, person.page, t
        self.area = person.page.get_by_role("main", name=t("editor.prepare.title"))

    def expect_open(self) -> None:
        expect(self.page.get_by_role("heading", name=self.t("editor.prepare.title"))).to_be_visible()

    @property
    def phases(self) -> Locator:
        return self.area.get_by_role("list", name=self.t("console.run.title")).get_by_role("listitem")

    def names(self) -> list[str]:
        return [field.input_value() for field in self.phases.get_by_role("textbox").all()]

    def button(self, key: str, **params) -> Locator:
        return self.area.get_by_role("button", name=self.t(key, **params), exact=True)

    def dialog(self, key: str, **params) -> Locator:
        return self.page.get_by_role("dialog", name=self.t(key, **params))

    def compose(self, template: dict, *, without: tuple[str, ...] = (), reuse: bool = False, picture: str | None = None) -> None:
        """Adds a template's phases at the end, all but some; with `reuse`, on the first board of the kind that is there."""
        name = template["name"]["nb"]
        _press(self.page, self.button("editor.compose.title"))
        chooser = self.dialog("editor.compose.title")
        search = chooser.get_by_role("searchbox")
        expect(search).to_be_focused()
        self.page.keyboard.type(name)
        if picture:
            self.person.picture(f"{picture}-compose-template")
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Space")
        expect(chooser.get_by_role("radio", name=re.compile("^" + re.escape(name)))).to_be_checked()
        _press(self.page, chooser.get_by_role("button", name=self.t("editor.compose.next")))
        phases = self.dialog("editor.compose.from", name=name)
        for each in without:
            _press(self.page, phases.get_by_role("checkbox", name=re.compile("^" + re.escape(each))), "Space")
        if reuse:
            _press(self.page, phases.get_by_role("combobox").first, "ArrowDown")
            expect(phases.get_by_role("status")).to_contain_text(self.t("editor.compose.new-boards", count=0))
        if picture:
            self.person.picture(f"{picture}-compose-phases")
        _press(self.page, phases.get_by_role("button", name=self.t("editor.compose.add"), exact=True))
        expect(phases).to_be_hidden()


def _names(template: dict) -> list[str]:
    return [phase["name"]["nb"] for phase in template["phases"]]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_composed_saved_uploaded_and_run_by_keyboard_alone(server, people, t, tmp_path, viewport):
    size = "desk" if viewport is DESK else "phone"
    person = people("facilitator", viewport)
    page = person.page

    # The start page: begin empty, and go on to prepare.
    page.goto(server.start_link)
    title = page.get_by_role("textbox", name=t("start.titleLabel"))
    _tab_to(page, title)
    page.keyboard.type("Elva vår")
    search = page.get_by_role("searchbox", name=t("templates.search"))
    _tab_to(page, search)
    page.keyboard.type(t("templates.blank"))
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name=re.compile("^" + t("templates.blank")))).to_be_checked()
    person.picture(f"{size}-editor-start")
    _press(page, page.get_by_role("button", name=t("start.create")))
    _press(page, page.get_by_role("link", name=t("start.prepare")))
    editor = Editor(person, t)
    editor.expect_open()
    expect(editor.phases).to_have_count(1)

    # Three templates: one whole, one with its map, and of the third only the vote, on a board that is there.
    editor.compose(TEMPLATES["innsjekk"], picture=size)
    first = 1 + len(_names(TEMPLATES["innsjekk"]))
    expect(editor.phases).to_have_count(first)
    left_out = _names(TEMPLATES["nytte-innsats"])[-1]
    editor.compose(TEMPLATES["nytte-innsats"], without=(left_out,))
    second = first + len(_names(TEMPLATES["nytte-innsats"])) - 1
    expect(editor.phases).to_have_count(second)
    dots = _names(TEMPLATES["prikkstemming"])[2:]
    editor.compose(TEMPLATES["prikkstemming"], without=tuple(_names(TEMPLATES["prikkstemming"])[:2]), reuse=True)
    count = second + len(dots)
    expect(editor.phases).to_have_count(count)
    welcome = t("templates.blank.phase")
    expected = [welcome, *_names(TEMPLATES["innsjekk"]), *_names(TEMPLATES["nytte-innsats"])[:-1], *dots]
    assert editor.names() == expected

    # A break, put in the middle by its buttons.
    _press(page, editor.button("editor.break.add"))
    dialog = editor.dialog("console.phase.add")
    expect(dialog.get_by_role("checkbox", name=t("editor.break.label"))).to_be_checked()
    _press(page, dialog.get_by_role("button", name=t("console.phase.add")))
    expect(dialog).to_be_hidden()
    expect(editor.phases).to_have_count(count + 1)
    up = editor.button("editor.phase.up", name=t("editor.break.name"))
    _tab_to(page, up)
    for position in range(count, count - 2, -1):
        page.keyboard.press("Enter")
        expect(editor.phases.nth(position - 1).get_by_role("textbox")).to_have_value(t("editor.break.name"))
        expect(up).to_be_focused()

    # Name, minutes, title and planned start, each where it stands.
    _type_over(page, editor.area.get_by_role("textbox", name=t("editor.phase.name", number=1), exact=True), "Vel møtt")
    expect(page.get_by_role("heading", level=1, name="Elva vår")).to_be_visible()
    _type_over(page, editor.area.get_by_role("textbox", name=t("editor.title")), "Elva i 2050")
    expect(page.get_by_role("heading", level=1, name="Elva i 2050")).to_be_visible()
    _type_over(page, editor.area.get_by_role("spinbutton", name=t("editor.phase.minutes", name="Vel møtt")), "12")
    expect(editor.area.get_by_text(t("editor.times.breaks", count=15))).to_be_visible()
    start = editor.area.get_by_label(t("editor.start"))
    _tab_to(page, start)
    start.fill("2040-05-04T18:00")
    page.keyboard.press("Enter")
    minutes = sum(phase.get("minutes", 0) for phase in [
        {"minutes": 12 + 15}, *TEMPLATES["innsjekk"]["phases"], *TEMPLATES["nytte-innsats"]["phases"][:-1], *TEMPLATES["prikkstemming"]["phases"][2:]])
    ends = f"{18 + minutes // 60}:{minutes % 60:02}"
    expect(editor.area.get_by_text(f"{t('editor.times.starts', time='18:00')} · {t('editor.times.ends', time=ends)}")).to_be_visible()

    # A board of one's own, its places by the keyboard.
    _press(page, editor.button("editor.board.new"))
    board = editor.dialog("editor.board.new")
    expect(board.get_by_role("textbox", name=t("editor.board.name"))).to_be_focused()
    page.keyboard.type("Langs elva")
    place = lambda number: board.get_by_role("textbox", name=t("editor.places.name", item=t("editor.columns.item"), number=number), exact=True)
    _type_over(page, place(1), "Øvre")
    expect(place(2)).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Nedre")
    page.keyboard.press("Enter")
    expect(place(3)).to_be_focused()
    page.keyboard.type("Midtre")
    _press(page, board.get_by_role("button", name=t("editor.places.up", name="Midtre"), exact=True))
    expect(place(2)).to_have_value("Midtre")
    person.picture(f"{size}-editor-board")
    _press(page, board.get_by_role("button", name=t("editor.board.make")))
    expect(board).to_be_hidden()
    expect(editor.phases).to_have_count(count + 2)
    page.evaluate("scrollTo(0, 0)")
    person.picture(f"{size}-editor-prepare")

    # Saved as a file, which has everything and nobody.
    with page.expect_download() as waiting:
        _press(page, editor.button("editor.save"))
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    assert saved.name == "elva-i-2050.json"
    template = json.loads(saved.read_text(encoding="utf-8"))
    assert [phase["name"] for phase in template["phases"]] == editor.names()
    assert [phase["board"] for phase in template["phases"] if phase["name"] in dots] == ["b1"] * len(dots)
    assert template["boards"][0]["name"] == t("templates.blank.board")
    assert [column["name"] for column in template["boards"][-1]["columns"]] == ["Øvre", "Midtre", "Nedre"]

    # Uploaded on the start page; a file with faults first.
    other = people("another facilitator", viewport)
    page = other.page
    page.goto(server.start_link)
    _tab_to(page, page.get_by_role("textbox", name=t("start.titleLabel")))
    page.keyboard.type("Elva igjen")
    _tab_to(page, page.get_by_role("searchbox", name=t("templates.search")))
    page.keyboard.type(t("templates.file"))
    picker = page.get_by_label(t("templates.file.choose"))
    _tab_to(page, picker)
    template["phases"][1]["minutes"] = -3
    template["phases"][2]["board"] = "nowhere"
    faulty = tmp_path / "faulty.json"
    faulty.write_text(json.dumps(template), encoding="utf-8")
    picker.set_input_files(faulty)
    alert = page.get_by_role("alert").filter(has_text="faulty.json")
    expect(alert.get_by_role("listitem")).to_have_count(2)
    expect(alert).to_contain_text("/phases/1/minutes")
    expect(alert).to_contain_text("/phases/2/board")
    other.picture(f"{size}-editor-faults")
    _press(page, page.get_by_role("button", name=t("start.create")))
    expect(picker).to_be_focused()
    picker.set_input_files(saved)
    expect(page.get_by_text(t("templates.file.right", name=saved.name))).to_be_visible()
    _press(page, page.get_by_role("button", name=t("start.create")))
    _press(page, page.get_by_role("link", name=t("start.openConsole")))
    console = Console(other, t)
    console.expect_open("Elva igjen")
    assert page.evaluate("Object.keys(localStorage).filter((key) => /template|phases/.test(key) || localStorage[key].includes('phases')).length") == 0

    # It runs: to the next phase by the keyboard, and a phase is changed while everybody is in it.
    if viewport is PHONE:
        _press(page, page.get_by_role("tab", name=t("console.now.title")), "Home")
        expect(page.get_by_role("tab", name=t("console.run.title"))).to_be_focused()
    run = page.locator("#run")
    second_name = editor.names()[1]
    expect(run.get_by_role("listitem")).to_have_count(count + 2)
    go = run.get_by_role("listitem").nth(1).get_by_role("button").first
    _press(page, go)
    expect(go).to_have_attribute("aria-current", "step")
    expect(run.get_by_text(t("editor.times.on-time"))).to_be_visible()
    _press(page, run.get_by_role("button", name=t("console.run.edit", name=second_name), exact=True))
    dialog = page.get_by_role("dialog", name=t("console.phase.edit"))
    expect(dialog.get_by_text(t("editor.now"))).to_be_visible()
    _tab_to(page, dialog.get_by_role("spinbutton", name=t("console.phase.minutes")))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("27")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(go).to_contain_text(t("console.minutes-short", count=27))
    other.picture(f"{size}-editor-run-sheet")


def test_what_a_promise_allows_is_said_before_it_is_done(server, people, t):
    made = create(server, definition={
        "id": "names", "name": "Names", "boards": [{"key": "b", "name": "Ideas", "structure": "list"}],
        "phases": [{"name": "Write", "board": "b", "participants": ["add"], "anonymity": "peers", "minutes": 5}, {"name": "Open", "board": "b", "participants": ["add"], "anonymity": "none"}]})
    writer = people("Kari", PHONE)
    writer.page.goto(f"{server.address}/j/{made['code']}")
    writer.page.get_by_role("textbox", name=t("join.nameLabel")).fill("Kari Nordmann")
    writer.page.get_by_role("button", name=t("join.go")).click()
    person = people("facilitator", DESK)
    page = person.page
    page.goto(f"{server.address}/f/{made['workshop']}#{made['links']['facilitator']}")
    console = Console(person, t)
    console.open_phase("Open")
    composer = writer.page.get_by_role("form", name=t("participant.write")).get_by_role("textbox")
    composer.fill("Flere benker")
    composer.press("Enter")
    writer.page.get_by_role("dialog").get_by_role("button", name=t("held.rules.send")).click()
    expect(page.locator("#board").get_by_text("Kari Nordmann")).to_be_visible()

    # Names stand on the note: a stronger promise may be given, and what it means is said first.
    edit = page.get_by_role("button", name=t("console.run.edit", name="Open"), exact=True)
    _press(page, edit)
    dialog = page.get_by_role("dialog", name=t("console.phase.edit"))
    chosen = dialog.get_by_role("radio", name=t("console.anonymity.none"))
    _tab_to(page, chosen)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(dialog.get_by_role("radio", name=t("console.anonymity.all"))).to_be_checked()
    expect(dialog.get_by_text(t("editor.stronger.all", count=1))).to_be_visible()
    dialog.get_by_text(t("editor.stronger.all", count=1)).scroll_into_view_if_needed()
    person.picture("console-promise")
    _press(page, dialog.get_by_role("button", name=t("console.save")))
    expect(dialog).to_be_hidden()
    expect(page.locator("#board").get_by_text("Flere benker")).to_be_visible()
    expect(page.locator("#board").get_by_text("Kari Nordmann")).to_have_count(0)

    # And it is kept: the weaker ones cannot be chosen any more.
    _press(page, edit)
    expect(dialog.get_by_text(t("editor.kept.anonymity", count=1))).to_be_visible()
    for weaker in ("peers", "none"):
        expect(dialog.get_by_role("radio", name=t(f"console.anonymity.{weaker}"))).to_be_disabled()
    page.keyboard.press("Escape")

    # A copy promises anew.
    _press(page, edit)
    _press(page, dialog.get_by_role("button", name=t("editor.duplicate")))
    expect(dialog).to_be_hidden()
    expect(page.locator("#run").get_by_role("listitem")).to_have_count(3)
    _press(page, page.get_by_role("button", name=t("console.run.edit", name=t("editor.copy-of", name="Open")), exact=True))
    expect(dialog.get_by_role("radio", name=t("console.anonymity.none"))).to_be_enabled()


def test_rows_are_dragged_too(server, people, t):
    made = create(server, template="igp")
    person = people("facilitator", DESK)
    page = person.page
    page.goto(f"{server.address}/f/{made['workshop']}?prepare#{made['links']['facilitator']}")
    editor = Editor(person, t)
    editor.expect_open()
    expect(editor.phases).to_have_count(3)
    names = editor.names()
    grip = editor.phases.nth(2).locator(".prep__grip").bounding_box()
    top = editor.phases.nth(0).bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, grip["y"] - 60, steps=4)
    page.mouse.move(grip["x"] + 10, top["y"] + 4, steps=4)
    page.mouse.up()
    eventually(lambda: editor.names() == [names[2], names[0], names[1]], "the last phase is first", people=[person])
    # Escape lets go.
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, top["y"] + 4, steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert editor.names() == [names[2], names[0], names[1]]

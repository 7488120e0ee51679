"""All seven structures, by keyboard alone: choosing a place and moving on a phone, moving on the console, and what the screen draws."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.console import Console
from pages.participant import Participant
from pages.screen import Screen
from support.device import act
from support.person import DESK, PHONE, SCREEN, Person, eventually
from support.workshop import create

ALL_ACTS = ["add", "editOwn", "move"]


def _columns(*names: str, group: str = "") -> list[dict]:
    return [{"id": name.lower().replace(" ", "-"), "name": name, **({"group": group} if group else {})} for name in names]


BOARDS = {
    "list": {},
    "columns": {"columns": _columns("For", "Against")},
    "grid": {"columns": _columns("Before", "After"), "rows": [{"id": "does", "name": "Does"}, {"id": "feels", "name": "Feels"}]},
    "matrix": {"axes": {"across": {"name": "Effort", "low": "little", "high": "much"}, "up": {"name": "Benefit", "low": "little", "high": "much"}}},
    "fields": {"columns": _columns("Name of it", "For whom", "First step", "What it costs")},
    "sequence": {"columns": _columns("Beginning of it", "Middle of it", "End of it", "Afterwards")},
    "ring": {"columns": _columns("Person") + _columns("Says", "Does", "Thinks", group="Everyday") + _columns("Pains")},
}
# From the first place: which keys choose another, which place that is, and which keys and button move the note on from there.
WAYS = {
    "list": ([], None, None),
    "columns": ([["ArrowRight"]], "against", ("For", "for")),
    "grid": ([["ArrowDown", "ArrowDown"]], "feels-before", ("Feels: After", "feels-after")),
    "matrix": ([["ArrowDown"] * 3, ["ArrowUp"] * 2], "x4-y3", (None, "x5-y3")),
    "fields": ([["ArrowDown"]], "for-whom", ("First step", "first-step")),
    "sequence": ([["ArrowDown"] * 2], "end-of-it", ("4. Afterwards", "afterwards")),
    "ring": ([["ArrowDown"] * 2], "does", ("Pains", "pains")),
}
# What a screen reader's list of headings says of the board, in order.
HEADINGS = {
    "list": [],
    "columns": ["For", "Against"],
    "grid": ["Does: Before", "Does: After", "Feels: Before", "Feels: After"],
    "matrix": ["Benefit 3: Effort 5"],
    "fields": ["Name of it", "For whom", "First step", "What it costs"],
    "sequence": ["1. Beginning of it", "2. Middle of it", "3. End of it", "4. Afterwards"],
    "ring": ["Person", "Everyday: Says", "Everyday: Does", "Everyday: Thinks", "Pains"],
}
DEFINITION = {
    "id": "all", "name": "All",
    "boards": [{"key": structure, "name": f"Board {structure}", "structure": structure, **more} for structure, more in BOARDS.items()],
    "phases": [{"name": f"Phase {structure}", "board": structure, "participants": ALL_ACTS, "helpers": ALL_ACTS} for structure in BOARDS],
}


class Hall:
    """A workshop and who is in it, without the start page."""

    def __init__(self, server, people, t, **how):
        self.server, self.people, self.t = server, people, t
        self.made = create(server, **how)
        self.id, self.links = self.made["workshop"], self.made["links"]

    def console(self, viewport=DESK) -> Console:
        person = self.people("facilitator", viewport)
        person.page.goto(f"{self.server.address}/f/{self.id}#{self.links['facilitator']}")
        console = Console(person, self.t)
        expect(person.page.locator("#board")).to_be_visible()
        return console

    def screen(self) -> Screen:
        screen = Screen(self.people("screen", SCREEN), self.t)
        screen.open(f"{self.server.address}/s/{self.id}#{self.links['screen']}")
        return screen

    def phone(self, viewport=PHONE) -> Participant:
        person = self.people("Kari", viewport)
        person.page.goto(f"{self.server.address}/j/{self.made['code']}")
        person.page.get_by_role("button", name=self.t("join.go")).press("Enter")
        expect(person.page).to_have_url(re.compile("/w/"))
        return Participant(person, self.t)

    def room_phase(self, phone: Participant, phase: str, console: Console) -> dict:
        """Opens a phase, and gives it as everybody is told of it."""
        self.lead(console.page, {"type": "phase.open", "phase": phase})
        eventually(lambda: phone.person.room()["phase"]["id"] == phase, f"{phase} is open", people=[phone.person])
        return phone.person.room()["phase"]

    def lead(self, page: Page, *commands: dict) -> None:
        """The facilitator's commands from a device of its own."""
        act(page, {"workshop": self.id, "link": self.links["facilitator"]}, *commands)


def _tab_to(page: Page, wanted: Locator, limit: int = 120) -> None:
    """Presses Tab until it has the focus, as somebody without a mouse does."""
    expect(wanted).to_have_count(1)
    for _ in range(limit):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {wanted} by Tab")


def _entry(person: Person, text: str) -> dict | None:
    return next((entry for key, entry in person.room().items() if key.startswith("note/") and entry["text"] == text), None)


def _expect_place(person: Person, text: str, place: str | None) -> None:
    eventually(lambda: (_entry(person, text) or {"column": "none yet"})["column"] == place, f"«{text}» is in {place}", people=[person])


def test_every_structure_by_keyboard_alone(server, people, t):
    hall = Hall(server, people, t, definition=DEFINITION)
    console, screen, kari = hall.console(), hall.screen(), hall.phone()
    page = kari.page
    for number, structure in enumerate(BOARDS, 1):
        hall.lead(console.page, {"type": "phase.open", "phase": f"f{number}"})
        kari.expect_phase(f"Phase {structure}")
        steps, place, move = WAYS[structure]
        text = f"A note on the {structure}"

        # Writing: the place first, by its label, then the text and Enter.
        composer = page.get_by_role("form", name=t("participant.write"))
        controls = composer.get_by_role("combobox").or_(composer.get_by_role("radio").and_(composer.locator(".place-picker input:checked")))
        expect(controls).to_have_count(len(steps))
        for index, keys in enumerate(steps):
            _tab_to(page, controls.nth(index))
            for key in keys:
                page.keyboard.press(key)
        _tab_to(page, kari.composer)
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        if number == 1:
            # The rules of the house come once, before the first note.
            _tab_to(page, page.get_by_role("dialog").get_by_role("button", name=t("held.rules.send")))
            page.keyboard.press("Enter")
        _expect_place(kari.person, text, place)

        # Moving on, without a drag.
        if move:
            label, there = move
            _tab_to(page, page.get_by_role("button", name=t("participant.moveOf", text=text), exact=True))
            page.keyboard.press("Enter")
            dialog = page.get_by_role("dialog")
            if label:
                _tab_to(page, dialog.get_by_role("button", name=label, exact=True))
            else:
                _tab_to(page, dialog.get_by_label("Effort"))
                page.keyboard.press("ArrowDown")
                _tab_to(page, dialog.get_by_role("button", name=t("participant.move"), exact=True))
            page.keyboard.press("Enter")
            expect(dialog).to_have_count(0)
            _expect_place(kari.person, text, there)

        # What is heard, in order: the same as what is seen.
        board = page.locator(".wall")
        eventually(lambda: [_words(each) for each in board.get_by_role("heading", level=3).all()] == HEADINGS[structure],
                   f"the headings of {structure}", people=[kari.person])
        expect(board.get_by_text(text, exact=True)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{structure} is wider than the phone"

        # The screen draws it, whole.
        expect(screen.page.get_by_text(text, exact=True).first).to_be_visible()
        screen.expect_no_scroll()
        drawn = structure in ("matrix", "ring")
        for side in (screen.page, board, console.page.locator("#board")):
            expect(side.locator(".picture__mark:visible")).to_have_count(1 if drawn else 0)
            if drawn:
                expect(side.get_by_role("img", name=t("common.picture", name=f"Board {structure}"))).to_be_visible()


def _words(heading: Locator) -> str:
    """A heading without its figure."""
    return " ".join(heading.evaluate("h => [...h.children].filter((c) => !c.classList.contains('count')).map((c) => c.textContent).join('')").split())


@pytest.mark.parametrize("structure", ["columns", "grid", "matrix", "fields", "sequence", "ring"])
def test_the_console_moves_a_note_by_keyboard_alone(server, people, t, structure):
    hall = Hall(server, people, t, definition=DEFINITION)
    console = hall.console()
    page = console.page
    number = list(BOARDS).index(structure) + 1
    places = {"grid": "does-before", "matrix": "x1-y1"}
    first = places.get(structure) or BOARDS[structure]["columns"][0]["id"]
    hall.lead(page, {"type": "phase.open", "phase": f"f{number}"}, {"type": "note.add", "text": "Move me", "column": first})
    _expect_place(console.person, "Move me", first)
    _tab_to(page, page.get_by_role("button", name=t("console.note.menu", text="Move me")))
    page.keyboard.press("Enter")
    item = page.get_by_role("menuitem", name=t("console.note.move"))
    for _ in range(6):
        if item.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    if structure == "matrix":
        expect(dialog.get_by_role("radio", name=t("console.move.to-place"))).to_be_checked()
        _tab_to(page, dialog.get_by_role("combobox"))
        page.keyboard.press("ArrowDown")
        there = "x2-y1"
    else:
        _tab_to(page, dialog.get_by_role("radio", checked=True))
        last = dialog.get_by_role("radio").last
        for _ in range(12):
            if last.is_checked():
                break
            page.keyboard.press("ArrowDown")
        there = {"grid": "feels-after"}.get(structure) or BOARDS[structure]["columns"][-1]["id"]
    _tab_to(page, dialog.get_by_role("button", name=t("console.move.confirm"), exact=True))
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    _expect_place(console.person, "Move me", there)


def test_ratings_move_the_notes_of_a_map_to_their_means(server, people, t):
    hall = Hall(server, people, t, template="nytte-innsats")
    console, screen, kari = hall.console(), hall.screen(), hall.phone()
    hall.lead(console.page, {"type": "note.add", "text": "Flere benker", "column": "x5-y1"})
    _expect_place(kari.person, "Flere benker", "x5-y1")
    mark = screen.page.locator(".picture__mark circle")
    expect(mark).to_have_count(1)
    before = [float(mark.get_attribute(name)) for name in ("cx", "cy")]
    # Both numbers at once, as the template asks: little effort, much benefit.
    vote = hall.room_phase(kari, "f2", console)["vote"]
    assert vote["kind"] == "matrix" and vote["across"]["name"] == "Innsats", vote
    hall.lead(console.page, {"type": "round.open", "title": "Nytte og innsats", "vote": vote})
    numbers = kari.page.locator(".rate__card").get_by_role("textbox")
    expect(numbers).to_have_count(2)
    for index, number in ((0, "1"), (1, "5")):
        _tab_to(kari.page, numbers.nth(index))
        kari.page.keyboard.type(number)
    kari.page.keyboard.press("Enter")
    eventually(lambda: kari.person.room()["round/r1"]["voters"] == 1, "Kari has answered", people=[kari.person])
    hall.lead(console.page, {"type": "round.close", "round": "r1"}, {"type": "round.reveal", "round": "r1"}, {"type": "phase.open", "phase": "f3"})
    for page in (kari.page, console.page):
        expect(page.locator(".picture__mark circle")).to_have_count(1)
    mark = console.page.locator(".picture__mark circle")
    eventually(lambda: float(mark.get_attribute("cx")) < before[0] and float(mark.get_attribute("cy")) < before[1],
               "the note went to the upper left", people=[console.person])


# What the pictures in the documentation show: a template, the phase, and notes by place.
PICTURES = {
    "matrix": ("nytte-innsats", "f1", {
        "x1-y5": ["Benker langs elva"], "x2-y4": ["Kveldsåpent bibliotek", "Låneskap med utstyr"], "x4-y5": ["Gratis buss for ungdom"],
        "x5-y2": ["Ny svømmehall"], "x3-y3": ["Felles kjøkken i grendehuset"], "x1-y2": ["Flere skilt"]}),
    "ring": ("empatikart", "f1", {
        "person": ["Amina, 16, ny i byen"], "sier": ["«Det er ingenting å gjøre her»", "«Jeg vil heller være ute»"], "tenker": ["Er jeg velkommen?", "Hvem spør jeg?"],
        "gjor": ["Tar siste buss hjem", "Sitter på biblioteket"], "foler": ["Alene på kvelden"], "vondt": ["Bussen slutter å gå klokka ni"], "godt": ["Et sted uten å kjøpe noe", "Noen å gå sammen med"]}),
    "grid": ("brukerreise", "f1", {
        "gjor-for": ["Leter etter telefonnummer"], "gjor-start": ["Ringer servicetorget"], "gjor-underveis": ["Venter på svar i tre uker"], "gjor-slutt": ["Får brev"], "gjor-etter": ["Ringer igjen"],
        "tenker-for": ["Hvem har ansvaret?"], "tenker-underveis": ["Har de glemt meg?"], "foler-start": ["Lettet"], "foler-underveis": ["Urolig"], "foler-slutt": ["Oppgitt"],
        "moter-start": ["En vennlig stemme"], "moter-slutt": ["Et brev med vanskelige ord"], "vondt-underveis": ["Ingen sier hva som skjer"], "mulighet-underveis": ["En melding hver uke"], "mulighet-slutt": ["Skriv kort og klart"]}),
    "sequence": ("fem-hvorfor", "f1", {
        "problem": ["Ungdom slutter å komme på fritidsklubben"], "en": ["De har ikke noe der å gjøre"], "to": ["Ingen spurte hva de ville"], "tre": ["Planen ble laget på dagtid"],
        "fire": ["Møtene passer ikke for skoleelever"], "fem": ["Vi har ingen fast måte å spørre på"]}),
    "fields": ("problemramme", "f1", {
        "problem": ["Sentrum er tomt etter klokka fem"], "hvem": ["Ungdom", "De som driver butikk"], "vet": ["Halvparten av lokalene står tomme"], "antar": ["Folk kommer hvis det skjer noe"],
        "utenfor": ["Husleia"], "suksess": ["Flere blir værende på kvelden"], "sporsmal": ["Hva vil de eldre ha?"]}),
}


@pytest.mark.parametrize("structure", PICTURES)
def test_a_full_board_of_a_template_on_every_page(server, people, t, structure):
    template, phase, notes = PICTURES[structure]
    hall = Hall(server, people, t, template=template)
    console, screen, kari = hall.console(), hall.screen(), hall.phone()
    add = [{"type": "note.add", "text": text, "column": place} for place, texts in notes.items() for text in texts]
    hall.lead(console.page, {"type": "phase.open", "phase": phase}, *add)
    if any(entry.get("visibility") == "own" for key, entry in kari.person.room().items() if key == "phase"):
        hall.lead(console.page, {"type": "phase.reveal", "phase": phase})
    count = len(add)
    texts = [text for each in notes.values() for text in each]
    for person in (kari.person, console.person, screen.person):
        eventually(lambda: sum(key.startswith("note/") for key in person.room()) == count, f"{person.name} has all notes", people=[person])
    for text in texts:
        expect(kari.page.locator(".wall").get_by_text(text, exact=True)).to_have_count(1)
        expect(console.page.locator("#board").get_by_text(text, exact=True)).to_have_count(1)
    # Every note that is on the wall is whole; what is on other pages is off.
    whole = screen.page.locator("#stage .note:not([data-off])")
    eventually(lambda: whole.count() > 0, "notes are on the wall", people=[screen.person])
    screen.expect_no_scroll()
    cut = screen.page.evaluate(
        """() => [...document.querySelectorAll('#stage .note:not([data-off])')].filter((note) => note.offsetParent).filter((note) => {
             const a = note.getBoundingClientRect();
             const b = note.closest('.flow-view').getBoundingClientRect();
             return a.bottom > Math.min(b.bottom, innerHeight) + 1 || a.top < b.top - 1;
           }).map((note) => note.textContent)""")
    assert cut == [], "half a note on the wall"
    beside = """() => [...document.querySelectorAll('#stage .note:not([data-off])')].filter((note) => note.offsetParent
      && note.getBoundingClientRect().left >= note.closest('.flow-view').getBoundingClientRect().right).length"""
    eventually(lambda: screen.page.evaluate(beside) == 0, "what is beside the wall is on a page of its own", people=[screen.person])
    assert kari.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    console.person.picture(f"structure-{structure}-console")
    screen.person.picture(f"structure-{structure}-screen")
    kari.page.locator(".wall").scroll_into_view_if_needed()
    kari.page.evaluate("document.querySelector('.wall').scrollIntoView()")
    kari.page.evaluate("scrollBy(0, -70)")
    kari.person.picture(f"structure-{structure}-phone")

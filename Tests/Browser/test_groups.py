"""Groups: one, two, four, all with eight people and timers that run by themselves; tables that each chooses; by keyboard."""

import json

from playwright.sync_api import expect

from pages.participant import Participant
from pages.start import Start
from support.groups import Texts, group_of
from support.person import PHONE, eventually
from support.stage import gather

# What the timer of a one-minute phase may take, in milliseconds.
MINUTE = 90_000


def test_one_two_four_all_by_itself(server, people, t):
    stage = gather(server, people, t, title="Sentrum", definition=one_two_four_all())
    console, page = stage.console, stage.console.page
    everybody = [stage.kari, stage.ola, stage.home]
    for name in ["Per", "Nora", "Eva", "Ali", "Mai"]:
        person = people(name, PHONE, touch=True)
        Start(person, t).join(server.address, stage.code, name, "room")
        everybody.append(Participant(person, t))
    texts = Texts(t)

    # Alone: each writes, and Kari takes hers along, by keyboard.
    for index, one in enumerate(everybody):
        one.expect_phase("Alene")
        one.write(f"Tanke {index}")
        one.expect_state(f"Tanke {index}", "private")
    kari = stage.kari.page
    choose = kari.get_by_role("button", name=texts("groups.raise-note", text="Tanke 0"))
    choose.focus()
    kari.keyboard.press("Enter")
    expect(choose).to_have_attribute("aria-pressed", "true")
    expect(choose).to_be_focused()
    expect(kari.get_by_text(texts("groups.chosen", count=1))).to_be_visible()
    stage.kari.person.picture("phone-groups-alone")
    expect(page.get_by_text(t("console.groups.advances"))).to_be_visible()

    # The facilitator starts it once; from here on nobody presses anything to go on.
    stage.as_facilitator({"type": "timer.start", "seconds": 3})
    for one in everybody:
        one.expect_phase("To og to")
        expect(one.page.get_by_role("region", name=heading(one))).to_be_visible()
    pairs = gathered(everybody)
    assert sorted(map(len, pairs.values())) == [2, 2, 2, 2]
    mine = group_of(stage.kari)
    mate = next(one for one in everybody if group_of(one) == mine and one is not stage.kari)
    mate.expect_shown("Tanke 0")
    for one in everybody:
        if group_of(one) != mine:
            assert not one.person.has_heard("Tanke 0"), f"{one.person.name} was sent the note of another pair"
    stage.kari.person.picture("phone-groups-pair")
    console.person.picture("console-groups")
    expect(page.get_by_role("region", name=t("console.groups.title"))).to_contain_text(t("console.groups.sum", count=4, people=8))
    expect(page.get_by_role("region", name=t("console.groups.title"))).to_contain_text("3 ")
    screen = stage.screen.page
    expect(screen.get_by_role("listitem").filter(has_text="Gruppe 1")).to_be_visible()
    stage.screen.person.picture("screen-groups")
    stage.screen.expect_no_scroll()

    # The mate takes the pair's note on; another pair brings one from before.
    choose = mate.page.get_by_role("button", name=texts("groups.raise-note", text="Tanke 0"))
    choose.focus()
    mate.page.keyboard.press("Enter")
    expect(choose).to_have_attribute("aria-pressed", "true")
    other = next(one for one in everybody if group_of(one) != mine)
    number = everybody.index(other)
    bring = other.page.get_by_role("button", name=texts("groups.bring-note", text=f"Tanke {number}"))
    bring.focus()
    other.page.keyboard.press("Enter")
    expect(bring).to_have_count(0)
    other.expect_shown(f"Tanke {number}")

    # Fours, when the pairs' minute is over, and then all.
    for one in everybody:
        expect(one.page.get_by_role("heading", level=1, name="Fire og fire")).to_be_visible(timeout=MINUTE)
    eventually(lambda: sorted(map(len, gathered(everybody).values())) == [4, 4], "two groups of four", people=[])
    for one in everybody:
        if group_of(one) == group_of(stage.kari):
            one.expect_shown("Tanke 0")
    stage.kari.person.picture("phone-groups-four")
    four = next(one for one in everybody if group_of(one) == group_of(stage.kari) and one not in (stage.kari, mate))
    choose = four.page.get_by_role("button", name=texts("groups.raise-note", text="Tanke 0"))
    choose.focus()
    four.page.keyboard.press("Enter")
    expect(choose).to_have_attribute("aria-pressed", "true")
    for one in everybody:
        expect(one.page.get_by_role("heading", level=1, name="Alle")).to_be_visible(timeout=MINUTE)
        one.expect_shown("Tanke 0")
    stage.kari.person.picture("phone-groups-all")
    console.person.picture("console-groups-all")

    # Each document says whose it was, and what it came from.
    report = json.loads(server_document(stage, "results.json"))
    notes = [note for board in report["boards"] for column in board["columns"] for note in column["notes"]]
    carried = next(note for note in notes if note["text"] == "Tanke 0")
    assert carried["from"] and carried["group"]["number"] >= 1
    assert "Tatt med fra" in server_document(stage, "results.csv")
    assert "tatt med fra" in server_document(stage, "results.md")


def test_tables_that_each_chooses(server, people, t):
    stage = gather(server, people, t, title="Temabord", definition=tables())
    console, page = stage.console, stage.console.page
    texts = Texts(t)
    kari, ola = stage.kari.page, stage.ola.page
    stage.as_facilitator({"type": "phase.open", "phase": "f2"})

    def option(at, number):
        return at.get_by_role("button", name=texts("groups.table", number=number))

    expect(kari.get_by_role("heading", name=texts("groups.choose"))).to_be_visible()
    stage.kari.person.picture("phone-groups-choose")
    option(kari, 2).focus()
    kari.keyboard.press("Enter")
    expect(option(kari, 2)).to_have_attribute("aria-pressed", "true")
    expect(kari.get_by_role("heading", name=texts("groups.yours", name="Bord 2"))).to_be_visible()
    option(ola, 2).click()
    stage.kari.write("Bare ved bord 2")
    stage.ola.expect_shown("Bare ved bord 2")
    assert not stage.home.person.has_heard("Bare ved bord 2")
    assert not console.person.has_heard("Bare ved bord 2")
    expect(kari.get_by_text(texts("groups.with", names="Ola"))).to_be_visible()
    expect(option(kari, 1)).to_contain_text(texts("groups.none-yet"))

    # The facilitator, by keyboard: who is where, and somebody moved with the menu.
    page.get_by_role("button", name=t("console.groups.open")).press("Enter")
    dialog = page.get_by_role("dialog", name=t("console.groups.title"))
    expect(dialog.get_by_role("heading", name=t("console.groups.rest"))).to_be_visible()
    console.person.picture("console-groups-dialog")
    who = dialog.get_by_role("button", name=t("console.groups.move", name="Ola"))
    who.focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name=t("console.groups.to", name="Bord 1")).press("Enter")
    expect(ola.get_by_role("heading", name=texts("groups.yours", name="Bord 1"))).to_be_visible()
    expect(ola.get_by_text("Bare ved bord 2")).to_have_count(0)
    dialog.get_by_role("button", name=t("console.groups.rename-of", name="Bord 1")).press("Enter")
    rename = page.get_by_role("dialog", name=t("console.groups.rename-of", name="Bord 1"))
    rename.get_by_role("textbox", name=t("console.groups.name")).fill("Ved vinduet")
    page.keyboard.press("Enter")
    expect(ola.get_by_role("heading", name=texts("groups.yours", name="Ved vinduet"))).to_be_visible()
    dialog.get_by_role("button", name=t("console.groups.seat")).press("Enter")
    expect(dialog.get_by_role("heading", name=t("console.groups.rest"))).to_be_hidden()
    page.keyboard.press("Escape")

    # In the plan: the same, changed in words.
    console.person.picture("console-groups-tables")
    stage.as_facilitator({"type": "phase.open", "phase": "f3"})
    bring = kari.get_by_role("button", name=texts("groups.bring-note", text="Bare ved bord 2"))
    bring.focus()
    kari.keyboard.press("Enter")
    stage.home.expect_shown("Bare ved bord 2")
    stage.home.person.picture("phone-groups-brought")


def test_a_phase_gets_groups_in_the_dialog(server, people, t):
    stage = gather(server, people, t, title="Plan", definition=tables())
    page = stage.console.page
    page.get_by_role("button", name=t("console.phase.add")).first.press("Enter")
    dialog = page.get_by_role("dialog", name=t("console.phase.add"))
    dialog.get_by_role("textbox", name=t("console.phase.name")).fill("Par")
    expect(dialog.get_by_role("radio", name=t("console.visibility.group"))).to_be_disabled()
    dialog.get_by_role("radio", name=t("console.rhythm.group")).check(force=True)
    dialog.get_by_role("radio", name=t("console.groups.how-random"), exact=True).check(force=True)
    dialog.get_by_role("spinbutton", name=t("console.groups.size")).fill("2")
    dialog.get_by_role("radio", name=t("console.visibility.group")).check(force=True)
    stage.console.person.picture("console-phase-groups")
    dialog.get_by_role("button", name=t("console.phase.add")).press("Enter")
    expect(dialog).to_be_hidden()
    eventually(lambda: stage.console.person.has_heard('"grouping":{"how":"random","size":2}'), "the phase has groups", people=[stage.console.person])


def heading(one):
    import re
    return re.compile("Du er i:|Ta med videre")


def gathered(everybody):
    groups = {}
    for one in everybody:
        groups.setdefault(group_of(one), []).append(one.person.name)
    return groups


def server_document(stage, name):
    """A document, fetched as the facilitator's page does."""
    return stage.console.page.evaluate(
        "async ([path, secret]) => (await fetch(path, { headers: { Authorization: `Bearer ${secret}` } })).text()",
        [f"/api/workshops/{stage.workshop}/{name}", stage.console.person.page.url.split("#")[1]])


def board(key):
    return {"key": key, "name": key, "structure": "list"}


def one_two_four_all():
    writing = {"participants": ["add", "editOwn", "editAny"], "helpers": ["add", "editOwn"]}
    return {
        "id": "en-to-fire-alle", "name": "En, to, fire, alle", "boards": [board("en"), board("to"), board("fire"), board("alle")],
        "phases": [
            {"name": "Alene", "instruction": "Tenk i stillhet.", "minutes": 1, "board": "en", "visibility": "own", "advances": True, **writing},
            {"name": "To og to", "instruction": "Fortell hverandre, og velg det som skal videre.", "minutes": 1, "board": "to", "rhythm": "group",
             "visibility": "group", "grouping": {"how": "random", "size": 2}, "advances": True, "anonymity": "none", **writing},
            {"name": "Fire og fire", "instruction": "To par møtes.", "minutes": 1, "board": "fire", "rhythm": "group", "visibility": "group",
             "grouping": {"how": "merge"}, "advances": True, "anonymity": "none", **writing},
            {"name": "Alle", "instruction": "Hva skiller seg ut?", "minutes": 5, "board": "alle", "rhythm": "plenary", **writing},
        ],
    }


def tables():
    writing = {"participants": ["add", "editOwn"], "helpers": ["add", "editOwn"]}
    return {
        "id": "temabord", "name": "Temabord", "boards": [board("apent"), board("bord"), board("alle")],
        "phases": [
            {"name": "Velkommen", "board": "apent", **writing},
            {"name": "Ved bordene", "instruction": "Snakk sammen ved bordet.", "board": "bord", "rhythm": "group", "visibility": "group",
             "anonymity": "none", "grouping": {"how": "choice", "tables": 3}, **writing},
            {"name": "Alle", "board": "alle", "rhythm": "plenary", **writing},
        ],
    }

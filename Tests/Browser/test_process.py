"""A whole process in five sessions with ten participants: from the frame to a decision, and all the way back to single notes."""

import json
import re
import urllib.request
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from pages.console import Console
from pages.participant import Participant
from pages.process import Process
from support.device import speak
from support.groups import Texts, group_of
from support.person import DESK, PHONE, Person, eventually
from support.voice import Voice

TITLE = "Møteplasser for ungdom"
CHALLENGE = "Hvordan kan ungdom i sentrum få et sted å møtes som de selv vil bruke?"
PRINCIPLES = ["Vi hører på dem det gjelder", "Vi tester i det små", "Alle får vite hva det ble til"]
FRAME = "Ungdom mangler et sted å være i sentrum som ikke koster penger"
NEED = {"who": "Ungdom uten bil", "need": "et sted å være uten å kjøpe noe", "because": "kafeene sender dem ut"}
OTHER_NEED = {"who": "Foreldre", "need": "å vite at det er trygt", "because": "de ikke er der selv"}
IDEA = "Kveldsåpent bibliotek der ungdom selv styrer et rom"
TEST = "Åpent bibliotek torsdager i november"
LEARNING = "De kommer når de får bestemme selv"
DECISION = "Biblioteket holder åpent torsdager hele året"
WHY = "Det kom flere enn vi håpet, og de ryddet selv."
INTERVIEWS = ["Kafeen kaster oss ut etter en time", "Jeg har ikke råd til å kjøpe noe", "Det er kaldt å stå ute", "Moren min vil vite hvor jeg er", "Biblioteket stenger før vi er ferdige på skolen",
              "Vi har ikke bil", "Jeg går på kjøpesenteret", "Noen voksne er sure", "Det er ingen steder med strøm", "Vi vil ikke ha pynt"]
IDEAS = ["Biblioteket åpent på kvelden", "Et rom vi styrer selv", "Varme og strøm", "Noen voksne i nærheten", "Brus til innkjøpspris", "Åpent når skolen slutter", "Bordtennis", "Musikkrom",
         "Ingen krav om å kjøpe", "Et sted å gjøre lekser"]
PAIR = "Vi som bruker rommet, har nøkkelen"
PAPER = "En sofa der man kan sitte stille"
NAMES = ["Kari", "Ola", "Siri", "Amina", "Jonas", "Li", "Per", "Sara", "Emil", "Nora"]


@pytest.fixture(autouse=True)
def patience():
    """A session tells its process how it stands every three seconds."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@dataclass
class Session:
    """A session and everybody in it: three in pages of their own, seven who speak the protocol."""

    console: Console
    code: str
    pages: dict[str, Participant] = field(default_factory=dict)
    voices: list[Voice] = field(default_factory=list)

    def close(self) -> None:
        for participant in self.pages.values():
            participant.person.context.close()


def test_a_whole_process(server, people, t):
    leader = people("leader", DESK)
    process = Process(leader, t)
    process.create(server.start_link, TITLE, CHALLENGE)
    process.set_frame(CHALLENGE, PRINCIPLES)
    process.expect_next("session")
    leader.picture("process-begin")

    # 1 Frame: the core group, together with two young people.
    frame = _session(people, t, server, process, 1, "Hva er problemet?", "Problemramme", "live", pages=(), voices=3)
    column = frame.console.person.room()["board/b1"]["columns"][0]["id"]
    for voice, text in zip(frame.voices, ("Det koster å være i sentrum", "Ingen steder å gå etter skolen", "Det er kjedelig her")):
        voice.write(text, column=column)
    frame.console.next("reveal-phase")
    _end(frame.console)
    process.expect_next("analyse")
    process.press_next()
    process.tick("Det koster å være i sentrum")
    process.tick("Ingen steder å gå etter skolen")
    process.make("frame", FRAME)
    # The note knows what came of it, as a link.
    expect(_note(process, "Det koster å være i sentrum").get_by_role("link", name=FRAME)).to_be_visible()
    process.overview()
    process.summarise(1, "Ungdom har få steder å være etter skolen.", "Vi går videre med møteplasser i sentrum.")
    process.open_step(2)

    # 2 Interviews: an open collection that people write in when it suits them. One of them has no more than a phone.
    interviews = _session(people, t, server, process, 2, "Intervjuer med ungdom", "Intervjunotater", "collection", pages=("Kari",), voices=9)
    columns = [each["id"] for each in interviews.console.person.room()["board/b1"]["columns"]]
    kari = interviews.pages["Kari"]
    expect(kari.page.get_by_text(t.pattern("became.until"))).to_be_visible()
    kari.write(INTERVIEWS[0])
    kari.expect_shown(INTERVIEWS[0])
    for index, (voice, text) in enumerate(zip(interviews.voices, INTERVIEWS[1:])):
        voice.write(text, column=columns[index % len(columns)])
    expect(process.step(2).get_by_text(t("process.session.notes", count=10))).to_be_visible()
    leader.picture("process-collecting")
    interviews.console.person.page.close()
    process.go_through("Intervjuer med ungdom")
    # Notes stand under the place they were written in.
    expect(process.page.get_by_role("heading", level=3, name=re.compile("Observasjon")).first).to_be_visible()
    for text in (INTERVIEWS[0], INTERVIEWS[1], INTERVIEWS[5]):
        process.tick(text)
    leader.picture("process-board")
    process.make("need", **NEED)
    need = t("process.need.sentence", **NEED)
    process.tick(INTERVIEWS[3])
    process.make("need", **OTHER_NEED)
    other_need = t("process.need.sentence", **OTHER_NEED)
    # The need also comes from the frame; two needs are ranked by buttons, and the focus stays.
    process.open_item(need)
    process.link(FRAME, 3)
    process.set_state("chosen")
    process.material()
    assert process.ranked("need") == [need, other_need]
    button = process.move(other_need, "Up")
    expect(process.page.locator('.ranked[data-key="need"] .card__text').first).to_have_text(other_need)
    expect(button).to_be_focused()
    process.move(other_need, "Down")
    expect(process.page.locator('.ranked[data-key="need"] .card__text').first).to_have_text(need)
    process.overview()
    process.open_step(3)

    # 3 The workshop: in the room and at home, with paper notes by proxy, clusters and a vote.
    workshop = _session(people, t, server, process, 3, "Verksted på kulturhuset", "Idédugnad", "live", pages=("Kari", "Ola", "Siri"), voices=7)
    console = workshop.console
    for (name, participant), text in zip(workshop.pages.items(), IDEAS):
        participant.write(text)
        participant.expect_state(text, "private")
    for voice, text in zip(workshop.voices, IDEAS[3:]):
        voice.write(text)
    _paper(console, t, PAPER)
    console.next("reveal-phase")
    _speakers(workshop, t)
    _pairs(workshop, t)
    console.open_phase("Samle")
    # What Kari's pair chose has come along, and everybody sees it now.
    workshop.pages["Ola"].expect_shown(PAIR)
    console.select(IDEAS[0], IDEAS[1], IDEAS[5])
    console.make_cluster("Bibliotek på kvelden")
    console.select(IDEAS[2], IDEAS[8], PAPER)
    console.make_cluster("Et sted å være")
    console.open_phase("Stem")
    console.open_round()
    workshop.pages["Kari"].vote("Bibliotek på kvelden", 2)
    workshop.pages["Siri"].vote("Et sted å være", 1)
    clusters = {entry["name"]: key.split("/")[1] for key, entry in console.person.room().items() if key.startswith("cluster/")}
    for voice in workshop.voices:
        voice.say({"type": "vote.cast", "round": "r1", "target": clusters["Bibliotek på kvelden"], "value": 1})
    console.next("close-round")
    console.next("reveal-round")
    _end(console)
    expect(process.step(3).get_by_text(t("process.session.people", room=8, remote=2))).to_be_visible()
    process.go_through("Verksted på kulturhuset")
    process.tick_cluster("Bibliotek på kvelden", 3)
    process.tick(IDEAS[3])
    process.make("idea", IDEA)
    process.open_item(IDEA)
    process.link(need, 2)
    # What happens to a cluster afterwards changes nothing about where the idea came from: one of its writers takes a note back.
    withdrawn = IDEAS[5]
    _withdraw(workshop, withdrawn)
    process.overview()
    process.open_step(4)

    # 4 Analysis: the core group meets over the chosen need and the idea, taken along with a trace.
    analysis = _session(people, t, server, process, 4, "Analyse med kjernegruppa", "Testkort", "live", pages=("Ola",), voices=4)
    process.material()
    process.tick(need)
    process.tick(IDEA)
    process.carry("Analyse med kjernegruppa")
    analysis.pages["Ola"].expect_shown(IDEA)
    analysis.voices[0].write("Vi kan prøve på torsdager", column=analysis.console.person.room()["board/b1"]["columns"][0]["id"])
    _end(analysis.console)
    process.open_item(IDEA)
    process.set_state("chosen")
    process.make_from("test", "test", TEST, assumption="ungdom kommer hvis det er åpent", method="åpent til 22 hver torsdag", measure="hvor mange som kommer", threshold="minst 20 per kveld")
    process.overview()
    process.open_step(5)

    # 5 Test: people try it, say what they think, and a decision is made.
    trial = _session(people, t, server, process, 5, "Etter fire torsdager", "Tilbakemelding på prototype", "live", pages=("Kari", "Ola", "Siri"), voices=7)
    column = trial.console.person.room()["board/b1"]["columns"][0]["id"]
    for voice in trial.voices:
        voice.write(f"{voice.name} kommer tilbake", column=column)
    trial.console.next("reveal-phase")
    _end(trial.console)
    process.go_through("Etter fire torsdager")
    process.tick("Amina kommer tilbake")
    process.tick("Li kommer tilbake")
    process.make("learning", LEARNING, observed="28 kom i snitt", insight="rommet var viktigere enn bøkene", next="gjør det fast")
    process.open_item(LEARNING)
    process.link(TEST, 2)
    process.make_from("decision", "decision", DECISION, outcome="continue", why=WHY)
    process.overview()
    process.expect_next("summarise")
    process.summarise(5, "De som prøvde, vil komme tilbake.", "Vi fortsetter.")
    process.expect_next("publish")
    leader.picture("process-overview")

    # Nobody can read it before it is published; then everybody can, and no single note stands there.
    reader = people("reader", PHONE, touch=True)
    reader.page.goto(f"{server.address}/p/{process.workshop}")
    expect(reader.page.get_by_role("heading", name=t("process.public.noneTitle"))).to_be_visible()
    reader.picture("public-none")
    reader.errors = [error for error in reader.errors if "404" not in error]
    address = process.publish(FRAME, need, IDEA, TEST, LEARNING, DECISION)
    process.expect_next("done")
    reader.page.goto(address)
    for text in (TITLE, CHALLENGE, "Ungdom har få steder å være etter skolen.", "Vi fortsetter.", need, DECISION, WHY, PRINCIPLES[0]):
        expect(reader.page.get_by_text(text).first).to_be_visible()
    for text in INTERVIEWS + IDEAS + NAMES:
        assert not reader.shows(text), f"the public page shows «{text}»"
    reader.picture("public-phone")
    reader.page.set_viewport_size(DESK)
    reader.picture("public-desk")

    # Back from the decision to single notes, by the links alone.
    process.open_item(DECISION)
    back = process.outline("back")
    for text in (LEARNING, TEST, IDEA, need, FRAME):
        expect(back.get_by_role("link", name=text, exact=True).first).to_be_visible()
    for text in ("Amina kommer tilbake", IDEAS[0], IDEAS[3], INTERVIEWS[0], "Det koster å være i sentrum"):
        expect(back.get_by_text(text)).to_be_visible()
    expect(back.get_by_text(t("process.trace.withdrawn"))).to_be_visible()
    assert not leader.shows(withdrawn), "a withdrawn note's text stands in the trace"
    expect(back.get_by_text("Bibliotek på kvelden")).to_be_visible()
    expect(process.page.get_by_role("img", name=t("process.trace.pictureAbout"))).to_be_visible()
    leader.picture("process-trace")
    for text in (LEARNING, TEST, IDEA, need):
        process.outline("back").get_by_role("link", name=text, exact=True).first.press("Enter")
        process.expect_item(text)
    # And forward again, from the need to the decision.
    expect(process.outline("forth").get_by_role("link", name=DECISION, exact=True).first).to_be_visible()
    expect(process.outline("forth").get_by_text(t("process.outcome.continue")).first).to_be_visible()
    process.page.go_back()
    process.expect_item(IDEA)

    # On a phone everything is there, without scrolling sideways.
    leader.page.set_viewport_size({"width": 320, "height": 640})
    for show in (process.overview, process.material, lambda: process.open_item(DECISION)):
        show()
        assert leader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    leader.picture("process-phone")
    leader.page.set_viewport_size(DESK)

    # Forward from one participant's phone: from her own note, on the page of a workshop that is over, to the decision.
    kari = workshop.pages["Kari"]
    kari.page.reload()
    offer = kari.page.get_by_role("button", name=t("became.button"))
    expect(offer).to_be_visible()
    kari.person.picture("phone-became-offer")
    offer.press("Enter")
    sheet = kari.page.get_by_role("dialog", name=t("became.title"))
    expect(sheet.get_by_text(IDEAS[0], exact=True)).to_be_visible()
    for text in (IDEA, TEST, LEARNING, DECISION, WHY):
        expect(sheet.get_by_text(text)).to_be_visible()
    for text in IDEAS[1:] + [PAPER]:
        assert text not in sheet.inner_text(), f"somebody else's «{text}» is on Kari's list"
    kari.person.picture("phone-became")
    sheet.get_by_role("link", name=t("became.page")).press("Enter")
    expect(kari.page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()

    # The same as data: the whole process, and one step of it.
    document = json.loads(_fetch(server, process, "results.json"))
    assert DECISION in json.dumps(document, ensure_ascii=False)
    assert TEST not in _fetch(server, process, "results.md?step=2")


def test_a_co_facilitator_comes_by_a_link_of_her_own_and_loses_it_alone(server, people, t):
    leader = people("leader", DESK)
    process = Process(leader, t)
    process.create(server.start_link, TITLE, CHALLENGE)
    address = process.add_session(1, "Hva er problemet?", "Problemramme", "live")
    process.button(t("process.team.title")).press("Enter")
    dialog = leader.page.get_by_role("dialog")
    dialog.get_by_role("textbox", name=t("process.team.name")).fill("Amina")
    dialog.get_by_role("button", name=t("process.team.add"), exact=True).press("Enter")
    field_ = dialog.get_by_role("textbox", name=t("process.team.linkOf", name="Amina"))
    expect(field_).to_be_visible()
    link = field_.input_value()
    leader.picture("process-team")
    # A helper takes part in the analysis, and runs nothing.
    helper = people("helper", PHONE)
    helper.page.goto(dialog.get_by_role("textbox", name=t("process.team.helper"), exact=True).input_value())
    expect(helper.page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    helpers = Process(helper, t)
    expect(helpers.button(t("process.item.addTo", name=t("process.step.1")))).to_be_visible()
    for key in ("process.frame.edit", "process.public.edit", "process.team.title"):
        expect(helpers.button(t(key))).to_have_count(0)
    assert "/h/" in helpers.session_address("Hva er problemet?")
    amina = people("amina", DESK)
    amina.page.goto(link)
    expect(amina.page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    hers = Process(amina, t)
    console = people("amina's console", DESK)
    console.page.goto(hers.session_address("Hva er problemet?"))
    Console(console, t).expect_open("Hva er problemet?")
    dialog.get_by_role("button", name=t("process.team.revokeOf", name="Amina")).press("Enter")
    leader.page.get_by_role("dialog").last.get_by_role("button", name=t("process.team.revoke"), exact=True).press("Enter")
    expect(amina.page.get_by_text(t("process.gate.replaced"))).to_be_visible()
    expect(console.page.get_by_text(t("console.gate.replaced"))).to_be_visible()
    # The owner's own session goes on.
    leader.page.goto(address)
    Console(leader, t).expect_open("Hva er problemet?")


def _session(people, t, server, process: Process, step: int, title: str, template: str, kind: str, *, pages: tuple, voices: int) -> Session:
    """Adds a session to the process, opens its console by the link that the process page gives, and lets people in."""
    address = process.add_session(step, title, template, kind)
    person = people(f"console {step}", DESK)
    person.page.goto(address)
    console = Console(person, t)
    console.expect_open(title)
    session = Session(console, console.code)
    for name in pages:
        session.pages[name] = _join(people, t, server, session.code, f"{name} {step}", "remote" if name == "Siri" else "room")
    for index in range(voices):
        name = NAMES[(len(pages) or 0) + index]
        session.voices.append(Voice(person.page, session.code, name, "remote" if index == 0 and len(pages) == 3 else "room"))
    return session


def _join(people, t, server, code: str, name: str, via: str) -> Participant:
    person: Person = people(name, PHONE if via == "room" else DESK, touch=via == "room")
    person.page.goto(f"{server.address}/j/{code}")
    person.page.get_by_role("textbox", name=t("join.nameLabel")).fill(name)
    person.page.locator("label").filter(has_text=t(f"join.via.{via}")).click()
    person.page.get_by_role("button", name=t("join.go")).click()
    expect(person.page).to_have_url(re.compile(r"/w/"))
    return Participant(person, t)


def _speakers(workshop: Session, t) -> None:
    """The list of speakers: Siri asks from home before Ola does in the room, and is called first."""
    panel = workshop.console.page.get_by_role("region", name=t("console.speakers.title"))
    panel.get_by_role("button", name=t("console.speakers.open")).press("Enter")
    siri, ola = workshop.pages["Siri"], workshop.pages["Ola"]
    for place, one in enumerate((siri, ola), 1):
        one.page.get_by_role("button", name=t("hybrid.ask.speech")).press("Enter")
        expect(one.page.get_by_text(t("hybrid.place.speech", place=place))).to_be_visible()
    current = lambda: (workshop.console.person.room()["speakers"].get("current") or {}).get("name", "")  # noqa: E731
    for name in ("Siri", "Ola"):
        workshop.console.page.keyboard.press("Alt+n")
        eventually(lambda name=name: current().startswith(name), f"{name} has the word", people=[workshop.console.person])


def _pairs(workshop: Session, t) -> None:
    """Two and two: what a pair writes is the pair's until it takes it along."""
    console, kari = workshop.console, workshop.pages["Kari"]
    console.act_elsewhere({
        "type": "phase.add", "after": "f2", "name": "To og to", "instruction": "Finn det viktigste sammen.", "hint": "", "minutes": 0, "board": "b1", "rhythm": "group",
        "participants": ["add", "editOwn"], "helpers": [], "visibility": "group", "anonymity": "all", "notesEach": 0, "moderated": False, "timerClosesInput": False,
        "vote": None, "grouping": {"how": "random", "size": 2}})
    console.open_phase("To og to")
    kari.expect_phase("To og to")
    kari.write(PAIR)
    choose = kari.page.get_by_role("button", name=Texts()("groups.raise-note", text=PAIR)).first
    choose.press("Enter")
    expect(choose).to_have_attribute("aria-pressed", "true")
    for one in workshop.pages.values():
        assert group_of(one) == group_of(kari) or not one.person.has_heard(PAIR), f"{one.person.name} was sent the note of another pair"


def _end(console: Console) -> None:
    """From the last part of each of these methods."""
    console.open_phase("Resultat")
    console.end()


def _paper(console: Console, t, text: str) -> None:
    """A note from somebody without a phone."""
    console.page.locator("#now").get_by_text(t("console.paper.title")).click()
    entry = console.page.get_by_role("textbox", name=t("console.paper.text"))
    entry.fill(text)
    entry.press("Enter")
    eventually(lambda: console.person.has_heard(text), "the paper note is stored", people=[console.person])


def _withdraw(session: Session, text: str) -> None:
    """By the device that wrote it."""
    page = session.console.page
    note = next(key.split("/")[1] for key, entry in session.console.person.room().items() if key.startswith("note/") and entry["text"] == text)
    author = session.voices[IDEAS.index(text) - 3]
    # The door has closed behind them, but who was in is known.
    workshop = re.search(r"/f/([^#?]+)", page.url)[1]
    [answer] = speak(page, {"secret": author.hello["secret"], "workshop": workshop}, {"type": "note.withdraw", "note": note})
    assert answer["type"] == "ack", answer


def _note(process: Process, text: str):
    return process.page.get_by_role("listitem").filter(has_text=text).first


def _fetch(server, process: Process, document: str) -> str:
    link = process.page.url.split("#", 1)[1]
    request = urllib.request.Request(f"{server.address}/api/processes/{process.workshop}/{document}", headers={"Authorization": f"Bearer {link}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()

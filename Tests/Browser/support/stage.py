"""A workshop with everybody in it: the facilitator, two phones, a desk at home and the room's screen."""

import json
import re
import urllib.request
from dataclasses import dataclass

from pages.console import Console
from pages.participant import Participant
from pages.screen import Screen
from pages.start import Start
from support.device import act
from support.person import DESK, PHONE, SCREEN, Person, eventually


@dataclass
class Stage:
    """Who is there."""

    console: Console
    kari: Participant
    ola: Participant
    home: Participant
    screen: Screen
    code: str

    @property
    def everybody(self) -> list[Person]:
        return [each.person for each in (self.console, self.kari, self.ola, self.home, self.screen)]

    @property
    def workshop(self) -> str:
        """The workshop's identifier."""
        return re.search(r"/f/([^#?]+)", self.console.page.url)[1]

    def expect_equal(self, seconds: float = 30) -> None:
        """Everybody has been told the same of what everybody may know."""
        people = self.everybody
        eventually(lambda: all(person.room() == people[0].room() for person in people), "everybody sees the same board", seconds, people)

    def as_facilitator(self, *commands: dict) -> list[dict]:
        """Commands from a second device of the facilitator's: what no button offers, such as a countdown of two seconds."""
        link = self.console.page.url.split("#", 1)[1]
        return act(self.console.page, {"workshop": self.workshop, "link": link}, *commands)


def created(server, title: str, definition: dict) -> str:
    """A workshop from a template of one's own; the address of its console."""
    body = json.dumps({"definition": definition, "language": "nb", "title": title}).encode()
    secret = server.start_link.split("#start=")[1]
    request = urllib.request.Request(f"{server.address}/api/workshops", body, {"Authorization": f"Bearer {secret}"})
    with urllib.request.urlopen(request) as answer:
        made = json.load(answer)
    return f"{server.address}/f/{made['workshop']}#{made['links']['facilitator']}"


def gather(server, people, t, *, cable=None, title="Sentrum i 2050", template="Idédugnad", definition=None) -> Stage:
    """Creates a workshop and lets everybody in. Ola's phone is on the cable, if there is one. With a `definition` the workshop
    begins from that template object."""
    facilitator = people("facilitator", DESK)
    if definition:
        facilitator.page.goto(created(server, title, definition))
    else:
        Start(facilitator, t).create(server.start_link, title, template)
    console = Console(facilitator, t)
    console.expect_open(title)
    code = console.code
    screen = Screen(people("screen", SCREEN), t)
    screen.open(console.link("screen"))
    screen.expect_code(code)

    def join(name: str, viewport: dict, via: str, address: str, **how) -> Participant:
        person = people(name, viewport, **how)
        Start(person, t).join(address, code, name, via, picture="phone" if name == "Kari" else None)
        return Participant(person, t)

    kari = join("Kari", PHONE, "room", server.address, touch=True)
    ola = join("Ola", PHONE, "room", cable.address if cable else server.address, touch=True)
    home = join("Siri", DESK, "remote", server.address)
    screen.expect_code(code)
    return Stage(console, kari, ola, home, screen, code)

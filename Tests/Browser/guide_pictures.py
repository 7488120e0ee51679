"""The pictures of the facilitator's guide: a workshop with thirty people on a real server, in bokmål and in English.

    .venv/bin/python Tests/Browser/guide_pictures.py [nb] [en]

writes JPEG files of at most 150 KB to docs/guide/. Twenty-seven of the thirty speak the protocol by themselves.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from playwright.sync_api import expect, sync_playwright  # noqa: E402

from guide_words import WORDS  # noqa: E402
from pages.console import Console  # noqa: E402
from pages.participant import Participant  # noqa: E402
from pages.process import Process  # noqa: E402
from pages.screen import Screen  # noqa: E402
from pages.start import Start  # noqa: E402
from support.person import Person, eventually  # noqa: E402
from support.server import ROOT, WEB, Cable, Server  # noqa: E402
from support.texts import Texts  # noqa: E402
from support.voice import Voice  # noqa: E402

FOLDER = ROOT / "docs" / "guide"
MOST = 150_000
PHONE = {"width": 390, "height": 760}
DESK = {"width": 1280, "height": 800}
WALL = {"width": 1600, "height": 900}
PAPERS = ("sun", "sky", "moss", "sun", "heather", "coral")
LOCALES = {"nb": "nb-NO", "en": "en-GB"}


class Guide:
    """One language's pictures."""

    def __init__(self, browser, language: str, data: Path):
        self.browser = browser
        self.language = language
        self.words = WORDS[language]
        self.t = Texts(WEB / "i18n", language)
        self.server = Server(data).start()
        self.cable = Cable(self.server.port)
        self.people: list[Person] = []

    def person(self, name: str, viewport: dict, **how) -> Person:
        self.people.append(Person(self.browser, name, viewport, locale=LOCALES[self.language], **how))
        self.people[-1].context.set_default_timeout(60_000)
        return self.people[-1]

    def picture(self, page, name: str) -> None:
        """As small as it must be to stay below the limit."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        # What was done a moment ago is not what the picture is about.
        page.evaluate("document.getElementById('notices')?.replaceChildren()")
        # The console's panes scroll, each by itself.
        page.evaluate("document.getElementById('desk') && scrollTo(0, 0)")
        page.wait_for_timeout(250)
        for quality in (85, 75, 65, 50):
            picture = page.screenshot(type="jpeg", quality=quality, animations="disabled")
            if len(picture) <= MOST:
                break
        assert len(picture) <= MOST, f"{name}: {len(picture)} bytes"
        (FOLDER / f"{name}.{self.language}.jpg").write_bytes(picture)

    def take(self) -> None:
        try:
            self._workshop()
            self._process()
        finally:
            for person in self.people:
                person.close()
            self.cable.close()
            self.server.kill()

    def _workshop(self) -> None:
        t, words = self.t, self.words
        facilitator = self.person("facilitator", DESK)
        page = facilitator.page
        page.goto(self.server.start_link)
        page.get_by_role("textbox", name=t("start.titleLabel")).fill(words["title"])
        page.get_by_role("searchbox", name=t("templates.search")).fill(words["template"])
        page.get_by_role("radio", name=re.compile("^" + re.escape(words["template"]))).check()
        page.get_by_role("searchbox", name=t("templates.search")).fill("")
        page.set_viewport_size({"width": 760, "height": 1130})
        page.get_by_role("radio", name=re.compile("^" + re.escape(words["template"]))).scroll_into_view_if_needed()
        page.get_by_role("heading", name=t("start.createTitle")).evaluate("heading => heading.scrollIntoView()")
        self.picture(page, "create")
        page.set_viewport_size(DESK)
        page.get_by_role("button", name=t("start.create"), exact=True).click()
        expect(page.get_by_role("heading", name=t("start.created", title=words["title"]))).to_be_visible()
        page.get_by_role("link", name=t("start.openConsole")).click()
        console = Console(facilitator, t)
        console.expect_open(words["title"])
        code = console.code
        screen = Screen(self.person("screen", WALL), t)
        screen.open(console.link("screen"))
        screen.expect_code(code)
        self.picture(screen.page, "screen-door")

        def join(name: str, via: str, viewport: dict, touch: bool, address: str) -> Participant:
            person = self.person(name, viewport, touch=touch)
            if name == "Kari":
                person.page.goto(f"{address}/j/{code}")
                expect(person.page.get_by_role("textbox", name=t("join.nameLabel"))).to_be_visible()
                self.picture(person.page, "phone-join")
            Start(person, t).join(address, code, name, via)
            return Participant(person, t)

        kari = join("Kari", "room", PHONE, True, self.cable.address)
        ola = join("Ola", "room", PHONE, True, self.server.address)
        siri = join("Siri", "remote", DESK, False, self.server.address)
        others = [Voice(page, code, f"{words['guest']} {number}", "remote" if number % 5 == 0 else "room") for number in range(1, 28)]

        # Writing, each for themselves.
        for who, text in zip((kari, ola, siri), words["notes"][:3]):
            who.write(text)
            who.expect_state(text, "private")
        for index, (other, text) in enumerate(zip(others, words["notes"][3:])):
            other.say({"type": "note.add", "text": text, "paper": PAPERS[index % len(PAPERS)]})
        for other in others[:21]:
            other.say({"type": "ready.set", "ready": True})
        console.next("start-timer") if page.locator("#now").get_by_role("button", name=t.pattern("console.next.start-timer")).count() else \
            self._start_timer(others[0], page)
        self.picture(page, "console-writing")
        kari.composer.fill(words["draft"])
        self.picture(kari.page, "phone-writing")
        self.picture(screen.page, "screen-writing")

        # The network goes, and comes back.
        self.cable.cut()
        kari.person.expects_lost_lines = True
        kari.composer.press("Enter")
        kari.expect_state(words["draft"], "unsent")
        self.picture(kari.page, "phone-offline")
        self.cable.mend()
        kari.expect_state(words["draft"], "private")

        # Somebody without a phone.
        page.locator("#now details.paper summary").click()
        page.locator("#now details.paper textarea").fill(words["paper"])
        page.locator("#now details.paper").scroll_into_view_if_needed()
        self.picture(page, "console-paper")
        page.locator("#now details.paper button[type=submit]").click()
        eventually(lambda: words["paper"] in page.content() and page.locator("#now details.paper textarea").input_value() == "", "the paper note is stored", people=[facilitator])
        page.locator("#now").evaluate("pane => pane.scrollTo(0, 0)")

        # Everybody reads; one note is taken off.
        console.next("reveal-phase")
        kari.expect_shown(words["notes"][5])
        for person in (kari, ola, siri):
            person.expect_shown(words["hurtful"])
        menu = page.get_by_role("button", name=t("console.note.menu", text=words["hurtful"]))
        menu.click()
        page.get_by_role("menuitem", name=t("console.note.redact")).click()
        page.get_by_role("dialog").get_by_role("radio", name=t("console.reason.offensive")).check()
        self.picture(page, "console-redact")
        page.get_by_role("dialog").get_by_role("button").filter(has_text=t("console.redact.confirm")).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        console.open_phase(words["phases"]["read"])
        self.picture(screen.page, "screen-reading")

        # Gathering and voting.
        console.open_phase(words["phases"]["gather"])
        for name, members in words["clusters"].items():
            console.select(*members)
            console.make_cluster(name)
        page.locator("#board").evaluate("pane => pane.scrollTo(0, 0)")
        self.picture(page, "console-gathering")
        console.open_phase(words["phases"]["vote"])
        console.open_round()
        first, second = list(words["clusters"])[:2]
        kari.vote(first, 2)
        self.picture(kari.page, "phone-voting")
        kari.vote(second, 1)
        ola.vote(first, 1)
        clusters = {entry["name"]: key.split("/")[1] for key, entry in facilitator.room().items() if key.startswith("cluster/")}
        [number] = {key.split("/")[1] for key in facilitator.room() if key.startswith("round/")}
        for index, other in enumerate(others):
            chosen = list(clusters.values())[index % 3 if index % 4 else 0]
            other.say({"type": "vote.cast", "round": number, "target": chosen, "value": 2 if index % 2 else 1})
        self.picture(page, "console-voting")
        console.next("close-round")
        console.next("reveal-round")
        expect(screen.page.get_by_text(first).first).to_be_visible()
        self.picture(screen.page, "screen-result")

        # Afterwards.
        console.open_phase(words["phases"]["result"])
        console.end()
        page.get_by_role("button", name=t("console.results.title")).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        self.picture(page, "console-results")
        page.keyboard.press("Escape")
        self.picture(kari.page, "phone-ended")

    def _process(self) -> None:
        """A process that has come as far as a decision, with the workshop's notes behind it."""
        t, words = self.t, self.words["process"]
        leader = self.person("leader", DESK)
        process = Process(leader, t)
        process.create(self.server.start_link, words["title"], words["challenge"])
        process.set_frame(words["challenge"], words["principles"])
        process.make_new(1, "frame", words["frame"])
        process.summarise(1, *words["summary"])
        process.open_step(2)
        phone = self._session(process, 2, words["interviews"], words["interview-template"], "collection", words["quotes"], None)
        process.go_through(words["interviews"])
        for text in words["quotes"][:3]:
            process.tick(text)
        self.picture(leader.page, "process-board")
        process.make("need", **words["need"])
        need = t("process.need.sentence", **words["need"])
        process.open_item(need)
        process.set_state("chosen")
        process.overview()
        process.open_step(3)
        phone = self._session(process, 3, words["workshop"], self.words["template"], "live", self.words["notes"][:2] + self.words["notes"][20:24], "reveal-phase")
        process.go_through(words["workshop"])
        process.tick(self.words["notes"][0])
        process.tick(self.words["notes"][1])
        process.make("idea", words["idea"])
        process.open_item(words["idea"])
        process.link(need, 2)
        process.set_state("chosen")
        process.overview()
        process.open_step(4)
        process.open_item(words["idea"])
        process.make_from("test", "test", words["test"], **words["test-fields"])
        process.overview()
        process.open_step(5)
        leader.page.evaluate("scrollTo(0, 0)")
        self.picture(leader.page, "process-overview")
        process.open_item(words["test"])
        process.make_from("learning", "learning", words["learning"], **words["learning-fields"])
        process.open_item(words["learning"])
        process.make_from("decision", "decision", words["decision"], outcome="continue", why=words["why"])
        process.overview()
        process.summarise(5, *words["summary-5"])
        address = process.publish(words["frame"], need, words["idea"], words["test"], words["learning"], words["decision"])
        process.open_item(words["decision"])
        expect(process.outline("back").get_by_text(self.words["notes"][0], exact=True)).to_be_visible()
        process.outline("back").evaluate("part => part.scrollIntoView()")
        self.picture(leader.page, "process-trace")
        reader = self.person("reader", {"width": 760, "height": 1000})
        reader.page.goto(address)
        expect(reader.page.get_by_role("heading", level=1, name=words["title"])).to_be_visible()
        self.picture(reader.page, "public")
        phone.page.reload()
        phone.page.get_by_role("button", name=t("became.button")).click()
        expect(phone.page.get_by_role("dialog").get_by_text(words["why"])).to_be_visible()
        self.picture(phone.page, "phone-became")

    def _session(self, process, step: int, title: str, template: str, kind: str, texts: list[str], reveal: str | None) -> Person:
        """A session in which these notes are written; gives the phone that wrote the first of them, where one did."""
        console = self.person(f"console {step}", DESK)
        console.page.goto(process.add_session(step, title, template, kind))
        Console(console, self.t).expect_open(title)
        code = Console(console, self.t).code
        phone = self.person(f"phone {step}", PHONE, touch=True)
        columns = [each["id"] for each in console.room()["board/b1"]["columns"]] or [None]
        rest = texts
        if reveal:
            phone.page.goto(f"{self.server.address}/j/{code}")
            phone.page.get_by_role("button", name=self.t("join.go")).click()
            Participant(phone, self.t).write(texts[0])
            Participant(phone, self.t).expect_state(texts[0], "private")
            rest = texts[1:]
        for index, text in enumerate(rest):
            column = columns[index % len(columns)]
            Voice(console.page, code, f"{self.words['guest']} {index + 1}", "room").say({"type": "note.add", "text": text, **({"column": column} if column else {})})
        desk = Console(console, self.t)
        if reveal:
            desk.next(reveal)
            desk.open_phase(self.words["phases"]["result"])
            desk.end()
        return phone

    def _start_timer(self, other: Voice, page) -> None:
        """From the timer's own buttons, when something else is the best next thing to do."""
        page.locator("#now .clock").get_by_role("button").first.click()


def main(languages: list[str]) -> None:
    path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage"])
        for language in languages or list(WORDS):
            Guide(browser, language, Path(folder) / language).take()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

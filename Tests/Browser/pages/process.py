"""The process page, by the names that assistive technology hears, and by the keyboard alone."""

import re

from playwright.sync_api import Locator, expect

from support.person import Person
from support.texts import Texts


class Process:
    """What whoever runs a process does."""

    def __init__(self, person: Person, t: Texts):
        self.person = person
        self.page = person.page
        self.t = t

    def create(self, start_link: str, title: str, challenge: str) -> None:
        """Makes a process with the operator's link, and goes on to its page."""
        self.page.goto(start_link)
        choice = self.page.get_by_role("radio", name=self.t("process.start.process"))
        expect(choice).to_be_visible()
        choice.focus()
        choice.press("Space")
        self.page.get_by_role("textbox", name=self.t("start.titleLabel")).fill(title)
        self.page.get_by_role("textbox", name=self.t("process.start.challenge")).fill(challenge)
        self.person.picture("start-process")
        self.button(self.t("process.start.create")).press("Enter")
        expect(self.page.get_by_role("heading", name=self.t("start.created", title=title))).to_be_visible()
        self.page.get_by_role("link", name=self.t("process.start.open")).press("Enter")
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible()
        expect(self.page.get_by_text(challenge)).to_be_visible()

    @property
    def workshop(self) -> str:
        return re.search(r"/p/([^#?]+)", self.page.url)[1]

    # The overview

    def overview(self) -> None:
        self.page.get_by_role("navigation", name=self.t("process.pages")).get_by_role("link", name=self.t("process.overview")).press("Enter")
        expect(self.page.get_by_role("heading", name=self.t("process.steps"))).to_be_visible()

    def step(self, number: int) -> Locator:
        return self.page.locator(f"#step-{number}")

    def expect_next(self, act: str) -> None:
        """The one best thing to do now."""
        expect(self.page.get_by_role("complementary").locator(".next").get_by_text(self.t.pattern(f"process.next.{act}"))).to_be_visible()

    def press_next(self) -> None:
        self.page.get_by_role("complementary").locator(".next").get_by_role("button").press("Enter")

    def set_frame(self, challenge: str, principles: list[str]) -> None:
        self.button(self.t("process.frame.edit")).press("Enter")
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox", name=self.t("process.challenge")).fill(challenge)
        dialog.get_by_role("textbox", name=self.t("process.principles")).fill("\n".join(principles))
        self._confirm(self.t("console.save"))
        for text in principles:
            expect(self.page.get_by_role("listitem").filter(has_text=text)).to_be_visible()

    def add_session(self, number: int, title: str, template: str, kind: str) -> str:
        """Adds a session in the current step; gives the address of its console."""
        name = self.t(f"process.step.{number}")
        self.button(self.t("process.session.addTo", name=name)).press("Enter")
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox", name=self.t("start.titleLabel")).fill(title)
        choice = dialog.get_by_role("radio", name=re.compile("^" + re.escape(self.t(f"process.session.kind.{kind}"))))
        choice.focus()
        choice.press("Space")
        dialog.get_by_role("searchbox", name=self.t("templates.search")).fill(template)
        method = dialog.get_by_role("radio", name=re.compile("^" + re.escape(template)))
        method.focus()
        method.press("Space")
        self.person.picture(f"process-add-{kind}")
        self._confirm(self.t("process.session.create"))
        return self.session_address(title)

    def session_address(self, title: str) -> str:
        link = self.page.get_by_role("link", name=self.t("process.session.openNamed", title=title))
        expect(link).to_be_visible()
        return link.evaluate("link => link.href")

    def open_step(self, number: int) -> None:
        name = self.t(f"process.step.{number}")
        head = self.step(number).locator("summary")
        if not self.step(number).locator("details").evaluate("details => details.open"):
            head.press("Enter")
        self.button(self.t("process.step.openNamed", name=name)).press("Enter")
        expect(self.step(number).get_by_text(self.t("process.stepState.current"))).to_be_visible()
        # The button has done away with itself; the focus is at the heading over it.
        expect(self.step(number).get_by_role("heading", level=3)).to_be_focused()

    def summarise(self, number: int, heard: str, done: str) -> None:
        button = self.button(self.t("process.summary.of", name=self.t(f"process.step.{number}")))
        button.press("Enter")
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox", name=self.t("process.heard")).fill(heard)
        dialog.get_by_role("textbox", name=self.t("process.done")).fill(done)
        self._confirm(self.t("console.save"))
        expect(self.step(number).get_by_text(heard)).to_be_visible()
        # The focus is back where it was.
        expect(button).to_be_focused()

    # A session's board

    def go_through(self, title: str) -> None:
        self.page.get_by_role("link", name=self.t("process.session.analyseNamed", title=title)).press("Enter")
        expect(self.page.get_by_role("heading", level=2, name=re.compile(re.escape(title)))).to_be_focused()

    def tick(self, text: str) -> None:
        box = self.page.get_by_role("checkbox", name=self.t("process.choose", text=text))
        box.focus()
        box.press("Space")
        expect(box).to_be_checked()

    def tick_cluster(self, name: str, count: int) -> None:
        box = self.page.get_by_role("checkbox", name=self.t("process.chooseCluster", name=name, count=count))
        box.focus()
        box.press("Space")
        expect(box).to_be_checked()

    # Items

    def make(self, kind: str, text: str = "", **fields: str) -> None:
        """Of what is ticked."""
        self.button(self.t("process.item.make")).press("Enter")
        self._fill(kind, text, fields, choose=True)

    def make_new(self, step: int, kind: str, text: str = "", **fields: str) -> None:
        """Of nothing but what the core group knows."""
        self.button(self.t("process.item.addTo", name=self.t(f"process.step.{step}"))).press("Enter")
        self._fill(kind, text, fields, choose=True)

    def link(self, text: str, has: int) -> None:
        """Says that the item whose page stands, with so many origins, comes from another item too."""
        self.page.locator("summary").filter(has_text=self.t("process.link.title", count=has)).press("Enter")
        self.button(self.t("process.link.add")).press("Enter")
        self.page.get_by_role("dialog").get_by_role("checkbox", name=text, exact=True).press("Space")
        self._confirm(self.t("process.link.save"))
        expect(self.outline("back").get_by_role("link", name=text, exact=True).first).to_be_visible()

    def make_from(self, button: str, kind: str, text: str = "", **fields: str) -> None:
        """Of the item whose page stands, by its primary button."""
        self.button(self.t(f"process.make.{button}")).press("Enter")
        self._fill(kind, text, fields, choose=False)

    def _fill(self, kind: str, text: str, fields: dict, choose: bool) -> None:
        dialog = self.page.get_by_role("dialog")
        if choose:
            dialog.get_by_role("combobox", name=self.t("process.item.kind")).select_option(kind)
        if outcome := fields.pop("outcome", None):
            choice = dialog.get_by_role("radio", name=self.t(f"process.outcome.{outcome}"))
            choice.focus()
            choice.press("Space")
        if text:
            dialog.get_by_role("textbox", name=self.t(f"process.text.{kind}")).fill(text)
        for name, value in fields.items():
            dialog.get_by_role("textbox", name=self.t(f"process.field.{name}"), exact=True).fill(value)
        if kind in ("need", "decision"):
            self.person.picture(f"process-make-{kind}")
        self._confirm(self.t("process.item.save"))

    def material(self) -> None:
        self.page.get_by_role("navigation", name=self.t("process.pages")).get_by_role("link", name=self.t("process.material")).press("Enter")
        expect(self.page.get_by_role("heading", level=2, name=self.t("process.material"))).to_be_focused()

    def open_item(self, text: str) -> None:
        self.material()
        self.page.locator(".card__text").get_by_role("link", name=text, exact=True).press("Enter")
        self.expect_item(text)

    def expect_item(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=2, name=text, exact=True)).to_be_focused()

    def ranked(self, kind: str) -> list[str]:
        return self.page.locator(f'.ranked[data-key="{kind}"] .card__text').all_inner_texts()

    def move(self, text: str, way: str) -> Locator:
        button = self.button(self.t(f"process.move{way}", text=text))
        button.press("Enter")
        return button

    def set_state(self, state: str) -> None:
        button = self.button(self.t(f"process.state.{state}"))
        button.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "true")

    def publish(self, *texts: str) -> str:
        """Puts up the public page with these items; gives its address."""
        self.button(self.t("process.public.edit")).press("Enter")
        dialog = self.page.get_by_role("dialog")
        for text in texts:
            box = dialog.get_by_role("checkbox", name=text, exact=True)
            box.focus()
            box.press("Space")
        address = dialog.get_by_role("textbox", name=self.t("process.public.address")).input_value()
        self.person.picture("process-publish")
        self._confirm(self.t("console.save"))
        return address

    def carry(self, session: str) -> None:
        """Takes along what is ticked."""
        self.button(self.t("process.carry")).press("Enter")
        dialog = self.page.get_by_role("dialog")
        choice = dialog.get_by_role("radio", name=re.compile("^" + re.escape(session)))
        choice.focus()
        choice.press("Space")
        self._confirm(self.t("process.carryGo"))

    def outline(self, which: str) -> Locator:
        """`back` or `forth`."""
        return self.page.get_by_role("region", name=self.t(f"process.trace.{which}"), exact=True)

    def button(self, name) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def _confirm(self, name: str) -> None:
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name=name, exact=True).press("Enter")
        expect(dialog).to_be_hidden()

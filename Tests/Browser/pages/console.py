"""The facilitator's console, by the names that assistive technology hears."""

import re

from playwright.sync_api import Download, Locator, expect

from support.device import act
from support.person import Person
from support.texts import Texts


class Console:
    """What a facilitator does."""

    def __init__(self, person: Person, t: Texts):
        self.person = person
        self.page = person.page
        self.t = t

    def act_elsewhere(self, *commands: dict) -> None:
        """Commands from a second device of the facilitator's, which the page hears of as of anybody's."""
        workshop, link = re.search(r"/f/([^#?]+)[^#]*#(.+)", self.page.url).groups()
        act(self.page, {"workshop": workshop, "link": link}, *commands)

    def expect_open(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible()
        expect(self._button(self.t("console.people.title"))).to_be_visible()

    @property
    def code(self) -> str:
        """The join code in its two groups, as the screen shows it."""
        shown = self.page.get_by_text(re.compile(r"^[A-Z]{3}-[A-Z]{3}$")).first
        expect(shown).to_be_visible()
        return shown.inner_text()

    def link(self, role: str) -> str:
        """The address for a role: `screen`, `helper` or `observer`."""
        self._button(self.t("console.links.title")).click()
        address = self.page.get_by_role("textbox", name=self.t(f"console.links.{role}")).input_value()
        self._close_dialog()
        return address

    def replace_link(self, role: str) -> None:
        """Replaces a role's link, or with the own one all of them, by keyboard, and is back at the board."""
        name = self.t(f"console.links.{role}")
        title = "replace-all-title" if role == "facilitator" else "replace-title"
        self._button(self.t("console.links.title")).press("Enter")
        replace = self._button(self.t("console.links.replace-of", name=name))
        replace.press("Enter")
        question = self.page.get_by_role("dialog", name=self.t(f"console.links.{title}", name=name))
        self.person.picture(f"links-{role}")
        self._button(self.t("console.links.replace"), within=question).press("Enter")
        expect(question).to_be_hidden()
        # It is said, and the focus is where it was, on a button that is new.
        expect(self.page.get_by_role("status").filter(has_text=self.t("console.links.replaced", name=name))).to_be_visible()
        expect(replace).to_be_focused()
        self.person.picture(f"links-{role}-replaced")
        self._close_dialog()

    # The next best action

    def next(self, key: str, **params) -> None:
        """Presses the primary button once it offers this."""
        name = self.t(f"console.next.{key}", **params) if params else self.t.pattern(f"console.next.{key}")
        self._button(name, within=self.page.locator("#now")).first.click()

    def expect_total(self, key: str, text: str) -> None:
        line = self.page.locator("#now").get_by_label(self.t("console.totals.title")).locator("div").filter(
            has_text=self.t(f"console.totals.{key}"))
        expect(line.get_by_role("definition")).to_have_text(text)

    # The run sheet

    def open_phase(self, name: str) -> None:
        self.page.locator("#run").get_by_role("button", name=name).filter(has_text=name).first.click()
        expect(self.page.locator("#now").get_by_role("heading", name=name)).to_be_visible()

    # The board

    def note(self, text: str) -> Locator:
        return self.page.locator("#board").get_by_role("listitem").filter(has_text=text).last

    def select(self, *texts: str) -> None:
        for text in texts:
            self.page.get_by_role("checkbox", name=self.t("console.note.select", text=text)).check()

    def make_cluster(self, name: str) -> None:
        """Of the chosen notes."""
        self._button(self.t.pattern("console.select.make")).click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox", name=self.t("console.cluster.name")).fill(name)
        self._button(self.t("console.cluster.make"), within=dialog).click()
        expect(dialog).to_be_hidden()
        expect(self.cluster(name)).to_be_visible()

    def move_to(self, text: str, cluster: str) -> None:
        """A note into a cluster by its menu, as one does without a mouse."""
        menu = self._button(self.t("console.note.menu", text=text))
        menu.focus()
        menu.press("Enter")
        self.page.get_by_role("menuitem", name=self.t("console.note.move")).press("Enter")
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("radio", name=re.compile(re.escape(cluster))).check()
        self._button(self.t("console.move.confirm"), within=dialog).click()
        expect(dialog).to_be_hidden()

    def undo(self) -> None:
        self._button(self.t.pattern("console.undo-count"), within=self.page.locator("#board")).click()

    def cluster(self, name: str) -> Locator:
        return self.page.locator("#board").get_by_role("heading", name=name)

    # Proposed clusters

    def propose(self) -> Locator:
        """Asks for a proposal by the keyboard; gives the dialog."""
        ask = self._button(self.t("console.proposal.ask"), within=self.page.locator("#board"))
        ask.focus()
        ask.press("Enter")
        dialog = self.page.get_by_role("dialog", name=self.t.pattern("console.proposal.title"))
        expect(dialog).to_be_visible()
        return dialog

    def proposal(self, dialog: Locator, number: int, count: int) -> Locator:
        """One of the proposed clusters."""
        return dialog.get_by_role("group", name=self.t("console.proposal.number", number=number, count=count), exact=True)

    def make_proposed(self, dialog: Locator) -> None:
        self._button(self.t.pattern("console.proposal.make"), within=dialog).press("Enter")

    # Votes

    def open_round(self) -> None:
        self.next("open-round")
        dialog = self.page.get_by_role("dialog")
        self._button(self.t("console.round.start"), within=dialog).click()
        expect(dialog).to_be_hidden()

    # The end

    def end(self) -> None:
        """Ends the workshop, and says yes to it."""
        self.next("end")
        dialog = self.page.get_by_role("dialog")
        self._button(self.t("console.end.confirm"), within=dialog).click()
        expect(dialog).to_be_hidden()

    # Results

    def download(self, kind: str) -> Download:
        """Gets the results as `html`, `csv`, `json` or `md`."""
        self._button(self.t("console.results.title")).click()
        with self.page.expect_download() as waiting:
            self._button(re.compile("^" + re.escape(self.t(f"console.results.{kind}")))).click()
        self._close_dialog()
        return waiting.value

    def _button(self, name, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=isinstance(name, str))

    def _close_dialog(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("dialog")).to_have_count(0)

"""Taking part, by the names that assistive technology hears."""

import re

from playwright.sync_api import Locator, expect

from support.person import Person
from support.texts import Texts


class Participant:
    """What a citizen does."""

    def __init__(self, person: Person, t: Texts):
        self.person = person
        self.page = person.page
        self.t = t

    def expect_phase(self, name: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def write(self, text: str) -> None:
        """One note, sent with Enter as a phone's keyboard does."""
        field = self.page.get_by_role("textbox", name=self.t("composer.label"))
        field.fill(text)
        field.press("Enter")

    def expect_state(self, text: str, state: str) -> None:
        """An own note says where it is: `unsent`, `private`, `shown`, …"""
        expect(self.note(text).get_by_text(self.t(f"participant.state.{state}"))).to_be_visible(timeout=15_000)

    def note(self, text: str) -> Locator:
        return self.page.get_by_role("listitem").filter(has_text=text).first

    def expect_no_composer(self) -> None:
        expect(self.page.get_by_role("textbox", name=self.t("composer.label"))).to_have_count(0)

    def vote(self, target: str, dots: int) -> None:
        more = self.page.get_by_role("button", name=self.t("vote.more", name=target))
        for _ in range(dots):
            more.click()

    def expect_left(self, count: int) -> None:
        words = self.t("vote.left", count=count) if count else self.t("vote.allGiven")
        expect(self.page.get_by_text(words)).to_be_visible()

    def result(self) -> list[tuple[str, int]]:
        """Names and numbers of the result's table, in its order."""
        table = self.page.get_by_role("table")
        expect(table).to_be_visible()
        rows = table.locator("tbody tr").all()
        return [(row.locator(".results__name").inner_text(), int(re.sub(r"\D", "", row.locator(".results__number").inner_text()))) for row in rows]

"""Taking part, by the names that assistive technology hears."""

import re

from playwright.sync_api import Locator, expect

from support.person import Person
from support.texts import Texts

# What may take a server's restart and a phone's next attempt, in milliseconds.
RETURN = 30_000


class Participant:
    """What a citizen does."""

    def __init__(self, person: Person, t: Texts):
        self.person = person
        self.page = person.page
        self.t = t

    def expect_phase(self, name: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    # Writing

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name=self.t("participant.write"))

    def write(self, text: str) -> None:
        """One note, sent with Enter as a phone's keyboard does; before the first one stand the rules."""
        self.composer.fill(text)
        self.composer.press("Enter")
        self.page.wait_for_function(
            "() => document.querySelector('dialog[open]') || document.getElementById('note-text')?.value === ''")
        rules = self.page.get_by_role("button", name=self.t("held.rules.send"))
        if rules.is_visible():
            rules.click()

    def note(self, text: str) -> Locator:
        """A note's card; one's own come before everybody's."""
        return self.page.get_by_role("listitem").filter(has=self.page.get_by_text(text, exact=True)).first

    def expect_state(self, text: str, state: str) -> None:
        """An own note says where it is: `unsent`, `private`, `visible`, …"""
        expect(self.note(text).get_by_text(self.t(f"participant.note.{state}"), exact=True)).to_be_visible(timeout=RETURN)

    def expect_shown(self, text: str) -> None:
        """A note, anybody's, is on the page."""
        expect(self.page.get_by_text(text, exact=True).first).to_be_visible(timeout=RETURN)

    def expect_closed_input(self) -> None:
        """Nothing to write in, and a word why."""
        expect(self.composer).to_have_count(0)
        expect(self.page.get_by_text(self.t("participant.blocked.input-closed"))).to_be_visible()

    # Voting

    def vote(self, target: str, dots: int) -> None:
        """So many dots more."""
        for _ in range(dots):
            given = int(self._given(target).inner_text())
            expect(self._more(target)).not_to_have_attribute("aria-disabled", "true")
            self._more(target).click()
            expect(self._given(target)).to_have_text(str(given + 1))

    def expect_no_more_for(self, target: str) -> None:
        expect(self._more(target)).to_have_attribute("aria-disabled", "true")

    def expect_given(self, target: str, dots: int) -> None:
        expect(self._given(target)).to_have_text(str(dots), timeout=RETURN)

    def expect_left(self, count: int) -> None:
        words = self.t("participant.votesLeft", count=count) if count else self.t("participant.votesSpent")
        expect(self.page.get_by_text(words)).to_be_visible()

    def _more(self, target: str) -> Locator:
        return self.page.get_by_role("button", name=self.t("participant.voteMore", name=target), exact=True)

    def _given(self, target: str) -> Locator:
        return self._more(target).locator("xpath=..").get_by_role("status")

    def result(self) -> list[tuple[str, int]]:
        """Names and numbers of the newest result, in its order."""
        heading = self.page.get_by_role("heading", name=self.t.pattern("participant.resultOf")).first
        expect(heading).to_be_visible(timeout=RETURN)
        rows = heading.locator("xpath=ancestor::details").get_by_role("listitem").all()
        return [_row(row) for row in rows]

    # What this device keeps

    def secret(self) -> str:
        """What it proves itself with."""
        return self.page.evaluate(
            "JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) => key.endsWith('/secret'))))")


def _row(row: Locator) -> tuple[str, int]:
    name, words = row.get_by_role("paragraph").all_inner_texts()[:2]
    return name, int(re.sub(r"\D", "", words))

"""The start page and the way in."""

import re

from playwright.sync_api import expect

from support.person import Person
from support.texts import Texts


class Start:
    """What somebody does before they are in a workshop."""

    def __init__(self, person: Person, t: Texts):
        self.person = person
        self.page = person.page
        self.t = t

    def create(self, start_link: str, title: str, template: str) -> None:
        """Makes a workshop with the operator's link, and goes on to its console."""
        self.page.goto(start_link)
        self.page.get_by_role("textbox", name=self.t("start.titleLabel")).fill(title)
        self.page.get_by_role("searchbox", name=self.t("templates.search")).fill(template)
        self.page.get_by_role("radio", name=re.compile("^" + re.escape(template))).check()
        self.page.get_by_role("searchbox", name=self.t("templates.search")).fill("")
        self.person.picture("start-create")
        self.page.get_by_role("button", name=self.t("start.create")).click()
        expect(self.page.get_by_role("heading", name=self.t("start.created", title=title))).to_be_visible()
        self.person.picture("start-created")
        self.page.get_by_role("link", name=self.t("start.openConsole")).click()

    def join(self, address: str, code: str, name: str, via: str, *, picture: str | None = None) -> None:
        """Types the code as it was read aloud, reads the promise, and goes in."""
        self.page.goto(address + "/")
        if picture:
            self.person.picture(f"{picture}-code")
        self.page.get_by_label(self.t("start.codeLabel")).fill(code.lower().replace("-", " "))
        self.page.get_by_role("button", name=self.t("start.go")).click()
        self.page.get_by_role("textbox", name=self.t("join.nameLabel")).fill(name)
        expect(self.page.get_by_text(self.t("join.anonymity.all"))).to_be_visible()
        # A finger lands on the words or on the button before them; both belong to the label.
        self.page.locator("label").filter(has_text=self.t(f"join.via.{via}")).click()
        expect(self.page.get_by_role("radio", name=self.t(f"join.via.{via}"))).to_be_checked()
        if picture:
            self.person.picture(f"{picture}-join")
        self.page.get_by_role("button", name=self.t("join.go")).click()
        expect(self.page).to_have_url(re.compile(r"/w/"))

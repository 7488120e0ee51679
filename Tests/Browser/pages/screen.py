"""The room screen."""

from playwright.sync_api import expect

from support.person import Person
from support.texts import Texts


class Screen:
    """What the hall sees."""

    def __init__(self, person: Person, t: Texts):
        self.person = person
        self.page = person.page
        self.t = t

    def open(self, link: str) -> None:
        self.page.goto(link)

    def expect_code(self, code: str) -> None:
        """Always there, in letters and as a picture that can be scanned."""
        expect(self.page.get_by_text(code, exact=True).filter(visible=True)).to_have_count(1)
        picture = self.page.get_by_role("img", name=code)
        expect(picture).to_have_count(1)
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.complete && image.naturalWidth > 0"), "the QR code was not loaded"

    def expect_no_scroll(self) -> None:
        """It pages or scales by itself."""
        width, height = self.page.evaluate(
            "[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]")
        assert width <= 0 and height <= 0, f"the screen is {width} × {height} px larger than the projector's"

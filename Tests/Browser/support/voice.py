"""Somebody who takes part by the protocol alone, without a page of their own."""

from playwright.sync_api import Page

from support.device import act, new_secret, speak


class Voice:
    """A device that joins with a code and says what it is asked to; the connection is opened from a page of the server."""

    def __init__(self, page: Page, code: str, name: str, via: str = "room"):
        self._page = page
        self.name = name
        self.hello = {"secret": new_secret(), "code": code, "name": name, "via": via}
        speak(page, self.hello)

    def say(self, *commands: dict) -> None:
        """Every one of them is accepted."""
        act(self._page, self.hello, *commands)

    def write(self, *texts: str, **members) -> None:
        self.say(*({"type": "note.add", "text": text, **members} for text in texts))

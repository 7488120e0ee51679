"""Somebody with a browser of their own, and everything that their line and their console said."""

import json
import os
import time

from playwright.sync_api import Browser, ConsoleMessage, Page, WebSocket

from .server import ROOT

SCREENSHOTS = ROOT / "docs" / "screenshots"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
SCREEN = {"width": 1920, "height": 1080}

# A violation is told to the page, so it is turned into an error on the console, where all errors are gathered.
_TELL_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


class Person:
    """One browser context with one page. Contexts share nothing: no storage, no cache, no cookies."""

    def __init__(self, browser: Browser, name: str, viewport: dict[str, int], *, touch: bool = False, locale: str = "nb-NO"):
        self.name = name
        self.context = browser.new_context(
            locale=locale, timezone_id="Europe/Oslo", viewport=viewport, has_touch=touch, is_mobile=touch,
            reduced_motion="reduce", accept_downloads=True)
        self.context.set_default_timeout(10_000)
        self.context.add_init_script(_TELL_VIOLATIONS)
        self.received: list[str] = []
        self.sent: list[str] = []
        self.errors: list[str] = []
        # Lines that a lost server leaves on the console: no fault of the page's.
        self.expects_lost_lines = False
        self.page: Page = self.context.new_page()
        self.page.on("websocket", self._listen)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        self.page.on("response", lambda answer: answer.status >= 400 and self.errors.append(f"{answer.status} {answer.url}"))

    def close(self) -> None:
        self.context.close()

    def has_heard(self, text: str) -> bool:
        """Whether a text came over the line, in any message, plain or escaped."""
        escaped = json.dumps(text)[1:-1]
        return any(text in frame or escaped in frame for frame in self.received)

    def shows(self, text: str) -> bool:
        """Whether a text is anywhere in the document, visible or not."""
        return text in self.page.content()

    def room(self) -> dict[str, object]:
        """What everybody sees, put together from the messages alone, as protocol.md says (C1, H4)."""
        entries: dict[str, object] = {}
        epoch = None
        for frame in self.received:
            message = json.loads(frame)
            if message["type"] == "welcome":
                if message["epoch"] != epoch:
                    entries = {}
                epoch = message["epoch"]
            elif message["type"] == "changes" and message["channel"] == "room":
                entries.update(message["set"])
                for key in message["drop"]:
                    entries.pop(key, None)
        return entries

    def welcomes(self) -> int:
        """How often the server has let this page in."""
        return sum(frame.startswith('{"type":"welcome"') for frame in self.received)

    def picture(self, name: str) -> None:
        """Keeps a picture of the page for the documentation, when `SAMSKAP_SCREENSHOTS` is set."""
        if os.environ.get("SAMSKAP_SCREENSHOTS"):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    def _listen(self, line: WebSocket) -> None:
        line.on("framereceived", lambda payload: self.received.append(_text(payload)))
        line.on("framesent", lambda payload: self.sent.append(_text(payload)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        is_lost_line = "WebSocket connection to" in message.text or "net::ERR_" in message.text
        if not (self.expects_lost_lines and is_lost_line):
            self.errors.append(message.text)


def _text(payload: str | bytes) -> str:
    return payload if isinstance(payload, str) else payload.decode()


def eventually(check, what: str, seconds: float = 15, people: list[Person] | None = None) -> None:
    """Asks until something is so; the pages go on meanwhile."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"within {seconds} s not so: {what}"
        if people:
            people[0].page.wait_for_timeout(50)
        else:
            time.sleep(0.05)

"""Whole workshops in real browsers against the real server, on loopback."""

import shutil
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from support.person import Person  # noqa: E402
from support.server import BINARY, WEB, Cable, Server  # noqa: E402
from support.texts import Texts  # noqa: E402


def pytest_sessionstart(session):
    if not BINARY.exists():
        pytest.exit(f"There is no {BINARY}; build it first: swift build -c release --product samskap", returncode=2)


@pytest.fixture(scope="session")
def t() -> Texts:
    """The words of the interface in bokmål."""
    return Texts(WEB / "i18n")


@pytest.fixture(scope="session")
def browser():
    """One Chromium: the system's, or Playwright's own where there is none."""
    path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path):
    """A server with nothing in it."""
    server = Server(tmp_path / "data").start()
    yield server
    server.kill()


@pytest.fixture
def cable(server):
    """A line to the server that can be cut."""
    cable = Cable(server.port)
    yield cable
    cable.close()


@pytest.fixture
def people(browser):
    """Makes people, and at the end lets none of their pages have complained."""
    everybody: list[Person] = []

    def make(name: str, viewport: dict[str, int], **how) -> Person:
        everybody.append(Person(browser, name, viewport, **how))
        return everybody[-1]

    yield make
    complaints = {person.name: person.errors for person in everybody if person.errors}
    for person in everybody:
        person.close()
    assert not complaints, f"errors on the pages: {complaints}"

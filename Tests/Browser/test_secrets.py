"""Through a whole workshop no address that is asked for, no Referer, no log and no storage but the token's own holds a secret."""

import json
import re
from dataclasses import dataclass
from urllib.parse import unquote

from playwright.sync_api import expect

from pages.screen import Screen
from support.kept import kept
from support.person import DESK, SCREEN
from support.server import Cable, Server
from support.stage import gather

_HEAD = re.compile(rb"(?:\A|(?<=\r\n\r\n)|(?<=\}))(?P<method>[A-Z]{3,7}) (?P<target>\S+) HTTP/1\.1\r\n(?P<fields>(?:[^\r\n]+\r\n)*)(?=\r\n)")


@dataclass
class Asked:
    """One request as it stood on the line."""

    target: str
    fields: dict[str, str]


@dataclass
class Behind:
    """A server as people reach it through a cable."""

    address: str
    start_link: str


def asked(cable: Cable) -> list[Asked]:
    """Every request that went over the line."""
    requests = []
    for line in list(cable.asked):
        for head in _HEAD.finditer(bytes(line)):
            fields = dict(field.split(": ", 1) for field in head["fields"].decode().splitlines())
            requests.append(Asked(head["target"].decode(), {name.lower(): value for name, value in fields.items()}))
    return requests


def secrets_of(people) -> set[str]:
    """Every secret of a device or a link that went over these people's lines, either way."""
    found: set[str] = set()

    def gather_in(value) -> None:
        if isinstance(value, dict):
            for each in value.values():
                gather_in(each)
        elif isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_-]{43}", value):
            found.add(value)

    for person in people:
        for frame in person.sent + person.received:
            gather_in(json.loads(frame))
    return found


def leaks(requests: list[Asked], secrets: set[str]) -> list[str]:
    """Where a secret stands but in the one field that is for it; and any word of where somebody came from."""
    found = []
    for request in requests:
        shown = [request.target, *(value for name, value in request.fields.items() if name != "authorization")]
        found += [f"{request.target}: a secret" for text in shown for secret in secrets if secret in unquote(text)]
        found += [f"{request.target}: {name}" for name in ("referer", "cookie") if name in request.fields]
    return found


def test_no_secret_leaves_by_an_address_a_referrer_a_log_or_the_storage(tmp_path, people, t):
    server = Server(tmp_path / "data", "--log-level", "trace").start()
    cable = Cable(server.port)
    everybody, said = [], []

    def watched(*who, **how):
        person = people(*who, **how)
        person.page.on("console", lambda message: said.append(message.text))
        everybody.append(person)
        return person

    try:
        behind = Behind(cable.address, server.start_link.replace(server.address, cable.address))
        assert behind.start_link.startswith(cable.address)
        _whole_workshop(behind, watched, t)
        # Everybody's pages come back to where they are, as after a night in a pocket.
        for person in everybody:
            person.page.reload()
            person.page.wait_for_load_state("networkidle")
        secrets = secrets_of(everybody) | {server.start_link.split("#start=")[1]}
        requests = asked(cable)
        assert len(secrets) >= 17, len(secrets)
        assert len(requests) > 200, len(requests)
        assert leaks(requests, secrets) == []
        assert any(request.fields.get("authorization", "").removeprefix("Bearer ") in secrets for request in requests)
        assert not [line for line in said for secret in secrets if secret in line]
        log = [line for line in server.output if not line.startswith("Start link: ")]
        assert not [line for line in log for secret in secrets if secret in line]
        for person in everybody:
            assert person.page.evaluate("document.referrer + document.title").count("#") == 0
            assert not [secret for secret in secrets if secret in person.page.title()]
            assert all(re.fullmatch(r"samskap/[^/]+/[wfhso]/(secret|outbox)", key) for key in kept(person)), person.name
        print(f"secrets: {len(secrets)} in {len(requests)} requests, {len(said)} lines of consoles, {len(log)} of the log")
        # The search would have found them.
        page, secret = everybody[0].page, next(iter(secrets))
        page.evaluate("secret => fetch('/healthz?canary&' + secret)", secret)
        page.evaluate("secret => fetch('/healthz?canary', { referrer: '/f/x?' + secret, referrerPolicy: 'unsafe-url' })", secret)
        canaries = [request for request in asked(cable) if "canary" in request.target]
        assert sorted(leaks(canaries, secrets)) == [
            f"/healthz?canary&{secret}: a secret", "/healthz?canary: a secret", "/healthz?canary: referer"]
    finally:
        cable.close()
        server.kill()


def _whole_workshop(server, people, t):
    """Everybody in by every way; writing, results, what is held, other languages, other links, an erasure, the end."""
    stage = gather(server, people, t)
    console, kari, ola, page = stage.console, stage.kari, stage.ola, stage.console.page
    for person, text in ((kari, "Flere benker langs elva"), (ola, "Gratis buss for ungdom")):
        person.write(text)
        person.expect_state(text, "private")
    helper = people("helper", DESK)
    helper.page.goto(console.link("helper"))
    expect(helper.page.get_by_role("heading", level=1, name="Sentrum i 2050")).to_be_visible()
    observer = people("observer", DESK)
    observer.page.goto(console.link("observer"))
    expect(observer.page.get_by_role("heading", level=1, name="Skriv")).to_be_visible()
    console.next("reveal-phase")
    ola.expect_shown("Flere benker langs elva")
    for kind in ("html", "csv", "json", "md"):
        console.download(kind)

    # A note is edited, and taken back.
    kari.page.get_by_role("button", name=t("participant.editOf", text="Flere benker langs elva")).first.click()
    sheet = kari.page.get_by_role("dialog", name=t("participant.editTitle"))
    sheet.get_by_role("textbox", name=t("participant.noteText")).fill("Flere benker langs hele elva")
    sheet.get_by_role("button", name=t("common.save")).click()
    ola.expect_shown("Flere benker langs hele elva")
    kari.page.get_by_role("button", name=t("participant.withdrawOf", text="Flere benker langs hele elva")).first.click()
    sheet = kari.page.get_by_role("dialog", name=t("participant.withdrawTitle"))
    sheet.get_by_role("button", name=t("participant.withdraw"), exact=True).click()
    expect(ola.page.get_by_text("Flere benker langs hele elva")).to_have_count(0)

    # The language stands in the address, before the secret.
    kari.page.get_by_role("button", name=t("participant.menu")).click()
    kari.page.get_by_role("radio", name="Nynorsk").check()
    expect(kari.page.locator("html")).to_have_attribute("lang", "nn")
    kari.page.keyboard.press("Escape")

    # What is held, and gone.
    ola.page.get_by_role("button", name=t("participant.menu")).click()
    ola.page.get_by_role("button", name=t("held.button")).click()
    sheet = ola.page.get_by_role("dialog", name=t("held.title"))
    with ola.page.expect_download():
        sheet.get_by_role("button", name=t("held.save")).click()
    sheet.get_by_role("button", name=t("held.erase.button")).click()
    ola.page.get_by_role("dialog").get_by_role("button", name=t("held.erase.confirm"), exact=True).click()
    expect(ola.page.get_by_role("heading", name=t("held.closed.erased.title"))).to_be_visible()

    # New links: one of them, then all.
    console.replace_link("helper")
    expect(helper.page.get_by_text(t("console.gate.replaced"))).to_be_visible()
    before = page.url
    console.replace_link("facilitator")
    page.wait_for_function("before => location.href !== before", arg=before)
    expect(observer.page.get_by_role("heading", name=t("held.closed.replaced.title"))).to_be_visible()
    Screen(people("second screen", SCREEN), t).open(console.link("screen"))
    helper.page.goto(console.link("helper"))
    helper.page.reload()
    expect(helper.page.get_by_role("heading", level=1, name="Sentrum i 2050")).to_be_visible()
    stage.as_facilitator({"type": "workshop.end"})
    expect(page.locator("#now").get_by_role("button", name=t("console.next.download")).first).to_be_visible()

"""What a device keeps, what the server holds about it, and how it goes: as people see it, and as the files are afterwards."""

import base64
import hashlib
import http.client
import json
import os
import random
import re
import socket
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect
from websockets.sync.client import connect

from support.kept import kept
from support.person import DESK, eventually
from support.server import Server
from support.stage import gather

TITLE = "Sentrum i 2050"

def traces(folder: Path, *marks: str | bytes) -> list[str]:
    """Which of these stand in some file of a folder."""
    needles = [mark if isinstance(mark, bytes) else mark.encode() for mark in marks]
    return [f"{needle!r} in {path.name}" for path in folder.rglob("*") if path.is_file()
            for needle in needles if needle in path.read_bytes()]


def marks_of(secret: str) -> list[bytes]:
    """A secret and its hash, as text and as bytes."""
    raw = base64.urlsafe_b64decode(secret + "=")
    hashed = hashlib.sha256(raw)
    return [secret.encode(), raw, hashed.digest(), hashed.hexdigest().encode()]


def test_a_device_keeps_its_secret_and_its_outbox_and_nothing_else(server, people, t):
    stage = gather(server, people, t)
    stage.kari.write("Flere benker langs elva")
    stage.kari.expect_state("Flere benker langs elva", "private")
    console, workshop = stage.console, stage.workshop
    console.download("csv")
    visitor = people("visitor", DESK)
    visitor.page.goto(server.address)
    expect(visitor.page.get_by_label(t("start.codeLabel"), exact=True)).to_be_visible()
    visitor.page.goto(f"{server.address}/j/{stage.code}")
    expect(visitor.page.get_by_role("heading", name=TITLE)).to_be_visible()
    helper = people("helper", DESK)
    helper.page.goto(console.link("helper"))
    expect(helper.page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    observer = people("observer", DESK)
    observer.page.goto(console.link("observer"))
    expect(observer.page.get_by_role("heading", level=1, name="Skriv")).to_be_visible()
    places = {
        stage.kari.person: "w", stage.ola.person: "w", stage.home.person: "w", console.person: "f", stage.screen.person: "s",
        helper: "h", observer: "o", visitor: None,
    }
    for person, place in places.items():
        found = kept(person)
        if place is None:
            assert found == {}, person.name
            continue
        secret, outbox = (f"samskap/{workshop}/{place}/{kind}" for kind in ("secret", "outbox"))
        assert set(found) == {secret, outbox}, (person.name, set(found))
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", found[secret]), person.name
        assert set(found[outbox]) == {"tab", "last", "commands"}, (person.name, found[outbox])
        assert found[outbox]["commands"] == [], person.name


def test_everybody_sees_what_is_held_and_can_have_it_erased(server, people, t):
    stage = gather(server, people, t)
    kari, ola = stage.kari, stage.ola
    mine = ["Flere benker langs elva", "Et åpent bibliotek på kvelden"]
    for text in mine:
        kari.write(text)
        kari.expect_state(text, "private")
    ola.write("Gratis buss for ungdom")
    ola.expect_state("Gratis buss for ungdom", "private")
    stage.console.next("reveal-phase")
    for text in mine:
        ola.expect_shown(text)
    secret, data = kari.secret(), server.data
    assert traces(data, *mine)

    # In words, and as a file.
    page = kari.page
    page.get_by_role("button", name=t("participant.menu")).click()
    page.get_by_role("button", name=t("held.button")).click()
    sheet = page.get_by_role("dialog", name=t("held.title"))
    for text in mine:
        expect(sheet.get_by_text(text)).to_be_visible()
    expect(sheet.get_by_text(t("held.keptDays", count=90))).to_be_visible()
    kari.person.picture("phone-held")
    with page.expect_download() as waiting:
        sheet.get_by_role("button", name=t("held.save")).click()
    document = Path(waiting.value.path()).read_text("utf-8")
    held = json.loads(document)
    assert sorted(note["text"] for note in held["notes"]) == sorted(mine)
    assert held["participant"]["name"] == "Kari" or held["participant"]["name"] == ""
    for stranger in ("Gratis buss", "Siri", ola.secret(), hashlib.sha256(base64.urlsafe_b64decode(ola.secret() + "=")).hexdigest()):
        assert stranger not in document, stranger

    # Cancelled, and nothing has happened; then done.
    sheet.get_by_role("button", name=t("held.erase.button")).click()
    sheet = page.get_by_role("dialog", name=t("held.erase.title"))
    expect(sheet.get_by_text(t("held.erase.notes", count=2))).to_be_visible()
    kari.person.picture("phone-erase")
    sheet.get_by_role("button", name=t("common.cancel")).click()
    kari.expect_shown(mine[0])
    page.get_by_role("button", name=t("participant.menu")).click()
    page.get_by_role("button", name=t("held.button")).click()
    page.get_by_role("dialog").get_by_role("button", name=t("held.erase.button")).click()
    page.get_by_role("dialog").get_by_role("button", name=t("held.erase.confirm"), exact=True).click()
    expect(page.get_by_role("heading", name=t("held.closed.erased.title"))).to_be_visible()
    kari.person.picture("phone-erased")
    assert kept(kari.person) == {}
    assert traces(data, *mine, *marks_of(secret)) == []
    assert traces(data, "Gratis buss for ungdom")
    eventually(lambda: not any(text in json.dumps(ola.person.room(), ensure_ascii=False) for text in mine), "Ola is told to drop", people=[ola.person])
    for text in mine:
        expect(ola.page.get_by_text(text)).to_have_count(0)
        expect(stage.screen.page.get_by_text(text)).to_have_count(0)
        expect(stage.console.page.get_by_text(text)).to_have_count(0)
    # The page comes back as nobody's.
    page.reload()
    expect(page.get_by_label(t("start.codeLabel"), exact=True)).to_be_visible()
    assert kept(kari.person) == {}


def test_the_facilitator_erases_a_note_a_person_and_the_workshop(tmp_path, people, t):
    server = Server(tmp_path / "data", "--keep-days", "10").start()
    try:
        _facilitator_erases(server, people, t)
    finally:
        server.kill()


def _facilitator_erases(server, people, t):
    stage = gather(server, people, t)
    console, kari, ola, data = stage.console, stage.kari, stage.ola, server.data
    page = console.page
    for person, text in ((kari, "Noe personlig om en nabo"), (kari, "Kari sin andre"), (ola, "Ola sin")):
        person.write(text)
        person.expect_state(text, "private")
    console.next("reveal-phase")
    expect(console.note("Noe personlig om en nabo")).to_be_visible()

    # One note, by its menu.
    page.get_by_role("button", name=t("console.note.menu", text="Noe personlig om en nabo")).click()
    page.get_by_role("menuitem", name=t("console.erase.note")).click()
    dialog = page.get_by_role("dialog", name=t("console.erase.note-title"))
    console.person.picture("console-erase-note")
    dialog.get_by_role("button", name=t("console.erase.confirm")).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(t("console.erase.note-done"))).to_be_visible()
    assert traces(data, "Noe personlig om en nabo") == []
    expect(kari.page.get_by_text("Noe personlig om en nabo")).to_have_count(0)

    # One person.
    secret = ola.secret()
    page.get_by_role("button", name=t("console.people.title")).click()
    dialog = page.get_by_role("dialog", name=t("console.people.title"))
    console.person.picture("console-people")
    dialog.get_by_role("button", name=t("console.erase.person-of", name="Ola")).click()
    confirm = page.get_by_role("dialog", name=t("console.erase.person-title", name="Ola"))
    confirm.get_by_role("button", name=t("console.erase.confirm")).click()
    expect(confirm).to_be_hidden()
    page.keyboard.press("Escape")
    assert traces(data, "Ola sin", *marks_of(secret)) == []
    expect(ola.page.get_by_role("heading", name=t("held.closed.erased.title"))).to_be_visible()
    assert kept(ola.person) == {}

    # The date: told to everybody, near from the end on, and changed.
    stage.as_facilitator({"type": "workshop.end"})
    expect(page.locator(".farewell")).to_be_visible()
    console.person.picture("console-farewell")
    page.locator(".farewell").get_by_role("button", name=t("console.keeping.change")).click()
    dialog = page.get_by_role("dialog", name=t("console.keeping.title"))
    dialog.get_by_label(t("console.keeping.label")).fill("0")
    dialog.get_by_role("button", name=t("console.save")).click()
    expect(dialog.get_by_role("alert")).to_have_text(t("console.keeping.invalid"))
    dialog.get_by_label(t("console.keeping.label")).fill("60")
    console.person.picture("console-keeping")
    dialog.get_by_role("button", name=t("console.save")).click()
    expect(page.locator(".farewell")).to_be_hidden()
    page.get_by_role("button", name=t("console.results.title"), exact=True).click()
    console.person.picture("console-results")
    page.get_by_role("dialog").get_by_role("button", name=t("console.keeping.change")).click()

    # The whole workshop, with its name typed.
    page.get_by_role("dialog").get_by_role("button", name=t("console.keeping.erase")).click()
    dialog = page.get_by_role("dialog", name=t("console.keeping.erase-title"))
    dialog.get_by_role("textbox").fill("Sentrum")
    dialog.get_by_role("button", name=t("console.keeping.erase-confirm")).click()
    expect(dialog.get_by_role("alert")).to_have_text(t("console.keeping.type-other"))
    assert traces(data, "Kari sin andre")
    dialog.get_by_role("textbox").fill(" sentrum i 2050 ")
    console.person.picture("console-erase-workshop")
    dialog.get_by_role("button", name=t("console.keeping.erase-confirm")).click()
    expect(page.get_by_text(t("console.gate.gone"))).to_be_visible()
    console.person.picture("console-erased")
    assert traces(data, "Kari sin andre", TITLE, *marks_of(kari.secret()) if kept(kari.person) else []) == []
    expect(kari.page.get_by_role("heading", name=t("held.closed.gone.title"))).to_be_visible()
    kari.person.picture("phone-gone")
    for person in (console.person, kari.person, stage.home.person, stage.screen.person):
        assert kept(person) == {}, person.name


def test_a_kill_in_the_middle_of_an_erasure_leaves_all_or_nothing(tmp_path):
    """`kill -9` at moments nobody chose, while the real server erases over HTTP; what it left is opened by the next one."""
    server = Server(tmp_path / "data").start()
    chance = random.Random(20_261_127)
    outcomes = {"whole": 0, "gone": 0}
    try:
        start = server.start_link.split("#start=")[1]
        body = json.dumps({"template": "meningsrunde", "language": "nb", "title": "Fallet"}).encode()
        workshop = json.loads(_ask(server, "POST", "/api/workshops", start, body)[1])
        with _join(server, workshop) as writer:
            for number in range(150):
                _command(writer, number + 1, "note.add", text=f"Fyll {number} " + "x" * 200)
        for turn in range(24):
            mark, name = f"unik-{turn}-{chance.randrange(10 ** 9)}", f"navn-{turn}-{chance.randrange(10 ** 9)}"
            secret = _secret()
            with _join(server, workshop, secret, name) as phone:
                _command(phone, 1, "note.add", text=mark)
            path = f"/api/workshops/{workshop['workshop']}/me"
            assert mark in _ask(server, "GET", path, secret)[1].decode()
            answers = []
            asking = threading.Thread(target=lambda: answers.append(_ask(server, "DELETE", path, secret)[0]))
            asking.start()
            time.sleep(chance.uniform(0, 0.03))
            server.kill()
            asking.join(timeout=10)
            server.start()
            status, held = _ask(server, "GET", path, secret)
            left = traces(server.data, mark, name, *marks_of(secret))
            if status == 401:
                assert left == [], (turn, left)
                outcomes["gone"] += 1
            else:
                assert answers in ([], [None]), (turn, answers)
                assert status == 200 and mark in held.decode() and name in held.decode(), turn
                outcomes["whole"] += 1
    finally:
        server.kill()
    print(f"kills: {outcomes['whole']} before, {outcomes['gone']} after the erasure stood")
    assert min(outcomes.values()) > 0, outcomes


def _secret() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")


def _ask(server, method: str, path: str, secret: str, body: bytes | None = None) -> tuple[int | None, bytes]:
    """Asks over HTTP; no status when the server died meanwhile."""
    request = urllib.request.Request(server.address + path, body, {"Authorization": f"Bearer {secret}"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except (OSError, http.client.HTTPException):
        return None, b""


@contextmanager
def _join(server, workshop: dict, secret: str | None = None, name: str = ""):
    """A connection that has been let in."""
    with connect(server.address.replace("http", "ws") + "/ws", subprotocols=["samskap.v1"]) as line:
        line.send(json.dumps({"type": "hello", "secret": secret or _secret(), "code": workshop["code"], "name": name}))
        while json.loads(line.recv(timeout=10))["type"] != "welcome":
            pass
        yield line


def _command(line, ref: int, type: str, **members) -> None:
    """Sends a command until it is stored."""
    while True:
        line.send(json.dumps({"type": type, "ref": ref, **members}))
        while (answer := json.loads(line.recv(timeout=10))).get("ref") != ref:
            pass
        if answer["type"] == "ack":
            return
        assert answer["code"] == "busy", answer
        time.sleep(answer["retryAfterSeconds"])


def test_no_address_is_stored_or_logged(tmp_path):
    """Requests good and bad from addresses and with headers that one would know again; then every file and the log are searched."""
    server = Server(tmp_path / "data", "--host", "::", "--log-level", "trace").start()
    near, forwarded, agent = "127.77.66.55", "203.0.113.77", "Recognisable-Agent/7.7"
    headers = (
        f"X-Forwarded-For: {forwarded}, 2001:db8::77\r\nForwarded: for={forwarded}\r\nX-Real-IP: {forwarded}\r\n"
        f"CF-Connecting-IP: {forwarded}\r\nUser-Agent: {agent}\r\nReferer: http://referrer-unique.example/\r\n")
    saved = tmp_path / "data" / "saved"
    count = 0

    def ask(request: str, body: str = "", *, source: str = near) -> bytes:
        nonlocal count
        family = ("::1", server.port) if source == "::1" else ("127.0.0.1", server.port)
        with socket.create_connection(family, timeout=10, source_address=(source, 0)) as line:
            line.sendall(f"{request}\r\nHost: localhost\r\n{headers}Content-Length: {len(body.encode())}\r\nConnection: close\r\n\r\n{body}".encode())
            answer = b""
            while part := line.recv(1 << 16):
                answer += part
        count += 1
        return answer

    start = server.start_link.split("#start=")[1]
    body = json.dumps({"template": "meningsrunde", "language": "nb", "title": "Uten adresser"})
    created = ask(f"POST /api/workshops HTTP/1.1\r\nAuthorization: Bearer {start}", body)
    workshop = json.loads(created.split(b"\r\n\r\n", 1)[1])
    link = workshop["links"]["facilitator"]
    for source in (near, "::1"):
        for path in ("/", "/api/doors/ABABAB", f"/api/doors/{workshop['code']}", "/nowhere", "/healthz", "/../../etc/passwd", "/ws"):
            ask(f"GET {path} HTTP/1.1", source=source)
        ask("BREW / HTTP/1.1", source=source)
        ask("nonsense", source=source)
        ask("POST /api/workshops HTTP/1.1\r\nAuthorization: Bearer wrong", "{", source=source)
    secret = base64.urlsafe_b64encode(bytes(range(32))).decode().rstrip("=")
    for source in (near, "::1"):
        address = ("::1", server.port) if source == "::1" else ("127.0.0.1", server.port)
        with socket.create_connection(address, timeout=10, source_address=(source, 0)) as line:
            line.sendall((
                f"GET /ws HTTP/1.1\r\nHost: localhost:{server.port}\r\n{headers}Upgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: samskap.v1\r\n\r\n").encode())
            assert b" 101 " in line.recv(4096)
            for message in (
                {"type": "hello", "secret": secret, "code": workshop["code"], "name": "Adresseløs"},
                {"type": "note.add", "ref": 1 if source == near else 3, "text": f"fra {'en' if source == near else 'to'}"},
                {"type": "nonsense", "ref": 2 if source == near else 4},
            ):
                line.sendall(_frame(json.dumps(message)))
                line.settimeout(5)
                line.recv(1 << 16)
            line.sendall(_frame("garbage"))
            line.recv(1 << 16)
    saved.mkdir(parents=True)
    for name in ("results.html", "results.csv", "votes.csv", "results.json", "results.md"):
        (saved / name).write_bytes(ask(f"GET /api/workshops/{workshop['workshop']}/{name} HTTP/1.1\r\nAuthorization: Bearer {link}"))
    held = ask(f"GET /api/workshops/{workshop['workshop']}/me HTTP/1.1\r\nAuthorization: Bearer {secret}")
    assert b"fra en" in held and b"fra to" in held
    (saved / "me.json").write_bytes(held)
    # While it runs, with what waits in the write-ahead log, and after it has ended.
    for moment in ("running", "ended"):
        if moment == "ended":
            server.stop()
        (saved / "log").write_text("\n".join(server.output), "utf-8")
        assert traces(tmp_path / "data", "fra en"), "the search finds what is there"
        numbers = (socket.inet_aton(near), socket.inet_aton(forwarded), socket.inet_pton(socket.AF_INET6, "2001:db8::77"))
        assert traces(
            tmp_path / "data", near, forwarded, "2001:db8", agent, "referrer-unique", *numbers) == [], moment
        log = (saved / "log").read_text("utf-8")
        assert not [word for word in (secret, link, "fra en", "Adresseløs") if word in log], log
        assert not re.search(r"(?<![0-9a-f:])::1(?![0-9a-f:])|\b127\.(?!0\.0\.1\b)", log), log
    assert count > 25


def _frame(text: str) -> bytes:
    """One masked text frame (RFC 6455 §5.2) with a mask of zeros."""
    payload = text.encode()
    length = bytes([0x80 | len(payload)]) if len(payload) < 126 else bytes([0x80 | 126]) + len(payload).to_bytes(2, "big")
    return b"\x81" + length + b"\0\0\0\0" + payload

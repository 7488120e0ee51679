"""Texts that would run a script where they are shown carelessly: in every text field, on every page, in every export.

By default a sample; `SAMSKAP_XSS=all` tries all five hundred in every field. A run counts as one when the canary is called, a dialog
opens, another host is asked, a policy is broken, or the document holds an element that only a payload can have made.
"""

import csv
import io
import json
import os
import re
import shutil
import threading
import time
import unicodedata
import urllib.request
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import TimeoutError, expect
from websockets.sync.client import connect

from pages.console import Console
from pages.start import Start
from support.device import new_secret
from support.payloads import payloads
from support.person import DESK, PHONE, SCREEN, Person
from support.server import WEB, Server

ALL = payloads()
# What a process' items may be, with the fields of each.
KINDS = {
    "frame": (), "actor": (), "question": (), "barrier": (), "enabler": (), "need": ("who", "need", "because"), "idea": (),
    "test": ("assumption", "method", "measure", "threshold"), "learning": ("observed", "insight", "next"), "decision": ("outcome", "why"),
}
WHOLE = os.environ.get("SAMSKAP_XSS") == "all"
# Seconds that a page may take to show something. Five pages and a busy machine: only what never comes is a failure.
PATIENCE = 60
# A workshop has at most thirty boards, so it takes thirty payloads in every field at once.
SHARE = 30
BATCHES = [list(enumerate(ALL, 1))[start:start + SHARE] for start in range(0, len(ALL), SHARE)]
SAMPLE = BATCHES if WHOLE else [list(enumerate(ALL, 1))[start::17][:SHARE] for start in (0,)]

# What only a payload can have put into a document.
_INTRUDERS = """
() => [...document.querySelectorAll('*')].filter((element) =>
  ['IFRAME', 'FRAME', 'OBJECT', 'EMBED', 'MARQUEE', 'AUDIO', 'VIDEO', 'MATH', 'BASE', 'ANIMATE', 'SET', 'FOREIGNOBJECT', 'XMP', 'IMAGE']
    .includes(element.tagName.toUpperCase())
  || (element.tagName === 'SCRIPT' && !element.src.startsWith(location.origin + '/'))
  || [...element.attributes].some(({ name, value }) => /^on/i.test(name) || name === 'srcdoc'
    || (/^(href|src|action|formaction|xlink:href|data)$/i.test(name) && /^[\\s\\x00-\\x1f]*(javascript|vbscript|data:text)/i.test(value))))
  .map((element) => element.outerHTML.slice(0, 200))
"""

# Shows each payload raw in every place that a careless page has, and gives the numbers of those that ran.
_CARELESS = """
async (texts) => {
  const ran = new Set();
  window.z = (number) => ran.add(Number(Array.isArray(number) ? number[0] : number));
  const decode = (text) => { const area = document.createElement('textarea'); area.innerHTML = text; return area.value; };
  const places = [
    (p) => `<div>${p}</div>`, (p) => `<input value="${p}">`, (p) => `<input value='${p}'>`, (p) => `<input value=${p}>`,
    (p) => `<textarea>${p}</textarea>`, (p) => `<title>${p}</title>`, (p) => `<style>${p}</style>`, (p) => `<!-- ${p} -->`,
    (p) => `<noscript>${p}</noscript>`, (p) => `<select>${p}</select>`, (p) => `<template>${p}</template>`,
    (p) => `<script>var a = "${p}"</script>`, (p) => `<script>var a = '${p}'</script>`, (p) => '<script>var a = `' + p + '`</script>',
    (p) => `<a href="${p}">a</a>`, (p) => `<iframe src="${p}"></iframe>`, (p) => `<div>${decode(p)}</div>`, (p) => `<div>${decode(decode(p))}</div>`,
    (p) => { try { return `<div>${decodeURIComponent(decodeURIComponent(p))}</div>`; } catch { return ''; } },
    (p) => `<script>/* ${p} */</script>`, (p) => `<script>document.write("${p}")</script>`, (p) => `<p id=p></p><script>p.innerHTML = \\`${p}\\`</script>`,
  ];
  for (const text of texts) {
    const frames = places.map((place) => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<script>var z = parent.z</' + 'script>' + place(text);
      document.body.append(frame);
      return frame;
    });
    const before = ran.size;
    for (let round = 0; round < 12 && ran.size === before; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      for (const frame of frames) {
        for (const element of frame.contentDocument?.querySelectorAll('[onfocus]') ?? []) element.focus();
        for (const element of frame.contentDocument?.querySelectorAll('[onclick], a, button') ?? []) {
          if (!/^\\s*(https?|data|blob|view-source|\\/\\/)/i.test(element.getAttribute('href') ?? '')) {
            element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
          }
        }
      }
    }
    for (const frame of frames) frame.remove();
  }
  return [...ran];
}
"""


class Watch:
    """Everything that tells that a payload ran, on all pages of everybody."""

    def __init__(self, browser):
        self.browser = browser
        self.seen: list[str] = []
        self.pages = 0
        self._people: list[Person] = []

    def person(self, name: str, viewport: dict[str, int], **how) -> Person:
        person = Person(self.browser, name, viewport, **how)
        person.context.set_default_timeout(PATIENCE * 1000)
        person.context.expose_binding("z", lambda source, *number: self.seen.append(f"{name}: z({number}) ran"))
        person.page.on("dialog", lambda dialog: (self.seen.append(f"{name}: {dialog.type} dialog"), dialog.dismiss()))
        person.page.on("popup", lambda page: self.seen.append(f"{name}: a window opened: {page.url}"))
        person.page.on("request", lambda request: self._ask(name, request.url))
        self._people.append(person)
        return person

    def _ask(self, name: str, url: str) -> None:
        if not re.match(r"(https?://127\.0\.0\.1:\d+/|ws://127\.0\.0\.1:\d+/ws$|file:///|data:image/svg|blob:http://127)", url):
            self.seen.append(f"{name}: asked for {url}")

    def look(self, person: Person) -> None:
        """The document holds nothing that a payload made, and is no wider than what shows it: what stands outside cannot be pressed."""
        self.pages += 1
        width = person.page.evaluate("document.documentElement.scrollWidth")
        if width > person.page.viewport_size["width"]:
            self.seen.append(f"{person.name}: the page is {width} wide")
        self.seen += [f"{person.name}: {intruder}" for intruder in person.page.evaluate(_INTRUDERS)]

    def end(self) -> None:
        complaints = {person.name: person.errors for person in self._people if person.errors}
        for person in self._people:
            person.context.close()
        assert not self.seen, self.seen[:20]
        assert not complaints, complaints


@pytest.fixture
def watch(browser):
    watch = Watch(browser)
    expect.set_options(timeout=PATIENCE * 1000)
    yield watch
    # As Playwright has it.
    expect.set_options(timeout=5_000)
    watch.end()


class Device:
    """A device that speaks the protocol by itself, faster than a page does."""

    def __init__(self, server: Server, **hello):
        self.secret = new_secret()
        self._open = ExitStack()
        # It reads on while nobody asks it anything: a device that lets messages pile up answers no ping, and is given up after 35 s (L2).
        self._line = self._open.enter_context(connect(
            server.address.replace("http", "ws") + "/ws", subprotocols=["samskap.v1"], max_queue=None, ping_interval=None))
        self._line.send(json.dumps({"type": "hello", "secret": self.secret, **hello}))
        self._ref = 0
        self.own: dict[str, dict] = {}
        while (message := json.loads(self._line.recv(PATIENCE)))["type"] != "welcome":
            pass
        self._ref = message["lastRef"]

    def do(self, **command) -> None:
        """One command, until it is acknowledged."""
        self._ref += 1
        while True:
            self._line.send(json.dumps({**command, "ref": self._ref}))
            while (answer := json.loads(self._line.recv(PATIENCE)))["type"] not in ("ack", "refused"):
                if answer.get("channel") == "own":
                    self.own |= answer["set"]
            if answer["type"] == "ack":
                return
            assert answer["code"] in ("busy", "slow-down"), (command, answer)
            time.sleep(answer["retryAfterSeconds"])

    def close(self) -> None:
        self._open.close()


def shown(text: str) -> str:
    """A text as a document gives it back: white space is one space. (U+FEFF is none in Unicode, though JavaScript's \\s says so.)"""
    return re.sub(r"\s+", " ", text).strip()


def expect_shown(person: Person, text: str) -> None:
    """It stands on the page, as the text it is, or is about to."""
    try:
        person.page.wait_for_function(
            "text => [document.body.textContent, ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value)]"
            ".some((shown) => shown.replace(/\\p{White_Space}+/gu, ' ').includes(text))", arg=shown(text))
    except TimeoutError as error:
        raise AssertionError(f"{person.name} does not show {text!r}; it shows {person.page.locator('body').inner_text()[:2000]!r}") from error


def create(server: Server, batch: list[tuple[int, str]]) -> dict:
    """A workshop of which every text is a payload."""
    definition = {
        "id": "hostile", "name": batch[0][1], "description": batch[0][1],
        "boards": [{"key": f"b{n}", "name": text, "structure": "columns",
                    "columns": [{"id": "a", "name": text, "hint": text, "group": text}, {"id": "b", "name": f"{n}"}]} for n, text in batch],
        "phases": [{"name": text, "instruction": f"{text} §{n}§", "hint": text, "board": f"b{n}", "anonymity": "none",
                    "participants": ["add", "editOwn", "vote"], "helpers": ["add", "cluster", "move"]} for n, text in batch],
    }
    body = {"title": batch[0][1], "language": "nb", "definition": definition}
    return ask(server, "/api/workshops", server.start_link.split("start=")[1], body)


def ask(server: Server, path: str, secret: str, body: dict | None = None):
    request = urllib.request.Request(
        server.address + path, data=json.dumps(body).encode() if body else None, headers={"Authorization": f"Bearer {secret}"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        data = answer.read()
        return json.loads(data) if body else (data, answer.headers)


@pytest.fixture
def careless():
    """A server of one empty page without any policy; pictures and all else are not found."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(b"<!doctype html><body>")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_payloads_would_run_in_a_careless_page(browser, careless):
    """Without this the other tests would prove nothing."""
    chosen = list(enumerate(ALL, 1)) if WHOLE else [pair for batch in SAMPLE for pair in batch]
    context = browser.new_context()
    page = context.new_page()
    page.goto(careless)
    ran = page.evaluate(_CARELESS, [text for _, text in chosen])
    context.close()
    dead = [text for number, text in chosen if number not in ran]
    print(f"\n{len(set(ran))} of {len(chosen)} run in a careless page")
    # The rest needs a library of templates, Markdown, UTF-7, a spreadsheet or a browser that nobody has any more.
    assert len(set(ran)) >= 0.75 * len(chosen), dead


@pytest.mark.parametrize("batch", SAMPLE, ids=lambda batch: f"from-{batch[0][0]}")
def test_no_text_runs_on_any_page_or_in_any_export(server, watch, t, tmp_path, batch):
    made = create(server, batch)
    workshop, code, links = made["workshop"], made["code"], made["links"]

    # Every page there is.
    console, helper = watch.person("console", DESK), watch.person("helper", DESK)
    observer, screen, phone = watch.person("observer", DESK), watch.person("screen", SCREEN), watch.person("phone", PHONE, touch=True)
    pages = [console, helper, observer, screen, phone]
    console.page.goto(f"{server.address}/f/{workshop}#{links['facilitator']}")
    helper.page.goto(f"{server.address}/h/{workshop}#{links['helper']}")
    observer.page.goto(f"{server.address}/o/{workshop}#{links['observer']}")
    screen.page.goto(f"{server.address}/s/{workshop}#{links['screen']}")
    phone.page.goto(f"{server.address}/j/{code}")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(shown(batch[0][1]))
    watch.look(phone)
    phone.page.get_by_role("textbox", name=t("join.nameLabel")).fill(shown(batch[-1][1]))
    phone.page.get_by_role("button", name=t("join.go")).click()
    expect(phone.page).to_have_url(re.compile("/w/"))

    facilitators = [Device(server, workshop=workshop, link=links["facilitator"], name=batch[n][1]) for n in range(4)]
    writers = []
    for position, (number, text) in enumerate(batch, 1):
        lead = facilitators[position % len(facilitators)]
        if position > 1:
            lead.do(type="phase.open", phase=f"f{position}")
        writer = Device(server, workshop=workshop, code=code, name=text)
        writers.append(writer)
        writer.do(type="me.rename", name=text)
        writer.do(type="note.add", text=text, column="a")
        note = next(key.split("/")[1] for key in writer.own if key.startswith("note/"))
        writer.do(type="note.add", text=f"{text} {text}", column="b")
        # Once taken off and put back, it stands in the moderation log and the trail too.
        other = next(id for key in writer.own if key.startswith("note/") and (id := key.split("/")[1]) != note)
        lead.do(type="note.redact", note=other, reason="other")
        lead.do(type="note.restore", note=other)
        writer.do(type="hand.set", raised=True)
        lead.do(type="cluster.create", name=text, notes=[note])
        lead.do(type="round.open", title=text, vote={"kind": "stance", "targets": "clusters"})
        writer.do(type="vote.cast", round=f"r{position}", target=f"c{position}", value=1)
        lead.do(type="spotlight.set", item=note if position % 3 else f"c{position}")
        # The phase's own text stands on each page that shows it, as the text it is.
        for person in (phone, observer, screen, console):
            expect_shown(person, text)
        expect_shown(phone, f"§{number}§")
        if position % 10 == 0:
            for person in pages:
                watch.look(person)
        lead.do(type="round.close", round=f"r{position}")
        lead.do(type="round.reveal", round=f"r{position}")
        if position % 5 == 0:
            lead.do(type="spotlight.set", item=f"r{position}")
    for person in pages:
        watch.look(person)

    # What opens: people, the run sheet's form, results, the menus of the board.
    for name in ("console.people.title", "console.links.title", "console.results.title"):
        console.page.get_by_role("button", name=t(name), exact=True).first.click()
        expect(console.page.get_by_role("dialog")).to_be_visible()
        watch.look(console)
        console.page.keyboard.press("Escape")
        expect(console.page.get_by_role("dialog")).to_have_count(0)
    for person in (console, helper, observer, phone):
        for opener in person.page.locator("main [aria-haspopup], main summary").all()[:12]:
            if opener.is_visible() and opener.is_enabled():
                opener.click()
                watch.look(person)
                person.page.keyboard.press("Escape")
    # Reloaded, all of it comes in one piece.
    for person in pages:
        person.page.reload()
        expect_shown(person, batch[-1][1])
        watch.look(person)

    # The exports, opened as somebody opens a file they were sent.
    documents = {name: ask(server, f"/api/workshops/{workshop}/{name}", facilitators[0].secret)
                 for name in ("results.html", "results.json", "results.md", "results.csv", "votes.csv", "moderation.csv", "audit.jsonl")}
    documents["me.json"] = ask(server, f"/api/workshops/{workshop}/me", writers[-1].secret)
    reader = watch.person("reader", DESK)
    for name, (data, fields) in documents.items():
        assert fields["X-Content-Type-Options"] == "nosniff", name
        path = tmp_path / name
        path.write_bytes(data)
        if not name.endswith(".csv"):
            reader.page.goto(path.as_uri())
            reader.page.wait_for_timeout(200)
            if name.endswith(".html"):
                watch.look(reader)
                whole = shown(reader.page.evaluate("document.documentElement.textContent"))
                for _, text in batch:
                    assert shown(text).replace("\ufeff", "") in whole.replace("\ufeff", ""), f"the report lost {text!r}"
    assert json.loads(documents["results.json"][0])["title"] == batch[0][1]
    for name in ("results.csv", "votes.csv", "moderation.csv"):
        expect_no_formulas(documents[name][0].decode("utf-8-sig"))
    for device in facilitators + writers:
        device.close()
    print(f"\n{len(batch)} payloads in each of 13 fields, {watch.pages} documents looked at")


def expect_no_formulas(text: str) -> None:
    """No cell begins as a formula does, however a spreadsheet reads its first characters (full width, invisible, white space)."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert len({len(row) for row in rows}) == 1 and len(rows) > 1
    for cell in (cell for row in rows for cell in row):
        if re.fullmatch(r"[-+]?\d+([.,]\d+)?", cell):
            continue
        bare = unicodedata.normalize("NFKC", cell).lstrip(" \n\u200b\ufeff\u2060\u00a0")
        assert not bare.startswith(("=", "+", "-", "@", "\t", "\r")), cell


def test_a_workshop_made_on_the_start_page_with_a_payload_as_title(server, watch, t):
    for number, text in SAMPLE[0][:3]:
        facilitator = watch.person(f"facilitator {number}", DESK)
        Start(facilitator, t).create(server.start_link, shown(text), "Idédugnad")
        watch.look(facilitator)
        Console(facilitator, t).expect_open(shown(text))
        watch.look(facilitator)


def test_templates_of_the_operators_run_nothing_on_the_start_page(browser, watch, t, tmp_path):
    """All of them at once: the operator's folder holds a template for each payload."""
    web = tmp_path / "web"
    shutil.copytree(WEB, web)
    for number, text in enumerate(ALL, 1):
        (web / "templates" / f"p{number}.json").write_text(json.dumps({
            "id": f"p{number}", "name": text, "description": text, "boards": [{"key": "b", "name": text, "structure": "list"}],
            "phases": [{"name": text, "board": "b"}]}))
    server = Server(tmp_path / "data", "--web", str(web)).start()
    try:
        operator = watch.person("operator", DESK)
        operator.page.goto(server.start_link)
        operator.page.wait_for_function("count => document.querySelectorAll('input[type=radio]').length > count", arg=len(ALL))
        whole = shown(operator.page.evaluate("document.body.textContent"))
        missing = [text for text in ALL if shown(text) not in whole]
        assert not missing, missing[:5]
        watch.look(operator)
    finally:
        server.kill()


def test_no_text_of_a_process_runs_on_its_pages(server, watch, t):
    """Payloads in everything that those who lead a process write, and in a note that it came from; on all its pages, and in its documents."""
    texts = [text for _, text in SAMPLE[0][:len(KINDS)]]
    start = server.start_link.split("start=")[1]
    process = ask(server, "/api/processes", start, {"title": texts[0], "language": "nb", "challenge": texts[0], "principles": texts})
    link = process["links"]["facilitator"]
    made = ask(server, "/api/workshops", link, {
        "process": process["workshop"], "step": 2, "title": texts[1], "language": "nb", "definition": {
            "id": "open", "name": "Open", "boards": [{"key": "b", "name": texts[2], "structure": "list"}],
            "phases": [{"name": "Write", "board": "b", "participants": ["add"], "visibility": "everyone"}]}})
    guest = Device(server, code=made["code"])
    guest.do(type="note.add", text=texts[3])
    lead = Device(server, workshop=process["workshop"], link=link)
    for number, ((kind, fields), text) in enumerate(zip(KINDS.items(), texts), 1):
        origins = [{"session": "s1", "note": "n1"}] + ([{"item": f"i{number - 1}"}] if number > 1 else [])
        values = {name: "stop" if name == "outcome" else text for name in fields}
        lead.do(type="item.add", kind=kind, step=min(5, 1 + number // 2), text=text, **({"fields": values} if fields else {}), **{"from": origins})
        lead.do(type="item.publish", item=f"i{number}", published=True)
    for step in range(1, 6):
        lead.do(type="step.summarise", step=step, heard=texts[step], done=texts[step])
    lead.do(type="link.add", name=texts[4], link=new_secret())
    lead.do(type="process.publish", published=True)

    leader = watch.person("leader", DESK)
    for query, everything in (("", texts[:1]), ("?view=items", texts), (f"?item=i{len(KINDS)}", texts[3:]), ("?session=s1", texts[3:4])):
        # Only what stands after # would else be another place on the same page.
        leader.page.goto("about:blank")
        leader.page.goto(f"{server.address}/p/{process['workshop']}{query}#{link}")
        for text in everything:
            expect_shown(leader, text)
        watch.look(leader)
    for name in ("process.team.title", "process.results.title"):
        leader.page.get_by_role("button", name=t(name)).click()
        expect(leader.page.get_by_role("dialog")).to_be_visible()
        watch.look(leader)
        leader.page.keyboard.press("Escape")
    reader = watch.person("reader", PHONE)
    reader.page.goto(f"{server.address}/p/{process['workshop']}")
    for text in texts:
        expect_shown(reader, text)
    watch.look(reader)
    for name in ("results.html",):
        report = watch.person(name, DESK)
        document, _ = ask(server, f"/api/processes/{process['workshop']}/{name}", link)
        report.page.set_content(document.decode())
        watch.look(report)
    guest.close()
    lead.close()


@pytest.mark.skipif(not WHOLE, reason="five hundred workshops: script/check-xss")
def test_every_payload_as_the_title_on_the_join_page(server, watch):
    guest = watch.person("guest", PHONE)
    for number, text in enumerate(ALL, 1):
        made = ask(server, "/api/workshops", server.start_link.split("start=")[1], {"title": text, "language": "nb", "template": "meningsrunde"})
        guest.page.goto(f"{server.address}/j/{made['code']}")
        expect(guest.page.get_by_role("heading", level=1)).to_contain_text(shown(text))
        watch.look(guest)

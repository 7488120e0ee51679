"""A facilitator who has to step in, and those it concerns: on a phone, at a desk, by keyboard alone."""

import json
import subprocess

from playwright.sync_api import expect

from support.person import PHONE
from support.server import BINARY
from support.stage import gather

MODERATED = {
    "type": "phase.change", "phase": "f1", "name": "Skriv", "instruction": "Si hva du mener.", "hint": "", "minutes": 5, "board": "b1",
    "rhythm": "individual", "participants": ["add", "editOwn"], "helpers": ["add"], "visibility": "everyone", "anonymity": "all",
    "notesEach": 0, "moderated": True, "timerClosesInput": False, "vote": None,
}


def test_a_facilitator_steps_in(server, people, t, tmp_path):
    stage = gather(server, people, t)
    console, kari, ola, home = stage.console, stage.kari, stage.ola, stage.home
    page = console.page
    stage.as_facilitator(MODERATED)
    kari.expect_phase("Skriv")

    # The rules stand before the first note, and never again but in the menu.
    kari.composer.fill("Flere benker langs elva")
    kari.composer.press("Enter")
    rules = kari.page.get_by_role("dialog", name=t("held.rules.before"))
    for rule in t("held.rules.text").split("\n"):
        expect(rules.get_by_role("listitem").filter(has_text=rule)).to_be_visible()
    kari.person.picture("phone-rules")
    assert not any("Flere benker" in frame for frame in kari.person.sent)
    kari.page.keyboard.press("Escape")
    expect(kari.composer).to_have_value("Flere benker langs elva")
    kari.composer.press("Enter")
    expect(rules.get_by_role("button", name=t("held.rules.send"))).to_be_focused()
    kari.page.keyboard.press("Enter")
    kari.expect_state("Flere benker langs elva", "held")
    kari.composer.fill("Naboen min er en tosk")
    kari.composer.press("Enter")
    kari.expect_state("Naboen min er en tosk", "held")
    kari.page.get_by_role("button", name=t("participant.menu")).click()
    kari.page.get_by_role("button", name=t("held.rules.title")).click()
    expect(kari.page.get_by_role("dialog", name=t("held.rules.title"))).to_be_visible()
    kari.page.keyboard.press("Escape")

    # They wait where only the facilitator sees them, without names; ears hear of it in sum.
    queue = page.locator("#board").get_by_role("region", name=t("console.held.title", count=2))
    expect(queue).to_be_visible()
    console.person.picture("console-held")
    assert "Kari" not in queue.inner_text()
    expect(page.locator("#announcer")).to_contain_text(t("console.held.title", count=2), timeout=25_000)
    assert not ola.person.has_heard("Flere benker langs elva")

    # Let in by keyboard alone.
    publish = queue.get_by_role("button", name=f"{t('console.held.publish')}: Flere benker langs elva")
    publish.focus()
    publish.press("Enter")
    for each in (ola, home):
        each.expect_shown("Flere benker langs elva")
    assert not ola.person.has_heard("Naboen min er en tosk")

    # Taken away from the facilitator's own phone; whoever wrote it is told why, and nobody else what it said.
    pocket = people("facilitator's phone", PHONE, touch=True)
    pocket.page.goto(page.url)
    pocket.page.get_by_role("tab").nth(1).click()
    pocket.picture("phone-console-held")
    pocket.page.get_by_role("button", name=f"{t('console.held.redact')}: Naboen min er en tosk").click()
    dialog = pocket.page.get_by_role("dialog", name=t("console.redact.title"))
    dialog.get_by_role("radio", name=t("console.reason.offensive")).check()
    pocket.picture("phone-console-redact")
    dialog.get_by_role("button", name=t("console.redact.confirm"), exact=True).click()
    told = t("participant.note.redacted", reason=t("common.reason.offensive"))
    expect(kari.page.get_by_text(told, exact=True).first).to_be_visible()
    kari.person.picture("phone-redacted")


    # Put back, and everybody has it.
    page.get_by_text(t("console.held.gone", count=1)).click()
    page.get_by_role("button", name=f"{t('console.restore')}: Naboen min er en tosk").press("Enter")
    ola.expect_shown("Naboen min er en tosk")

    # Locked and opened again.
    lock = page.get_by_role("switch", name=t("console.switch.lock"))
    lock.press("Enter")
    expect(home.page.get_by_text(t("participant.blocked.locked"))).to_be_visible()
    lock.press("Enter")
    expect(home.composer).to_be_visible()

    # Somebody is taken out with what they wrote, and told so in plain words.
    page.get_by_role("button", name=t("console.people.title"), exact=True).click()
    page.get_by_role("button", name=t("console.people.remove", name="Kari")).press("Enter")
    dialog = page.get_by_role("dialog", name=t("console.people.remove", name="Kari"))
    dialog.get_by_role("radio", name=t("console.people.with")).check()
    console.person.picture("console-remove")
    dialog.get_by_role("button", name=t("console.people.take-out"), exact=True).click()
    expect(kari.page.get_by_role("heading", name=t("held.closed.removed.title"))).to_be_visible()
    kari.person.picture("phone-removed")
    expect(ola.page.get_by_text("Flere benker langs elva", exact=True)).to_have_count(0)
    page.keyboard.press("Escape")

    # What was done, as two files that name nobody.
    page.get_by_role("button", name=t("console.results.title"), exact=True).click()
    console.person.picture("console-records")
    files = {}
    for kind in ("moderation", "audit"):
        with page.expect_download() as waiting:
            page.get_by_role("button").filter(has=page.get_by_text(t(f"console.records.{kind}"), exact=True)).click()
        files[kind] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[kind])
    texts = {kind: path.read_text(encoding="utf-8") for kind, path in files.items()}
    assert [path.name for path in files.values()] == ["Sentrum-i-2050-moderation.csv", "Sentrum-i-2050-audit.jsonl"]
    for secret in ("Kari", "Ola", "Siri", "benker", "tosk"):
        assert not any(secret in text for text in texts.values()), secret
    assert t("act.note.redact") in texts["moderation"]
    acts = [json.loads(line).get("act") for line in texts["audit"].splitlines()]
    assert acts.count("note.redact") == acts.count("note.restore") == acts.count("participant.remove") == 1
    verify = [BINARY, "audit", "verify", files["audit"]]
    assert subprocess.run(verify, capture_output=True, timeout=20).returncode == 0
    files["audit"].write_text(texts["audit"].replace("note.redact", "note.publish"), encoding="utf-8")
    tampered = subprocess.run(verify, capture_output=True, text=True, timeout=20)
    assert tampered.returncode != 0 and "is not what was written" in tampered.stderr

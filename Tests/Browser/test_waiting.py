"""Who waits: to be let in, for a place, or between two notes. On a phone, at the facilitator's desk, by keyboard."""

from playwright.sync_api import expect

from pages.participant import Participant
from pages.start import Start
from support.person import PHONE
from support.stage import gather


def test_strangers_wait_and_a_full_room_reads_along(server, people, t):
    stage = gather(server, people, t)
    console, page = stage.console, stage.console.page
    stage.as_facilitator({"type": "note.add", "text": "Står på tavla"}, {"type": "phase.open", "phase": "f2"})

    def rules(**fields):
        page.get_by_role("button", name=t("console.door.rules")).press("Enter")
        dialog = page.get_by_role("dialog", name=t("console.door.rules"))
        if "approval" in fields:
            box = dialog.get_by_role("checkbox", name=t("console.door.approval"))
            box.focus()
            page.keyboard.press("Space")
            expect(box).to_be_checked(checked=fields["approval"])
        if "places" in fields:
            dialog.get_by_role("spinbutton", name=t("console.door.places")).fill(str(fields["places"]))
        if "pace" in fields:
            dialog.get_by_role("radio", name=fields["pace"]).check(force=True)
        console.person.picture("console-door-rules")
        page.keyboard.press("Enter")
        expect(dialog).to_be_hidden()

    def come(name: str) -> Participant:
        person = people(name, PHONE, touch=True)
        Start(person, t).join(server.address, stage.code, name, "room")
        return Participant(person, t)

    # To be let in: nothing is seen and nothing sent before that.
    rules(approval=True)
    nora, per, robot = come("Nora"), come("Per"), come("Robot")
    for waiting in (nora, per, robot):
        expect(waiting.page.get_by_role("status").filter(has_text=t("held.waiting.approval"))).to_be_visible()
        expect(waiting.composer).to_have_count(0)
        assert not waiting.person.has_heard("Står på tavla")
    nora.person.picture("phone-at-the-door")
    expect(page.locator("#now").get_by_role("status").filter(has_text=t("console.door.waiting", count=3))).to_be_visible()
    page.get_by_role("button", name=t("console.door.waiting", count=3)).press("Enter")
    people_dialog = page.get_by_role("dialog", name=t("console.people.title"))
    console.person.picture("console-at-the-door")
    people_dialog.get_by_role("button", name=t("console.people.turn-away-who", name="Robot")).press("Enter")
    expect(people_dialog.get_by_role("button", name=t("console.people.admit-who", name="Robot"))).to_have_count(0)
    expect(robot.page.get_by_role("heading", name=t("held.closed.removed.title"))).to_be_visible()
    people_dialog.get_by_role("button", name=t("console.people.admit-all", count=2)).press("Enter")
    expect(people_dialog.get_by_role("region", name=t("console.people.waiting"))).to_be_hidden()
    page.keyboard.press("Escape")
    for let_in in (nora, per):
        expect(let_in.page.get_by_role("status").filter(has_text=t("held.waiting.in"))).to_be_visible()
        let_in.expect_phase(nora.page.get_by_role("heading", level=1).inner_text())

    # For a place: five take part; the sixth reads along until one of them has gone.
    rules(approval=False, places=5)
    eva = come("Eva")
    expect(eva.page.get_by_role("status").filter(has_text=t("held.waiting.place"))).to_be_visible()
    eva.person.picture("phone-full-room")
    stage.as_facilitator({"type": "phase.open", "phase": "f1"})
    expect(nora.composer).to_be_visible()
    expect(eva.composer).to_have_count(0)
    page.get_by_role("button", name=t("console.people.title")).click()
    expect(people_dialog.get_by_role("listitem").filter(has_text="Eva")).to_contain_text(t("console.people.no-place"))
    people_dialog.get_by_role("button", name=t("console.people.remove", name="Per")).click()
    page.get_by_role("dialog", name=t("console.people.remove", name="Per")).get_by_role("button", name=t("console.remove"), exact=True).click()
    expect(eva.composer).to_be_visible()
    expect(eva.page.get_by_role("status").filter(has_text=t("held.waiting.in"))).to_be_visible()
    page.keyboard.press("Escape")

    # Between two notes: the text comes back, and goes later.
    rules(pace=t("console.door.pace-seconds", count=10))
    expect(eva.page.get_by_text(t("participant.pace", count=10))).to_be_visible()
    eva.write("Den første")
    eva.expect_state("Den første", "private")
    eva.composer.fill("Den andre")
    eva.composer.press("Enter")
    expect(eva.page.get_by_text(t("refusal.too-soon"))).to_be_visible()
    expect(eva.composer).to_have_value("Den andre")
    eva.person.picture("phone-pace")
    eva.page.wait_for_timeout(10_000)
    eva.composer.press("Enter")
    eva.expect_state("Den andre", "private")

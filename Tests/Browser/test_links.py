"""Links that have come into the wrong hands are replaced, and what came by them is out."""

from playwright.sync_api import expect

from support.stage import gather
from support.person import PHONE, SCREEN
from pages.screen import Screen


def test_a_link_is_replaced(server, people, t):
    stage = gather(server, people, t)
    console, page = stage.console, stage.console.page
    old = console.link("screen")
    console.replace_link("screen")
    expect(stage.screen.page.get_by_text(t("screen.wrong-link"))).to_be_visible(timeout=5_000)
    new = console.link("screen")
    assert new != old
    # The old one does not let in again, the new one does.
    stage.screen.page.reload()
    expect(stage.screen.page.get_by_text(t("screen.wrong-link"))).to_be_visible()
    again = Screen(people("screen again", SCREEN), t)
    again.open(new)
    again.expect_code(stage.code)

    # As a facilitator has it in the pocket; the own link is not shown.
    pocket = people("facilitator's phone", PHONE, touch=True)
    pocket.page.goto(page.url)
    pocket.page.get_by_role("button", name=t("console.links.title")).click()
    shown = pocket.page.get_by_role("dialog", name=t("console.links.title"))
    expect(shown.get_by_role("textbox")).to_have_count(3)
    assert page.url.split("#")[1] not in "".join(field.input_value() for field in shown.get_by_role("textbox").all())
    pocket.picture("phone-links")

    # The own link: the address of the page is the new way back, and participants notice nothing.
    before = page.url
    console.replace_link("facilitator")
    page.wait_for_function("before => location.href !== before", arg=before)
    expect(again.page.get_by_text(t("screen.wrong-link"))).to_be_visible(timeout=5_000)
    expect(pocket.page.get_by_text(t("console.gate.replaced"))).to_be_visible(timeout=5_000)
    pocket.picture("phone-console-replaced")
    page.reload()
    console.expect_open("Sentrum i 2050")
    assert console.link("screen") not in (old, new)
    stage.kari.write("Fortsatt her")

"""The app passes its own Content-Security-Policy, and a learner moves between real browsers."""

from __future__ import annotations

import re

from playwright.sync_api import expect

SOON = 20_000


def test_no_page_goes_against_the_policy(open_tab, own_server):
    """A question and its chart, the editor with its preview, the lab: nothing on the console."""
    server = own_server(SIMCARDS_LEARNERS="browser", SIMCARDS_INSTRUCTORS="*")
    tab = open_tab(item="xavier-normal/sigma", at=server)
    violations = []
    tab.page.on("console", lambda said: violations.append(said.text))
    assert "content-security-policy" in tab.page.request.get(server.url).headers
    tab.answer()
    expect(tab.page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").first).to_be_visible(
        timeout=SOON
    )
    tab.open("/edit?card=xavier-normal")
    expect(tab.page.locator(".st-key-source textarea")).to_be_visible(timeout=SOON)
    tab.open("/lab")
    expect(tab.page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").first).to_be_visible(
        timeout=SOON
    )
    assert [said for said in violations if re.search("Content Security|Refused to", said)] == []


def test_a_transfer_code_moves_a_learner_to_another_browser(open_tab):
    old, new = open_tab("/settings"), open_tab("/settings")
    mina, other = old.learner, new.learner
    assert mina != other
    old.page.locator(".st-key-whoami-code button").first.click()
    code = old.page.locator("[data-testid=stCode]").inner_text(timeout=SOON).strip()
    assert re.fullmatch(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", code)
    new.page.locator(".st-key-whoami-typed input").fill(code.upper().replace("-", " "))
    new.page.locator(".st-key-whoami-redeem button").click()
    expect(new.page.get_by_text("This browser goes on where the other one is.")).to_be_visible(
        timeout=SOON
    )
    assert new.learner == mina
    new.reload()
    assert new.learner == mina
    expect(new.page.get_by_text(mina)).to_be_visible(timeout=SOON)
    # The cookie is read by no script, and its value stands nowhere on the page.
    assert new.page.evaluate("document.cookie").find("simcards_token") == -1
    assert new.token not in new.page.content()

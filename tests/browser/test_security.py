"""The app passes its own Content-Security-Policy, and a learner moves between real browsers."""

from __future__ import annotations

import re

from playwright.sync_api import expect

CHART = "[data-testid=stVegaLiteChart] :is(canvas, svg)"
#: Page -> what is seen when it works.
PAGES = {
    "/edit": ".st-key-edit-search input",
    "/edit?card=xavier-normal": ".st-key-source textarea",
    "/lab": CHART,
    "/lab?depth=10&b.depth=50&predict=1": "[role=slider][aria-label^='Last layer']",
    "/library": CHART,
    "/library?card=xavier-normal": CHART,
    "/library?view=glossary": "[data-testid=stMain] h1",
    "/sources": "[data-testid=stMain] h1",
    "/settings": ".st-key-whoami-code button",
}


def test_no_page_goes_against_the_policy(open_tab, own_server):
    """A question and its chart, the editor with its preview, the lab: nothing on the console."""
    server = own_server(SIMCARDS_LEARNERS="browser", SIMCARDS_INSTRUCTORS="*")
    tab = open_tab(item="xavier-normal/sigma", at=server)
    violations = []
    tab.page.on("console", lambda said: violations.append(said.text))
    assert "content-security-policy" in tab.page.request.get(server.url).headers
    tab.answer()
    expect(tab.page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").first).to_be_visible()
    for path, seen in PAGES.items():
        tab.open(path)
        expect(tab.page.locator(seen).first).to_be_visible()
    tab.open("/edit?card=xavier-normal")
    for view in ("Test", "Translate", "History", "Write"):
        tab.page.locator(".st-key-edit-view").get_by_text(view, exact=True).click()
        tab.settle()
    assert [said for said in violations if re.search("Content Security|Refused to", said)] == []


INJECTED = """() => {
  const inline = document.createElement("script")
  inline.textContent = "window.wasInline = true"
  document.head.append(inline)
  const image = document.createElement("div")
  image.innerHTML = "<img src='data:,' onerror='window.wasHandler = true'>"
  document.body.append(image)
  const far = document.createElement("script")
  far.src = "data:text/javascript,window.wasData = true"
  document.head.append(far)
  return new Promise((told) => setTimeout(() => {
    let evaluated = true
    try { new Function("return 1")() } catch { evaluated = false }
    told([window.wasInline, window.wasHandler, window.wasData, evaluated].map(Boolean))
  }, 500))
}"""


def test_a_script_that_somebody_gets_into_the_page_does_not_run(open_tab):
    """Were there a hole through which a card's words become HTML, nothing would come of it."""
    tab = open_tab("/settings")
    assert tab.page.evaluate(INJECTED) == [False, False, False, False]
    tab.console.clear()


def test_a_transfer_code_moves_a_learner_to_another_browser(open_tab):
    old, new = open_tab("/settings"), open_tab("/settings")
    mina, other = old.learner, new.learner
    assert mina != other
    old.page.locator(".st-key-whoami-code button").first.click()
    code = old.page.locator("[data-testid=stCode]").inner_text().strip()
    assert re.fullmatch(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", code)
    new.page.locator(".st-key-whoami-typed input").fill(code.upper().replace("-", " "))
    new.page.locator(".st-key-whoami-redeem button").click()
    expect(new.page.get_by_text("This browser goes on where the other one is.")).to_be_visible()
    assert new.learner == mina
    new.reload()
    assert new.learner == mina
    expect(new.page.get_by_text(mina)).to_be_visible()
    # The cookie is read by no script, and its value stands nowhere on the page.
    assert new.page.evaluate("document.cookie").find("simcards_token") == -1
    assert new.token not in new.page.content()

"""Formulas inside what one presses: they look like formulas, and they have a name in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from engine import questions
from engine.content.lints.maths import find_maths
from engine.course import CourseFolder
from tests.browser.solving import CONTENT
from tests.browser.tab import DESKTOP, PHONE, Tab

pytestmark = pytest.mark.browser

TEMPLATES = CourseFolder(CONTENT).current(datetime.now(UTC)).templates
ORDERS = sorted(item for item, template in TEMPLATES.items() if template.kind.name == "order")
SEED = 3
#: Where each formula is drawn otherwise than it is outside of every control, and what sticks out.
AMISS = """(inside) => {
  const found = []
  const page = document.querySelector('[data-testid=stMain]').getBoundingClientRect()
  const size = (e) => e.getBoundingClientRect()
  for (const formula of document.querySelectorAll(inside + ' .katex')) {
    const free = formula.cloneNode(true)
    free.style.cssText = `position: absolute; font-size: ${getComputedStyle(formula).fontSize}`
    document.body.append(free)
    const bases = (e) => Array.from(e.querySelectorAll('.katex-html > .base'), size)
    const free_bases = bases(free)
    bases(formula).forEach((box, n) => {
      if (Math.abs(box.width - free_bases[n].width) > 1 ||
          Math.abs(box.height - free_bases[n].height) > 1)
        found.push(`${formula.textContent}: ${box.width} × ${box.height}, not ` +
                   `${free_bases[n].width} × ${free_bases[n].height}`)
    })
    free.remove()
    if (size(formula).right > page.right) found.push(`${formula.textContent} sticks out`)
  }
  return found
}"""
#: What a name in words has none of.
NOT_WORDS = re.compile(r"[$\\_^{}=<>≤≥∂∥α-ωΑ-Ω]")


def names(tab: Tab, selector: str) -> Iterator[str]:
    """The names of controls as the browser hands them to a screen reader."""
    told = tab.context.new_cdp_session(tab.page)
    told.send("DOM.getDocument")
    for handle in tab.page.query_selector_all(selector):
        handle.evaluate("e => { window.simcards = e }")
        found = told.send("Runtime.evaluate", {"expression": "window.simcards"})
        id = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        node: Any = told.send("Accessibility.getPartialAXTree", id)["nodes"][0]
        yield str(node.get("name", {}).get("value", ""))


def formulas(text: str) -> int:
    return len(find_maths(text).formulas)


@pytest.mark.parametrize(("language", "size"), [("en", PHONE), ("ko", DESKTOP)])
def test_formulas_of_every_order_question(
    open_tab: Callable[..., Tab], language: str, size: dict[str, int]
) -> None:
    """Each formula is as wide and as high as anywhere else; each button says all of its label."""
    tab = open_tab(locale={"en": "en-US", "ko": "ko-KR"}[language], viewport=size)
    amiss: dict[str, object] = {}
    seen = 0
    for item in ORDERS:
        tab.open(f"/practice?item={item}&seed={SEED}&cards={item.partition('/')[0]}")
        options = questions.draw(TEMPLATES[item], SEED, language).options
        expect(tab.page.locator(".st-key-options button")).to_have_count(len(options))
        shown = tab.page.locator(".st-key-options .katex")
        expect(shown).to_have_count(sum(formulas(option.text) for option in options))
        seen += shown.count() > 0
        tab.page.wait_for_timeout(120)  # longer than the namer waits
        if wrong := tab.page.evaluate(AMISS, ".st-key-options"):
            amiss[item] = wrong
        told = list(names(tab, ".st-key-options button"))
        if bare := [
            name
            for name, option in zip(told, options, strict=True)
            if formulas(option.text) and (NOT_WORDS.search(name) or len(name) < len("1) x"))
        ]:
            amiss[f"{item}, names"] = bare
        if len({name[2:] for name in told}) < len(told):
            amiss[f"{item}, alike"] = told
    assert amiss == {}
    assert seen >= 7


SPOKEN = {
    ("learning-rate/race", "en"): r"^1\) eta equals [\d.]+$",
    ("learning-rate/race", "ko"): r"^1\) 에타 이퀄 [\d.]+$",
    ("batchnorm-scale-invariance/turns-fastest", "en"): (
        r"eta equals [\d.]+.*the norm of W equals [\d.]+"
    ),
    ("batchnorm-scale-invariance/turns-fastest", "ko"): r"에타 이퀄 [\d.]+ ?, 노름 W 이퀄 [\d.]+",
    ("vanishing-gradient/plots", "en"): r"partial L divided by partial W",
}


@pytest.mark.parametrize(("item", "language"), list(SPOKEN))
def test_what_is_said(open_tab: Callable[..., Tab], item: str, language: str) -> None:
    """Of buttons and of ticks; another question's formulas take their place."""
    tab = open_tab(locale={"en": "en-US", "ko": "ko-KR"}[language])
    for seed in (SEED, SEED + 1):
        tab.open(f"/practice?item={item}&seed={seed}&cards={item.partition('/')[0]}")
        tab.page.locator(".st-key-options [data-simcards-named]").first.wait_for(state="attached")
        told = list(names(tab, ".st-key-options :is(button, input)"))
        assert any(re.search(SPOKEN[item, language], name) for name in told), told


def test_a_name_goes_with_its_formula(open_tab: Callable[..., Tab]) -> None:
    """The heads of a card's questions; and a control that loses its formula loses the name."""
    tab = open_tab("/library?card=vanishing-gradient")
    named = tab.page.locator("summary [data-simcards-named]")
    named.first.wait_for()
    assert all(name and not NOT_WORDS.search(name) for name in names(tab, "summary:has(.katex)"))
    named.first.evaluate("e => { e.id = 'once'; e.className = ''; e.textContent = 'words' }")
    expect(tab.page.locator("#once")).not_to_have_attribute("aria-label", re.compile("."))

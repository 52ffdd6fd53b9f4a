"""What it looks like: every screen in both languages, light and dark, on a phone and a desk.

The pictures are kept in artefacts/ for people to look at; what can be measured is asserted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.tab import DESKTOP, PHONE, Tab

pytestmark = pytest.mark.browser

#: Every kind of item is looked at in one of the languages, the flashcard's buttons in both.
SCREENS = {
    "en": {
        "number": "xavier-normal/sigma",
        "choice": "xavier-normal/relu-depth",
        "flashcard": "xavier-normal/formula",
    },
    "ko": {
        "several": "he-normal/which-side",
        "order": "he-normal/relu-order",
        "flashcard": "xavier-normal/formula",
    },
}
PAGES = {
    "practice": "/practice",
    "library": "/library",
    "glossary": "/library?view=glossary",
    "card": "/library?card=xavier-normal",
    "lab": "/lab?activation=sigmoid&b.activation=tanh&chart=gradient_backward",
    "lab-prediction": "/lab?depth=10&b.depth=50&predict=1",
    "sources": "/sources",
    "contradictions": "/sources?view=contradictions",
    "open-questions": "/sources?view=open",
    "settings": "/settings",
}
#: Pictures of these are taken on a desk and on a phone; of the rest, on one in each language.
ON_BOTH = {"start", "number-feedback", "several-feedback", "summary"}

CUT_OFF = """() => {
  const main = document.querySelector('[data-testid=stMain]')
  const wide = main.clientWidth
  const scrolls = (e) => {
    for (; e && e !== main; e = e.parentElement)
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(e).overflowX)) return true
    return false
  }
  const found = []
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways')
  if (main.scrollWidth > wide + 1) found.push('the main part scrolls sideways')
  for (const e of main.querySelectorAll('button, p, li, label, h1, h2, h3, input, canvas, svg')) {
    const box = e.getBoundingClientRect()
    if (box.width === 0 || e.closest('details:not([open])')) continue
    if (e.closest('[class*=st-key-unseen], [class*=st-key-keys]')) continue
    if ((box.right > wide + 1 || box.left < -1) && !scrolls(e.parentElement))
      found.push(`${e.tagName} ${e.textContent.slice(0, 40)} ends at ${Math.round(box.right)}`)
  }
  for (const e of main.querySelectorAll('*')) {
    if (getComputedStyle(e).textOverflow === 'ellipsis' && e.scrollWidth > e.clientWidth + 1)
      found.push(`${e.tagName} ${e.textContent.slice(0, 40)} is cut off`)
  }
  return found
}"""


def _cut_off(tab: Tab) -> Any:
    """What sticks out once the charts have taken the size of the window."""
    for _ in range(100):
        tab.page.wait_for_timeout(50)
        cut = tab.page.evaluate(CUT_OFF)
        if not cut:
            break
    return cut


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("ko", "light")])
def test_no_screen_is_cut_off(open_tab: Callable[..., Tab], language: str, scheme: str) -> None:
    tab = open_tab(locale={"en": "en-US", "ko": "ko-KR"}[language], color_scheme=scheme)
    found: dict[str, list[str]] = {}

    def look_at(name: str) -> None:
        for device, size in (("desk", DESKTOP), ("phone", PHONE)):
            tab.page.set_viewport_size(size)
            if name in ON_BOTH or (device == "phone") == (language == "ko"):
                tab.picture(f"{name}-{language}-{scheme}-{device}")
            if cut := _cut_off(tab):
                found[f"{name}, {device}"] = cut

    look_at("start")
    for name, item in SCREENS[language].items():
        tab.open(tab.todays(item))
        look_at(name)
        if name == "flashcard":
            tab.step("2")
            look_at("back")
            tab.step("3")
        else:
            tab.answer("correct" if name == "order" else "misconception", language=language)
            look_at(f"{name}-feedback")
    tab.open("/")
    look_at("summary")
    for name, path in PAGES.items():
        tab.open(path)
        look_at(name)
    assert found == {}
    background = tab.page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    assert background == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 28)"}[scheme]

"""Lines of Korean: a particle stays with its formula, a word in a table stays whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Server
from tests.browser.tab import PHONE, Tab
from tests.cards.written_cards import small, write_content

pytestmark = pytest.mark.browser

SENTENCE = "분산은 $6.25$입니다. 표준편차는 $\\sigma=2.5$이고 **평균**은 $\\mu$를 뺀 값입니다."
TABLE = """| 정규화방법의이름 | 학습데이터에서의값 | 평가데이터에서의값 |
|---|---|---|
| 배치정규화를쓴신경망 | 배치통계량의평균 | 누적통계량의평균 |
"""
#: Formulas whose following letter stands on another line than their last box, at any width.
PARTED = """() => {
  const main = document.querySelector('[data-testid=stMain]')
  const found = new Set()
  const formulas = [...main.querySelectorAll('p .katex')]
  for (let width = 120; width <= 340; width += 1) {
    for (const formula of formulas) {
      const text = formula.nextSibling
      if (text === null || text.nodeType !== 3 || !/^[가-힣]/.test(text.data)) continue
      formula.closest('p').style.width = `${width}px`
      const range = document.createRange()
      range.setStart(text, 0)
      range.setEnd(text, 1)
      const boxes = formula.querySelectorAll('.base')
      const before = boxes[boxes.length - 1].getBoundingClientRect()
      const letter = range.getBoundingClientRect()
      if (letter.top > before.bottom) found.add(formula.querySelector('annotation').textContent)
    }
  }
  return [...found]
}"""
BROKEN_CELLS = """() => [...document.querySelectorAll('[data-testid=stMain] :is(td, th)')]
.filter(cell => {
  const range = document.createRange()
  range.selectNodeContents(cell)
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1
}).map(cell => cell.textContent)"""


@pytest.fixture
def card(open_tab: Callable[..., Tab], own_server: Callable[..., Server], tmp_path: Path) -> Tab:
    """The page of a card with a sentence full of formulas and a table, on a Korean phone."""
    text = small().replace("Text.", f"Text.\n\n{SENTENCE}\n\n{TABLE}")
    course = write_content(tmp_path / "content", {"small": {"card.md": text}})
    at = own_server(SIMCARDS_LEARNERS="browser", SIMCARDS_CONTENT=str(course))
    return open_tab("/library?card=small", at=at, locale="ko-KR", viewport=PHONE)


def test_a_particle_stays_with_its_formula_and_a_word_in_its_cell(card: Tab) -> None:
    sentence = card.page.locator("p", has_text="표준편차는").first
    sentence.locator(".katex").first.wait_for()
    assert card.page.evaluate(PARTED) == []
    assert card.page.evaluate(BROKEN_CELLS) == []
    # What holds them together is no part of the text that is read out, copied or searched.
    assert "\u2060" not in sentence.evaluate("e => e.textContent")
    assert "\u2060" not in sentence.aria_snapshot()
    # The test can see a parted one.
    card.page.add_style_tag(content=".katex-html::after { content: none !important; }")
    assert set(card.page.evaluate(PARTED)) >= {"6.25"}

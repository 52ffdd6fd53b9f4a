"""On a phone: what is touched is as high as a finger is wide, and no key is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.conftest import Server
from tests.browser.tab import PHONE, Tab
from tests.browser.test_looks import CUT_OFF
from tests.cards.written_cards import small, write_content

pytestmark = pytest.mark.browser

TOUCHED = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
ROWS = """(rows) => Array.from(document.querySelectorAll(rows), (e) => [
  e.innerText.trim(), Math.round(e.getBoundingClientRect().height)
]).filter(([text, height]) => height > 0 && height < 44)"""
OPTIONS = ".st-key-options :is(label:has(input), button)"
#: What names a key, by its selector and how the label goes on.
KEYS = ("Enter", "Space", "Backspace")


@pytest.mark.parametrize(
    "item",
    [
        "xavier-normal/relu-depth",
        "he-normal/which-side",
        "he-normal/relu-order",
        "he-normal/he-instead",
        "xavier-normal/sigma",
        "xavier-normal/formula",
    ],
)
def test_what_is_touched_is_large_and_names_no_key(open_tab: Callable[..., Tab], item: str) -> None:
    tab = open_tab(item=item, **TOUCHED)
    low = tab.page.evaluate(ROWS, f"{OPTIONS}, .st-key-item button, .st-key-item summary")
    assert low == []
    assert tab.page.locator(".st-key-item :is(button, summary)").count() >= 5
    seen = [tab.text()]
    if tab.stage() == "front":
        tab.button("sure").tap()
        tab.page.locator(".st-key-rate").wait_for()
    else:
        for n in range(tab.page.locator(".st-key-options button").count()):
            tab.button("options", n).tap()
            tab.page.locator(f".st-key-options button[data-selected] >> nth={n}").wait_for()
            tab.page.locator(".st-key-unrank").wait_for()
        seen.append(tab.text())
        if tab.page.locator(".st-key-unrank").count():
            tab.look().button("sure").tap()
            tab.page.locator(".st-key-told").wait_for()
        else:
            tab.answer()
    seen.append(tab.text())
    for text in seen:
        assert not [key for key in KEYS if key in text]
    low = tab.page.evaluate(ROWS, ".st-key-item button")
    assert low == []


def test_where_there_are_keys_they_are_named(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item="he-normal/relu-order")
    assert "Enter" in tab.text()
    tab.answer()
    assert "Space" in tab.text()


WIDE = """| method | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
|---|---|---|---|---|---|---|---|---|
| unbreakablyLongName | 0.123456 | 0.123456 | 0.123456 | 0.123456 | 0.1 | 0.1 | 0.1 | 0.1 |
"""


def test_a_wide_table_scrolls_by_itself(
    open_tab: Callable[..., Tab], own_server: Callable[..., Server], tmp_path: Path
) -> None:
    """On a phone the page stays as it is; the table scrolls, by touch and by the keyboard."""
    card = small().replace("Text.", f"Text.\n\n{WIDE}")
    course = write_content(tmp_path / "content", {"small": {"card.md": card}})
    at = own_server(SIMCARDS_LEARNERS="browser", SIMCARDS_CONTENT=str(course))
    tab = open_tab("/library?card=small", at=at, **TOUCHED)
    table = tab.page.locator("[data-testid=stMain] table")
    expect(table).to_have_attribute("tabindex", "0")
    assert tab.page.evaluate(CUT_OFF) == []
    assert table.evaluate("e => e.scrollWidth > e.clientWidth + 50")
    table.focus()
    tab.press("ArrowRight", "ArrowRight", "ArrowRight")
    tab.page.wait_for_function("() => document.activeElement.scrollLeft > 20")
    assert not [found for found in findings(tab.page) if found.matters]
    # It is a table to a screen reader all the same.
    told = table.aria_snapshot()
    assert told.count("- row ") == 2
    assert 'columnheader "method"' in told
    tab.page.set_viewport_size({"width": 1200, "height": 900})
    expect(table).not_to_have_attribute("tabindex", "0")

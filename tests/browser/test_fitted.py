"""Fitted to you, by keyboard alone: in both languages and themes, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.browser.axe import findings
from tests.browser.tab import DESKTOP, PHONE, Tab, store_in
from tests.browser.test_accessible import OUTLINE
from tests.browser.test_looks import CUT_OFF
from tests.scheduling.fsrs_by_hand import a_learner
from tests.scheduling.test_fitting import SLOW
from tests.study.conftest import item_ids
from tests.study.test_fitting import study

pytestmark = pytest.mark.browser


def press(tab: Tab, container: str) -> None:
    """Enter on a button, as a keyboard does it."""
    found = tab.page.locator(f".st-key-{container} button").first
    found.focus()
    tab.page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("locale", "scheme", "size"),
    [("en-US", "dark", DESKTOP), ("ko-KR", "light", PHONE), ("ko-KR", "dark", PHONE)],
    ids=["en", "ko", "ko-dark"],
)
def test_a_fit_and_help_to_decide(
    open_tab: Callable[..., Tab], locale: str, scheme: str, size: dict[str, int]
) -> None:
    tab = open_tab("/settings", locale=locale, color_scheme=scheme, viewport=size)
    with store_in(tab.server.data) as store:
        study(store, a_learner(SLOW, seed=1, items=110, reviews=4), tab.learner, item_ids())
    tab.open("/settings")
    press(tab, "fitting-fit")
    tab.page.locator(".st-key-fitting-back button").wait_for()
    tab.settle()
    press(tab, "fitting-decide")
    tab.page.locator("[data-testid=stVegaLiteChart]").wait_for()
    tab.page.wait_for_timeout(500)
    tab.picture(f"fitted-{locale[:2]}-{scheme}")
    assert [str(found) for found in findings(tab.page) if found.matters] == []
    assert tab.page.evaluate(OUTLINE) == []
    assert tab.page.evaluate(CUT_OFF) == []

    pill = tab.page.locator("[class*=st-key-fitting-retention] button", has_text="80%")
    pill.focus()
    tab.page.keyboard.press("Enter")
    tab.page.locator("td", has_text="80%").locator("strong").wait_for()
    with store_in(tab.server.data) as store:
        kept = store.learners.ensure(tab.learner, datetime.now(UTC)).settings
    assert kept.desired_retention == 0.8

"""The notes' statements: found, read, and followed to their evidence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.tab import PHONE, Tab
from tests.browser.test_looks import CUT_OFF

pytestmark = pytest.mark.browser

VIEWS = {"statements": "", "contradictions": "?view=contradictions", "open": "?view=open"}


def test_a_statement_is_searched_for_shared_and_followed(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("/sources")
    search = tab.page.locator(".st-key-sources-words input")
    search.press_sequentially("overfitting", delay=20)
    tab.page.wait_for_url("**/sources?words=overfitting")
    tab.settle()
    expect(search).to_be_focused()
    expect(search).to_have_value("overfitting")
    tab.page.locator(".st-key-sources-verdict button", has_text="False").click()
    tab.page.wait_for_url("**/sources?verdict=false&words=overfitting")
    tab.settle()
    shared = open_tab(tab.page.url.removeprefix(tab.server.url), locale="ko-KR")
    expect(shared.page.locator(".st-key-sources-words input")).to_have_value("overfitting")
    expect(shared.page.get_by_text("1-1 ·", exact=False)).to_be_visible()
    expect(shared.page.get_by_text("1-16 ·", exact=False)).to_have_count(0)
    tab.open("/sources?words=1-7")
    tab.page.locator("[data-testid=stPageLink] a", has_text="Lab:").click()
    tab.page.wait_for_url("**/lab?simulation=batchnorm_inference&*shift=3.0*")
    tab.settle()
    assert tab.stage() != "trouble"


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("ko", "light")])
def test_no_view_of_the_notes_is_cut_off(
    open_tab: Callable[..., Tab], language: str, scheme: str
) -> None:
    tab = open_tab(locale={"en": "en-US", "ko": "ko-KR"}[language], color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for name, query in VIEWS.items():
        tab.page.set_viewport_size(PHONE)
        tab.open(f"/sources{query}")
        tab.page.wait_for_timeout(50)
        if cut := tab.page.evaluate(CUT_OFF):
            found[name] = cut
        tab.picture(f"sources-{name}-{language}-{scheme}-phone")
        tab.page.set_viewport_size({"width": 1100, "height": 900})
        tab.page.wait_for_timeout(50)
        tab.picture(f"sources-{name}-{language}-{scheme}-desk")
        if cut := tab.page.evaluate(CUT_OFF):
            found[f"{name}, desk"] = cut
    assert found == {}

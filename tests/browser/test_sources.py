"""The notes' statements: found by typing, shared by their address, followed to their evidence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.tab import Tab

pytestmark = pytest.mark.browser


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

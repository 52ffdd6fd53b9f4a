"""“Not now”, by keys alone: the menu, its choices, the way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.solving import item_and_seed, store_in
from tests.browser.tab import PHONE, Tab

pytestmark = pytest.mark.browser

NUMBER = "xavier-normal/sigma"


def aside(tab: Tab) -> set[str]:
    with store_in(tab.server.data) as store:
        return set(store.asides.of(tab.learner))


@pytest.mark.parametrize(("key", "locale"), [("t", "en-US"), ("s", "ko-KR")])
def test_an_item_is_put_aside_and_taken_back_by_keys_alone(
    open_tab: Callable[..., Tab], key: str, locale: str
) -> None:
    tab = open_tab(item=NUMBER, locale=locale, viewport=PHONE)
    before = tab.settle()
    tab.look().press("w")
    expect(tab.page.locator(".st-key-aside-tomorrow button")).to_be_visible()
    tab.look().press(key)
    after = tab.leaves(before)
    assert aside(tab) == {NUMBER}
    assert NUMBER not in tab.page.url
    tab.look().press("u")
    assert tab.leaves(after)[0] == "number"
    assert item_and_seed(tab.page.url)[0] == NUMBER
    assert aside(tab) == set()


def test_the_menu_is_left_without_a_choice_and_its_keys_are_none_then(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(item=NUMBER)
    tab.settle()
    tab.look().press("w")
    expect(tab.page.locator(".st-key-aside-tomorrow button")).to_be_visible()
    tab.press("Escape")
    expect(tab.page.locator(".st-key-aside-tomorrow button")).to_be_hidden()
    tab.look().press("t", "s")
    tab.page.wait_for_timeout(300)
    assert aside(tab) == set()
    assert NUMBER in tab.page.url


def test_what_is_typed_into_a_field_is_no_key_of_the_menu(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER)
    tab.settle()
    tab.fill("2")
    tab.look().press("w", "t", "s")
    tab.page.wait_for_timeout(300)
    assert tab.page.locator(".st-key-answer input").input_value() == "2wts"
    assert aside(tab) == set()

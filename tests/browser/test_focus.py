"""Where the keys, the focus and the page stand after something was opened, refused or answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from engine.i18n import Translator, say
from tests.browser.solving import keys_for, variant_at
from tests.browser.tab import PHONE, Tab

pytestmark = pytest.mark.browser

NUMBER = "xavier-normal/sigma"
CHOICE = "xavier-normal/relu-depth"
RANKED = "he-normal/relu-order"
ESTIMATE = "sigmoid/estimate-gradient"
LOW = {"viewport": {"width": 1100, "height": 500}}
PHONE_LIKE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
FOCUSED = "(selector) => !!document.activeElement?.closest(selector)"
ARMED = "() => document.querySelector('.st-key-sure').hasAttribute('data-armed')"
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"
OPEN = "(key) => document.querySelectorAll(`.st-key-${key} details[open]`).length"


def written(tab: Tab) -> str:
    return str(tab.page.locator(".st-key-answer input").input_value())


def focused(tab: Tab, selector: str) -> None:
    tab.page.wait_for_function(FOCUSED, arg=selector)


def opened(tab: Tab, key: str, count: int = 1) -> None:
    tab.page.wait_for_function(f"(c) => ({OPEN})(c[0]) === c[1]", arg=[key, count])


def click_open(tab: Tab, key: str) -> None:
    """As a person opens it: the focus stays on the summary."""
    tab.page.locator(f".st-key-{key} summary").first.click()
    opened(tab, key)
    tab.settle()
    assert tab.page.evaluate(FOCUSED, "summary")


def tab_open(tab: Tab, key: str) -> None:
    """With the keyboard: the Tab key leads to the summary, Enter opens it."""
    for _ in range(40):
        tab.press("Tab")
        if tab.page.evaluate(FOCUSED, f".st-key-{key} summary"):
            break
    tab.press("Enter")
    opened(tab, key)
    tab.settle()


@pytest.mark.parametrize("key", ["hints", "card"])
@pytest.mark.parametrize("by", [click_open, tab_open])
def test_what_was_opened_swallows_no_key(open_tab: Callable[..., Tab], key: str, by: Any) -> None:
    tab = open_tab(item=CHOICE).look()
    by(tab, key)
    before = tab.where()
    tab.press(*keys_for(variant_at(tab.page.url)), "Enter", "3")
    assert tab.leaves(before)[0] == "reveal"
    (logged,) = tab.answers()
    assert (logged.answer.verdict, logged.answer.confidence_level) == ("correct", 2)


@pytest.mark.parametrize("key", ["hints", "card"])
def test_a_number_goes_on_where_it_stopped_for_a_hint(
    open_tab: Callable[..., Tab], key: str
) -> None:
    tab = open_tab(item=NUMBER).look()
    right = "".join(keys_for(variant_at(tab.page.url)))
    tab.press(*right[:2])
    click_open(tab, key)
    assert written(tab) == right[:2]
    tab.press(*right[2:])
    assert written(tab) == right
    before = tab.where()
    tab.press("Enter", "4")
    assert tab.leaves(before)[0] == "reveal"
    (logged,) = tab.answers()
    assert logged.answer.verdict == "correct"


@pytest.mark.parametrize(("locale", "key"), [("en-US", "h"), ("ko-KR", "h")])
def test_h_opens_hint_after_hint_and_c_the_card(
    open_tab: Callable[..., Tab], locale: str, key: str
) -> None:
    tab = open_tab(item=CHOICE, locale=locale).look()
    hints = tab.page.locator(".st-key-hints summary")
    assert hints.count() > 0
    for n in range(hints.count()):
        assert key in hints.nth(n).inner_text()
        tab.press(key)
        opened(tab, "hints", n + 1)
    assert "c" in tab.page.locator(".st-key-card summary").inner_text()
    tab.press("c")
    opened(tab, "card")
    tab.settle()
    before = tab.where()
    tab.press("1", "Enter", "3")
    assert tab.leaves(before)[0] == "reveal"


def test_letters_are_keys_while_the_field_is_empty(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER).look()
    focused(tab, ".st-key-answer")
    tab.press("h")
    opened(tab, "hints")
    assert written(tab) == ""
    tab.press("7", "h")
    assert written(tab) == "7h"


def test_after_a_hint_the_next_question_begins_with_it_closed(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER).look()
    tab.press("h")
    opened(tab, "hints")
    tab.answer()
    tab.step("n")
    assert tab.page.evaluate(OPEN, "hints") == 0


def test_after_a_pick_with_the_mouse_enter_goes_on(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=RANKED).look()
    tab.button("options").click()
    tab.page.locator(".st-key-unrank button").wait_for()
    tab.press("Enter")
    assert tab.page.evaluate(ARMED)
    assert tab.page.locator(".st-key-unrank").count() == 1


def test_after_nothing_was_picked_digits_pick_again(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=CHOICE).look().press("Enter", "3")
    tab.page.get_by_test_id("stAlert").wait_for()
    tab.settle()
    assert not tab.page.evaluate(ARMED)
    before = tab.where()
    tab.press(*keys_for(variant_at(tab.page.url)), "Enter", "3")
    assert tab.leaves(before)[0] == "reveal"
    (logged,) = tab.answers()
    assert (logged.answer.verdict, logged.answer.confidence_level) == ("correct", 2)


@pytest.mark.parametrize("text", ["", "12abc"])
def test_after_a_number_that_cannot_be_read_the_field_is_focused(
    open_tab: Callable[..., Tab], text: str
) -> None:
    tab = open_tab(item=NUMBER).look()
    focused(tab, ".st-key-answer")
    for _ in range(2):  # the second refusal as the first
        tab.press(*text, "Enter", "3")
        tab.page.get_by_test_id("stAlert").wait_for()
        focused(tab, ".st-key-answer")
        assert not tab.page.evaluate(ARMED)
        tab.settle()
        tab.look()
    assert written(tab) == text * 2
    assert tab.answers() == []


@pytest.mark.parametrize("options", [LOW, PHONE_LIKE])
@pytest.mark.parametrize(("item", "start"), [(NUMBER, ".st-key-answer"), (CHOICE, ".st-key-asked")])
def test_what_is_new_begins_at_the_top_with_the_focus_where_the_keys_expect_it(
    open_tab: Callable[..., Tab], options: dict[str, Any], item: str, start: str
) -> None:
    tab = open_tab(item=item, **options)
    focused(tab, start)
    tab.answer("correct")
    focused(tab, ".st-key-item")
    # The chart, which makes the page long, may be drawn after the rest.
    tab.page.wait_for_function(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " main.scrollTop = main.scrollHeight; return main.scrollTop > 50 }"
    )
    tab.step("n")  # the same question with new numbers
    focused(tab, start)
    tab.page.wait_for_function(f"() => ({SCROLLED})() === 0")


def test_opening_a_hint_does_not_scroll(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=CHOICE, **PHONE_LIKE).look()
    main = tab.page.get_by_test_id("stMain")
    main.evaluate("(main) => { main.scrollTop = 150 }")
    before = tab.page.evaluate(SCROLLED)
    assert before > 50
    tab.press("c")
    opened(tab, "card")
    tab.settle()
    tab.look()
    assert tab.page.evaluate(SCROLLED) == before


@pytest.mark.parametrize("locale", ["en-US", "ko-KR"])
def test_verdict_misconception_and_right_answer_are_announced_together(
    open_tab: Callable[..., Tab], locale: str
) -> None:
    tab = open_tab(item=NUMBER, locale=locale)
    language = locale[:2]
    tab.answer("misconception", language=language)
    live = tab.page.locator(".st-key-item :is([role=alert], [aria-live], [role=status])")
    expect(live).to_contain_text("2/(")  # the words of the misconception; the icon comes before
    assert live.count() == 1
    said = live.inner_text()
    right = Translator(language)(say("Right answer: **{right}**")).split(":")[0]
    assert (
        Translator(language)(say("Not right. A common misconception leads to this answer:")) in said
    )
    assert f"{right}:" in said


def test_names_of_keys_are_hidden_where_there_are_none(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=CHOICE, **PHONE_LIKE)
    keys = tab.page.locator(".st-key-item :is(button, summary) strong")
    assert keys.count() > 4
    assert not any(keys.nth(n).is_visible() for n in range(keys.count()))
